from odoo import fields, models


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    unlock_timeout_minutes = fields.Integer(
        string="Unlock after",
        groups="base.group_user",
        help="Minutes of working time after which a new or open ticket that somebody"
        " has locked is given free again. 0: never.",
    )
