from datetime import datetime

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import GROUP, CallCenterCase


@freeze_time("2026-12-07 09:00:00")
class TestBoard(CallCenterCase):
    """Managers see what happens in all surveys at this moment."""

    def _create_call(self, **values):
        return self.env["survey.callcenter.call"].create(
            self._prepare_call_vals(**values)
        )

    def _prepare_call_vals(self, **values):
        return {
            "contact_id": self.p1.id,
            "survey_id": self.survey.id,
            "company_id": self.env.company.id,
            "user_id": self.agent_a.id,
            "source": "agent",
            "call_at": datetime(2026, 12, 7, 8, 30),
            **values,
        }

    def _read(self, user=None, survey_ids=None):
        self.env.flush_all()
        board = self.env["survey.callcenter.board"].with_user(user or self.manager)
        return board.get_board(survey_ids)

    def _read_survey(self, survey=None):
        return self._read(survey_ids=(survey or self.survey).ids)["surveys"][0]

    def test_nobody_else_sees_the_board(self):
        for user in (self.agent_a, self.rep_1, self.employee):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError) as caught:
                    self._read(user)
                self.assertIn("Only managers", str(caught.exception))

    def test_managers_see_only_their_surveys(self):
        self.survey.restrict_user_ids = [Command.set(self.env.user.ids)]
        self.assertEqual(self._read(survey_ids=self.survey.ids)["surveys"], [])

    def test_managers_see_only_their_companies(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        survey = self._create_survey(cc_company_id=other.id, cc_selection_ids=False)
        self.assertEqual(self._read(survey_ids=survey.ids)["surveys"], [])
        self.assertEqual(len(self._read(survey_ids=self.survey.ids)["surveys"]), 1)

    def test_planned_and_closed_surveys_are_not_shown(self):
        for state, count in (
            ("planning", 0),
            ("training", 1),
            ("released", 1),
            ("running", 1),
            ("stopped", 1),
            ("closed", 0),
        ):
            with self.subTest(state=state):
                self.survey.cc_state = state
                board = self._read(survey_ids=self.survey.ids)
                self.assertEqual(len(board["surveys"]), count)

    def test_junk_instead_of_surveys_finds_none(self):
        for junk in ([True], ["1"], [None], [[1]], [0], []):
            with self.subTest(junk=junk):
                self.assertEqual(self._read(survey_ids=junk)["surveys"], [])

    def test_the_board_counts_the_contact_list(self):
        self.p1.state = "done"
        figures = self._read_survey()
        self.assertEqual(figures["contacts"], {"open": 2, "done": 1, "excluded": 0})
        self.assertEqual(figures["title"], "Satisfaction")
        self.assertEqual(figures["state"], "running")
        self.assertEqual(figures["state_label"], "Running")

    def test_who_is_on_the_phone_is_shown_since_when(self):
        self.p2.write(
            {"lock_user_id": self.agent_a.id, "locked_at": datetime(2026, 12, 7, 8, 55)}
        )
        self.assertEqual(
            self._read_survey()["on_phone"],
            [
                {
                    "contact_id": self.p2.id,
                    "agent": "agent_a",
                    "since": "2026-12-07 08:55:00",
                }
            ],
        )

    def test_today_begins_at_the_managers_midnight(self):
        self._create_call(is_contact=True, is_completed=True)
        self._create_call(call_at=datetime(2026, 12, 6, 23), is_contact=True)
        self._create_call(call_at=datetime(2026, 12, 6, 22, 59), is_contact=True)
        self._create_call(source="dialog", is_contact=True)
        self.assertEqual(self._read()["today"], "2026-12-06 23:00:00")
        self.assertEqual(self._read()["tomorrow"], "2026-12-07 23:00:00")
        self.assertEqual(
            self._read_survey()["today"], {"calls": 2, "contacts": 2, "completed": 1}
        )

    def test_40_positive_calls_of_5000_are_8_06(self):
        self.env["survey.callcenter.call"].create(
            [self._prepare_call_vals(rating_id=self.positive.id)] * 40
            + [self._prepare_call_vals(rating_id=self.negative.id)] * 60
            + [self._prepare_call_vals()] * 4900
        )
        self._create_call(source="dialog", rating_id=self.positive.id)
        self.assertEqual(
            self._read_survey()["rated"],
            {"positive": 40, "all": 5000, "ratio": 8.06},
        )

    def test_the_factor_is_that_of_the_surveys_company(self):
        self.env.company.cc_statistic_factor = 100
        self._create_call(rating_id=self.positive.id)
        self._create_call()
        self.assertEqual(self._read_survey()["rated"]["ratio"], 100)

    def test_without_other_calls_there_is_no_ratio(self):
        self.assertIs(self._read_survey()["rated"]["ratio"], False)
        self._create_call(rating_id=self.positive.id)
        self.assertIs(self._read_survey()["rated"]["ratio"], False)

    def test_follow_ups_of_each_agent_are_overdue_or_due_today(self):
        for contact, at, agent in (
            (self.p1, datetime(2026, 12, 7, 8, 59), self.agent_a),
            (self.p2, datetime(2026, 12, 7, 22, 59), self.agent_a),
            (self.p3, datetime(2026, 12, 7, 23), self.agent_b),
        ):
            contact.write({"callback_at": at, "callback_user_id": agent.id})
        anyone = self._create_contact("Anyone", phone="+49301234569")
        anyone.callback_at = datetime(2026, 12, 7, 9)
        self.assertEqual(
            self._read_survey()["follow_ups"],
            [
                {
                    "agent_id": self.agent_a.id,
                    "agent": "agent_a",
                    "overdue": 1,
                    "due": 1,
                },
                {"agent_id": False, "agent": "Anyone", "overdue": 0, "due": 1},
            ],
        )

    def test_a_follow_up_on_the_phone_waits_no_more(self):
        self.p1.write(
            {
                "callback_at": datetime(2026, 12, 7, 8),
                "lock_user_id": self.agent_a.id,
                "locked_at": datetime(2026, 12, 7, 8, 58),
            }
        )
        self.assertEqual(self._read_survey()["follow_ups"], [])

    def test_the_filling_of_the_contact_list_is_shown_until_it_is_done(self):
        job = self.env["survey.callcenter.list.job"].create(
            {
                "survey_id": self.survey.id,
                "selection_id": self.selection.id,
                "company_id": self.env.company.id,
                "state": "running",
                "total": 200,
                "processed": 50,
            }
        )
        self.assertEqual(
            self._read_survey()["jobs"],
            [
                {
                    "id": job.id,
                    "state": "running",
                    "state_label": "Running",
                    "percent": 25,
                }
            ],
        )
        job.state = "done"
        self.assertEqual(self._read_survey()["jobs"], [])

    def test_the_page_is_told_how_often_to_read_again(self):
        self.env.company.cc_refresh_minutes = 0
        self.assertEqual(self._read()["refresh_minutes"], 0)

    def test_many_surveys_need_no_more_queries_than_two(self):
        surveys = self.survey
        for number in range(8):
            survey = self._create_survey(title=f"Survey {number}")
            self._fill(survey, number)
            surveys |= survey
        few, many = surveys[1:3].ids, surveys.ids
        self._count_queries(many)  # what Odoo keeps is kept from here on
        self.assertEqual(self._count_queries(few), self._count_queries(many))

    def _fill(self, survey, number):
        user = self._create_user(f"agent_{number}", f"{GROUP}agent")
        contact = self._create_contact(
            "Caller",
            phone=f"+4930765432{number}",
            survey=survey,
            lock_user_id=user.id,
            locked_at=datetime(2026, 12, 7, 8, 50),
        )
        self._create_contact(
            "Later",
            phone=f"+4930865432{number}",
            survey=survey,
            callback_at=datetime(2026, 12, 7, 8),
            callback_user_id=user.id,
        )
        self._create_call(
            survey_id=survey.id,
            contact_id=contact.id,
            user_id=user.id,
            rating_id=self.positive.id,
        )

    def _count_queries(self, survey_ids):
        board = self.env["survey.callcenter.board"].with_user(self.manager)
        return self.count_queries(lambda: board.get_board(survey_ids))
