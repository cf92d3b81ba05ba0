from odoo import fields, models


class HelpdeskTicket(models.Model):
    """A pending ticket waits until a date, when somebody is reminded of it."""

    _inherit = "helpdesk.ticket"

    pending_until = fields.Datetime(
        string="Remind on", copy=False, tracking=True, groups="base.group_user"
    )
    is_reminder_sent = fields.Boolean(copy=False, groups="base.group_user")
