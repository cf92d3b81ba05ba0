"""What customers type into Odoo's own account and address forms becomes requests."""

from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import (
    ACCOUNT_URL,
    ADDRESS_URL,
    ADDRESSES_URL,
    ARCHIVE_URL,
    SUBMIT_URL,
    AddressCase,
)

NEW_ADDRESS = {
    "name": "Lager Süd",
    "email": "sued@adler.example",
    "phone": "+49 941 2013",
    "street": "Donaulände 8",
    "zip": "93047",
    "city": "Regensburg",
}


class TestOwnContact(AddressCase):
    """``/my/account``: the contact himself, and what he shares with his company."""

    def test_company_name_is_asked_for_and_renames_nobody(self):
        before = self.snapshot()
        answer = self.send(self.anna, ACCOUNT_URL, company_name="Evil Ltd")
        self.assertEqual(self.snapshot(), before)
        request = self.asked()
        self.assertEqual(answer, {"redirectUrl": f"{request.access_url}?sent=1"})
        self.assertEqual(request.target_partner_id, self.adler)
        self.assertEqual(
            self._get_lines(request), {"name": ("Hotel Adler GmbH", "Evil Ltd")}
        )
        self.assertEqual((request.state, request.source), ("pending", "portal"))

    def test_address_of_a_contact_is_asked_for_as_the_companys(self):
        before = self.snapshot()
        self.send(self.anna, ACCOUNT_URL, street="Neue Str. 5")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.asked().target_partner_id, self.adler)
        self.assertEqual(self.asked_for(self.adler), {"street": "Neue Str. 5"})

    def test_own_data_are_asked_for_about_the_contact(self):
        own = {
            "name": "Anna Adler",
            "email": "anna@adler.example",
            "phone": "+49 9",
            "function": "Chef",
        }
        before = self.snapshot()
        self.send(self.anna, ACCOUNT_URL, **own)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(len(self.asked()), 1)
        self.assertEqual(self.asked_for(self.anna.partner_id), own)

    def test_one_form_about_contact_and_company_leads_to_two_requests(self):
        answer = self.send(self.anna, ACCOUNT_URL, city="Lindau", function="Chef")
        self.assertEqual(answer, {"redirectUrl": "/my/changes?sent=1"})
        self.assertEqual(self.asked_for(self.adler), {"city": "Lindau"})
        self.assertEqual(self.asked_for(self.anna.partner_id), {"function": "Chef"})

    def test_form_sent_as_it_was_asks_for_nothing(self):
        answer = self.send(self.anna, f"{ACCOUNT_URL}?redirect=/my/addresses")
        self.assertEqual(answer, {"redirectUrl": ADDRESSES_URL})
        self.assertFalse(self.asked())

    def test_open_wish_survives_a_form_that_does_not_show_it(self):
        self.send(self.anna, ACCOUNT_URL, street="Neue Str. 5")
        self.send(self.bert, ACCOUNT_URL, city="Lindau")
        self.assertEqual(
            self.asked_for(self.adler), {"street": "Neue Str. 5", "city": "Lindau"}
        )
        self.assertEqual(self.asked().revision, 2)

    def test_who_waits_outside_of_the_portal_gets_the_visitor_back(self):
        url = f"{ACCOUNT_URL}?redirect=/pos/ticket"
        answer = self.send(self.anna, url, phone="+49 9")
        self.assertEqual(answer, {"redirectUrl": "/pos/ticket"})
        self.assertTrue(self.asked())

    def test_approval_puts_it_through(self):
        self.send(self.anna, ACCOUNT_URL, company_name="Adler KG", street="Neu 1")
        self.asked().with_user(self.erik).action_approve()
        self.assertEqual(self.adler.name, "Adler KG")
        self.assertEqual(self.anna.partner_id.street, "Neu 1")

    def test_vat_of_a_contact_is_his_companys_business(self):
        answer = self.send(self.anna, ACCOUNT_URL, vat="DE136695976")
        self.assertRefused(answer, "vat")
        self.assertFalse(self.adler.vat)

    def test_private_person_asks_for_everything_about_himself(self):
        otto = self._create_user("Otto", "base.group_portal")
        otto.partner_id.write(
            {"phone": "1", "street": "A 1", "zip": "93047", "city": "Lindau"}
        )
        otto.partner_id.country_id = self.env.ref("base.de")
        before = self.snapshot()
        wishes = {"street": "B 2", "company_name": "Otto & Co", "vat": "DE136695976"}
        self.send(otto, ACCOUNT_URL, **wishes)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.asked_for(otto.partner_id), wishes)

    # === RULES === #

    def test_locked_field_has_a_message(self):
        self._set_rule("phone", "locked", scope="contact")
        answer = self.send(self.anna, ACCOUNT_URL, phone="+49 9", street="Neu 1")
        self.assertRefused(answer, "phone")
        self.assertIn("Phone", answer["messages"][0])

    def test_locked_field_does_not_mind_its_own_value(self):
        self._set_rule("phone", "locked", scope="contact")
        self.send(self.anna, ACCOUNT_URL, street="Neu 1")
        self.assertEqual(self.asked_for(self.adler), {"street": "Neu 1"})

    def test_field_without_approval_changes_at_once(self):
        self._set_rule("phone", "auto", scope="contact")
        answer = self.send(self.anna, ACCOUNT_URL, phone="+49 9")
        self.assertEqual(answer, {"redirectUrl": "/my"})
        self.assertEqual(self.anna.partner_id.phone, "+49 9")
        self.assertRecordValues(
            self.asked(), [{"state": "approved", "is_automatic": True}]
        )

    def test_contact_who_may_not_change_the_company_changes_himself(self):
        self.anna.partner_id.portal_may_edit_company = False
        own = {"name": "A", "email": "a@b.example", "phone": "1", "function": "F"}
        answer = self.send(self.anna, ACCOUNT_URL, **own)
        self.assertIn("sent=1", answer.get("redirectUrl", ""), answer)
        self.assertEqual(self.asked_for(self.anna.partner_id), own)

    def test_contact_who_may_not_change_the_company_reads_why(self):
        self.anna.partner_id.portal_may_edit_company = False
        for name in ("street", "company_name"):
            answer = self.send(self.anna, ACCOUNT_URL, phone="1", **{name: "New"})
            self.assertRefused(answer, name)
            self.assertIn("ask a colleague", answer["messages"][0])

    def test_locked_customer_changes_nothing(self):
        self.adler.portal_change_mode = "locked"
        answer = self.send(self.anna, ACCOUNT_URL, phone="1", street="Neu 1")
        self.assertRefused(answer, "phone", "street")


