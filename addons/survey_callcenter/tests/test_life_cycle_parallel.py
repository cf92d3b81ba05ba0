from psycopg2.errors import SerializationFailure

from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUP
from .parallel_case import ParallelCase


class TestLifeCycleParallel(ParallelCase):
    """Two managers, or two runs of the job, at the same moment on real connections."""

    def _create_committed(self, env):
        managers = env["res.users"]
        for name in ("Eva", "Otto"):
            login = f"{name.lower()}@parallel.example"
            managers |= new_test_user(env, login, groups=f"{GROUP}manager", name=name)
        people = env["res.partner"].create(
            [
                {"name": f"Parallel {number}", "phone": f"+4930123480{number:02}"}
                for number in range(3)
            ]
        )
        selection = env["survey.callcenter.selection"].create(
            {"name": "Parallel", "domain": [("id", "in", people.ids)]}
        )
        survey = env["survey.survey"].create(
            {
                "title": "Parallel",
                "cc_enabled": True,
                "cc_selection_ids": [Command.set(selection.ids)],
                "question_and_page_ids": [Command.create({"title": "Satisfied?"})],
            }
        )
        self.manager_ids = managers.ids
        self.survey_id = survey.id
        partners = managers.partner_id
        self.created = [survey, selection, people, managers, partners]

    def _survey(self, cr, manager=0):
        survey = self._env(cr)["survey.survey"].browse(self.survey_id)
        return survey.with_user(self.manager_ids[manager])

    def _jobs(self, cr):
        return self._survey(cr).cc_list_job_ids.sudo()

    def _release(self):
        with self.registry.cursor() as cr:
            self._survey(cr).action_cc_release()

    # === TWO MANAGERS === #

    def test_who_releases_second_is_told_that_somebody_is_at_it(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._survey(first).action_cc_release()
            first.flush()
            with self.assertRaisesRegex(LockError, "Somebody else is changing"):
                self._survey(second, manager=1).action_cc_release()
            first.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(len(self._jobs(cr)), 1)

    @mute_logger("odoo.sql_db")
    def test_who_looked_before_the_release_does_not_release_again(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertEqual(self._survey(second, manager=1).cc_state, "planning")
            self._survey(first).action_cc_release()
            first.commit()
            # This error makes the server repeat the request.
            with self.assertRaises(SerializationFailure):
                self._survey(second, manager=1).action_cc_release()
            second.rollback()
            with self.assertRaisesRegex(UserError, "is “Released”"):
                self._survey(second, manager=1).action_cc_release()
        with self.registry.cursor() as cr:
            self.assertEqual(len(self._jobs(cr)), 1)

    def test_who_stops_a_survey_while_its_list_is_written_does_not_have_to_wait(self):
        self._release()
        with self.registry.cursor() as run, self.registry.cursor() as manager:
            self._jobs(run)._write_batch()
            run.flush()
            manager.execute("SET lock_timeout = '10s'")
            with self.assertRaisesRegex(LockError, "try again in a moment"):
                self._survey(manager).action_cc_stop()

    # === TWO RUNS === #

    def test_second_run_leaves_alone_what_the_first_is_writing(self):
        self._release()
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertEqual(self._jobs(first)._write_batch(), 3)
            first.flush()
            # Who waits for the other would wait for ever.
            second.execute("SET lock_timeout = '10s'")
            self.assertEqual(self._jobs(second)._write_batch(), 0)
            first.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(self._survey(cr).cc_contact_count, 3)
            self.assertEqual(self._jobs(cr).added, 3)

    def test_run_that_begins_after_another_ended_writes_nobody_again(self):
        self._release()
        for expected in (3, 0):
            with self.registry.cursor() as cr:
                self.assertEqual(self._jobs(cr)._write_batch(), expected)
        with self.registry.cursor() as cr:
            self.assertEqual(self._survey(cr).cc_contact_count, 3)
