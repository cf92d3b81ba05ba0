from odoo import models
from odoo.fields import Domain


class OrderSheetRequest(models.Model):
    """Where a customer can have his order sent to."""

    _inherit = "order.sheet.request"

    def _get_offered_addresses(self):
        """Return the addresses that the customer may choose, his own one first.

        Call it with sudo.
        """
        customer = self.commercial_partner_id
        addresses = self.env["res.partner"].search(
            Domain("commercial_partner_id", "=", customer.id)
            & (Domain("id", "=", customer.id) | Domain("type", "=", "delivery"))
        )
        return addresses.sorted(lambda it: (it != customer, it.name or ""))