class TestFurtherAddresses(AddressCase):
    """``/my/addresses``: those of the whole company."""

    def test_existing_address_is_asked_for(self):
        before = self.snapshot()
        answer = self.send(self.anna, self.url_of(self.warehouse), street="Neu 1")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(answer, {"redirectUrl": f"{self.asked().access_url}?sent=1"})
        self.assertEqual(self.asked_for(self.warehouse), {"street": "Neu 1"})

    def test_new_address_does_not_exist_before_the_approval(self):
        before = self.snapshot()
        url = f"{ADDRESS_URL}?address_type=delivery"
        answer = self.send(self.anna, url, **NEW_ADDRESS)
        self.assertEqual(self.snapshot(), before)
        request = self.asked()
        self.assertEqual(answer, {"redirectUrl": f"{request.access_url}?sent=1"})
        self.assertRecordValues(
            request,
            [
                {
                    "operation": "create",
                    "address_type": "delivery",
                    "target_partner_id": False,
                    "state": "pending",
                }
            ],
        )
        lines = {line.field_name: line.new_value for line in request.line_ids}
        self.assertEqual(
            lines, NEW_ADDRESS | {"country_id": self.env.ref("base.de").id}
        )
        request.with_user(self.erik).action_approve()
        self.assertEqual(request.result_partner_id.parent_id, self.adler)
        self.assertEqual(request.result_partner_id.type, "delivery")

    def test_type_of_a_new_address(self):
        for options, expected in (
            ("address_type=billing", "invoice"),
            ("address_type=delivery", "delivery"),
            ("address_type=delivery&use_delivery_as_billing=true", "other"),
            ("address_type=contact&use_delivery_as_billing=junk", "invoice"),
        ):
            self.send(self.anna, f"{ADDRESS_URL}?{options}", **NEW_ADDRESS)
            self.assertEqual(self.asked()[-1].address_type, expected, options)

    def test_new_address_says_nothing_about_the_company(self):
        self.adler.vat = "DE136695976"
        data = self.fill_in(self.anna, f"{ADDRESS_URL}?address_type=billing")
        self.assertEqual(data["company_name"], "Hotel Adler GmbH")
        self.assertEqual(data["vat"], "DE136695976")
        self.submit(self.anna, data | NEW_ADDRESS)
        names = set(self.asked().line_ids.mapped("field_name"))
        self.assertEqual(names, {*NEW_ADDRESS, "country_id"})

    def test_company_renamed_in_the_form_of_a_new_address(self):
        before = self.snapshot()
        url = f"{ADDRESS_URL}?address_type=billing"
        self.send(self.anna, url, **NEW_ADDRESS, company_name="Evil Ltd")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.asked_for(self.adler), {"name": "Evil Ltd"})

    def test_new_address_sent_twice_is_asked_for_once(self):
        data = self.fill_in(self.anna, ADDRESS_URL, **NEW_ADDRESS)
        self.submit(self.anna, data)
        answer = self.submit(self.anna, data)
        self.assertEqual(answer, {"redirectUrl": ADDRESSES_URL})
        self.assertEqual(len(self.asked()), 1)

    def test_removal_is_asked_for(self):
        before = self.snapshot()
        self._sign_in(self.anna)
        self.call_json(ARCHIVE_URL, partner_id=self.warehouse.id)
        self.assertEqual(self.snapshot(), before)
        self.assertRecordValues(
            self.asked(),
            [
                {
                    "operation": "archive",
                    "target_partner_id": self.warehouse.id,
                    "state": "pending",
                }
            ],
        )

    def test_change_and_removal_exclude_each_other(self):
        self._ask_for_removal(self.anna, self.warehouse)
        answer = self.send(self.bert, self.url_of(self.warehouse), street="Neu 1")
        self.assertEqual(answer["invalid_fields"], ["name"])
        self.assertIn("withdraw", answer["messages"][0])
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            with mute_logger("odoo.http"):
                self.call_json(ARCHIVE_URL, partner_id=str(self.warehouse.id))
        self.assertEqual(len(self.asked()), 1)

    def test_own_contact_cannot_be_removed(self):
        self._sign_in(self.anna)
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            with mute_logger("odoo.http"):
                self.call_json(ARCHIVE_URL, partner_id=self.anna.partner_id.id)
        self.assertFalse(self.asked())

    def test_contact_who_may_not_change_the_company_has_no_addresses(self):
        self.anna.partner_id.portal_may_edit_company = False
        self.assertClosed(self.anna, self.warehouse)
        answer = self.send(self.anna, ADDRESS_URL, **NEW_ADDRESS)
        self.assertIn("ask a colleague", answer["messages"][0])
        self.assertFalse(self.asked())

    # === WHOSE ADDRESSES === #

    def test_addresses_of_others(self):
        partners = self.env["res.partner"]
        branch = partners.create(
            {"name": "Adler Süd", "is_company": True, "parent_id": self.adler.id}
        )
        kitchen = partners.create({"parent_id": branch.id, "type": "delivery"})
        old = partners.create(
            {"parent_id": self.adler.id, "type": "delivery", "active": False}
        )
        gone = partners.create({"parent_id": self.adler.id, "type": "delivery"})
        gone.unlink()
        for partner in (
            *(self.bert.partner_id, self.adler, self.krone, self.carla.partner_id),
            *(branch, kitchen, old, gone, self.env.company.partner_id),
        ):
            self.assertClosed(self.anna, partner)
        self.assertClosed(self.carla, self.warehouse)

    def assertClosed(self, user, partner):  # noqa: N802 (named like its siblings)
        """Check that all ways to change a partner are refused."""
        with mute_logger("odoo.http"):
            page = self.open_as(user, self.url_of(partner))
            self.assertEqual(page.status_code, 403)
            data = NEW_ADDRESS | {"country_id": self.env.ref("base.de").id}
            answer = self.post_as(user, SUBMIT_URL, data | {"partner_id": partner.id})
            self.assertEqual(answer.status_code, 403)
            with self.assertRaises(JsonRpcException):
                self.call_json(ARCHIVE_URL, partner_id=partner.id)
        self.assertFalse(self.asked())
