from odoo import models
from odoo.exceptions import AccessError


class IrActionsReport(models.Model):
    """Staff print papers; customers get theirs from pages of the portal, by sudo."""

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        if self._is_staff_paper(report):
            self._check_staff_paper(report, docids)
        return super()._get_rendering_context(report, docids, data)

    def _is_staff_paper(self, report):
        """Return whether nobody but staff prints this by its address.

        Override it for the papers of your addon.
        """
        return report.report_name.startswith("customer_portal.")

    def _check_staff_paper(self, report, docids):
        """:raise AccessError: the visitor is in none of the groups of the report"""
        # Odoo hides the button from others, but prints for everybody who knows the
        # address of the report, as far as he may read what is on it.
        if not (self.env.su or report.sudo().group_ids & self.env.user.all_group_ids):
            raise AccessError(self.env._("Only staff may print this."))
