from odoo import models


class HelpdeskTicket(models.Model):
    """Open information centers learn which customers' tickets have changed."""

    _inherit = "helpdesk.ticket"
