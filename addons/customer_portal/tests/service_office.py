"""What the tests of the back office of service orders share."""

from .common import PortalTransactionCase
from .service_common import ServicePeople
from .view_reader import ViewReader

MORNING = "2026-12-01 09:00:00"  # a Tuesday, 10:00 in Berlin
FORM = "customer_portal.customer_service_order_view_form"
LIST = "customer_portal.customer_service_order_view_list"
SEARCH = "customer_portal.customer_service_order_view_search"


class ServiceOffice(ViewReader, ServicePeople, PortalTransactionCase):
    """Erik works with service orders and has no other rights, Mia manages them."""

    search_view = SEARCH

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
