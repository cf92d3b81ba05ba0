from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_mails import SheetMailReader

SUNDAY_EVENING = "2026-11-22 18:00:00"  # 19:00 in Berlin
JOB = "odoo.addons.customer_portal.models.customer_document_job"


class SheetJobs(SheetMailReader, PortalTransactionCase):
    """What happens on its own."""

    def _run_job(self, name="order_sheet_request_cron"):
        job = self.env.ref(f"order_sheets.{name}")
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

    def _ago(self, **age):
        return fields.Datetime.now() - timedelta(**age)

    def _another_sheet(self, name="Autumn Campaign", **values):
        sheet = self._create_sheet(name=name, **values)
        sheet._publish()
        return sheet

    def _create_branch(self, **values):
        """Return a second company for which the same people work and order."""
        values = {"name": "Second Chain", "portal_tz": "Europe/Berlin"} | values
        branch = self.env["res.company"].create(values)
        (self.erik | self.anna).company_ids |= branch
        return branch


@freeze_time(SUNDAY_EVENING)
class TestArchive(SheetJobs):
    """Completed orders move to the customer's archive."""

    def _done(self, days, user=None, sheet=None):
        """Return an order that was completed so many days ago, at this hour."""
        order = self._submit_as(user or self.anna, sheet).with_user(self.erik)
        order.action_take()
        order.action_complete()
        self._set(order, done_at=self._ago(days=days))
        return order

    def test_order_is_archived_after_the_days_of_the_settings(self):
        old, new = self._done(30), self._done(29, sheet=self._another_sheet())
        self._run_job()
        self.assertEqual((old | new).mapped("state"), ["archived", "done"])
        self.assertEqual(old.stage_id.state, "archived")

    def test_day_begins_on_the_clock_of_the_company(self):
        order = self._done(0)
        self._set(order, done_at="2026-10-23 21:59:00")  # 23:59, in summer
        with freeze_time("2026-11-21 22:59:00"):  # 23:59, in winter, 29 days later
            self._run_job()
            self.assertEqual(order.state, "done")
        with freeze_time("2026-11-21 23:00:00"):
            self._run_job()
        self.assertEqual(order.state, "archived")

    def test_each_company_has_its_own_days_and_0_is_never(self):
        self.company.order_sheet_archive_days = 0
        branch = self._create_branch(order_sheet_archive_days=10)
        order = self._done(300)
        old, new = (
            self._done(days, sheet=self._another_sheet(company_id=branch.id))
            for days in (10, 9)
        )
        self.assertEqual((order | old | new).company_id, self.company | branch)
        self._run_job()
        self.assertEqual(
            (order | old | new).mapped("state"), ["done", "archived", "done"]
        )

    def test_restored_order_is_left_alone_for_a_while(self):
        order = self._done(30)
        self._run_job()
        order.action_restore()
        self._run_job()
        self.assertEqual(order.state, "done")

    def test_order_that_fails_keeps_no_other_waiting(self):
        stuck, order = self._done(40), self._done(40, sheet=self._another_sheet())
        move_to = type(order)._move_to

        def fail_once(orders, state, **values):
            if orders == stuck:
                orders._check_reason("")  # any UserError
            return move_to(orders, state, **values)

        self.patch(type(order), "_move_to", fail_once)
        with self.assertLogs(JOB, "WARNING"):
            self._run_job()
        self.assertEqual((stuck | order).mapped("state"), ["done", "archived"])

    def test_many_orders_are_archived_over_several_runs(self):
        orders = self._done(40) | self._done(40, sheet=self._another_sheet())
        self.enterContext(patch(f"{JOB}.MOST", 1))
        self._run_job()
        self.assertEqual(sorted(orders.mapped("state")), ["archived", "done"])
        self._run_job()
        self.assertEqual(orders.mapped("state"), ["archived", "archived"])


