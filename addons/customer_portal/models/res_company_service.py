from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How this company deals with service orders."""

    _inherit = "res.company"

    service_duplicate_policy = fields.Selection(
        [("block", "Refuse"), ("warn", "Allow")],
        string="Second Order for a Device in Service",
        required=True,
        default="block",
        groups="base.group_user",
    )
    service_draft_days = fields.Integer(
        string="Keep Drafts (days)",
        default=14,
        groups="base.group_user",
        help="Drafts that nobody has touched for so long are deleted.",
    )
    service_remind = fields.Boolean(
        string="Remind Customers of What Waits for Them",
        default=True,
        groups="base.group_user",
    )
    service_remind_days = fields.Integer(
        string="Remind after (days)", default=3, groups="base.group_user"
    )

    @api.constrains("service_draft_days", "service_remind_days")
    def _check_service_days(self):
        for name in ("service_draft_days", "service_remind_days"):
            if any(not 1 <= company[name] <= 365 for company in self):
                raise ValidationError(
                    self.env._(
                        "“%(label)s” lies between 1 and 365.",
                        label=self._fields[name]._description_string(self.env),
                    )
                )
