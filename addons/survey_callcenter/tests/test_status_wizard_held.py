from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .common import GROUP
from .dialog_case import DAY_AFTER_TOMORROW, NOW, DialogCase


@freeze_time(NOW)
class TestStatusWizardHeld(DialogCase):
    """Contacts that somebody else changed, or that an agent has on the phone."""

    # --- somebody else was faster ---

    def test_second_manager_is_told_who_was_first_and_overwrites_nothing(self):
        eva = self._create_user("Eva", f"{GROUP}manager")
        first = self.open_dialog(self.p1, eva, done=True, rating_id=self.positive.id)
        second = self.open_dialog(self.p1, rating_id=self.negative.id)
        first.action_apply()
        with self.assertRaisesRegex(UserError, "Changed by Eva at 10:00. Please open"):
            second.action_apply()
        self.assertRecordValues(
            self.p1, [{"state": "done", "rating_id": self.positive.id}]
        )
        self.assertEqual(len(self.calls_of(self.p1)), 1)

    def test_second_click_on_apply_does_nothing_twice(self):
        dialog = self.open_dialog(self.p1, done=True, note="Once")
        dialog.action_apply()
        with self.assertRaisesRegex(UserError, "Changed by manager at 10:00"):
            dialog.action_apply()
        self.assertEqual(len(self.calls_of(self.p1)), 1)
        self.assertEqual(len(self.entries_of(self.p1)), 1)

    def test_call_that_was_saved_meanwhile_counts(self):
        self.p1.write(
            {"callback_user_id": self.agent_a.id, "callback_at": "2026-12-07 08:00:00"}
        )
        dialog = self.open_dialog(self.p1, done=True)
        self.pick(self.agent_a, self.p1)
        self.save_call(self.agent_a, "busy")
        with self.assertRaisesRegex(UserError, "Changed by agent_a at 10:00"):
            dialog.action_apply()
        self.assertEqual(self.p1.state, "open")

    # --- an agent has it on the phone ---

    def test_contact_on_the_phone_is_refused_without_take_over(self):
        self.let_call(self.agent_b, self.p1)
        with self.assertRaisesRegex(UserError, "agent_b has been on the phone"):
            self.apply(self.p1, done=True)
        self.assertRecordValues(
            self.p1, [{"state": "open", "lock_user_id": self.agent_b.id}]
        )

    def test_contact_that_was_picked_after_opening_is_refused_too(self):
        dialog = self.open_dialog(self.p1, done=True)
        self.let_call(self.agent_b, self.p1)
        with self.assertRaisesRegex(UserError, "agent_b has been on the phone"):
            dialog.action_apply()

    def test_take_over_frees_the_contact_and_keeps_what_was_typed(self):
        self.let_call(self.agent_b, self.p1, draft_note="Half a sen")
        self.apply(self.p1, take_over=True, note="Agent went home")
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "open",
                    "lock_user_id": False,
                    "locked_at": False,
                    "lock_until": False,
                    "call_uuid": False,
                    "draft_note": False,
                    "attempt_count": 0,
                }
            ],
        )
        self.assertRecordValues(
            self.calls_of(self.p1),
            [
                {
                    "source": "take_over",
                    "user_id": self.agent_b.id,
                    "note": "Half a sen",
                    "summary": "manager took the contact over.",
                },
                {
                    "source": "dialog",
                    "user_id": self.manager.id,
                    "note": "Agent went home",
                    "summary": "Taken over from agent_b",
                },
            ],
        )

    def test_agent_is_told_and_his_notes_are_kept(self):
        self.let_call(self.agent_b, self.p1, draft_note="Half a sen")
        self.apply(self.p1, take_over=True, done=True)
        answer = self.contacts_as(self.agent_b).cc_save(
            "a-call",
            {
                "outcome_id": self.env.ref("survey_callcenter.outcome_busy").id,
                "note": "Half a sentence",
            },
        )
        self.assertEqual(answer["status"], "gone")
        self.assertRecordValues(self.p1, [{"state": "done", "attempt_count": 0}])
        notes = "\n".join(filter(None, self.calls_of(self.p1).mapped("note")))
        self.assertIn("Half a sentence", notes)

    def test_take_over_of_a_free_contact_is_nothing(self):
        self.apply(self.p1, take_over=True, done=True)
        self.assertEqual(self.calls_of(self.p1).mapped("source"), ["dialog"])

    def test_agent_who_was_away_too_long_overwrites_no_follow_up(self):
        self.let_call(self.agent_a, self.p1)
        self.p1._cc_release_lost()
        self.apply(
            self.p1,
            callback_at=DAY_AFTER_TOMORROW,
            callback_user_id=self.agent_b.id,
        )
        answer = self.save_call(self.agent_a, "busy", "a-call")
        self.assertEqual(answer["status"], "gone")
        self.assertRecordValues(
            self.p1,
            [
                {
                    "callback_at": DAY_AFTER_TOMORROW,
                    "callback_user_id": self.agent_b.id,
                }
            ],
        )

    # --- what was decided before ---

    def test_why_a_contact_was_excluded_is_kept_when_it_is_set_to_done(self):
        self.p1.write({"state": "excluded", "close_reason": "dnc"})
        self.apply(self.p1, done=True)
        self.assertRecordValues(self.p1, [{"state": "done", "close_reason": "dnc"}])

    def test_nobody_is_planned_to_be_called_for_a_closed_survey(self):
        self.p2.write({"state": "done", "close_reason": "manual"})
        self.survey.cc_state = "closed"
        with self.assertRaisesRegex(UserError, "The survey is closed"):
            self.apply(self.p1, callback_at=DAY_AFTER_TOMORROW)
        with self.assertRaisesRegex(UserError, "The survey is closed"):
            self.apply(self.p2, done=False)
        self.apply(self.p1, done=True, rating_id=self.positive.id)
        self.assertEqual(self.p1.state, "done")
