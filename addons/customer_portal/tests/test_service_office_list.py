from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .service_common import IMEI, OTHER_IMEI
from .service_office import LIST, MORNING, ServiceOffice


class TestOrderList(ServiceOffice):
    """What Erik finds in the list, and does with what he has selected."""

    def test_list_begins_without_drafts(self):
        action = self.env.ref("customer_portal.customer_service_order_action")
        self.assertIn("'search_default_sent': 1", action.context)
        orders = self._orders(
            *("draft", "submitted", "confirmed"),
            *("at_location", "completed", "cancelled"),
        )
        self.assertFound(orders[1:], "sent")
        self.assertFound(orders[:1], "drafts")
        self.assertFound(orders[1:3], "new")
        self.assertFound(orders[3], "at_location")
        self.assertFound(orders[4], "completed")
        self.assertFound(orders[5], "cancelled")
        self.assertFound(orders[1:4], "unassigned")

    def test_order_names_its_device_where_the_number_says_little(self):
        order = self._order_in("confirmed")
        self.assertEqual(order.display_name, order.name)
        self.assertEqual(
            order.with_context(show_device=True).display_name,
            f"{order.name} iPhone 15",
        )
        self.assertEqual(self._orders("draft").display_name, "Draft: iPhone 15")

    def test_kanban_has_a_column_for_each_state_except_drafts(self):
        order = self._order_in("confirmed")
        groups = order.with_context(read_group_expand=True).web_read_group(
            [("id", "=", order.id)], ["state"]
        )
        self.assertEqual(
            [group["state"] for group in groups["groups"]],
            ["submitted", "confirmed", "at_location", "completed", "cancelled"],
        )

    def test_newest_order_comes_first(self):
        orders = self._orders("confirmed", "confirmed")
        orders[0].date_order = "2026-12-01 09:00:00"
        orders[1].date_order = "2026-12-02 09:00:00"
        self.assertEqual(self.orders.search([]).ids, orders[::-1].ids)
        self.assertFalse(self._arch(self.erik, LIST).get("default_order"))

    def test_order_is_found_by_each_of_its_numbers(self):
        order = self._order_in(
            "confirmed",
            client_order_ref="PO-7",
            internal_ref="WS-9",
            serial_number="c02-xg0",
            imei2=OTHER_IMEI,
        )
        self._orders("confirmed")
        for text in (order.name, "po-7", "ws-9", "2-xg", IMEI[3:12], OTHER_IMEI):
            with self.subTest(text=text):
                self.assertFound(order, "name", text=text)
                self.assertEqual(
                    [found for found, _name in self.orders.name_search(text)], order.ids
                )

    def test_order_is_found_by_its_customer_or_contact(self):
        order, other = (
            self._order_in("confirmed"),
            self._order_as(self.anna, imei=self._next_imei()),
        )
        self.assertFound(order, "commercial_partner_id", text="Krone")
        self.assertFound(order, "commercial_partner_id", text="Carla")
        self.assertFound(other, "commercial_partner_id", text="Adler")

    def test_own_orders_are_those_of_the_technician(self):
        orders = self._orders("at_location", "at_location")
        orders[1].user_id = self.erik
        self.assertFound(orders[1], "my_orders")
        self.assertFound(orders[0], "unassigned")

    def test_overdue_is_what_was_promised_for_a_day_before(self):
        with freeze_time(MORNING):
            orders = self._orders("at_location", "at_location", "completed")
            orders[0].promised_date = "2026-11-30"
            orders[1].promised_date = "2026-12-01"
            orders[2].promised_date = "2026-11-30"
            self.assertFound(orders[0], "overdue")

    def test_who_waits_for_whom_is_found(self):
        orders = self._orders("at_location", "at_location", "at_location")
        waiting = self.env["customer.service.status"].create(
            {"name": "Question", "state": "at_location", "waiting_for": "customer"}
        )
        orders[:2]._set_status(waiting)
        self.assertFound(orders[:2], "waiting_for_customer")
        self.assertFound(orders[:0], "customer_replied")
        self._write_in_chat(orders[1], "The code is 1234")
        self.assertFound(orders[0], "waiting_for_customer")
        self.assertFound(orders[1], "customer_replied")

    def test_selected_orders_are_confirmed_together(self):
        orders = self._orders("draft", "submitted")
        orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["confirmed"] * 2)

    def test_of_selected_orders_all_are_moved_or_none(self):
        for button, states, refusal in (
            ("action_confirm", ("submitted", "at_location"), "At the service location"),
            ("action_receive", ("confirmed", "at_location"), "At the service location"),
            ("action_receive", ("submitted", "completed"), "Completed"),
            ("action_receive", ("confirmed", "draft"), "Draft"),
        ):
            with self.subTest(button=button, states=states):
                orders = self._orders(*states)
                with self.assertRaisesRegex(UserError, f"“{refusal}”"):
                    getattr(orders, button)()
                self.env.invalidate_all()
                self.assertEqual(orders.mapped("state"), list(states))

    def test_selected_orders_are_received_together(self):
        orders = self._orders("submitted", "confirmed")
        orders.action_receive()
        self.assertEqual(orders.mapped("state"), ["at_location"] * 2)

    def test_list_costs_no_query_per_row(self):
        fields_in_list = self._arch(self.erik, LIST).xpath("/list/field")
        specification = {
            field.get("name"): (
                {"fields": {"display_name": {}}}
                if self.orders._fields[field.get("name")].type == "many2one"
                else {}
            )
            for field in fields_in_list
        }

        def count(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.orders.with_user(self.erik).web_search_read(
                [], specification, limit=limit
            )
            self.assertEqual(len(found["records"]), limit)
            return self.env.cr.sql_log_count - before

        orders = self.orders
        for number in range(80):
            orders |= self.orders.create(
                {
                    "partner_id": (
                        self.anna if number % 2 else self.carla
                    ).partner_id.id,
                    "location_id": (self.berlin if number % 3 else self.wien).id,
                    "service_type_id": self.repair.id,
                    "device_name": f"Device {number}",
                    "user_id": (self.erik if number % 2 else self.mia).id,
                }
            )
        orders.activity_schedule("mail.mail_activity_data_todo", user_id=self.mia.id)
        count(2)
        self.assertEqual(count(80), count(2))
