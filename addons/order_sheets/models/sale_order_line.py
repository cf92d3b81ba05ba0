from odoo import api, fields, models


class SaleOrderLine(models.Model):
    """A product that was ordered with an order sheet."""

    _inherit = "sale.order.line"

    order_sheet_line_id = fields.Many2one(
        "order.sheet.request.line",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
    )

    @api.depends("order_sheet_line_id")
    def _compute_name(self):
        result = super()._compute_name()
        for line in self:
            # What the customer has written stands there whoever reads the line.
            if description := line.sudo().order_sheet_line_id.description:
                line.name = f"{line.name}\n{description}"
        return result
