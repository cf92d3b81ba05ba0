"""Tickets on their way through the widgets, as an agent sees it in his center."""

from datetime import timedelta

from odoo.tests import freeze_time

from .common import CenterCase, CenterHttpCase


class TestCenterStory(CenterCase):
    def numbers(self):
        data = self.center_as(self.agent_a).get_center("company", self.muster.id)
        return {
            key: next(
                tab["count"]
                for tab in data["widgets"][key]["tabs"]
                if tab["key"] == "all"
            )
            for key in ("reminder", "escalated", "new", "open")
        } | {"due": data["widgets"]["reminder"]["due"]}

    def test_reminder_moves_a_ticket_to_the_reminders_until_the_customer_writes(self):
        before = self.numbers()
        until = self.now + timedelta(days=1)
        self.t4.with_user(self.agent_a)._remind_on(until)
        after = self.numbers()
        self.assertEqual((before["open"], after["open"]), (4, 3))
        self.assertEqual((before["reminder"], after["reminder"]), (2, 3))
        self.assertEqual(after["due"], 1)
        with freeze_time(until + timedelta(minutes=1)):
            self.assertEqual(self.numbers()["due"], 2)
        self.t4.message_post(
            body="It smokes!",
            author_id=self.bernd.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self.t4.state_type, "open")
        self.assertFalse(self.t4.pending_until)
        self.assertEqual(self.numbers()["open"], 4)

    def test_ticket_escalates_by_the_passing_of_time_alone(self):
        self.assertEqual(self.numbers()["escalated"], 2)
        written = self.t6.write_date
        with freeze_time(self.t6.escalation_date + timedelta(minutes=1)):
            self.assertEqual(self.numbers()["escalated"], 3)
            self.assertEqual(self.t6.write_date, written)
            self.center_as(self.agent_a).ticket_action(self.t9.ids, "close")
            self.assertEqual(self.numbers()["escalated"], 2)
        self.assertFalse(self.t9.escalation_date)

    def test_reopened_ticket_is_open_and_not_escalated(self):
        self.assertTrue(self.t10.closed_date)
        self.t10.with_user(self.agent_a).stage_id = self._stage("in_progress")
        self.assertFalse(self.t10.closed_date)
        numbers = self.numbers()
        self.assertEqual((numbers["open"], numbers["escalated"]), (5, 2))

    def test_contacts_are_offered_to_who_may_write_them(self):
        center = self.center_as(self.agent_a)
        can = center.get_center("company", self.muster.id)["can"]
        self.assertFalse(can["create_contact"] or can["write_contact"])
        self.agent_a.group_ids |= self.env.ref("base.group_partner_manager")
        can = center.get_center("company", self.muster.id)["can"]
        self.assertTrue(can["create_contact"] and can["write_contact"])

    def test_form_of_a_contact_needs_name_and_email(self):
        view = self.env.ref("helpdesk_info_center.res_partner_view_form_contact")
        fields_ = self.env["res.partner"].get_view(view.id, "form")["arch"]
        for name in ("name", "email"):
            self.assertRegex(fields_, rf'<field name="{name}"[^>]*required="1"')

    def test_center_is_read_on_a_readonly_cursor(self):
        """A replica can answer: what a page notes is asked for by itself."""
        center = self.center_as(self.agent_a)
        for name in (
            "get_center",
            "get_widget",
            "filter_values",
            "search_customers",
            "recent",
            "get_list_action",
            "create_ticket_action",
        ):
            self.assertTrue(getattr(type(center), name)._readonly, name)


class TestAccessible(CenterHttpCase):
    def test_accessible_tickets_are_those_on_the_contact_s_portal_page(self):
        self.beta_tickets[0].message_subscribe(self.anna.ids)
        self.authenticate(self.anna_user.login, self.anna_user.login)
        page = self.url_open("/my/tickets").text
        tickets = self.tickets | self.beta_tickets
        shown = {t.number for t in tickets if f"/my/ticket/{t.id}" in page}
        action = self.center_as(self.agent_a).get_list_action(
            "contact", self.anna.id, {"status": "all"}, mode="accessible"
        )
        found = self.env["helpdesk.ticket"].search(action["domain"])
        self.assertEqual({*found.mapped("number")}, shown)
        self.assertEqual(len(shown), 12)
