from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import freeze_time

from ..models.customer_service_order import STATES
from .common import PortalTransactionCase
from .service_common import OTHER_IMEI, ServicePeople

STATUSES = {  # with which status orders begin that reach a state
    "draft": "Draft",
    "submitted": "Waiting for confirmation",
    "confirmed": "Confirmed",
    "at_location": "Device received",
    "completed": "Completed",
    "cancelled": "Cancelled",
}
# What an act makes of an order in each state; everywhere else it is refused.
ACTS = {
    "submit": {"draft": "submitted"},
    "confirm": {"draft": "confirmed", "submitted": "confirmed"},
    "refuse": {"submitted": "cancelled"},
    "receive": {"submitted": "at_location", "confirmed": "at_location"},
    "complete": {"at_location": "completed"},
    "cancel": dict.fromkeys(("submitted", "confirmed", "at_location"), "cancelled"),
    "cancel_by_customer": dict.fromkeys(("submitted", "confirmed"), "cancelled"),
    "reopen": {"completed": "at_location"},
}
AIMS = {
    **{"submit": "Waiting for confirmation", "confirm": "Confirmed"},
    **{"refuse": "Cancelled", "cancel": "Cancelled", "cancel_by_customer": "Cancelled"},
    **{"receive": "At the service location", "reopen": "At the service location"},
    "complete": "Completed",
}


