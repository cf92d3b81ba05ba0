from odoo import api, fields, models
from odoo.exceptions import ValidationError


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
        groups="base.group_user",
    )

    _order_sheet_request_uniq = models.UniqueIndex(
        "(order_sheet_request_id)"
        " WHERE order_sheet_request_id IS NOT NULL AND state != 'cancel'",
        "The order request has a sale order already.",
    )

    @api.constrains("order_sheet_request_id")
    def _check_order_sheet_request(self):
        """Whoever links a sale order works on the request, and it is its customer's."""
        for order in self.filtered("order_sheet_request_id"):
            request = order.order_sheet_request_id
            request.check_access("write")
            customer = order.partner_id.commercial_partner_id
            # The request was found, and says itself whose it is.
            if request.sudo().commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "The order request belongs to another customer than %(order)s.",
                        order=order.name,
                    )
                )

    def action_open_order_sheet_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "order.sheet.request",
            "res_id": self.order_sheet_request_id.id,
            "view_mode": "form",
        }
