from odoo import models
from odoo.fields import Domain

from ..tools.mail_providers import PUBLIC_PROVIDERS
from ..tools.numbers import Numbers

# Enough to know the mail domains of a company.
MAX_CONTACTS_READ = 1000


class HelpdeskCenter(models.AbstractModel):
    """Tickets of senders who write from a customer's mail domain and are no contact."""

    _inherit = "helpdesk.center"

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

    def _ask_unlinked_numbers(self, numbers, scope, widgets, options):
        """These tickets are not the customer's: they are counted by themselves."""

    def _get_unlinked_data(self, scope, widgets, options, numbers):
        counted = Numbers(self.env["helpdesk.ticket"], self._get_unlinked_domain(scope))
        self._ask_tickets_numbers(counted, scope, widgets, options)
        return self._get_tickets_data(scope, widgets, options, counted.fetch())
