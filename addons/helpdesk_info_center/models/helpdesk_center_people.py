from odoo import fields, models
from odoo.fields import Domain

from ..tools.columns import SIZES, pattern
from ..tools.states import ACTIVE
from ..tools.text import clean_text

DEFAULT_SIZE = 10
CONTACT_FIELDS = ["name", "email", "phone", "function"]
# Enough to know the mail domains of a company.
MAX_CONTACTS_READ = 1000
# Whoever writes from there may be anybody.
PUBLIC_PROVIDERS = (
    "1und1.de",
    "a1.net",
    "aol.com",
    "aon.at",
    "arcor.de",
    "bluewin.ch",
    "email.de",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.eu",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hispeed.ch",
    "hotmail.at",
    "hotmail.ch",
    "hotmail.com",
    "hotmail.de",
    "icloud.com",
    "kabelmail.de",
    "libero.it",
    "live.at",
    "live.com",
    "live.de",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.de",
    "mailbox.org",
    "me.com",
    "msn.com",
    "netcologne.de",
    "o2mail.de",
    "online.de",
    "onlinehome.de",
    "orange.fr",
    "outlook.at",
    "outlook.com",
    "outlook.de",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "rocketmail.com",
    "sunrise.ch",
    "t-online.de",
    "tuta.com",
    "tutanota.com",
    "tutanota.de",
    "unitybox.de",
    "vodafone.de",
    "web.de",
    "yahoo.at",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.com",
    "ymail.com",
    "zoho.com",
)


class HelpdeskCenter(models.AbstractModel):
    """The customer: his contacts, his numbers, what is known about him."""

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

    # === NUMBERS === #

    def _get_escalated_domain(self):
        now = fields.Datetime.now()
        return Domain("state_type", "in", ("new", "open")) & Domain(
            "escalation_date", "<=", now
        )

    def _get_status_domain(self, key):
        """Return the tickets that a line of the company status counts."""
        return {
            "escalated": self._get_escalated_domain(),
            "open": Domain("state_type", "in", ACTIVE),
            "closed": Domain("state_type", "=", "closed"),
            "all": Domain.TRUE,
            "archived": Domain("active", "=", False),
        }.get(key, Domain.FALSE)

    def _ask_status_numbers(self, numbers, scope, widgets, options):
        for key in self._get_status_labels():
            numbers.count(("status", key), self._get_status_domain(key))

    def _get_status_data(self, scope, widgets, options, numbers):
        """Return how many tickets there are, by status; archived ones by themselves."""
        rows = [
            {"key": key, "label": label, "count": numbers["status", key]}
            for key, label in self._get_status_labels().items()
        ]
        return {key: {"rows": rows} for key in widgets.mapped("key")}

    def _get_status_labels(self):
        return {
            "escalated": self.env._("Escalated Tickets"),
            "open": self.env._("Open Tickets"),
            "closed": self.env._("Closed Tickets"),
            "all": self.env._("All Tickets"),
            "archived": self.env._("Archived Tickets"),
        }

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

    # === CONTACTS AND COMPANIES === #

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

    # === CUSTOMER INFORMATION === #

    def _get_info_data(self, scope, widgets, options, numbers):
        partner = scope.partner
        rows = [
            {"name": name, "label": label, "value": value, "href": href}
            for name, label, value, href in self._get_info(partner)
            if value
        ]
        image = f"/web/image/res.partner/{partner.id}/avatar_128"
        data = {"rows": rows, "image": image}
        return {key: data for key in widgets.mapped("key")}

    def _get_info(self, partner):
        """Return ``(name, label, text, link)`` of what an agent should know at once."""
        tags = ", ".join(partner.category_id.mapped("display_name"))
        address = ", ".join(
            filter(None, partner._display_address(without_company=True).split("\n"))
        )
        language = self._get_language(partner.lang)
        return [
            ("ref", self.env._("Customer Number"), partner.ref, False),
            ("function", self.env._("Job Position"), partner.function, False),
            ("address", self.env._("Address"), address, False),
            ("phone", self.env._("Phone"), partner.phone, f"tel:{partner.phone}"),
            ("email", self.env._("E-Mail"), partner.email, f"mailto:{partner.email}"),
            ("website", self.env._("Website"), partner.website, partner.website),
            ("vat", self.env._("Tax ID"), partner.vat, False),
            ("lang", self.env._("Language"), language, False),
            (
                "user_id",
                self.env._("Salesperson"),
                self._get_name(partner.user_id),
                False,
            ),
            ("tags", self.env._("Tags"), tags, False),
        ]

    def _get_language(self, code):
        """Return the name of a language in that language, as “Deutsch”."""
        name = dict(self.env["res.lang"].get_installed()).get(code, "")
        return name.rpartition("/")[2].strip()

    # === SENDERS WHO ARE NO CONTACT YET === #

    def _get_unlinked_domain(self, scope):
        """Return tickets of nobody whose sender has a mail domain of the company."""
        company = scope.partner.commercial_partner_id
        contacts = self.env["res.partner"].search_fetch(
            Domain("commercial_partner_id", "=", company.id)
            & Domain("email_normalized", "!=", False),
            ["email_normalized"],
            limit=MAX_CONTACTS_READ,
        )
        domains = {contact.email_normalized.split("@")[1] for contact in contacts}
        return Domain("customer_company_id", "=", False) & Domain(
            "sender_domain", "in", sorted(domains - {*PUBLIC_PROVIDERS})
        )
