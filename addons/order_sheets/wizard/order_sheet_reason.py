from odoo import fields, models
from odoo.exceptions import UserError


class OrderSheetReason(models.TransientModel):
    """The question why an order goes back to its customer, who reads the answer."""

    _name = "order.sheet.reason"
    _description = "Order Request with Reason"

    request_ids = fields.Many2many("order.sheet.request", required=True)
    act = fields.Selection(
        [("return", "Return for Correction"), ("reject", "Reject")], required=True
    )
    reason = fields.Text(required=True)
    sold = fields.Char(compute="_compute_sold")

    def _compute_sold(self):
        for wizard in self:
            names = wizard.request_ids.filtered("has_sale_order").mapped(
                "sale_order_names"
            )
            wizard.sold = ", ".join(names)

    def action_return(self):
        self._check_act("return")
        self.request_ids._check_staff()
        self.request_ids._return(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def action_reject(self):
        self._check_act("reject")
        self.request_ids._check_staff()
        self.request_ids._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _check_act(self, act):
        """:raise UserError: this reason was given for something else"""
        if self.act != act:
            raise UserError(self.env._("This reason was given for something else."))
        if not self.request_ids:
            raise UserError(self.env._("Please choose order requests first."))
