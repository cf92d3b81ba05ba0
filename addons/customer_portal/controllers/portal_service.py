from werkzeug.exceptions import Forbidden

from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_form import parse_id

ORDERS_URL = "/my/service-orders"
SHIPMENTS_URL = "/my/service-shipments"


class ServicePortal(CustomerPortal):
    """What the pages about service orders and shipments have in common."""

    def _find_service_order(self, order_id):
        """Return an order that the visitor may see, or an empty recordset."""
        return request.env["customer.service.order"].search(
            [("id", "=", parse_id(order_id))]
        )

    def _is_reseller(self):
        """Return whether the visitor speaks for a reseller."""
        return self._get_customer_sudo().service_role == "reseller"

    def _check_reseller(self):
        """:raise Forbidden: only resellers do this"""
        if not self._is_reseller():
            raise Forbidden

    def _get_customer_sudo(self):
        # What is agreed with a customer is not his to read, but it decides.
        return request.env.user.partner_id.commercial_partner_id.sudo()
