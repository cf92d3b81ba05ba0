"""Customers who fill in Odoo's own address forms in a browser."""

from lxml import html

from .change_common import ChangePeople
from .common import PortalHttpCase

ACCOUNT_URL = "/my/account"
ADDRESSES_URL = "/my/addresses"
ADDRESS_URL = "/my/address"
SUBMIT_URL = "/my/address/submit"
ARCHIVE_URL = "/my/address/archive"


class AddressCase(ChangePeople, PortalHttpCase):
    submit_url = SUBMIT_URL

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna.partner_id.phone = "+49 941 2010"
        cls.bert.partner_id.phone = "+49 941 2011"
        cls.warehouse.write({"phone": "+49 941 2012", "email": "lager@adler.example"})

    def fill_in(self, user, page_url, **values):
        """Return what a browser sends that shows a page and gets these values typed."""
        page = self.open_as(user, page_url)
        self.assertEqual(page.status_code, 200, page_url)
        [form] = html.fromstring(page.text).xpath("//form[@name='address_form']")
        return {name: value or "" for name, value in form.fields.items()} | values

    def send(self, user, page_url, **values):
        """Return Odoo's answer to the form of a page, with these values typed."""
        return self.submit(user, self.fill_in(user, page_url, **values))

    def submit(self, user, data):
        response = self.post_as(user, self.submit_url, data)
        self.assertEqual(response.status_code, 200)
        return response.json()

    def url_of(self, partner):
        return f"{ADDRESS_URL}?partner_id={partner.id}&address_type=delivery"

    def assertRefused(self, answer, *fields):  # noqa: N802 (named like its siblings)
        """Check for messages at these fields, and that nothing was asked for."""
        self.assertEqual(set(answer), {"invalid_fields", "messages"})
        self.assertTrue(all(answer["messages"]))
        self.assertEqual(set(answer["invalid_fields"]), set(fields))
        self.assertFalse(self.asked())

    def asked(self):
        """Return all requests there are, oldest first."""
        return self.requests.search([], order="id")

    def asked_for(self, target):
        """Return what is asked for about a partner: ``{field: wished value}``."""
        request = self.requests._find_open(target)
        return {line.field_name: line.new_value for line in request.line_ids}

    def snapshot(self, without=""):
        """Return everything that the database knows about partners.

        :param without: name of a field that does not matter
        """
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(p) - %s FROM res_partner p ORDER BY id", [without]
        )
        return self.env.cr.fetchall()
