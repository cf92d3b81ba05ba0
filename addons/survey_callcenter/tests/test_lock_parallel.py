from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import GROUP
from .parallel_case import ParallelCase


class TestLockParallel(ParallelCase):
    """The job that gives contacts back while their agent saves: real connections."""

    def _create_committed(self, env):
        agent = new_test_user(env, "parallel@calls.example", groups=f"{GROUP}agent")
        survey = env["survey.survey"].create(
            {
                "title": "Parallel",
                "cc_enabled": True,
                "cc_state": "running",
                "cc_calendar_id": False,
                "cc_agent_ids": [Command.set(agent.ids)],
            }
        )
        person = env["res.partner"].create({"name": "Eva", "phone": "+4930555001"})
        contact = env["survey.callcenter.contact"].create(
            {
                "survey_id": survey.id,
                "partner_id": person.id,
                "company_id": survey.cc_company_id.id,
                "phone_e164": person.phone_sanitized,
                "tz": "Europe/Berlin",
                "next_call_at": "2026-01-01 09:00:00",
            }
        )
        agent_env = env(user=agent, su=False)
        page = agent_env["survey.callcenter.contact"].cc_next([survey.id])["contact"]
        self.assertEqual(page["contact_id"], contact.id)
        contact.lock_until = fields.Datetime.now() - timedelta(minutes=1)
        self.uuid, self.contact_id, self.agent_id = (
            page["call_uuid"],
            contact.id,
            agent.id,
        )
        self.created = [contact, survey, person, agent, agent.partner_id]
        self.outcome_id = env.ref("survey_callcenter.outcome_complete").id

    def _contact(self, cr):
        return self._env(cr)["survey.callcenter.contact"].browse(self.contact_id)

    def _save(self, cr):
        contacts = self._env(cr)["survey.callcenter.contact"].with_user(self.agent_id)
        return contacts.cc_save(self.uuid, {"outcome_id": self.outcome_id})

    def _run_job(self, cr):
        self._env(cr)["survey.callcenter.contact"]._cron_release_lost()

    def test_job_leaves_alone_what_is_being_saved(self):
        with self.registry.cursor() as agent, self.registry.cursor() as job:
            self._save(agent)
            agent.flush()
            # Who waits for the other would wait for ever.
            job.execute("SET lock_timeout = '10s'")
            self._run_job(job)
            self.assertEqual(self._contact(job).lock_user_id.id, self.agent_id)
            job.execute("RESET lock_timeout")
            agent.commit()
        with self.registry.cursor() as cr:
            contact = self._contact(cr)
            self.assertEqual(contact.state, "done")
            self.assertEqual(contact.call_ids.mapped("source"), ["agent"])

    def test_call_is_saved_although_the_job_was_first(self):
        with self.registry.cursor() as job:
            self._run_job(job)
        with self.registry.cursor() as agent:
            self.assertEqual(self._save(agent)["status"], "saved")
        with self.registry.cursor() as cr:
            contact = self._contact(cr)
            self.assertEqual(contact.state, "done")
            self.assertEqual(contact.attempt_count, 1)
            self.assertEqual(
                sorted(contact.call_ids.mapped("source")), ["agent", "system"]
            )
