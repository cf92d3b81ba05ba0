from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .change_common import AskedChange
from .common import PortalTransactionCase


class TestChangeDecision(AskedChange, PortalTransactionCase):
    """How staff decide, and what stops an approval."""

    # === APPROVE AND REJECT === #

    def test_an_approval_writes_all_changes(self):
        self._approve()
        self.assertEqual((self.adler.street, self.adler.zip), ("Neue Str. 5", "93059"))
        self.assertRecordValues(
            self.request,
            [{"state": "approved", "decided_by_id": self.erik.id}],
        )
        self.assertTrue(self.request.decided_on)

    def test_the_approver_writes_not_the_customer(self):
        self._approve()
        self.assertEqual(self.adler.write_uid, self.erik)

    def test_who_decided_first_wins(self):
        self._approve()
        with self.assertRaisesRegex(UserError, "Erik decided on"):
            self._approve(self.marta)

    def test_what_is_approved_for_later_is_not_approved_again(self):
        self.request.effective_date = "2099-01-01"
        self._approve()
        with self.assertRaisesRegex(UserError, "“Approved for Later” already: Erik"):
            self._approve(self.marta)
        self.assertEqual(self.request.state, "scheduled")

    def test_a_rejection_writes_nothing_and_says_why(self):
        self.request.with_user(self.erik)._reject("We need a document")
        self.assertEqual(self.adler.street, "Marktplatz 1")
        self.assertRecordValues(
            self.request,
            [{"state": "rejected", "reject_reason": "We need a document"}],
        )

    def test_only_approvers_decide(self):
        self.erik.group_ids = self.env.ref(
            "customer_portal.customer_portal_group_change_user"
        )
        for user in (self.erik, self.anna):
            request = self.request.with_user(user)
            for action in (
                request.action_approve,
                request.action_decide,
                request.action_reject,
            ):
                with self.assertRaises(AccessError):
                    action()
        self.assertEqual(self.request.state, "pending")

    def test_nobody_approves_his_own_request(self):
        self.request = self._ask(self.anna, self.anna.partner_id, function="Chef")
        self.anna.group_ids = self.env.ref(
            "customer_portal.customer_portal_group_change_approver"
        )
        with self.assertRaisesRegex(UserError, "own request"):
            self._approve(self.anna)
        self.company.change_self_approval = True
        self._approve(self.anna)
        self.assertEqual(self.anna.partner_id.function, "Chef")

    def test_a_rule_names_who_approves_a_field(self):
        group = self.env["res.groups"].create({"name": "Accounting"})
        self._set_rule("zip", "approve", validator_group_ids=[Command.set(group.ids)])
        with self.assertRaisesRegex(UserError, "Zip.*Accounting"):
            self._approve()
        self.erik.group_ids += group
        self._approve()
        self.assertEqual(self.adler.zip, "93059")

    def test_whoever_rejects_that_field_needs_no_group(self):
        group = self.env["res.groups"].create({"name": "Accounting"})
        self._set_rule("zip", "approve", validator_group_ids=[Command.set(group.ids)])
        self._decide(street=("approved", False), zip=("rejected", "Unknown"))
        self.assertEqual(self.request.state, "partial")

    # === STALE FORMS === #

    def test_a_stale_form_decides_nothing(self):
        self._ask(self.bert, self.adler, phone="+49 9")
        with self.assertRaisesRegex(UserError, "meantime"):
            self._approve(expected_revision=1)
        self.assertEqual(self.adler.street, "Marktplatz 1")
        self._approve(expected_revision=2)
        self.assertEqual(
            (self.adler.street, self.adler.phone), ("Neue Str. 5", "+49 9")
        )

    # === LINE BY LINE === #

    def _decide(self, **decisions):
        """Decide as Erik; keywords: ``field=(decision, reason)``."""
        for name, (decision, reason) in decisions.items():
            line = self.lines[name].with_user(self.erik)
            line.write({"decision": decision, "reason": reason})
        self.request.with_user(self.erik).action_decide()

    def test_a_part_can_be_approved(self):
        self._decide(street=("approved", False), zip=("rejected", "Does not exist"))
        self.assertEqual((self.adler.street, self.adler.zip), ("Neue Str. 5", "93047"))
        self.assertEqual(self.request.state, "partial")

    def test_approving_each_line_approves_the_request(self):
        self._decide(street=("approved", False), zip=("approved", False))
        self.assertEqual(self.request.state, "approved")

    def test_rejecting_each_line_rejects_the_request(self):
        self._decide(street=("rejected", "No"), zip=("rejected", "Never"))
        self.assertEqual(self.request.state, "rejected")
        self.assertEqual(self.request.reject_reason, "Street: No\nZip: Never")
        self.assertEqual(self.adler.street, "Marktplatz 1")

    def test_deciding_by_line_checks_what_approving_checks(self):
        self.adler.zip = "93051"
        with self.assertRaisesRegex(UserError, "93047.*93059.*93051"):
            self._decide(street=("approved", False), zip=("approved", False))
        group = self.env["res.groups"].create({"name": "Accounting"})
        self._set_rule("street", "approve", validator_group_ids=[(6, 0, group.ids)])
        self.adler.zip = "93047"
        with self.assertRaisesRegex(UserError, "Accounting"):
            self._decide()

    def test_deciding_by_line_needs_the_newest_revision(self):
        self._ask(self.bert, self.adler, phone="+49 9")
        request = self.request.with_user(self.erik)
        with self.assertRaisesRegex(UserError, "meantime"):
            request.with_context(expected_revision=1).action_decide()

    def test_a_new_revision_forgets_what_was_decided_about_the_old_one(self):
        self.adler.zip = "93051"
        self.lines["zip"].with_user(self.erik).action_override()
        self.lines["street"].with_user(self.erik).decision = "approved"
        self._ask(self.bert, self.adler, zip="93055")
        self.assertEqual(set(self.request.line_ids.mapped("decision")), {"open"})
        self.assertFalse(self.lines["zip"].overridden)

    def test_the_customer_reads_the_reasons_in_his_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.erik.lang = "de_DE"
        german = self.env["ir.model.fields"]._get("res.partner", "street")
        german.with_context(lang="de_DE").field_description = "Straße"
        german.with_context(lang="en_US").field_description = "Street"
        for name in ("street", "zip"):
            line = self.lines[name].with_user(self.erik)
            line.write({"decision": "rejected", "reason": "No"})
        self.request.with_user(self.erik).with_context(lang="de_DE").action_decide()
        self.assertIn("Street: No", self.request.reject_reason)

    def test_an_undecided_line_stops_the_decision(self):
        with self.assertRaisesRegex(UserError, "each change"):
            self._decide(street=("approved", False))

    def test_a_rejected_line_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "reason"):
            self._decide(street=("approved", False), zip=("rejected", "  "))

    def test_a_marked_rejection_is_not_overlooked(self):
        self.lines["zip"].with_user(self.erik).decision = "rejected"
        with self.assertRaisesRegex(UserError, "Decide"):
            self._approve()

    def test_what_was_asked_for_cannot_be_rewritten(self):
        line = self.lines["zip"].with_user(self.erik)
        for vals in ({"new_value": "1"}, {"old_value": "1"}, {"request_id": 1}):
            with self.assertRaises(UserError):
                line.write(vals)
        request = self.request.with_user(self.erik)
        for vals in (
            {"target_partner_id": self.krone.id},
            {"partner_id": self.carla.partner_id.id},
            {"operation": "archive"},
            {"effective_date": False},
            {"revision": 7},
            {"decided_by_id": self.marta.id},
            {"reject_reason": "x"},
        ):
            with self.assertRaises(UserError):
                request.write(vals)

    def test_a_decided_line_stays_as_it_is(self):
        self._approve()
        with self.assertRaisesRegex(UserError, "decided already"):
            self.lines["zip"].with_user(self.erik).decision = "rejected"

    # === CONFLICTS === #

    def test_a_value_that_changed_meanwhile_is_never_overwritten_silently(self):
        self.adler.zip = "93051"
        self.assertTrue(self.request.has_conflict)
        with self.assertRaisesRegex(UserError, "93047.*93059.*93051"):
            self._approve()
        self.assertEqual((self.adler.street, self.adler.zip), ("Marktplatz 1", "93051"))

    def test_staff_can_insist_on_the_customers_value(self):
        self.adler.zip = "93051"
        self.lines["zip"].with_user(self.erik).action_override()
        self.assertFalse(self.request.has_conflict)
        self._approve()
        self.assertEqual(self.adler.zip, "93059")

    def test_insisting_counts_for_the_value_that_was_seen(self):
        self.adler.zip = "93051"
        self.lines["zip"].with_user(self.erik).action_override()
        self.adler.zip = "93052"
        with self.assertRaisesRegex(UserError, "93052"):
            self._approve()

    def test_a_value_that_is_there_already_is_no_conflict(self):
        self.adler.zip = "93059"
        self.assertFalse(self.request.has_conflict)
        self.assertTrue(self.lines["zip"].is_applied)
        self._approve()
        self.assertEqual((self.request.state, self.adler.zip), ("approved", "93059"))

    def test_a_rejected_line_is_no_conflict(self):
        self.adler.zip = "93051"
        self._decide(street=("approved", False), zip=("rejected", "Moved again"))
        self.assertEqual((self.adler.street, self.adler.zip), ("Neue Str. 5", "93051"))

    def test_only_approvers_insist(self):
        self.adler.zip = "93051"
        for user in (self.anna, self.carla):
            with self.assertRaises(AccessError):
                self.lines["zip"].with_user(user).action_override()

    # === WITHDRAW === #

    def test_the_customer_takes_it_back(self):
        self.request.sudo()._cancel_by_customer()
        self.assertEqual(self.request.state, "cancelled")
        with self.assertRaises(UserError):
            self._approve()

    def test_a_decided_request_cannot_be_taken_back(self):
        self._approve()
        with self.assertRaises(UserError):
            self.request._cancel_by_customer()

    # === WHAT STAFF SEE === #

    def test_staff_see_that_documents_bear_the_old_name(self):
        self.patch(
            type(self.request),
            "_count_documents",
            lambda request: [("Posted invoices", 3), ("Confirmed orders", 0)],
        )
        self.assertFalse(self.request.documents_hint)
        self._ask(self.anna, self.adler, name="Adler AG")
        self.assertEqual(self.request.documents_hint, "Posted invoices: 3")

    def test_the_form_saves_and_decides_in_one_click(self):
        with Form(self.request.with_user(self.erik)) as form:
            with form.line_ids.edit(0) as line:
                line.decision = "approved"
            with form.line_ids.edit(1) as line:
                line.decision = "rejected"
                line.reason = "Unknown"
        request = self.request.with_user(self.erik)
        request.with_context(expected_revision=request.revision).action_decide()
        self.assertEqual(self.request.state, "partial")
