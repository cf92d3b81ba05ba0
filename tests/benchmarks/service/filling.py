"""Fills a database with a workshop of any size: orders and all that hangs on them."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from erp.steps import Problem
from shared.partners import PartnerCloning

from .drawing import DEVICES, DRAWN, LOGGED, ORDERED, PARCELS
from .patterns import PATTERNS

# In every size, so that sizes can be compared.
HUGE, HUGE_OPEN, HUGE_ADDRESSES = 5000, 200, 20
SMALL, SMALL_OPEN, SMALL_ADDRESSES = 19, 4, 2
LOCATIONS = 4


@dataclass(frozen=True)
class Size:
    """How many of everything; ``fresh`` orders are there to be confirmed."""

    orders: int
    partners: int
    fresh: int

    def __str__(self):
        return f"{self.orders:,} orders of {self.partners:,} partners"

    def scaled(self, factor):
        names = ("orders", "partners")
        return replace(self, **{n: int(getattr(self, n) * factor) for n in names})

    @property
    def customers(self):
        """How many customers there are besides those with a login."""
        return Filling.get_customers(self.partners)

    @property
    def reseller(self):
        """How many orders the reseller has, who exports them all."""
        return self.orders // 10

    def check(self):
        """:raise Problem: there is no such workshop"""
        if self.orders < 2 * HUGE:
            raise Problem(f"At least {2 * HUGE} orders, please, not {self.orders}.")
        if self.customers < 100:
            raise Problem("At least 500 partners, please.")


class Filling(PartnerCloning):
    PATTERNS = PATTERNS
    TABLES = (
        *("res_partner", "customer_service_device", "customer_service_order"),
        *("customer_service_answer", "customer_service_status_log"),
        *("customer_service_shipment", "customer_service_shipment_line"),
        *("sale_order", "sale_order_line", "mail_message", "ir_attachment"),
    )
    LOGINS = {"reseller": -1, "huge": 0, "small": 1}
    ADDRESSES = {"huge": HUGE_ADDRESSES, "small": SMALL_ADDRESSES}

    def fill(self):
        self._fill_partners(self.size.customers)
        self._draw()
        self._fill_devices()
        self._fill_shipments()
        self._fill_service_orders()
        self._fill_shipment_lines()
        self._fill_answers()
        self._fill_logs()
        self._fill_orders(self.size.orders, self.size.customers, huge=HUGE)
        self._fill_quotations()
        self._fill_messages()
        self._fill_files()

    def _draw(self):
        size = self.size
        values = {
            "orders": size.orders,
            "customers": size.customers,
            "reseller": size.reseller,
            "fresh": size.fresh,
            "huge": HUGE,
            "huge_open": HUGE_OPEN,
            "small": SMALL,
            "small_open": SMALL_OPEN,
            "locations": LOCATIONS,
        }
        tables = {
            "drawn": DRAWN,
            "device": DEVICES,
            "packed": PARCELS,
            "ordered": ORDERED,
        }
        for table, statement in tables.items():
            self.cursor.execute(statement, values)
            self.cursor.execute(f"ANALYZE {table}")

    # === DEVICES AND PARCELS === #

    def _fill_devices(self):
        self._clone(
            "customer_service_device",
            """
            SELECT device.no, device.is_registered, c.id AS customer_id
            FROM device JOIN customer AS c ON c.no = device.customer_no
            """,
            commercial_partner_id="s.customer_id",
            name=self._get_device_name("s.no"),
            serial_number=self._get_serial_number("s.no"),
            imei=self._get_imei("s.no"),
        )

    def _fill_shipments(self):
        is_received = "s.state <> 'confirmed'"
        self._clone(
            "customer_service_shipment",
            """
            SELECT packed.no, min(packed.state) AS state, count(*) AS devices,
                max(ordered_on) AS ready_on, min(location_no) AS location_no,
                min(c.id) AS customer_id, min(c.contact_id) AS contact_id
            FROM packed JOIN customer AS c ON c.no = packed.customer_no
            GROUP BY packed.no
            """,
            name="'SHP' || to_char(s.ready_on, 'YY') || lpad(s.no::text, 6, '0')",
            partner_id="s.contact_id",
            commercial_partner_id="s.customer_id",
            location_id=self._get_location("s.location_no"),
            state=f"CASE WHEN {is_received} THEN 'received' ELSE 'confirmed' END",
            order_count="s.devices",
            received_count=f"CASE WHEN {is_received} THEN s.devices ELSE 0 END",
            tracking_number=self._get_tracking_number("s.no"),
            ready_on="s.ready_on",
            received_on=f"CASE WHEN {is_received} THEN s.ready_on"
            " + interval '2 days' END",
            create_date="s.ready_on",
            form_token="NULL",
            access_token="NULL",
        )

    def _fill_shipment_lines(self):
        self._clone(
            "customer_service_shipment_line",
            """
            SELECT row_number() OVER (ORDER BY packed.no, o.no) AS no,
                packed.no AS shipment_no, o.no AS order_no, o.device_no, o.state
            FROM packed JOIN ordered AS o ON o.no = packed.order_no
            """,
            shipment_id=self._new_id("customer_service_shipment", "s.shipment_no"),
            order_id=self._new_id("customer_service_order", "s.order_no"),
            state="CASE WHEN s.state = 'confirmed' THEN 'confirmed'"
            " ELSE 'received' END",
            is_received="s.state <> 'confirmed'",
            device_name=self._get_device_name("s.device_no"),
            serial_number=self._get_serial_number("s.device_no"),
            imei=self._get_imei("s.device_no"),
        )

    # === ORDERS === #

    def _fill_service_orders(self):
        own = "(SELECT partner_id FROM res_users WHERE login = 'own')"
        is_sent = "s.state <> 'draft'"
        is_back = "s.state = 'completed'"
        is_waiting = "s.quotation_state = 'sent'"
        self._clone(
            "customer_service_order",
            "SELECT * FROM ordered",
            name=f"CASE WHEN {is_sent} THEN 'SRV' || to_char(s.ordered_on, 'YY')"
            " || lpad(s.no::text, 6, '0') ELSE '/' END",
            partner_id=f"CASE WHEN s.customer_no = -1 AND s.no % 1000 = 0 THEN {own}"
            " ELSE s.contact_id END",
            commercial_partner_id="s.customer_id",
            state="s.state",
            status_id="s.status_id",
            date_order="s.ordered_on",
            create_date="s.ordered_on",
            write_date="s.ordered_on",
            client_order_ref="'PO-' || upper(left(md5('r' || s.no), 8))",
            internal_ref="CASE WHEN s.no % 3 = 0"
            " THEN 'INT-' || upper(left(md5('i' || s.no), 8)) END",
            user_id="CASE WHEN s.state IN ('at_location', 'completed') THEN"
            " (SELECT min(id) FROM res_users WHERE login = (ARRAY['staff', 'tim',"
            " 'tom', 'tina'])[1 + s.no % 4]) END",
            location_id=self._get_location("s.no"),
            shipping_type_id="CASE WHEN s.customer_no > 0 THEN pattern.shipping_type_id"
            " + 1 ELSE pattern.shipping_type_id END",
            shipment_id=self._new_id("customer_service_shipment", "s.shipment_no"),
            inbound_tracking=self._get_tracking_number("s.shipment_no"),
            outbound_tracking=f"CASE WHEN {is_back} THEN 'RET' || s.no END",
            device_id=f"CASE WHEN {is_sent} THEN"
            f" {self._new_id('customer_service_device', 's.device_no')} END",
            device_name=self._get_device_name("s.device_no"),
            serial_number=self._get_serial_number("s.device_no"),
            imei=self._get_imei("s.device_no"),
            end_customer_name="CASE WHEN s.customer_no < 1"
            " THEN 'Client ' || s.no % 997 END",
            is_exclusive="s.is_open AND s.is_last",
            waiting_for=f"CASE WHEN {is_waiting} THEN 'customer'"
            " WHEN s.state IN ('submitted', 'at_location') THEN 'us' END",
            waiting_since=f"CASE WHEN {is_waiting} THEN s.ordered_on END",
            customer_reply_pending="s.is_open AND s.pick % 100 = 3",
            quote_state="CASE s.quotation_state WHEN 'sent' THEN 'waiting'"
            " WHEN 'sale' THEN 'accepted' ELSE 'none' END",
            amount_untaxed="CASE WHEN s.quotation_state IS NULL THEN 0 ELSE 10 END",
            amount_total="CASE WHEN s.quotation_state IS NULL THEN 0 ELSE 10 END",
            confirmed_on="CASE WHEN s.steps > 1 THEN s.ordered_on END",
            received_on="CASE WHEN s.steps > 2 THEN s.ordered_on END",
            completed_on=f"CASE WHEN {is_back} THEN s.ordered_on END",
            promised_date="CASE WHEN s.steps > 2 THEN (s.ordered_on"
            " + interval '30 days')::date END",
            diagnosis="CASE WHEN s.steps > 2 THEN pattern.diagnosis END",
            resolution=f"CASE WHEN {is_back} THEN pattern.resolution END",
            cancel_reason="CASE WHEN s.state = 'cancelled' THEN 'No parts.' END",
            form_token="NULL",
            access_token="NULL",
        )

    def _fill_answers(self):
        task_id = "(SELECT min(id) FROM customer_service_task) + s.question"
        words = "'A scratch of ' || s.no % 9 || ' mm'"
        self._clone(
            "customer_service_answer",
            """
            SELECT row_number() OVER (ORDER BY o.no, question) AS no, o.no AS order_no,
                question
            FROM ordered AS o CROSS JOIN generate_series(0, 1) AS question
            """,
            order_id=self._new_id("customer_service_order", "s.order_no"),
            task_id=task_id,
            question="CASE s.question WHEN 0 THEN 'Is the lock switched off?'"
            " ELSE 'Visible damage' END",
            answer_type="CASE s.question WHEN 0 THEN 'yes_no' ELSE 'longtext' END",
            value_boolean="s.question = 0",
            value_text=f"CASE s.question WHEN 1 THEN {words} END",
            display_value=f"CASE s.question WHEN 0 THEN 'Yes' ELSE {words} END",
        )

    def _fill_logs(self):
        self._clone(
            "customer_service_status_log",
            LOGGED,
            order_id=self._new_id("customer_service_order", "s.order_no"),
            state="s.state",
            status_id="s.status_id",
            date="s.logged_on",
        )

    # === WHAT HANGS ON SOME OF THEM === #

    def _fill_quotations(self):
        """Odoo's own orders with one line each."""
        first_no = self._last_id("sale_order") - self.first_ids["sale_order"]
        quoted = """
            SELECT row_number() OVER (ORDER BY no) AS no, no AS order_no, customer_id,
                quotation_state, ordered_on
            FROM ordered WHERE quotation_state IS NOT NULL
        """
        self._clone(
            "sale_order",
            quoted,
            name="'Q' || lpad(s.no::text, 7, '0')",
            partner_id="s.customer_id",
            partner_invoice_id="s.customer_id",
            partner_shipping_id="s.customer_id",
            date_order="s.ordered_on",
            state="s.quotation_state",
            service_order_id=self._new_id("customer_service_order", "s.order_no"),
            access_token="NULL",
        )
        self._clone(
            "sale_order_line",
            quoted,
            order_id=self._new_id("sale_order", f"{first_no} + s.no"),
            order_partner_id="s.customer_id",
            state="s.quotation_state",
            name="'Charging port'",
        )

    def _fill_messages(self):
        """Three in the chat of each open order, and of orders in Odoo's portal."""
        order_id = self._new_id("customer_service_order", "o.no")
        self._clone(
            "mail_message",
            f"""
            SELECT row_number() OVER (ORDER BY model, record_id, message) AS no,
                model, record_id, contact_id, message, ordered_on
            FROM (
                SELECT 'customer.service.order' AS model, contact_id, ordered_on,
                    {order_id} AS record_id
                FROM ordered AS o WHERE is_open
                UNION ALL
                SELECT 'sale.order', o.contact_id, o.ordered_on, q.id
                FROM sale_order AS q JOIN ordered AS o ON {order_id} = service_order_id
                WHERE o.customer_no = 0
            ) AS thread
            CROSS JOIN generate_series(1, 3) AS message
            """,
            model="s.model",
            res_id="s.record_id",
            author_id="CASE s.message WHEN 2 THEN"
            " (SELECT partner_id FROM res_users WHERE login = 'staff')"
            " ELSE s.contact_id END",
            body="'<p>Message ' || s.message || '</p>'",
            message_id="'<' || s.no || '@bench.example>'",
            date="s.ordered_on + s.message * interval '1 hour'",
        )

    def _fill_files(self):
        """One that the customer sees, for each open order."""
        self._clone(
            "ir_attachment",
            """
            SELECT row_number() OVER (ORDER BY no) AS no, no AS order_no
            FROM ordered WHERE is_open
            """,
            res_id=self._new_id("customer_service_order", "s.order_no"),
        )
        self.cursor.execute(
            """
            INSERT INTO customer_service_order_ir_attachment_rel
                (customer_service_order_id, ir_attachment_id)
            SELECT res_id, id FROM ir_attachment
            WHERE res_model = 'customer.service.order' AND id > %s
            """,
            [self.first_ids["ir_attachment"]],
        )

    # === HOW THINGS ARE CALLED === #

    def _get_location(self, number):
        return f"(SELECT min(id) FROM customer_service_location) + {number} % 4"

    def _get_device_name(self, number):
        return f"'Phone ' || (10 + {number} % 6)"

    def _get_serial_number(self, number):
        return f"upper(left(md5('d' || {number}), 12))"

    def _get_imei(self, number):
        return f"'35' || lpad(({number} * 61803398875 % 1e13::bigint)::text, 13, '0')"

    def _get_tracking_number(self, number):
        return f"'DHL' || lpad({number}::text, 9, '0')"
