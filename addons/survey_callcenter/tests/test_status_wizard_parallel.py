from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUP
from .dialog_case import WIZARD
from .parallel_case import ParallelCase


class TestStatusWizardParallel(ParallelCase):
    """Managers and agents who save at the same moment, on real connections."""

    def _create_committed(self, env):
        manager, agent = (
            new_test_user(
                env, f"{name}@parallel.example", groups=f"{GROUP}{group}", name=name
            )
            for name, group in (("Eva", "manager"), ("Otto", "agent"))
        )
        survey = env["survey.survey"].create(
            {
                "title": "Parallel",
                "cc_enabled": True,
                "cc_state": "running",
                "cc_history_on_done": "always",
                "question_and_page_ids": [
                    Command.create({"title": "Satisfied?", "question_type": "char_box"})
                ],
            }
        )
        person = env["res.partner"].create({"name": "Parallel, Paul"})
        contact = env["survey.callcenter.contact"].create(
            {
                "survey_id": survey.id,
                "partner_id": person.id,
                "company_id": survey.cc_company_id.id,
            }
        )
        self.manager_id, self.agent_id = manager.id, agent.id
        self.contact_id, self.person_id = contact.id, person.id
        users = manager | agent
        self.created = [contact, survey, person, users, users.partner_id]

    def _contact(self, cr):
        return self._env(cr)["survey.callcenter.contact"].browse(self.contact_id)

    def _open_dialog(self, **values):
        """Save a dialog as the click on "Apply" does, and return its id."""
        with self.registry.cursor() as cr:
            wizards = self._env(cr)[WIZARD].with_user(self.manager_id)
            return wizards.create({"contact_id": self.contact_id, **values}).id

    def _dialog(self, cr, dialog_id):
        return self._env(cr)[WIZARD].with_user(self.manager_id).browse(dialog_id)

    def _let_agent_call(self, **values):
        with self.registry.cursor() as cr:
            self._contact(cr).write(
                {
                    "lock_user_id": self.agent_id,
                    "locked_at": fields.Datetime.now(),
                    "lock_until": fields.Datetime.add(fields.Datetime.now(), hours=1),
                    "call_uuid": "parallel-call",
                    **values,
                }
            )

    def _save_call(self, cr, note="Hello"):
        env = self._env(cr)
        contacts = env["survey.callcenter.contact"].with_user(self.agent_id)
        outcome = env.ref("survey_callcenter.outcome_no_answer")
        return contacts.cc_save(
            "parallel-call", {"outcome_id": outcome.id, "note": note}
        )

    def _assert_noted_down(self, sources, entries):
        with self.registry.cursor() as cr:
            calls = self._contact(cr).call_ids.sorted("id")
            self.assertEqual(calls.mapped("source"), sources)
            history = self._env(cr)["survey.callcenter.history"]
            domain = [("partner_id", "=", self.person_id)]
            self.assertEqual(history.search_count(domain), entries)

    def test_second_click_while_the_first_one_works_is_told_to_wait(self):
        dialog_id = self._open_dialog(done=True)
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._dialog(first, dialog_id).action_apply()
            first.flush()
            with self.assertRaisesRegex(LockError, "Somebody else is changing"):
                self._dialog(second, dialog_id).action_apply()
            first.commit()
        self._assert_noted_down(["dialog"], entries=1)

    @mute_logger("odoo.sql_db")
    def test_second_click_that_began_before_the_first_one_ended_does_nothing(self):
        dialog_id = self._open_dialog(done=True)
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertEqual(self._dialog(second, dialog_id).version, 0)
            self._dialog(first, dialog_id).action_apply()
            first.commit()
            # This error makes the server repeat the request.
            with self.assertRaises(SerializationFailure):
                self._dialog(second, dialog_id).action_apply()
            second.rollback()
            with self.assertRaisesRegex(UserError, "Changed by Eva at"):
                self._dialog(second, dialog_id).action_apply()
            second.rollback()
        self._assert_noted_down(["dialog"], entries=1)

    def test_manager_hears_that_the_agent_is_saving_his_call(self):
        self._let_agent_call()
        dialog_id = self._open_dialog(done=True, take_over=True)
        with self.registry.cursor() as agent, self.registry.cursor() as manager:
            self.assertEqual(self._save_call(agent)["status"], "saved")
            agent.flush()
            with self.assertRaisesRegex(LockError, "Otto is saving a call with"):
                self._dialog(manager, dialog_id).action_apply()
            agent.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(self._contact(cr).state, "open")
        self._assert_noted_down(["agent"], entries=0)

    def test_agent_finds_the_contact_gone_that_was_taken_over(self):
        self._let_agent_call(draft_note="Half a sen")
        dialog_id = self._open_dialog(done=True, take_over=True)
        with self.registry.cursor() as manager:
            self._dialog(manager, dialog_id).action_apply()
        with self.registry.cursor() as agent:
            answer = self._save_call(agent, note="Half a sentence")
            self.assertEqual(answer["status"], "gone")
            self.assertRegex(answer["message"], "Eva has taken this contact over")
        self._assert_noted_down(["take_over", "dialog"], entries=1)
        with self.registry.cursor() as cr:
            notes = self._contact(cr).call_ids.filtered("note").mapped("note")
            self.assertEqual(notes, ["Half a sen\n\nHalf a sentence"])
