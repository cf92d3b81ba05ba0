from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import CallCenterPeople
from .parallel_case import ParallelCase

COUNT = 20


@freeze_time("2027-02-26 09:00:00")
class TestAppointmentParallel(ParallelCase):
    """Agents who save at the same instant, on real connections."""

    def _create_committed(self, env):
        # the people of the other tests, but committed: no setUpClass of a test case
        people = type("People", (CallCenterPeople, _Base), {"env": env})
        people.setUpClass()
        contacts = [
            people._create_contact(f"Person {number}", f"+4930555{number:04}")
            for number in range(COUNT)
        ]
        self.contact_ids = [contact.id for contact in contacts]
        self.agent_id, self.rep_id = people.agent_a.id, people.rep_1.id
        self.created = self._list_created(env, people)

    def _list_created(self, env, people):
        contacts = env["survey.callcenter.contact"].search(
            [("survey_id", "=", people.survey.id)]
        )
        users = people.agent_a | people.agent_b | people.manager
        users |= people.rep_1 | people.rep_2 | people.employee
        return [
            contacts,
            people.survey,
            people.selection,
            contacts.partner_id,
            users,
            users.partner_id,
        ]

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            contacts = self._env(cr)["survey.callcenter.contact"]
            contacts.browse(self.contact_ids).appointment_ids.event_id.unlink()
        return super()._delete_committed()

    def _agree(self, barrier, contact_id, start, stop):
        """Save like a request does; return what the agent is told."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, user=self.agent_id, su=False)
            contact = env["survey.callcenter.contact"].browse(contact_id)
            vals = {"rep_id": self.rep_id, "start": start, "stop": stop}
            vals["address"] = "Marktplatz 1"
            contact._cc_check_appointment(vals)  # all of them see the time free
            barrier.wait(timeout=60)
            try:
                contact._cc_set_appointment(vals)
                # the transaction of a request: the others must see its end
                cr.commit()  # pylint: disable=invalid-commit
            except ValidationError as error:
                cr.rollback()
                return str(error)
            return "saved"

    def _agree_at_once(self, times):
        barrier = Barrier(COUNT)
        # the test runner holds this lock, without which no thread finds the registry
        with (
            patch.object(Registry, "_lock", DummyRLock()),
            ThreadPoolExecutor(COUNT) as agents,
        ):
            calls = [
                agents.submit(self._agree, barrier, contact_id, *time)
                for contact_id, time in zip(self.contact_ids, times, strict=True)
            ]
            return [call.result() for call in calls]

    @mute_logger("odoo.sql_db")
    def test_one_gets_the_time_and_the_others_a_sentence(self):
        times = [("2027-03-09 10:00:00", "2027-03-09 11:00:00")] * COUNT
        answers = self._agree_at_once(times)
        self.assertEqual(answers.count("saved"), 1)
        answers.remove("saved")
        for answer in answers:
            self.assertRegex(answer, "rep_1 has another appointment at that time")

    def test_different_times_of_a_rep_do_not_disturb_each_other(self):
        days = [date(2027, 3, 1) + timedelta(days=number) for number in range(28)]
        days = [day for day in days if day.weekday() < 5]  # when the company works
        times = [(f"{day} 10:00:00", f"{day} 11:00:00") for day in days]
        self.assertEqual(self._agree_at_once(times), ["saved"] * COUNT)


class _Base:
    @classmethod
    def setUpClass(cls):  # pylint: disable=method-required-super
        """Nothing to set up below the people."""
