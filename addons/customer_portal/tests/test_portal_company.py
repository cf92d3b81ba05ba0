from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .change_pages import COMPANY_URL, JUNK, ChangePageCase


class TestPortalCompany(ChangePageCase):
    """What a customer sees of his data, and of what he has asked for."""

    def _open(self, user=None, **kwargs):
        page = self.open_as(user or self.anna, COMPANY_URL, **kwargs)
        self.assertEqual(page.status_code, 200)
        return page

    def _card(self, page, name):
        """Return the data on a card: ``{label: text}``."""
        path = f"//section[@name='{name}']//dl"
        labels = self._texts(page, f"{path}/dt")
        return dict(zip(labels, self._texts(page, f"{path}/dd"), strict=True))

    def _addresses(self, page, kind="delivery"):
        return self._texts(page, f"//section[@name='{kind}']//article")

    def _links(self, page):
        return self._texts(page, "//main//*[@name='edit' or @name='add']")

    # === WHAT IS KNOWN === #

    def test_the_company_is_shown_as_it_is(self):
        self.adler.vat = "DE123456788"
        page = self._open()
        known = {
            "Name": "Hotel Adler GmbH",
            "VAT": "DE123456788",
            "Address": "Marktplatz 1 93047 Regensburg Germany",
            "Phone": "+49 941 201000",
            "Email": "info@adler.example",
        }
        self.assertLessEqual(known.items(), self._card(page, "company").items())
        self.assertEqual(self._badges(page), [])
        self.assertEqual(self._texts(page, "//main//h1"), ["Company Data"])

    def test_the_visitor_sees_his_own_contact_and_changes_it_in_his_account(self):
        self.anna.partner_id.write({"function": "Housekeeper", "phone": "12"})
        page = self._open()
        self.assertEqual(
            self._card(page, "contact"),
            {
                "Name": "Anna",
                "Job Position": "Housekeeper",
                "Phone": "12",
                "Email": "anna@test.example",
            },
        )
        self.assertIn('href="/my/account?redirect=/my/company"', page.text)

    def test_further_addresses_are_listed_by_what_they_are_for(self):
        self.warehouse.copy({"type": "invoice", "name": "Accounting"})
        self.warehouse.copy({"type": "other", "name": "Branch"})
        self.warehouse.copy({"type": "contact", "name": "Somebody"})
        self.warehouse.copy({"active": False, "name": "Gone"})
        self.warehouse.copy({"parent_id": self.krone.id, "name": "Foreign"})
        page = self._open()
        address = "Hafenstraße 3 93059 Regensburg Germany"
        self.assertEqual(
            self._addresses(page),
            [
                f"Branch Delivery and invoice address {address} Edit Branch"
                " Remove Branch",
                f"Lager Nord {address} Edit Lager Nord Remove Lager Nord",
            ],
        )
        self.assertEqual(
            self._addresses(page, "invoice"),
            [f"Accounting {address} Edit Accounting Remove Accounting"],
        )
        for name in ("Somebody", "Gone", "Foreign"):
            self.assertNotIn(name, page.text)

    def test_where_there_is_nothing_a_sentence_says_so(self):
        page = self._open(self.carla)
        self.assertEqual(
            self._texts(page, "//*[@name='empty']"),
            [
                "You have no further delivery address. We deliver to the address of"
                " your company.",
                "You have no further invoice address. Invoices go to the address of"
                " your company.",
            ],
        )
        self.assertEqual(self._card(page, "company")["VAT"], "–")

    def test_customers_see_nothing_of_each_other(self):
        self._ask(self.anna, self.adler, street="Neue Str. 5")
        self._ask_for_address(self.anna)
        page = self._open(self.carla)
        for word in ("Adler", "Lager", "Neue Str. 5"):
            self.assertNotIn(word, page.text)

    def test_a_private_person_sees_himself_once(self):
        user = new_test_user(
            self.env,
            "paul@test.example",
            groups="base.group_portal",
            name="Paul",
            street="Gasse 1",
            city="Ulm",
            lang="en_US",
        )
        page = self._open(user)
        self.assertEqual(self._texts(page, "//main//h1"), ["Your Data"])
        self.assertEqual(self._card(page, "company")["Address"], "Gasse 1 Ulm")
        self.assertNotIn('name="contact"', page.text)
        self.assertIn('href="/my/company/edit"', page.text)

    # === WHAT IS ASKED FOR === #

    def test_what_is_asked_for_stands_beside_what_counts(self):
        request = self._ask(self.anna, self.adler, street="Neue Str. 5", phone="1")
        page = self._open(self.bert)
        card = self._card(page, "company")
        self.assertEqual(
            card["Address"],
            "Marktplatz 1 93047 Regensburg Germany Change requested Street requested:"
            " Neue Str. 5",
        )
        self.assertEqual(card["Phone"], "+49 941 201000 Change requested requested: 1")
        self.assertEqual(card["Email"], "info@adler.example")
        self.assertIn(f'href="{request.access_url}"', page.text)

    def test_the_badge_is_gone_once_it_is_decided(self):
        request = self._ask(self.anna, self.adler, street="Neue Str. 5")
        self.assertEqual(self._badges(self._open()), ["Change requested"])
        request.with_user(self.erik).action_approve()
        page = self._open()
        self.assertEqual(self._badges(page), [])
        self.assertIn("Neue Str. 5", self._card(page, "company")["Address"])

    def test_a_change_for_a_certain_day_says_which_day(self):
        day = fields.Date.today() + timedelta(days=40)
        text = f"{day:%m/%d/%Y}"
        details = {"effective_date": day}
        request = self._ask(self.anna, self.adler, details, street="Neue Str. 5")
        address = self._card(self._open(), "company")["Address"]
        self.assertIn(f"Neue Str. 5 (valid from {text})", address)
        request.with_user(self.erik).action_approve()
        page = self._open()
        self.assertEqual(self._badges(page), [f"Change approved for {text}"])
        address = self._card(page, "company")["Address"]
        self.assertTrue(address.startswith("Marktplatz 1"), address)
        self.assertTrue(address.endswith("Street requested: Neue Str. 5"), address)

    def test_a_value_that_shall_be_empty_is_a_dash(self):
        self._ask(self.anna, self.adler, phone=False)
        card = self._card(self._open(), "company")
        self.assertEqual(card["Phone"], "+49 941 201000 Change requested requested: –")

    def test_changes_of_an_address_stand_on_its_card(self):
        self._ask(self.anna, self.warehouse, street="Hafenstraße 9", city="Ulm")
        [card] = self._addresses(self._open())
        self.assertEqual(
            card,
            "Lager Nord Hafenstraße 3 93059 Regensburg Germany Change requested Street"
            " requested: Hafenstraße 9 City requested: Ulm Edit Lager Nord",
        )

    def test_an_address_to_be_removed_can_do_nothing_more(self):
        self._ask_for_removal(self.anna, self.warehouse)
        [card] = self._addresses(self._open())
        self.assertEqual(
            card, "Lager Nord Hafenstraße 3 93059 Regensburg Germany Removal requested"
        )

    def test_a_new_address_is_shown_as_asked_for_until_it_is_decided(self):
        request = self._ask_for_address(self.anna)
        page = self._open()
        [card] = [card for card in self._addresses(page) if "Süd" in card]
        self.assertEqual(
            card,
            "New address requested Name Lager Süd Street Donaulände 8 Zip 93047"
            " City Regensburg Country Germany",
        )
        request.with_user(self.erik).action_approve()
        [card] = [card for card in self._addresses(self._open()) if "Süd" in card]
        self.assertTrue(card.startswith("Lager Süd Donaulände 8 93047"), card)

    def test_changes_of_the_own_contact_stand_on_its_card(self):
        self._ask(self.anna, self.anna.partner_id, phone="77")
        card = self._card(self._open(), "contact")
        self.assertEqual(card["Phone"], "– Change requested requested: 77")
        self.assertEqual(self._badges(self._open(self.bert)), [])

    def test_what_customers_typed_is_never_live(self):
        text = "<script>alert(1)</script>"
        self._ask(self.anna, self.adler, street=text)
        self._ask_for_address(self.anna, name=text)
        page = self._open()
        self.assertNotIn(text, page.text)
        self.assertIn("&lt;script&gt;alert(1)", page.text)

    # === WHO === #

    def test_a_contact_who_may_not_change_the_company_has_no_buttons(self):
        everything = [
            *("Edit", "Edit your contact details", "Add delivery address"),
            *("Edit Lager Nord", "Add invoice address"),
        ]
        self.assertEqual(self._links(self._open()), everything)
        self.anna.partner_id.portal_may_edit_company = False
        page = self._open()
        self.assertEqual(self._links(page), ["Edit your contact details"])
        self.assertNotIn("/archive", page.text)
        self.assertEqual(len(self._texts(page, "//*[@name='not_allowed']")), 1)

    def test_a_locked_customer_has_no_buttons_at_all(self):
        self.adler.portal_change_mode = "locked"
        self.assertEqual(self._links(self._open()), [])

    def test_without_approvals_the_page_leads_to_odoos_own(self):
        self.company.change_enabled = False
        page = self.open_as(self.anna, COMPANY_URL, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertURLEqual(page.headers["Location"], "/my/account")

    def test_employees_are_led_to_their_account(self):
        page = self.open_as(self.erik, COMPANY_URL, allow_redirects=False)
        self.assertURLEqual(page.headers["Location"], "/my/account")

    def test_nobody_is_asked_to_sign_in(self):
        page = self.open_as(None, COMPANY_URL, allow_redirects=False)
        self.assertIn("/web/login", page.headers["Location"])

    # === THE HOME PAGE === #

    def test_the_home_page_leads_here_and_counts_open_requests(self):
        page = self.open_as(self.anna, "/my")
        self.assertIn('href="/my/company"', page.text)
        self.assertIn('data-placeholder_count="change_request_count"', page.text)
        self._ask(self.anna, self.adler, street="Neue Str. 5")
        request = self._ask_for_address(self.bert)
        self.assertEqual(self._count_on_home(self.anna), 2)
        self.assertEqual(self._count_on_home(self.carla), 0)
        request.with_user(self.erik).action_approve()
        self.assertEqual(self._count_on_home(self.anna), 1)
        self.assertEqual(self._count_on_home(self.erik), 1)
        self.erik.group_ids = [Command.set([self.env.ref("base.group_user").id])]
        self.assertEqual(self._count_on_home(self.erik), 0)

    def test_the_tile_is_not_there_without_approvals(self):
        self.company.change_enabled = False
        self.assertNotIn('href="/my/company"', self.open_as(self.anna, "/my").text)

    def _count_on_home(self, user):
        self._sign_in(user)
        counters = self.call_json("/my/counters", counters=["change_request_count"])
        return counters["change_request_count"]

    # === HOW === #

    def test_junk_in_the_address_changes_nothing(self):
        for junk in JUNK:
            self._open(params=dict.fromkeys(("partner_id", "page", "x", "self"), junk))

    def test_reading_writes_nothing(self):
        self._ask(self.anna, self.adler, street="Neue Str. 5")
        self._ask_for_address(self.anna)
        for _time in range(2):
            with (
                self.assertNoLogs("odoo.sql_db", "WARNING"),
                self.assertNoLogs("odoo.http", "WARNING"),
            ):
                self._open()

    def test_the_page_costs_the_same_for_two_addresses_and_for_twenty(self):
        self._fill(2)
        self._open()
        few = self.count_queries(COMPANY_URL)
        self._fill(18)
        self._open()
        self.assertEqual(self.count_queries(COMPANY_URL), few)
        self.assertLessEqual(few, 20)
        self.assertEqual(len(self._badges(self.url_open(COMPANY_URL))), 41)

    def _fill(self, count):
        """Add addresses; of each kind of request there are as many."""
        self._ask(self.anna, self.adler, country_id=self.env.ref("base.at").id)
        states = self.usa.state_ids
        for number in range(count):
            address = self.warehouse.copy({"name": f"Address {number}"})
            self._ask(
                self.anna,
                address,
                country_id=self.usa.id,
                state_id=states[number].id,
            )
            self._ask_for_address(
                self.anna, country_id=self.usa.id, state_id=states[number].id
            )
