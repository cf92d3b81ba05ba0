from lxml import etree
from psycopg2.errors import CheckViolation

from odoo.fields import Domain
from odoo.tests import Form
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import CenterCase


class TestTicketViews(CenterCase):
    """What agents see of a ticket beside the information center."""

    def _get_arch(self, view_type, user, model="helpdesk.ticket", view=False):
        view_id = view and self.env.ref(view).id
        views = self.env[model].with_user(user).get_views([(view_id, view_type)])
        return etree.fromstring(views["views"][view_type]["arch"])

    def _get_buttons(self, user):
        buttons = self._get_arch("form", user).findall(".//header/button")
        return {button.get("string") for button in buttons} & {
            "Lock",
            "Unlock",
            "Remind Me",
            "Send E-Mail",
        }

    def test_agents_have_the_buttons_and_other_employees_have_not(self):
        self.assertEqual(
            self._get_buttons(self.agent_c),
            {"Lock", "Unlock", "Remind Me", "Send E-Mail"},
        )
        self.assertEqual(self._get_buttons(self.employee), set())

    def test_only_managers_have_the_button_for_locks_of_others(self):
        path = ".//button[@name='action_force_unlock']"
        self.assertIsNone(self._get_arch("form", self.agent_a).find(path))
        self.assertIsNotNone(self._get_arch("form", self.manager).find(path))

    def test_employee_without_helpdesk_can_open_a_ticket_that_he_follows(self):
        self.t3.message_subscribe(self.employee.partner_id.ids)
        form = Form(self.t3.with_user(self.employee))
        self.assertEqual(form.number, self.t3.number)

    def _search(self, name, user):
        search = self._get_arch("search", user)
        domain = search.find(f".//filter[@name='{name}']").get("domain")
        domain = Domain(safe_eval(domain, {"uid": user.id}))
        mine = Domain("id", "in", self.tickets.ids)
        return self.env["helpdesk.ticket"].with_user(user).search(domain & mine)

    def test_filters_find_what_their_names_say(self):
        self.t6.is_customer_waiting = True
        self.t4.responsible_id = self.agent_a
        expected = {
            "escalated": self.t5 | self.t9,
            "pending": self.t7 | self.t8,
            "due_reminders": self.t7,
            "my_locked": self.t3 | self.t7,
            "customer_waits": self.t6,
            "my_responsible": self.t4,
        }
        for name, tickets in expected.items():
            with self.subTest(name):
                self.assertEqual(set(self._search(name, self.agent_a)), set(tickets))

    def test_closed_tickets_and_those_that_wait_are_not_escalated(self):
        self.assertTrue(self.t5.escalation_date)
        self.t5.stage_id = self._stage("awaiting")
        self.assertEqual(self._search("escalated", self.agent_a), self.t9)

    def test_groups_are_of_the_company_and_the_kind_of_stage(self):
        search = self._get_arch("search", self.agent_c)
        groups = {
            name: search.find(f".//filter[@name='{name}']").get("context")
            for name in ("group_customer_company", "group_state_type")
        }
        self.assertEqual(
            groups,
            {
                "group_customer_company": "{'group_by': 'customer_company_id'}",
                "group_state_type": "{'group_by': 'state_type'}",
            },
        )

    def test_responsible_is_shown_where_the_company_uses_it(self):
        with self.assertRaisesRegex(AssertionError, "invisible"):
            self._set_responsible()
        self.env.company.helpdesk_use_responsible = True
        self._set_responsible()
        self.assertEqual(self.t4.responsible_id, self.manager)

    def _set_responsible(self):
        with Form(self.t4.with_user(self.agent_a)) as form:
            form.responsible_id = self.manager

    def test_kind_of_a_stage_decides_whether_it_is_closed(self):
        model = self.env["helpdesk.ticket.stage"].with_user(self.manager)
        with Form(model) as form:
            form.name = "Solved"
            form.state_type = "closed"
            form.close_from_portal = True
        stage = form.record
        self.assertTrue(stage.closed)
        self.assertFalse(stage.unattended)
        self.assertTrue(stage.close_from_portal)
        with Form(stage) as form:
            form.state_type = "new"
        self.assertFalse(stage.closed)
        self.assertTrue(stage.unattended)

    def test_manager_sets_after_how_many_minutes_locks_end(self):
        with Form(self.support.with_user(self.manager)) as form:
            form.unlock_timeout_minutes = 90
        self.assertEqual(self.support.unlock_timeout_minutes, 90)

    @mute_logger("odoo.sql_db")
    def test_minutes_until_unlocking_are_not_negative(self):
        with self.assertRaises(CheckViolation):
            self.support.unlock_timeout_minutes = -1
            self.env.flush_all()

    def test_manager_tells_the_kind_of_a_channel(self):
        model = self.env["helpdesk.ticket.channel"].with_user(self.manager)
        with Form(model) as form:
            form.name = "Hotline"
            form.kind = "phone"
        self.assertEqual(form.record.kind, "phone")

    def test_agent_picks_his_queues_in_his_preferences(self):
        view = "base.view_users_form_simple_modif"
        user = self.agent_c.with_user(self.agent_c)
        with Form(user, view=view) as form:
            form.helpdesk_queue_ids.add(self.field)
        self.assertEqual(self.agent_c.helpdesk_queue_ids, self.field)

    def test_administrator_picks_the_queues_of_an_agent(self):
        admin = self.env.ref("base.user_admin")
        arch = self._get_arch("form", admin, "res.users", "base.view_users_form")
        self.assertIsNotNone(arch.find(".//field[@name='helpdesk_queue_ids']"))

    def test_settings_have_the_switch_for_responsibles(self):
        admin = self.env.ref("base.user_admin")
        settings = self.env["res.config.settings"].with_user(admin).create({})
        settings.helpdesk_use_responsible = True
        settings.execute()
        self.assertTrue(self.env.company.helpdesk_use_responsible)
        arch = self._get_arch("form", admin, "res.config.settings")
        field = ".//app[@name='helpdesk_mgmt']//field[@name='helpdesk_use_responsible']"
        self.assertIsNotNone(arch.find(field))


