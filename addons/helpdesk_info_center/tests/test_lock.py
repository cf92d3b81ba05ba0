from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import CenterCase


class TestLock(CenterCase):
    """Who works on a ticket locks it; others leave it to him."""

    def _texts(self, ticket):
        return [message.preview for message in ticket.message_ids]

    def test_agent_who_locks_a_ticket_owns_it(self):
        ticket = self.t9.with_user(self.agent_c)
        ticket.action_lock()
        self.assertEqual(ticket.user_id, self.agent_c)
        self.assertTrue(ticket.is_locked)
        self.assertTrue(ticket.locked_date)

    def test_locking_and_unlocking_log_notes_that_nobody_is_mailed(self):
        ticket = self.t4.with_user(self.agent_a)
        self.t4.message_subscribe(self.agent_c.partner_id.ids)
        ticket.action_lock()
        ticket.action_unlock()
        notes = self.t4.message_ids[:2]
        self.assertEqual(
            notes.mapped("preview"), ["Ticket unlocked.", "Ticket locked for agent_a."]
        )
        self.assertEqual(notes.mapped("is_internal"), [True, True])
        self.assertFalse(notes.notification_ids)

    def test_ticket_of_another_agent_is_taken_over_when_it_is_not_locked(self):
        self.t6.with_user(self.agent_a).action_lock()
        self.assertEqual(self.t6.user_id, self.agent_a)
        self.assertTrue(self.t6.is_locked)

    def test_ticket_locked_by_another_agent_names_the_holder(self):
        tickets = self.t4 | self.t3
        self.support.user_ids |= self.manager
        with self.assertRaisesRegex(UserError, f"{self.t3.number}.*by agent_a"):
            tickets.with_user(self.manager).action_lock()
        self.assertEqual(tickets.user_id, self.agent_a)
        self.assertFalse(self.t4.is_locked, "All of them, or none.")

    def test_lock_of_an_agent_who_left_holds_nobody_up(self):
        self.support.user_ids |= self.manager
        (self.agent_a | self.agent_b).active = False
        self.t3.with_user(self.manager).action_lock()
        self.assertEqual(self.t3.user_id, self.manager)
        self.assertTrue(self.t3.is_locked)
        colleague = self._create_user("agent_d", "helpdesk_mgmt.group_helpdesk_user")
        self.t5.with_user(colleague).action_unlock()
        self.assertFalse(self.t5.is_locked)

    def test_own_lock_is_left_as_it_is(self):
        messages = self.t3.message_ids
        with freeze_time("2031-01-01"):
            self.t3.with_user(self.agent_a).action_lock()
        self.assertEqual(self.t3.locked_date, self.now)
        self.assertEqual(self.t3.message_ids, messages)

    def test_agent_of_another_team_is_told_so(self):
        with self.assertRaisesRegex(UserError, "agent_a is not a member of .* Field"):
            self.t2.with_user(self.agent_a).action_lock()

    def test_anybody_can_lock_a_ticket_without_team(self):
        ticket = self._create_ticket(partner=self.anna)
        ticket.team_id = False
        ticket.with_user(self.agent_a).action_lock()
        self.assertEqual(ticket.user_id, self.agent_a)

    def test_agent_who_may_not_change_a_ticket_is_told_so(self):
        self.t1.message_subscribe(self.employee.partner_id.ids)
        self.support.user_ids |= self.employee
        with self.assertRaisesRegex(UserError, "not allowed to change"):
            self.t1.with_user(self.employee).action_lock()

    def test_closed_ticket_cannot_be_locked(self):
        with self.assertRaisesRegex(UserError, "is closed"):
            self.t10.with_user(self.agent_a).action_lock()

    def test_only_the_holder_and_managers_unlock(self):
        with self.assertRaisesRegex(UserError, "by agent_b. Only this agent"):
            self.t5.with_user(self.agent_a).action_unlock()
        (self.t3 | self.t5).with_user(self.manager).action_unlock()
        self.assertEqual((self.t3 | self.t5).mapped("is_locked"), [False, False])
        self.assertEqual(self.t3.user_id, self.agent_a, "It is still his ticket.")
        self.assertFalse(self.t3.locked_date)

    def test_only_managers_force_an_unlock_and_the_note_names_the_holder(self):
        with self.assertRaisesRegex(AccessError, "Only a helpdesk manager"):
            self.t5.with_user(self.agent_a).action_force_unlock()
        self.t5.with_user(self.manager).action_force_unlock()
        self.assertFalse(self.t5.is_locked)
        self.assertEqual(
            self._texts(self.t5)[0], "Ticket unlocked. It was locked by agent_b."
        )

    def test_unlocking_what_is_not_locked_does_nothing(self):
        messages = self.t4.message_ids
        self.t4.with_user(self.agent_a).action_unlock()
        self.assertEqual(self.t4.message_ids, messages)

    def test_lock_ends_when_the_ticket_gets_another_owner_or_none(self):
        self.t3.with_user(self.agent_a).user_id = self.agent_c
        self.assertFalse(self.t3.is_locked)
        self.t5.with_user(self.agent_b).user_id = False
        self.assertFalse(self.t5.is_locked)

    def test_lock_ends_when_the_new_team_takes_the_owner_away(self):
        self.t3.with_user(self.agent_a).team_id = self.field
        self.assertFalse(self.t3.user_id)
        self.assertFalse(self.t3.is_locked)

    def test_lock_stays_when_the_owner_is_written_again(self):
        self.t3.with_user(self.agent_a).user_id = self.agent_a
        self.assertTrue(self.t3.is_locked)

    def test_lock_ends_when_the_ticket_is_closed_but_not_when_it_waits(self):
        self.t3.with_user(self.agent_a).stage_id = self._stage("awaiting")
        self.assertTrue(self.t3.is_locked)
        self.t3.with_user(self.agent_a).stage_id = self._stage("done")
        self.assertFalse(self.t3.is_locked)
        self.assertFalse(self.t3.locked_date)

    def test_agent_can_give_away_a_ticket_that_he_does_not_see_any_more(self):
        ticket = self.t6.with_user(self.agent_c)
        ticket.action_lock()
        ticket._assign(self.agent_a)
        self.env.cr.flush()
        self.assertEqual(self.t6.user_id, self.agent_a)
        self.assertFalse(self.t6.is_locked)

    def test_agent_can_hand_a_ticket_over_to_a_team_that_is_not_his(self):
        ticket = self.t6.with_user(self.agent_c)
        ticket.action_lock()
        self.env.invalidate_all()
        ticket.team_id = self.field
        self.assertFalse(ticket.has_access("read"))
        self.assertFalse(self.t6.is_locked)

    def test_copy_of_a_locked_ticket_is_free(self):
        self.assertFalse(self.t3.copy().is_locked)

    def test_closing_takes_the_first_closed_stage_of_the_team(self):
        stage = self.env["helpdesk.ticket.stage"].create(
            {
                "name": "Solved in the field",
                "sequence": 0,
                "closed": True,
                "team_ids": self.field.ids,
            }
        )
        tickets = self.t4 | self.t2 | self.t11
        tickets.with_user(self.agent_a)._close()
        self.assertEqual(self.t4.stage_id, self._stage("done"))
        self.assertEqual(self.t2.stage_id, stage)
        self.assertEqual(self.t11.stage_id, self._stage("done"), "It is closed.")

    def test_nothing_is_closed_when_a_team_has_no_stage_for_it(self):
        closed = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)])
        closed.team_ids = self.field
        with self.assertRaisesRegex(UserError, "no stage of the kind “Closed”"):
            (self.t2 | self.t4).with_user(self.agent_a)._close()
        self.assertEqual(self.t2.state_type, "new")


