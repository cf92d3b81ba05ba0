from odoo import fields, models

from .customer_service_order import STATES


class CustomerServiceStatusLog(models.Model):
    """When an order reached a status, and who put it there: its timeline."""

    _name = "customer.service.status.log"
    _description = "Timeline of a Service Order"
    _order = "date, id"

    order_id = fields.Many2one(
        "customer.service.order", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(STATES, string="Status", required=True)
    status_id = fields.Many2one(
        "customer.service.status",
        string="Progress",
        ondelete="set null",
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", ondelete="set null")
    note = fields.Char(help="Why, where there was a reason to be given.")
