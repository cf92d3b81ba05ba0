from datetime import timedelta

from odoo.fields import Command, Datetime
from odoo.tests import freeze_time

from .common import CenterCase

MONDAY = Datetime.to_datetime("2027-03-01 08:00:00")


@freeze_time(MONDAY)
class TestEscalation(CenterCase):
    """When a ticket escalates: at the earliest deadline that is not kept yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Day and night",
                "tz": "UTC",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": day,
                            "dayofweek": day,
                            "hour_from": 0,
                            "hour_to": 24,
                            "day_period": "morning",
                        }
                    )
                    for day in "0123456"
                ],
            }
        )
        cls.support.resource_calendar_id = cls.calendar
        # The solution within 8 hours, an answer within 4: not while the ticket waits.
        cls.sla.write(
            {
                "hours": 8,
                "ignore_stage_ids": [Command.set(cls._stage("awaiting").ids)],
            }
        )
        cls.answer = cls.env["helpdesk.sla"].create(
            {
                "name": "Answer",
                "hours": 4,
                "stage_id": cls._stage("in_progress").id,
                "ignore_stage_ids": [Command.set(cls._stage("awaiting").ids)],
            }
        )

    def setUp(self):
        super().setUp()
        self.ticket = self._create_ticket(partner=self.anna, stage="new")
        # The date of creation is the one thing that does not freeze.
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            [MONDAY, self.ticket.id],
        )
        self.env.invalidate_all()
        self.support.use_sla = True
        self.ticket.set_sla()
        self.env.flush_all()

    def _move(self, stage, hours=0):
        """Put the ticket into a stage, so many hours after it was created."""
        with freeze_time(MONDAY + timedelta(hours=hours)):
            self.ticket.stage_id = self._stage(stage)
            self.env.flush_all()

    def _get_line(self, sla):
        return self.ticket.ticket_sla_ids.filtered(lambda line: line.sla_id == sla)

    def assertEscalates(self, hours):  # noqa: N802 (named like its siblings)
        """Check after how many hours the ticket escalates."""
        date = self.ticket.escalation_date
        # Working time is counted to the microsecond, in hours with a fraction.
        self.assertEqual(
            date and date.replace(microsecond=0),
            hours is not None and MONDAY + timedelta(hours=hours),
        )

    def _search(self, value, hours=0):
        with freeze_time(MONDAY + timedelta(hours=hours)):
            return self.env["helpdesk.ticket"].search(
                [("sla_expired", "=", value), ("id", "in", self.ticket.ids)]
            )

    def test_earliest_deadline_counts(self):
        self.assertEscalates(4)

    def test_reached_stage_counts_no_more(self):
        self._move("in_progress", hours=1)
        self.assertEscalates(8)

    def test_passed_deadline_stays(self):
        self._move("new", hours=5)
        self.assertEscalates(4)

    def test_stage_that_is_reached_too_late_is_reached_all_the_same(self):
        self._move("in_progress", hours=5)
        self.assertEqual(self._get_line(self.answer).state, "expired")
        self.assertEscalates(8)

    def test_stage_that_is_reached_in_a_second_step_too(self):
        """A service level that has run out is not looked at any more by OCA."""
        self.sla.stage_id = self._stage("done")
        self.answer.stage_id = self._stage("done")
        self.ticket.set_sla()
        self._move("in_progress", hours=5)
        self.assertEscalates(4)
        self._move("done", hours=6)
        self._move("in_progress", hours=7)
        self.assertTrue(
            all(
                line.is_target_reached
                for line in self.ticket.ticket_sla_ids
                if line.state == "expired"
            )
        )

    def test_closed_ticket_does_not_escalate(self):
        self._move("done", hours=5)
        self.assertEscalates(None)
        self.assertFalse(self.ticket.escalation_warning_date)

    def test_reopened_ticket_does_not_escalate_by_what_ran_out(self):
        self._move("done", hours=20)
        self._move("in_progress", hours=21)
        self.assertEqual(set(self.ticket.ticket_sla_ids.mapped("state")), {"expired"})
        self.assertEscalates(None)

    def test_reopened_ticket_escalates_by_what_runs_again(self):
        self._move("done", hours=1)
        self.assertEscalates(None)
        self._move("in_progress", hours=3)
        line = self._get_line(self.sla)
        self.assertEqual(line.state, "in_progress")
        self.assertEqual(self.ticket.escalation_date, line.deadline)
        self.assertGreater(self.ticket.escalation_date, MONDAY)

    def test_waiting_ticket_does_not_escalate(self):
        self._move("awaiting", hours=1)
        self.assertEqual(self._get_line(self.sla).state, "on_hold")
        self.assertEscalates(None)

    def test_waiting_ticket_escalates_later(self):
        self._move("awaiting", hours=1)
        self._move("in_progress", hours=11)
        self.assertEscalates(18)

    def test_stage_that_is_reached_late_after_waiting_is_reached(self):
        self._move("awaiting", hours=1)
        self._move("in_progress", hours=20)
        lines = self.ticket.ticket_sla_ids.filtered(
            lambda line: line.sla_id == self.answer
        )
        self.assertTrue(lines.is_target_reached)
        self._move("new", hours=21)
        self.assertFalse(lines.is_target_reached)

    def test_warning_comes_when_a_quarter_is_left(self):
        self.assertEqual(
            self.ticket.escalation_warning_date, MONDAY + timedelta(hours=3)
        )
        self._move("in_progress", hours=1)
        self.assertEqual(
            self.ticket.escalation_warning_date, MONDAY + timedelta(hours=6)
        )

    def test_ticket_without_service_level_never_escalates(self):
        self.assertFalse(self.t1.escalation_date or self.t1.escalation_warning_date)

    def test_another_team_has_other_service_levels(self):
        self.answer.team_ids = self.field
        self.ticket.refresh_sla()
        self.assertEscalates(8)

    def test_expired_tickets_are_found(self):
        self.assertFalse(self._search(True, hours=3))
        self.assertEqual(self._search(False, hours=3), self.ticket)
        self.assertEqual(self._search(True, hours=5), self.ticket)
        self.assertFalse(self._search(False, hours=5))

    def test_closed_tickets_are_not_expired(self):
        self._move("done", hours=20)
        self.assertFalse(self._search(True, hours=21))
        self.assertEqual(self._search(False, hours=21), self.ticket)
        self.assertFalse(self.ticket.sla_expired)

    def test_tickets_without_service_level_are_not_expired(self):
        tickets = self.env["helpdesk.ticket"]
        self.assertIn(self.t1, tickets.search([("sla_expired", "=", False)]))
        self.assertNotIn(self.t1, tickets.search([("sla_expired", "=", True)]))
        self.assertIn(self.t1, tickets.search([("sla_expired", "!=", True)]))

    def test_search_finds_what_the_field_says(self):
        tickets = self.env["helpdesk.ticket"]
        every = tickets.search([])
        expired = every.filtered("sla_expired")
        self.assertIn(self.t5, expired)
        self.assertNotIn(self.t10, expired)
        for operator, value, found in (
            ("=", True, expired),
            ("!=", False, expired),
            ("=", False, every - expired),
            ("!=", True, every - expired),
            ("in", [True, False], every),
            ("not in", [True], every - expired),
        ):
            with self.subTest(operator=operator, value=value):
                domain = [("sla_expired", operator, value)]
                self.assertEqual(tickets.search(domain), found)

    def test_agent_searches_within_what_he_may_see(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.agent_b)
        self.assertEqual(tickets.search([("sla_expired", "=", True)]), self.t5)
