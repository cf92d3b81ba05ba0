from odoo import models


class HelpdeskCenter(models.AbstractModel):
    _inherit = "helpdesk.center"
