from odoo import models


class OrderSheet(models.Model):
    """What leads from a sheet to its orders, and to what customers see of it."""

    _inherit = "order.sheet"

    def action_preview(self):
        """Open the sheet as a customer sees it; nothing is saved."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/order-sheets/{self.id}/preview",
            "target": "new",
        }

    def action_export(self):
        """Download all orders of the sheet as a table."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/order_sheets/{self.id}/export.csv",
            "target": "download",
        }

    def action_open_requests(self):
        return self._open_requests(search_default_without_drafts=1)

    def action_open_drafts(self):
        return self._open_requests(search_default_drafts=1)

    def action_open_done(self):
        return self._open_requests(search_default_finished=1)
