from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_common import ServicePeople

SUNDAY_EVENING = "2026-11-22 18:00:00"  # 19:00 in Berlin
LOGGER = "odoo.addons.customer_portal.models.customer_document_job"


class ServiceJobs(ServicePeople, PortalTransactionCase):
    """What happens on its own."""

    def _run_job(self):
        job = self.env.ref("customer_portal.customer_service_order_cron")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()

    def _set(self, records, **values):
        """Write what only time can bring about."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                f"UPDATE {records._table} SET {name} = %s WHERE id IN %s",  # noqa: S608
                [value, tuple(records.ids)],
            )
        records.invalidate_recordset()

    def _create_company(self, name, zone):
        company = self.env["res.company"].create({"name": name, "portal_tz": zone})
        (self.erik | self.carla).company_ids |= company
        return company

    def _order_in(self, company):
        """Return an order of Carla at a location of another company."""
        location = self._create_location(
            f"Location of {company.name}", company_id=company.id
        )
        location.user_ids.write({"company_ids": [Command.link(company.id)]})
        return self._order_as(
            self.carla, location_id=location.id, imei=self._next_imei()
        )


@freeze_time(SUNDAY_EVENING)
class TestServicePurge(ServiceJobs):
    """Drafts that nobody finishes are not kept for ever."""

    def _age(self, draft, **age):
        self._set(draft, write_date=fields.Datetime.now() - timedelta(**age))

    def test_a_draft_is_deleted_with_its_files_and_answers(self):
        draft = self._draft_as(self.anna)
        files = draft.sudo()._add_files([("a.txt", b"a", "text/plain")])
        answers = draft.sudo().answer_ids
        self._age(draft, days=14, seconds=1)
        self._run_job()
        self.assertFalse(draft.exists())
        self.assertFalse(files.exists())
        self.assertFalse(answers.exists())

    def test_a_draft_that_somebody_works_on_stays(self):
        draft = self._draft_as(self.anna)
        files = draft.sudo()._add_files([("a.txt", b"a", "text/plain")])
        self._age(draft, days=13, hours=23)
        self._run_job()
        self.assertTrue(draft.exists())
        self.assertTrue(files.exists())

    def test_nothing_else_is_deleted(self):
        draft, other = self._draft_as(self.anna), self._draft_as(self.bert)
        order = self._order_as(self.carla)
        files = self.env["ir.attachment"]
        for record in (other, order):
            files |= record.sudo()._add_files([("a.txt", b"a", "text/plain")])
        files |= files.create(
            {"name": "x", "res_model": "res.partner", "res_id": draft.id, "raw": b"x"}
        )
        self._age(draft, days=20)
        self._age(order, days=20)
        self._run_job()
        self.assertFalse(draft.exists())
        self.assertEqual((other | order).exists(), other | order)
        self.assertEqual(files.exists(), files)

    def test_each_company_keeps_drafts_as_long_as_it_wants(self):
        other = self._create_company("Werkstatt Süd", "Europe/Berlin")
        other.service_draft_days = 30
        draft = self._draft_as(self.anna)
        kept = self._draft_as(self.bert)
        kept.sudo().company_id = other
        self._age(draft | kept, days=20)
        self._run_job()
        self.assertEqual((draft | kept).exists(), kept)

    def test_a_draft_that_cannot_be_deleted_keeps_no_other(self):
        stuck, draft = self._draft_as(self.anna), self._draft_as(self.bert)
        self.env["sale.order"].create(
            {"partner_id": self.adler.id, "service_order_id": stuck.id}
        )
        self._age(stuck | draft, days=20)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertLogs(LOGGER, "WARNING"):
            self._run_job()
        self.assertEqual((stuck | draft).exists(), stuck)

    def test_many_drafts_are_deleted_over_several_runs(self):
        drafts = self._draft_as(self.anna)
        drafts |= self._draft_as(self.bert)
        drafts |= self._draft_as(self.carla)
        self._age(drafts, days=20)
        self.enterContext(patch(f"{LOGGER}.MOST", 2))
        self._run_job()
        self.assertEqual(len(drafts.exists()), 1)
        self._run_job()
        self.assertFalse(drafts.exists())


@freeze_time(SUNDAY_EVENING)
class TestServiceReminders(ServiceJobs):
    """Customers are reminded of what waits for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approval = cls.env.ref("customer_portal.customer_service_status_approval")

    def _remind(self):
        """Return which orders customers are reminded of now."""
        events = self.env["customer.mail.event"]
        events.search([]).unlink()
        self._run_job()
        reminders = events.search([("event", "=", "reminder")])
        self.assertNotIn("administrators", reminders.mapped("audience"))
        return sorted(order_id for event in reminders for order_id in event.res_ids)

    def _waiting_order(self, order=None, days=3, **age):
        """Return an order that has been waiting for its customer."""
        order = order or self._order_as(self.carla)
        staff = order.with_user(self.erik)
        staff.action_receive()
        staff._set_status(self.approval)
        waiting_since = fields.Datetime.now() - timedelta(days=days, **age)
        self._set(order, waiting_since=waiting_since)
        return staff

    def _quoted_order(self):
        """Return an order whose quotation was sent three days ago."""
        order = self._order_as(self.carla).with_user(self.erik)
        order.action_receive()
        quotation = self.env["sale.order"].create(order._prepare_quotation_vals())
        quotation.action_quotation_sent()
        self._set(order, waiting_since=fields.Datetime.now() - timedelta(days=3))
        return order, quotation

    def test_a_question_is_reminded_of_after_the_pause(self):
        order = self._waiting_order()
        self.assertEqual(self._remind(), order.ids)
        self.assertEqual(order.reminded_on.isoformat(), "2026-11-22")

    def test_a_question_is_not_reminded_of_before(self):
        self._waiting_order(days=2, hours=23)
        self.assertEqual(self._remind(), [])

    def test_a_quotation_is_reminded_of(self):
        order, _quotation = self._quoted_order()
        self.assertEqual(self._remind(), order.ids)

    def test_a_quotation_that_was_never_sent_is_not(self):
        order, quotation = self._quoted_order()
        quotation.state = "draft"
        self.assertNotEqual(order.waiting_for, "customer")
        self.assertEqual(self._remind(), [])

    def test_it_ends_with_the_decision(self):
        order, quotation = self._quoted_order()
        quotation.action_confirm()
        self.assertEqual(self._remind(), [])
        self.assertFalse(order.waiting_since)

    def test_nobody_is_asked_to_accept_what_has_expired(self):
        order, quotation = self._quoted_order()
        quotation.validity_date = "2026-11-21"
        self.assertEqual(self._remind(), [])
        quotation.validity_date = "2026-12-24"
        with freeze_time("2026-11-25 18:00:00"):
            self.assertEqual(self._remind(), order.ids)

    def test_it_is_said_again_after_the_pause_and_not_before(self):
        order = self._waiting_order()
        self._remind()
        self.assertEqual(self._remind(), [])
        with freeze_time("2026-11-24 18:00:00"):
            self.assertEqual(self._remind(), [])
        with freeze_time("2026-11-25 18:00:00"):
            self.assertEqual(self._remind(), order.ids)

    def test_it_ends_when_the_customer_answers(self):
        order = self._waiting_order()
        order.with_user(self.carla).sudo().message_post(
            body="Yes", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(self._remind(), [])

    def test_a_question_about_the_quotation_is_ours_to_answer(self):
        order, _quotation = self._quoted_order()
        order.with_user(self.carla).sudo().message_post(
            body="Why so much?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(order.waiting_for, "customer")
        self.assertEqual(self._remind(), [])

    def test_it_ends_with_the_order(self):
        self._waiting_order()._complete(resolution="Done")
        self.assertEqual(self._remind(), [])

    def test_it_begins_anew_with_each_question(self):
        order = self._waiting_order()
        again = self.approval.create(
            {"name": "Again", "state": "at_location", "waiting_for": "customer"}
        )
        order._set_status(again)
        self.assertEqual(self._remind(), [])

    def test_other_changes_do_not_begin_it_anew(self):
        order = self._waiting_order()
        self.env["sale.order"].create(order._prepare_quotation_vals())
        order.flush_recordset()
        self.assertEqual(self._remind(), order.ids)

    def test_nobody_is_reminded_at_night(self):
        order = self._waiting_order()
        with freeze_time("2026-11-23 05:59:00"):  # 06:59 in Berlin
            self.assertEqual(self._remind(), [])
        with freeze_time("2026-11-23 06:00:00"):
            self.assertEqual(self._remind(), order.ids)

    def test_seven_o_clock_is_an_hour_earlier_in_summer(self):
        order = self._waiting_order()
        with freeze_time("2027-03-28 04:59:00"):  # 06:59, the clocks went forward
            self.assertEqual(self._remind(), [])
        with freeze_time("2027-03-28 05:00:00"):
            self.assertEqual(self._remind(), order.ids)

    def test_each_company_has_its_own_morning(self):
        here = self._waiting_order()
        tokyo = self._create_company("Tokyo", "Asia/Tokyo")
        there = self._waiting_order(self._order_in(tokyo))
        with freeze_time("2026-11-22 22:00:00"):  # 07:00 in Tokyo, 23:00 in Berlin
            self._set(here, reminded_on="2026-11-22")
            self.assertEqual(self._remind(), there.ids)
            self.assertEqual(there.reminded_on.isoformat(), "2026-11-23")

    def test_each_company_has_its_own_pause(self):
        self.company.service_remind_days = 7
        self._waiting_order()
        other = self._create_company("Werkstatt Süd", "Europe/Berlin")
        there = self._waiting_order(self._order_in(other))
        self.assertEqual(self._remind(), there.ids)

    def test_nobody_is_reminded_by_setting(self):
        self._waiting_order()
        self.company.service_remind = False
        self.assertEqual(self._remind(), [])


@freeze_time(SUNDAY_EVENING)
class TestServicePromises(ServiceJobs):
    """Somebody looks after what was promised and is not ready."""

    def _promise(self, day, order=None):
        order = (order or self._order_as(self.carla)).with_user(self.erik)
        order.action_receive()
        order.promised_date = day
        return order

    def _reminded(self, order):
        """Return who has the promise on his list."""
        activity_type = self.env.ref("customer_portal.mail_activity_type_promise")
        activities = order.sudo().activity_ids
        return activities.filtered(
            lambda it: it.activity_type_id == activity_type
        ).user_id.mapped("name")

    def test_the_day_after_is_too_late(self):
        order = self._promise("2026-11-21")
        self._run_job()
        self.assertEqual(self._reminded(order), ["Team Berlin"])

    def test_the_day_itself_is_not(self):
        order = self._promise("2026-11-22")
        self._run_job()
        self.assertEqual(self._reminded(order), [])

    def test_the_day_ends_on_the_clock_of_the_company(self):
        order = self._promise("2026-11-22")
        tokyo = self._create_company("Tokyo", "Asia/Tokyo")
        there = self._promise("2026-11-22", self._order_in(tokyo))
        with freeze_time("2026-11-22 22:30:00"):  # the 23rd, 07:30, in Tokyo
            self._run_job()
        self.assertEqual(self._reminded(order), [])
        self.assertEqual(self._reminded(there), ["Team Location of Tokyo"])

    def test_the_technician_is_reminded_of_his_own(self):
        order = self._promise("2026-11-21")
        order.user_id = self.mia
        self._run_job()
        self.assertEqual(self._reminded(order), ["Mia"])

    def test_it_is_said_once(self):
        order = self._promise("2026-11-21")
        self._run_job()
        self._run_job()
        self.assertEqual(len(order.sudo().activity_ids), 1)

    def test_it_is_not_said_again_to_who_has_ticked_it_off(self):
        order = self._promise("2026-11-21")
        self._run_job()
        order.sudo().activity_ids.with_user(self.berlin.user_ids).action_done()
        self._run_job()
        self.assertEqual(self._reminded(order), [])

    def test_a_new_promise_counts_anew(self):
        order = self._promise("2026-11-21")
        self._run_job()
        order.promised_date = "2026-11-24"
        self.assertEqual(self._reminded(order), [])
        with freeze_time("2026-11-25 18:00:00"):
            self._run_job()
        self.assertEqual(self._reminded(order), ["Team Berlin"])

    def test_nobody_waits_for_what_was_sent_back_or_cancelled(self):
        done = self._promise("2026-11-21")
        other = self._order_as(self.carla, imei=self._next_imei())
        cancelled = self._promise("2026-11-21", other)
        self._run_job()
        done._complete(resolution="Done")
        cancelled._cancel()
        self.assertEqual(self._reminded(done) + self._reminded(cancelled), [])
        self._run_job()
        self.assertEqual(self._reminded(done) + self._reminded(cancelled), [])

    def test_nobody_is_told_at_night(self):
        order = self._promise("2026-11-22")
        with freeze_time("2026-11-23 05:59:00"):  # 06:59 in Berlin
            self._run_job()
            self.assertEqual(self._reminded(order), [])
        with freeze_time("2026-11-23 06:00:00"):
            self._run_job()
        self.assertEqual(self._reminded(order), ["Team Berlin"])

    def test_it_sends_no_mail(self):
        self._promise("2026-11-21")
        self.write_mails()
        before = self.env["mail.mail"].sudo().search_count([])
        self._run_job()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)


class TestServiceJobsInParallel(ServicePeople, PortalTransactionCase):
    """The job meets people who work at the same moment."""

    def test_a_draft_in_other_hands_is_left_alone(self):
        def create(env):
            customer = env["res.partner"].create({"name": "Parallel GmbH"})
            vals = {"partner_id": customer.id, "company_id": self.company.id}
            drafts = env["customer.service.order"].create([vals, vals])
            env.flush_all()
            env.cr.execute(
                "UPDATE customer_service_order SET write_date = '2020-01-01'"
                " WHERE id IN %s",
                [tuple(drafts.ids)],
            )
            return drafts

        free, held = self.create_committed(create)  # the job begins with the newest

        def hold_and_purge(env):
            env["customer.service.order"].browse(held).lock_for_update()
            with self.registry.cursor() as cr:
                # not LOCAL: the job commits, and shall fail rather than hang
                cr.execute("SET lock_timeout = '2s'")
                job = env(cr=cr)["customer.service.order"]
                try:
                    job.with_company(self.company.id)._purge_drafts()
                finally:
                    cr.rollback()
                    cr.execute("RESET lock_timeout")

        def read(env):
            return env["customer.service.order"].browse([free, held]).exists().ids

        self.assertEqual(self.run_in_parallel(hold_and_purge), [None], "no error")
        [left] = self.run_in_parallel(read)
        self.assertEqual(left, [held])
