import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time
from odoo.tools.safe_eval import safe_eval

from .change_office import LIST, ChangeOffice

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
OUR_MODELS = (
    "customer.change.line",
    "customer.change.request",
    "customer.change.rule",
)


@freeze_time(MORNING)
class TestChangeLists(ChangeOffice):
    """What the office finds, and in which order."""

    def _ages(self, request, days):
        """Let a request be so many days old."""
        self.env.cr.execute(
            "UPDATE customer_change_request SET create_date = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=days), request.id],
        )
        request.invalidate_recordset(["create_date"])

    def _find(self, **filters):
        """Return what a filter of the search view finds for Ulf."""
        [name] = filters
        view = "customer_portal.customer_change_request_view_search"
        [node] = self._arch(self.ulf, view).xpath(f"//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": self.ulf.id})
        found = self.requests.with_user(self.ulf).search(domain)
        return found & (self.request | filters[name])

    def test_undecided_requests_come_first(self):
        later = self._ask(
            self.anna, self.warehouse, {"effective_date": "2026-12-24"}, street="Kai 1"
        )
        later.with_user(self.erik).action_approve()
        rejected = self._ask(self.carla, self.krone, street="Kai 2")
        rejected.with_user(self.erik)._reject("No")
        approved = self._ask(self.carla, self.krone, street="Kai 3")
        approved.with_user(self.erik).action_approve()
        newest = self._ask(self.carla, self.krone, street="Kai 4")
        order = self._arch(self.ulf, LIST).get("default_order")
        mine = self.request + later + rejected + approved + newest
        found = self.requests.with_user(self.ulf).search(
            [("id", "in", mine.ids)], order=order
        )
        self.assertEqual(
            found.ids, (newest + self.request + later + approved + rejected).ids
        )

    def test_open_requests_are_shown_at_first(self):
        action = self.env.ref("customer_portal.customer_change_request_action")
        self.assertIn("'search_default_open': 1", action.context)
        self.assertEqual(self._find(open=self.requests), self.request)
        self.request.with_user(self.erik).action_approve()
        self.assertFalse(self._find(open=self.requests))
        self.assertEqual(self._find(decided=self.requests), self.request)

    def test_conflicts_are_found(self):
        other = self._ask(self.carla, self.krone, street="Kai 2")
        self._ages(self.request, 0)
        self.assertFalse(self._find(conflict=other))
        self.krone.street = "Seeufer 3"
        self.env.invalidate_all()  # the next click is another transaction
        self.assertEqual(self._find(conflict=other), other)
        self.assertEqual(other.with_user(self.ulf).urgency, "conflict")
        self.assertEqual(self.request.with_user(self.ulf).urgency, "waiting")

    def test_late_requests_are_found_from_local_midnight_on(self):
        other = self._ask(self.carla, self.krone, street="Kai 2")
        self._ages(self.request, 1)
        self._ages(other, 2)
        self.assertEqual(self._find(late=other), other)
        self.assertEqual(
            (self.request | other).with_user(self.ulf).mapped("is_late"), [False, True]
        )
        with freeze_time("2026-12-01 22:59:00"):  # 23:59 in Berlin
            self.env.invalidate_all()
            self.assertEqual(self._find(late=other), other)
        with freeze_time("2026-12-01 23:01:00"):  # 00:01 in Berlin
            self.env.invalidate_all()
            self.assertEqual(self._find(late=other), self.request | other)
            self.assertTrue(self.request.with_user(self.ulf).is_late)

    def test_the_day_of_a_request_is_the_local_one(self):
        other = self._ask(self.carla, self.krone, street="Kai 2")
        self._ages(self.request, 1 + 9.5 / 24)  # yesterday at 00:30 in Berlin
        self._ages(other, 1 + 10.5 / 24)  # the day before yesterday at 23:30
        self.assertEqual(self._find(late=other), other)
        self.assertEqual(
            (self.request | other).with_user(self.ulf).mapped("is_late"), [False, True]
        )

    def test_what_is_not_late_is_found(self):
        self._ages(self.request, 9)
        on_time = self.requests.with_user(self.ulf).search([("is_late", "=", False)])
        self.assertNotIn(self.request, on_time)

    def test_decided_requests_are_never_late(self):
        self._ages(self.request, 9)
        self.request.with_user(self.erik).action_approve()
        self.assertFalse(self.request.with_user(self.ulf).is_late)
        self.assertFalse(self._find(late=self.requests))

    def test_mine_is_what_i_decided_or_have_to_decide(self):
        self.assertFalse(self._find(mine=self.requests))
        self.request._schedule_decision(self.ulf)
        self.assertEqual(self._find(mine=self.requests), self.request)

    def test_a_request_is_found_by_the_field_that_changes(self):
        for text, is_found in (("Street", True), ("Phone", False)):
            with self.subTest(text=text):
                found = self.requests.with_user(self.ulf).search(
                    [
                        ("line_ids.field_id.field_description", "ilike", text),
                        ("id", "=", self.request.id),
                    ]
                )
                self.assertEqual(bool(found), is_found)

    def test_selected_requests_are_approved_together(self):
        other = self._ask(self.carla, self.krone, street="Kai 2")
        (self.request | other).with_user(self.erik).action_approve()
        self.assertEqual((self.request | other).mapped("state"), ["approved"] * 2)

    def test_of_selected_requests_all_are_approved_or_none(self):
        other = self._ask(self.carla, self.krone, street="Kai 2")
        self.krone.street = "Seeufer 3"
        with self.assertRaisesRegex(UserError, other.name):
            (self.request | other).with_user(self.erik).action_approve()

    def test_the_list_costs_no_query_per_row(self):
        def count(requests):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            requests.with_user(self.ulf).web_read(specification)
            return self.env.cr.sql_log_count - before

        fields_in_list = self._arch(self.ulf, LIST).xpath("/list/field")
        specification = {field.get("name"): {} for field in fields_in_list}
        requests = self.request
        for number in range(9):
            address = self.warehouse.copy({"name": f"Lager {number}"})
            requests |= self._ask(self.anna, address, street="Kai 1", zip=str(number))
        count(requests)
        self.assertEqual(count(requests), count(requests[:3]))

    def test_statistics_count_changes_by_field(self):
        self.request.with_user(self.erik).action_approve()
        lines = self.env["customer.change.line"].with_user(self.ulf)
        groups = lines.with_context(hide_model=True).formatted_read_group(
            [("request_id", "=", self.request.id)],
            ["field_id"],
            ["__count", "processing_hours:avg"],
        )
        self.assertEqual(
            {(group["field_id"][1], group["__count"]) for group in groups},
            {("Street", 1), ("Zip", 1)},
        )
        action = self.request.line_ids[0].with_user(self.ulf).action_open_request()
        self.assertEqual(action["res_id"], self.request.id)

    def test_its_index_sorts_as_the_life_cycle_does(self):
        self.env.cr.execute(
            "SELECT indexdef FROM pg_indexes"
            " WHERE indexname = 'customer_change_request_rank_idx'"
        )
        [definition] = self.env.cr.fetchone()
        states = re.findall(r"'(\w+)'::", definition)
        self.assertEqual(states, list(self.requests._transitions))


