from odoo import models
from odoo.fields import Domain

from ..tools.columns import SIZES, pattern
from ..tools.text import clean_text

DEFAULT_SIZE = 10
CONTACT_FIELDS = ["name", "email", "phone", "function"]


class HelpdeskCenter(models.AbstractModel):
    """The customer and his contacts, with the numbers of their tickets."""

    _inherit = "helpdesk.center"

    def _format_partner(self, partner):
        company = partner.commercial_partner_id
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "is_company": partner.is_company,
            "company": company != partner and [company.id, company.display_name],
            "lang": partner.lang,
            "im_status": not partner.is_company and self._get_presence(partner),
        }

    def _get_presence(self, partner):
        # Computed from the presence of his user, whom an agent need not see.
        return partner.sudo().im_status if partner.sudo().user_ids else False

    def _count_by(self, domain, field):
        """Return ``{id: (open, closed)}`` of tickets by one of their partners."""
        groups = self.env["helpdesk.ticket"]._read_group(
            domain, [field, "state_type"], ["__count"]
        )
        counts = {}
        for partner, state, count in groups:
            opened, closed = counts.get(partner.id, (0, 0))
            if state == "closed":
                closed += count
            else:
                opened += count
            counts[partner.id] = (opened, closed)
        return counts

    def _get_contacts_data(self, scope, widgets, options, numbers):
        return {
            widget.key: self._get_contacts(scope, options.get(widget.key, {}))
            for widget in widgets
        }

    def _get_contacts(self, scope, options):
        """Return a page of the contacts of a company, with their numbers of tickets.

        The company is one of them where tickets name it instead of a contact.
        """
        company = scope.partner.commercial_partner_id
        search = clean_text(options.get("search"))
        domain = self._get_contacts_domain(company, search)
        contacts = self.env["res.partner"]
        total = contacts.search_count(domain)
        size = options.get("size") if options.get("size") in SIZES else DEFAULT_SIZE
        offset = options.get("offset")
        offset = offset if type(offset) is int and 0 <= offset < 10**7 else 0
        offset = self._get_offset(offset, size, total)
        page = contacts.search_fetch(
            domain, CONTACT_FIELDS, order="complete_name, id", limit=size, offset=offset
        )
        asked = page if offset or search else company + page
        counts = self._count_by(
            scope.domain & Domain("partner_id", "in", asked.ids), "partner_id"
        )
        shown = page if company.id not in counts else company + page
        return {
            "rows": [self._format_contact(one, counts) for one in shown],
            "total": total,
            "offset": offset,
            "size": size,
            "search": search,
        }

    def _get_contacts_domain(self, company, search=""):
        domain = Domain("commercial_partner_id", "=", company.id)
        domain &= Domain("id", "!=", company.id) & Domain("name", "!=", False)
        if search:
            fields_ = ("name", "email", "phone")
            domain &= Domain.OR(
                Domain(name, "=ilike", pattern(search)) for name in fields_
            )
        return domain

    def _format_contact(self, contact, counts):
        opened, closed = counts.get(contact.id, (0, 0))
        return {
            "id": contact.id,
            "name": contact.name,
            "email": contact.email or "",
            "phone": contact.phone or "",
            "function": contact.function or "",
            "im_status": self._get_presence(contact),
            "has_login": bool(self._get_login(contact)),
            "open": opened,
            "closed": closed,
        }

    def _get_companies_data(self, scope, widgets, options, numbers):
        """Return the company of a contact, with the numbers of all its tickets."""
        company = scope.partner.commercial_partner_id
        domain = Domain("customer_company_id", "=", company.id)
        opened, closed = self._count_by(domain, "customer_company_id").get(
            company.id, (0, 0)
        )
        row = {
            "id": company.id,
            "name": company.display_name,
            "open": opened,
            "closed": closed,
        }
        return {key: {"rows": [row]} for key in widgets.mapped("key")}
