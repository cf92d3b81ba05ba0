from odoo.exceptions import UserError

from .common import PortalTransactionCase
from .service_common import IMEI, OTHER_IMEI, ServicePeople


class TestServiceOrderByHand(ServicePeople, PortalTransactionCase):
    """What staff may write, copy and delete themselves, and what only buttons do."""

    def _create_as(self, user, context=None, **values):
        """Return an order that staff type in for a customer on the phone."""
        orders = self.orders.with_user(user).with_context(**(context or {}))
        return orders.create({"partner_id": self.carla.partner_id.id} | values)

    def assertRefused(self, words, function, *args):  # noqa: N802
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            function(*args)

    # === WRITING === #

    def test_state_progress_and_number_are_never_written_by_hand(self):
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        for user in (self.erik, self.mia):
            order = self._order_in("at_location", imei=self._next_imei())
            for words, vals in (
                ("status changes through its buttons", {"state": "completed"}),
                ("progress changes through its buttons", {"status_id": parts.id}),
                ("not written by hand", {"name": "SRV99000001"}),
                ("not written by hand", {"commercial_partner_id": self.adler.id}),
                ("not written by hand", {"form_token": "x"}),
                ("not written by hand", {"access_token": "x"}),
                ("not written by hand", {"confirmed_on": "2020-01-01 00:00:00"}),
                ("not written by hand", {"received_on": "2020-01-01 00:00:00"}),
                ("not written by hand", {"completed_on": "2020-01-01 00:00:00"}),
                ("not written by hand", {"cancel_reason": "x"}),
                ("not written by hand", {"is_exclusive": False}),
            ):
                with self.subTest(user=user.name, vals=vals):
                    self.assertRefused(words, order.with_user(user).write, vals)

    def test_server_does_not_write_the_state_either(self):
        order = self._order_in("at_location").sudo()
        self.assertRefused("its buttons only", order.write, {"state": "completed"})
        self.assertRefused("its buttons only", order.write, {"status_id": False})

    def test_new_order_is_a_draft_whatever_is_sent_along(self):
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        order = self._create_as(self.erik, name="SRV99000001", status_id=parts.id)
        self.assertEqual((order.state, order.name), ("draft", "/"))
        self.assertEqual(order.status_id.name, "Draft")
        for words, vals in (
            ("new record starts as “Draft”", {"state": "completed"}),
            ("not written by hand", {"completed_on": "2020-01-01 00:00:00"}),
            ("not written by hand", {"is_exclusive": True}),
        ):
            with self.subTest(vals=vals):
                self.assertRefused(
                    words, lambda vals=vals: self._create_as(self.erik, **vals)
                )

    def test_context_of_the_caller_counts_for_nothing(self):
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        context = {
            "customer_state_writer": True,
            "default_name": "SRV99000001",
            "default_status_id": parts.id,
        }
        order = self._create_as(self.erik, context)
        self.assertEqual((order.state, order.name), ("draft", "/"))
        self.assertEqual(order.status_id.name, "Draft")
        self.assertRefused("its buttons only", order.write, {"state": "completed"})

    def test_customer_and_place_are_settled_once_an_order_was_sent(self):
        draft = self._order_in("draft")
        draft.write({"partner_id": self.anna.partner_id.id})
        self.assertEqual(draft.commercial_partner_id, self.adler)
        order = self._order_in("submitted", imei=OTHER_IMEI)
        for name, value in (
            ("partner_id", self.anna.partner_id.id),
            ("location_id", self.wien.id),
            ("company_id", self.env["res.company"].create({"name": "Other"}).id),
        ):
            label = order._get_label(name)
            with self.subTest(name=name):
                self.assertRefused(
                    f"{order.name} is “Waiting for confirmation”: “{label}” cannot"
                    " change any more",
                    *(order.write, {name: value}),
                )
                order.write({name: order[name].id})  # a form sends what stays as it is

    def test_staff_correct_what_a_customer_has_typed(self):
        order = self._order_in("submitted")
        order.write({"imei": "49-015420-323751-8", "serial_number": " c02 xk0 "})
        self.assertEqual((order.imei, order.serial_number), (OTHER_IMEI, "C02XK0"))
        self.assertRefused("is not a valid IMEI", order.write, {"imei": "1234"})
        self.assertRefused("is not a valid IMEI", order.write, {"imei2": "1234"})
        self.assertEqual(order.imei, OTHER_IMEI)

    # === COPYING === #

    def test_copy_is_a_clean_draft_of_the_same_wish(self):
        order = self._order_in(
            "at_location",
            client_order_ref="PO-7",
            serial_number="C02",
            accessories="Case",
            device_passcode="1234",
            form_token="token",
        )
        order.write(
            {
                "user_id": self.erik.id,
                "diagnosis": "Swollen",
                "internal_note": "Pays late",
                "promised_date": "2027-01-01",
            }
        )
        order._complete(resolution="New battery", outbound_tracking="AB 1")
        copy = order.copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "name": "/",
                    "state": "draft",
                    "partner_id": self.carla.partner_id.id,
                    "commercial_partner_id": self.krone.id,
                    "location_id": self.berlin.id,
                    "service_type_id": self.repair.id,
                    "device_name": "iPhone 15",
                    "imei": IMEI,
                    "serial_number": "C02",
                    "accessories": "Case",
                    "issue": "Does not charge",
                    "client_order_ref": "PO-7",
                }
            ],
        )
        self.assertEqual(copy.status_id.name, "Draft")
        for name in (
            *("form_token", "access_token", "user_id", "device_id", "device_passcode"),
            *("diagnosis", "resolution", "internal_note", "cancel_reason"),
            *("confirmed_on", "received_on", "completed_on", "promised_date"),
            *("is_exclusive", "customer_reply_pending", "reminded_on", "waiting_for"),
            *("outbound_tracking", "inbound_tracking", "shipment_id"),
            *("status_log_ids", "answer_ids", "public_attachment_ids"),
            *("sale_order_ids", "shipment_line_ids", "amount_total"),
        ):
            with self.subTest(name=name):
                self.assertFalse(copy.sudo()[name])

    def test_copy_is_not_in_the_way_of_the_original(self):
        order = self._order_in("at_location")
        copy = order.copy()
        order._complete(resolution="New battery")
        self.assertEqual(copy.state, "draft")
        self.assertEqual(order.state, "completed")

    # === DELETING === #

    def test_what_was_sent_is_never_deleted(self):
        for state in (
            "submitted",
            "confirmed",
            "at_location",
            "completed",
            "cancelled",
        ):
            order = self._order_in(state, imei=self._next_imei())
            for user in (self.erik, self.mia):
                with self.subTest(state=state, user=user.name):
                    self.assertRefused(
                        "Only drafts can be deleted. Please cancel the order.",
                        order.with_user(user).unlink,
                    )
            self.assertRefused("Only drafts can be deleted", order.sudo().unlink)

    def test_one_order_that_was_sent_keeps_the_drafts_as_well(self):
        order, draft = self._order_in("submitted"), self._order_in("draft")
        self.assertRefused("Only drafts can be deleted", (order | draft).unlink)
        self.assertEqual((order | draft).exists(), order | draft)

    def test_draft_is_thrown_away_with_its_answers_and_files(self):
        draft = self._draft_as(self.carla).sudo()
        file = draft._add_files([("a.txt", b"a", "text/plain")])
        answers = draft.answer_ids
        self.assertEqual(len(answers), 1)
        draft._discard()
        for records in (draft, file, answers):
            self.assertFalse(records.exists(), records)

    def test_customer_throws_away_drafts_only(self):
        for state in (
            "submitted",
            "confirmed",
            "at_location",
            "completed",
            "cancelled",
        ):
            order = self._order_in(state, imei=self._next_imei())
            with self.subTest(state=state):
                self.assertRefused("cannot become", order.sudo()._discard)
                self.assertEqual(order.exists().state, state)

    def test_customer_goes_on_with_drafts_only(self):
        order = self._order_as(self.carla)
        self.assertRefused(
            "cannot become", order.sudo()._save_draft, {"issue": "Other words"}
        )
        self.assertEqual(order.issue, "Does not charge")
