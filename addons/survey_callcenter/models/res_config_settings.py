from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cc_agents_required = fields.Boolean(
        related="company_id.cc_agents_required", readonly=False
    )
    cc_statistic_factor = fields.Integer(
        related="company_id.cc_statistic_factor", readonly=False
    )
    cc_refresh_minutes = fields.Integer(
        related="company_id.cc_refresh_minutes", readonly=False
    )
