from datetime import datetime, timedelta

from odoo.tests import freeze_time

from .common import CallCenterCase

NOW = datetime(2026, 12, 7, 9)


@freeze_time(NOW)
class TestLock(CallCenterCase):
    """Agents who pause, vanish, come back, or lose the contact to a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.p1.next_call_at = NOW - timedelta(days=1)

    def setUp(self):
        super().setUp()
        self.uuid = self.pick(self.agent_a)["call_uuid"]
        self.late = NOW + timedelta(minutes=31)

    def test_sign_of_life_extends_the_lock(self):
        with freeze_time(NOW + timedelta(minutes=20)):
            answer = self.contacts_as(self.agent_a).cc_heartbeat(self.uuid)
        self.assertEqual(answer, {"held": True, "message": False})
        self.assertEqual(self.p1.lock_until, NOW + timedelta(minutes=50))

    def test_what_is_typed_is_kept_and_comes_back(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "half a sen")
        held = self.contacts_as(self.agent_a).cc_start()["held"]
        self.assertEqual(held["note"], "half a sen")
        self.assertEqual(held["call_uuid"], self.uuid)

    def test_junk_as_call_holds_nothing(self):
        for junk in ("a\0b", None, 5, [self.uuid]):
            answer = self.contacts_as(self.agent_a).cc_heartbeat(junk)
            self.assertFalse(answer["held"])

    def test_only_the_holder_keeps_notes(self):
        answer = self.contacts_as(self.agent_b).cc_draft(self.uuid, "mine now")
        self.assertFalse(answer["held"])
        self.assertFalse(self.p1.draft_note)

    def test_contact_that_is_given_back_is_free_and_no_attempt(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "was not there")
        self.contacts_as(self.agent_a).cc_release(self.uuid, "Lunch")
        self.assertFalse(self.p1.lock_user_id)
        self.assertEqual(self.p1.attempt_count, 0)
        self.assertRecordValues(
            self.p1.call_ids,
            [
                {
                    "source": "release",
                    "note": "was not there",
                    "summary": "Given back: Lunch",
                    "counts_attempt": False,
                }
            ],
        )

    def test_nobody_needs_a_reason_to_give_back(self):
        self.contacts_as(self.agent_a).cc_release(self.uuid, " ")
        self.assertEqual(self.p1.call_ids.summary, "Given back")

    def test_contact_that_is_given_back_lets_others_come_first(self):
        self.survey.cc_min_gap_minutes = 20
        self.contacts_as(self.agent_a).cc_release(self.uuid, "")
        self.assertEqual(self.p1.next_call_at, NOW + timedelta(minutes=20))

    def test_last_words_are_kept_when_a_contact_is_given_back(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "was not")
        self.contacts_as(self.agent_a).cc_release(self.uuid, "", "was not there")
        self.assertEqual(self.p1.call_ids.note, "was not there")

    def test_words_that_were_deleted_are_not_kept_when_a_contact_is_given_back(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "Wrong person")
        self.contacts_as(self.agent_a).cc_release(self.uuid, "", "")
        self.assertFalse(self.p1.call_ids.note)

    def test_words_of_before_are_kept_where_nothing_else_is_said(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "was not")
        self.contacts_as(self.agent_a).cc_release(self.uuid, "")
        self.assertEqual(self.p1.call_ids.note, "was not")

    def test_words_of_who_gives_back_too_late_are_kept(self):
        self.p1.with_user(self.manager)._cc_take_away()
        answer = self.contacts_as(self.agent_a).cc_release(self.uuid, "", "She said")
        self.assertEqual(answer["status"], "gone")
        self.assertEqual(self.p1.call_ids.note, "She said")

    def test_notes_of_a_second_window_are_kept_after_giving_back(self):
        self.contacts_as(self.agent_a).cc_release(self.uuid, "")
        answer = self.save_call(self.agent_a, "complete", self.uuid, note="Too late")
        self.assertEqual(answer["status"], "gone")
        self.assertEqual(self.p1.call_ids.note, "Too late")

    def test_nothing_is_promised_of_a_call_that_is_not_known(self):
        answer = self.save_call(self.agent_a, "complete", "unknown", note="Lost")
        self.assertEqual(answer["message"], "You do not hold this contact any more.")

    def test_contact_of_an_agent_who_vanished_goes_to_another(self):
        """Scenario 8: his notes can be read in his calls, attempts are unchanged."""
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "she said")
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.assertFalse(self.p1.lock_user_id)
            page = self.pick(self.agent_b)
        self.assertEqual(page["contact_id"], self.p1.id)
        self.assertEqual(page["note"], "")
        self.assertEqual(self.p1.attempt_count, 0)
        calls = self.env["survey.callcenter.call"].with_user(self.agent_a)
        self.assertEqual(calls.search([("source", "=", "system")]).note, "she said")

    def test_contact_is_not_taken_before_its_time(self):
        with freeze_time(NOW + timedelta(minutes=29)):
            self.run_job("release_lost")
        self.assertEqual(self.p1.lock_user_id, self.agent_a)

    def test_who_comes_back_late_still_saves_while_nobody_has_it(self):
        with freeze_time(self.late):
            self.run_job("release_lost")
            answer = self.save_call(self.agent_a, "complete", self.uuid)
        self.assertEqual(answer["status"], "saved")
        self.assertEqual((self.p1.state, self.p1.attempt_count), ("done", 1))

    def test_length_of_a_call_that_is_saved_late_is_noted(self):
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.save_call(self.agent_a, "complete", self.uuid)
        call = self.p1.call_ids.filtered(lambda call: call.source == "agent")
        self.assertEqual((call.call_at, call.duration), (NOW, 31))

    def test_talk_that_was_begun_while_the_survey_was_closed_is_saved(self):
        """Both happened at the same moment."""
        self.survey.cc_state = "closed"
        answer = self.save_call(self.agent_a, "complete", self.uuid)
        self.assertEqual((answer["status"], self.p1.state), ("saved", "done"))

    def test_nothing_is_saved_late_after_the_survey_was_closed(self):
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.survey.cc_state = "closed"
            answer = self.save_call(self.agent_a, "complete", self.uuid, note="Late")
        self.assertEqual(answer["status"], "gone")
        self.assertEqual(self.p1.state, "open")
        self.assertEqual(self.p1.call_ids.note, "Late")

    def test_notes_of_one_agent_are_not_shown_to_the_next(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "private")
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.p1.last_user_id = self.agent_b
            self.assertEqual(self.pick(self.agent_b)["note"], "")

    def test_who_comes_back_too_late_is_told_and_his_notes_are_kept(self):
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.pick(self.agent_b)
            answer = self.save_call(
                self.agent_a, "complete", self.uuid, note="I finished"
            )
        self.assertEqual(answer["status"], "gone")
        self.assertIn("agent_b has taken this contact over", answer["message"])
        self.assertEqual(self.p1.state, "open")
        self.assertEqual(self.p1.call_ids.note, "I finished")

    def test_notes_that_come_too_late_are_kept_once(self):
        with freeze_time(self.late):
            self.run_job("release_lost")
            self.pick(self.agent_b)
            for _time in range(2):
                self.save_call(self.agent_a, "complete", self.uuid, note="I finished")
        self.assertEqual(self.p1.call_ids.note, "I finished")

    def test_take_over_keeps_the_notes_of_both(self):
        self.contacts_as(self.agent_a).cc_draft(self.uuid, "typed before")
        self.p1.with_user(self.manager)._cc_take_away()
        beat = self.contacts_as(self.agent_a).cc_heartbeat(self.uuid)
        self.assertFalse(beat["held"])
        self.assertIn("manager has taken this contact over", beat["message"])
        self.save_call(self.agent_a, "complete", self.uuid, note="typed after")
        self.assertEqual(self.p1.state, "open")
        self.assertEqual(self.p1.call_ids.note, "typed before\n\ntyped after")

    def test_stopped_survey_lets_calls_be_finished(self):
        self.survey.cc_state = "stopped"
        answer = self.save_call(self.agent_a, "complete", self.uuid)
        self.assertEqual(answer["status"], "saved")

    # === FOLLOW-UPS THAT NOBODY KEEPS === #

    def _let_be_late(self, minutes):
        self.survey.cc_callback_move_minutes = minutes
        self.give_follow_up(self.p2, self.agent_b, NOW - timedelta(minutes=31))

    def test_overdue_follow_up_goes_to_anyone(self):
        """Also where users may not change: nobody would call the person."""
        self.p2.write({"contact_established": True, "first_user_id": self.agent_b.id})
        self._let_be_late(30)
        self.run_job("move_follow_ups")
        self.assertFalse(self.p2.queue_user_id)
        self.assertTrue(self.p2.callback_at)
        self.assertEqual(
            self.p2.call_ids.summary, "agent_b did not call: now for anyone."
        )

    def test_contacts_of_an_agent_who_has_left_go_to_anyone(self):
        self.p3.write({"contact_established": True, "first_user_id": self.agent_b.id})
        self.run_job("move_follow_ups")
        self.assertEqual(self.p3.queue_user_id, self.agent_b)
        self.agent_b.active = False
        self.run_job("move_follow_ups")
        self.assertFalse(self.p3.queue_user_id)
        self.assertEqual(self.p3.call_ids.source, "system")

    def test_follow_up_stays_when_the_survey_says_never(self):
        self._let_be_late(0)
        self.run_job("move_follow_ups")
        self.assertEqual(self.p2.queue_user_id, self.agent_b)

    def test_follow_up_stays_until_it_is_late_enough(self):
        self._let_be_late(32)
        self.run_job("move_follow_ups")
        self.assertEqual(self.p2.queue_user_id, self.agent_b)