@freeze_time("2031-03-10 09:00")
class TestUnlockTimeout(CenterCase):
    """A forgotten lock ends after some working time of the team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Monday, in Berlin 10:00: two hours since work began.
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Eight to twelve",
                "tz": "Europe/Berlin",
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 8,
                            "hour_to": 12,
                            "day_period": "morning",
                        },
                    )
                    for day in "01234"
                ],
            }
        )
        cls.support.resource_calendar_id = cls.calendar
        cls.support.unlock_timeout_minutes = 120
        cls.t3.locked_date = datetime(2031, 3, 7, 11, 30)

    def _run(self):
        cron = self.env.ref("helpdesk_info_center.ir_cron_unlock_timeout")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def test_lock_ends_after_the_working_time_of_the_team(self):
        self._run()
        self.assertFalse(self.t3.is_locked)
        self.assertEqual(self.t3.user_id, self.agent_a)
        self.assertIn("agent_a has locked it", self.t3.message_ids[0].preview)

    def test_note_speaks_the_language_of_the_holder(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.agent_a.lang = "de_DE"
        self._run()
        self.assertRegex(self.t3.message_ids[0].preview, "agent_a hat es vor mehr als")

    @mute_logger("odoo.sql_db")
    def test_timeout_is_a_year_at_most(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.support.unlock_timeout_minutes = 2147483647
            self.support.flush_recordset()
        self.support.resource_calendar_id = False
        self.support.unlock_timeout_minutes = 525600
        self._run()
        self.assertTrue(self.t3.is_locked)
        with freeze_time("2032-03-10"):
            self._run()
        self.assertFalse(self.t3.is_locked)

    @freeze_time("2031-03-10 08:59")
    def test_weekend_and_evening_do_not_count(self):
        self._run()
        self.assertTrue(self.t3.is_locked)

    def test_hours_of_the_clock_count_without_a_calendar(self):
        self.support.resource_calendar_id = False
        self.t3.locked_date = datetime(2031, 3, 10, 7, 1)
        self._run()
        self.assertTrue(self.t3.is_locked)
        self.t3.locked_date = datetime(2031, 3, 10, 7, 0)
        self._run()
        self.assertFalse(self.t3.is_locked)

    def test_lock_never_ends_without_a_timeout(self):
        self.support.unlock_timeout_minutes = 0
        self._run()
        self.assertTrue(self.t3.is_locked)

    def test_pending_tickets_stay_locked(self):
        self.t7.locked_date = datetime(2031, 1, 1)
        self._run()
        self.assertTrue(self.t7.is_locked)

    def test_tickets_of_other_teams_stay_locked(self):
        self.t5.locked_date = datetime(2031, 1, 1)
        self._run()
        self.assertTrue(self.t5.is_locked)
