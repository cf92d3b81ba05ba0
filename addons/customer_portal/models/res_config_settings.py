from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    portal_tz = fields.Selection(related="company_id.portal_tz", readonly=False)
    portal_landing = fields.Selection(
        related="company_id.portal_landing", readonly=False
    )
    change_enabled = fields.Boolean(related="company_id.change_enabled", readonly=False)
    change_admin_user_ids = fields.Many2many(
        related="company_id.change_admin_user_ids", readonly=False
    )
    change_admin_email = fields.Char(
        related="company_id.change_admin_email", readonly=False
    )
    change_sla_days = fields.Integer(
        related="company_id.change_sla_days", readonly=False
    )
    change_remind = fields.Boolean(related="company_id.change_remind", readonly=False)
    change_self_approval = fields.Boolean(
        related="company_id.change_self_approval", readonly=False
    )
    change_login_with_email = fields.Boolean(
        related="company_id.change_login_with_email", readonly=False
    )
