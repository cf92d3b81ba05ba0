from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.fields import Domain
from odoo.tests import freeze_time
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..models import contact_person
from .dialog_case import NOW, DialogCase

CONTACT = "survey.callcenter.contact"


@freeze_time(NOW)
class TestContactViews(DialogCase):
    """The lists of contacts and calls: whom they show, and to whom."""

    def _search(self, view, search_filter):
        """Return what a filter of the search view finds."""
        view = self.env.ref(f"survey_callcenter.{view}")
        node = etree.fromstring(view.arch).xpath(f"//filter[@name='{search_filter}']")
        records = self.env[view.model].with_user(self.manager)
        domain = Domain(safe_eval(node[0].get("domain")))
        return records.search(domain & Domain("survey_id", "=", self.survey.id))

    def _find(self, field, text):
        """Return the contacts that a text typed into the search box finds."""
        view = self.env.ref("survey_callcenter.survey_callcenter_contact_view_search")
        node = etree.fromstring(view.arch).xpath(f"//field[@name='{field}']")[0]
        typed = f"[('{field}', 'ilike', self)]"
        domain = Domain(
            safe_eval(node.get("filter_domain") or typed, {"self": text})
        ) & Domain("survey_id", "=", self.survey.id)
        return self.env[CONTACT].with_user(self.manager).search(domain)

    def _filtered(self, name):
        return self._search("survey_callcenter_contact_view_search", name)

    # --- the list of a survey ---

    def test_list_of_a_survey_shows_its_contacts_and_no_others(self):
        self._create_contact("Foreign", survey=self._create_survey())
        action = self.survey.with_user(self.manager).action_cc_contact_list()
        self.assertEqual(action["display_name"], "Contact List")
        contacts = self.env[action["res_model"]].with_user(self.manager)
        self.assertEqual(contacts.search(action["domain"]), self.p1 | self.p2 | self.p3)

    def test_row_shows_person_company_and_town(self):
        company = self.env["res.partner"].create({"name": "ACME", "is_company": True})
        self.p1.partner_id.write(
            {"parent_id": company.id, "zip": "10115", "city": "Berlin"}
        )
        self.assertRecordValues(
            (self.p1 | self.p2).with_user(self.manager),
            [
                {
                    "person_name": "Müller, Hans",
                    "company_name": "ACME",
                    "zip_city": "10115 Berlin",
                },
                {"person_name": "Schulze, Eva", "company_name": False, "zip_city": ""},
            ],
        )

    def test_only_managers_get_the_button_to_change_a_status(self):
        for view in ("list", "form", "kanban"):
            view_id = self.env.ref(
                f"survey_callcenter.survey_callcenter_contact_view_{view}"
            ).id
            for user, number in ((self.manager, 1), (self.agent_a, 0)):
                with self.subTest(view=view, user=user.name):
                    arch = self.env[CONTACT].with_user(user).get_view(view_id)["arch"]
                    buttons = etree.fromstring(arch).xpath(
                        "//*[@name='action_change_status']"
                    )
                    self.assertEqual(len(buttons), number)

    def test_rows_cost_the_same_number_of_queries_however_many_there_are(self):
        spec = {
            name: {}
            for name in (
                "person_name",
                "company_name",
                "zip_city",
                "state",
                "phone_e164",
            )
        }
        few, many = [("id", "in", self.p1.ids)], [("survey_id", "=", self.survey.id)]
        for number in range(20):
            self._create_contact(f"Person {number}", phone=f"+4930{number:07}")
        self.assertEqual(
            self._count_queries(few, spec), self._count_queries(many, spec)
        )

    def _count_queries(self, domain, spec):
        contacts = self.env[CONTACT].with_user(self.manager)
        contacts.web_search_read(domain, spec)  # some things are read once
        return self.count_queries(lambda: contacts.web_search_read(domain, spec))

    # --- search ---

    def test_person_is_found_by_a_part_of_his_name_and_not_by_his_email(self):
        self.assertEqual(self._find("person_name", "chulz"), self.p2)
        self.assertFalse(self._find("person_name", "person.example"))

    def test_people_are_found_as_well_when_many_have_such_a_name(self):
        with patch.object(contact_person, "FEW", 0):
            self.assertEqual(self._find("person_name", "chulz"), self.p2)
            self.assertFalse(self._find("person_name", "person.example"))

    def test_name_is_searched_in_an_index(self):
        """With more than one index the planner of a small table takes any."""
        if not self.registry.has_trigram:
            self.skipTest("this database has no trigrams")
        [[definition]] = self.env.execute_query(
            SQL(
                "SELECT indexdef FROM pg_indexes"
                " WHERE indexname = 'res_partner_cc_name_index'"
            )
        )
        people = self.env["res.partner"].with_context(active_test=False)
        query = people._search([("complete_name", "ilike", "schulze")]).select().code
        searched = definition.partition("USING gin (")[2].partition(" gin_trgm_ops")[0]
        self.assertIn("complete_name", searched)
        plain = searched.replace("(", "").replace(")", "").replace("::text", "")
        code = query.replace('"', "").replace("res_partner.", "").replace("::text", "")
        self.assertIn(f"{plain} ILIKE", code.replace("(", "").replace(")", ""))

    def test_person_is_found_by_the_number_however_it_is_written(self):
        self.p2.partner_id.phone = "+49 (30) 77 88-99"
        self.env.flush_all()
        self.assertEqual(self._find("phone_e164", "307788"), self.p2)

    def test_contacts_are_found_by_agent(self):
        self.p1.callback_user_id = self.agent_b
        self.p2.last_user_id = self.agent_b
        self.assertEqual(self._find("callback_user_id", "agent_b"), self.p1 | self.p2)

    def test_filters_find_what_they_say(self):
        now = fields.Datetime.now()
        self.p1.write({"callback_at": now - timedelta(minutes=1)})
        self.p2.write({"state": "done", "contact_established": True})
        self.p3.write({"callback_at": now + timedelta(hours=3)})
        p4 = self._create_contact("Excluded", phone=False, state="excluded")
        p5 = self._create_contact("Held", callback_at=now - timedelta(minutes=1))
        self.let_call(self.agent_a, p5)
        p6 = self._create_contact(
            "Tomorrow", phone=False, callback_at=now + timedelta(days=1)
        )
        for name, contacts in (
            ("open", self.p1 | self.p3 | p5 | p6),
            ("done", self.p2),
            ("excluded", p4),
            ("follow_up_due", self.p1 | self.p3),
            ("follow_up_overdue", self.p1),
            ("held", p5),
            ("established", self.p2),
        ):
            with self.subTest(filter=name):
                self.assertEqual(self._filtered(name), contacts)

    # --- what is mine ---

    def test_my_follow_ups_are_those_that_wait_for_me(self):
        self.p1.callback_user_id = self.agent_a
        self.p2.callback_user_id = self.agent_b
        self.p3.write({"callback_user_id": self.agent_a.id, "state": "done"})
        self.assertEqual(self._mine("action_my_follow_ups", self.agent_a), self.p1)

    def test_my_calls_are_those_that_i_made(self):
        for agent, contact in ((self.agent_a, self.p1), (self.agent_b, self.p2)):
            contact.sudo().with_user(agent)._cc_apply({}, "agent")
        self.assertEqual(
            self._mine("action_my_calls", self.agent_a), self.calls_of(self.p1)
        )
        self.assertEqual(
            self._mine("action_my_calls", self.manager), self.calls_of(self.p3)
        )

    def _mine(self, action, user):
        action = self.env.ref(f"survey_callcenter.{action}")
        domain = safe_eval(action.domain, {"uid": user.id})
        return self.env[action.res_model].with_user(user).search(domain)

    def test_calls_are_filtered_by_who_wrote_them(self):
        self.p1.with_user(self.agent_a)._cc_apply({}, "agent", is_contact=True)
        self.p2.with_user(self.manager)._cc_apply({}, "dialog")
        view = "survey_callcenter_call_view_search"
        by_agent, by_manager = self.calls_of(self.p1), self.calls_of(self.p2)
        for name, calls in (
            ("calls", by_agent),
            ("changes", by_manager),
            ("contact", by_agent),
            ("today", by_agent | by_manager),
        ):
            with self.subTest(filter=name):
                self.assertEqual(self._search(view, name).sorted("id"), calls)

    def _listed(self, action, view_type, user):
        """Return what a view of an action shows of the survey, in its order."""
        action = self.env.ref(f"survey_callcenter.action_{action}")
        view_id = dict(map(reversed, action.views))[view_type]
        records = self.env[action.res_model].with_user(user)
        arch = etree.fromstring(records.get_view(view_id, view_type)["arch"])
        domain = safe_eval(action.domain or "[]", {"uid": user.id})
        domain = Domain(domain) & Domain("survey_id", "=", self.survey.id)
        return records.search(domain, order=arch.get("default_order"))

    def test_the_newest_call_comes_first(self):
        contacts = self.p1.with_user(self.agent_a).sudo()
        newest, oldest = (
            contacts._cc_apply({}, "agent", call_at=f"2026-12-0{day} 09:00:00")
            for day in (5, 4)
        )
        for action, view_type, user in (
            ("my_calls", "list", self.agent_a),
            ("my_calls", "kanban", self.agent_a),
            ("calls", "list", self.manager),
            ("calls", "kanban", self.manager),
        ):
            with self.subTest(action=action, view=view_type):
                calls = self._listed(action, view_type, user)
                self.assertEqual(calls.ids, [newest.id, oldest.id])

    def test_the_next_follow_up_comes_first(self):
        self.give_follow_up(self.p1, self.agent_a, "2026-12-09 09:00:00")
        self.give_follow_up(self.p2, self.agent_a, "2026-12-08 09:00:00")
        for view_type in ("list", "kanban"):
            with self.subTest(view=view_type):
                contacts = self._listed("my_follow_ups", view_type, self.agent_a)
                self.assertEqual(contacts.ids, [self.p2.id, self.p1.id])

    def test_visits_to_come_are_the_first_column_of_the_cards(self):
        appointments = self.env["survey.callcenter.appointment"].with_user(self.rep_1)
        appointments = appointments.with_context(read_group_expand=True)  # as cards do
        groups = appointments.formatted_read_group([], ["state"], ["__count"])
        states = [group["state"] for group in groups]
        self.assertEqual(states, ["planned", "changed", "held", "no_show", "cancelled"])

    def test_nobody_creates_or_changes_contacts_and_calls_in_the_views(self):
        for model in (CONTACT, "survey.callcenter.call", "survey.callcenter.history"):
            views = self.env["ir.ui.view"].search(
                [("model", "=", model), ("type", "in", ("list", "form", "kanban"))]
            )
            self.assertTrue(views, model)
            for view in views:
                root = etree.fromstring(view.arch)
                with self.subTest(view=view.name):
                    self.assertEqual(
                        [root.get(name) for name in ("create", "edit", "delete")],
                        ["0", "0", "0"],
                    )
