from odoo import models
from odoo.tools import formatLang


class OrderSheetRequest(models.Model):
    """Amounts as the reader's language writes them."""

    _inherit = "order.sheet.request"

    def _format_price(self, price):
        """Return the price of one unit as a text; it may have more decimals."""
        currency = self.currency_id
        return formatLang(self.env, price, dp="Product Price", currency_obj=currency)

    def _format_amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
