from datetime import datetime, timedelta

import pytz

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, freeze_time

from ..tools.reminder_presets import next_morning
from .common import CenterCase

BERLIN = pytz.timezone("Europe/Berlin")


class TestReminderPresets(BaseCase):
    """Nine o'clock is nine o'clock where the agent is, in summer and in winter."""

    def test_nine_in_winter_is_eight_in_utc(self):
        now = datetime(2031, 1, 15, 10)  # a Wednesday
        self.assertEqual(
            [next_morning(name, now, BERLIN) for name in ("tomorrow", "three_days")],
            [datetime(2031, 1, 16, 8), datetime(2031, 1, 18, 8)],
        )
        self.assertEqual(next_morning("monday", now, BERLIN), datetime(2031, 1, 20, 8))

    def test_summer_time_that_begins_meanwhile_counts(self):
        now = datetime(2031, 3, 29, 10)  # a Saturday; clocks change on Sunday
        self.assertEqual(
            next_morning("tomorrow", now, BERLIN), datetime(2031, 3, 30, 7)
        )

    def test_day_begins_where_the_agent_is(self):
        now = datetime(2031, 1, 15, 23, 30)  # in Berlin it is the 16th
        self.assertEqual(
            next_morning("tomorrow", now, BERLIN), datetime(2031, 1, 17, 8)
        )

    def test_on_mondays_the_next_one_is_in_a_week(self):
        now = datetime(2031, 1, 20, 6)
        self.assertEqual(next_morning("monday", now, BERLIN), datetime(2031, 1, 27, 8))


class TestRemindWizard(CenterCase):
    """Tickets are put aside from a list or a form."""

    def _open(self, tickets, user=None):
        model = self.env["helpdesk.ticket.remind"].with_user(user or self.agent_a)
        context = {"active_model": "helpdesk.ticket", "active_ids": tickets.ids}
        return Form(model.with_context(**context))

    @freeze_time("2031-01-15 10:00")
    def test_dialog_shows_the_moment_of_the_choice(self):
        wizard = self._open(self.t4)
        self.assertEqual(wizard.pending_until, datetime(2031, 1, 16, 8))
        wizard.preset = "monday"
        self.assertEqual(wizard.pending_until, datetime(2031, 1, 20, 8))

    @freeze_time("2031-01-15 10:00")
    def test_all_chosen_tickets_wait_until_then(self):
        tickets = self.t4 | self.t3
        wizard = self._open(tickets)
        wizard.preset = "three_days"
        wizard.save().action_remind()
        self.assertEqual(tickets.mapped("state_type"), ["pending", "pending"])
        until = datetime(2031, 1, 18, 8)
        self.assertEqual(tickets.mapped("pending_until"), [until, until])

    def test_any_date_in_the_future_can_be_chosen(self):
        until = self.now + timedelta(days=30)
        wizard = self._open(self.t4)
        wizard.preset = "date"
        wizard.pending_until = until
        wizard.save().action_remind()
        self.assertEqual(self.t4.pending_until, until)

    def test_date_in_the_past_is_refused(self):
        wizard = self._open(self.t4)
        wizard.preset = "date"
        wizard.pending_until = self.now - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "in the future"):
            wizard.save().action_remind()

    def test_missing_date_is_refused(self):
        model = self.env["helpdesk.ticket.remind"].with_user(self.agent_a)
        wizard = model.create({"ticket_ids": self.t4.ids, "preset": "date"})
        with self.assertRaisesRegex(UserError, "in the future"):
            wizard.action_remind()

    def test_closed_ticket_is_not_opened_by_a_reminder(self):
        with self.assertRaisesRegex(UserError, f"{self.t10.number} is closed"):
            self._open(self.t4 | self.t10).save().action_remind()
        self.assertEqual(self.t10.state_type, "closed")
        self.assertEqual(self.t4.state_type, "open", "All of them, or none.")

    def test_agent_needs_no_more_rights_than_for_his_own_tickets(self):
        self._open(self.t6, self.agent_c).save().action_remind()
        self.assertEqual(self.t6.state_type, "pending")


class TestAssignWizard(CenterCase):
    """Tickets are given to a member of their teams."""

    def _open(self, tickets, user=None):
        model = self.env["helpdesk.ticket.assign"].with_user(user or self.agent_a)
        context = {"active_model": "helpdesk.ticket", "active_ids": tickets.ids}
        return Form(model.with_context(**context))

    def test_only_members_of_all_teams_are_offered(self):
        self.field.user_ids |= self.agent_c
        wizard = self._open(self.t4 | self.t2)
        self.assertEqual(wizard.candidate_ids[:], self.agent_c)

    def test_all_agents_are_offered_without_a_team(self):
        ticket = self._create_ticket(partner=self.anna)
        ticket.team_id = False
        candidates = self._open(ticket).candidate_ids[:]
        self.assertIn(self.agent_b, candidates)
        self.assertNotIn(self.employee, candidates)
        self.assertNotIn(self.anna_user, candidates)

    def test_tickets_are_assigned_without_a_lock(self):
        wizard = self._open(self.t3 | self.t9)
        wizard.user_id = self.agent_c
        wizard.save().action_assign()
        self.assertEqual((self.t3 | self.t9).user_id, self.agent_c)
        self.assertEqual((self.t3 | self.t9).mapped("is_locked"), [False, False])

    def test_tickets_are_assigned_and_locked_if_wished(self):
        wizard = self._open(self.t3 | self.t9 | self.t10)
        wizard.user_id = self.agent_c
        wizard.is_locking = True
        wizard.save().action_assign()
        self.assertEqual(
            (self.t3 | self.t9 | self.t10).mapped("is_locked"), [True, True, False]
        )
        self.assertEqual(self.t10.user_id, self.agent_c)

    def test_ticket_is_given_away_and_out_of_sight(self):
        wizard = self._open(self.t6, self.agent_c)
        wizard.user_id = self.agent_a
        wizard.is_locking = True
        wizard.save().action_assign()
        self.env.cr.flush()
        self.assertEqual(self.t6.user_id, self.agent_a)
        self.assertTrue(self.t6.is_locked)

    def test_nobody_outside_the_team_gets_its_tickets(self):
        wizard = (
            self.env["helpdesk.ticket.assign"]
            .with_user(self.agent_a)
            .create(
                {
                    "ticket_ids": [Command.set(self.t4.ids)],
                    "user_id": self.agent_b.id,
                }
            )
        )
        with self.assertRaisesRegex(UserError, "agent_b is not a member"):
            wizard.action_assign()
        self.assertEqual(self.t4.user_id, self.agent_a)

    def test_only_agents_get_tickets_without_a_team(self):
        ticket = self._create_ticket(partner=self.anna)
        ticket.team_id = False
        for user in (self.anna_user, self.employee):
            with (
                self.subTest(user=user.name),
                self.assertRaisesRegex(UserError, f"{user.name} is no helpdesk agent"),
            ):
                ticket.with_user(self.agent_a)._assign(user)
        self.assertFalse(ticket.user_id)


class TestActionMenu(CenterCase):
    """Both dialogs are in the menu of the list."""

    def _get_actions(self, user):
        bindings = self.env["ir.actions.actions"].with_user(user)
        actions = bindings.get_bindings("helpdesk.ticket").get("action", [])
        return {action["name"] for action in actions} & {"Assign", "Remind Me"}

    def test_agents_find_them_and_others_do_not(self):
        self.assertEqual(self._get_actions(self.agent_c), {"Assign", "Remind Me"})
        self.assertEqual(self._get_actions(self.employee), set())
