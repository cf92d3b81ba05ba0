from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.http import request

from ..tools import field_values
from .portal_form import parse_id
from .request_form import DETAILS, MOST_YEARS, RequestForm

INPUT_TYPES = {"email": "email", "phone": "tel"}


class CompanyForm(RequestForm):
    """The form of the company's data, as the page shows it.

    An unsent one is filled with the data as they are, or as they are asked for already.
    """

    url = "/my/company/submit"
    page_name = "company_form"
    is_further_address = False
    odoo_type = "billing"  # what Odoo's own methods call it
    is_for_both = False
    required = frozenset()  # the controller knows what an address needs

    # === INPUTS === #

    def shown(self, name):
        """Return what the input of a field holds."""
        if name in self.typed:
            return self.typed[name]
        if name == "remark":
            return self.open_sudo.remark or ""
        if name == "effective_date":
            return str(self.wished_day or "")
        value = self.wishes.get(name, self.present(name))
        return "1" if value is True else str(value or "")

    def present_text(self, name):
        return field_values.show(self.target_sudo, name, self.present(name))

    def options(self, name):
        """Return what can be chosen, ``[(value, label)]``, or None where one types."""
        field = self.partners._fields[name]
        if field.type == "selection":
            return self.target_sudo._get_portal_options(name)
        if field.type == "boolean":
            return [("", request.env._("No")), ("1", request.env._("Yes"))]
        if field.type != "many2one":
            return None
        candidates = request.env[field.comodel_name]
        domain = [("country_id", "=", self.country.id)] if name == "state_id" else []
        return [(str(it.id), it.display_name) for it in candidates.search(domain)]

    def input_type(self, name):
        return INPUT_TYPES.get(name, "text")

    @cached_property
    def country(self):
        """The country that the form shows or that was chosen; maybe none."""
        chosen = parse_id(self.shown("country_id"))
        return request.env["res.country"].search([("id", "=", chosen)])

    @property
    def first_day(self):
        return self.today + relativedelta(days=1)

    @property
    def last_day(self):
        return self.today + relativedelta(years=MOST_YEARS)

    @property
    def sent(self):
        """Everything typed, for the confirmation to send it once more."""
        names = (*self.names, *DETAILS, "address_type", "partner_id")
        return {name: self.typed[name] for name in names if name in self.typed}

    # === MESSAGES === #

    def require_fields(self):
        """Ask for what must be filled in."""
        for name in self.names:
            if name in self.required:
                is_missing = not self.complete.get(name)
                self._missing(name, self.label(name), is_missing)

    def blame(self, names, messages):
        """Show messages at the fields that they are about, as far as one can tell."""
        names = [name for name in self.names if name in names]
        if len(names) == len(messages) == 1:
            return self.fail(names[0], str(messages[0]))
        for name in names:
            label = self.label(name)
            self.fail(name, request.env._("Please check “%(label)s”.", label=label))
        if messages:
            self.fail("form", "\n".join(map(str, messages)))
        return None
