from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    helpdesk_use_responsible = fields.Boolean(
        string="Tickets Have a Responsible",
        help="Beside the agent who works on a ticket, somebody answers for it.",
    )
