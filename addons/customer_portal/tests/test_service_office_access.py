import inspect

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .service_office import ServiceOffice

MODELS = (
    *("customer.service.order", "customer.service.shipment"),
    *("customer.service.shipment.line", "customer.service.device"),
    *("customer.service.reason", "customer.service.complete"),
    "customer.service.set.status",
)


class TestColleagues(ServiceOffice):
    """An employee who does not work with service orders moves none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ingo = cls._create_user("Ingo", "sales_team.group_sale_manager")

    def _buttons(self):
        """Return each button of our models: ``(model, method)``."""
        for model in MODELS:
            for name, method in inspect.getmembers(type(self.env[model])):
                if (
                    name.startswith("action_")
                    and "customer_portal" in method.__module__
                ):
                    yield model, name

    def test_no_button_works_by_remote_call(self):
        order = self._order_in("at_location")
        shipment = self._create_shipment()
        records = {
            "customer.service.order": order,
            "customer.service.shipment": shipment,
            "customer.service.shipment.line": shipment.line_ids,
            "customer.service.device": order.device_id,
        }
        buttons = list(self._buttons())
        self.assertGreater(len(buttons), 15)
        for model, name in buttons:
            record = records.get(model) or self._create_wizard(model, order)
            with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                getattr(record.with_user(self.ingo), name)()
        self.assertEqual(order.state, "at_location")
        self.assertEqual(shipment.state, "confirmed")

    def test_no_record_is_read_or_changed(self):
        for model in MODELS:
            records = self.env[model].with_user(self.ingo)
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(records.has_access(operation))

    def test_quotations_of_others_can_still_be_sold(self):
        order = self._order_in("at_location")
        quotation = self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals()
        )
        quotation.with_user(self.ingo).action_confirm()
        self.assertEqual(order.quote_state, "accepted")

    def _create_shipment(self):
        order = self._order_as(
            self.anna, imei=self._next_imei(), shipping_type_id=self.pickup.id
        )
        shipments = self.env["customer.service.shipment"].sudo()
        vals = {"partner_id": self.anna.partner_id.id}
        shipment = shipments._create_for(order.sudo(), vals)
        shipment._confirm()
        return shipment

    def _create_wizard(self, model, order):
        status = self.env.ref("customer_portal.customer_service_status_repair")
        values = {
            "customer.service.reason": {"act": "cancel", "reason": "No"},
            "customer.service.set.status": {"status_id": status.id},
        }
        vals = {"order_ids": [Command.set(order.ids)]}
        return self.env[model].create(vals | values.get(model, {}))


class TestServiceCompanies(ServiceOffice):
    """Two companies in one database know nothing of each other's service."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Werkstatt Graz"})
        cls.nora = cls._create_user(
            "Nora",
            "customer_portal.customer_portal_group_service_manager",
            company_id=cls.branch.id,
            company_ids=[Command.set(cls.branch.ids)],
        )
        cls.graz = cls._create_location(
            "Graz",
            company_id=cls.branch.id,
            user_ids=[Command.set(cls.nora.ids)],
            portal_published=False,
        )

    def _records(self, order, location):
        """Return one record of each model that belongs to a company."""
        task = self.env["customer.service.task"].create(
            {"name": "Colour", "company_id": location.company_id.id}
        )
        service = self.env["customer.service.type"].create(
            {"name": "Cleaning", "company_id": location.company_id.id}
        )
        return [
            *(order, order.answer_ids[:1], order.status_log_ids[:1]),
            *(location, task, service),
        ]

    def _order_of_branch(self):
        """Return an order that Nora has typed in for Carla."""
        vals = self.env["customer.service.answer"]._prepare_answer_vals(self.find_my)
        order = self.orders.with_user(self.nora).create(
            {
                "partner_id": self.carla.partner_id.id,
                "location_id": self.graz.id,
                "service_type_id": self.repair.id,
                "device_name": "iPhone 15",
                "imei": self._next_imei(),
                "issue": "Does not charge",
                "answer_ids": [Command.create(vals)],
            }
        )
        order.action_confirm()
        return order

    def test_staff_see_what_is_their_companys_alone(self):
        own = self._records(self._order_in("at_location"), self.berlin)
        other = self._records(self._order_of_branch(), self.graz)
        for user, seen, hidden in ((self.erik, own, other), (self.nora, other, own)):
            for records, is_seen in ((seen, True), (hidden, False)):
                for record in records:
                    record = record.with_user(user).sudo(False)
                    with self.subTest(user=user.name, model=record._name):
                        self.assertTrue(record)
                        found = record.search([("id", "=", record.id)])
                        self.assertEqual(bool(found), is_seen)
                        self.assertEqual(record.has_access("read"), is_seen)

    def test_order_belongs_to_the_company_of_its_location(self):
        order = self._order_of_branch()
        self.assertEqual(order.company_id, self.branch)

    def test_foreign_orders_are_not_moved(self):
        order = self._order_in("submitted")
        for button in ("action_confirm", "action_receive", "action_refuse"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(order.with_user(self.nora), button)()
        self.assertEqual(order.state, "submitted")

    def test_foreign_locations_are_not_offered(self):
        order = self._order_of_branch()
        offered = order._get_offered_locations()
        self.assertEqual(offered, self.graz.with_user(self.nora))
        draft = self._order_in("draft")
        draft.location_id = self.graz.sudo()
        with self.assertRaises(UserError):
            draft.action_confirm()

    def test_devices_of_a_customer_of_another_company_are_hidden(self):
        device = self._order_in("at_location").device_id
        self.assertTrue(device.with_user(self.nora).has_access("read"))
        self.krone.company_id = self.company
        self.env.invalidate_all()
        self.assertFalse(device.with_user(self.nora).has_access("read"))
        self.assertTrue(device.with_user(self.erik).has_access("read"))
