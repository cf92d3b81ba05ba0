from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common import GROUP
from .dialog_case import DAY_AFTER_TOMORROW, NOW, WIZARD, DialogCase


@freeze_time(NOW)
class TestStatusWizardFollowUp(DialogCase):
    """Follow-up (Wiedervorlage): created, changed, given to a certain agent."""

    def _agree(self, contact, agent=None, at=DAY_AFTER_TOMORROW, **values):
        agent = agent or self.agent_b.browse()
        values |= {"callback_at": at, "callback_user_id": agent.id}
        self.apply(contact, **values)

    def test_follow_up_waits_for_its_agent(self):
        self._agree(self.p2, self.agent_b, callback_note="Ask for Eva")
        self.assertRecordValues(
            self.p2,
            [
                {
                    "callback_at": DAY_AFTER_TOMORROW,
                    "next_call_at": DAY_AFTER_TOMORROW,
                    "callback_user_id": self.agent_b.id,
                    "queue_user_id": self.agent_b.id,
                    "callback_note": "Ask for Eva",
                    "priority": "3",
                    "attempt_count": 0,
                }
            ],
        )
        self.assertEqual(
            self.calls_of(self.p2).summary, "Follow-up: 12/9/26, 2:30 PM, agent_b"
        )

    def test_only_its_agent_gets_it_and_gets_it_first(self):
        self._agree(self.p2, self.agent_b)
        with freeze_time("2026-12-09 13:31:00"):
            self.assertNotEqual(self.pick(self.agent_a)["contact_id"], self.p2.id)
            self.assertEqual(self.pick(self.agent_b)["contact_id"], self.p2.id)

    def test_before_its_time_nobody_gets_it(self):
        (self.p1 | self.p3).write({"state": "done"})
        self._agree(self.p2, self.agent_b)
        with freeze_time("2026-12-09 13:29:00"):
            self.assertFalse(self.pick(self.agent_b))

    def test_follow_up_without_an_agent_is_for_anyone(self):
        (self.p1 | self.p3).write({"state": "done"})
        self._agree(self.p2)
        self.assertFalse(self.p2.queue_user_id)
        with freeze_time("2026-12-09 13:31:00"):
            self.assertEqual(self.pick(self.agent_a)["contact_id"], self.p2.id)

    def test_follow_up_is_changed_and_not_doubled(self):
        self._agree(self.p2, self.agent_b)
        later = DAY_AFTER_TOMORROW + timedelta(days=2)
        self._agree(self.p2, self.agent_a, at=later)
        self.assertRecordValues(
            self.p2,
            [
                {
                    "callback_at": later,
                    "next_call_at": later,
                    "queue_user_id": self.agent_a.id,
                }
            ],
        )

    def test_contact_of_an_urgent_selection_is_urgent_again_without_it(self):
        self.selection.priority = "2"
        self._agree(self.p2, self.agent_b)
        self._agree(self.p2, at=False)
        self.assertEqual(self.p2.priority, "2")

    def test_clearing_date_and_agent_removes_it(self):
        self._agree(self.p2, self.agent_b, callback_note="Ask for Eva")
        self._agree(self.p2, at=False)
        self.assertRecordValues(
            self.p2,
            [
                {
                    "callback_at": False,
                    "callback_user_id": False,
                    "callback_note": False,
                    "queue_user_id": False,
                    "priority": "1",
                    "next_call_at": datetime(2026, 12, 7, 9),
                }
            ],
        )
        self.assertEqual(self.calls_of(self.p2)[-1].summary, "Follow-up removed")

    def test_without_a_follow_up_the_gap_between_calls_counts(self):
        self._agree(self.p2, self.agent_b)
        self.p2.last_call_at = "2026-12-07 08:30:00"
        self._agree(self.p2, at=False)
        self.assertEqual(self.p2.next_call_at, datetime(2026, 12, 7, 10, 30))

    def test_agent_without_a_date_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Please choose a date"):
            self._agree(self.p2, self.agent_b, at=False)

    # --- done ---

    def test_done_together_with_a_follow_up_is_refused(self):
        for values in (
            {"callback_at": DAY_AFTER_TOMORROW},
            {"callback_user_id": self.agent_b.id},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, "cannot have a follow-up"),
            ):
                self.apply(self.p2, done=True, **values)
        self.p2.state = "done"
        with self.assertRaisesRegex(ValidationError, "cannot have a follow-up"):
            self._agree(self.p2, self.agent_b)

    def test_done_clears_the_follow_up(self):
        self._agree(self.p2, self.agent_b, callback_note="Ask for Eva")
        self.apply(self.p2, done=True)
        self.assertRecordValues(
            self.p2,
            [
                {
                    "state": "done",
                    "callback_at": False,
                    "callback_user_id": False,
                    "callback_note": False,
                    "next_call_at": False,
                    "queue_user_id": False,
                }
            ],
        )
        self.assertEqual(
            self.calls_of(self.p2)[-1].summary, "Set to done\nFollow-up removed"
        )

    def test_dialog_hides_the_follow_up_of_who_is_done(self):
        self._agree(self.p2, self.agent_b)
        wizards = self.env[WIZARD].with_user(self.manager)
        form = Form(wizards.with_context(default_contact_id=self.p2.id))
        form.done = True
        self.assertFalse(form.callback_at)
        form.done = False
        self.assertEqual(form.callback_at, DAY_AFTER_TOMORROW)
        self.assertEqual(form.callback_user_id, self.agent_b)

    def test_excluded_contact_is_put_back_before_it_gets_a_follow_up(self):
        self.p2.write({"state": "excluded", "close_reason": "max_attempts"})
        with self.assertRaisesRegex(ValidationError, "is excluded"):
            self._agree(self.p2, self.agent_b)
        self._agree(self.p2, self.agent_b, reopen=True)
        self.assertRecordValues(
            self.p2, [{"state": "open", "next_call_at": DAY_AFTER_TOMORROW}]
        )

    # --- date and agent ---

    def test_follow_up_in_the_past_is_refused_with_five_minutes_grace(self):
        with self.assertRaisesRegex(ValidationError, "lies in the past"):
            self._agree(self.p2, at=datetime(2026, 12, 7, 8, 54, 59))
        self._agree(self.p2, at=datetime(2026, 12, 7, 8, 55))
        self.assertEqual(self.p2.callback_at, datetime(2026, 12, 7, 8, 55))

    def test_overdue_follow_up_goes_to_another_agent_as_it_is(self):
        self._agree(self.p2, self.agent_a)
        with freeze_time("2026-12-10 09:00:00"):
            self._agree(self.p2, self.agent_b)
        self.assertRecordValues(
            self.p2,
            [
                {
                    "callback_at": DAY_AFTER_TOMORROW,
                    "queue_user_id": self.agent_b.id,
                }
            ],
        )

    def test_rating_is_changed_beside_an_overdue_follow_up(self):
        self._agree(self.p2, self.agent_a)
        with freeze_time("2026-12-10 09:00:00"):
            self.apply(self.p2, rating_id=self.neutral.id)
        self.assertEqual(self.p2.callback_at, DAY_AFTER_TOMORROW)

    def test_only_agents_of_the_company_get_follow_ups(self):
        foreign = self._create_user("foreign", f"{GROUP}agent")
        other = self.env["res.company"].create({"name": "Other"})
        foreign.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for user in (self.employee, foreign):
            with (
                self.subTest(user=user.name),
                self.assertRaisesRegex(ValidationError, "is not an agent of"),
            ):
                self._agree(self.p2, user)

    def test_agent_who_left_gets_no_follow_up(self):
        self.agent_b.active = False
        with self.assertRaisesRegex(ValidationError, "is not an agent of"):
            self._agree(self.p2, self.agent_b)

    # --- month view ---

    def _count(self, agent, first="2026-11-30", last="2027-01-10", user=None):
        wizards = self.env[WIZARD].with_user(user or self.manager)
        return wizards.follow_up_days(agent.id, first, last)

    def test_month_counts_the_follow_ups_of_an_agent_by_his_days(self):
        self._agree(self.p1, self.agent_b)
        self._agree(self.p2, self.agent_b)
        # half past midnight in Berlin
        self._agree(self.p3, self.agent_b, at=datetime(2026, 12, 10, 23, 30))
        self.assertEqual(self._count(self.agent_b), {"2026-12-09": 2, "2026-12-11": 1})
        self.assertEqual(self._count(self.agent_a), {})
        self.assertEqual(
            self._count(self.agent_b, first="2026-12-10", last="2026-12-11"),
            {"2026-12-11": 1},
        )
        self.assertEqual(
            self._count(self.agent_b, first="2026-12-10", last="2026-12-10"), {}
        )

    def test_month_without_an_agent_counts_what_is_for_anyone(self):
        self._agree(self.p1)
        self._agree(self.p2, self.agent_b)
        self.assertEqual(self._count(self.agent_b.browse()), {"2026-12-09": 1})

    def test_month_is_for_managers_and_takes_days_only(self):
        with self.assertRaises(AccessError):
            self._count(self.agent_a, user=self.agent_a)
        for first, last in (
            ("junk", "2026-12-09"),
            (None, None),
            ("2026-12-09", "2026-12-08"),
            ("2026-01-01", "2026-12-31"),
            ("9999-12-31", "9999-12-31"),
        ):
            with (
                self.subTest(first=first, last=last),
                self.assertRaises(ValidationError),
            ):
                self._count(self.agent_a, first, last)


