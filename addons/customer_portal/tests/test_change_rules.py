from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .change_common import ChangePeople
from .common import PortalTransactionCase


class TestChangeRules(ChangePeople, PortalTransactionCase):
    """What takes effect at once, what needs an approval, what is locked."""

    def test_an_automatic_field_changes_at_once_and_is_documented(self):
        self._set_rule("phone", "auto")
        request = self._ask(self.anna, self.adler, phone="+49 9")
        self.assertEqual(self.adler.phone, "+49 9")
        self.assertRecordValues(
            request,
            [
                {
                    "state": "approved",
                    "is_automatic": True,
                    "decided_by_id": False,
                }
            ],
        )
        self.assertTrue(request.decided_on)
        self.assertEqual(
            self._get_lines(request), {"phone": ("+49 941 201000", "+49 9")}
        )

    def test_automatic_fields_apply_and_the_others_wait(self):
        self._set_rule("phone", "auto")
        requests = self._ask(self.anna, self.adler, phone="+49 9", street="x")
        self.assertEqual(sorted(requests.mapped("state")), ["approved", "pending"])
        self.assertEqual(
            (self.adler.phone, self.adler.street), ("+49 9", "Marktplatz 1")
        )

    def test_an_automatic_change_ends_an_older_wish_for_the_field(self):
        waiting = self._ask(self.anna, self.adler, phone="+49 8", street="x")
        self._set_rule("phone", "auto")
        self._ask(self.anna, self.adler, phone="+49 9")
        self.assertEqual(set(self._get_lines(waiting)), {"street"})
        self.assertEqual(self.adler.phone, "+49 9")

    def test_a_locked_field_is_refused(self):
        self._set_rule("vat", "locked")
        with self.assertRaisesRegex(UserError, "VAT"):
            self._ask(self.anna, self.adler, vat="DE123", street="x")
        self.assertFalse(self.requests.search([]))

    def test_a_rule_counts_for_its_scope(self):
        self._set_rule("phone", "auto", scope="contact")
        self._set_rule("street", "locked", scope="address")
        self._ask(self.anna, self.anna.partner_id, phone="+49 9")
        self.assertEqual(self.anna.partner_id.phone, "+49 9")
        self._ask(self.anna, self.adler, phone="+49 9", street="x")
        self.assertEqual(self.adler.phone, "+49 941 201000")
        with self.assertRaises(UserError):
            self._ask(self.anna, self.warehouse, street="x")

    def test_the_rule_of_a_company_comes_first(self):
        self._set_rule("phone", "locked")
        self._set_rule("phone", "auto", company_id=self.company.id)
        self._ask(self.anna, self.adler, phone="+49 9")
        self.assertEqual(self.adler.phone, "+49 9")

    def test_the_rule_of_another_company_does_not_count(self):
        other = self.env["res.company"].create({"name": "Zweigstelle"})
        self._set_rule("phone", "auto", company_id=other.id)
        self._ask(self.anna, self.adler, phone="+49 9")
        self.assertEqual(self.adler.phone, "+49 941 201000")

    def test_a_field_has_one_rule(self):
        self._set_rule("phone", "auto")
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._set_rule("phone", "locked")

    def test_a_trusted_customer_changes_everything_at_once(self):
        self.adler.portal_change_mode = "direct"
        self._ask(self.anna, self.adler, street="x")
        self.assertEqual(self.adler.street, "x")
        address = self._ask_for_address(self.anna).result_partner_id
        self.assertEqual(address.parent_id, self.adler)
        self._ask_for_removal(self.anna, self.warehouse)
        self.assertFalse(self.warehouse.active)

    def test_a_locked_field_stays_locked_for_a_trusted_customer(self):
        self.adler.portal_change_mode = "direct"
        self._set_rule("vat", "locked")
        with self.assertRaises(UserError):
            self._ask(self.anna, self.adler, vat="DE123")

    def test_nothing_is_automatic_for_a_customer_who_needs_approval(self):
        self.adler.portal_change_mode = "approve"
        self._set_rule("phone", "auto")
        self._ask(self.anna, self.adler, phone="+49 9")
        self.assertEqual(self.adler.phone, "+49 941 201000")

    def test_a_locked_customer_changes_nothing(self):
        self.adler.portal_change_mode = "locked"
        with self.assertRaises(UserError):
            self._ask(self.anna, self.adler, phone="+49 9")

    def test_what_odoo_locks_after_invoices_is_never_automatic(self):
        """Odoo refuses another VAT number once documents exist; staff look at it."""
        self._set_rule("vat", "auto")
        self.patch(type(self.adler), "can_edit_vat", lambda partner: False)
        request = self._ask(self.anna, self.adler, vat="DE123")
        self.assertEqual(request.state, "pending")
        self.assertFalse(self.adler.vat)

    def test_an_address_is_automatic_if_all_of_it_is(self):
        for name in ("name", "street", "zip", "city"):
            self._set_rule(name, "auto", scope="address")
        self.assertEqual(self._ask_for_address(self.anna).state, "pending")
        self._set_rule("country_id", "auto", scope="address")
        self.assertEqual(self._ask_for_address(self.anna).state, "approved")

    def test_only_managers_set_rules(self):
        rules = self.env["customer.change.rule"]
        self.assertTrue(rules.with_user(self.marta).has_access("create"))
        for user in (self.erik, self.anna):
            self.assertFalse(rules.with_user(user).has_access("create"))

    def test_what_is_for_a_later_day_is_never_automatic(self):
        self._set_rule("phone", "auto")
        later = {"effective_date": "2099-01-01"}
        request = self._ask(self.anna, self.adler, later, phone="+49 9")
        self.assertEqual(request.state, "pending")
        self.assertEqual(self.adler.phone, "+49 941 201000")
        self.adler.portal_change_mode = "direct"
        requests = self.requests.with_user(self.anna).sudo()
        address = requests._file_creation(
            self.anna.partner_id, {"name": "Lager Süd"}, **later
        )
        self.assertEqual(address.state, "pending")
