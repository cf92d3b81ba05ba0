from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .change_common import ChangePeople
from .common import PortalTransactionCase


class TestChangeFiling(ChangePeople, PortalTransactionCase):
    """What becomes of what a customer typed."""

    def test_a_change_is_asked_for_and_not_written(self):
        request = self._ask(
            self.anna, self.adler, street="Neue Str. 5", city="Regensburg"
        )
        self.assertEqual(
            self._get_lines(request), {"street": ("Marktplatz 1", "Neue Str. 5")}
        )
        self.assertRecordValues(
            request,
            [
                {
                    "state": "pending",
                    "operation": "update",
                    "partner_id": self.anna.partner_id.id,
                    "commercial_partner_id": self.adler.id,
                    "target_partner_id": self.adler.id,
                    "revision": 1,
                    "is_automatic": False,
                }
            ],
        )
        self.assertRegex(request.name, r"^CR/\d{4}/\d{5}$")
        self.assertEqual(self.adler.street, "Marktplatz 1")

    def test_nothing_changes_nothing_is_asked(self):
        self.assertFalse(
            self._ask(self.anna, self.adler, street=" Marktplatz 1 ", street2="")
        )

    def test_a_field_of_any_type_can_be_asked_for(self):
        austria = self.env.ref("base.at")
        request = self._ask(self.anna, self.adler, country_id=austria.id)
        line = request.line_ids
        germany = self.env.ref("base.de")
        self.assertEqual((line.old_value, line.new_value), (germany.id, austria.id))
        self.assertEqual((line.old_text, line.new_text), (germany.name, austria.name))

    def test_what_no_form_may_write_is_never_asked_for(self):
        self.assertFalse(
            self._ask(
                self.anna,
                self.adler,
                credit_limit=1e6,
                user_id=self.anna.id,
                parent_id=self.krone.id,
                active=False,
                lang="de_DE",
            )
        )

    def test_a_second_edit_adds_to_the_open_request(self):
        first = self._ask(self.anna, self.adler, street="Neue Str. 5")
        second = self._ask(self.bert, self.adler, street="Neue Str. 6", phone="+49 9")
        self.assertEqual(second, first)
        self.assertEqual(first.revision, 2)
        self.assertEqual(first.partner_id, self.anna.partner_id)
        self.assertEqual(
            self._get_lines(first),
            {
                "street": ("Marktplatz 1", "Neue Str. 6"),
                "phone": ("+49 941 201000", "+49 9"),
            },
        )

    def test_the_same_edit_again_is_no_new_revision(self):
        first = self._ask(self.anna, self.adler, street="Neue Str. 5")
        self.assertFalse(self._ask(self.bert, self.adler, street="Neue Str. 5"))
        self.assertEqual(first.revision, 1)

    def test_an_untouched_field_keeps_the_open_wish(self):
        """Odoo's own forms show present values only, so sending them wishes nothing."""
        first = self._ask(self.anna, self.adler, street="Neue Str. 5")
        self._ask(self.bert, self.adler, street="Marktplatz 1", phone="+49 9")
        self.assertEqual(set(self._get_lines(first)), {"street", "phone"})

    def test_a_form_that_shows_wishes_can_take_them_back(self):
        first = self._ask(self.anna, self.adler, street="Neue Str. 5", phone="+49 9")
        show = {"keep_open": False}
        self._ask(self.bert, self.adler, show, street="Marktplatz 1", phone="+49 9")
        self.assertEqual(set(self._get_lines(first)), {"phone"})
        self.assertEqual(first.revision, 2)

    def test_taking_everything_back_withdraws_the_request(self):
        first = self._ask(self.anna, self.adler, street="Neue Str. 5")
        show = {"keep_open": False}
        self._ask(self.anna, self.adler, show, street="Marktplatz 1")
        self.assertEqual(first.state, "cancelled")
        again = self._ask(self.anna, self.adler, street="Neue Str. 5")
        self.assertNotEqual(again, first)

    def test_an_edit_of_an_approved_later_request_needs_a_new_approval(self):
        first = self._ask(
            self.anna,
            self.adler,
            {"effective_date": "2099-01-01"},
            street="Neue Str. 5",
        )
        first.with_user(self.erik).action_approve()
        self.assertEqual(first.state, "scheduled")
        self._ask(self.bert, self.adler, street="Neue Str. 6")
        self.assertRecordValues(
            first, [{"state": "pending", "revision": 2, "decided_by_id": False}]
        )
        self.assertEqual(first.line_ids.decision, "open")

    def test_staff_read_what_a_revision_changes(self):
        first = self._ask(self.anna, self.adler, street="Neue Str. 5", phone="+49 9")
        show = {"keep_open": False}
        self._ask(
            self.bert, self.adler, show, street="Neue Str. 6", phone="+49 941 201000"
        )
        note = first.sudo().message_ids[0]
        self.assertTrue(note.subtype_id.internal)
        self.assertIn("Neue Str. 6", note.body)
        self.assertIn("Phone", note.body)

    def test_a_new_address_is_none_before_it_is_approved(self):
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search_count([])
        request = self._ask_for_address(self.anna)
        self.assertEqual(partners.search_count([]), before)
        self.assertRecordValues(
            request,
            [
                {
                    "operation": "create",
                    "address_type": "delivery",
                    "target_partner_id": False,
                    "result_partner_id": False,
                    "subject": "New Address: Lager Süd",
                }
            ],
        )

    def test_several_new_addresses_can_be_asked_for_at_once(self):
        self.assertNotEqual(
            self._ask_for_address(self.anna), self._ask_for_address(self.bert)
        )

    def test_a_removal_and_a_change_exclude_each_other(self):
        self._ask_for_removal(self.anna, self.warehouse)
        with self.assertRaisesRegex(UserError, "removal"):
            self._ask(self.bert, self.warehouse, street="Hafenstraße 4")
        with self.assertRaisesRegex(UserError, "open request"):
            self._ask_for_removal(self.bert, self.warehouse)

    def test_a_change_stands_in_the_way_of_a_removal(self):
        self._ask(self.bert, self.warehouse, street="Hafenstraße 4")
        with self.assertRaisesRegex(UserError, "open request"):
            self._ask_for_removal(self.anna, self.warehouse)

    def test_values_go_to_whom_they_belong(self):
        """Odoo's form of a contact also writes to his company."""
        contact = self.anna.partner_id
        split = contact._split_changes(
            {
                "name": "Anna Neu",
                "function": "Chef",
                "street": "Neue Str. 5",
                "vat": "DE1",
                "company_name": "Evil Ltd",
            }
        )
        self.assertEqual(
            split,
            {
                contact: {"name": "Anna Neu", "function": "Chef"},
                self.adler: {
                    "street": "Neue Str. 5",
                    "vat": "DE1",
                    "name": "Evil Ltd",
                },
            },
        )

    def test_a_delivery_address_keeps_its_own_street(self):
        split = self.warehouse._split_changes({"street": "x", "name": "y"})
        self.assertEqual(split, {self.warehouse: {"street": "x", "name": "y"}})

    def test_the_colleague_of_a_branch_changes_the_branch(self):
        branch_contact = self.env["res.partner"].create(
            {"name": "Udo", "parent_id": self.warehouse.id, "type": "contact"}
        )
        split = branch_contact._split_changes({"street": "x"})
        self.assertEqual(split, {self.warehouse: {"street": "x"}})

    def test_a_private_person_changes_himself(self):
        person = self.env["res.partner"].create({"name": "Pia Privat"})
        split = person._split_changes({"street": "x", "company_name": "Pia & Co"})
        self.assertEqual(split, {person: {"street": "x", "company_name": "Pia & Co"}})
        self.assertTrue(person._may_request_changes(person))

    def test_who_may_not_edit_the_company_edits_only_himself(self):
        contact = self.anna.partner_id
        contact.portal_may_edit_company = False
        self.assertTrue(contact._may_request_changes(contact))
        for target in (self.adler, self.warehouse, self.env["res.partner"]):
            self.assertFalse(contact._may_request_changes(target))
        for ask in (
            lambda: self._ask(self.anna, self.adler, street="x"),
            lambda: self._ask_for_address(self.anna),
            lambda: self._ask_for_removal(self.anna, self.warehouse),
        ):
            with self.assertRaisesRegex(UserError, "may not change"):
                ask()
        self.assertTrue(self._ask(self.anna, contact, function="Chef"))

    def test_no_contact_of_a_locked_customer_changes_anything(self):
        self.adler.portal_change_mode = "locked"
        contact = self.anna.partner_id
        for target in (contact, self.adler, self.warehouse):
            self.assertFalse(contact._may_request_changes(target))

    def test_an_address_that_changed_hands_begins_anew(self):
        """Its new owner neither sees nor adds to what the former one wanted."""
        old = self._ask(self.anna, self.warehouse, street="Hafenstraße 4")
        self.warehouse.parent_id = self.krone
        self.assertFalse(self.requests._find_open(self.warehouse))
        new = self._ask(self.carla, self.warehouse, zip="88131")
        self.assertEqual((old.state, new.state), ("cancelled", "pending"))
        self.assertEqual(set(self._get_lines(new)), {"zip"})
        self.assertEqual(new.commercial_partner_id, self.krone)

    def test_the_main_address_cannot_be_removed(self):
        for target in (self.adler, self.anna.partner_id):
            with self.assertRaisesRegex(UserError, "main address"):
                self._ask_for_removal(self.anna, target)

    def test_nobody_asks_about_the_data_of_another_company(self):
        """The last line of defence, should a form forget to ask."""
        with self.assertRaises(UserError):
            self._ask(self.carla, self.adler, street="x")
        with self.assertRaises(UserError):
            self._ask_for_removal(self.carla, self.warehouse)

    def test_a_request_belongs_to_the_company_of_the_customer(self):
        other = self.env["res.company"].create({"name": "Zweigstelle"})
        self.anna.write({"company_ids": other.ids, "company_id": other.id})
        self.anna.partner_id.company_id = other
        request = self._ask(self.anna, self.adler, street="x")
        self.assertEqual(request.company_id, other)

    def test_a_form_counts_once(self):
        token = {"form_token": "0b0e5e0e-0000-4000-8000-000000000001"}
        requests = self.requests.with_user(self.anna).sudo()
        first = requests._file_creation(self.anna.partner_id, {"name": "A"}, **token)
        with mute_logger("odoo.sql_db"):
            again = requests._file_creation(
                self.anna.partner_id, {"name": "A"}, **token
            )
        self.assertTrue(first)
        self.assertFalse(again)

    def test_a_request_can_be_about_several_things_at_once(self):
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])

        def with_tags(partners):
            return {"name", "category_id", "street"}

        self.patch(type(self.adler), "_get_change_fields", with_tags)
        request = self._ask(
            self.anna, self.adler, category_id=[Command.set(tags.ids)], street="x"
        )
        self.assertEqual(self._get_lines(request)["category_id"], (False, tags.ids))
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.adler.category_id, tags)
