from odoo import models
from odoo.exceptions import AccessError


class IrActionsReport(models.Model):
    """The papers of the container rental are printed by its staff."""

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        # Odoo hides the button from others, but prints for everybody who knows the
        # address of the report, as far as he may read what is on it.
        if report.report_name.startswith("container_rental.") and not (
            self.env.su or report.sudo().group_ids & self.env.user.all_group_ids
        ):
            raise AccessError(self.env._("Only container staff may print this."))
        return super()._get_rendering_context(report, docids, data)
