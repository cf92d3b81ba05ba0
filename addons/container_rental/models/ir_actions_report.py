from odoo import models


class IrActionsReport(models.Model):
    """The papers of the container rental are printed by its staff."""

    _inherit = "ir.actions.report"

    def _is_staff_paper(self, report):
        return super()._is_staff_paper(report) or report.report_name.startswith(
            "container_rental."
        )
