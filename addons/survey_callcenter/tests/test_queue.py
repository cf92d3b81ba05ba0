from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.contact_queue import EXCLUDED_AT_ONCE
from .common import CallCenterCase

NOON = datetime(2026, 12, 7, 12)


@freeze_time(NOON)
class TestQueue(CallCenterCase):
    """Whom an agent gets next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.p1 | cls.p2 | cls.p3).next_call_at = NOON - timedelta(hours=1)

    def _next(self, user=None, survey_ids=None):
        """Return the contact that ``user`` gets, or why there is none."""
        answer = self.contacts_as(user or self.agent_a).cc_next(survey_ids)
        if not answer["contact"]:
            return answer["empty"]["reason"]
        return self.env["survey.callcenter.contact"].browse(
            answer["contact"]["contact_id"]
        )

    def _close(self, contacts):
        contacts.write({"state": "done", "close_reason": "manual"})

    # === EXACTLY ONCE === #

    def test_agents_get_different_contacts(self):
        got = self._next(self.agent_a) | self._next(self.agent_b)
        self.assertEqual(len(got), 2)
        self.assertEqual(got.lock_user_id, self.agent_a | self.agent_b)

    def test_agent_who_asks_again_gets_the_contact_he_holds(self):
        first = self._next()
        self.assertEqual(self._next(), first)
        self.assertEqual(first.lock_user_id, self.agent_a)

    def test_contact_is_held_for_the_minutes_of_the_survey(self):
        self.survey.cc_lock_minutes = 45
        self.assertEqual(self._next().lock_until, NOON + timedelta(minutes=45))

    def test_first_call_sets_the_survey_running(self):
        self.survey.cc_state = "released"
        self._next()
        self.assertEqual(self.survey.cc_state, "running")

    # === ORDER === #

    def test_who_waits_longest_comes_first(self):
        self.p2.next_call_at = NOON - timedelta(hours=2)
        self.assertEqual(self._next(), self.p2)

    def test_higher_priority_comes_first(self):
        self.p2.next_call_at = NOON - timedelta(hours=2)
        self.p3.priority = "2"
        self.assertEqual(self._next(), self.p3)

    def test_own_follow_up_comes_before_everything_else(self):
        self.p1.priority = "3"
        self.give_follow_up(self.p2, self.agent_b, NOON - timedelta(minutes=1))
        self.assertEqual(self._next(self.agent_b), self.p2)

    def test_follow_up_for_anyone_comes_before_the_pool(self):
        self.p1.priority = "3"
        due = NOON - timedelta(minutes=1)
        self.p2.write({"callback_at": due, "next_call_at": due})
        self.assertEqual(self._next(), self.p2)

    def test_follow_up_is_not_given_before_its_time(self):
        self._close(self.p1 | self.p3)
        at = NOON + timedelta(minutes=1)
        self.p2.write({"callback_at": at, "next_call_at": at})
        self.assertEqual(self._next(), "later")

    def test_follow_up_of_a_colleague_is_never_given(self):
        self._close(self.p1 | self.p3)
        self.give_follow_up(self.p2, self.agent_b, NOON - timedelta(hours=5))
        self.assertEqual(self._next(self.agent_a), "done")
        self.assertEqual(self._next(self.agent_b), self.p2)

    def test_where_users_may_not_change_only_who_reached_the_person_goes_on(self):
        self._close(self.p1 | self.p2)
        self.p3.write({"contact_established": True, "first_user_id": self.agent_a.id})
        self.assertEqual(self._next(self.agent_b), "done")
        self.assertEqual(self._next(self.agent_a), self.p3)

    def test_where_users_may_change_anyone_goes_on(self):
        self._close(self.p1 | self.p2)
        self.p3.write(
            {
                "contact_established": True,
                "first_user_id": self.agent_a.id,
                "allow_user_change": True,
            }
        )
        self.assertEqual(self._next(self.agent_b), self.p3)

    def test_agent_gets_what_the_manager_gave_him_of_a_survey_of_others(self):
        """That is how an ill agent is stood in for."""
        self.survey.cc_agent_ids = [Command.set(self.agent_a.ids)]
        self.assertEqual(self._next(self.agent_b), "no_survey")
        self.give_follow_up(self.p2, self.agent_b, NOON - timedelta(minutes=1))
        self.assertEqual(self._next(self.agent_b), self.p2)

    # === WHO MAY BE CALLED === #

    def test_number_on_the_do_not_call_list_is_left_out_for_good(self):
        self._close(self.p2 | self.p3)
        self.env["phone.blacklist"].create({"number": self.p1.phone_e164})
        self.assertEqual(self._next(), "done")
        self.assertEqual((self.p1.state, self.p1.close_reason), ("excluded", "dnc"))
        self.assertFalse(self.p1.lock_user_id)
        self.assertEqual(self.p1.call_ids.source, "system")

    def test_the_next_one_is_given_instead_of_a_number_not_to_be_called(self):
        self.p1.next_call_at = NOON - timedelta(hours=2)
        self.env["phone.blacklist"].create({"number": self.p1.phone_e164})
        self.assertEqual(self._next(), self.p2)

    def test_archived_person_is_left_out(self):
        self._close(self.p2 | self.p3)
        self.p1.partner_id.active = False
        self.assertEqual(self._next(), "done")
        self.assertEqual(self.p1.close_reason, "withdrawn")

    def test_number_that_was_corrected_is_the_one_to_call(self):
        self._close(self.p2 | self.p3)
        self.p1.partner_id.phone = "+4930999"
        page = self.pick(self.agent_a)
        self.assertEqual(page["person"]["phone"], "+4930999")

    def test_number_in_another_country_is_called_by_the_clock_there(self):
        self._close(self.p2 | self.p3)
        self.p1.partner_id.phone = "+12125550100"
        self.assertEqual(self.pick(self.agent_a)["person"]["tz"], "America/New_York")
        self.assertIn("America/New_York", self.survey.cc_time_zones)

    def test_further_numbers_are_none_that_must_not_be_called(self):
        person = self.p1.partner_id
        company, colleague = self.env["res.partner"].create(
            [
                {"name": "Bakery", "is_company": True, "phone": "+4930777001"},
                {"name": "Colleague", "parent_id": person.id, "phone": "+4930777002"},
            ]
        )
        person.parent_id = company
        self.env["phone.blacklist"].create({"number": colleague.phone})
        self._close(self.p2 | self.p3)
        numbers = self.pick(self.agent_a)["person"]["numbers"]
        self.assertEqual([number["phone"] for number in numbers], ["+4930777001"])

    def test_many_who_may_not_be_called_are_passed_over(self):
        self.p1.next_call_at = NOON - timedelta(minutes=1)
        self._close(self.p2 | self.p3)
        for number in range(EXCLUDED_AT_ONCE + 5):
            contact = self._create_contact(f"Person {number}", f"+49301112{number:03}")
            contact.next_call_at = NOON - timedelta(hours=1)
            contact.partner_id.active = False
        self.assertEqual(self._next(), self.p1)

    def test_person_without_a_number_is_left_out(self):
        self._close(self.p2 | self.p3)
        self.p1.partner_id.phone = False
        self.assertEqual(self._next(), "done")
        self.assertEqual(self.p1.close_reason, "invalid")

    def test_person_without_a_number_is_given_where_the_selection_allows_it(self):
        self._close(self.p2 | self.p3)
        self.p1.partner_id.phone = False
        self.selection.require_phone = False
        self.assertEqual(self._next(), self.p1)

    # === CALLING HOURS === #

    def test_nobody_is_called_where_it_is_too_early(self):
        """Scenario 9: New York at 08:59 and at 09:00."""
        self._close(self.p2 | self.p3)
        self.call_from_nine_to_eight()
        self.p1.tz = "America/New_York"
        self.survey.cc_time_zones = ["America/New_York"]
        with freeze_time("2026-12-07 13:59:00"):
            answer = self.contacts_as(self.agent_a).cc_next()
            self.assertEqual(answer["empty"]["reason"], "outside_hours")
            self.assertEqual(answer["empty"]["next_at"], "2026-12-07 14:00:00")
        with freeze_time("2026-12-07 14:00:00"):
            self.assertEqual(self._next(), self.p1)

    def test_nobody_is_called_on_a_holiday(self):
        self.call_from_nine_to_eight()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.survey.cc_calendar_id.id,
                "date_from": "2026-12-06 23:00:00",
                "date_to": "2026-12-07 22:59:59",
            }
        )
        self.assertEqual(self._next(), "outside_hours")

    def test_follow_up_that_was_agreed_ignores_the_calling_hours(self):
        self.call_from_nine_to_eight()
        at = datetime(2026, 12, 7, 21)
        self.p2.write({"callback_at": at, "next_call_at": at})
        with freeze_time(at):
            self.assertEqual(self._next(), self.p2)

    def test_own_contact_waits_for_the_calling_hours_and_its_follow_up_does_not(self):
        self._close(self.p2 | self.p3)
        self.call_from_nine_to_eight()
        self.p1.write({"contact_established": True, "first_user_id": self.agent_a.id})
        evening = datetime(2026, 12, 7, 21)
        with freeze_time(evening):
            self.assertEqual(self._next(), "outside_hours")
            answer = self.contacts_as(self.agent_a).cc_open(self.p1.id)
            self.assertEqual(answer["empty"]["reason"], "gone")
            self.p1.callback_at = evening
            self.assertEqual(self._next(), self.p1)

    # === WHY NOT === #

    def test_agent_without_a_survey_is_told_so(self):
        self.survey.cc_agent_ids = [Command.set(self.agent_b.ids)]
        self.assertEqual(self._next(self.agent_a), "no_survey")
        self.assertEqual(self._next(self.agent_b).survey_id, self.survey)

    def test_stopped_survey_gives_nothing(self):
        self.survey.cc_state = "stopped"
        self.assertEqual(self._next(), "stopped")

    def test_only_the_chosen_surveys_are_called(self):
        other = self._create_survey(title="Other")
        contact = self._create_contact(
            "Other", survey=other, next_call_at=NOON - timedelta(days=1)
        )
        self.assertEqual(self._next(survey_ids=self.survey.ids).survey_id, self.survey)
        self.assertEqual(self._next(self.agent_b, other.ids), contact)

    def test_who_chooses_none_of_his_surveys_is_told_so(self):
        self.assertEqual(self._next(survey_ids=[]), "stopped")

    def test_finished_list_says_so(self):
        self._close(self.p1 | self.p2 | self.p3)
        self.assertEqual(self._next(), "done")

    def test_next_due_time_is_told(self):
        (self.p1 | self.p2 | self.p3).next_call_at = NOON + timedelta(hours=1)
        empty = self.contacts_as(self.agent_a).cc_next()["empty"]
        self.assertEqual(empty["reason"], "later")
        self.assertEqual(empty["next_at"], "2026-12-07 13:00:01")

    def test_junk_as_choice_of_surveys_gives_nothing(self):
        self.assertEqual(self._next(survey_ids=["x", None, -1]), "stopped")

    # === MY FOLLOW-UPS === #

    def test_agent_opens_a_follow_up_before_it_is_due(self):
        self.give_follow_up(self.p2, self.agent_a, NOON + timedelta(hours=3))
        page = self.pick(self.agent_a, self.p2)
        self.assertEqual(page["contact_id"], self.p2.id)
        self.assertEqual(self.p2.lock_user_id, self.agent_a)

    def test_follow_up_of_a_stopped_survey_cannot_be_opened(self):
        self.give_follow_up(self.p2, self.agent_a, NOON)
        self.survey.cc_state = "stopped"
        contacts = self.contacts_as(self.agent_a)
        self.assertFalse(contacts.cc_open(self.p2.id)["contact"])
        self.assertFalse(contacts.cc_start()["follow_ups"])

    def test_follow_up_of_a_number_not_to_be_called_cannot_be_opened(self):
        self.give_follow_up(self.p2, self.agent_a, NOON)
        self.env["phone.blacklist"].create({"number": self.p2.phone_e164})
        answer = self.contacts_as(self.agent_a).cc_open(self.p2.id)
        self.assertEqual(answer["empty"]["reason"], "gone")
        self.assertRecordValues(
            self.p2,
            [{"state": "excluded", "close_reason": "dnc", "lock_user_id": False}],
        )

    def test_follow_up_is_not_opened_while_another_contact_is_held(self):
        self.give_follow_up(self.p2, self.agent_a, NOON + timedelta(hours=1))
        held = self._next()
        answer = self.contacts_as(self.agent_a).cc_open(self.p2.id)
        self.assertFalse(answer["contact"])
        self.assertIn(held.partner_id.name, answer["empty"]["message"])

    def test_contact_that_waits_for_nobody_cannot_be_picked_out(self):
        for contact_id in (self.p1.id, -1, "1 OR 1=1", None, [self.p1.id]):
            answer = self.contacts_as(self.agent_a).cc_open(contact_id)
            self.assertEqual(answer["empty"]["reason"], "gone")
        self.assertFalse(self.p1.lock_user_id)

    # === RIGHTS, COST === #

    def test_only_agents_call(self):
        contacts = self.contacts_as(self.rep_1)
        for call in (
            contacts.cc_start,
            contacts.cc_next,
            lambda: contacts.cc_open(self.p1.id),
            lambda: contacts.cc_save("x", {}),
            lambda: contacts.cc_draft("x", ""),
            lambda: contacts.cc_heartbeat("x"),
            lambda: contacts.cc_release("x", ""),
            lambda: contacts.cc_dial("x", "+4930"),
            lambda: contacts.cc_questionnaire("x"),
            lambda: contacts.cc_questionnaire_state("x"),
            lambda: contacts.cc_practice(self.survey.id),
            lambda: contacts.cc_check_callback("x", False),
            lambda: contacts.cc_follow_up_days("2026-12-01", "2026-12-31"),
            lambda: contacts.cc_free_slots("x", 1, "2026-12-01"),
        ):
            with self.assertRaises(AccessError):
                call()

    def _count_queries(self, user):
        return self.count_queries(lambda: self.assertTrue(self.pick(user)))

    def test_next_contact_costs_the_same_on_a_long_list(self):
        self._count_queries(self.agent_a)  # some things are read once
        self.save_call(self.agent_a, "no_answer")
        few = self._count_queries(self.agent_a)
        self.save_call(self.agent_a, "no_answer")
        for number in range(30):
            self._create_contact(f"Person {number}", f"+49301112{number:03}")
        self.assertEqual(self._count_queries(self.agent_a), few)
        self.assertLessEqual(few, 25)
