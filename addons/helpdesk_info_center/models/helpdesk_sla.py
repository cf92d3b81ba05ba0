from odoo import models


class HelpdeskSla(models.Model):
    _inherit = "helpdesk.sla"
