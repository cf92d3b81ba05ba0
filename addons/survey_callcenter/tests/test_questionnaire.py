from odoo import fields

from .common import CallCenterHttpCase

WRONG_USER = {"error": "answer_wrong_user"}


class TestQuestionnaire(CallCenterHttpCase):
    """Who fills in the answers of a person: the agent who has him on the phone."""

    def setUp(self):
        super().setUp()
        self.survey.questions_layout = "one_page"
        self.page = self.pick(self.agent_a, self.p1_for(self.agent_a))
        contacts = self.contacts_as(self.agent_a)
        self.url = contacts.cc_questionnaire(self.page["call_uuid"])["url"]
        self.answer = self.p1.user_input_id

    def p1_for(self, agent):
        """Return the first person, whom only this agent is to call."""
        self.p1.callback_user_id = agent
        self.env.flush_all()
        return self.p1

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def ask(self, act, **params):
        """Call a route of the questionnaire; return what it says beside the answers."""
        token = self.survey.access_token
        route = f"/survey/{act}/{token}/{self.answer.access_token}"
        return self.make_jsonrpc_request(route, params)[1]

    def fill_in(self):
        satisfied, why = self.survey.question_ids
        self.ask("begin")
        return self.ask("submit", **{str(satisfied.id): "Very", str(why.id): "So"})

    def assertIsShown(self, url):
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        self.assertIn("o_survey_form", response.text)

    def assertIsRefused(self, url):
        response = self.url_open(url)
        self.assertIn("Survey Access Error", response.text)
        self.assertNotIn("o_survey_form", response.text)

    def test_agent_fills_in_the_answers_of_the_person(self):
        self.log_in(self.agent_a)
        self.assertIsShown(self.url)
        self.assertNotIn("error", self.fill_in())
        self.assertEqual(self.answer.state, "done")
        self.assertEqual(self.answer.partner_id, self.p1.partner_id)
        self.assertEqual(self.answer.create_uid, self.agent_a)
        lines = self.answer.user_input_line_ids
        self.assertEqual(lines.mapped("display_name"), ["Very", "So"])

    def test_address_names_the_answers(self):
        self.assertIn(f"?answer_token={self.answer.access_token}", self.url)

    def test_the_frame_is_not_forbidden(self):
        self.log_in(self.agent_a)
        self.assertNotIn("X-Frame-Options", self.url_open(self.url).headers)

    def test_others_do_not_see_it(self):
        for user in (self.agent_b, self.manager, self.employee):
            with self.subTest(user=user.name):
                self.log_in(user)
                self.assertIsRefused(self.url)
                self.assertEqual(self.ask("begin"), WRONG_USER)
                self.assertEqual(self.ask("submit"), WRONG_USER)
        self.assertEqual(self.answer.state, "new")

    def test_agent_on_the_phone_with_another_does_not_see_it(self):
        self.pick(self.agent_b)
        self.log_in(self.agent_b)
        self.assertIsRefused(self.url)

    def test_after_giving_back_it_is_closed(self):
        self.contacts_as(self.agent_a).cc_release(self.page["call_uuid"], "")
        self.log_in(self.agent_a)
        self.assertIsRefused(self.url)
        self.assertEqual(self.ask("begin"), WRONG_USER)

    def test_cookie_of_the_call_before_does_not_open_its_answers(self):
        self.log_in(self.agent_a)
        self.assertIsShown(self.url)
        token = self.survey.access_token
        self.opener.cookies.set(f"survey_{token}", self.answer.access_token)
        self.contacts_as(self.agent_a).cc_release(self.page["call_uuid"], "")
        page = self.url_open(f"/survey/start/{token}")
        self.assertNotIn(self.answer.access_token, page.url)
        self.assertNotIn(self.answer.access_token, page.text)

    def test_next_call_goes_on_with_the_same_answers(self):
        self.contacts_as(self.agent_a).cc_release(self.page["call_uuid"], "")
        self.p1.next_call_at = "2026-01-01 09:00:00"  # some minutes later
        page = self.pick(self.agent_b, self.p1_for(self.agent_b))
        url = self.contacts_as(self.agent_b).cc_questionnaire(page["call_uuid"])["url"]
        self.assertEqual(url, self.url)
        self.log_in(self.agent_b)
        self.assertIsShown(url)

    def test_own_answers_are_open_as_ever(self):
        answer = self.survey._create_answer(user=self.employee)
        token = self.survey.access_token
        self.log_in(self.employee)
        self.assertIsShown(f"/survey/start/{token}?answer_token={answer.access_token}")

    # === TRAINING === #

    def _create_training(self, **values):
        values = {"cc_state": "training", "title": "Training", **values}
        return self._create_survey(questions_layout="one_page", **values)

    def _answers_to_practise(self):
        return self.env["survey.user_input"].search([("test_entry", "=", True)])

    def test_agent_practises_with_answers_that_count_nowhere(self):
        before, training = self._answers_to_practise(), self._create_training()
        url = self.contacts_as(self.agent_a).cc_practice(training.id)["url"]
        answer = self._answers_to_practise() - before
        self.assertEqual(answer.survey_id, training)
        self.assertEqual(answer.partner_id, self.agent_a.partner_id)
        self.log_in(self.agent_a)
        self.assertIsShown(url)
        self.log_in(self.agent_b)
        self.assertIsRefused(url)

    def test_nobody_practises_with_what_is_called_or_with_surveys_of_others(self):
        before, training = self._answers_to_practise(), self._create_training()
        others = self._create_training(cc_agent_ids=self.agent_b.ids)
        contacts = self.contacts_as(self.agent_a)
        for junk in (self.survey.id, others.id, -1, "x", None, [training.id]):
            with self.subTest(junk=junk):
                self.assertEqual(contacts.cc_practice(junk), {"url": False})
        self.assertEqual(self._answers_to_practise(), before)

    def test_nobody_is_called_in_training(self):
        training = self._create_training()
        free, waiting = (
            self._create_contact("Eva", survey=training) for _contact in range(2)
        )
        self.give_follow_up(waiting, self.agent_b, fields.Datetime.now())
        contacts = self.contacts_as(self.agent_b)
        answer = contacts.cc_next([training.id])
        self.assertEqual(answer["empty"]["reason"], "stopped")
        self.assertFalse(contacts.cc_open(waiting.id)["contact"])
        self.assertFalse((free | waiting).lock_user_id)
