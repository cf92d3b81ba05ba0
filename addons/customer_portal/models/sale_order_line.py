from odoo import models


class SaleOrderLine(models.Model):
    """What customers see of a line on the page of a service order."""

    _inherit = "sale.order.line"

    def _is_price_folded(self):
        """Return whether its section shows one sum instead of the prices within."""
        sections = self.parent_id | self.parent_id.parent_id
        return any(sections.mapped("collapse_prices"))
