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

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._check_may_link()
        return orders

    def write(self, vals):
        is_link = "order_sheet_request_id" in vals
        if is_link:
            self._check_may_link()
        result = super().write(vals)
        if is_link:
            self._check_may_link()
        return result

    def _check_may_link(self):
        """:raise AccessError: the user does not work on the requests of these orders"""
        # He may have no right to read what he is not to change.
        linked_sudo = self.sudo().order_sheet_request_id
        if linked_sudo:  # without any, it would ask for rights to order requests
            self.env[linked_sudo._name].browse(linked_sudo.ids).check_access("write")

    @api.constrains("order_sheet_request_id")
    def _check_order_sheet_request(self):
        for order in self.filtered("order_sheet_request_id"):
            customer = order.partner_id.commercial_partner_id
            if order.order_sheet_request_id.commercial_partner_id != customer:
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
