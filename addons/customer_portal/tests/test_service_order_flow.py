from odoo.exceptions import UserError

from .common import PortalTransactionCase
from .service_common import ServicePeople


class TestServiceOrderFlow(ServicePeople, PortalTransactionCase):
    """The life of a service order, moved by those who may."""

    def test_order_of_a_reseller_is_confirmed_at_once(self):
        order = self._order_as(self.anna)
        self.assertEqual(order.state, "confirmed")
        self.assertRegex(order.name, r"^SRV\d{8}$")

    def test_order_of_a_customer_waits_for_confirmation(self):
        order = self._order_as(self.carla)
        self.assertEqual(order.state, "submitted")
        order.with_user(self.erik).action_confirm()
        self.assertEqual(order.state, "confirmed")

    def test_draft_has_no_number(self):
        self.assertEqual(self._draft_as(self.anna).name, "/")

    def test_completing_needs_words_about_what_was_done(self):
        order = self._order_as(self.anna).with_user(self.erik)
        order.action_receive()
        self.assertEqual(order.state, "at_location")
        with self.assertRaisesRegex(UserError, "what was done"):
            order._complete()
        order.device_passcode = "1234"
        order._complete(resolution="New battery", outbound_tracking="AB 1&x")
        self.assertEqual(order.state, "completed")
        self.assertFalse(order.device_passcode)
        (parcel,) = order._get_tracking_links()
        self.assertEqual(parcel["number"], "AB 1&x")
