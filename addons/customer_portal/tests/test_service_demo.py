from odoo import fields
from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

from ..tools.device_ids import is_imei

FILES = [
    f"demo/customer_{name}_demo.xml"
    for name in (
        *("portal", "service", "service_german"),
        *("service_past", "service_workshop", "service_way"),
    )
]
MODELS = ("customer.service.order", "customer.service.shipment")


class TestServiceDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        for path in FILES:
            convert_file(
                self.env(su=True),
                *("customer_portal", path, {}),
                mode="init",
                noupdate=True,
            )

    def _order(self, name):
        return self.env.ref(f"customer_portal.service_order_{name}")

    def _assert_orders(self):
        orders = self.env["customer.service.order"].search([]).sorted("id")
        self.assertEqual(
            set(orders.mapped("state")),
            {
                *("draft", "submitted", "confirmed"),
                *("at_location", "completed", "cancelled"),
            },
        )
        now = fields.Datetime.now()
        sent = orders.filtered(lambda order: order.state != "draft")
        by_day, by_number = sent.sorted("date_order"), sent.sorted("name")
        self.assertEqual(by_day.ids, by_number.ids, "numbers follow the days")
        for order in sent:
            days = [
                order.date_order,
                *filter(None, (order.confirmed_on, order.received_on)),
                *filter(None, [order.completed_on]),
            ]
            self.assertEqual(days, sorted(days), order.device_name)
            logged = order.status_log_ids.mapped("date")
            self.assertEqual(order.status_log_ids.sorted("id").mapped("date"), logged)
            self.assertLessEqual(max(*days, *logged), now, order.device_name)
            self.assertFalse(order.imei and not is_imei(order.imei))

    def _assert_office(self):
        today = self.env.company._portal_today()
        overdue = self.env["customer.service.order"].search(
            [("promised_date", "<", today), ("state", "=", "at_location")]
        )
        self.assertEqual(overdue, self._order("ipad_button"))
        self.assertEqual(len(overdue.device_id.order_ids), 2)
        quoted = self._order("macbook_hotel")
        self.assertEqual(
            (quoted.quote_state, quoted.waiting_for), ("waiting", "customer")
        )
        self.assertEqual(self._order("iphone13").quote_state, "accepted")
        asked = self._order("macbook")
        self.assertTrue(asked.customer_reply_pending)
        self.assertEqual(
            asked.activity_ids.user_id, self.env.ref("customer_portal.user_tom")
        )
        self.assertTrue(self._order("iphone6").cancel_reason)

    def _assert_shipments(self):
        received, on_way = self.env["customer.service.shipment"].search([]).sorted("id")
        self.assertEqual((received.state, on_way.state), ("received", "confirmed"))
        self.assertLess(received.ready_on, received.received_on)
        free = self.env["customer.service.order"]
        free = free.search(free._get_shippable_domain())
        self.assertEqual(
            set(free.mapped("location_id.name")), {"Berlin", "Wien"}, "two groups"
        )
        self.assertEqual(
            on_way.tracking_url, "https://t.example/?n=00340434161094025116"
        )

    def test_story_is_true_on_every_day(self):
        for day in (
            "2026-11-23 10:00:00",
            "2026-11-30 23:30:00",  # December in Berlin
            "2026-12-26 22:30:00",
            "2027-01-01 00:30:00",
            "2028-02-29 13:30:00",
        ):
            with self.subTest(day=day), freeze_time(day):
                savepoint = self.env.cr.savepoint(flush=True)
                self._load()
                self._assert_orders()
                self._assert_office()
                self._assert_shipments()
                self.assertFalse(
                    self.env["customer.mail.event"].search([])
                    or self.env["mail.mail"].search([("model", "in", MODELS)]),
                    "nobody lives at the demo addresses",
                )
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all(flush=False)
