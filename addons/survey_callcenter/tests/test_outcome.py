from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import CallCenterCase


class TestOutcome(CallCenterCase):
    """Managers say what can come of a call, and how a talk can go."""

    def _create_outcome(self, **values):
        outcomes = self.env["survey.callcenter.outcome"].with_user(self.manager)
        return outcomes.create({"name": "Gone", "code": "gone", **values})

    def _assert_refused(self, sentence, **values):
        with self.assertRaises(ValidationError) as caught:
            self._create_outcome(**values)
        self.assertIn(sentence, str(caught.exception))

    def _create_call(self, **values):
        return self.env["survey.callcenter.call"].create(
            {
                "contact_id": self.p1.id,
                "survey_id": self.survey.id,
                "company_id": self.env.company.id,
                "source": "agent",
                "call_at": "2026-12-07 09:00:00",
                **values,
            }
        )

    def test_managers_create_outcomes_in_the_form(self):
        form = Form(self.env["survey.callcenter.outcome"].with_user(self.manager))
        form.name = "Moved Away"
        form.code = "moved"
        form.sets_done = True
        form.close_reason = "completed"
        self.assertEqual(form.save().close_reason, "completed")

    def test_agents_do_not_change_outcomes(self):
        outcome = self.env.ref("survey_callcenter.outcome_busy")
        with self.assertRaises(AccessError):
            outcome.with_user(self.agent_a).name = "Engaged"
        with self.assertRaises(AccessError):
            self.positive.with_user(self.agent_a).name = "Great"

    def test_only_agreed_follow_ups_need_a_follow_up(self):
        self._assert_refused("Follow-up agreed", require_callback=True, type="contact")
        outcome = self._create_outcome(require_callback=True, type="callback")
        self.assertTrue(outcome.require_callback)

    def test_what_needs_a_follow_up_cannot_close_the_contact(self):
        self._assert_refused(
            "cannot close",
            require_callback=True,
            type="callback",
            close_reason="invalid",
        )

    def test_what_sets_a_contact_to_done_says_why(self):
        self._assert_refused("choose the close reason", sets_done=True)

    def test_what_completes_a_contact_sets_it_to_done(self):
        self._assert_refused("set it to done", close_reason="completed")

    @mute_logger("odoo.sql_db")
    def test_delays_are_not_negative(self):
        with self.assertRaises(IntegrityError):
            self._create_outcome(delay_minutes=-1)

    def test_a_key_belongs_to_one_outcome(self):
        self._assert_refused("The key 1 belongs to “No Answer”", hotkey="1")

    def test_the_key_of_an_archived_outcome_is_free(self):
        self.env.ref("survey_callcenter.outcome_no_answer").action_archive()
        self.assertEqual(self._create_outcome(hotkey="1").hotkey, "1")
        with self.assertRaises(ValidationError):
            self.env.ref("survey_callcenter.outcome_no_answer").action_unarchive()

    def test_two_companies_have_their_own_keys(self):
        self.env.ref("survey_callcenter.outcome_no_answer").hotkey = False
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.company_ids |= other
        outcome = self._create_outcome(hotkey="1", company_id=self.env.company.id)
        theirs = self._create_outcome(code="theirs", hotkey="1", company_id=other.id)
        self.assertEqual(outcome.hotkey, theirs.hotkey)
        with self.assertRaises(ValidationError):
            self._create_outcome(code="all", hotkey="1")

    def test_an_outcome_of_calls_is_archived_and_not_deleted(self):
        outcome = self._create_outcome()
        self._create_call(outcome_id=outcome.id)
        with self.assertRaisesRegex(UserError, "Archive it"):
            outcome.unlink()
        outcome.action_archive()
        self.assertFalse(outcome.active)

    def test_an_outcome_without_calls_is_deleted(self):
        outcome = self._create_outcome()
        outcome.unlink()
        self.assertFalse(outcome.exists())

    def test_close_reasons_are_offered_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("de_DE")
        outcomes = self.env["survey.callcenter.outcome"].with_user(self.manager)
        outcomes = outcomes.with_context(lang="de_DE")
        field = outcomes.fields_get(["close_reason"], ["selection"])["close_reason"]
        self.assertEqual(dict(field["selection"])["refused"], "Abgelehnt")

    def test_a_rating_of_contacts_is_archived_and_not_deleted(self):
        ratings = self.env["survey.callcenter.rating"].with_user(self.manager)
        rating = ratings.create({"name": "Delighted", "value": "positive"})
        self.p1.rating_id = rating
        with self.assertRaisesRegex(UserError, "Archive it"):
            rating.unlink()
        self.p1.rating_id = False
        call = self._create_call(rating_id=rating.id)
        with self.assertRaisesRegex(UserError, "Archive it"):
            rating.unlink()
        call.rating_id = False
        rating.unlink()
        self.assertFalse(rating.exists())

    # === KEPT IN MEMORY === #

    def _choices(self, lang="en_US"):
        survey = self.survey.with_context(lang=lang)
        return [outcome["name"] for outcome in survey._cc_get_choices()["outcomes"]]

    def test_a_renamed_outcome_is_seen_at_the_next_call(self):
        outcome = self.survey.cc_outcome_ids[0]
        self.assertIn(outcome.name, self._choices())
        outcome.with_user(self.manager).name = "Out of reach"
        self.assertIn("Out of reach", self._choices())

    def test_a_translated_outcome_is_seen_at_the_next_call(self):
        self.env["res.lang"]._activate_lang("de_DE")
        outcome = self.survey.cc_outcome_ids[0]
        self._choices("de_DE")
        outcome.update_field_translations("name", {"de_DE": "Unerreichbar"})
        self.assertIn("Unerreichbar", self._choices("de_DE"))
        self.assertIn(outcome.name, self._choices())

    def test_outcomes_that_a_survey_gets_are_seen_at_the_next_call(self):
        self._choices()
        outcome = self._create_outcome(name="New one")
        self.assertNotIn("New one", self._choices())
        self.survey.cc_outcome_ids |= outcome
        self.assertIn("New one", self._choices())

    def test_a_changed_rating_is_seen_at_the_next_call(self):
        self.survey._cc_get_choices()
        self.positive.value = "neutral"
        ratings = self.survey._cc_get_choices()["ratings"]
        self.assertEqual(
            {rating["value"] for rating in ratings}, {"neutral", "negative"}
        )
