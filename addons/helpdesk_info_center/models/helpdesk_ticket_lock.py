from odoo import fields, models


class HelpdeskTicket(models.Model):
    """An agent who works on a ticket locks it, so that nobody else works on it too."""

    _inherit = "helpdesk.ticket"

    is_locked = fields.Boolean(
        string="Locked",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The assigned agent works on this ticket; others leave it to him.",
    )
    locked_date = fields.Datetime(
        string="Locked on", readonly=True, copy=False, groups="base.group_user"
    )
