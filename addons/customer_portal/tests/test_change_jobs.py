from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .change_common import ChangePeople
from .common import PortalTransactionCase

SUNDAY_EVENING = "2026-11-22 18:00:00"  # 19:00 in Berlin


@freeze_time(SUNDAY_EVENING)
class TestChangeJobs(ChangePeople, PortalTransactionCase):
    """What happens on its own: changes for a later day, reminders, activities."""

    def _run_job(self):
        job = self.env.ref("customer_portal.customer_change_request_cron")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    def _ask_for_december(self, **values):
        request = self._ask(
            self.anna, self.adler, {"effective_date": "2026-12-01"}, **values
        )
        request.with_user(self.erik).action_approve()
        return request

    def test_an_approved_change_waits_for_its_day(self):
        request = self._ask_for_december(street="Neue Str. 5")
        self.assertEqual(request.state, "scheduled")
        self.assertEqual(self.adler.street, "Marktplatz 1")
        self._run_job()
        self.assertEqual(request.state, "scheduled")

    def test_a_change_takes_effect_at_local_midnight(self):
        request = self._ask_for_december(street="Neue Str. 5")
        with freeze_time("2026-11-30 22:59:00"):  # 23:59 in Berlin
            self._run_job()
            self.assertEqual(request.state, "scheduled")
        with freeze_time("2026-11-30 23:10:00"):  # 00:10 in Berlin
            self._run_job()
        self.assertEqual(
            (request.state, self.adler.street), ("approved", "Neue Str. 5")
        )
        self.assertEqual(self.adler.write_uid, self.erik)

    def test_a_day_that_has_come_counts_at_once(self):
        request = self._ask(
            self.anna, self.adler, {"effective_date": "2026-11-22"}, street="x"
        )
        request.with_user(self.erik).action_approve()
        self.assertEqual((request.state, self.adler.street), ("approved", "x"))

    def test_a_part_of_it_takes_effect_later(self):
        request = self._ask(
            self.anna, self.adler, {"effective_date": "2026-12-01"}, street="x", zip="1"
        )
        lines = request.line_ids.grouped("field_name")
        lines["street"].decision = "approved"
        lines["zip"].write({"decision": "rejected", "reason": "Unknown"})
        request.with_user(self.erik).action_decide()
        self.assertEqual(request.state, "scheduled")
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual(request.state, "partial")
        self.assertEqual((self.adler.street, self.adler.zip), ("x", "93047"))

    def test_a_conflict_on_the_day_puts_it_back_on_the_table(self):
        request = self._ask_for_december(street="Neue Str. 5")
        self.adler.street = "Ganz woanders 1"
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual(request.state, "pending")
        self.assertFalse(request.decided_by_id)
        self.assertEqual(self.adler.street, "Ganz woanders 1")
        activity = request.activity_ids
        self.assertEqual(activity.user_id, self.erik)
        self.assertIn("Ganz woanders 1", activity.note)

    def test_a_customers_words_are_no_html_for_staff(self):
        request = self._ask_for_december(street="<b>bold</b>")
        self.adler.street = "Ganz woanders 1"
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertNotIn("<b>", request.activity_ids.note)

    def test_an_archived_approver_puts_it_back_on_the_table(self):
        request = self._ask_for_december(street="Neue Str. 5")
        self.erik.active = False
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual(
            (request.state, self.adler.street), ("pending", "Marktplatz 1")
        )

    def test_an_address_that_changed_hands_is_put_back(self):
        request = self._ask(
            self.anna, self.warehouse, {"effective_date": "2026-12-01"}, street="x"
        )
        request.with_user(self.erik).action_approve()
        self.warehouse.parent_id = self.krone
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual(
            (request.state, self.warehouse.street), ("pending", "Hafenstraße 3")
        )

    def test_what_the_database_refuses_is_put_back(self):
        request = self._ask_for_december(street="Neue Str. 5")

        def refuse(partner):
            partner.env.cr.execute("INSERT INTO customer_change_line (id) VALUES (0)")

        self.patch(type(request), "_apply_approval", refuse)
        with freeze_time("2026-12-01 08:00:00"), mute_logger("odoo.sql_db"):
            self._run_job()
        self.assertEqual(request.state, "pending")

    def test_an_approver_who_left_puts_it_back_on_the_table(self):
        request = self._ask_for_december(street="Neue Str. 5")
        self.erik.group_ids = self.env.ref("base.group_user")
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual(
            (request.state, self.adler.street), ("pending", "Marktplatz 1")
        )

    def test_one_broken_request_does_not_stop_the_others(self):
        broken = self._ask_for_december(street="Neue Str. 5")
        self.adler.street = "Ganz woanders 1"
        fine = self._ask(
            self.anna, self.warehouse, {"effective_date": "2026-12-01"}, street="x"
        )
        fine.with_user(self.erik).action_approve()
        with freeze_time("2026-12-01 08:00:00"):
            self._run_job()
        self.assertEqual((broken.state, fine.state), ("pending", "approved"))

    # === REMINDERS AND ACTIVITIES === #

    def _remind(self):
        """Return which requests staff are reminded of now."""
        events = self.env["customer.mail.event"]
        events.search([]).unlink()
        self._run_job()
        reminders = events.search([("event", "=", "reminder")])
        return [request_id for event in reminders for request_id in event.res_ids]

    def _ask_days_ago(self, days):
        request = self._ask(self.anna, self.adler, street="x")
        self.env.flush_all()
        created = fields.Datetime.now() - timedelta(days=days)
        self.env.cr.execute(
            "UPDATE customer_change_request SET create_date = %s WHERE id = %s",
            [created, request.id],
        )
        request.invalidate_recordset()
        return request

    def test_staff_are_reminded_after_the_deadline(self):
        request = self._ask_days_ago(2)
        self.assertEqual(self._remind(), request.ids)

    def test_nobody_is_reminded_before_the_deadline(self):
        self._ask_days_ago(1)
        self.assertEqual(self._remind(), [])

    def test_nobody_is_reminded_twice_within_the_deadline(self):
        request = self._ask_days_ago(2)
        self._remind()
        self.assertEqual(self._remind(), [])
        with freeze_time("2026-11-24 18:00:00"):
            self.assertEqual(self._remind(), request.ids)

    def test_nobody_is_reminded_at_night(self):
        self._ask_days_ago(5)
        with freeze_time("2026-11-23 05:59:00"):  # 06:59 in Berlin
            self.assertEqual(self._remind(), [])
        with freeze_time("2026-11-23 06:00:00"):
            self.assertTrue(self._remind())

    def test_nobody_is_reminded_of_what_is_decided(self):
        self._ask_days_ago(5).with_user(self.erik).action_approve()
        self.assertEqual(self._remind(), [])

    def test_nobody_is_reminded_by_setting(self):
        self._ask_days_ago(5)
        self.company.change_remind = False
        self.assertEqual(self._remind(), [])

    def test_the_decision_is_on_an_administrators_list_until_it_is_made(self):
        request = self._ask(self.anna, self.adler, street="x")
        self.write_mails()
        activity = request.activity_ids
        self.assertEqual(activity.user_id, self.erik)
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2026-11-24"))
        request.with_user(self.erik).action_approve()
        self.assertFalse(request.activity_ids)
