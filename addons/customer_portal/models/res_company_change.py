from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How this company deals with what customers want to have changed."""

    _inherit = "res.company"

    change_enabled = fields.Boolean(
        string="Approve Changes by Customers",
        default=True,
        help="Otherwise customers change their data at once, as Odoo has it.",
    )
    change_admin_user_ids = fields.Many2many(
        "res.users",
        "res_company_change_admin_rel",
        string="Administrators of Changes",
        domain=[("share", "=", False)],
        groups="base.group_user",
        help="They get a mail about each request. Neither they nor another address"
        " chosen: all members of the group Change Requests / Approver.",
    )
    change_admin_email = fields.Char(
        string="One More Address for Changes", groups="base.group_user"
    )
    change_sla_days = fields.Integer(
        string="Decide within (days)", default=2, groups="base.group_user"
    )
    change_remind = fields.Boolean(
        string="Remind of Undecided Changes", default=True, groups="base.group_user"
    )
    change_self_approval = fields.Boolean(
        string="Approve Own Requests",
        groups="base.group_user",
        help="Otherwise nobody approves what he or she has asked for.",
    )
    change_login_with_email = fields.Boolean(
        string="Change the Login with the E-Mail",
        groups="base.group_user",
        help="Customers who sign in with their e-mail address sign in with the new one"
        " once it is approved.",
    )
    portal_landing = fields.Selection(
        [("/my/company", "Company data"), ("/my", "Overview")],
        string="First Page after the Login",
        default="/my/company",
        required=True,
    )

    @api.constrains("change_sla_days")
    def _check_change_sla_days(self):
        if any(not 1 <= company.change_sla_days <= 365 for company in self):
            raise ValidationError(
                self.env._("“Decide within (days)” lies between 1 and 365.")
            )

    def _get_change_administrators(self):
        """Return who is told about changes: ``(users, one more address or False)``."""
        self.ensure_one()
        # Customers may not read who looks after them, but their requests reach them.
        company_sudo = self.sudo()
        return self._portal_administrators(
            company_sudo.change_admin_user_ids,
            company_sudo.change_admin_email,
            "customer_portal.customer_portal_group_change_approver",
        )
