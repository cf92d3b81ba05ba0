from odoo import models
from odoo.exceptions import UserError
from odoo.tools import single_email_re

from ..controllers.portal_form import NOT_IN_A_LINE, parse_id

MAX_LENGTH = 256
NEVER_EMPTY = ("name", "email")


class ResUsers(models.Model):
    """Odoo lets portal users change their own name, e-mail and phone by remote calls.

    Here these calls ask for the change instead. Time zone, language, signature and
    password are their own business and change at once.
    """

    _inherit = "res.users"

    def write(self, vals):
        user = self.env.user
        if not self.env.su and self == user and user._asks_for_changes():
            vals = self._file_own_changes(vals)
        return super().write(vals)

    def _asks_for_changes(self):
        """Return whether changes by this user go through requests.

        One of his companies is enough: it looks after the same contact as the others,
        and which of them he works with is his own choice.
        """
        if not self.share:
            return False
        requests = self.env["customer.change.request"]
        # Which companies there are is no secret to the server.
        companies_sudo = self.sudo().company_ids
        return any(requests._is_asked_of(self, company) for company in companies_sudo)

    def _get_portal_landing(self):
        """Return the page that a customer sees first after the login."""
        return self.company_id.portal_landing if self._asks_for_changes() else "/my"

    # === CHANGES BY REMOTE CALLS === #

    def _file_own_changes(self, vals):
        """File what needs an approval.

        :return: what the user may change at once
        """
        writeable = self._self_accessible_fields()[1]
        if not vals.keys() <= writeable:
            return vals  # Odoo refuses all of it
        own = {
            name: vals[name]
            for name in self.env["res.partner"]._get_change_fields() & vals.keys()
        }
        if own:
            # What stays as it is, other addons may send along.
            changes = self.env["customer.change.request"]._get_changes(
                self.sudo().partner_id, own
            )
            asked = {name: own[name] for name in changes}
            self._check_own_changes(asked)
            self._ask_for_own_changes(asked)
        return {name: value for name, value in vals.items() if name not in own}

    def _ask_for_own_changes(self, values):
        # Customers may not write, but ask. Nothing of the caller's context counts: it
        # could hold defaults for a request, or a company with other rules.
        user_sudo = self.env.user
        context = {"lang": user_sudo.lang, "tz": user_sudo.tz}
        requests_sudo = self.env(context=context, su=True)["customer.change.request"]
        contact_sudo = requests_sudo.env.user.partner_id
        for target_sudo, changes in contact_sudo._split_changes(values).items():
            requests_sudo._file_update(contact_sudo, target_sudo, changes, source="rpc")

    def _may_choose(self, field, value):
        """Return whether a value is nothing, or a record that the user may see."""
        if not value:
            return True
        records, chosen = self.env[field.comodel_name], parse_id(value)
        return bool(
            chosen
            and records.has_access("read")
            and records.search_count([("id", "=", chosen)], limit=1)
        )

    def _check_own_changes(self, values):
        """:raise UserError: a value is none that the form would take"""
        _ = self.env._
        partners = self.env["res.partner"]
        for name, value in values.items():
            label = partners._get_change_label(name)
            field = partners._fields[name]
            if field.type == "many2one" and self._may_choose(field, value):
                continue
            is_text = field.type in ("char", "text")
            if not is_text or not isinstance(value or "", str):
                raise UserError(
                    _("“%(label)s” can only be changed on its page.", label=label)
                )
            text = (value or "").strip()
            if NOT_IN_A_LINE.search(text):
                raise UserError(
                    _(
                        "“%(label)s” contains characters that cannot be used.",
                        label=label,
                    )
                )
            if len(text) > MAX_LENGTH:
                raise UserError(
                    _(
                        "“%(label)s” may have %(max_length)s characters, not"
                        " %(length)s.",
                        label=label,
                        max_length=MAX_LENGTH,
                        length=len(text),
                    )
                )
            if name in NEVER_EMPTY and not text:
                raise UserError(_("Please fill in “%(label)s”.", label=label))
            if name == "email" and not single_email_re.match(text):
                raise UserError(_("Please enter a valid e-mail address."))
