from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .parcel_case import ParcelCase


@tagged("-at_install", "post_install")
class TestStateMixin(ParcelCase):
    """A life cycle is a table, and nothing goes around it."""

    def test_a_life_begins_in_the_first_state_of_the_table(self):
        self.assertEqual(self._parcel_of(self.anna).state, "asked")

    def test_a_record_moves_as_the_table_says(self):
        parcel = self._parcel_of(self.anna)
        parcel._move_to("approved", weight=7)
        self.assertEqual((parcel.state, parcel.weight), ("approved", 7))

    def test_a_step_that_the_table_does_not_know_is_refused_in_words(self):
        parcel = self._parcel_of(self.anna)
        with self.assertRaisesRegex(
            UserError, f"{parcel.name} is “Asked for” and cannot become “Fetched”"
        ):
            parcel._move_to("fetched")

    def test_all_records_move_or_none(self):
        parcels = self._parcel_of(self.anna) | self._parcel_of(self.anna)
        parcels[1]._move_to("approved")
        with self.assertRaises(UserError):
            parcels._move_to("rejected")
        self.assertEqual(parcels.mapped("state"), ["asked", "approved"])

    def test_nobody_writes_the_state_by_hand(self):
        parcel = self._parcel_of(self.anna)
        for record in (parcel, parcel.sudo()):
            with self.assertRaisesRegex(UserError, "through its buttons only"):
                record.write({"state": "approved"})
        for forged in (True, "object", {"customer_state_writer": 1}):
            with self.subTest(forged=forged), self.assertRaises(UserError):
                parcel.with_context(customer_state_writer=forged).state = "approved"

    def test_nobody_creates_a_record_in_the_middle_of_its_life(self):
        with self.assertRaisesRegex(UserError, "starts as “Asked for”"):
            self._parcel_of(self.anna, state="approved")
        parcels = self.env["test.parcel"].with_context(default_state="approved")
        parcel = parcels.create({"partner_id": self.anna.partner_id.id})
        self.assertEqual(parcel.state, "asked")

    def test_what_has_happened_already_is_recorded_as_such(self):
        parcels = self.env["test.parcel"].with_user(self.erik)
        vals = {"partner_id": self.anna.partner_id.id}
        parcel = parcels._create_in("fetched", vals)
        self.assertEqual(parcel.state, "fetched")
        with self.assertRaises(UserError):
            parcel.state = "asked"

    def test_a_copy_begins_anew(self):
        parcel = self._parcel_of(self.anna)
        parcel._move_to("approved")
        self.assertEqual(parcel.copy().state, "asked")


