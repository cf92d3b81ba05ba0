import hashlib
import json
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.http import request
from odoo.tools import single_email_re

from ..models.customer_change_request import MAX_REMARK
from ..tools import field_values
from .change_form import ChangeForm
from .portal_form import parse_id

MOST_YEARS = 2  # nobody plans a change further ahead
INPUT_TYPES = {"email": "email", "phone": "tel"}
DETAILS = ("remark", "effective_date")


class CompanyForm(ChangeForm):
    """What a customer wants to have changed about his company.

    The page shows an empty one: the data as they are, or as they are asked for already.
    ``read`` reads what was sent into ``values`` of the partner and ``details`` of the
    request; afterwards the form knows what it would change.
    """

    url = "/my/company/submit"
    page_name = "company_form"
    is_further_address = False
    odoo_type = "billing"  # what Odoo's own methods call it
    is_for_both = False
    required = frozenset()  # the controller knows what an address needs

    def __init__(self, target_sudo, post=None):
        super().__init__(post or {})
        self.target_sudo = target_sudo
        self.contact_sudo = request.env.user.partner_id
        # Customers may not write, but ask; whom they may ask about is checked before.
        self.requests_sudo = request.env["customer.change.request"].sudo()
        self.names = target_sudo._get_portal_fields()
        self.field_order = (*self.names, *DETAILS, "form_token")
        self.values = {}
        self.details = {}

    # === WHAT IS THERE ALREADY === #

    @cached_property
    def open_sudo(self):
        """The open request about the same partner, or an empty recordset."""
        if not self.target_sudo:
            return self.requests_sudo
        return self.requests_sudo._find_open(self.target_sudo)

    @cached_property
    def wishes(self):
        """What is asked for already: ``{field: value}``."""
        return {
            line.field_name: line.new_value
            for line in self.open_sudo.line_ids
            if line.field_name not in self.locked
        }

    @cached_property
    def locked(self):
        """The fields that no customer can change."""
        actions = self.requests_sudo._get_actions(
            self.contact_sudo, self.target_sudo, self.names
        )
        return {name for name, action in actions.items() if action == "locked"}

    def present(self, name):
        """Return the value that counts now, as plain data."""
        return field_values.get_value(self.target_sudo, name)

    def present_text(self, name):
        return field_values.show(self.target_sudo, name, self.present(name))

    @property
    def present_day(self):
        day = self.open_sudo.effective_date
        return day if day and day > self.today else None

    # === WHAT THE PAGE SHOWS === #

    def shown(self, name):
        """Return what the input of a field holds."""
        if name in self.typed:
            return self.typed[name]
        if name == "remark":
            return self.open_sudo.remark or ""
        if name == "effective_date":
            return str(self.present_day or "")
        value = self.wishes.get(name, self.present(name))
        return "1" if value is True else str(value or "")

    def options(self, name):
        """Return what can be chosen, ``[(value, label)]``, or None where one types."""
        field = self.partners._fields[name]
        if field.type == "selection":
            return field._description_selection(request.env)
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
    def today(self):
        return request.env.company._portal_today()

    @property
    def first_day(self):
        return self.today + relativedelta(days=1)

    @property
    def last_day(self):
        return self.today + relativedelta(years=MOST_YEARS)

    @property
    def revision(self):
        """Which revision of the open request the visitor has on his screen."""
        return str(self.open_sudo.revision)

    @property
    def sent(self):
        """Everything typed, for the confirmation to send it once more."""
        names = (*self.names, *DETAILS, "address_type", "partner_id")
        return {name: self.typed[name] for name in names if name in self.typed}

    # === WHAT WAS SENT === #

    def read(self):
        readers = {"remark": self._read_remark, "effective_date": self._read_day}
        self.token_sent = self.token()
        self.values = self.parse(self.names)
        self.details = {
            name: readers[name]() or False for name in DETAILS if name in self.typed
        }
        self._check_email()
        self._check_state()

    def _read_remark(self):
        label = request.env._("Remark")
        return self.text("remark", label, max_length=MAX_REMARK, multiline=True)

    def _read_day(self):
        _ = request.env._
        day = self.date("effective_date", _("Valid from"))
        if day and day <= self.today:
            self.fail("effective_date", _("Please choose a day in the future."))
        elif day and day > self.last_day:
            self.fail(
                "effective_date",
                _("Please choose a day within %(years)s years.", years=MOST_YEARS),
            )
        return day

    def _check_email(self):
        email = self.values.get("email")
        if email and not single_email_re.match(email):
            self.fail("email", request.env._("Please enter a valid e-mail address."))

    def _check_state(self):
        chosen = self.complete.get("state_id")
        state = request.env["res.country.state"].browse(chosen or ())
        if state and state.country_id.id != self.complete.get("country_id"):
            self.fail(
                "state_id", request.env._("Please choose a state of this country.")
            )

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

    # === WHAT IT WOULD CHANGE === #

    @property
    def complete(self):
        """All values as they would be, for rules that look at more than one."""
        if not self.target_sudo:
            return self.values
        names = self.partners._get_change_fields()
        return {name: self.present(name) for name in names} | self.values

    @cached_property
    def changes(self):
        return self.requests_sudo._get_changes(self.target_sudo, self.values)

    @cached_property
    def table(self):
        """What the customer confirms, field by field."""
        rows = self.requests_sudo._get_preview(self.target_sudo, self.values)
        return sorted(rows, key=lambda row: self.names.index(row["name"]))

    @cached_property
    def dropped(self):
        """The lines of the open request that this form takes back."""
        return self.open_sudo._get_lines_to_show().filtered(
            lambda line: (
                line.field_name in self.values and line.field_name not in self.changes
            )
        )

    @property
    def is_withdrawal(self):
        """Whether nothing is left of the open request."""
        return (
            bool(self.dropped)
            and not self.changes
            and (self.dropped == self.open_sudo.line_ids)
        )

    @property
    def has_news(self):
        """Whether it asks for anything that is not asked for already."""
        if not self.open_sudo:
            return bool(self.changes)
        wished = {name: new for name, (_old, new) in self.changes.items()}
        asked = {name: self.wishes.get(name) for name in wished}
        return bool(self.dropped) or wished != asked or self._has_new_details()

    def _has_new_details(self):
        known = {"remark": self.open_sudo.remark, "effective_date": self.present_day}
        return any(
            value != (known[name] or False) for name, value in self.details.items()
        )

    @property
    def is_outdated(self):
        """Whether a colleague has changed the open request since the page was shown."""
        return self.typed.get("revision", self.revision) != self.revision

    @property
    def seen(self):
        """A fingerprint of what the confirmation shows."""
        shown = [sorted(self.changes.items()), self.dropped.mapped("field_name")]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    @property
    def is_seen(self):
        """Whether the customer confirms what would change at this very moment."""
        return self.typed.get("seen", self.seen) == self.seen

    def get_refusals(self):
        """Return why changes cannot be asked for: ``{field: message}``."""
        return self.requests_sudo._get_refusals(
            self.contact_sudo, self.target_sudo, self.values
        )

    def file(self):
        """Ask for the changes; the requests that it led to.

        :raise UserError: it cannot be asked for, in words for the customer
        """
        return self.requests_sudo._file_update(
            self.contact_sudo,
            self.target_sudo,
            self.values,
            keep_open=False,
            form_token=self.token_sent,
            **self.details,
        )
