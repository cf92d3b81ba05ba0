import hashlib
import json
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.http import request
from odoo.tools import single_email_re

from ..models.customer_change_request import MAX_REMARK
from ..tools import field_values
from .change_form import ChangeForm

MOST_YEARS = 2  # nobody plans a change further ahead
DETAILS = ("remark", "effective_date")


class RequestForm(ChangeForm):
    """What a customer asks to have changed about one of his partners.

    ``parse_all`` reads what was sent into ``values`` of the partner and ``details`` of
    the request. Afterwards the form knows what it would change, compared with how
    things are and with what is asked for already, and ``file`` asks for it.
    """

    def __init__(self, target_sudo, post=None):
        """
        :param target_sudo: the partner, which this visitor may have changed; empty for
            a new address
        """
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

    @property
    def wished_day(self):
        """The day that the open request is for, if it is still to come."""
        day = self.open_sudo.effective_date
        return day if day and day > self.today else None

    @cached_property
    def locked(self):
        """The fields that no customer can change."""
        return {
            name
            for name, act in self._get_actions(self.names).items()
            if act == "locked"
        }

    def present(self, name):
        """Return the value that counts now, as plain data."""
        return field_values.get_value(self.target_sudo, name)

    @property
    def today(self):
        return request.env.company._portal_today()

    @property
    def revision(self):
        """Which revision of the open request the visitor has on his screen."""
        return str(self.open_sudo.revision)

    # === WHAT WAS SENT === #

    def parse_all(self):
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
        elif day and day > self.today + relativedelta(years=MOST_YEARS):
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
        """Refuse the present state in another country, if only that was sent."""
        state = request.env["res.country.state"].browse(self.complete.get("state_id"))
        if state and state.country_id.id != self.complete.get("country_id"):
            self._not_offered("state_id", self.label("state_id"))

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
        """What would change: ``{field: (value now, wished value)}``."""
        return self.requests_sudo._get_changes(self.target_sudo, self.values)

    @cached_property
    def table(self):
        """What the customer confirms, field by field."""
        return self.requests_sudo._get_preview(self.target_sudo, self.values)

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
        is_all = bool(self.dropped) and self.dropped == self.open_sudo.line_ids
        return is_all and not self.changes

    @property
    def is_direct(self):
        """Whether everything takes effect at once."""
        actions = set(self._get_actions(self.changes).values())
        return actions == {"auto"} and not self.details.get("effective_date")

    @property
    def has_news(self):
        """Whether it asks for anything that is not asked for already."""
        if not self.open_sudo:
            return bool(self.changes)
        wished = {name: new for name, (_old, new) in self.changes.items()}
        asked = {name: self.wishes.get(name) for name in wished}
        return bool(self.dropped) or wished != asked or self._has_new_details()

    def _has_new_details(self):
        known = {"remark": self.open_sudo.remark, "effective_date": self.wished_day}
        return any(
            value != (known[name] or False) for name, value in self.details.items()
        )

    def _get_actions(self, names):
        return self.requests_sudo._get_actions(
            self.contact_sudo, self.target_sudo, names
        )

    # === WHAT THE CUSTOMER HAS SEEN === #

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

    # === ASKING === #

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
