"""A center costs as many queries for a customer with many tickets as with few."""

from .common import TICKETS, CenterCase

# The goal of the design is 24, the hard limit 40; measured as a restricted agent.
MOST_QUERIES = 30


class TestCenterCosts(CenterCase):
    def count_queries(self, call):
        """Return how many queries a call needs, once the caches of Odoo are warm."""
        for _warm_up in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            call()
        return self.env.cr.sql_log_count - before

    def open_center(self):
        center = self.center_as(self.agent_b)
        return self.count_queries(lambda: center.get_center("company", self.muster.id))

    def test_queries_do_not_grow_with_tickets_and_contacts(self):
        few = self.open_center()
        contacts = self.env["res.partner"].create(
            [{"name": f"Contact {n}", "parent_id": self.muster.id} for n in range(12)]
        )
        for contact in contacts:
            self.anna = self.bernd = self.cora = contact
            for name, values in TICKETS.items():
                self._create_from_table(name, *values)
        self.env.flush_all()
        self.assertEqual(self.open_center(), few)
        self.assertLessEqual(few, MOST_QUERIES)

    def test_search_needs_as_many_queries_for_many_hits(self):
        center = self.center_as(self.agent_b)
        few = self.count_queries(lambda: center.search_customers("mus"))
        many = self.count_queries(lambda: center.search_customers("**"))
        self.env["res.partner"].create(
            [{"name": f"Museum {n}", "is_company": True} for n in range(15)]
        )
        self.assertEqual(
            (
                self.count_queries(lambda: center.search_customers("mus")),
                self.count_queries(lambda: center.search_customers("**")),
            ),
            (few, many),
        )
        self.assertLessEqual(few, 10)
