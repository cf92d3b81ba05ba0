"""The survey, people and contacts of the tests of the call center."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

GROUP = "survey_callcenter.group_cc_"


class CallCenterPeople:
    """The survey ``survey`` runs; ``p1``, ``p2`` and ``p3`` are on its contact list.

    ``agent_a`` and ``agent_b`` call, ``manager`` plans, ``rep_1`` and ``rep_2`` are the
    field service, ``employee`` has none of these rights. Calls are possible at any time
    (no calling hours); the selection says that users may not change.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent_a = cls._create_user("agent_a", f"{GROUP}agent")
        cls.agent_b = cls._create_user("agent_b", f"{GROUP}agent")
        cls.manager = cls._create_user("manager", f"{GROUP}manager")
        cls.rep_1 = cls._create_user("rep_1", f"{GROUP}rep")
        cls.rep_2 = cls._create_user("rep_2", f"{GROUP}rep")
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.positive, cls.neutral, cls.negative = (
            cls.env.ref(f"survey_callcenter.rating_{value}")
            for value in ("positive", "neutral", "negative")
        )
        cls.selection = cls.env["survey.callcenter.selection"].create(
            {
                "name": "Customers in Berlin",
                "owner_id": cls.manager.id,
                "allow_user_change": False,
            }
        )
        cls.survey = cls._create_survey()
        cls.p1, cls.p2, cls.p3 = (
            cls._create_contact(name, phone=f"+4930123456{number}")
            for number, name in enumerate(
                ("Müller, Hans", "Schulze, Eva", "Yılmaz, Can")
            )
        )
        cls.env.flush_all()

    @classmethod
    def _create_user(cls, name, groups, **values):
        return new_test_user(
            cls.env,
            login=f"{name}@calls.example",
            groups=groups,
            context={"no_reset_password": True, "mail_create_nolog": True},
            **{"name": name, "lang": "en_US", "tz": "Europe/Berlin"} | values,
        )

    @classmethod
    def _create_survey(cls, **values):
        """Return a call survey of two questions that runs already."""
        return cls.env["survey.survey"].create(
            {
                "title": "Satisfaction",
                "cc_enabled": True,
                "cc_state": "running",
                "cc_selection_ids": [Command.set(cls.selection.ids)],
                "cc_field_service": True,
                "cc_protocol_mail": True,
                "cc_rep_ids": [Command.set((cls.rep_1 | cls.rep_2).ids)],
                "cc_appointment_notice_hours": 0,
                "cc_calendar_id": False,
                "question_and_page_ids": [
                    Command.create(
                        {"title": "Satisfied?", "question_type": "char_box"}
                    ),
                    Command.create({"title": "Why?", "question_type": "text_box"}),
                ],
                **values,
            }
        )

    @classmethod
    def _create_contact(cls, name, phone="+49301234560", survey=None, **values):
        """Return a contact of the list; the partner is created with it."""
        partner = cls.env["res.partner"].create(
            {"name": name, "phone": phone, "email": "person@person.example"}
        )
        survey = survey or cls.survey
        return cls.env["survey.callcenter.contact"].create(
            {
                "survey_id": survey.id,
                "selection_id": cls.selection.id,
                "partner_id": partner.id,
                "company_id": survey.cc_company_id.id,
                "phone_e164": partner.phone_sanitized,
                "tz": "Europe/Berlin",
                "allow_user_change": cls.selection.allow_user_change,
                "next_call_at": fields.Datetime.now(),
                **values,
            }
        )

    def contacts_of(self, survey):
        """Return the contact list of a survey."""
        contacts = self.env["survey.callcenter.contact"]
        return contacts.search([("survey_id", "=", survey.id)], order="id")

    def contacts_as(self, user):
        """Return the contacts' model as a user calls its methods."""
        return self.env["survey.callcenter.contact"].with_user(user)

    def pick(self, user, contact=None):
        """Let ``user`` get the next contact, or just this one; return its page."""
        contacts = self.contacts_as(user)
        if contact is None:
            return contacts.cc_next()["contact"]
        return contacts.cc_open(contact.id)["contact"]

    def save_call(self, user, outcome, uuid=None, **values):
        """Let ``user`` save the call he holds with the outcome of this code."""
        held = self.env["survey.callcenter.contact"].search(
            [("lock_user_id", "=", user.id)], limit=1
        )
        return self.contacts_as(user).cc_save(
            uuid or held.call_uuid,
            {
                "outcome_id": self.env.ref(f"survey_callcenter.outcome_{outcome}").id,
                **values,
            },
        )

    def give_follow_up(self, contact, agent, at):
        """Let a contact wait for ``agent``, or for anyone, until ``at``."""
        contact.write(
            {"callback_at": at, "next_call_at": at, "callback_user_id": agent.id}
        )

    def call_from_nine_to_eight(self):
        """Let people be called from 9 to 20 where they are, on working days."""
        self.survey.cc_calendar_id = self.env.ref(
            "survey_callcenter.resource_calendar_calling_hours"
        )

    def run_job(self, name):
        job = self.env.ref(f"survey_callcenter.ir_cron_{name}")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def count_mails(self):
        """Return how many mails and notifications there are."""
        self.env.flush_all()
        return [
            self.env[model].search_count([])
            for model in ("mail.mail", "mail.notification")
        ]

    def count_queries(self, act):
        """Return how many queries it takes to do what was not read before."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


class CallCenterAlone(CallCenterPeople):
    """Nobody calls for another survey, whatever the database has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        others = [("cc_enabled", "=", True), ("id", "!=", cls.survey.id)]
        surveys = cls.env["survey.survey"].with_context(active_test=False)
        surveys.search(others).cc_state = "closed"
        cls.env.flush_all()


@tagged("post_install", "-at_install")
class CallCenterCase(CallCenterAlone, TransactionCase):
    """Tests of models with the survey and people above."""


@tagged("post_install", "-at_install")
class CallCenterHttpCase(CallCenterAlone, HttpCase):
    """Tests of pages with the survey and people above."""