class TestChangeViews(ChangeOffice):
    """Which views there are, and for whom."""

    def test_every_view_opens_for_the_least_user(self):
        for model in OUR_MODELS:
            views = self.env["ir.ui.view"].search([("model", "=", model)])
            views = views.filtered(lambda v: v.xml_id.startswith("customer_portal."))
            self.assertTrue(views, model)
            for view in views:
                with self.subTest(view=view.xml_id):
                    result = (
                        self.env[model]
                        .with_user(self.ulf)
                        .get_views([(view.id, view.type)])
                    )
                    self.assertIn(model, result["models"])

    def test_menus_are_there_for_those_who_may_use_them(self):
        def visible(user, name):
            menu = self.env.ref(f"customer_portal.{name}")
            return menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

        colleague = self._create_user("Ingo", "base.group_user")
        self.assertFalse(visible(colleague, "customer_portal_menu_root"))
        self.assertTrue(visible(self.ulf, "customer_change_request_menu"))
        self.assertTrue(visible(self.ulf, "customer_change_line_menu"))
        self.assertFalse(visible(self.erik, "customer_portal_menu_configuration"))
        self.assertTrue(visible(self.marta, "customer_change_rule_menu"))
        self.assertFalse(visible(self.marta, "customer_portal_menu_settings"))

    def test_a_manager_chooses_the_field_of_a_rule_by_its_name(self):
        rules = self.env["customer.change.rule"].with_user(self.marta)
        domain = rules._get_field_domain()
        names = (
            self.env["ir.model.fields"]
            .with_user(self.marta)
            .name_search("Phone", domain)
        )
        self.assertIn("Phone", names[0][1])
        with Form(rules, "customer_portal.customer_change_rule_view_list") as form:
            form.field_id = form.field_id.browse(names[0][0])
            form.scope = "contact"
            form.action = "auto"
        self._ask(self.anna, self.anna.partner_id, phone="+49 1")
        self.assertEqual(self.anna.partner_id.phone, "+49 1")

    def test_settings_reach_the_company(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        with Form(self.env["res.config.settings"]) as form:
            form.change_sla_days = 5
            form.change_remind = False
            form.change_self_approval = True
            form.change_login_with_email = True
            form.change_admin_email = "office@test.example"
            form.change_admin_user_ids.clear()
            form.change_admin_user_ids.add(self.marta)
            form.portal_landing = "/my"
            form.change_enabled = False
        form.record.execute()
        self.assertRecordValues(
            self.company,
            [
                {
                    "change_sla_days": 5,
                    "change_remind": False,
                    "change_self_approval": True,
                    "change_login_with_email": True,
                    "change_admin_email": "office@test.example",
                    "change_admin_user_ids": self.marta.ids,
                    "portal_landing": "/my",
                    "change_enabled": False,
                }
            ],
        )


class TestPartnerForm(ChangeOffice):
    """What the office sees at the customer."""

    def _open(self, user, partner):
        return Form(partner.with_user(user), "base.view_partner_form")

    def test_open_requests_are_counted(self):
        self.assertEqual(self._open(self.erik, self.adler).pending_change_count, 1)
        self._ask_for_removal(self.anna, self.warehouse)
        self._ask_for_address(self.bert)
        partners = self.adler + self.warehouse + self.anna.partner_id + self.krone
        self.assertEqual(
            partners.with_user(self.ulf).mapped("pending_change_count"), [3, 1, 0, 0]
        )
        self.request.with_user(self.erik)._reject("No")
        self.adler.invalidate_recordset(["pending_change_count"])
        self.assertEqual(self._open(self.erik, self.adler).pending_change_count, 2)

    def test_the_count_opens_the_requests(self):
        action = self.adler.with_user(self.ulf).action_view_change_requests()
        found = self.requests.with_user(self.ulf).search(action["domain"])
        self.assertEqual(found, self.request)

    def test_customers_with_open_requests_are_found(self):
        view = "base.view_res_partner_filter"
        xpath = "//filter[@name='open_change_requests']"
        [node] = self._arch(self.ulf, view).xpath(xpath)
        domain = safe_eval(node.get("domain"))
        found = self.env["res.partner"].with_user(self.ulf).search(domain)
        self.assertIn(self.adler, found)
        self.assertNotIn(self.krone, found)
        colleague = self._create_user("Ingo", "base.group_user")
        self.assertFalse(self._arch(colleague, view).xpath(xpath))

    def test_colleagues_see_nothing_of_it(self):
        colleague = self._create_user(
            "Ingo", "base.group_user,base.group_partner_manager"
        )
        for user, is_there in ((colleague, False), (self.ulf, True)):
            arch = self._arch(user, "base.view_partner_form")
            for xpath in (
                "//div[@name='pending_changes']",
                "//button[@name='action_view_change_requests']",
            ):
                with self.subTest(user=user.name, xpath=xpath):
                    self.assertEqual(bool(arch.xpath(xpath)), is_there)
        self._open(colleague, self.adler)

    def test_approvers_say_how_a_customer_is_treated(self):
        with self._open(self.erik, self.adler) as form:
            form.portal_change_mode = "direct"
        with self._open(self.erik, self.bert.partner_id) as form:
            form.portal_may_edit_company = False
        self._ask(self.anna, self.adler, city="Passau")
        self.assertEqual(self.adler.city, "Passau")
        with self.assertRaises(UserError):
            self._ask(self.bert, self.adler, city="Straubing")
        page = "//page[@name='customer_portal']"
        arch = self._arch(self.ulf, "base.view_partner_form")
        self.assertFalse(arch.xpath(page))
