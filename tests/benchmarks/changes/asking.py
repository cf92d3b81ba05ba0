"""Somebody who changes his data in the portal, and what came of what he has sent."""

import uuid

from erp import database
from shared.measuring import Person, form_values

CHANGES_URL = "/my/changes"
FORM_URL = "/my/company/submit"


class Asker:
    """A contact of a customer: he asks, adds to what he asked for, takes it back."""

    def __init__(self, site, login):
        self.site = site
        self.login = login
        self.person = Person(site, login)
        self.csrf_token = self.person.csrf_token("/my/security")
        self.street = None  # the last one that he sent
        self.filed = 0  # how many requests he has made

    # === WHAT HE DOES === #

    def preview(self):
        """Let the company page's form show what would change."""
        self.street = f"Seestraße {uuid.uuid4().hex}"
        form = form_values(self.person.open("/my/company/edit"), FORM_URL)
        form |= {"street": self.street, "step": "preview"}
        return self.person.post(FORM_URL, **form)

    def confirm(self):
        """Send what the form has shown."""
        form = form_values(self.preview(), FORM_URL)
        return self.person.post(FORM_URL, **form, step="confirm")

    def send_address(self, address, **options):
        """Send Odoo's own form of an address, with nothing changed but the street."""
        self.street = f"Seestraße {uuid.uuid4().hex}"
        return self.person.post(
            "/my/address/submit",
            csrf_token=self.csrf_token,
            street=self.street,
            **address,
            **options,
        )

    def withdraw(self, request_id):
        url = f"{CHANGES_URL}/{request_id}/cancel"
        return self.person.post(url, csrf_token=self.csrf_token)

    def withdraw_all(self):
        for request_id in self.get_open_ids():
            self.withdraw(request_id)

    def ask_anew(self, ask):
        """Ask for something while nothing else is asked for."""
        self.withdraw_all()
        self.filed += 1
        return ask()

    # === WHAT THE DATABASE SAYS === #

    def get_open_ids(self):
        return self._query(
            """
            SELECT r.id FROM customer_change_request AS r
            JOIN own ON own.commercial_partner_id = r.commercial_partner_id
            WHERE r.state = 'pending'
            """
        )

    def is_asked_for(self):
        """Whether the street that he sent last is asked for, and not written."""
        wishes = self._query(
            """
            SELECT l.new_value #>> '{}' FROM customer_change_line AS l
            JOIN own ON own.commercial_partner_id = l.commercial_partner_id
            WHERE l.state = 'pending' AND l.field_name = 'street'
            """
        )
        return wishes.count(self.street) == 1 and self.street not in self._get_streets()

    def is_written(self):
        """Whether the street that he sent last counts already."""
        return self.street in self._get_streets() and not self.get_open_ids()

    def _get_streets(self):
        return self._query(
            """
            SELECT p.street FROM res_partner AS p
            JOIN own ON own.commercial_partner_id = p.commercial_partner_id
            """
        )

    def _query(self, statement):
        own = """
            WITH own AS (
                SELECT p.commercial_partner_id FROM res_users AS u
                JOIN res_partner AS p ON p.id = u.partner_id WHERE u.login = %s
            )
        """
        rows = database.query(self.site.database, own + statement, self.login)
        return [value for (value,) in rows]
