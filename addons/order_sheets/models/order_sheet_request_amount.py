from odoo import models
from odoo.tools import formatLang

MOST_DIGITS = 6


class OrderSheetRequest(models.Model):
    """Amounts as the reader's language writes them."""

    _inherit = "order.sheet.request"

    def _format_price(self, price):
        """Return the price of one unit as a text; a flyer may cost less than a cent."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        exact = round(price, MOST_DIGITS)
        while digits < MOST_DIGITS and round(price, digits) != exact:
            digits += 1
        parts = [formatLang(self.env, price, digits=digits), self.currency_id.symbol]
        if self.currency_id.position == "before":
            parts.reverse()
        return "\N{NO-BREAK SPACE}".join(parts)

    def _format_amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
