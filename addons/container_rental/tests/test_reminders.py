from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ContainerCase


@tagged("-at_install", "post_install")
class TestReminders(ContainerCase):
    """Customers are reminded before, on the day after, and a week later."""

    @classmethod
    @freeze_time("2026-12-03 07:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.user_admin").email = "admin@test.example"
        case = cls()
        cls.rentals = case._issued_as(cls.anna, quantity=2)  # back by 17 December
        case.write_mails()

    def _run_job(self, now):
        """Run the hourly job at a moment (UTC) and return the subjects of its mails."""
        self.env["mail.mail"].sudo().search([]).unlink()
        with freeze_time(now), self.enter_registry_test_mode():
            self.env.ref("container_rental.ir_cron_remind").method_direct_trigger()
            self.write_mails()
        mails = self.env["mail.mail"].sudo().search([], order="id")
        return mails.mapped("subject")

    def test_two_days_before_the_customer_is_reminded_once(self):
        self.assertEqual(self._run_job("2026-12-14 10:00:00"), [])
        self.assertEqual(
            self._run_job("2026-12-15 10:00:00"),
            ["Please have your containers ready for collection"],
        )
        mail = self.env["mail.mail"].sudo().search([])
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)
        self.assertIn("C-001", mail.body_html)
        self.assertIn("C-002", mail.body_html)
        self.assertIn("12/17/2026", mail.body_html)
        self.assertEqual(self._run_job("2026-12-15 11:00:00"), [])

    def test_no_reminder_before_if_the_setting_is_zero(self):
        self.company.container_reminder_days = 0
        self.assertEqual(self._run_job("2026-12-17 10:00:00"), [])

    def test_overdue_containers_are_told_to_customer_and_administrators_once(self):
        self._run_job("2026-12-17 10:00:00")
        subjects = [
            "Your containers are overdue",
            "Overdue containers at Hotel Adler GmbH",
        ]
        self.assertEqual(self._run_job("2026-12-18 10:00:00"), subjects)
        self.assertEqual(
            self.env["mail.mail"].sudo().search([]).recipient_ids,
            self.anna.partner_id | self.erik.partner_id,
        )
        self.assertEqual(self._run_job("2026-12-18 11:00:00"), [])
        self.assertEqual(self._run_job("2026-12-24 10:00:00"), [])
        self.assertEqual(self._run_job("2026-12-25 10:00:00"), subjects, "a week later")
        self.assertEqual(self._run_job("2027-01-10 10:00:00"), [])

    def test_a_job_that_slept_for_weeks_reminds_once_and_again_a_week_later(self):
        self.assertEqual(len(self._run_job("2026-12-30 10:00:00")), 2)
        self.assertEqual(self._run_job("2027-01-05 10:00:00"), [])
        self.assertEqual(len(self._run_job("2027-01-06 10:00:00")), 2)

    def test_a_contact_who_left_reads_nothing_about_the_company(self):
        self.anna.partner_id.parent_id = self.krone
        self._run_job("2026-12-18 10:00:00")
        mail = self._mails("Your containers are overdue").ensure_one()
        self.assertEqual(mail.recipient_ids, self.adler)
        self.assertIn("Dear Hotel Adler GmbH", mail.body_html)

    def test_an_archived_contact_is_replaced_by_the_company(self):
        self.anna.active = False
        self.anna.partner_id.active = False
        self._run_job("2026-12-18 10:00:00")
        mail = self._mails("Your containers are overdue").ensure_one()
        self.assertEqual(mail.recipient_ids, self.adler)

    def test_nobody_is_reminded_before_six_in_the_morning(self):
        self._run_job("2026-12-17 10:00:00")
        self.assertEqual(self._run_job("2026-12-18 04:59:00"), [], "05:59 in Berlin")
        self.assertEqual(len(self._run_job("2026-12-18 05:00:00")), 2)

    def test_a_returned_container_is_not_asked_for(self):
        with freeze_time("2026-12-17 10:00:00"):
            self.rentals[0].action_return()
        self.assertEqual(len(self._run_job("2026-12-18 10:00:00")), 2)
        mail = self._mails("Your containers are overdue")
        self.assertNotIn("C-001", mail.body_html)
        self.assertIn("C-002", mail.body_html)

    def test_a_later_day_of_return_starts_anew(self):
        self._run_job("2026-12-17 10:00:00")
        self._run_job("2026-12-18 10:00:00")
        self.rentals.return_due = date(2026, 12, 28)
        self.assertEqual(self.rentals[0].back_by, date(2026, 12, 28))
        self.assertEqual(
            self._run_job("2026-12-26 10:00:00"),
            ["Please have your containers ready for collection"],
        )
        self.assertEqual(len(self._run_job("2026-12-29 10:00:00")), 2)
