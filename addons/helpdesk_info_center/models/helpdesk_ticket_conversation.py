from odoo import fields, models


class HelpdeskTicket(models.Model):
    """Who wrote last: the customer, who waits for an answer, or the agents."""

    _inherit = "helpdesk.ticket"

    last_customer_message_date = fields.Datetime(
        string="Last Customer Message", copy=False, groups="base.group_user"
    )
    is_customer_waiting = fields.Boolean(
        string="Customer Waits for an Answer",
        copy=False,
        groups="base.group_user",
        help="The last message is the customer's.",
    )
