"""Tabs, pages, order, columns and filters of a list of tickets."""

from datetime import timedelta

from .common import CenterCase


class TestWidgetOptions(CenterCase):
    def widget(self, key="open", user=None, **options):
        center = self.center_as(user or self.agent_a)
        return center.get_widget("company", self.muster.id, key, options)

    def names(self, **options):
        return [row["values"]["name"] for row in self.widget(**options)["rows"]]

    def test_tab_shows_its_tickets(self):
        owned = self.names(tab="owned", order=["name", "asc"])
        self.assertEqual(owned, ["Ticket t3", "Ticket t4"])
        self.assertEqual(self.names(tab="locked"), ["Ticket t3"])

    def test_pages_follow_each_other(self):
        self.env["helpdesk.ticket"].concat(
            *(
                self._create_ticket(partner=self.anna, name=f"More {n}")
                for n in range(4)
            )
        )
        pages = [
            self.names(order=["number", "asc"], size=5, offset=offset)
            for offset in (0, 5)
        ]
        self.assertEqual([len(page) for page in pages], [5, 3])
        self.assertFalse({*pages[0]} & {*pages[1]})

    def test_page_beyond_the_last_one_is_the_last_one(self):
        widget = self.widget(size=5, offset=500)
        self.assertEqual((widget["offset"], len(widget["rows"])), (0, 4))

    def test_youngest_ticket_has_the_smallest_age(self):
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s",
            [self.now - timedelta(days=3), self.t4.id],
        )
        self.assertEqual(self.names(order=["age", "desc"])[0], "Ticket t4")
        self.assertEqual(self.names(order=["age", "asc"])[-1], "Ticket t4")

    def test_each_sortable_column_sorts_both_ways(self):
        for column in self.widget()["available"]:
            if column["sortable"]:
                with self.subTest(column=column["name"]):
                    up = self.widget(order=[column["name"], "asc"], size=5)
                    down = self.widget(order=[column["name"], "desc"], size=5)
                    self.assertEqual(len(up["rows"]), 4)
                    self.assertEqual(down["order"], [column["name"], "desc"])

    def test_each_column_can_be_shown(self):
        names = [column["name"] for column in self.widget()["available"]]
        widget = self.widget(columns=names)
        self.assertEqual([column["name"] for column in widget["columns"]], names)
        row = next(r for r in widget["rows"] if r["values"]["name"] == "Ticket t5")
        self.assertEqual(
            row["values"]["partner_id"], [self.anna.id, "Muster GmbH, Anna Adam"]
        )
        self.assertEqual(row["values"]["user_id"], [self.agent_b.id, "agent_b"])
        self.assertIs(row["values"]["is_locked"], True)

    def test_number_is_always_among_the_columns(self):
        columns = self.widget(columns=["name", "team_id"])["columns"]
        self.assertEqual([c["name"] for c in columns], ["number", "name", "team_id"])

    def test_filters_of_several_columns_narrow_down_together(self):
        filters = {"team_id": [self.support.id], "user_id": [self.agent_a.id]}
        widget = self.widget(filters=filters)
        self.assertEqual(widget["total"], 2)
        self.assertEqual({tab["key"]: tab["count"] for tab in widget["tabs"]}["all"], 4)

    def test_filter_takes_several_values_and_none(self):
        self.t4.user_id = False
        self.assertEqual(
            sorted(self.names(filters={"user_id": [False, self.agent_c.id]})),
            ["Ticket t4", "Ticket t6"],
        )

    def test_text_filter_takes_signs_literally(self):
        self.t4.name = "100 % done"
        self.assertEqual(self.names(filters={"name": "0 %"}), ["100 % done"])
        self.assertEqual(self.names(filters={"name": "%"}), ["100 % done"])

    def test_values_offered_are_those_on_the_tickets(self):
        center = self.center_as(self.agent_a)
        values = center.filter_values("company", self.muster.id, "open", "user_id")
        self.assertEqual(
            {value for value, _label in values},
            {self.agent_a.id, self.agent_b.id, self.agent_c.id},
        )
        values = center.filter_values("company", self.muster.id, "open", "is_locked")
        self.assertEqual(values, [[False, "No"], [True, "Yes"]])

    def test_values_offered_are_those_of_the_tickets_an_agent_sees(self):
        center = self.center_as(self.agent_b)
        values = center.filter_values("company", self.muster.id, "open", "user_id")
        self.assertEqual(values, [[self.agent_b.id, "agent_b"]])

    def test_only_columns_of_the_list_are_offered(self):
        center = self.center_as(self.agent_a)
        for column in ("description", "company_id", "number", "x", None, ["user_id"]):
            with self.subTest(column=column):
                self.assertEqual(
                    center.filter_values("company", self.muster.id, "open", column), []
                )

    def test_junk_options_are_as_if_not_there(self):
        plain = self.widget()
        for options in (
            {"tab": "x", "size": 7, "offset": -3, "order": ["x", "asc"]},
            {"tab": None, "size": "10", "offset": "x", "order": "name asc"},
            {"columns": ["password"], "filters": {"x": "y", "team_id": "1"}},
            {"order": ["name", "asc; DROP TABLE x"], "filters": [1]},
            {"filters": {"team_id": [2**40, True, None, {"a": 1}]}},
        ):
            with self.subTest(options=options):
                self.assertEqual(self.widget(**options), plain)

    def test_half_a_character_is_nothing(self):
        self.assertEqual(self.widget(filters={"name": "t4\ud800"})["total"], 1)
        found = self.widget(key="contacts", search="bernd\ud800\x00")["rows"]
        self.assertEqual([row["name"] for row in found], ["Bernd Bach"])

    def test_tickets_without_a_priority_can_be_filtered(self):
        self.t4.priority = False
        center = self.center_as(self.agent_a)
        values = center.filter_values("company", self.muster.id, "open", "priority")
        self.assertIn([False, "None"], values)
        self.assertEqual(self.names(filters={"priority": [False]}), ["Ticket t4"])

    def test_unknown_widget_is_empty(self):
        for key in ("nonsense", None, 5, ["open"]):
            self.assertEqual(self.widget(key=key), {})

    def test_unlinked_tickets_come_from_the_company_s_mail_domain(self):
        ours = self._create_ticket(partner_email="Neu <neu@Muster.example>")
        self._create_ticket(partner_email="other@other.example")
        self.assertEqual(
            [row["id"] for row in self.widget(key="unlinked")["rows"]], ours.ids
        )

    def test_public_mail_providers_link_nobody(self):
        self.bernd.email = "bernd@gmail.com"
        self._create_ticket(partner_email="anybody@gmail.com")
        self.assertEqual(self.widget(key="unlinked")["total"], 0)

    def test_linked_ticket_is_not_unlinked_any_more(self):
        ticket = self._create_ticket(partner_email="neu@muster.example")
        self.center_as(self.agent_a).ticket_action(
            ticket.ids, "link", {"partner_id": self.cora.id}
        )
        self.assertEqual(ticket.customer_company_id, self.muster)
        self.assertEqual(self.widget(key="unlinked")["total"], 0)

    def test_contacts_are_searched_and_paged(self):
        widget = self.widget(key="contacts", search="BERND")
        self.assertEqual([row["name"] for row in widget["rows"]], ["Bernd Bach"])
        self.env["res.partner"].create(
            [{"name": f"Contact {n}", "parent_id": self.muster.id} for n in range(5)]
        )
        widget = self.widget(key="contacts", size=5, offset=5)
        self.assertEqual((widget["total"], len(widget["rows"])), (8, 3))
