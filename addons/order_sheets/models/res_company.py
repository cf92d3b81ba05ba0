from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How this company deals with order sheets."""

    _inherit = "res.company"

    order_sheet_admin_user_ids = fields.Many2many(
        "res.users",
        "res_company_order_sheet_admin_rel",
        string="Order Sheet Administrators",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="They get a mail about each order, unless the sheet names others. Neither"
        " they nor another address chosen: all members of Order Sheets / User.",
    )
    order_sheet_admin_email = fields.Char(
        string="One More Address for Orders", groups="base.group_user"
    )
    order_sheet_archive_days = fields.Integer(
        string="Archive Orders after (days)",
        default=30,
        groups="base.group_user",
        help="Completed orders move to the customer's archive then. 0: never.",
    )
    order_sheet_draft_days = fields.Integer(
        string="Keep Drafts of Order Sheets (days)",
        default=60,
        groups="base.group_user",
        help="Drafts that nobody has touched for so long are deleted; customers are"
        " told a week before.",
    )

    @api.constrains("order_sheet_archive_days", "order_sheet_draft_days")
    def _check_order_sheet_days(self):
        for company in self:
            if not 0 <= company.order_sheet_archive_days <= 3650:
                raise ValidationError(
                    self.env._("Orders are archived after 0 to 3,650 days.")
                )
            if not 8 <= company.order_sheet_draft_days <= 3650:
                raise ValidationError(
                    self.env._("Drafts are kept for 8 to 3,650 days.")
                )
