from odoo.http import request
from odoo.tools import frozendict

from .portal_form import PortalForm, parse_id

MAX_LENGTH = 256
MAX_TEXT = 2000


class ChangeForm(PortalForm):
    """Data of a partner as a customer typed them, field by field.

    It takes every field that a change request can hold, whichever addon it comes from,
    and leaves a message at each value that the field cannot have.
    """

    def __init__(self, post):
        super().__init__(post)
        self.partners = request.env["res.partner"]

    def parse(self, names):
        """Return ``{field: value}`` of the fields that the browser has sent.

        :param names: the fields that the form has; what else is sent is ignored
        """
        values = {name: self._parse(name) for name in self.typed if name in names}
        if values.get("state_id") and "country_id" in values:
            values["state_id"] = self._get_state_in_country(values)
        return values

    def label(self, name):
        return self.partners._get_change_label(name)

    # === HELPERS === #

    def _parse(self, name):
        field = self.partners._fields[name]
        if reader := _READERS.get(field.type):
            return reader(self, name, field)
        return self._not_offered(name, self.label(name))

    def _get_state_in_country(self, values):
        """Return the chosen state, or False if it lies in another country."""
        # Countries and their states are in every address form.
        states_sudo = request.env["res.country.state"].sudo()
        in_country = states_sudo.search([("country_id", "=", values["country_id"])])
        if values["state_id"] in in_country.ids:
            return values["state_id"]
        if in_country:
            self._not_offered("state_id", self.label("state_id"))
        return False  # of the country before: forms hide what a country does not have

    def _parse_line(self, name, field):
        most = min(field.size or MAX_LENGTH, MAX_LENGTH)
        return self.text(name, self.label(name), max_length=most) or False

    def _parse_text(self, name, _field):
        label = self.label(name)
        return self.text(name, label, max_length=MAX_TEXT, multiline=True) or False

    def _parse_selection(self, name, field):
        options = dict(field._description_selection(request.env))
        return self.choice(name, self.label(name), options) or False

    def _parse_number(self, name, _field):
        return self.natural(name, self.label(name), minimum=0) or 0

    def _parse_date(self, name, _field):
        return self.date(name, self.label(name)) or False

    def _parse_flag(self, name, _field):
        return self.flag(name)

    def _parse_record(self, name, field):
        """Return the id of a record that the visitor himself may see, or False."""
        value = self._value(name)
        if not value:
            return False
        comodel = request.env[field.comodel_name]
        chosen = parse_id(value)
        if chosen and comodel.has_access("read"):
            if comodel.search_count([("id", "=", chosen)], limit=1):
                return chosen
        return self._not_offered(name, self.label(name)) or False


_READERS = frozendict(
    char=ChangeForm._parse_line,
    text=ChangeForm._parse_text,
    selection=ChangeForm._parse_selection,
    integer=ChangeForm._parse_number,
    date=ChangeForm._parse_date,
    boolean=ChangeForm._parse_flag,
    many2one=ChangeForm._parse_record,
)
