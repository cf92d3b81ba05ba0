from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUP
from .list_case import ListCase

BUTTONS = {
    "training": "action_cc_train",
    "released": "action_cc_release",
    "stopped": "action_cc_stop",
    "running": "action_cc_resume",
    "closed": "action_cc_close",
    "planning": "action_cc_plan_again",
}
POSSIBLE = {
    ("planning", "training"),
    ("planning", "released"),
    ("training", "planning"),
    ("training", "released"),
    ("released", "running"),
    ("released", "stopped"),
    ("released", "planning"),
    ("released", "closed"),
    ("running", "stopped"),
    ("running", "closed"),
    ("stopped", "running"),
    ("stopped", "closed"),
}


class TestLifeCycle(ListCase):
    """How a call survey is planned, practised, released, called and closed."""

    def press(self, state, survey=None, user=None):
        survey = (survey or self.planned).with_user(user or self.manager)
        return getattr(survey, BUTTONS[state])()

    def assertRefused(self, reason, state="released"):
        before = self.planned.cc_state
        with self.assertRaisesRegex(UserError, reason):
            self.press(state)
        self.assertEqual(self.planned.cc_state, before)

    # === BUTTONS === #

    def test_each_button_works_in_its_states_only(self):
        for now in BUTTONS:
            for state in BUTTONS:
                self.planned.cc_state = now
                with self.subTest(now=now, state=state):
                    if (now, state) in POSSIBLE:
                        self.press(state)
                        self.assertEqual(self.planned.cc_state, state)
                    else:
                        self.assertRefused("it cannot become", state)

    def test_two_surveys_are_released_together_or_not_at_all(self):
        running = self.survey
        with self.assertRaisesRegex(UserError, "Satisfaction is “Running”"):
            self.press("released", self.planned | running)
        self.assertEqual(self.planned.cc_state, "planning")

    def test_only_managers_press_the_buttons(self):
        officer = self._create_officer()
        for user in (self.agent_a, self.employee, officer):
            for state in BUTTONS:
                with self.subTest(user=user.name, state=state):
                    with self.assertRaises(AccessError):
                        self.press(state, user=user)
        self.assertEqual(self.planned.cc_state, "planning")

    def test_managers_press_no_buttons_of_surveys_that_they_may_not_see(self):
        self.planned.restrict_user_ids = self.manager
        with self.assertRaises(AccessError):
            self.press("released", user=self.colleague)
        self.assertEqual(self.planned.cc_state, "planning")

    def test_managers_press_no_buttons_of_surveys_that_they_may_only_read(self):
        self.env["ir.rule"].create(
            {
                "name": "Only read",
                "model_id": self.env["ir.model"]._get_id("survey.survey"),
                "domain_force": "[('title', '!=', 'Planned')]",
                "perm_read": False,
            }
        )
        with self.assertRaises(AccessError):
            self.press("released")
        self.assertEqual(self.planned.cc_state, "planning")

    def test_managers_change_no_surveys_of_companies_that_they_do_not_work_for(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.planned.write(
            {"cc_company_id": other.id, "cc_selection_ids": [Command.clear()]}
        )
        with self.assertRaisesRegex(AccessError, "another company"):
            self.press("training")
        with self.assertRaisesRegex(AccessError, "another company"):
            self.as_manager(self.planned).cc_max_attempts = 7
        self.assertEqual(self.planned.cc_state, "planning")

    def test_nobody_writes_the_state_himself(self):
        survey = self.as_manager(self.planned)
        with self.assertRaises(AccessError):
            survey.write({"cc_state": "running"})
        with self.assertRaises(AccessError):
            survey.create({"title": "New", "cc_state": "running"})
        self.assertEqual(self.planned.cc_state, "planning")

    # === RELEASE === #

    def test_release_says_all_that_is_missing(self):
        self.planned.write(
            {
                "question_and_page_ids": [Command.clear()],
                "cc_selection_ids": [Command.clear()],
                "cc_outcome_ids": [Command.clear()],
                "cc_rep_ids": [Command.clear()],
                "users_login_required": True,
            }
        )
        self.planned.cc_company_id.cc_agents_required = True
        with self.assertRaises(UserError) as refusal:
            self.press("released")
        self.assertEqual(
            str(refusal.exception).splitlines(),
            [
                "Please add at least one question.",
                "Please choose at least one selection.",
                "Please choose the outcomes that calls have.",
                "Please assign the agents who call for this survey.",
                "Please choose who visits people for the field service.",
                "Please switch off “Require Login”: the people called have none.",
            ],
        )
        self.assertFalse(self.planned.cc_list_job_ids)

    def test_section_is_no_question(self):
        self.planned.question_and_page_ids = [
            Command.clear(),
            Command.create({"title": "Section", "is_page": True}),
        ]
        self.assertRefused("at least one question")

    def test_agents_and_reps_are_needed_where_they_are_foreseen_only(self):
        self.planned.write({"cc_field_service": False, "cc_rep_ids": [Command.clear()]})
        self.press("released")
        self.assertEqual(self.planned.cc_state, "released")

    def test_archived_survey_is_not_released(self):
        self.planned.active = False
        self.assertRefused("is archived")

    def test_survey_that_nobody_calls_for_is_not_released(self):
        self.planned.cc_enabled = False
        self.assertRefused("is no call survey")

    def test_release_has_each_selection_written_into_the_list(self):
        other = self._create_selection(shared=False)
        self.choose(self.selection | other)
        self.press("released", user=self.colleague)
        self.assertEqual(
            self.planned.cc_list_job_ids.selection_id, self.selection | other
        )

    def test_survey_runs_with_its_first_call(self):
        self.press("released")
        (self.planned | self.survey)._cc_start_running()
        self.assertEqual(self.planned.cc_state, "running")
        self.press("stopped")
        self.planned._cc_start_running()
        self.assertEqual(self.planned.cc_state, "stopped")

    def test_first_call_is_noted_once_on_the_survey(self):
        self.press("released")
        before = self.planned.message_ids
        for _agent in range(2):
            self.planned.with_user(self.agent_a).sudo()._cc_start_running()
        note = self.planned.message_ids - before
        self.assertEqual(note.preview, "The first call has begun.")
        self.assertEqual(note.author_id, self.agent_a.partner_id)

    # === BACK AND END === #

    def test_planning_again_forgets_the_contact_list(self):
        self.release()
        self.run_jobs()
        self.press("planning")
        self.assertEqual(self.listed(), [])
        self.assertFalse(self.planned.cc_list_job_ids)
        self.assertFalse(self.planned.cc_time_zones)
        self.release()
        self.run_jobs()
        self.assertEqual(self.listed(), ["List good"])

    def test_survey_is_not_planned_again_when_somebody_was_called(self):
        self.release()
        self.run_jobs()
        self.contacts_of(self.planned)._cc_apply({}, "agent")
        self.assertRefused("have been called", "planning")
        self.assertEqual(self.listed(), ["List good"])

    def test_survey_is_not_planned_again_while_an_agent_has_a_contact(self):
        self.planned.cc_state = "released"
        contact = self._create_contact("Held", survey=self.planned)
        contact.lock_user_id = self.agent_a
        self.assertRefused("still have a contact of this survey: agent_a", "planning")
        self.assertEqual(self.listed(), ["Held"])

    def test_survey_is_not_closed_while_an_agent_has_a_contact(self):
        self.planned.cc_state = "running"
        contact = self._create_contact("Held", survey=self.planned)
        contact.lock_user_id = self.agent_a
        self.assertRefused("still have a contact of this survey: agent_a", "closed")
        contact.lock_user_id = False
        self.press("closed")
        self.assertEqual(self.planned.cc_state, "closed")

    def test_closed_survey_gets_no_more_contacts(self):
        job = self.release()
        self.press("closed")
        self.run_jobs()
        self.assertEqual(self.listed(), [])
        self.assertEqual(job.state, "cancelled")

    # === ARCHIVE, DELETE, COPY === #

    def test_survey_being_called_is_not_archived(self):
        for state in ("released", "running", "stopped"):
            self.planned.cc_state = state
            with (
                self.subTest(state),
                self.assertRaisesRegex(ValidationError, "Please close it"),
            ):
                self.as_manager(self.planned).action_archive()
            self.env.invalidate_all(flush=False)
        self.planned.cc_state = "closed"
        self.as_manager(self.planned).action_archive()
        self.assertFalse(self.planned.active)

    def test_survey_being_called_remains_a_call_survey(self):
        with self.assertRaisesRegex(ValidationError, "Please close it"):
            self.as_manager(self.survey).cc_enabled = False

    def test_survey_being_called_is_not_deleted(self):
        for state in ("released", "running", "stopped"):
            self.planned.cc_state = state
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "is being called"),
            ):
                self.as_manager(self.planned).unlink()

    def test_survey_with_calls_is_not_deleted(self):
        self.p1._cc_apply({}, "agent")
        self.survey.cc_state = "closed"
        with self.assertRaisesRegex(UserError, "has calls"):
            self.as_manager(self.survey).unlink()
        self.as_manager(self.planned).unlink()
        self.assertFalse(self.planned.exists())

    def test_copy_keeps_the_settings_and_is_planned_anew(self):
        self.survey.write({"cc_max_attempts": 7, "cc_agent_ids": self.agent_a.ids})
        copy = self.as_manager(self.survey).copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "cc_state": "planning",
                    "cc_enabled": True,
                    "cc_max_attempts": 7,
                    "cc_agent_ids": self.agent_a.ids,
                    "cc_selection_ids": self.selection.ids,
                    "cc_rep_ids": (self.rep_1 | self.rep_2).ids,
                }
            ],
        )

    def test_copy_by_somebody_who_plans_no_calls_is_an_ordinary_survey(self):
        officer = self._create_officer()
        copy = self.survey.with_user(officer).copy()
        self.assertFalse(copy.sudo().cc_enabled)
        self.assertEqual(copy.question_count, 2)

    def test_officers_of_surveys_set_up_no_calls(self):
        officer = self._create_officer()
        surveys = self.env["survey.survey"].with_user(officer)
        with self.assertRaises(AccessError):
            surveys.create({"title": "Mine", "cc_enabled": True})
        with self.assertRaises(AccessError):
            self.survey.with_user(officer).cc_agent_ids = self.agent_a
        mine = surveys.create({"title": "Mine"})
        mine.title = "Ordinary"
        self.assertFalse(mine.sudo().cc_enabled)

    # === COMPANIES === #

    def test_selections_and_contacts_are_of_the_company_of_the_survey(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.selection.sudo().copy({"company_id": other.id})
        with self.assertRaisesRegex(ValidationError, "have to be of its company"):
            self.planned.cc_selection_ids = foreign
        with self.assertRaisesRegex(ValidationError, "cannot be changed: it has a"):
            self.survey.write(
                {"cc_company_id": other.id, "cc_selection_ids": [Command.clear()]}
            )

    @mute_logger("odoo.sql_db")
    def test_numbers_of_a_call_survey_are_sensible(self):
        survey = self.planned.with_user(self.manager)
        for name, number in (
            ("cc_max_attempts", -1),
            ("cc_max_per_day", -1),
            ("cc_min_gap_minutes", -1),
            ("cc_callback_move_minutes", -1),
            ("cc_appointment_notice_hours", -1),
            ("cc_lock_minutes", 0),
            ("cc_appointment_minutes", 4),
            ("cc_appointment_minutes", 481),
        ):
            with self.subTest(name), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    survey.write({name: number})
                    survey.flush_recordset()

    def test_nobody_practises_without_questions(self):
        self.planned.question_and_page_ids.unlink()
        with self.assertRaisesRegex(UserError, "at least one question"):
            self.planned.with_user(self.manager).action_cc_train()

    # === SURVEYS OF AN AGENT === #

    def surveys_of(self, user):
        surveys = self.env["survey.survey"].with_user(user)
        surveys = surveys._cc_called_surveys()._cc_assigned()
        return surveys.mapped("title")

    def test_agent_calls_for_surveys_that_are_practised_released_or_called(self):
        for state in BUTTONS:
            self.planned.cc_state = state
            with self.subTest(state):
                expected = ["Planned"] if state not in ("planning", "closed") else []
                self.assertEqual(
                    self.surveys_of(self.agent_a), [*expected, "Satisfaction"]
                )

    def test_agent_calls_for_surveys_that_he_is_assigned_to(self):
        self.survey.cc_agent_ids = self.agent_a
        self.assertEqual(self.surveys_of(self.agent_a), ["Satisfaction"])
        self.assertEqual(self.surveys_of(self.agent_b), [])

    def test_survey_without_agents_is_open_to_all_unless_they_must_be_assigned(self):
        self.assertEqual(self.surveys_of(self.agent_b), ["Satisfaction"])
        self.survey.cc_company_id.cc_agents_required = True
        self.assertEqual(self.surveys_of(self.agent_b), [])

    def test_survey_whose_only_agent_has_left_is_not_open_to_all(self):
        self.survey.cc_agent_ids = self.agent_a
        self.agent_a.active = False
        self.env.invalidate_all()
        self.assertEqual(self.surveys_of(self.agent_b), [])

    def test_agent_calls_for_surveys_of_his_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            login="stranger@calls.example",
            groups=f"{GROUP}agent",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
            context={"no_reset_password": True},
        )
        self.assertEqual(self.surveys_of(stranger), [])
