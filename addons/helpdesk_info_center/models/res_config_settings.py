from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    helpdesk_use_responsible = fields.Boolean(
        related="company_id.helpdesk_use_responsible", readonly=False
    )
