from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    portal_tz = fields.Selection(related="company_id.portal_tz", readonly=False)
