import inspect
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import freeze_time, new_test_user
from odoo.tools import mute_logger

from .common import GROUP, CallCenterCase

NOW = datetime(2026, 12, 7, 9)
OURS = "odoo.addons.survey_callcenter."
# What they open is for the rules of the list to show.
ONLY_OPEN_A_LIST = {
    ("survey.survey", "action_cc_calls"),
    ("survey.survey", "action_cc_contact_list"),
}
WRITTEN_BY_THE_PROGRAM = (
    "survey.callcenter.contact",
    "survey.callcenter.call",
    "survey.callcenter.history",
    "survey.callcenter.appointment",
    "survey.callcenter.list.job",
)
OF_A_COMPANY = (*WRITTEN_BY_THE_PROGRAM, "survey.callcenter.selection")
# Entries of the history belong to a person, whatever survey they are from.
OF_A_SURVEY = (
    "survey.callcenter.contact",
    "survey.callcenter.call",
    "survey.callcenter.appointment",
    "survey.callcenter.list.job",
)


class TestRights(CallCenterCase):
    """Who may see and do what."""

    def setUp(self):
        super().setUp()
        self.records = {
            "survey.survey": self.survey,
            "survey.callcenter.contact": self.p1,
            "survey.callcenter.selection": self.selection,
        }

    def _see(self, user, model="survey.callcenter.contact"):
        return self.env[model].with_user(user).search([]).sudo(False).with_user(1)

    # === AGENTS === #

    def test_agent_sees_nothing_of_the_list(self):
        self.assertFalse(self._see(self.agent_a))
        with self.assertRaises(AccessError):
            self.p2.with_user(self.agent_a).read(["partner_id"])

    def test_agent_sees_the_contact_he_holds_and_what_waits_for_him(self):
        self.p1.lock_user_id = self.agent_a
        self.p2.callback_user_id = self.agent_a
        self.assertEqual(self._see(self.agent_a).ids, (self.p1 | self.p2).ids)
        self.assertFalse(self._see(self.agent_b))

    def test_agent_sees_whom_he_called_for_24_hours(self):
        with freeze_time(NOW):
            self.p1.write(
                {
                    "last_user_id": self.agent_a.id,
                    "last_call_at": NOW - timedelta(hours=24),
                }
            )
            self.assertEqual(self._see(self.agent_a).ids, self.p1.ids)
        with freeze_time(NOW + timedelta(seconds=1)):
            self.assertFalse(self._see(self.agent_a))

    def test_agent_sees_appointments_of_the_contacts_he_sees(self):
        model = "survey.callcenter.appointment"
        appointment = self._record_of(model)
        self.assertFalse(self._see(self.agent_a, model))
        self.p1.lock_user_id = self.agent_a
        self.assertEqual(self._see(self.agent_a, model), appointment)
        self.p1.write({"lock_user_id": False, "callback_user_id": self.agent_a.id})
        self.assertEqual(self._see(self.agent_a, model), appointment)
        self.assertFalse(self._see(self.agent_b, model))

    def test_agent_sees_appointments_of_whom_he_called_for_24_hours(self):
        model = "survey.callcenter.appointment"
        appointment = self._record_of(model)
        self.p1.write({"last_user_id": self.agent_a.id, "last_call_at": NOW})
        with freeze_time(NOW + timedelta(hours=24)):
            self.assertEqual(self._see(self.agent_a, model), appointment)
            self.assertFalse(self._see(self.agent_b, model))
        with freeze_time(NOW + timedelta(hours=24, seconds=1)):
            self.assertFalse(self._see(self.agent_a, model))

    def test_agent_sees_his_own_calls_and_history_only(self):
        for user in (self.agent_a, self.agent_b):
            self.p1.with_user(user)._cc_apply({}, "agent")
            self.p1.with_user(user)._cc_write_history("Note", True, True)
        for model in ("survey.callcenter.call", "survey.callcenter.history"):
            self.assertEqual(self._see(self.agent_a, model).user_id, self.agent_a)

    def test_agent_reads_neither_surveys_nor_answers_nor_the_do_not_call_list(self):
        for model in ("survey.survey", "survey.user_input", "phone.blacklist"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.agent_a).search([])

    def test_agent_reads_the_name_of_the_survey_on_his_contact(self):
        self.p1.lock_user_id = self.agent_a
        contact = self.p1.with_user(self.agent_a)
        self.assertEqual(contact.read(["survey_id"])[0]["survey_id"][1], "Satisfaction")

    def test_agent_never_reads_the_questionnaire_of_a_contact(self):
        self.p1.lock_user_id = self.agent_a
        with self.assertRaises(AccessError):
            self.p1.with_user(self.agent_a).read(["user_input_id"])

    # === NOBODY === #

    def test_nobody_writes_what_the_program_writes(self):
        for model in WRITTEN_BY_THE_PROGRAM:
            for user in (self.agent_a, self.manager, self.rep_1, self.employee):
                records = self.env[model].with_user(user)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.has_access(operation), (model, operation))

    # === MANAGERS === #

    def test_manager_sees_the_list_of_his_surveys(self):
        listed = self._see(self.manager).filtered_domain(
            [("survey_id", "=", self.survey.id)]
        )
        self.assertEqual(listed.ids, (self.p1 | self.p2 | self.p3).ids)

    def test_manager_sees_nothing_of_surveys_that_are_not_his(self):
        other = new_test_user(self.env, "other", f"{GROUP}manager")
        self.survey.restrict_user_ids = [Command.set(other.ids)]
        for model in OF_A_SURVEY:
            with self.subTest(model=model):
                record = self._record_of(model)
                self.assertNotIn(record, self._see(self.manager, model))
                self.assertIn(record, self._see(other, model))

    def test_employee_sees_nothing(self):
        for model in self._our_models():
            with self.assertRaises(AccessError, msg=model._name):
                model.with_user(self.employee).check_access("read")

    # === COMPANIES === #

    def test_another_company_sees_nothing(self):
        there = self._create_manager_elsewhere()
        for model in OF_A_COMPANY:
            with self.subTest(model=model):
                record = self._record_of(model)
                self.assertIn(record, self._see(self.manager, model))
                self.assertNotIn(record, self._see(there, model))
        answer = self.contacts_as(there).cc_next()
        self.assertEqual(answer["empty"]["reason"], "no_survey")

    def test_outcomes_and_ratings_of_a_company_are_its_own(self):
        there = self._create_manager_elsewhere()
        for model in ("survey.callcenter.outcome", "survey.callcenter.rating"):
            with self.subTest(model=model):
                record = self._record_of(model)
                self.assertIn(record, self._see(there, model))
                record.company_id = self.survey.cc_company_id
                self.assertNotIn(record, self._see(there, model))
                self.assertIn(record, self._see(self.manager, model))

    def _create_manager_elsewhere(self):
        company = self.env["res.company"].create({"name": "Other company"})
        return self._create_user(
            "manager_2",
            f"{GROUP}manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    # === EVERY PUBLIC METHOD === #

    def _our_models(self):
        return [
            self.env[name]
            for name in self.env
            if name.startswith("survey.callcenter.") and not self.env[name]._abstract
        ]

    def _public_methods(self):
        """Yield what a browser can call of ours, with something for each argument."""
        names = [name for name in self.env if name.startswith("survey.callcenter.")]
        for model in [*names, "survey.survey"]:
            for name, method in inspect.getmembers(type(self.env[model]), callable):
                is_ours = (getattr(method, "__module__", None) or "").startswith(OURS)
                if is_ours and not name.startswith("_") and name not in ("create",):
                    parameters = list(inspect.signature(method).parameters.values())[1:]
                    required = [p for p in parameters if p.default is p.empty]
                    yield model, name, [1] * len(required)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_public_method_lets_an_employee_do_anything(self):
        methods = list(self._public_methods())
        self.assertGreater(len(methods), 20)
        allowed = []
        for model, name, arguments in methods:
            if name in ("copy", "copy_data", "default_get", "write", "unlink", "read"):
                continue
            record = self._record_of(model).with_user(self.employee)
            try:
                with self.env.cr.savepoint():
                    get_public_method(record, name)(record, *arguments)
            except AccessError:
                continue
            allowed.append((model, name))
        self.assertEqual(set(allowed), ONLY_OPEN_A_LIST)

    def _record_of(self, model):
        """Return a record of this test, or the model where none can be."""
        if self.env[model]._abstract or not self.env[model]._auto:
            return self.env[model]
        if model not in self.records:
            vals = self._prepare_record(model)
            self.records[model] = self.env[model].create(vals)
        return self.records[model]

    def _prepare_record(self, model):
        of_contact = {"contact_id": self.p1.id}
        of_survey = {"survey_id": self.survey.id, "company_id": self.env.company.id}
        period = {"start": NOW, "stop": NOW + timedelta(hours=1)}
        return {
            "call": of_contact | of_survey | {"source": "agent", "call_at": NOW},
            "history": {
                "partner_id": self.p1.partner_id.id,
                "company_id": self.env.company.id,
                "date": NOW,
                "kind": "done",
            },
            "appointment": of_contact | period | {"rep_id": self.rep_1.id},
            "outcome": {"name": "Gone", "code": "gone"},
            "rating": {"name": "Delighted", "value": "positive"},
            "list.job": of_survey | {"selection_id": self.selection.id},
            "status.wizard": of_contact,
        }[model.removeprefix("survey.callcenter.")]