@tagged("-at_install", "post_install")
class TestDocumentMixin(ParcelCase):
    """A document has a number, belongs to a customer and is sent once."""

    def test_numbers_follow_the_local_year(self):
        with freeze_time("2026-12-31 22:59:59"):
            self.assertEqual(self._parcel_of(self.anna).name, "P/2026/001")
        with freeze_time("2026-12-31 23:00:00"):
            self.assertEqual(self._parcel_of(self.anna).name, "P/2027/001")

    def test_it_keeps_its_number_when_it_is_sent_again(self):
        letters = self.env["test.letter"].with_user(self.erik)
        first, second = (
            letters.create({"partner_id": self.anna.partner_id.id}) for _ in range(2)
        )
        self.assertEqual(first.name, "/")
        with freeze_time("2026-12-31"):
            first._move_to("sent")
        self.assertEqual(first.name, "L/2026/001")
        with freeze_time("2027-01-01"):
            first._move_to("returned")
            (first | second)._move_to("sent")
        self.assertEqual((first | second).mapped("state"), ["sent", "sent"])
        self.assertEqual(first.name, "L/2026/001")
        self.assertEqual(second.name, "L/2027/001")

    def test_it_stays_with_the_company_when_the_contact_leaves(self):
        parcel = self._parcel_of(self.anna)
        self.assertEqual(parcel.commercial_partner_id, self.adler)
        self.anna.partner_id.parent_id = self.krone
        self.assertEqual(self.anna.commercial_partner_id, self.krone)
        self.assertEqual(parcel.commercial_partner_id, self.adler)

    def test_colleagues_see_it_and_strangers_do_not(self):
        parcel = self._parcel_of(self.anna)
        self.assertTrue(parcel.with_user(self.bert).name)
        with self.assertRaises(AccessError):
            parcel.with_user(self.carla).read(["name"])

    def test_customers_cannot_read_its_tokens(self):
        parcel = self._parcel_of(self.anna, form_token="x")
        parcel.sudo()._portal_ensure_token()
        for field in ("form_token", "access_token"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                parcel.with_user(self.anna).read([field])
            with self.subTest(search=field), self.assertRaises(AccessError):
                self.env["test.parcel"].with_user(self.anna).search(
                    [(field, "!=", "y")]
                )

    def test_its_page_lies_under_the_path_of_the_model(self):
        parcel = self._parcel_of(self.anna)
        self.assertEqual(parcel.access_url, f"/my/parcels/{parcel.id}")

    def test_a_form_that_is_sent_again_creates_nothing(self):
        vals = {"partner_id": self.anna.partner_id.id, "form_token": "t1"}
        parcels = self.env["test.parcel"]
        parcel = parcels._create_once(vals)
        with mute_logger("odoo.sql_db"):
            self.assertFalse(parcels._create_once(vals))
        found = parcels.with_user(self.anna)._find_by_token("t1")
        self.assertEqual(found, parcel)
        self.assertFalse(parcels.with_user(self.carla)._find_by_token("t1"))
        self.assertFalse(parcels.with_user(self.anna)._find_by_token("t2"))
        self.assertEqual(parcels._get_token_url("t1"), "/my/parcels/by_token/t1")


@tagged("-at_install", "post_install")
class TestApprovalMixin(ParcelCase):
    """Staff decide once, and everybody learns who did."""

    def test_an_approval_takes_effect_once_and_says_who_decided(self):
        parcel = self._parcel_of(self.anna)
        with freeze_time("2026-12-01 09:30:00"):
            parcel.action_approve()
        self.assertEqual((parcel.state, parcel.applied), ("approved", 1))
        self.assertEqual(parcel.decided_by_id, self.erik)
        with self.assertRaisesRegex(
            UserError, r"is “Approved” already: Erik decided on 12/01/2026 10:30"
        ):
            parcel.action_approve()
        self.assertEqual(parcel.applied, 1)

    def test_what_must_not_be_approved_stays_as_it_was(self):
        parcels = self._parcel_of(self.anna) | self._parcel_of(self.anna, weight=31)
        with self.assertRaisesRegex(UserError, "Too heavy"):
            parcels.action_approve()
        self.assertEqual(parcels.mapped("state"), ["asked", "asked"])
        self.assertEqual(parcels.mapped("applied"), [0, 0])

    def test_customers_do_not_decide(self):
        parcel = self._parcel_of(self.anna).with_user(self.anna)
        for button in ("action_approve", "action_reject"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(parcel, button)()

    def test_the_right_to_write_alone_is_not_enough(self):
        parcel = self._parcel_of(self.anna)
        self.patch(type(parcel), "_approval_group", "base.group_system")
        with self.assertRaisesRegex(AccessError, "Only members of the group"):
            parcel.action_approve()

    def test_a_rejection_keeps_its_reason(self):
        parcel = self._parcel_of(self.anna)
        self._reject_wizard(parcel, "Closed").action_reject()
        self.assertEqual((parcel.state, parcel.reject_reason), ("rejected", "Closed"))
        self.assertEqual(parcel.decided_by_id, self.erik)

    def test_nobody_writes_by_hand_who_decided(self):
        parcel = self._parcel_of(self.anna)
        parcel.action_approve()
        for vals in (
            {"decided_by_id": self.anna.id},
            {"decided_on": "2026-01-01"},
            {"reject_reason": "x"},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "by hand"):
                parcel.write(vals)
        self.assertEqual(parcel.decided_by_id, self.erik)

    def test_a_rejection_needs_a_reason(self):
        parcel = self._parcel_of(self.anna)
        with self.assertRaisesRegex(UserError, "Please give a reason"):
            self._reject_wizard(parcel, " \n").action_reject()
        self.assertEqual(parcel.state, "asked")

    def test_the_question_for_a_reason_rejects_documents_only(self):
        for model in ("res.partner", "no.such.model"):
            wizard = self.env["customer.approval.reject"].with_user(self.erik)
            wizard = wizard.create({"res_model": model, "res_ids": [1], "reason": "x"})
            with (
                self.subTest(model=model),
                self.assertRaisesRegex(UserError, "nothing to reject"),
            ):
                wizard.action_reject()

    def test_junk_is_rejected_by_rejecting_nothing(self):
        wizard = self.env["customer.approval.reject"].with_user(self.erik)
        for junk in ([0], [-1], [2**40], ["1 OR 1=1"], [{"a": 1}], "abc"):
            with self.subTest(junk=junk):
                values = {"res_model": "test.parcel", "res_ids": junk, "reason": "x"}
                wizard.create(values).action_reject()
        self.assertFalse(self.env["test.parcel"].search([("state", "=", "rejected")]))

    def test_what_was_decided_belongs_to_who_asked(self):
        parcel = self._parcel_of(self.anna)
        parcel.partner_id = self.bert.partner_id
        parcel.action_approve()
        with self.assertRaisesRegex(UserError, "“Contact” cannot change any more"):
            parcel.partner_id = self.carla.partner_id
        parcel.partner_id = self.bert.partner_id

    def _reject_wizard(self, parcel, reason):
        action = parcel.action_reject()
        wizard = self.env[action["res_model"]].with_user(self.erik)
        return wizard.with_context(**action["context"]).create({"reason": reason})
