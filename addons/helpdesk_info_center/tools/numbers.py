"""All numbers of a center in two queries, however many widgets and tabs ask for one."""

from odoo.fields import Domain
from odoo.tools import SQL

CLOSED = Domain("state_type", "=", "closed")


class Numbers:
    """Numbers of tickets of one customer, collected first and then read at once.

    ``count`` and ``earliest`` ask for a number under a name, ``fetch`` answers all of
    them. What needs no closed ticket is read from the few that are active: a customer
    has far more closed ones. Record rules count for both, as in a search.
    """

    def __init__(self, tickets, domain):
        self.tickets = tickets
        self.domain = domain
        self._asked = {}

    def count(self, name, domain):
        """Ask how many tickets of the customer are within a domain."""
        self._asked[name] = (SQL("COUNT(*)"), self._with_active(domain))

    def earliest(self, name, field, domain):
        """Ask for the first date in a field of the tickets within a domain."""
        column = self.tickets._field_to_sql(self.tickets._table, field)
        self._asked[name] = (SQL("MIN(%s)", column), self._with_active(domain))

    def fetch(self):
        """Return ``{name: number or date}`` of all that was asked for."""
        active, others = {}, {}
        for name, (aggregate, domain) in self._asked.items():
            needs_closed = not (domain & CLOSED).optimize(self.tickets).is_false()
            (others if needs_closed else active)[name] = (aggregate, domain)
        only_active = Domain("active", "=", True) & Domain(
            "state_type", "in", ("new", "open", "pending")
        )
        return {
            **self._fetch(active, self.domain & only_active),
            **self._fetch(others, self.domain),
        }

    def _with_active(self, domain):
        """As a search does: archived tickets only for who asks for them."""
        fields = {condition.field_expr for condition in domain.iter_conditions()}
        return domain if "active" in fields else domain & Domain("active", "=", True)

    def _fetch(self, asked, domain):
        if not asked:
            return {}
        tickets = self.tickets
        query = tickets._search(domain, active_test=False)
        if query.is_empty():
            return dict.fromkeys(asked, 0)
        terms = [
            SQL(
                "%s FILTER (WHERE %s)",
                aggregate,
                condition.optimize_full(tickets)._to_sql(
                    tickets, tickets._table, query
                ),
            )
            for aggregate, condition in asked.values()
        ]
        (row,) = tickets.env.execute_query(query.select(*terms))
        return dict(zip(asked, row, strict=True))
