"""Odoo's own address pages say what becomes of a change."""

from unittest.mock import patch

from lxml import html

from odoo.addons.portal.models.res_partner import ResPartner

from .address_case import ACCOUNT_URL, ADDRESS_URL, ADDRESSES_URL, AddressCase


class TestStockPages(AddressCase):
    def notice_on(self, user, url):
        """Return ``(text, links)`` of the notice on a page."""
        page = self.open_as(user, url)
        self.assertEqual(page.status_code, 200, url)
        found = html.fromstring(page.text).xpath("//div[@name='change_notice']")
        if not found:
            return None, []
        [notice] = found
        text = " ".join(notice.text_content().split())
        return text, notice.xpath(".//a/@href")

    def test_pages_say_that_changes_are_checked(self):
        for url in (
            ACCOUNT_URL,
            ADDRESSES_URL,
            ADDRESS_URL,
            self.url_of(self.warehouse),
        ):
            text, links = self.notice_on(self.anna, url)
            self.assertEqual(text, "Changes are checked by us before they count.")
            self.assertFalse(links)

    def test_pages_say_what_this_contact_may_do(self):
        self.anna.partner_id.portal_may_edit_company = False
        text, _links = self.notice_on(self.anna, ACCOUNT_URL)
        self.assertIn("your own name, phone, e-mail and job position", text)
        self.adler.portal_change_mode = "locked"
        text, _links = self.notice_on(self.anna, ADDRESSES_URL)
        self.assertIn("cannot be changed here", text)

    def test_no_notice_where_nothing_is_checked(self):
        self.adler.portal_change_mode = "direct"
        self.assertEqual(self.notice_on(self.anna, ACCOUNT_URL), (None, []))
        self.adler.portal_change_mode = "default"
        self.company.change_enabled = False
        for user in (self.anna, self.erik):
            for url in (ACCOUNT_URL, ADDRESSES_URL, ADDRESS_URL):
                self.assertEqual(self.notice_on(user, url), (None, []))

    def test_open_requests_are_linked_where_they_belong(self):
        own = self._ask(self.anna, self.anna.partner_id, phone="1")
        company = self._ask(self.bert, self.adler, street="Neu 1")
        warehouse = self._ask(self.bert, self.warehouse, street="Neu 1")
        address = self._ask_for_address(self.bert)
        self._ask(self.bert, self.bert.partner_id, phone="2")
        self._ask(self.carla, self.krone, street="Neu 1")
        decided = self._ask_for_address(self.anna, name="Alt")
        decided.with_user(self.erik).action_approve()
        for url, expected in (
            (ACCOUNT_URL, own + company),
            (self.url_of(self.warehouse), warehouse),
            (ADDRESS_URL, own.browse()),
            (ADDRESSES_URL, own + company + warehouse + address),
        ):
            _text, links = self.notice_on(self.anna, url)
            self.assertEqual(set(links), set(expected.mapped("access_url")), url)

    def test_address_with_an_open_request_is_marked(self):
        page = self.open_as(self.anna, ADDRESSES_URL).text
        self.assertNotIn("Change requested", page)
        self._ask(self.bert, self.warehouse, street="Neu 1")
        page = html.fromstring(self.open_as(self.anna, ADDRESSES_URL).text)
        [card] = page.xpath("//div[@name='change_requested']/..")
        self.assertEqual(card.get("data-partner-id"), str(self.warehouse.id))

    def test_job_position_is_in_the_form_of_the_own_contact_alone(self):
        self.anna.partner_id.function = "Chef"
        data = self.fill_in(self.anna, ACCOUNT_URL)
        self.assertEqual(data["function"], "Chef")
        for url in (ADDRESS_URL, self.url_of(self.warehouse)):
            self.assertNotIn("function", self.fill_in(self.anna, url))
        self.company.change_enabled = False
        self.assertNotIn("function", self.fill_in(self.anna, ACCOUNT_URL))

    def test_new_forms_can_be_told_apart(self):
        first, second = (self.fill_in(self.anna, ADDRESS_URL) for _form in range(2))
        self.assertNotEqual(first["form_token"], second["form_token"])
        self.assertNotIn("form_token", self.fill_in(self.anna, ACCOUNT_URL))

    def test_what_documents_lock_for_odoo_can_be_asked_for(self):
        """Staff look at it; a company's own user sees its VAT and country open."""
        self.adler.vat = "DE136695976"
        boss = self._create_user("Boss", "base.group_portal", partner_id=self.adler.id)
        austria = str(self.env.ref("base.at").id)
        wishes = {"vat": "ATU33864707", "country_id": austria, "state_id": ""}
        with (
            patch.object(ResPartner, "can_edit_vat", lambda self: False),
            patch.object(ResPartner, "_can_edit_country", lambda self: False),
        ):
            page = html.fromstring(self.open_as(boss, ACCOUNT_URL).text)
            [vat] = page.xpath("//input[@name='vat']")
            [country] = page.xpath("//select[@name='country_id']")
            self.assertIsNone(vat.get("readonly"))
            self.assertNotIn("pe-none", country.get("class"))
            self.assertNotIn("not allowed", page.text_content())
            self.send(boss, ACCOUNT_URL, **wishes)
            self.assertEqual(
                self.asked_for(self.adler),
                {"vat": "ATU33864707", "country_id": int(austria)},
            )
            self.company.change_enabled = False
            page = html.fromstring(self.open_as(boss, ACCOUNT_URL).text)
            [country] = page.xpath("//select[@name='country_id']")
            self.assertIn("pe-none", country.get("class"))

    def test_vat_of_a_contact_stays_read_only(self):
        self.adler.vat = "DE136695976"
        page = html.fromstring(self.open_as(self.anna, ACCOUNT_URL).text)
        self.assertEqual(page.xpath("//input[@name='vat']/@readonly"), ["1"])

    def test_addresses_that_a_contact_may_not_change_have_no_button(self):
        edit = f"partner_id={self.warehouse.id}"
        self.assertIn(edit, self.open_as(self.anna, ADDRESSES_URL).text)
        self.anna.partner_id.portal_may_edit_company = False
        page = self.open_as(self.anna, ADDRESSES_URL).text
        self.assertIn("Lager Nord", page)
        self.assertNotIn(edit, page)
        self.assertIn("/my/account?redirect=/my/addresses", page)
