from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .service_common import IMEI, OTHER_IMEI
from .service_office import FORM, MORNING, ServiceOffice


class TestOrderForm(ServiceOffice):
    """What Erik sees and changes once an order was sent."""

    def test_words_of_the_customer_stay_his(self):
        order = self._order_in("confirmed")
        with Form(order, FORM) as form:
            for name in ("issue", "partner_id", "location_id", "answer_ids"):
                with self.subTest(name=name), self.assertRaises(AssertionError):
                    form[name] = order[name]
            form.diagnosis = "The battery is old"

    def test_what_is_over_is_not_worked_on(self):
        order = self._order_in("completed")
        with Form(order, FORM) as form:
            for name in ("imei", "device_name", "promised_date", "service_type_id"):
                with self.subTest(name=name), self.assertRaises(AssertionError):
                    form[name] = order[name]
            form.outbound_tracking = "00340"

    def test_without_rights_to_sell_the_amounts_are_read(self):
        order = self._order_in("at_location")
        quotation = self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals()
        )
        quotation.order_line = [
            Command.create(
                {"product_id": self.carrier.product_id.id, "price_unit": 129}
            )
        ]
        quotation.action_quotation_sent()
        with self.assertRaises(AccessError):
            quotation.with_user(self.erik).check_access("read")
        self.env.flush_all()
        self.env.invalidate_all()
        with Form(order, FORM) as form:
            self.assertEqual(form.quote_state, "waiting")
            self.assertGreaterEqual(form.amount_total, 129)
            form.diagnosis = "The battery is old"
        arch = self._arch(self.erik, FORM)
        self.assertFalse(arch.xpath("//field[@name='sale_order_ids']"))
        self.assertFalse(arch.xpath("//button[@name='action_create_quotation']"))
        with self.assertRaises(AccessError):
            order.action_create_quotation()
        with self.assertRaises(AccessError):
            order.action_open_quotations().get("domain")

    def test_salesman_offers_a_price(self):
        self.erik.group_ids += self.env.ref("sales_team.group_sale_salesman")
        order = self._order_in("at_location", client_order_ref="PO-7")
        action = order.action_create_quotation()
        quotation = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            quotation,
            [
                {
                    "partner_id": self.carla.partner_id.id,
                    "client_order_ref": "PO-7",
                    "service_order_id": order.id,
                    "origin": order.name,
                }
            ],
        )
        with Form(order, FORM) as form:
            self.assertEqual(form.sale_order_count, 1)
        back = quotation.with_user(self.erik).action_open_service_order()
        self.assertEqual((back["res_model"], back["res_id"]), (order._name, order.id))

    def test_device_and_shipment_are_one_click_away(self):
        order = self._order_as(self.anna, shipping_type_id=self.pickup.id)
        shipment = self.env["customer.service.shipment"].sudo()
        shipment._create_for(order.sudo(), {"partner_id": self.anna.partner_id.id})
        order = order.with_user(self.erik)
        for action, record in (
            (order.action_open_device(), order.device_id),
            (order.action_open_shipment(), order.shipment_id),
        ):
            with self.subTest(model=record._name):
                self.assertTrue(record)
                self.assertEqual(
                    (action["res_model"], action["res_id"]), (record._name, record.id)
                )

    def test_word_of_thanks_needs_no_answer(self):
        order = self._order_in("at_location")
        self._write_in_chat(order, "Thank you!")
        self.assertTrue(order.customer_reply_pending)
        self.assertTrue(order.activity_ids)
        order.action_note_answered()
        self.assertFalse(order.customer_reply_pending)
        self.assertFalse(order.activity_ids)

    def test_wrong_number_is_corrected_in_the_registry(self):
        order = self._order_in("at_location")
        wrong = order.device_id
        with Form(order, FORM) as form:
            form.imei = OTHER_IMEI
        self.assertEqual(order.device_id.imei, OTHER_IMEI)
        self.assertNotEqual(order.device_id, wrong)
        self.assertFalse(wrong.active)

    def test_device_with_a_history_stays_in_the_registry(self):
        self._order_in("completed")
        order = self._order_in("at_location")
        with Form(order, FORM) as form:
            form.imei = OTHER_IMEI
        [former] = self.env["customer.service.device"].search([("imei", "=", IMEI)])
        self.assertEqual(len(former.order_ids), 1)

    def test_days_at_the_location_are_counted(self):
        with freeze_time(MORNING):
            order = self._order_in("at_location")
        self.assertFalse(order.workshop_days)
        with freeze_time("2026-12-04 21:00:00"):
            order._complete(resolution="New battery")
        self.assertEqual(order.workshop_days, 3.5)
        orders = order | self._order_in("at_location")
        [(days,)] = orders._read_group(
            [("id", "in", orders.ids)], [], ["workshop_days:avg"]
        )
        self.assertEqual(days, 3.5, "what is still here counts for nothing")
