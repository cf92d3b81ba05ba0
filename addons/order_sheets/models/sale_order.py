from odoo import fields, models


class SaleOrder(models.Model):
    """A sale order that comes from an order sheet."""

    _inherit = "sale.order"

    order_sheet_request_id = fields.Many2one(
        "order.sheet.request",
        string="Order Request",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )

    _order_sheet_request_uniq = models.UniqueIndex(
        "(order_sheet_request_id)"
        " WHERE order_sheet_request_id IS NOT NULL AND state != 'cancel'",
        "The order request has a sale order already.",
    )

    def action_open_order_sheet_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "order.sheet.request",
            "res_id": self.order_sheet_request_id.id,
            "view_mode": "form",
        }
