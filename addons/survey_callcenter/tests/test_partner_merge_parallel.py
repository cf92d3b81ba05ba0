from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common import GROUP
from .parallel_case import ParallelCase


class TestPartnerMergeParallel(ParallelCase):
    """People are merged while an agent gets one of them: real connections."""

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
        people = env["res.partner"].create(
            [{"name": "Eva", "phone": f"+493055500{number}"} for number in (1, 2)]
        )
        contacts = env["survey.callcenter.contact"].create(
            [
                {
                    "survey_id": survey.id,
                    "partner_id": person.id,
                    "company_id": survey.cc_company_id.id,
                    "phone_e164": person.phone_sanitized,
                    "tz": "Europe/Berlin",
                    "next_call_at": "2026-01-01 09:00:00",
                }
                for person in people
            ]
        )
        self.agent_id, self.survey_id, self.people_ids = agent.id, survey.id, people.ids
        self.created = [contacts, survey, people, agent, agent.partner_id]

    def _people(self, cr):
        people = self._env(cr)["res.partner"].browse(self.people_ids)
        people.mapped("name")  # from here on the transaction sees what was there
        return people

    def _merge(self, people):
        people.env["survey.callcenter.contact"]._cc_merge_people(people)
        people.env.flush_all()

    def _pick(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)(user=self.agent_id, su=False)
            page = env["survey.callcenter.contact"].cc_next([self.survey_id])
            return page["contact"]["contact_id"]

    def test_agent_who_gets_the_person_meanwhile_keeps_him(self):
        # Odoo repeats a request that ends like this.
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(SerializationFailure),
            self.registry.cursor() as cr,
        ):
            people = self._people(cr)
            contact_id = self._pick()
            self._merge(people)
        with self.registry.cursor() as cr:
            with self.assertRaisesRegex(UserError, "is on the phone with Eva"):
                self._merge(self._people(cr))
            contact = self._env(cr)["survey.callcenter.contact"].browse(contact_id)
            self.assertEqual(contact.lock_user_id.id, self.agent_id)
