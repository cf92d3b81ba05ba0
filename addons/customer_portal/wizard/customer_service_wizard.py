from odoo import fields, models
from odoo.exceptions import UserError


class CustomerServiceWizard(models.AbstractModel):
    """A question to staff before they do something with service orders.

    A wizard names its orders; what is asked beside them is its own business.
    """

    _name = "customer.service.wizard"
    _description = "Question about Service Orders"

    order_ids = fields.Many2many("customer.service.order", string="Orders")

    def _get_orders(self):
        """Return the orders, after a look at who asks.

        :raise AccessError: the user does not work with these orders
        :raise UserError: there is no order, or none that the user sees
        """
        self.ensure_one()
        self.order_ids._check_staff()
        if not self.order_ids:
            raise UserError(self.env._("There is no service order to do this with."))
        return self.order_ids

    def _close(self):
        return {"type": "ir.actions.act_window_close"}
