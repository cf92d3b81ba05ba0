from typing import NamedTuple

from odoo import models, tools


class ServiceRights(NamedTuple):
    """What somebody may do with service orders.

    ``is_reseller``: he speaks for one; ``may_order``: a location is offered to him
    """

    is_reseller: bool
    may_order: bool


class ResUsers(models.Model):
    """Visitors of the portal, and what was agreed with the customers they work for."""

    _inherit = "res.users"

    @tools.ormcache("self.id", "tuple(self.env.companies.ids)")
    def _get_service_rights(self):
        """Return what this visitor may do; kept, because every page asks for it."""
        # What is agreed with a customer is not his to read, but it decides.
        customer_sudo = self.partner_id.commercial_partner_id.sudo()
        offered_sudo = (
            self.env["customer.service.location"].sudo()._find_offered(customer_sudo)
        )
        return ServiceRights(
            is_reseller=customer_sudo.service_role == "reseller",
            may_order=bool(offered_sudo),
        )
