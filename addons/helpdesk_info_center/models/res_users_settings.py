from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    helpdesk_center_layout = fields.Json(
        help="How this user has arranged the customer information center."
    )
