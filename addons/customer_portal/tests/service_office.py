"""What the tests of the back office of service orders share."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .common import PortalTransactionCase
from .service_common import ServicePeople

MORNING = "2026-12-01 09:00:00"  # a Tuesday, 10:00 in Berlin
FORM = "customer_portal.customer_service_order_view_form"
LIST = "customer_portal.customer_service_order_view_list"
SEARCH = "customer_portal.customer_service_order_view_search"


class ServiceOffice(ServicePeople, PortalTransactionCase):
    """Erik works with service orders and has no other rights, Mia manages them."""

    def _arch(self, user, xmlid):
        view = self.env.ref(xmlid)
        result = self.env[view.model].with_user(user).get_view(view.id, view.type)
        return etree.fromstring(result["arch"])

    def _find(self, name, xmlid=SEARCH, user=None, text=None):
        """Return what a filter of a search view finds, or a field for a text."""
        user = user or self.erik
        [node] = self._arch(user, xmlid).xpath(f"//*[@name='{name}']")
        domain = node.get("domain") or node.get("filter_domain")
        domain = safe_eval(domain, {"uid": user.id, "self": text})
        model = self.env.ref(xmlid).model
        return self.env[model].with_user(user).search(domain)

    def _orders(self, *states, **values):
        """Return orders in these states, each for a device of its own."""
        orders = self.orders.with_user(self.erik)
        for state in states:
            orders |= self._order_in(state, imei=self._next_imei(), **values)
        return orders

    def _write_in_chat(self, order, text):
        """Let Carla write, as the chat of the portal does: with the server's rights."""
        order.with_user(self.carla).sudo().message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def assertFound(self, orders, name, **kwargs):  # noqa: N802
        """Check that a filter finds these of all orders, and no others."""
        self.assertEqual(self._find(name, **kwargs).sorted("id"), orders.sorted("id"))
