from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .common import CallCenterCase

NOW = datetime(2026, 12, 7, 9)  # 10:00 in Berlin


@freeze_time(NOW)
class TestCall(CallCenterCase):
    """What happens with a contact when an agent saves a call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.p1.next_call_at = NOW - timedelta(days=1)
        cls.survey.write({"cc_max_per_day": 0, "cc_min_gap_minutes": 0})

    def _call(self, outcome, user=None, **values):
        """Pick Müller and save the call."""
        page = self.pick(user or self.agent_a)
        self.assertEqual(page["contact_id"], self.p1.id)
        return self.save_call(user or self.agent_a, outcome, **values)

    # === OUTCOMES === #

    def test_nobody_answers_so_he_is_called_again_later(self):
        self._call("no_answer")
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "open",
                    "attempt_count": 1,
                    "next_call_at": NOW + timedelta(minutes=180),
                    "lock_user_id": self.env["res.users"].id,
                    "contact_established": False,
                    "last_user_id": self.agent_a.id,
                }
            ],
        )
        self.assertRecordValues(
            self.p1.call_ids,
            [
                {
                    "source": "agent",
                    "user_id": self.agent_a.id,
                    "counts_attempt": True,
                    "is_contact": False,
                    "outcome_id": self.env.ref(
                        "survey_callcenter.outcome_no_answer"
                    ).id,
                }
            ],
        )

    def test_complete_call_is_done_with_rating(self):
        self._call("complete", rating_id=self.positive.id, note="Glad to help")
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "done",
                    "close_reason": "completed",
                    "rating_id": self.positive.id,
                    "done_at": NOW,
                    "done_user_id": self.agent_a.id,
                    "contact_established": True,
                    "first_user_id": self.agent_a.id,
                    "next_call_at": False,
                }
            ],
        )
        self.assertTrue(self.p1.call_ids.is_completed)
        self.assertEqual(self.p1.call_ids.note, "Glad to help")

    def test_outcome_brings_its_rating(self):
        self._call("hard_refusal")
        self.assertEqual(self.p1.rating_id, self.negative)
        self.assertEqual(self.p1.close_reason, "refused")
        self.assertFalse(self.p1.call_ids.is_completed)

    def test_person_out_of_the_target_group_is_done_but_not_completed(self):
        self.pick(self.agent_a)
        self.save_call(self.agent_a, "not_eligible")
        self.assertEqual(
            (self.p1.state, self.p1.close_reason), ("done", "not_eligible")
        )
        self.assertFalse(self.p1.call_ids.is_completed)

    def test_wrong_number_is_excluded(self):
        self._call("wrong_number")
        self.assertEqual((self.p1.state, self.p1.close_reason), ("excluded", "invalid"))

    def test_who_wants_no_calls_goes_on_the_do_not_call_list(self):
        self._call("dnc")
        self.assertEqual((self.p1.state, self.p1.close_reason), ("excluded", "dnc"))
        listed = self.env["phone.blacklist"].search([("number", "=", "+49301234560")])
        self.assertEqual(len(listed), 1)

    def test_length_of_the_call_is_noted(self):
        with freeze_time(NOW):
            self.pick(self.agent_a)
        with freeze_time(NOW + timedelta(minutes=7)):
            self.save_call(self.agent_a, "complete")
        self.assertEqual(self.p1.call_ids.duration, 7)
        self.assertEqual(self.p1.call_ids.call_at, NOW)

    def test_rating_belongs_to_the_call_that_it_was_given_for(self):
        """A later call in vain is not positive again."""
        self._call(
            "callback", callback_at="2026-12-07 09:00:00", rating_id=self.positive.id
        )
        self._call("no_answer")
        self.assertEqual(self.p1.rating_id, self.positive)
        ratings = self.p1.call_ids.sorted("id").mapped("rating_id.value")
        self.assertEqual(ratings, ["positive"])

    def test_rating_of_an_outcome_counts_only_in_surveys_that_have_it(self):
        self.survey.cc_rating_ids -= self.negative
        self._call("hard_refusal")
        self.assertFalse(self.p1.rating_id)

    def test_no_visit_is_agreed_with_who_refuses(self):
        visit = {
            "rep_id": self.rep_1.id,
            "start": "2026-12-08 10:00:00",
            "stop": "2026-12-08 11:00:00",
            "address": "Here",
        }
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "does not go with an appointment"):
            self.save_call(self.agent_a, "hard_refusal", appointment=visit)

    # === FOLLOW-UP === #

    def test_follow_up_waits_for_the_agent_who_agreed_it(self):
        self._call("callback", callback_at="2026-12-09 13:30:00", callback_note="Boss")
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "open",
                    "callback_at": datetime(2026, 12, 9, 13, 30),
                    "next_call_at": datetime(2026, 12, 9, 13, 30),
                    "callback_user_id": self.agent_a.id,
                    "queue_user_id": self.agent_a.id,
                    "callback_note": "Boss",
                    "priority": "3",
                }
            ],
        )

    def test_follow_up_for_anyone(self):
        self.p1.allow_user_change = True
        self._call("callback", callback_at="2026-12-09 13:30:00", callback_bound=False)
        self.assertFalse(self.p1.queue_user_id)

    def test_follow_up_for_anyone_stays_where_users_may_not_change(self):
        (self.p2 | self.p3).state = "done"
        at = datetime(2026, 12, 9, 13, 30)
        self._call("callback", callback_at=str(at), callback_bound=False)
        self.assertFalse(self.p1.callback_user_id)
        self.assertEqual(self.p1.queue_user_id, self.agent_a)
        with freeze_time(at):
            self.assertFalse(self.pick(self.agent_b))
            self.assertEqual(self.pick(self.agent_a)["contact_id"], self.p1.id)

    def test_next_call_ends_the_follow_up(self):
        self._call("callback", callback_at="2026-12-07 09:00:00")
        self._call("no_answer")
        self.assertFalse(self.p1.callback_at)
        self.assertEqual(self.p1.priority, "1")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(minutes=180))

    def test_contact_of_an_urgent_selection_is_urgent_again_after_a_follow_up(self):
        self.selection.priority = "2"
        self._call("callback", callback_at="2026-12-07 09:00:00")
        self.assertEqual(self.p1.priority, "3")
        self._call("no_answer")
        self.assertEqual(self.p1.priority, "2")

    def test_follow_up_in_the_past_is_refused(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "past"):
            self.save_call(self.agent_a, "callback", callback_at="2026-12-07 08:54:59")
        self.save_call(self.agent_a, "callback", callback_at="2026-12-07 08:55:00")
        self.assertEqual(self.p1.callback_at, datetime(2026, 12, 7, 8, 55))

    def test_follow_up_in_a_far_future_is_refused(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "two years"):
            self.save_call(self.agent_a, "callback", callback_at="9999-12-31 10:00:00")

    def test_junk_as_days_is_refused_in_words(self):
        contacts = self.contacts_as(self.agent_a)
        for junk in (("x", "y"), ("0001-01-01", "9999-12-31"), (None, 5)):
            with self.assertRaisesRegex(UserError, "cannot be shown"):
                contacts.cc_follow_up_days(*junk)

    def test_junk_as_follow_up_is_refused(self):
        self.pick(self.agent_a)
        for junk in ("2026-02-30 10:00:00", "soon", "0000-00-00", 7, ["x"], "\0"):
            with self.assertRaises(UserError):
                self.save_call(self.agent_a, "callback", callback_at=junk)

    def test_done_and_follow_up_exclude_each_other(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "cannot have a follow-up"):
            self.save_call(self.agent_a, "complete", callback_at="2026-12-09 13:30:00")
        self.assertEqual(self.p1.state, "open")

    def test_contact_that_the_manager_gave_to_a_colleague_stays_with_him(self):
        self.p1.write(
            {
                "contact_established": True,
                "first_user_id": self.agent_b.id,
                "callback_user_id": self.agent_a.id,
            }
        )
        self._call("no_answer")
        self.assertEqual(self.p1.queue_user_id, self.agent_a)

    # === WHAT IS REQUIRED === #

    def test_outcome_must_be_one_of_the_survey(self):
        self.survey.cc_outcome_ids -= self.env.ref("survey_callcenter.outcome_busy")
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "what came of the call"):
            self.save_call(self.agent_a, "busy")

    def test_rating_must_be_one_of_the_survey(self):
        foreign = self.positive.copy({"name": "Foreign"})
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "does not belong to the survey"):
            self.save_call(self.agent_a, "complete", rating_id=foreign.id)

    def test_outcome_may_need_a_note(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "needs a note"):
            self.save_call(self.agent_a, "soft_refusal", note="  ")
        self.save_call(self.agent_a, "soft_refusal", note="On holiday")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(days=7))

    def test_outcome_may_need_a_follow_up(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "needs a follow-up"):
            self.save_call(self.agent_a, "callback")

    def test_appointment_must_be_there_when_one_was_agreed(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "needs an appointment"):
            self.save_call(self.agent_a, "appointment")

    def test_long_note_is_refused_and_zero_bytes_vanish(self):
        self.pick(self.agent_a)
        with self.assertRaisesRegex(UserError, "10000 characters"):
            self.save_call(self.agent_a, "no_answer", note="x" * 10_001)
        self.save_call(self.agent_a, "no_answer", note="a\0b")
        self.assertEqual(self.p1.call_ids.note, "ab")

    # === LIMITS === #

    def test_tenth_attempt_in_vain_ends_it(self):
        self.p1.attempt_count = 8
        self._call("no_answer")
        self.assertEqual(self.p1.state, "open")
        self.p1.next_call_at = NOW - timedelta(days=1)
        self._call("no_answer")
        self.assertEqual(
            (self.p1.state, self.p1.close_reason), ("excluded", "max_attempts")
        )

    def test_refusal_at_the_last_attempt_stays_a_refusal(self):
        self.p1.attempt_count = 9
        self._call("hard_refusal")
        self.assertEqual((self.p1.state, self.p1.close_reason), ("done", "refused"))

    def test_refusal_is_never_overwritten_and_nobody_calls_again(self):
        (self.p2 | self.p3).state = "done"
        self._call("hard_refusal")
        vals = {"state": "excluded", "close_reason": "max_attempts"}
        with self.assertRaisesRegex(UserError, "cannot become Excluded"):
            self.p1._cc_apply(vals, "system")
        self.assertEqual((self.p1.state, self.p1.close_reason), ("done", "refused"))
        self.p1.next_call_at = NOW - timedelta(days=1)
        self.assertFalse(self.pick(self.agent_a))

    def test_agreed_follow_up_at_the_last_attempt_is_kept(self):
        self.p1.attempt_count = 9
        self._call("callback", callback_at="2026-12-09 13:30:00")
        self.assertEqual(self.p1.state, "open")

    def test_gap_between_two_attempts_is_kept(self):
        self.survey.cc_min_gap_minutes = 240
        self._call("no_answer")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(minutes=240))

    def test_busy_line_is_called_again_within_the_gap(self):
        self.survey.cc_min_gap_minutes = 240
        self._call("busy")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(minutes=15))

    def test_attempts_of_a_day_are_limited(self):
        """The next one is at midnight where the person is."""
        self.survey.cc_max_per_day = 2
        self._call("busy")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(minutes=15))
        self.p1.next_call_at = NOW - timedelta(days=1)
        self._call("busy")
        self.assertEqual(self.p1.next_call_at, datetime(2026, 12, 7, 23))

    def test_next_attempt_is_moved_into_the_calling_hours(self):
        self.call_from_nine_to_eight()
        with freeze_time("2026-12-07 18:00:00"):  # 19:00 in Berlin
            self._call("no_answer")
        self.assertEqual(self.p1.next_call_at, datetime(2026, 12, 8, 8))

    # === ONCE === #

    def test_saving_again_changes_nothing(self):
        uuid = self.pick(self.agent_a)["call_uuid"]
        self.save_call(self.agent_a, "no_answer", uuid)
        again = self.save_call(self.agent_a, "complete", uuid)
        self.assertEqual(again["status"], "saved")
        self.assertIn("Later changes are not in it", again["message"])
        once_more = self.save_call(self.agent_a, "no_answer", uuid)
        self.assertEqual(once_more["message"], "The call is saved.")
        self.assertEqual(self.p1.attempt_count, 1)
        self.assertEqual(len(self.p1.call_ids), 1)
        self.assertEqual(self.p1.state, "open")

    def test_call_of_a_colleague_cannot_be_saved(self):
        uuid = self.pick(self.agent_a)["call_uuid"]
        answer = self.save_call(self.agent_b, "complete", uuid)
        self.assertEqual(answer["status"], "gone")
        self.assertEqual(self.p1.lock_user_id, self.agent_a)
        self.assertFalse(self.p1.call_ids)

    def test_junk_as_call_saves_nothing(self):
        for junk in (None, "", "x\0", 5, ["x"], "'); DROP TABLE"):
            answer = self.contacts_as(self.agent_a).cc_save(junk, {"note": "x"})
            self.assertEqual(answer["status"], "gone")

    def test_junk_as_values_is_refused_in_words(self):
        uuid = self.pick(self.agent_a)["call_uuid"]
        for junk in (None, "x", {"outcome_id": "x"}, {"outcome_id": [1]}):
            with self.assertRaises(UserError):
                self.contacts_as(self.agent_a).cc_save(uuid, junk)

    def test_saving_costs_few_queries(self):
        self.pick(self.agent_a)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.save_call(self.agent_a, "no_answer")
            self.env.flush_all()
