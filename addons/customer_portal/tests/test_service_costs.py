from .common import PortalTransactionCase
from .service_common import ServicePeople


class TestServiceCosts(ServicePeople, PortalTransactionCase):
    """What it costs to move service orders, counted in queries."""

    def _count(self, count, state, act, *args, **kwargs):
        """Return how many queries it costs to do something with so many orders."""
        orders = self.orders.concat(
            *(self._order_in(state, imei=self._next_imei()) for _index in range(count))
        ).with_user(self.erik)
        # As in a transaction of its own.
        self.env["customer.mail.event"].search([]).unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        # Odoo asks for it whenever an environment is gone, which nobody can foresee.
        orders.env.user.fetch(["company_id"])
        before = self.env.cr.sql_log_count
        getattr(orders, act)(*args, **kwargs)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_many_orders_cost_as_much_as_two(self):
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        for state, act, args in (
            ("submitted", "action_confirm", ()),
            ("submitted", "_refuse", ("Too old",)),
            ("confirmed", "action_receive", ()),
            ("confirmed", "_cancel", ("No spare parts",)),
            ("at_location", "_set_status", (parts.with_user(self.erik),)),
        ):
            with self.subTest(act=act):
                self._count(1, state, act, *args)  # the caches are warm now
                few = self._count(2, state, act, *args)
                self.assertEqual(self._count(8, state, act, *args), few)
                self.assertLess(few, 20)

    def test_many_devices_are_sent_back_as_fast_as_two(self):
        act = ("at_location", "_complete")
        self._count(1, *act, resolution="New battery")
        few = self._count(2, *act, resolution="New battery")
        self.assertEqual(self._count(8, *act, resolution="New battery"), few)

    def test_each_order_that_is_sent_costs_the_same(self):
        """Each one is checked, registered, numbered and bound for itself."""
        self._count(1, "draft", "action_confirm")
        few, more, many = (
            self._count(count, "draft", "action_confirm") for count in (2, 5, 8)
        )
        self.assertEqual(many - more, more - few)
        self.assertLessEqual((many - few) / 6, 20)