@freeze_time(NOW)
class TestStatusWizardNotice(DialogCase):
    """What the dialog points out before a follow-up is given to somebody."""

    def _notice(self, contact, agent, at=DAY_AFTER_TOMORROW):
        return self.open_dialog(
            contact, callback_at=at, callback_user_id=agent.id
        ).notice

    def _reach(self, contact):
        contact.write({"contact_established": True, "first_user_id": self.agent_a.id})

    # --- "User may change" (Benutzer darf wechseln) ---

    def test_notice_names_selection_and_previous_agent(self):
        self._reach(self.p3)
        self.selection.write({"shared": False, "owner_id": self.env.user.id})
        self.assertEqual(
            self._notice(self.p3, self.agent_b),
            "“User May Change” is not enabled for the selection “Customers in Berlin”."
            " Previous agent: agent_a.",
        )

    def test_without_an_agent_the_follow_up_stays_where_it_was(self):
        self._reach(self.p3)
        self.assertEqual(
            self._notice(self.p3, self.agent_b.browse()),
            "“User May Change” is not enabled for the selection “Customers in Berlin”."
            " Previous agent: agent_a. The follow-up goes to this agent.",
        )
        self.apply(self.p3, callback_at=DAY_AFTER_TOMORROW)
        self.assertEqual(self.p3.queue_user_id, self.agent_a)

    def test_no_notice_where_nothing_stands_against_the_change(self):
        self.assertFalse(self._notice(self.p3, self.agent_b))  # nobody reached him yet
        self._reach(self.p3)
        self.assertFalse(self._notice(self.p3, self.agent_a))
        self.assertFalse(self.open_dialog(self.p3).notice)
        self.p3.allow_user_change = True
        self.assertFalse(self._notice(self.p3, self.agent_b))

    def test_manager_reassigns_all_the_same(self):
        self._reach(self.p3)
        self.assertEqual(self.p3.queue_user_id, self.agent_a)
        self.apply(
            self.p3, callback_at=DAY_AFTER_TOMORROW, callback_user_id=self.agent_b.id
        )
        with freeze_time("2026-12-09 13:31:00"):
            self.assertEqual(self.pick(self.agent_b)["contact_id"], self.p3.id)
            self.assertNotEqual(self.pick(self.agent_a)["contact_id"], self.p3.id)

    def test_agent_cannot_reassign_to_himself(self):
        self._reach(self.p3)
        with self.assertRaises(AccessError):
            self.p3.with_user(self.agent_b).callback_user_id = self.agent_b
        self.assertFalse(self.contacts_as(self.agent_b).cc_open(self.p3.id)["contact"])

    # --- agent and time ---

    def test_agent_who_is_not_assigned_to_the_survey_is_named(self):
        self.survey.cc_agent_ids = self.agent_a
        self.assertEqual(
            self._notice(self.p2, self.agent_b),
            "agent_b is not assigned to this survey.",
        )
        self.assertFalse(self._notice(self.p2, self.agent_a))

    def test_agent_on_leave_is_named(self):
        resource = self.env["resource.resource"].create(
            {"name": "agent_b", "user_id": self.agent_b.id}
        )
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Ill",
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "date_from": DAY_AFTER_TOMORROW,
                "date_to": DAY_AFTER_TOMORROW + timedelta(hours=1),
            }
        )
        absent = "agent_b is absent at that time."
        self.assertEqual(self._notice(self.p2, self.agent_b), absent)
        self.assertFalse(self._notice(self.p2, self.agent_a))
        end = DAY_AFTER_TOMORROW + timedelta(hours=1)
        self.assertFalse(self._notice(self.p2, self.agent_b, at=end))
        leave.resource_id = False  # a public holiday
        self.assertEqual(self._notice(self.p2, self.agent_b), absent)
        self.assertFalse(self._notice(self.p2, self.agent_a))

    def test_meeting_of_the_agent_is_pointed_out(self):
        self.env["calendar.event"].create(
            {
                "name": "Team",
                "start": DAY_AFTER_TOMORROW,
                "stop": DAY_AFTER_TOMORROW + timedelta(hours=1),
                "partner_ids": [Command.set(self.agent_b.partner_id.ids)],
            }
        )
        self.assertEqual(
            self._notice(self.p2, self.agent_b),
            "agent_b has another meeting at that time.",
        )

    def test_time_outside_the_calling_hours_of_the_person_is_pointed_out(self):
        self.call_from_nine_to_eight()
        self.p2.tz = "America/New_York"  # 08:30 there
        self.assertEqual(
            self._notice(self.p2, self.agent_b),
            "The follow-up lies outside the calling hours of the person"
            " (America/New_York).",
        )
        self.p2.tz = "Europe/Berlin"
        self.assertFalse(self._notice(self.p2, self.agent_b))

    def test_several_notices_stand_one_below_the_other(self):
        self._reach(self.p3)
        self.survey.cc_agent_ids = self.agent_a
        notice = self._notice(self.p3, self.agent_b)
        self.assertEqual(len(notice.split("\n")), 2)

    def test_call_that_goes_on_is_pointed_out_in_the_managers_time(self):
        self.let_call(self.agent_b, self.p2)
        self.assertEqual(
            self.open_dialog(self.p2).phone_notice,
            "agent_b has been on the phone with this person since 09:58.",
        )
        self.assertFalse(self.open_dialog(self.p1).phone_notice)
