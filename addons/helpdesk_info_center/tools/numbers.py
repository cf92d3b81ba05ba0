"""All numbers of a center in two queries, however many widgets and tabs ask for one."""

from odoo.fields import Domain
from odoo.tools import SQL

from .states import ACTIVE

CLOSED = Domain("state_type", "=", "closed")
NOT_ARCHIVED = Domain("active", "=", True)


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
        self._asked[name] = (SQL("COUNT(*)"), domain)

    def earliest(self, name, field, domain):
        """Ask for the first date in a field of the tickets within a domain."""
        column = self.tickets._field_to_sql(self.tickets._table, field)
        self._asked[name] = (SQL("MIN(%s)", column), domain)

    def fetch(self):
        """Return ``{name: number or date}`` of all that was asked for."""
        few, all_ = {}, {}
        for name, (aggregate, domain) in self._asked.items():
            if self._is_about_archived(domain):
                all_[name] = (aggregate, domain)
            elif (domain & CLOSED).optimize(self.tickets).is_false():
                few[name] = (aggregate, domain)
            else:
                all_[name] = (aggregate, domain & NOT_ARCHIVED)
        only_few = NOT_ARCHIVED & Domain("state_type", "in", ACTIVE)
        return {
            **self._fetch(few, self.domain & only_few),
            **self._fetch(all_, self.domain),
        }

    def _is_about_archived(self, domain):
        """As in a search: archived tickets are found by who asks for them."""
        return any(one.field_expr == "active" for one in domain.iter_conditions())

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
