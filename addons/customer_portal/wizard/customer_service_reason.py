from odoo import fields, models
from odoo.exceptions import UserError


class CustomerServiceReason(models.TransientModel):
    """The question why an order is refused, cancelled or reopened."""

    _name = "customer.service.reason"
    _description = "Service Order with Reason"
    _inherit = "customer.service.wizard"

    act = fields.Selection(
        [("refuse", "Refuse"), ("cancel", "Cancel"), ("reopen", "Reopen")],
        required=True,
    )
    reason = fields.Text(required=True)

    def action_refuse(self):
        self._get_orders()._refuse(self._get_reason("refuse"))
        return self._close()

    def action_cancel(self):
        self._get_orders()._cancel(self._get_reason("cancel"))
        return self._close()

    def action_reopen(self):
        self.order_ids._check_manager()
        self._get_orders()._reopen(self._get_reason("reopen"))
        return self._close()

    def _get_reason(self, act):
        """Return the reason, which belongs to the act that was asked for.

        :raise UserError: it is empty, or was given for something else
        """
        if self.act != act:
            raise UserError(self.env._("This reason was given for something else."))
        if not self.reason.strip():
            raise UserError(self.env._("Please give a reason."))
        return self.reason.strip()
