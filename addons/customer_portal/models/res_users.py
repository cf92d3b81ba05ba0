from odoo import models
from odoo.exceptions import UserError
from odoo.tools import single_email_re

from ..controllers.portal_form import NOT_IN_A_LINE

MAX_LENGTH = 256
OWN_FIELDS = ("name", "email", "phone")


class ResUsers(models.Model):
    """Odoo lets portal users change their own name, e-mail and phone by remote calls.

    Here these calls ask for the change instead. Time zone, language, signature and
    password are their own business and change at once.
    """

    _inherit = "res.users"

    def write(self, vals):
        if self._is_changed_by_customer():
            vals = self._file_own_changes(vals)
        return super().write(vals)

    def _get_portal_landing(self):
        """Return the page that a customer sees first after the login."""
        company = self.company_id
        is_landing_there = company.change_enabled or company.portal_landing == "/my"
        return company.portal_landing if is_landing_there else "/my"

    def _is_changed_by_customer(self):
        requests = self.env["customer.change.request"]
        return (
            not self.env.su
            and self == self.env.user
            and requests._is_asked_of(self.env.user, self.env.company)
        )

    def _file_own_changes(self, vals):
        """File what needs an approval.

        :return: what the user may change at once
        """
        asked = {name: vals[name] for name in OWN_FIELDS if name in vals}
        if asked:
            self._check_own_changes(asked)
            # Customers may not write, but ask; only their own record is concerned.
            contact_sudo = self.sudo().partner_id
            requests_sudo = self.env["customer.change.request"].sudo()
            for target_sudo, values in contact_sudo._split_changes(asked).items():
                requests_sudo._file_update(
                    contact_sudo, target_sudo, values, source="rpc"
                )
        return {name: value for name, value in vals.items() if name not in asked}

    def _check_own_changes(self, values):
        """:raise UserError: a value is none that the form would take"""
        for name, value in values.items():
            if value and not isinstance(value, str):
                raise UserError(self.env._("Please enter a text."))
            text = value or ""
            if NOT_IN_A_LINE.search(text) or len(text) > MAX_LENGTH:
                raise UserError(
                    self.env._(
                        "“%(field)s” is too long or contains characters that cannot be"
                        " used.",
                        field=self.env["res.partner"]._get_change_label(name),
                    )
                )
        if not (values.get("name", "-") or "").strip():
            raise UserError(self.env._("Please fill in your name."))
        email = (values.get("email") or "").strip()
        if email and not single_email_re.match(email):
            raise UserError(self.env._("Please enter a valid e-mail address."))
