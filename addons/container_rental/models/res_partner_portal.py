from odoo import models
from odoo.fields import Domain

# What a form needs of an address: how it reads, and what is agreed for it.
ADDRESS_FIELDS = (
    *("commercial_partner_id", "parent_id", "type", "name", "street", "zip", "city"),
    *("container_type_id", "container_weekday_ids"),
    *("container_rental_days", "container_limit"),
)


class ResPartner(models.Model):
    """Where a customer can have his containers brought to."""

    _inherit = "res.partner"

    def _get_container_addresses(self):
        """Return the addresses that this contact may name, the usual one first.

        They are the delivery addresses of his company, and the company itself.
        """
        self.ensure_one()
        customer = self.commercial_partner_id
        addresses = self.search_fetch(
            Domain("commercial_partner_id", "=", customer.id)
            & (
                # An archived company still has contacts who may sign in.
                Domain("id", "=", customer.id)
                | Domain("type", "=", "delivery") & Domain("active", "=", True)
            ),
            ADDRESS_FIELDS,
        )
        return addresses.sorted(
            lambda a: (a.type != "delivery", a != self, a.parent_id != self)
        )

    def _get_container_address_line(self):
        """Return this address in one line, for everybody who sees what goes there."""
        # The document is the reader's; its address may be archived or moved by now.
        address_sudo = self.sudo()
        lines = (
            address_sudo.name or address_sudo.commercial_partner_id.name,
            address_sudo.street,
            " ".join(filter(None, (address_sudo.zip, address_sudo.city))),
        )
        return ", ".join(filter(None, lines))

    def _has_containers(self, company):
        """Whether the pages about containers concern this contact.

        That is so once something is agreed with his company, or was asked for.
        """
        self.ensure_one()
        # What is agreed with a customer is not his to read, but it decides.
        customer_sudo = self.commercial_partner_id.sudo().with_company(company)
        if customer_sudo.container_type_id or customer_sudo.container_weekday_ids:
            return True
        own = [("commercial_partner_id", "=", customer_sudo.id)]
        return any(
            self.env[model].search_count(own, limit=1)
            for model in ("container.rental", "container.request")
        )
