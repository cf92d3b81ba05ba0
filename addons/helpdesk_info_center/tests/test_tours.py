"""The page in a real browser, on the data of the acceptance scenarios."""

from .common import CenterHttpCase


class TestTours(CenterHttpCase):
    def test_customer_is_searched_and_looked_at(self):
        self.start_tour(
            "/odoo/customer-center",
            "helpdesk_info_center_search",
            login=self.agent_a.login,
        )

    def test_arrangement_of_an_agent_is_kept(self):
        url = f"/odoo/customer-center/{self.muster.id}"
        tour = "helpdesk_info_center_arrange"
        self.start_tour(url, tour, login=self.agent_a.login)
        center = self.center_as(self.agent_a)
        layout = center.get_center("company", self.beta.id)["layout"]
        main = layout["zones"]["main"]
        self.assertIn("new", layout["hidden"])
        self.assertNotIn("closed", layout["hidden"])
        self.assertLess(main.index("open"), main.index("contacts"))
        other = self.center_as(self.agent_b).get_center("company", self.muster.id)
        self.assertNotIn("new", other["layout"]["hidden"])