@freeze_time(SUNDAY_EVENING)
class TestOldDrafts(SheetJobs):
    """Customers are told before a draft that nobody touches is deleted."""

    def _draft(self, days, told=None, sheet=None):
        """Return a draft that Anna has touched so many days ago."""
        draft = self._draft_as(self.anna, sheet)
        told_on = fields.Date.today() - timedelta(days=told) if told else None
        self._set(draft, saved_at=self._ago(days=days), expiry_told_on=told_on)
        return draft

    def test_customer_is_told_a_week_before(self):
        draft = self._draft(53)
        self._run_job()
        self.assertEqual(
            self._told(),
            [("Anna", "Your draft of “Spring Campaign” will be deleted soon")],
        )
        mail = self._mails()
        self.assertIn("will be deleted on 11/29/2026", self._words(mail))
        page = self.sheet.page_ids[0]
        url = f"/my/order-sheets/requests/{draft.id}/page/{page.id}"
        self.assertEqual(self._link(mail), url)

    def test_customer_is_told_once_and_not_earlier(self):
        draft = self._draft(52)
        self._run_job()
        self.assertEqual(self._told(), [])
        self._set(draft, saved_at=self._ago(days=53))
        self._run_job()
        self._run_job()
        self.assertEqual(len(self._told()), 1)

    def test_who_has_begun_and_who_went_on_are_both_told(self):
        draft = self._draft(53)
        self._set(draft, saved_by_id=self.bert.partner_id.id)
        self._run_job()
        self.assertEqual([name for name, _subject in self._told()], ["Bert", "Anna"])

    def test_link_leads_to_the_page_that_is_not_complete(self):
        draft = self._draft(0)
        self._fill(draft, flyer="120")
        self._set(draft, saved_at=self._ago(days=53))
        self._run_job()
        page = self.sheet.page_ids[1]
        self.assertTrue(self._link(self._mails()).endswith(f"/page/{page.id}"))

    def test_draft_of_a_closed_sheet_is_announced_without_false_hope(self):
        self._draft(53)
        self.sheet._move_to("closed")
        self._run_job()
        self.assertIn("It cannot be submitted now.", self._words(self._mails()))

    def test_nobody_is_told_at_night(self):
        self._draft(60)
        with freeze_time("2026-11-23 05:59:00"):  # 06:59 in Berlin
            self._run_job()
            self.assertEqual(self._told(), [])
        with freeze_time("2026-11-23 06:00:00"):
            self._run_job()
        self.assertEqual(len(self._told()), 1)

    def test_draft_is_deleted_with_its_files_and_answers(self):
        draft = self._draft(60, told=7)
        answers = draft.sudo().answer_ids
        file = self._attach(draft)
        self._run_job()
        self.assertFalse(draft.exists())
        self.assertFalse(answers.exists())
        self.assertFalse(file.exists())

    def test_draft_that_was_never_opened_counts_from_its_beginning(self):
        draft = self._start_as(self.anna)
        self.assertFalse(draft.saved_at)
        self._set(draft, create_date=self._ago(days=59), expiry_told_on="2026-11-01")
        self._run_job()
        self.assertTrue(draft.exists())
        self._set(draft, create_date=self._ago(days=60))
        self._run_job()
        self.assertFalse(draft.exists())

    def test_nothing_is_deleted_before_the_customer_was_told(self):
        draft = self._draft(90)
        self._run_job()
        self.assertTrue(draft.exists())
        self.assertIn("deleted on 11/29/2026", self._words(self._mails()))
        with freeze_time("2026-11-28 18:00:00"):
            self._run_job()
            self.assertTrue(draft.exists())
        with freeze_time("2026-11-29 00:00:00"):
            self._run_job()
        self.assertFalse(draft.exists())

    def test_whoever_goes_on_has_all_the_time_again(self):
        draft = self._draft(60, told=7)
        self._fill(draft, center="Nord")
        self._run_job()
        self.assertTrue(draft.exists())
        self.assertFalse(draft.sudo().expiry_told_on)
        self._set(draft, saved_at=self._ago(days=53))
        self._run_job()
        self.assertEqual(len(self._told()), 1)

    def test_nobody_says_by_hand_that_the_customer_was_told(self):
        draft = self._draft(60)
        with self.assertRaisesRegex(UserError, "not written by hand"):
            draft.with_user(self.erik).expiry_told_on = "2026-01-01"

    def test_nothing_else_is_deleted(self):
        order = self._submit_as(self.anna)
        self._set(order, saved_at=self._ago(days=90), expiry_told_on="2026-09-01")
        returned = self._submit_as(self.anna, self._another_sheet())
        returned.with_user(self.erik)._return("Too small")
        self._set(returned, saved_at=self._ago(days=90), expiry_told_on="2026-09-01")
        file = self._attach(order)
        self._run_job()
        self.assertEqual((order | returned).exists(), order | returned)
        self.assertTrue(file.exists())

    def test_each_company_keeps_drafts_as_long_as_it_wants(self):
        self.company.order_sheet_draft_days = 90
        branch = self._create_branch(order_sheet_draft_days=30)
        draft = self._draft(89, told=30)
        old, new = (
            self._draft(days, told=10, sheet=self._another_sheet(company_id=branch.id))
            for days in (30, 29)
        )
        self._run_job()
        self.assertEqual((draft | old | new).exists(), draft | new)

    def test_draft_that_cannot_be_deleted_keeps_no_other(self):
        stuck = self._draft(60, told=7)
        draft = self._draft(60, told=7, sheet=self._another_sheet())
        discard = type(draft)._discard

        def fail_once(drafts):
            if drafts == stuck:
                drafts._check_reason("")  # any UserError
            return discard(drafts)

        self.patch(type(draft), "_discard", fail_once)
        with self.assertLogs(JOB, "WARNING"):
            self._run_job()
        self.assertEqual((stuck | draft).exists(), stuck)

    def _attach(self, request):
        return self.env["ir.attachment"].create(
            {
                "name": "logo.pdf",
                "raw": b"x",
                "res_model": request._name,
                "res_id": request.id,
            }
        )


@freeze_time(SUNDAY_EVENING)
class TestClosing(SheetJobs):
    """Sheets close when their time is over."""

    def test_sheet_is_closed_after_all_grace(self):
        open_sheet = self._another_sheet(date_end="2026-11-22 18:01:00")
        patient = self._another_sheet("Patient", grace_minutes=30)
        over = self._another_sheet("Over", date_end="2026-11-22 18:30:00")
        self._set(patient, date_end="2026-11-22 17:31:00")
        self._set(over, date_end="2026-11-22 17:59:00")
        self._run_job("order_sheet_cron")
        sheets = open_sheet | patient | over | self.sheet
        self.assertEqual(
            sheets.mapped("state"), ["published", "published", "closed", "published"]
        )