class TestChannelKinds(CenterCase):
    """OCA's channels can be used in every company, without having been set up."""

    def _channel(self, kind):
        return self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_channel_{kind}")

    def test_channels_have_their_kinds_and_no_company(self):
        for kind in ("phone", "email", "web", "other"):
            with self.subTest(kind):
                self.assertEqual(self._channel(kind).kind, kind)
                self.assertFalse(self._channel(kind).company_id)

    def test_agent_of_a_second_company_finds_them(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.agent_c.write({"company_ids": company.ids, "company_id": company.id})
        channels = self.env["helpdesk.ticket.channel"].with_user(self.agent_c)
        self.assertEqual(channels._get_by_kind("phone"), self._channel("phone"))

    def test_channel_that_somebody_changed_keeps_its_company_and_kind(self):
        from ..hooks import post_init_hook

        phone, email = self._channel("phone"), self._channel("email")
        phone.with_user(self.manager).write(
            {"kind": False, "company_id": self.env.company.id}
        )
        email.with_user(self.manager).kind = "other"
        post_init_hook(self.env)
        self.assertEqual(phone.company_id, self.env.company)
        self.assertEqual(phone.kind, "phone")
        self.assertEqual(email.kind, "other")


class TestCustomerOfATicket(CenterCase):
    """The ticket form tells how much else the customer has."""

    FIELDS = (
        "company_open_count",
        "company_escalated_count",
        "contact_open_count",
        "contact_escalated_count",
    )

    def _get_counts(self, ticket, user):
        ticket = ticket.with_user(user)
        return [ticket[name] for name in self.FIELDS]

    def test_counts_are_those_of_the_centers(self):
        self.assertEqual(self._get_counts(self.t5, self.agent_a), [9, 2, 4, 1])
        self.assertEqual(self._get_counts(self.t2, self.agent_a), [9, 2, 4, 0])

    def test_counts_hold_only_what_the_agent_may_see(self):
        self.assertEqual(self._get_counts(self.t5, self.agent_b), [3, 1, 1, 1])

    def test_pending_tickets_count_as_open_but_not_as_escalated(self):
        self.t5.stage_id = self._stage("awaiting")
        self.assertTrue(self.t5.escalation_date)
        self.assertEqual(self._get_counts(self.t5, self.agent_a), [9, 1, 4, 0])

    def test_ticket_without_customer_counts_nothing(self):
        ticket = self._create_ticket()
        self._create_ticket()
        self.assertEqual(self._get_counts(ticket, self.agent_a), [0, 0, 0, 0])

    def test_counts_of_many_tickets_cost_two_reads_for_each_level(self):
        tickets = self.tickets.with_user(self.agent_a)
        for records in (tickets[:1], tickets):
            records.invalidate_recordset(self.FIELDS)
            records.mapped("customer_company_id.name")
            records.mapped("partner_id.name")
            with self.subTest(len(records)), self.assertQueryCount(4):
                for name in self.FIELDS:
                    records.mapped(name)

    def test_buttons_open_the_centers(self):
        ticket = self.t5.with_user(self.agent_b)
        for action, partner, xmlid in (
            (ticket.action_open_company_center(), self.muster, "company"),
            (ticket.action_open_contact_center(), self.anna, "contact"),
        ):
            center = self.env.ref(f"helpdesk_info_center.action_{xmlid}_center")
            self.assertEqual(action["id"], center.id)
            self.assertEqual(action["context"], {"active_id": partner.id})

    def test_unlinked_tickets_get_the_contact_and_his_company(self):
        ticket = self._create_ticket(partner_email="new@muster.example")
        (ticket | self.t4).with_user(self.agent_a)._link_to(self.anna)
        self.assertEqual(ticket.partner_id, self.anna)
        self.assertEqual(ticket.customer_company_id, self.muster)
        self.assertEqual(ticket.partner_name, self.anna.name)
        self.assertEqual(ticket.partner_email, "new@muster.example")
        self.assertEqual(self.t4.partner_id, self.bernd, "He keeps his ticket.")
