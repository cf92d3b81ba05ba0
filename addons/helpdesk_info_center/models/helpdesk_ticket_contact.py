from odoo import models


class HelpdeskTicket(models.Model):
    """What the ticket form says about the customer and his contact."""

    _inherit = "helpdesk.ticket"
