from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    order_sheet_admin_user_ids = fields.Many2many(
        related="company_id.order_sheet_admin_user_ids", readonly=False
    )
    order_sheet_admin_email = fields.Char(
        related="company_id.order_sheet_admin_email", readonly=False
    )
    order_sheet_archive_days = fields.Integer(
        related="company_id.order_sheet_archive_days", readonly=False
    )
    order_sheet_draft_days = fields.Integer(
        related="company_id.order_sheet_draft_days", readonly=False
    )
