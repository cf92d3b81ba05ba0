from odoo import models


class IrActionsReport(models.Model):
    """The papers of order sheets are printed by staff; customers have a page for it."""

    _inherit = "ir.actions.report"

    def _is_staff_paper(self, report):
        return super()._is_staff_paper(report) or report.report_name.startswith(
            "order_sheets."
        )

    def _check_staff_paper(self, report, docids):
        result = super()._check_staff_paper(report, docids)
        if report.model == "order.sheet.request":
            self.env[report.model].browse(docids)._check_printable()
        return result
