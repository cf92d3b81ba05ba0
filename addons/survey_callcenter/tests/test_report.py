from datetime import datetime

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import CallCenterCase

MEASURES = [
    "__count",
    "attempts:sum",
    "contacts:sum",
    "completed:sum",
    "positive:sum",
    "duration:sum",
]


class TestReport(CallCenterCase):
    """The statistics count calls of agents, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complete = cls.env.ref("survey_callcenter.outcome_complete")
        cls.busy = cls.env.ref("survey_callcenter.outcome_busy")
        cls.env.company.resource_calendar_id.tz = "Europe/Berlin"
        cls._create_call(
            outcome_id=cls.complete.id,
            rating_id=cls.positive.id,
            is_contact=True,
            is_completed=True,
            counts_attempt=True,
            duration=4.5,
        )
        cls._create_call(outcome_id=cls.busy.id, counts_attempt=True, duration=0.5)
        cls._create_call(
            user_id=cls.agent_b.id,
            contact_id=cls.p2.id,
            rating_id=cls.negative.id,
            is_contact=True,
            counts_attempt=False,
            duration=2,
        )
        for source in ("release", "dialog", "system", "take_over"):
            cls._create_call(source=source, rating_id=cls.positive.id, duration=9)
        cls.env.flush_all()

    @classmethod
    def _create_call(cls, **values):
        return cls.env["survey.callcenter.call"].create(
            {
                "contact_id": cls.p1.id,
                "survey_id": cls.survey.id,
                "company_id": cls.env.company.id,
                "user_id": cls.agent_a.id,
                "source": "agent",
                "call_at": datetime(2026, 12, 7, 22, 30),
                **values,
            }
        )

    def _read(self, *groups, user=None, domain=()):
        report = self.env["survey.callcenter.report"].with_user(user or self.manager)
        return report._read_group(
            [("survey_id", "=", self.survey.id), *domain], groups, MEASURES
        )

    def test_sums_equal_the_calls_of_agents(self):
        calls = self.env["survey.callcenter.call"].search(
            [("survey_id", "=", self.survey.id), ("source", "=", "agent")]
        )
        expected = (
            len(calls),
            len(calls.filtered("counts_attempt")),
            len(calls.filtered("is_contact")),
            len(calls.filtered("is_completed")),
            len(calls.filtered(lambda call: call.rating_id == self.positive)),
            sum(calls.mapped("duration")),
        )
        self.assertEqual(self._read(), [expected])
        self.assertEqual(expected, (3, 2, 2, 1, 1, 7))

    def test_each_agent_has_his_own_figures(self):
        self.assertEqual(
            self._read("user_id"),
            [
                (self.agent_a, 2, 2, 1, 1, 1, 5),
                (self.agent_b, 1, 0, 1, 0, 0, 2),
            ],
        )

    def test_calls_are_counted_by_all_that_managers_group_by(self):
        expected = {
            "survey_id": {self.survey: 3},
            "selection_id": {self.selection: 3},
            "contact_id": {self.p1: 2, self.p2: 1},
            "company_id": {self.env.company: 3},
            "outcome_type": {"final": 1, "no_contact": 1, False: 1},
            "rating_value": {"positive": 1, "negative": 1, False: 1},
            "call_at:day": {datetime(2026, 12, 7): 3},
            "call_hour": {23: 3},
        }
        for name, counts in expected.items():
            with self.subTest(group=name):
                rows = {row[0]: row[1] for row in self._read(name)}
                self.assertEqual(rows, counts)

    def test_the_hour_is_that_of_the_company(self):
        self.env.company.resource_calendar_id.tz = "America/New_York"
        self.env.flush_all()
        self.assertEqual([row[0] for row in self._read("call_hour")], [17])

    def test_without_working_hours_the_hour_is_utc(self):
        self.env.company.resource_calendar_id = False
        self.env.flush_all()
        self.assertEqual([row[0] for row in self._read("call_hour")], [22])

    def test_managers_see_only_their_surveys(self):
        self.survey.restrict_user_ids = [Command.set(self.env.user.ids)]
        self.assertEqual(self._read()[0][0], 0)

    def test_managers_see_only_their_companies(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._create_call(company_id=other.id)
        self.env.flush_all()
        self.assertEqual(self._read()[0][0], 3)

    def test_nobody_else_sees_the_statistics(self):
        for user in (self.agent_a, self.rep_1, self.employee):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._read(user=user)

    def test_all_views_can_be_opened(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "survey_callcenter.action_call_report"
        )
        report = self.env["survey.callcenter.report"].with_user(self.manager)
        views = report.get_views([*action["views"], (False, "search")])["views"]
        self.assertEqual(list(views), ["pivot", "graph", "list", "search"])
        fields = report.search([("user_id", "=", self.agent_b.id)]).read()
        self.assertEqual(fields[0]["contact_id"], (self.p2.id, self.p2.display_name))
