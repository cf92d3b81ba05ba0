"""Every number of a center leads to a list of exactly as many tickets."""

from odoo.exceptions import UserError

from .common import CenterCase


class TestLists(CenterCase):
    def listed(self, user, what, kind="company", partner=None, mode="assigned"):
        partner = partner or self.muster
        center = self.center_as(user)
        action = center.get_list_action(kind, partner.id, what, mode)
        tickets = self.env["helpdesk.ticket"].with_user(user)
        return tickets.search(action["domain"])

    def numbers(self, data):
        """Yield what each number of a center is asked as, and the number."""
        for key, widget in data["widgets"].items():
            if widget["kind"] in ("tickets", "unlinked"):
                for tab in widget["tabs"]:
                    yield {"widget": key, "tab": tab["key"]}, tab["count"]
                if widget["due"] is not None:
                    yield {"widget": key, "due": True}, widget["due"]
            if widget["kind"] == "status":
                for row in widget["rows"]:
                    yield {"status": row["key"]}, row["count"]
            if widget["kind"] == "contacts":
                for row in widget["rows"]:
                    yield {"contact": row["id"], "state": "open"}, row["open"]
                    yield {"contact": row["id"], "state": "closed"}, row["closed"]
            if widget["kind"] == "companies":
                for row in widget["rows"]:
                    yield {"company": row["id"], "state": "open"}, row["open"]
                    yield {"company": row["id"], "state": "closed"}, row["closed"]

    def test_each_number_is_that_of_its_list(self):
        self.env.company.helpdesk_use_responsible = True
        self.t1.responsible_id = self.agent_a
        self.t2.message_subscribe(self.agent_a.partner_id.ids)
        self._create_ticket(partner_email="new@muster.example")
        self.env["helpdesk.center.widget"].create(
            {
                "name": "Archived, and mine of this week",
                "key": "extra",
                "domain": "['|', ('active', '=', False), '&', ('user_id', '=', uid),"
                " ('create_date', '>=', '-1w')]",
            }
        )
        centers = (
            ("company", self.muster, "assigned"),
            ("contact", self.anna, "assigned"),
            ("contact", self.anna, "accessible"),
        )
        seen = 0
        for user in (self.agent_a, self.agent_b, self.agent_c, self.manager):
            for kind in ("company", "contact"):
                layout = self.center_as(user).reset_layout(kind)
                self.center_as(user).save_layout(kind, {"show": layout["hidden"]})
            for kind, partner, mode in centers:
                center = self.center_as(user)
                data = center.get_center(kind, partner.id, mode=mode)
                for what, number in self.numbers(data):
                    with self.subTest(user=user.name, kind=kind, mode=mode, what=what):
                        listed = self.listed(user, what, kind, partner, mode)
                        self.assertEqual(len(listed), number)
                        seen += number
        self.assertGreater(seen, 200)

    def test_rows_are_those_of_the_list(self):
        data = self.center_as(self.agent_a).get_center("company", self.muster.id)
        for key in ("reminder", "escalated", "new", "open"):
            rows = {row["id"] for row in data["widgets"][key]["rows"]}
            listed = self.listed(self.agent_a, {"widget": key, "tab": "all"})
            self.assertEqual(rows, {*listed.ids})

    def test_number_of_a_contact_lists_his_tickets(self):
        listed = self.listed(self.agent_a, {"contact": self.bernd.id, "state": "open"})
        self.assertEqual(listed, self.t2 | self.t4 | self.t6 | self.t8)

    def test_filters_of_a_widget_are_those_of_its_list(self):
        filters = {"team_id": [self.field.id], "name": "t5"}
        what = {"widget": "open", "tab": "all", "filters": filters}
        self.assertEqual(self.listed(self.agent_a, what), self.t5)

    def test_junk_is_refused_in_plain_words(self):
        for what in (
            None,
            {},
            {"widget": "nonsense"},
            {"widget": ["open"]},
            {"status": "nonsense"},
            {"status": ["open"]},
            {"contact": "x", "state": "open"},
            {"contact": self.anna.id, "state": "x"},
            {"domain": [("id", ">", 0)]},
        ):
            with self.subTest(what=what), self.assertRaises(UserError):
                self.listed(self.agent_a, what)
        center = self.center_as(self.agent_a)
        with self.assertRaises(UserError):
            center.get_list_action("company", 2**40, {"status": "open"})
