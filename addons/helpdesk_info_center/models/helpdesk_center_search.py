from odoo import api, models
from odoo.fields import Domain

from ..tools.columns import escape
from ..tools.text import clean_text

SEARCHED = ("complete_name", "email", "ref", "vat", "phone")
LIST_ALL = "**"
MIN_LENGTH = 2
# From this many letters on a term is found inside of words too.
MIN_INFIX = 3
MAX_LENGTH = 100
PAGE = 20
MAX_PAGE = 80
RECENT = 8
# Whoever finds more than this goes on typing. For two letters PostgreSQL reads one
# partner after the other until it has so many: 1,000 cost more than to count them all.
MAX_COUNTED = 200
# What a hit shows.
HIT_FIELDS = ["name", "is_company", "parent_id", "commercial_partner_id"]
HIT_FIELDS += ["email", "phone", "ref"]
# A number that fits more tickets than this is no number but part of one.
MAX_TICKETS = 20


class HelpdeskCenter(models.AbstractModel):
    """The search for a customer or one of his contacts."""

    _inherit = "helpdesk.center"

    @api.model
    @api.readonly
    def search_customers(self, term, kind=None, offset=0, limit=PAGE):
        """Return companies and contacts that a term fits, by name.

        Two letters are found where a word begins, three or more anywhere. ``*`` stands
        for anything and ``**`` for all customers. Beside name, e-mail, customer number,
        tax id and phone the number of a ticket is found.

        :param kind: ``company`` or ``contact`` to find only these; a person without a
            company is both
        :return: dict with the ``rows`` from ``offset`` on, the ``total``, and whether
            there are ``more`` than this total, which was counted no further
        """
        self._check_agent()
        domain = self._get_search_domain(term, kind)
        if domain is None:
            return {"total": 0, "more": False, "rows": []}
        domain &= self._get_kind_domain(kind)
        offset = self._clean_number(offset, 0, 10**7)
        limit = self._clean_number(limit, PAGE, MAX_PAGE) or PAGE
        found = self.env["res.partner"].search_fetch(
            domain, HIT_FIELDS, order="complete_name, id", offset=offset, limit=limit
        )
        if len(found) < limit and (found or not offset):
            counted = {"total": offset + len(found), "more": False}
        else:
            counted = self._count_hits(domain, max(MAX_COUNTED, offset + limit))
        return {**counted, "rows": self._format_hits(found)}

    def _count_hits(self, domain, most):
        counted = self.env["res.partner"].search_count(domain, limit=most + 1)
        return {"total": min(counted, most), "more": counted > most}

    @api.model
    @api.readonly
    def recent(self):
        """Return the customers whom the agent has looked at last, as search does."""
        self._check_agent()
        visits = self.env["helpdesk.center.visit"].search(
            [("user_id", "=", self.env.uid), ("partner_id.active", "=", True)],
            limit=RECENT,
        )
        # one of them may have been hidden from the agent since
        return self._format_hits(visits.partner_id._filtered_access("read"))

    @api.model
    def note_visit(self, partner_id):
        """Remember that the agent looks at a customer now."""
        self._check_agent()
        partner = self._get_partner(partner_id)
        if partner:
            self.env["helpdesk.center.visit"]._note(partner)
        return True

    def _clean_number(self, value, default, most):
        return min(value, most) if type(value) is int and value >= 0 else default

    def _get_search_domain(self, term, kind=None):
        """Return what a term finds; None for one that is too short to search."""
        term = clean_text(term, MAX_LENGTH + 1)
        letters = term.replace("*", "")
        if len(term) < MIN_LENGTH:
            return None
        if not letters:
            return Domain.TRUE if kind == "contact" else self._get_customers_domain()
        if len(term) > MAX_LENGTH:
            return Domain.FALSE
        patterns = self._get_patterns(term, letters)
        domain = Domain.OR(
            Domain(name, "=ilike", pattern) for name in SEARCHED for pattern in patterns
        )
        return domain | Domain("id", "in", self._get_customers_of_tickets(term))

    def _get_patterns(self, term, letters):
        """Return patterns for SQL, with ``%`` and ``_`` of the term taken literally."""
        pattern = escape(term).replace("*", "%")
        if len(letters) >= MIN_INFIX or term.startswith("*"):
            return [f"%{pattern}%"]
        return [f"{pattern}%", f"% {pattern}%"]

    def _get_customers_domain(self):
        """Return all customers: companies, and whoever else has tickets as such."""
        has_tickets = Domain("helpdesk_company_ticket_ids", "!=", False)
        is_company = Domain("is_company", "=", True)
        return Domain("parent_id", "=", False) & (is_company | has_tickets)

    def _get_customers_of_tickets(self, term):
        """Return ids of the customers and contacts of tickets with this number."""
        if not any(letter.isdigit() for letter in term):
            return []
        tickets = self._find_tickets("in", [term, term.upper()])
        if not tickets:
            pattern = escape(term).replace("*", "%")
            tickets = self._find_tickets("=ilike", pattern)
        return (tickets.customer_company_id | tickets.partner_id).ids

    def _find_tickets(self, operator, number):
        return self.env["helpdesk.ticket"].search_fetch(
            [("number", operator, number)],
            ["customer_company_id", "partner_id"],
            order="id",
            limit=MAX_TICKETS,
        )

    def _get_kind_domain(self, kind):
        named = Domain("name", "!=", False)
        is_company = Domain("is_company", "=", True)
        if kind == "company":
            return named & (is_company | Domain("parent_id", "=", False))
        if kind == "contact":
            return named & ~is_company
        return named

    def _format_hits(self, partners):
        companies = partners.filtered(self._is_company)
        count = self.env["helpdesk.ticket"]._count_active_of
        counts = count("customer_company_id", companies)
        counts |= count("partner_id", partners - companies)
        return [self._format_hit(partner, counts) for partner in partners]

    def _is_company(self, partner):
        return partner.is_company or not partner.parent_id

    def _format_hit(self, partner, counts):
        company = partner.commercial_partner_id
        opened, escalated = counts.get(partner, (0, 0))
        return {
            "id": partner.id,
            "kind": "company" if self._is_company(partner) else "contact",
            "name": partner.name,
            "company": company != partner and [company.id, company.display_name],
            "email": partner.email or "",
            "phone": partner.phone or "",
            "ref": partner.ref or "",
            "open": opened,
            "escalated": escalated,
        }
