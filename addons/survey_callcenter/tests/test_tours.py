from odoo.tests import freeze_time

from .common import CallCenterHttpCase


class TestTours(CallCenterHttpCase):
    """What agents and managers do, in a real browser."""

    def test_agent_calls_everybody_who_is_due(self):
        self.survey.questions_layout = "one_page"
        self.p3.next_call_at = "2100-01-01 08:00:00"
        (self.p1 | self.p2).priority = "1"
        self.p1.priority = "2"
        self.start_tour(
            "/odoo/call-center", "survey_callcenter_call", login=self.agent_a.login
        )
        self.assertEqual(self.p1.state, "done")
        self.assertEqual(self.p1.outcome_id.code, "complete")
        self.assertEqual(self.p1.call_ids.note, "Was happy")
        answer = self.p1.user_input_id
        self.assertEqual(answer.state, "done")
        self.assertEqual(answer.partner_id, self.p1.partner_id)
        self.assertEqual(self.p2.outcome_id.code, "no_answer")
        self.assertEqual(self.p2.state, "open")

    # The clock of the browser does not stand still: days have to be in its future.
    @freeze_time("2099-12-07 09:00:00", tick=True)
    def test_manager_changes_a_follow_up_by_a_double_click(self):
        self.give_follow_up(self.p2, self.agent_b, "2099-12-09 13:30:00")
        self.start_tour(
            "/odoo/call-surveys",
            "survey_callcenter_change_status",
            login=self.manager.login,
        )
        self.assertEqual(str(self.p2.callback_at), "2099-12-11 13:30:00")
        self.assertEqual(self.p2.callback_user_id, self.agent_b)
