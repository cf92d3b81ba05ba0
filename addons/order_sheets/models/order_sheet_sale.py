from odoo import fields, models


class OrderSheet(models.Model):
    """How orders become sale orders."""

    _inherit = "order.sheet"

    sale_mode = fields.Selection(
        [
            ("manual", "When somebody presses the button"),
            ("quotation", "As a quotation, when it is submitted"),
            ("confirm", "As a confirmed order, when it is submitted"),
        ],
        string="Sale Order",
        required=True,
        default="manual",
        groups="base.group_user",
    )
    sale_template_id = fields.Many2one(
        "sale.order.template",
        string="Quotation Template",
        check_company=True,
        groups="base.group_user",
        help="Its terms and settings apply to the sale orders.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        domain=[("share", "=", False)],
        groups="base.group_user",
    )
    team_id = fields.Many2one(
        "crm.team", string="Sales Team", check_company=True, groups="base.group_user"
    )
