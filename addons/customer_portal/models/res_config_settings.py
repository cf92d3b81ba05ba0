from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    portal_tz = fields.Selection(related="company_id.portal_tz", readonly=False)
    portal_upload_max_mb = fields.Integer(
        related="company_id.portal_upload_max_mb", readonly=False
    )
    portal_landing = fields.Selection(
        related="company_id.portal_landing", readonly=False
    )
    service_duplicate_policy = fields.Selection(
        related="company_id.service_duplicate_policy", readonly=False, required=True
    )
    service_draft_days = fields.Integer(
        related="company_id.service_draft_days", readonly=False
    )
    service_remind = fields.Boolean(related="company_id.service_remind", readonly=False)
    service_remind_days = fields.Integer(
        related="company_id.service_remind_days", readonly=False
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
