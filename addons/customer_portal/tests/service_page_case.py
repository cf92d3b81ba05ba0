"""What the tests of the pages about service orders share; it holds no tests itself."""

from odoo.fields import Command

from .common import PortalHttpCase
from .page_reader import JUNK as ANY_JUNK
from .page_reader import JUNK_DAYS, PageReader
from .service_common import ServicePeople

URL = "/my/service-orders"
JUNK = (*ANY_JUNK, *JUNK_DAYS)


class ServicePageCase(PageReader, ServicePeople, PortalHttpCase):
    """Orders in every state, and pages taken apart."""

    # === ORDERS === #

    @classmethod
    def _new_order(cls, user, **values):
        """Return an order that a portal user has just sent about another device."""
        return cls._order_as(user, **{"imei": cls._next_imei()} | values)

    def _received_order(self, user, **values):
        order = self._new_order(user, **values)
        order.with_user(self.erik).action_receive()
        return order

    def _completed_order(self, user, **values):
        order = self._received_order(user, **values)
        done = {"resolution": "New battery", "outbound_tracking": "AB 1&x"}
        order.with_user(self.erik)._complete(**done)
        return order

    @classmethod
    def _many_orders(cls, user, count, state="confirmed", **values):
        """Return orders as they are in the database, without the way to get there."""
        statuses = cls.env["customer.service.status"]
        vals = {
            "partner_id": user.partner_id.id,
            "location_id": cls.berlin.id,
            "service_type_id": cls.repair.id,
            "shipping_type_id": cls.pickup.id,
            "device_name": "iPhone 15",
            "state": state,
            "status_id": statuses._get_default(state).id,
            "outbound_tracking": "AB 1",
        } | values
        orders = cls.orders._as_state_writer().create(
            [vals | {"imei": cls._next_imei()} for _number in range(count)]
        )
        for order in orders:
            order.sudo().name = f"SRV26{order.id:06d}"
        return orders.with_user(user)

    def _quote(self, order, price=129.0, state="sent", **values):
        """Return a quotation of an order with one line."""
        quotation = self.env["sale.order"].create(
            {
                "partner_id": order.partner_id.id,
                "service_order_id": order.id,
                "order_line": [
                    Command.create(
                        {
                            "name": "New display",
                            "product_id": self.display.id,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        quotation.state = state
        return quotation

    @property
    def display(self):
        return self.env.ref("product.product_product_local_type", False) or self.env[
            "product.product"
        ].create({"name": "Display", "type": "service"})

    # === PAGES === #

    def _open(self, user=None, **params):
        """Return the list."""
        return self.open_as(user or self.anna, URL, params=params)