class TestServiceOrderFlow(ServicePeople, PortalTransactionCase):
    """The life of a service order, moved by those who may."""

    def _act(self, order, act):
        """Do something with an order, as whoever does it."""
        as_customer = order.with_user(self.carla).sudo()
        acts = {
            "submit": as_customer._submit,
            "confirm": order.action_confirm,
            "refuse": lambda: order._refuse("Too old"),
            "receive": order.action_receive,
            "complete": lambda: order._complete(resolution="New battery"),
            "cancel": lambda: order._cancel("No spare parts"),
            "cancel_by_customer": as_customer._cancel_by_customer,
            "reopen": lambda: order.with_user(self.mia)._reopen("Broken again"),
        }
        acts[act]()

    def _log(self, order):
        entries = order.sudo().status_log_ids
        return [
            (entry.state, entry.status_id.name, entry.user_id, entry.date)
            for entry in entries
        ]

    # === THE TABLE === #

    def test_every_act_leads_on_where_it_may_and_is_refused_elsewhere(self):
        labels = dict(STATES)
        for act, targets in ACTS.items():
            for state in labels:
                with self.subTest(act=act, state=state):
                    order = self._order_in(state, imei=self._next_imei())
                    before = self._log(order)
                    if target := targets.get(state):
                        self._act(order, act)
                        self.assertEqual(order.state, target)
                        self.assertEqual(order.status_id.name, STATUSES[target])
                        self.assertGreater(len(self._log(order)), len(before))
                        continue
                    words = (
                        f"{order.display_name} is “{labels[state]}” and cannot become"
                        f" “{AIMS[act]}”."
                    )
                    with self.assertRaises(UserError) as caught:
                        self._act(order, act)
                    self.assertEqual(str(caught.exception), words)
                    self.assertEqual(order.state, state)
                    self.assertEqual(self._log(order), before)

    def test_orders_begin_as_drafts_with_the_status_of_drafts(self):
        draft = self._draft_as(self.anna)
        self.assertEqual((draft.state, draft.name), ("draft", "/"))
        self.assertEqual(draft.display_name, "Draft: iPhone 15")
        self.assertEqual(draft.sudo().status_id.name, "Draft")

    def test_order_of_a_reseller_is_confirmed_at_once(self):
        with freeze_time("2026-11-27 10:00:00"):
            order = self._order_as(self.anna)
        self.assertEqual(order.state, "confirmed")
        self.assertEqual(order.confirmed_on, datetime(2026, 11, 27, 10))
        self.assertEqual(
            [(state, user) for state, _status, user, _date in self._log(order)],
            [("submitted", self.anna), ("confirmed", self.anna)],
        )

    def test_order_of_a_customer_waits_for_confirmation(self):
        order = self._order_as(self.carla)
        self.assertEqual(order.state, "submitted")
        self.assertFalse(order.confirmed_on)

    def test_what_staff_type_in_is_sent_by_the_confirmation(self):
        draft = self._order_in("draft")
        draft.action_confirm()
        self.assertEqual(draft.state, "confirmed")
        self.assertRegex(draft.name, r"^SRV\d{8}$")
        self.assertEqual(draft.device_id.imei, draft.imei)

    def test_all_of_several_orders_move_or_none_of_them(self):
        orders = self._order_in("submitted") | self._order_in(
            "completed", imei=OTHER_IMEI
        )
        with self.assertRaises(UserError):
            orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["submitted", "completed"])
        draft = self._order_in("draft", imei=self._next_imei(), issue=False)
        with self.assertRaises(UserError):
            (orders[0] | draft).action_confirm()
        self.assertEqual(orders[0].state, "submitted")

    # === WHO AND WHEN === #

    def test_timeline_tells_who_did_what_and_when(self):
        with freeze_time("2026-11-27 08:00:00"):
            order = self._order_as(self.carla).with_user(self.erik)
        with freeze_time("2026-11-27 09:00:00"):
            order.action_confirm()
        with freeze_time("2026-11-28 09:00:00"):
            order.action_receive()
        with freeze_time("2026-11-29 09:00:00"):
            order._complete(resolution="New battery")
        with freeze_time("2026-11-30 09:00:00"):
            order.with_user(self.mia)._reopen("Broken again")
        days = (*(27, 27, 28), *(29, 30))
        hours = (8, 9, 9, 9, 9)
        self.assertEqual(
            self._log(order),
            [
                (state, STATUSES[state], user, datetime(2026, 11, day, hour))
                for state, user, day, hour in zip(
                    (
                        "submitted",
                        "confirmed",
                        "at_location",
                        "completed",
                        "at_location",
                    ),
                    (self.carla, self.erik, self.erik, self.erik, self.mia),
                    days,
                    hours,
                    strict=True,
                )
            ],
        )
        self.assertEqual(order.confirmed_on, datetime(2026, 11, 27, 9))
        self.assertEqual(order.received_on, datetime(2026, 11, 28, 9))
        self.assertFalse(order.completed_on, "it is not completed any more")
        self.assertEqual(order.status_log_ids.mapped("note")[-1], "Broken again")

    def test_date_of_an_order_is_the_moment_when_it_was_sent(self):
        with freeze_time("2026-11-20 08:00:00"):
            draft = self._draft_as(self.carla)
        with freeze_time("2026-11-27 08:00:00"):
            draft.sudo()._submit()
        self.assertEqual(draft.date_order, datetime(2026, 11, 27, 8))

    def test_reasons_are_kept_for_the_customer(self):
        refused = self._order_in("submitted")
        refused._refuse("Too old")
        self.assertEqual(refused.with_user(self.carla).cancel_reason, "Too old")
        cancelled = self._order_in("at_location")
        cancelled._cancel("No spare parts")
        self.assertEqual(
            cancelled.with_user(self.carla).cancel_reason, "No spare parts"
        )
        given_up = self._order_as(self.carla)
        given_up.sudo()._cancel_by_customer()
        self.assertFalse(given_up.cancel_reason)

    def test_nobody_is_refused_without_a_reason(self):
        order = self._order_in("submitted")
        for reason in (None, False, "", " \n"):
            with self.assertRaisesRegex(UserError, "Please give a reason"):
                order._refuse(reason)
        self.assertEqual(order.state, "submitted")

    # === AT THE LOCATION === #

    def test_promised_day_follows_from_the_usual_duration(self):
        order = self._order_in("confirmed")
        with freeze_time("2026-12-28 22:30:00"):  # 23:30 at the location
            order.action_receive()
        self.assertEqual(order.promised_date, date(2027, 1, 2))

    def test_promised_day_is_counted_on_the_clock_of_the_company(self):
        self.company.portal_tz = "Asia/Tokyo"
        order = self._order_in("confirmed")
        with freeze_time("2026-12-28 22:30:00"):  # the 29th in Tokyo
            order.action_receive()
        self.assertEqual(order.promised_date, date(2027, 1, 3))

    def test_promise_that_was_given_before_stays(self):
        orders = self._order_in("confirmed") | self._order_in(
            "confirmed", imei=OTHER_IMEI
        )
        orders[0].promised_date = "2027-05-05"
        with freeze_time("2026-12-01 12:00:00"):
            orders.action_receive()
        self.assertEqual(
            orders.mapped("promised_date"), [date(2027, 5, 5), date(2026, 12, 6)]
        )

    def test_nothing_is_promised_where_no_duration_is_usual(self):
        order = self._order_in("at_location", service_type_id=self.warranty.id)
        self.assertFalse(order.promised_date)

    def test_completing_needs_words_about_what_was_done(self):
        order = self._order_in("at_location")
        for values in ({}, {"resolution": ""}, {"resolution": False}):
            with self.assertRaisesRegex(UserError, "Please write what was done"):
                order._complete(**values)
        self.assertEqual(order.state, "at_location")
        order.resolution = "New battery"
        order._complete(outbound_tracking="AB 1&x")
        self.assertEqual(order.state, "completed")
        self.assertEqual(order.resolution, "New battery")
        (parcel,) = order._get_tracking_links()
        self.assertEqual(parcel["number"], "AB 1&x")

    def test_one_order_without_notes_holds_back_the_others(self):
        orders = self._order_in("at_location") | self._order_in(
            "at_location", imei=OTHER_IMEI
        )
        orders[0].resolution = "New battery"
        with self.assertRaisesRegex(UserError, "Please write what was done"):
            orders._complete()
        self.assertEqual(orders.mapped("state"), ["at_location"] * 2)

    def test_passcode_is_wiped_however_an_order_ends(self):
        for act in ("complete", "cancel", "refuse", "cancel_by_customer"):
            with self.subTest(act=act):
                state = "at_location" if act in ("complete", "cancel") else "submitted"
                order = self._order_in(
                    state, imei=self._next_imei(), device_passcode="1234"
                )
                self.assertEqual(order.device_passcode, "1234")
                self._act(order, act)
                self.env.flush_all()
                self.env.cr.execute(
                    "SELECT device_passcode FROM customer_service_order WHERE id = %s",
                    order.ids,
                )
                self.assertEqual(self.env.cr.fetchone(), (None,))

    # === STATUSES === #

    def test_progress_within_a_state_is_logged_once(self):
        order = self._order_in("at_location")
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        before = len(self._log(order))
        with freeze_time("2026-11-28 09:00:00"):
            order._set_status(parts.with_user(self.erik))
        order._set_status(parts.with_user(self.erik))
        self.assertEqual(order.status_id, parts)
        self.assertEqual(order.state, "at_location")
        moment = datetime(2026, 11, 28, 9)
        self.assertEqual(
            self._log(order)[before:],
            [("at_location", "Waiting for spare parts", self.erik, moment)],
        )

    def test_status_of_another_state_is_refused(self):
        order = self._order_in("confirmed")
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        with self.assertRaises(UserError) as caught:
            order._set_status(parts.with_user(self.erik))
        self.assertEqual(
            str(caught.exception),
            f"{order.name} is “Confirmed”; “Waiting for spare parts” is not for that.",
        )
        self.assertEqual(order.status_id.name, "Confirmed")

    def test_another_first_status_counts_from_the_next_order_on(self):
        first = self.env.ref("customer_portal.customer_service_status_received")
        diagnosis = self.env.ref("customer_portal.customer_service_status_diagnosis")
        self.assertEqual(self._order_in("at_location").status_id, first)
        first.with_user(self.mia).is_default = False
        diagnosis.with_user(self.mia).is_default = True
        order = self._order_in("at_location", imei=OTHER_IMEI)
        self.assertEqual(order.status_id, diagnosis)
        diagnosis.with_user(self.mia).active = False
        order = self._order_in("at_location", imei=self._next_imei())
        self.assertFalse(order.status_id)
        self.assertEqual(order._get_status_label(), "At the service location")
        created = first.with_user(self.mia).create(
            {"name": "On the bench", "state": "at_location", "is_default": True}
        )
        order = self._order_in("at_location", imei=self._next_imei())
        self.assertEqual(order.status_id, created)
