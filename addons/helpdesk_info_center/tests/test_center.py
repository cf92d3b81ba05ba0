"""The numbers and rows of a center, as each agent may see them."""

from unittest.mock import patch

from odoo.exceptions import AccessError

from ..models import helpdesk_center_portal as portal
from .common import CenterCase

TABS = ("all", "locked", "owned", "queues")


class TestCenter(CenterCase):
    def open_center(self, user, kind="company", partner=None, **options):
        partner = partner or self.muster
        return self.center_as(user).get_center(kind, partner.id, **options)

    def counts(self, data, key):
        return {tab["key"]: tab["count"] for tab in data["widgets"][key]["tabs"]}

    def numbers(self, data, key):
        return {row["values"]["number"] for row in data["widgets"][key]["rows"]}

    def status(self, data):
        key = "status" if data["kind"] == "company" else "contact_status"
        return {row["key"]: row["count"] for row in data["widgets"][key]["rows"]}

    def test_counts_of_an_agent_who_sees_all_tickets(self):
        data = self.open_center(self.agent_a)
        found = {
            key: tuple(self.counts(data, key)[tab] for tab in TABS)
            for key in ("reminder", "escalated", "new", "open")
        }
        self.assertEqual(
            found,
            {
                "reminder": (2, 1, 1, 1),
                "escalated": (2, 0, 0, 1),
                "new": (3, 0, 0, 2),
                "open": (4, 1, 2, 3),
            },
        )
        self.assertEqual(data["widgets"]["reminder"]["due"], 1)
        self.assertEqual(
            self.status(data),
            {"escalated": 2, "open": 9, "closed": 2, "all": 11, "archived": 1},
        )

    def test_counts_of_an_agent_who_sees_his_team_s_tickets(self):
        data = self.open_center(self.agent_b)
        found = {
            key: self.numbers(data, key)
            for key in ("reminder", "escalated", "new", "open")
        }
        self.assertEqual(
            found,
            {
                "reminder": {self.t8.number},
                "escalated": {self.t5.number},
                "new": {self.t2.number},
                "open": {self.t5.number},
            },
        )
        self.assertEqual(
            self.status(data),
            {"escalated": 1, "open": 3, "closed": 1, "all": 4, "archived": 0},
        )

    def test_agent_with_personal_tickets_sees_his_and_the_free_ones_of_his_team(self):
        data = self.open_center(self.agent_c)
        self.assertEqual(self.numbers(data, "new"), {self.t1.number, self.t9.number})
        self.assertEqual(self.numbers(data, "open"), {self.t6.number})

    def test_no_ticket_of_another_customer_is_told(self):
        text = repr(self.open_center(self.agent_a))
        for ticket in self.beta_tickets:
            self.assertNotIn(ticket.number, text)
        self.assertNotIn("Dora", text)

    def test_contacts_with_their_numbers(self):
        rows = self.open_center(self.agent_a)["widgets"]["contacts"]["rows"]
        self.assertEqual(
            [(row["name"], row["open"], row["closed"]) for row in rows],
            [("Anna Adam", 4, 1), ("Bernd Bach", 4, 1), ("Cora Carl", 1, 0)],
        )
        self.assertEqual([row["has_login"] for row in rows], [True, False, False])

    def test_company_is_among_the_contacts_if_tickets_name_it(self):
        self._create_ticket(partner=self.muster)
        widget = self.open_center(self.agent_a)["widgets"]["contacts"]
        self.assertEqual(
            [row["name"] for row in widget["rows"]],
            ["Muster GmbH", "Anna Adam", "Bernd Bach", "Cora Carl"],
        )

    def test_contact_s_center_has_the_tickets_that_name_him(self):
        data = self.open_center(self.agent_a, "contact", self.anna)
        self.assertEqual(self.status(data)["open"], 4)
        self.assertEqual(self.status(data)["closed"], 1)
        self.assertEqual(data["partner"]["company"], [self.muster.id, "Muster GmbH"])
        self.assertEqual(
            data["widgets"]["companies"]["rows"],
            [{"id": self.muster.id, "name": "Muster GmbH", "open": 9, "closed": 2}],
        )

    def test_accessible_tickets_are_those_that_the_contact_sees_in_the_portal(self):
        self.beta_tickets[0].message_subscribe(self.anna.ids)
        center = self.center_as(self.agent_a)
        action = center.get_list_action(
            "contact", self.anna.id, {"status": "all"}, mode="accessible"
        )
        tickets = self.env["helpdesk.ticket"]
        self.assertEqual(
            tickets.with_user(self.agent_a).search(action["domain"]),
            tickets.search(
                [("id", "in", tickets.with_user(self.anna_user).search([]).ids)]
            ),
        )
        self.assertIn(self.beta_tickets[0], tickets.search(action["domain"]))

    def test_accessible_tickets_are_counted_as_they_are_listed(self):
        self.beta_tickets[0].message_subscribe(self.anna.ids)
        self.t1.message_subscribe(self.anna.ids)  # her own, which count once
        self.t2.active = False
        for most in (1000, 0):
            limit = patch(f"{portal.__name__}.MAX_FOLLOWED", most)
            with self.subTest(most=most), limit:
                data = self.open_center(
                    self.agent_a, "contact", self.anna, mode="accessible"
                )
                for key, count in self.status(data).items():
                    action = self.center_as(self.agent_a).get_list_action(
                        "contact", self.anna.id, {"status": key}, mode="accessible"
                    )
                    tickets = self.env["helpdesk.ticket"].with_user(self.agent_a)
                    self.assertEqual(count, tickets.search_count(action["domain"]), key)
                shown = {row["id"] for row in data["widgets"]["open"]["rows"]}
                self.assertIn(self.beta_tickets[0].id, shown)

    def test_accessible_tickets_are_cut_with_what_the_agent_may_see(self):
        data = self.open_center(self.agent_b, "contact", self.anna, mode="accessible")
        self.assertEqual(data["mode"], "accessible")
        self.assertEqual(self.status(data)["all"], 4)

    def test_contact_without_login_has_assigned_tickets_only(self):
        data = self.open_center(self.agent_a, "contact", self.bernd, mode="accessible")
        self.assertEqual((data["has_login"], data["mode"]), (False, "assigned"))

    def test_a_contact_s_id_opens_the_center_of_his_company(self):
        data = self.open_center(self.agent_a, "company", self.anna)
        self.assertEqual(data["partner"]["id"], self.muster.id)

    def test_my_queues_are_the_picked_ones_else_the_teams_of_the_agent(self):
        as_picked = self.open_center(self.agent_a)
        self.agent_a.helpdesk_queue_ids = False
        as_member = self.open_center(self.agent_a)
        self.agent_a.helpdesk_queue_ids = self.field
        other = self.open_center(self.agent_a)
        keys = ("reminder", "escalated", "new", "open")
        self.assertEqual(
            [
                [self.counts(data, key)["queues"] for key in keys]
                for data in (as_picked, as_member, other)
            ],
            [[1, 1, 2, 3], [1, 1, 2, 3], [1, 1, 1, 1]],
        )

    def test_watched_tickets_are_those_that_the_agent_follows(self):
        self.t5.message_subscribe(self.agent_a.partner_id.ids)
        data = self.open_center(self.agent_a)
        self.assertEqual(self.counts(data, "open")["watched"], 1)
        self.assertNotIn("watched", self.counts(data, "reminder"))

    def test_responsible_tab_is_there_if_the_company_uses_it(self):
        self.assertNotIn(
            "responsible", self.counts(self.open_center(self.agent_a), "new")
        )
        self.env.company.helpdesk_use_responsible = True
        self.t1.responsible_id = self.agent_a
        data = self.open_center(self.agent_a)
        self.assertEqual(self.counts(data, "new")["responsible"], 1)

    def test_rows_are_marked(self):
        widgets = self.open_center(self.agent_a)["widgets"]
        marks = {
            row["values"]["number"]: row["flags"]
            for key in ("reminder", "open")
            for row in widgets[key]["rows"]
        }
        self.assertEqual(
            marks,
            {
                self.t3.number: ["locked", "mine"],
                self.t4.number: ["mine"],
                self.t5.number: ["locked", "escalated"],
                self.t6.number: [],
                self.t7.number: ["locked", "mine", "due"],
                self.t8.number: [],
            },
        )

    def test_reminders_come_soonest_first(self):
        rows = self.open_center(self.agent_a)["widgets"]["reminder"]["rows"]
        self.assertEqual(
            [row["values"]["number"] for row in rows], [self.t7.number, self.t8.number]
        )

    def test_only_what_is_asked_for_is_brought_up_to_date(self):
        data = self.open_center(self.agent_a, only=["new", "nonsense"])
        self.assertEqual([*data["widgets"]], ["new"])

    def test_unknown_and_malformed_customers_are_missing(self):
        center = self.center_as(self.agent_a)
        for partner_id in (0, -1, 2**40, "1", None, [1], {"id": 1}, 1.5, True):
            with self.subTest(partner_id=partner_id):
                answer = center.get_center("company", partner_id)
                self.assertEqual([*answer], ["missing"])
        gone = self.env["res.partner"].create({"name": "Gone"})
        gone_id = gone.id
        gone.unlink()
        self.assertEqual([*center.get_center("company", gone_id)], ["missing"])
        self.assertEqual([*center.get_center("nonsense", self.muster.id)], ["missing"])

    def test_customer_of_another_company_is_missing(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.beta.company_id = other
        self.env.flush_all()
        answer = self.open_center(self.agent_a, partner=self.beta)
        self.assertEqual([*answer], ["missing"])

    def test_ticket_without_a_stage_is_open(self):
        self.t4.stage_id = False
        data = self.open_center(self.agent_a)
        self.assertEqual(self.t4.state_type, "open")
        self.assertEqual(self.status(data)["open"], 9)
        self.assertIn(self.t4.number, self.numbers(data, "open"))

    def test_person_who_gets_a_company_brings_his_tickets(self):
        person = self.env["res.partner"].create({"name": "Paula Privat"})
        ticket = self._create_ticket(partner=person)
        archived = self._create_ticket(partner=person, active=False)
        person.with_user(self.manager).sudo().parent_id = self.beta
        self.assertEqual((ticket | archived).customer_company_id, self.beta)

    def test_contact_who_moves_leaves_his_tickets_with_the_company(self):
        self.anna.parent_id = self.beta
        self.assertEqual(self.t1.customer_company_id, self.muster)

    def test_only_agents_use_the_center(self):
        for user in (self.employee, self.anna_user):
            center = self.center_as(user)
            calls = (
                lambda c=center: c.get_center("company", self.muster.id),
                lambda c=center: c.get_widget("company", self.muster.id, "new"),
                lambda c=center: c.filter_values("company", self.muster.id, "new", "x"),
                lambda c=center: c.search_customers("muster"),
                lambda c=center: c.recent(),
                lambda c=center: c.note_visit(self.muster.id),
                lambda c=center: c.save_layout("company", {}),
                lambda c=center: c.reset_layout("company"),
                lambda c=center: c.save_team_layout("company", self.support.id),
                lambda c=center: c.ticket_action(self.t1.ids, "lock"),
                lambda c=center: c.get_list_action("company", self.muster.id, {}),
                lambda c=center: c.create_ticket_action(self.anna.id, "phone"),
            )
            for call in calls:
                with self.assertRaises(AccessError):
                    call()

    def test_next_change_is_when_something_gets_due(self):
        data = self.open_center(self.agent_a)
        self.assertEqual(
            data["next_change"], self.t6.escalation_date.strftime("%Y-%m-%d %H:%M:%S")
        )
