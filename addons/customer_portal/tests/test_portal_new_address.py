from datetime import timedelta

from odoo import fields

from ..controllers.portal_form import new_form_token
from .change_pages import (
    ADDRESS_SUBMIT_URL,
    ADDRESS_URL,
    ARCHIVE_URL,
    COMPANY_URL,
    JUNK,
    ChangePageCase,
)

SOUTH = {
    "name": "Lager Süd",
    "street": "Donaulände 8",
    "zip": "93047",
    "city": "Regensburg",
}


class TestPortalNewAddress(ChangePageCase):
    """Customers ask for addresses; none is there, changes or goes without approval."""

    def _count_partners(self):
        return self.env["res.partner"].with_context(active_test=False).search_count([])

    def _url_of(self, address):
        return f"{ADDRESS_URL}?partner_id={address.id}"

    # === A NEW ADDRESS === #

    def test_a_new_address_does_not_exist_before_it_is_approved(self):
        before = self._count_partners()
        page = self._preview(self.anna, ADDRESS_URL, **SOUTH)
        self.assertEqual(
            self._rows(page),
            [
                ["Name", "Lager Süd"],
                ["Street", "Donaulände 8"],
                ["Zip", "93047"],
                ["City", "Regensburg"],
                ["Country", "Germany"],
            ],
        )
        answer = self._confirm(self.anna, page)
        request = self.requests.search([])
        self.assertURLEqual(answer.headers["Location"], f"{request.access_url}?sent=1")
        self.assertRecordValues(
            request,
            [
                {
                    "state": "pending",
                    "operation": "create",
                    "address_type": "delivery",
                    "target_partner_id": False,
                    "result_partner_id": False,
                    "commercial_partner_id": self.adler.id,
                }
            ],
        )
        self.assertEqual(self._count_partners(), before)

        request.with_user(self.erik).action_approve()
        self.assertRecordValues(
            request.result_partner_id,
            [
                {
                    **SOUTH,
                    "type": "delivery",
                    "parent_id": self.adler.id,
                    "country_id": self.germany.id,
                }
            ],
        )
        self.assertEqual(self._count_partners(), before + 1)

    def test_a_rejected_address_never_comes_to_be_and_the_customer_reads_why(self):
        before = self._count_partners()
        request = self._send(self.anna, ADDRESS_URL, **SOUTH)
        request._reject("We do not drive there.")
        self.assertEqual(self._count_partners(), before)
        page = self.open_as(self.anna, request.access_url)
        self.assertIn(
            "We do not drive there.", self._texts(page, "//*[@name='reject_reason']")[0]
        )
        mail = self._mails(request.name).filtered(
            lambda mail: self.anna.partner_id in mail.recipient_ids
        )
        self.assertIn("We do not drive there.", " ".join(mail.mapped("body_html")))

    def test_the_customer_says_what_the_address_is_for(self):
        for kind, title in {
            "delivery": "Delivery Address",
            "invoice": "Invoice Address",
            "other": "Delivery and Invoice Address",
        }.items():
            page = self._preview(self.anna, ADDRESS_URL, **SOUTH, address_type=kind)
            self.assertIn(title, self._texts(page, "//dl/dd"))
            self._confirm(self.anna, page)
            request = self.requests.search([], limit=1)
            request.with_user(self.erik).action_approve()
            self.assertEqual(request.result_partner_id.type, kind)

    def test_the_button_of_a_section_chooses_what_it_is_for(self):
        page = self.open_as(self.anna, f"{ADDRESS_URL}?address_type=invoice")
        self.assertEqual(self._typed(page, "address_type"), "invoice")
        for junk in JUNK:
            page = self.open_as(self.anna, ADDRESS_URL, params={"address_type": junk})
            self.assertEqual(self._typed(page, "address_type"), "delivery")

    def test_what_an_address_is_for_is_chosen_from_the_list(self):
        for junk in ("contact", "private", "\x00", "a" * 5000):
            page = self._preview(self.anna, ADDRESS_URL, **SOUTH, address_type=junk)
            message = "Please choose “Type of address” from the list."
            self.assertEqual(self._messages(page), [message])
        self.assertFalse(self.requests.search([]))

    def test_an_address_needs_a_place_but_neither_phone_nor_email(self):
        page = self._preview(
            self.anna, ADDRESS_URL, name="", street="", zip="", city="", country_id=""
        )
        labels = ("Name", "Street", "City", "Country")
        self.assertEqual(
            self._messages(page), [f"Please fill in “{label}”." for label in labels]
        )
        page = self._preview(self.anna, ADDRESS_URL, **SOUTH | {"zip": ""})
        self.assertEqual(self._messages(page), ["Please fill in “Zip”."])
        page = self._preview(self.anna, ADDRESS_URL, **SOUTH, email="x")
        self.assertEqual(self._messages(page), ["Please enter a valid e-mail address."])

    def test_the_form_offers_no_field_of_the_company(self):
        page = self.open_as(self.anna, ADDRESS_URL)
        self.assertNotIn("vat", self._form_of(page))
        request = self._send(
            self.anna, ADDRESS_URL, **SOUTH, vat="DE 1", parent_id="1", function="x"
        )
        self.assertEqual(set(self._get_lines(request)), {*SOUTH, "country_id"})

    def test_a_form_that_is_sent_twice_asks_for_one_address(self):
        page = self._preview(self.anna, ADDRESS_URL, **SOUTH)
        answers = [self._confirm(self.anna, page) for _time in range(2)]
        self.assertEqual([answer.status_code for answer in answers], [303, 303])
        request = self.requests.search([])
        final = self.open_as(self.anna, answers[1].headers["Location"])
        self.assertURLEqual(final.url, f"{request.access_url}?sent=1")

    def test_day_and_remark_come_along(self):
        day = fields.Date.today() + timedelta(days=20)
        request = self._send(
            self.anna, ADDRESS_URL, **SOUTH, remark="Soon", effective_date=str(day)
        )
        self.assertEqual((request.remark, request.effective_date), ("Soon", day))

    def test_two_customers_of_one_name_stay_apart(self):
        self._send(self.anna, ADDRESS_URL, **SOUTH)
        self._send(self.carla, ADDRESS_URL, **SOUTH)
        customers = self.requests.search([]).commercial_partner_id
        self.assertEqual(customers, self.adler + self.krone)

    # === AN EXISTING ADDRESS === #

    def test_a_change_of_an_address_is_asked_for(self):
        page = self._preview(self.anna, self._url_of(self.warehouse), street="Kai 1")
        self.assertEqual(self._rows(page), [["Street", "Hafenstraße 3", "Kai 1"]])
        self._confirm(self.anna, page)
        request = self.requests.search([])
        self.assertEqual(request.target_partner_id, self.warehouse)
        self.assertEqual(self.warehouse.street, "Hafenstraße 3")
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.warehouse.street, "Kai 1")

    def test_what_an_existing_address_is_for_stays(self):
        page = self.open_as(self.anna, self._url_of(self.warehouse))
        self.assertNotIn("address_type", self._form_of(page))
        self._send(
            self.anna, self._url_of(self.warehouse), street="Kai 1", address_type="x"
        )
        self.assertEqual(self.warehouse.type, "delivery")

    def test_a_colleague_adds_to_the_open_request(self):
        self._send(self.anna, self._url_of(self.warehouse), street="Kai 1")
        page = self.open_as(self.bert, self._url_of(self.warehouse))
        self.assertEqual(self._typed(page, "street"), "Kai 1")
        request = self._send(self.bert, self._url_of(self.warehouse), zip="1")
        self.assertEqual((request.revision, len(request.line_ids)), (2, 2))

    def test_locked_fields_of_addresses_are_locked(self):
        self._set_rule("street", "locked", scope="address")
        page = self.open_as(self.anna, self._url_of(self.warehouse))
        self.assertNotIn("street", self._form_of(page))
        page = self._preview(self.anna, self._url_of(self.warehouse), street="Kai 1")
        self.assertEqual(
            self._messages(page),
            ["“Street” cannot be changed here. Please contact us."],
        )

    def test_an_address_to_be_removed_leads_to_that_request(self):
        request = self._ask_for_removal(self.anna, self.warehouse)
        page = self.open_as(
            self.anna, self._url_of(self.warehouse), allow_redirects=False
        )
        self.assertURLEqual(page.headers["Location"], request.access_url)

    def test_what_the_server_refuses_is_said_on_the_form(self):
        request = self._ask_for_removal(self.anna, self.warehouse)
        data = {"partner_id": self.warehouse.id, "street": "Kai 1", "step": "confirm"}
        data |= {"form_token": new_form_token()}
        page = self.post_as(self.anna, ADDRESS_SUBMIT_URL, data)
        self.assertEqual(page.status_code, 200)
        self.assertIn("The removal of", self._errors(page))
        self.assertEqual(self._typed(page, "street"), "Kai 1")
        self.assertEqual(self.requests.search([]), request)
        self.assertFalse(request.line_ids)

    # === REMOVING === #

    def _remove(self, user, address, **values):
        data = {"partner_id": address.id, "form_token": new_form_token()} | values
        return self.post_as(user, ARCHIVE_URL, data)

    def test_an_address_is_removed_once_it_is_approved(self):
        page = self.open_as(self.anna, f"{ARCHIVE_URL}?partner_id={self.warehouse.id}")
        self.assertIn("Remove this address?", page.text)
        self.assertIn("Lager Nord", page.text)
        self.assertFalse(self.requests.search([]))
        answer = self.post_as(self.anna, ARCHIVE_URL, self._form_of(page))
        self.assertEqual(answer.status_code, 303)
        request = self.requests.search([])
        final = self.open_as(self.anna, answer.headers["Location"])
        self.assertURLEqual(final.url, f"{request.access_url}?sent=1")
        self.assertIn("Lager Nord", self._texts(final, "//*[@name='archive']")[0])
        self.assertTrue(self.warehouse.active)
        request.with_user(self.erik).action_approve()
        self.assertFalse(self.warehouse.active)
        page = self.open_as(self.anna, request.access_url)
        self.assertIn("Hafenstraße 3", self._texts(page, "//*[@name='archive']")[0])

    def test_removing_twice_is_removing_once(self):
        token = new_form_token()
        for _time in range(2):
            answer = self._remove(self.anna, self.warehouse, form_token=token)
            self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(self.requests.search([])), 1)
        page = self._remove(self.bert, self.warehouse)
        self.assertEqual(page.status_code, 200)
        self.assertIn(
            "There is an open request", self._texts(page, "//*[@role='alert']")[0]
        )

    def test_a_removal_without_a_usable_token_is_asked_once_more(self):
        for token in ("", "x", "\x00"):
            page = self._remove(self.anna, self.warehouse, form_token=token)
            self.assertEqual(page.status_code, 200)
            self.assertIn("This form was outdated", page.text)
        self.assertFalse(self.requests.search([]))
        self.post_as(self.anna, ARCHIVE_URL, self._form_of(page))
        self.assertEqual(len(self.requests.search([])), 1)

    def test_a_link_removes_nothing(self):
        params = {"partner_id": self.warehouse.id, "form_token": new_form_token()}
        for _time in range(2):
            self.open_as(self.anna, ARCHIVE_URL, params=params)
        self.assertFalse(self.requests.search([]))

    # === WHO === #

    def _get_foreign(self):
        foreign = self.warehouse.copy({"parent_id": self.krone.id})
        gone = self.warehouse.copy({"active": False})
        return (
            *(foreign, gone, self.krone, self.carla.partner_id, self.erik.partner_id),
            *(self.adler, self.bert.partner_id),
        )

    def test_only_further_addresses_of_the_own_company_can_be_named(self):
        ids = [str(partner.id) for partner in self._get_foreign()]
        for partner_id in (*ids, "2147483647", *JUNK):
            params = {"partner_id": partner_id}
            for url in (ADDRESS_URL, ARCHIVE_URL):
                page = self.open_as(
                    self.anna, url, params=params, allow_redirects=False
                )
                self.assertEqual(page.status_code, 303, partner_id)
                self.assertURLEqual(page.headers["Location"], "/my")
            values = (
                params | SOUTH | {"step": "confirm", "form_token": new_form_token()}
            )
            for url in (ADDRESS_SUBMIT_URL, ARCHIVE_URL):
                answer = self.post_as(self.anna, url, values)
                self.assertEqual(answer.status_code, 404, partner_id)
        self.assertFalse(self.requests.search([]))

    def test_a_removal_names_an_address(self):
        self.assertMissing(self.open_as(self.anna, ARCHIVE_URL))
        answer = self.post_as(self.anna, ARCHIVE_URL, {"form_token": new_form_token()})
        self.assertEqual(answer.status_code, 404)

    def test_who_may_not_change_the_company_adds_and_removes_nothing(self):
        self.anna.partner_id.portal_may_edit_company = False
        named = f"?partner_id={self.warehouse.id}"
        for url in (ADDRESS_URL, f"{ADDRESS_URL}{named}", f"{ARCHIVE_URL}{named}"):
            page = self.open_as(self.anna, url, allow_redirects=False)
            self.assertEqual(page.status_code, 303)
            self.assertURLEqual(page.headers["Location"], COMPANY_URL)
        values = SOUTH | {"step": "confirm", "form_token": new_form_token()}
        for partner_id in ("", str(self.warehouse.id)):
            answer = self.post_as(
                self.anna, ADDRESS_SUBMIT_URL, values | {"partner_id": partner_id}
            )
            self.assertEqual(answer.status_code, 403)
        self.assertEqual(self._remove(self.anna, self.warehouse).status_code, 403)
        self.assertFalse(self.requests.search([]))

    def test_who_is_an_address_changes_himself_but_does_not_remove_himself(self):
        self.anna.partner_id.write(
            {"type": "delivery", "portal_may_edit_company": False, "street": "Hof 1"}
        )
        request = self._send(
            self.anna, self._url_of(self.anna.partner_id), street="Hof 2"
        )
        self.assertEqual(request.target_partner_id, self.anna.partner_id)
        page = self._remove(self.anna, self.anna.partner_id)
        self.assertEqual(page.status_code, 200)
        self.assertIn("cannot be removed", page.text)
        self.assertNotIn("/archive", self.open_as(self.anna, COMPANY_URL).text)

    def test_junk_in_any_field_is_answered_with_a_page(self):
        names = ("name", "country_id", "address_type", "effective_date", "self")
        for junk in JUNK:
            for name in names:
                values = SOUTH | {name: junk}
                page = self._preview(self.anna, ADDRESS_URL, **values)
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("<script>alert(1)", page.text)
