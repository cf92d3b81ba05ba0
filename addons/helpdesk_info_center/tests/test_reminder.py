from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .common import CenterCase

REMINDER = "helpdesk_info_center.mail_activity_type_reminder"


class TestReminder(CenterCase):
    """A pending ticket waits until its date, then somebody is reminded."""

    def _run(self):
        cron = self.env.ref("helpdesk_info_center.ir_cron_remind")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def _reminders(self, ticket):
        return ticket.activity_ids.filtered(
            lambda activity: activity.activity_type_id == self.env.ref(REMINDER)
        )

    def test_ticket_waits_in_the_first_pending_stage_of_its_team(self):
        later = self._stage("awaiting").copy({"name": "Supplier", "sequence": 9})
        first = later.copy({"name": "Customer", "sequence": 0, "team_ids": self.field})
        self.t2.user_id = self.agent_b
        until = self.now + timedelta(days=1)
        self.t4.with_user(self.agent_a)._remind_on(until)
        self.t2.with_user(self.agent_b)._remind_on(until)
        self.assertEqual(self.t4.stage_id, self._stage("awaiting"))
        self.assertEqual(self.t2.stage_id, first)
        self.assertEqual((self.t2 | self.t4).mapped("pending_until"), [until, until])

    def test_ticket_that_waits_already_stays_in_its_stage(self):
        supplier = self._stage("awaiting").copy({"name": "Supplier", "sequence": 9})
        self.t7.stage_id = supplier
        until = self.now + timedelta(days=1)
        self.t7.with_user(self.agent_a)._remind_on(until)
        self.assertEqual(self.t7.stage_id, supplier)
        self.assertEqual(self.t7.pending_until, until)

    def test_reminder_in_the_past_is_refused(self):
        with self.assertRaisesRegex(UserError, "a date in the future"):
            self.t4.with_user(self.agent_a)._remind_on(self.now - timedelta(minutes=1))
        self.assertEqual(self.t4.state_type, "open")

    def test_team_without_pending_stage_is_told_so(self):
        self._stage("awaiting").team_ids = self.field
        with self.assertRaisesRegex(UserError, "no stage of the kind “Pending”"):
            self.t4.with_user(self.agent_a)._remind_on(self.now + timedelta(days=1))

    def test_leaving_pending_by_hand_ends_the_reminder(self):
        self.t7.is_reminder_sent = True
        self.t7.with_user(self.agent_a).stage_id = self._stage("in_progress")
        self.assertFalse(self.t7.pending_until)
        self.assertFalse(self.t7.is_reminder_sent)

    def test_ticket_may_wait_without_a_date_and_nobody_is_reminded(self):
        self.t4.with_user(self.agent_a).stage_id = self._stage("awaiting")
        self._run()
        self.assertFalse(self.t4.pending_until)
        self.assertFalse(self.t4.activity_ids)

    def test_owner_is_reminded_once(self):
        self._run()
        reminder = self._reminders(self.t7)
        self.assertEqual(reminder.user_id, self.agent_a)
        self._run()
        self.assertEqual(self._reminders(self.t7), reminder)
        self.assertFalse(self._reminders(self.t8), "Its time has not come.")

    def test_ticket_is_due_from_its_very_date_on(self):
        until = fields.Datetime.now() + timedelta(days=3)
        self.t4.with_user(self.agent_a)._remind_on(until)
        with freeze_time(until - timedelta(seconds=1)):
            self._run()
        self.assertFalse(self._reminders(self.t4))
        with freeze_time(until):
            self._run()
        self.assertEqual(len(self._reminders(self.t4)), 1)

    def test_activity_is_due_on_the_agents_own_day(self):
        self.t7.pending_until = datetime(2031, 5, 4, 22, 30)
        with freeze_time("2031-05-04 22:31"):
            self._run()
        self.assertEqual(str(self._reminders(self.t7).date_deadline), "2031-05-05")

    def test_responsible_is_reminded_of_a_ticket_without_owner(self):
        self.t7.write({"user_id": False, "responsible_id": self.manager.id})
        self._run()
        self.assertEqual(self._reminders(self.t7).user_id, self.manager)

    def test_team_leader_is_reminded_when_there_is_nobody_else(self):
        self.support.user_id = self.manager
        self.t7.user_id = False
        self._run()
        self.assertEqual(self._reminders(self.t7).user_id, self.manager)

    def test_agent_who_left_or_may_not_see_the_ticket_is_passed_over(self):
        self.t7.responsible_id = self.employee
        self.support.user_id = self.manager
        self.agent_a.active = False
        self._run()
        self.assertEqual(self._reminders(self.t7).user_id, self.manager)

    def test_ticket_of_nobody_is_reminded_of_as_soon_as_somebody_has_it(self):
        self.t7.user_id = False
        self._run()
        self.assertFalse(self.t7.activity_ids)
        self.t7.user_id = self.agent_a
        self._run()
        self.assertEqual(self._reminders(self.t7).user_id, self.agent_a)

    def test_ticket_of_nobody_keeps_no_other_from_its_turn(self):
        self.t7.user_id = False
        domain = self.env["helpdesk.ticket"]._due_reminder_domain()
        self.assertFalse(self.env["helpdesk.ticket"].search(domain))
        self.t7.responsible_id = self.manager
        self.assertEqual(self.env["helpdesk.ticket"].search(domain), self.t7)
        self.t7.responsible_id = False
        self.support.user_id = self.manager
        self.assertEqual(self.env["helpdesk.ticket"].search(domain), self.t7)

    def test_who_waits_longest_comes_first_and_failures_stop_nobody(self):
        self.t8.write({"pending_until": self.t7.pending_until, "priority": "3"})
        self.t7.pending_until -= timedelta(days=1)
        turns = []
        Ticket = self.env.registry["helpdesk.ticket"]
        give = Ticket.activity_schedule

        def fail_for_first(ticket, *args, **kwargs):
            turns.append(ticket.id)
            if ticket.id == self.t7.id:
                raise ValueError("It does not work")
            return give(ticket, *args, **kwargs)

        logger = "odoo.addons.helpdesk_info_center.models.helpdesk_ticket_reminder"
        with (
            patch.object(Ticket, "activity_schedule", fail_for_first),
            self.assertLogs(logger, "ERROR"),
        ):
            self._run()
        self.assertEqual(turns, [self.t7.id, self.t8.id])
        self.assertEqual(self._reminders(self.t8).user_id, self.agent_b)
        self.assertFalse(self.t7.is_reminder_sent)

    def test_mail_about_the_reminder_waits_in_the_queue(self):
        self.agent_a.notification_type = "email"
        job = self.env.ref("mail.ir_cron_mail_scheduler_action")
        before = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        mails = self.env.registry["mail.mail"]
        with patch.object(mails, "send_after_commit") as send:
            self.t7._remind()
        send.assert_not_called()
        mail = self.env["mail.mail"].search([("res_id", "=", self.t7.id)], limit=1)
        self.assertEqual(mail.recipient_ids, self.agent_a.partner_id)
        after = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertEqual(len(after - before), 1)

    def test_new_date_replaces_the_reminder_and_reminds_again(self):
        self._run()
        until = fields.Datetime.now() + timedelta(hours=1)
        self.t7.with_user(self.agent_a)._remind_on(until)
        self.assertFalse(self._reminders(self.t7))
        with freeze_time(until):
            self._run()
        self.assertEqual(len(self._reminders(self.t7)), 1)

    def test_other_activities_of_the_agent_stay(self):
        todo = self.t7.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.agent_c.id
        )
        self._run()
        self.t7.with_user(self.agent_a).stage_id = self._stage("in_progress")
        self.assertEqual(self.t7.activity_ids, todo)

    def test_ended_reminder_goes_back_to_the_first_open_stage(self):
        (self.t7 | self.t4).with_user(self.agent_a)._end_reminder()
        self.assertEqual(self.t7.stage_id, self._stage("in_progress"))
        self.assertFalse(self.t7.pending_until)
        self.assertEqual(self.t4.stage_id, self._stage("in_progress"))

    def test_reminder_ends_even_where_the_team_has_no_other_stage(self):
        others = self._stage("new") | self._stage("in_progress")
        others.team_ids = self.field
        self.t7.with_user(self.agent_a)._end_reminder()
        self.assertEqual(self.t7.stage_id, self._stage("awaiting"))
        self.assertFalse(self.t7.pending_until)
