from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    container_cutoff = fields.Float(
        related="company_id.container_cutoff", readonly=False
    )
    container_cutoff_rule = fields.Selection(
        related="company_id.container_cutoff_rule", readonly=False
    )
    container_lead_days = fields.Integer(
        related="company_id.container_lead_days", readonly=False
    )
    container_off_day_policy = fields.Selection(
        related="company_id.container_off_day_policy", readonly=False
    )
    container_type_choice = fields.Selection(
        related="company_id.container_type_choice", readonly=False
    )
    container_default_weekday_ids = fields.Many2many(
        related="company_id.container_default_weekday_ids", readonly=False
    )
    container_admin_user_ids = fields.Many2many(
        related="company_id.container_admin_user_ids", readonly=False
    )
    container_admin_email = fields.Char(
        related="company_id.container_admin_email", readonly=False
    )
    container_rental_days = fields.Integer(
        related="company_id.container_rental_days", readonly=False
    )
    container_reminder_days = fields.Integer(
        related="company_id.container_reminder_days", readonly=False
    )
    container_auto_release = fields.Boolean(
        related="company_id.container_auto_release", readonly=False
    )
    container_max_qty = fields.Integer(
        related="company_id.container_max_qty", readonly=False
    )
    container_calendar_id = fields.Many2one(
        related="company_id.container_calendar_id", readonly=False
    )
