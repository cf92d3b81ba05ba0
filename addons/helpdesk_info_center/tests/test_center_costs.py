"""A center costs as many queries for a customer with many tickets as with few."""

from .common import TICKETS, CenterCase

# The goal of the design is 24, the hard limit 40; measured as a restricted agent.
MOST_QUERIES = 30
# What he sees in the portal has to be found out first.
MOST_QUERIES_OF_CONTACT = 36

# What OCA asks about a customer, too: how many tickets are in which stage.
BY_CONTACT = """
EXPLAIN SELECT stage_id, count(*) FROM helpdesk_ticket
WHERE active IS TRUE AND company_id IN %(companies)s AND partner_id IN %(partners)s
GROUP BY stage_id
"""
BY_NUMBER = "EXPLAIN SELECT id FROM helpdesk_ticket WHERE number IN ('HT1', 'ht1')"


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

    def open_contact(self, mode):
        center = self.center_as(self.agent_b)
        anna = self.anna_user.partner_id
        return self.count_queries(
            lambda: center.get_center("contact", anna.id, mode=mode)
        )

    def create_many(self):
        """Twelve more contacts of the customer, and twelve tickets of each."""
        contacts = self.env["res.partner"].create(
            [{"name": f"Contact {n}", "parent_id": self.muster.id} for n in range(12)]
        )
        for contact in contacts:
            self.anna = self.bernd = self.cora = contact
            for name, values in TICKETS.items():
                self._create_from_table(name, *values)
        self.env.flush_all()

    def test_queries_do_not_grow_with_tickets_and_contacts(self):
        few = self.open_center()
        self.create_many()
        self.assertEqual(self.open_center(), few)
        self.assertLessEqual(few, MOST_QUERIES)

    def test_queries_for_a_contact_do_not_grow_either(self):
        modes = "assigned", "accessible"
        few = [self.open_contact(mode) for mode in modes]
        self.create_many()
        self.assertEqual([self.open_contact(mode) for mode in modes], few)
        self.assertLessEqual(max(few), MOST_QUERIES_OF_CONTACT)

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

    def get_plan(self, statement, **values):
        self.env.flush_all()
        # The tables of a test are so small that they are read as a whole.
        for name in ("enable_seqscan", "enable_bitmapscan"):
            self.env.cr.execute(f"SET LOCAL {name} = off")
        self.env.cr.execute(statement, values)
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_tickets_of_contacts_are_counted_without_reading_them(self):
        # On so few tickets it is as good as the other one.
        self.env.cr.execute("DROP INDEX helpdesk_ticket__partner_id_index")
        plan = self.get_plan(
            BY_CONTACT,
            companies=tuple(self.env.companies.ids),
            partners=tuple(self.muster.child_ids.ids),
        )
        self.assertIn("Index Only Scan using helpdesk_ticket_state_of_contact", plan)

    def test_number_of_a_ticket_has_an_index(self):
        self.assertIn("using helpdesk_ticket_number_idx", self.get_plan(BY_NUMBER))
