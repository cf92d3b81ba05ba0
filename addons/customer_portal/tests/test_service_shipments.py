from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_shipment_common import ShipmentPeople


class TestServiceShipments(ShipmentPeople, PortalTransactionCase):
    """Devices that a reseller sends in one go, from the draft to their arrival."""

    # === WHAT CAN BE SHIPPED === #

    def _shippable(self, user):
        orders = self.orders.with_user(user)
        return orders.search(orders._get_shippable_domain())

    def test_only_confirmed_orders_of_the_right_way_can_be_shipped(self):
        order = self._devices_of(self.anna, 1)
        self._order_as(self.anna, shipping_type_id=self.bring.id)
        self._order_as(self.anna, imei=self._next_imei())  # no way was chosen
        self._draft_as(self.anna, shipping_type_id=self.pickup.id)
        received = self._devices_of(self.anna, 1)
        received.with_user(self.erik).action_receive()
        self.assertEqual(self._shippable(self.anna), order)

    def test_a_colleague_may_ship_but_no_stranger(self):
        order = self._devices_of(self.anna, 1)
        self.assertEqual(self._shippable(self.bert), order)
        self.assertFalse(self._shippable(self.carla))

    def test_an_order_in_a_shipment_is_not_offered_again(self):
        first, second = self._devices_of(self.anna)
        self._ship_as(self.anna, first)
        self.assertEqual(self._shippable(self.anna), second)
        with self.assertRaisesRegex(UserError, "is in another shipment by now"):
            self._ship_as(self.bert, first | second, 2)

    def test_nothing_is_no_shipment(self):
        with self.assertRaisesRegex(UserError, "at least one order"):
            self._ship_as(self.anna, self.orders.browse())

    def test_orders_of_two_locations_are_no_shipment(self):
        berlin = self._devices_of(self.anna, 1)
        wien = self._devices_of(self.anna, 1, location_id=self.wien.id)
        with self.assertRaisesRegex(UserError, "several locations"):
            self._ship_as(self.anna, berlin | wien)

    def test_orders_of_two_customers_are_no_shipment(self):
        self.krone.write(
            {"service_role": "reseller", "service_shipping_type_ids": self.pickup.ids}
        )
        ours, theirs = self._devices_of(self.anna, 1), self._devices_of(self.carla, 1)
        with self.assertRaisesRegex(UserError, "several locations"):
            self._ship_as(self.anna, ours | theirs)

    @mute_logger("odoo.sql_db")
    def test_a_form_that_is_sent_twice_makes_one_shipment(self):
        orders = self._devices_of(self.anna)
        self.assertTrue(self._ship_as(self.anna, orders[0]))
        self.assertFalse(self._ship_as(self.anna, orders[1]))
        self.assertEqual(self._shippable(self.anna), orders[1])

    # === FROM THE DRAFT TO THE LORRY === #

    def test_draft_has_no_number(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna, 3))
        self.assertEqual(shipment.state, "draft")
        self.assertEqual(shipment.display_name, "Shipment in preparation")
        self.assertEqual(shipment.order_count, 3)

    def test_confirmed_shipment_has_a_number_and_tells_both_sides(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        events = self.env["customer.mail.event"].search([])
        shipment.sudo()._confirm(package_count=2, weight=1.5, tracking_number="AB 1&x")
        self.assertEqual(shipment.state, "confirmed")
        self.assertRegex(shipment.name, r"^SHP\d{8}$")
        self.assertEqual(shipment.tracking_url, "https://t.example/?n=AB%201%26x")
        told = self.env["customer.mail.event"].search([]) - events
        self.assertEqual(
            {(event.audience, event.event) for event in told},
            {("administrators", "confirmed"), ("customers", "ready")},
        )

    def test_shipment_cannot_be_confirmed_twice(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        with self.assertRaisesRegex(UserError, "cannot become “Ready for pickup”"):
            shipment.sudo()._confirm()

    def test_tracking_number_of_the_shipment_is_that_of_its_orders(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        shipment.sudo()._note_tracking_number("AB 1&x")
        self.assertEqual(orders.mapped("inbound_tracking"), ["AB 1&x"] * 2)

    def test_draft_has_no_tracking_number(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        with self.assertRaisesRegex(UserError, "cannot become “Received”"):
            shipment.sudo()._note_tracking_number("AB 1")

    def test_papers_say_what_was_sent_whatever_is_edited_afterwards(self):
        order = self._devices_of(self.anna, 1, accessories="Case")
        shipment = self._ship_as(self.anna, order)
        line = shipment.sudo().line_ids
        order.sudo().accessories = "Case and cable"
        self.assertEqual(line._get_device().accessories, "Case and cable")
        shipment.sudo()._confirm()
        order.sudo().accessories = "Nothing"
        self.assertEqual(line._get_device().accessories, "Case and cable")

    def test_order_whose_way_has_changed_does_not_leave(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        orders[0].sudo().shipping_type_id = self.bring
        with self.assertRaisesRegex(UserError, f"{orders[0].name} is to be delivered"):
            shipment.sudo()._confirm()
        self.assertEqual(shipment.state, "draft")

    # === ORDERS THAT LEAVE === #

    def test_cancelled_order_leaves_the_draft(self):
        orders = self._devices_of(self.anna, 3)
        shipment = self._ship_as(self.anna, orders)
        orders[0].sudo()._cancel_by_customer()
        self.assertEqual(shipment.sudo().line_ids.order_id, orders[1:].sudo())
        self.assertEqual(shipment.order_count, 2)
        shipment.sudo()._confirm()

    def test_draft_goes_with_its_last_order(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        orders.sudo()._cancel_by_customer()
        self.assertFalse(shipment.exists())
        self.assertFalse(orders.sudo().shipment_line_ids)

    def test_device_that_was_brought_leaves_the_draft(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        orders[0].with_user(self.erik).action_receive()
        self.assertEqual(shipment.sudo().line_ids.order_id, orders[1].sudo())

    def test_order_on_its_way_cannot_be_cancelled(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        with self.assertRaisesRegex(UserError, f"on its way in.*{shipment.name}"):
            orders[0].sudo()._cancel_by_customer()
        self.assertEqual(orders[0].state, "confirmed")

    def test_order_that_has_arrived_can_be_cancelled_by_staff(self):
        orders = self._devices_of(self.anna)
        self._confirmed_as(self.anna, orders)
        orders[0].with_user(self.erik).action_receive()
        orders[0].with_user(self.erik)._cancel("Not worth it")
        self.assertEqual(orders.mapped("state"), ["cancelled", "confirmed"])

    def test_cancelled_shipment_gives_its_orders_free(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        shipment.sudo()._cancel_by_customer()
        self.assertEqual(shipment.state, "cancelled")
        self.assertEqual(self._shippable(self.anna), orders.sorted())
        self.assertTrue(self._confirmed_as(self.anna, orders, 2))

    def test_discarded_draft_is_gone_and_its_orders_are_free(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        shipment.sudo()._discard()
        self.assertFalse(shipment.exists())
        self.assertEqual(self._shippable(self.anna), orders.sorted())

    def test_announced_shipment_cannot_be_discarded(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        with self.assertRaisesRegex(UserError, "cannot become “Cancelled”|is “Ready"):
            shipment.sudo()._discard()

    # === ARRIVAL === #

    def test_shipment_is_received_as_a_whole(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        shipment.with_user(self.erik).action_receive()
        self.assertEqual(shipment.state, "received")
        self.assertEqual(orders.mapped("state"), ["at_location"] * 2)
        self.assertEqual(orders.shipment_id, shipment)

    def test_last_device_closes_the_shipment(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        first, second = shipment.with_user(self.erik).line_ids
        first.action_receive()
        self.assertEqual((shipment.state, shipment.received_count), ("confirmed", 1))
        second.action_receive()
        self.assertEqual((shipment.state, shipment.received_count), ("received", 2))

    def test_receiving_an_order_receives_its_device(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        orders.with_user(self.erik).action_receive()
        self.assertEqual(shipment.state, "received")

    def test_missing_device_can_be_shipped_again(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        shipment.with_user(self.erik).line_ids[0].action_receive()
        shipment.with_user(self.erik).action_close()
        self.assertEqual(shipment.state, "received")
        self.assertEqual(orders.mapped("state"), ["at_location", "confirmed"])
        self.assertEqual(self._shippable(self.anna), orders[1])
        again = self._confirmed_as(self.anna, orders[1], 2)
        again.with_user(self.erik).action_receive()
        self.assertEqual(orders[1].shipment_id, again)

    def test_device_that_has_arrived_is_not_received_again(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        line = shipment.with_user(self.erik).line_ids[0]
        line.action_receive()
        received_on = line.received_on
        line.action_receive()
        self.assertEqual(line.received_on, received_on)

    def test_what_has_not_left_does_not_arrive(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        for act in ("action_receive", "action_close"):
            with self.subTest(act=act), self.assertRaisesRegex(UserError, "cannot be"):
                getattr(shipment.with_user(self.erik), act)()
        self.assertEqual(shipment.state, "draft")

    def test_shipment_of_which_nothing_arrived_is_not_closed(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        with self.assertRaisesRegex(UserError, "Nothing of .* has arrived"):
            shipment.with_user(self.erik).action_close()

    def test_shipment_that_arrived_in_part_cannot_be_cancelled(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        shipment.with_user(self.erik).line_ids[0].action_receive()
        with self.assertRaisesRegex(UserError, "A part of .* has arrived"):
            shipment.with_user(self.erik).action_cancel()

    def test_customers_press_no_button_of_the_staff(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        for act in ("action_receive", "action_close", "action_cancel"):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(shipment, act)()
