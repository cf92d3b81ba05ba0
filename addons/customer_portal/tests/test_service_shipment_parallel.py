from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_shipment_common import TOKEN


class TestServiceShipmentParallel(PortalTransactionCase):
    """Two people at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_orders(self.env(cr=cr, su=True))

    def _create_orders(self, env):
        customer = env["res.partner"].create(
            {"name": "Parallel GmbH", "is_company": True, "service_role": "reseller"}
        )
        contact = env["res.partner"].create({"name": "Paul", "parent_id": customer.id})
        pickup = env["customer.service.shipping.type"].create(
            {"name": "Parallel pickup", "inbound_method": "portal_shipment"}
        )
        location = env["customer.service.location"].create(
            {
                "name": "Parallel",
                "partner_id": env["res.partner"].create({"name": "Workshop"}).id,
                "shipping_type_ids": [Command.set(pickup.ids)],
            }
        )
        orders = env["customer.service.order"].create(
            [
                {
                    "partner_id": contact.id,
                    "location_id": location.id,
                    "shipping_type_id": pickup.id,
                    "device_name": "iPhone 15",
                }
            ]
            * 3
        )
        orders._move_to("submitted")
        orders._move_to("confirmed")
        self.customer_id, self.contact_id = customer.id, contact.id
        self.pickup_id, self.location_id = pickup.id, location.id
        self.place_id = location.partner_id.id
        self.order_ids = orders.ids

    def _delete_committed(self):
        # What was sent cannot be deleted by any user, so a test does it in SQL.
        with self.registry.cursor() as cr:
            self._kept(self.env(cr=cr, su=True)).unlink()
            for statement in (
                "DELETE FROM customer_service_shipment WHERE location_id = %s",
                "DELETE FROM customer_service_order WHERE location_id = %s",
                "DELETE FROM customer_service_location WHERE id = %s",
            ):
                cr.execute(statement, [self.location_id])
            env = self.env(cr=cr, su=True)
            env["customer.service.shipping.type"].browse(self.pickup_id).unlink()
            env["customer.mail.event"].search([]).unlink()
            people = (self.contact_id, self.customer_id, self.place_id)
            env["res.partner"].browse(people).unlink()

    def _run(self, *acts):
        with mute_logger("odoo.sql_db"):
            return self.run_in_parallel(*map(self.as_server, acts))

    def _orders(self, env, *positions):
        ids = [self.order_ids[position] for position in positions]
        return env["customer.service.order"].browse(ids)

    def _ship(self, *positions, number=1):
        def ship(env):
            return (
                env["customer.service.shipment"]
                ._create_for(
                    self._orders(env, *positions),
                    {"partner_id": self.contact_id, "form_token": TOKEN.format(number)},
                )
                .ids
            )

        return ship

    def _shipments(self, env):
        return env["customer.service.shipment"].search(
            [("location_id", "=", self.location_id)]
        )

    def _read(self):
        """Return the shipments as others see them: ``[(state, devices, count)]``."""
        with self.registry.cursor() as cr:
            return [
                (
                    shipment.state,
                    sorted(
                        self.order_ids.index(order.id)
                        for order in shipment.line_ids.order_id
                    ),
                    shipment.order_count,
                )
                for shipment in self._shipments(self.env(cr=cr, su=True))
            ]

    def _is_cancelled(self, position):
        with self.registry.cursor() as cr:
            order = self._orders(self.env(cr=cr, su=True), position)
            return order.state == "cancelled"

    def _commit(self, *acts):
        with self.registry.cursor() as cr:
            for act in acts:
                act(self.env(cr=cr, su=True))

    def _refusal(self, results):
        [refusal] = [result for result in results if isinstance(result, Exception)]
        self.assertIsInstance(refusal, UserError)
        return str(refusal)

    def test_an_order_gets_into_one_shipment(self):
        results = self._run(self._ship(0, 1), self._ship(1, 2, number=2))
        self.assertIn("another shipment", self._refusal(results))
        [(state, devices, count)] = self._read()
        self.assertEqual((state, count), ("draft", 2))
        self.assertIn(devices, ([0, 1], [1, 2]))

    def test_a_double_click_makes_one_shipment(self):
        results = self._run(self._ship(0, 1), self._ship(0, 1))
        made = [result for result in results if isinstance(result, list) and result]
        self.assertEqual(len(made), 1)
        self.assertEqual(self._read(), [("draft", [0, 1], 2)])

    def test_two_shipments_of_other_orders_do_not_disturb_each_other(self):
        self._run(self._ship(0), self._ship(1, 2, number=2))
        self.assertEqual(
            sorted(self._read()), [("draft", [0], 1), ("draft", [1, 2], 2)]
        )

    def test_an_order_that_is_cancelled_is_not_shipped(self):
        self._run(
            self._ship(0, 1), lambda env: self._orders(env, 0)._cancel_by_customer()
        )
        shipped = sum((devices for _state, devices, _count in self._read()), [])
        self.assertEqual(0 in shipped, not self._is_cancelled(0))

    def test_a_confirmed_shipment_has_no_cancelled_order(self):
        self._commit(self._ship(0, 1))
        self._run(
            lambda env: self._shipments(env)._confirm(),
            lambda env: self._orders(env, 0)._cancel_by_customer(),
        )
        [(state, devices, count)] = self._read()
        self.assertEqual(devices, [1] if self._is_cancelled(0) else [0, 1])
        self.assertEqual(count, len(devices))
        self.assertIn(state, ("draft", "confirmed"))

    def test_two_clicks_confirm_once(self):
        self._commit(self._ship(0))
        results = self._run(*[lambda env: self._shipments(env)._confirm()] * 2)
        self._refusal(results)
        self.assertEqual(self._read(), [("confirmed", [0], 1)])

    def test_the_last_two_devices_close_the_shipment_whoever_receives_them(self):
        self._commit(self._ship(0, 1), lambda env: self._shipments(env)._confirm())

        def receive(position):
            def run(env):
                try:
                    self._orders(env, position)._receive()
                except UserError as error:  # a colleague receives at this moment
                    env.cr.rollback()
                    return error
                return "received"

            return run

        results = self._run(receive(0), receive(1))
        self.assertIn("received", results)
        if results != ["received"] * 2:
            waiting = 0 if results[0] != "received" else 1
            self._commit(lambda env: self._orders(env, waiting)._receive())
        self.assertEqual(self._read(), [("received", [0, 1], 2)])

    # === THE FILE OF AN ORDER === #

    def _kept(self, env):
        return env["ir.attachment"].search(
            [("res_field", "=", "pdf_cache"), ("res_id", "in", self.order_ids)]
        )

    def _get_pdf(self, env):
        contact = env["res.partner"].browse(self.contact_id)
        return self._orders(env, 0)._get_pdf(contact)

    def test_two_readers_at_once_both_get_their_paper(self):
        self._commit(
            self._get_pdf, lambda env: self._orders(env, 0).write({"issue": "x"})
        )
        with self.registry.cursor() as cr:
            outdated = self._kept(self.env(cr=cr, su=True)).ids
        results = self._run(self._get_pdf, self._get_pdf)
        self.assertEqual([type(result) for result in results], [bytes] * 2)
        with self.registry.cursor() as cr:
            kept = self._kept(self.env(cr=cr, su=True))
            self.assertIn(results[0], kept.mapped("raw"))
            self.assertFalse(set(kept.ids) & set(outdated))
