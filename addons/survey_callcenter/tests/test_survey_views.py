from lxml import etree

from odoo.tests import Form

from .common import GROUP
from .list_case import ListCase

NUMBERS = ("cc_refresh_minutes", "cc_statistic_factor")


class TestSurveyViews(ListCase):
    """What managers see of call surveys, and others do not."""

    def get_arch(self, user):
        surveys = self.env["survey.survey"].with_user(user)
        return etree.fromstring(surveys.get_view(view_type="form")["arch"])

    def test_manager_has_a_page_of_the_call_center_and_officers_have_none(self):
        officer = self._create_officer()
        for user, pages, buttons in ((self.manager, 1, 7), (officer, 0, 0)):
            with self.subTest(user.name):
                arch = self.get_arch(user)
                self.assertEqual(len(arch.xpath("//page[@name='call_center']")), pages)
                found = arch.xpath("//header/button[starts-with(@name, 'action_cc_')]")
                self.assertEqual(len(found), buttons)

    def test_call_survey_is_closed_by_one_button_only(self):
        arch = self.get_arch(self.manager)
        first = arch.xpath("//header/button")[0]
        self.assertEqual(first.get("name"), "action_cc_release")
        for name in ("action_archive", "action_start_session"):
            [button] = arch.xpath(f"//header/button[@name='{name}']")
            with self.subTest(name):
                self.assertTrue(button.get("invisible").endswith("or cc_enabled"))

    def test_new_call_survey_is_set_up_for_talks(self):
        surveys = self.env["survey.survey"].with_user(self.manager)
        with Form(surveys.with_context(default_cc_enabled=True)) as form:
            form.title = "New"
        survey = form.record
        self.assertRecordValues(
            survey,
            [
                {
                    "cc_enabled": True,
                    "cc_state": "planning",
                    "access_mode": "token",
                    "users_login_required": False,
                    "users_can_go_back": True,
                    "questions_layout": "one_page",
                }
            ],
        )

    def test_survey_becomes_a_call_survey_in_its_form(self):
        survey = self.env["survey.survey"].with_user(self.manager)
        survey = survey.create({"title": "Old", "users_login_required": True})
        with Form(survey) as form:
            form.cc_enabled = True
            form.cc_selection_ids.add(self.selection)
        self.assertEqual(survey.cc_selection_ids, self.selection)
        self.assertFalse(survey.users_login_required)

    def test_closed_surveys_are_hidden_until_the_filter_is_removed(self):
        action = self.env.ref("survey_callcenter.action_manage_call_surveys")
        self.assertEqual(action.context.count("search_default_not_closed"), 1)
        search = self.env.ref("survey_callcenter.survey_survey_view_search")
        arch = etree.fromstring(search.arch)
        [not_closed] = arch.xpath("//filter[@name='not_closed']/@domain")
        self.assertEqual(not_closed, "[('cc_state', '!=', 'closed')]")

    def test_contact_list_and_calls_are_those_of_the_survey(self):
        self.p1._cc_apply({}, "agent")
        self._create_contact("Other", survey=self.planned)
        survey = self.as_manager(self.survey)
        for action, records in (
            (survey.action_cc_contact_list(), self.p1 | self.p2 | self.p3),
            (survey.action_cc_calls(), self.p1.call_ids),
        ):
            with self.subTest(action["name"]):
                model = self.env[action["res_model"]].with_user(self.manager)
                self.assertEqual(model.search(action["domain"]), records)

    def test_counts_are_those_of_each_survey(self):
        self.p1.state = "done"
        self.p2.state = "excluded"
        self.p3._cc_apply({}, "agent")
        self._create_contact("Other", survey=self.planned)
        self.env.flush_all()
        self.assertRecordValues(
            self.as_manager(self.survey | self.planned),
            [
                {
                    "cc_contact_count": 3,
                    "cc_open_count": 1,
                    "cc_done_count": 1,
                    "cc_excluded_count": 1,
                    "cc_call_count": 1,
                },
                {
                    "cc_contact_count": 1,
                    "cc_open_count": 1,
                    "cc_done_count": 0,
                    "cc_excluded_count": 0,
                    "cc_call_count": 0,
                },
            ],
        )

    def test_list_of_many_surveys_costs_as_many_queries_as_of_two(self):
        self._count_queries()
        few = self._count_queries()
        for number in range(6):
            self._create_contact(
                f"Person {number}", survey=self._create_survey(title=f"S {number}")
            )
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        names = ("title", "cc_open_count", "cc_done_count", "cc_list_progress")
        surveys = self.env["survey.survey"].with_user(self.manager)
        specification = {name: {} for name in names}
        return self.count_queries(
            lambda: surveys.web_search_read([("cc_enabled", "=", True)], specification)
        )

    def test_menus_are_for_managers(self):
        root = "survey_callcenter_menu_root"
        menus = ("survey_survey_menu_manage", "survey_callcenter_selection_menu", root)
        for user, expected in (
            (self.manager, [*menus]),
            (self.agent_a, [root]),
            (self.employee, []),
        ):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            with self.subTest(user=user.name):
                self.assertEqual(
                    [
                        name
                        for name in menus
                        if self.env.ref(f"survey_callcenter.{name}").id in visible
                    ],
                    expected,
                )

    def test_settings_are_those_of_the_company(self):
        system = self._create_user("boss", f"base.group_system,{GROUP}manager")
        other = self.env["res.company"].create({"name": "Other"})
        before = other.read(["cc_agents_required", *NUMBERS])
        settings = self.env["res.config.settings"].with_user(system)
        with Form(settings) as form:
            form.cc_agents_required = True
            form.cc_refresh_minutes = 7
            form.cc_statistic_factor = 100
        form.record.execute()
        self.assertRecordValues(
            system.company_id,
            [
                {
                    "cc_agents_required": True,
                    "cc_refresh_minutes": 7,
                    "cc_statistic_factor": 100,
                }
            ],
        )
        self.assertEqual(other.read(["cc_agents_required", *NUMBERS]), before)
        self.assertEqual(settings.create({}).cc_refresh_minutes, 7)
