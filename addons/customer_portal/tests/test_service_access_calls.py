"""What customers read of service orders by remote calls, and what they can call."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .remote_calls import RemoteCalls
from .service_common import ServicePeople

READABLE = {
    *("id", "display_name", "create_date", "create_uid", "write_date", "write_uid"),
    # with chatter, activities and the portal
    *("access_url", "access_warning", "activity_type_icon", "has_message"),
    *("message_has_error", "message_has_error_counter", "message_is_follower"),
    *("message_needaction", "message_needaction_counter"),
    # their own order
    *("name", "state", "status_id", "waiting_for", "quote_state", "currency_id"),
    *("partner_id", "commercial_partner_id", "company_id", "end_customer_name"),
    *("client_order_ref", "internal_ref", "date_order", "delivery_address_id"),
    *("location_id", "service_type_id", "shipping_type_id"),
    *("device_name", "manufacturer", "configuration", "accessories"),
    *("serial_number", "imei", "imei2", "device_condition", "purchase_date"),
    *("under_warranty", "issue", "diagnosis", "resolution"),
    *("confirmed_on", "received_on", "completed_on", "promised_date"),
    *("cancel_reason", "shipment_id", "inbound_tracking", "outbound_tracking"),
}
# Listed, but they come from activities, which customers may not read.
ACTIVITY_FIELDS = {"activity_exception_decoration", "activity_exception_icon"}
# What a customer could guess about his order, and whoever looks after it.
GUESSES = {
    "internal_note": "late",
    "device_passcode": "1",
    "access_token": "a",
    "form_token": "a",
    "user_id": 1,
    "device_id": 1,
    "device_id.name": "a",
    "device_warning": "a",
    "is_exclusive": True,
    "customer_reply_pending": True,
    "waiting_since": "2026-11-22",
    "reminded_on": "2026-11-22",
    "amount_total": 0,
    "amount_untaxed": 0,
    "sale_order_ids.amount_total": 0,
    "answer_ids.value_text": "a",
    "status_log_ids.user_id": 1,
    "public_attachment_ids.name": "a",
    "shipment_line_ids.order_id": 1,
    "message_ids.body": "late",
    "website_message_ids.body": "late",
    "activity_ids.summary": "late",
    "location_id.email": "a",
    "service_type_id.name": "a",
    "shipping_type_id.carrier_id": 1,
    "status_id.mail_template_id": 1,
    "company_id.service_duplicate_policy": "block",
    "partner_id.service_scope": "own",
    "commercial_partner_id.service_role": "reseller",
    "commercial_partner_id.service_location_ids": 1,
    "shipment_id.line_ids": 1,
    "shipment_id.access_token": "a",
}
HIDDEN = (
    *("internal_note", "device_passcode", "access_token", "form_token", "user_id"),
    *("amount_total", "customer_reply_pending", "device_id"),
)
# Arguments that one method or another takes for what it is to do.
ARGUMENTS = (
    (),
    ({},),
    ({"state": "completed", "issue": "Evil", "partner_id": 1},),
    ([{"state": "completed", "issue": "Evil", "partner_id": 1}],),
    ({"issue": "Evil"}, {}),
    ([{"issue": "Evil"}], {}),
    (["customer_portal.mail_activity_type_promise"],),
    ("Evil",),
    (["issue"], [["Evil"]]),
    ("issue", {"en_US": "Evil"}),
)
TABLES = (
    *("customer_service_order", "customer_service_answer", "customer_service_device"),
    *("customer_service_status_log", "customer_service_shipment"),
    *("customer_service_shipment_line", "customer_mail_event", "ir_attachment"),
    *("res_partner", "res_users", "mail_activity", "mail_followers"),
)


class TestServiceAccessCalls(RemoteCalls, ServicePeople, PortalTransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order_as(cls.anna, shipping_type_id=cls.bring.id)
        cls.order.with_user(cls.erik).write(
            {
                "internal_note": "Pays late",
                "device_passcode": "1234",
                "user_id": cls.erik.id,
            }
        )
        cls.order.sudo().access_token = "secret"
        cls.draft = cls._draft_as(cls.anna)

    def assertDenied(self, user, records, method, *args, **kwargs):  # noqa: N802
        with (
            self.assertRaises(AccessError, msg=f"{method} {args} {kwargs}"),
            mute_logger("odoo.models"),
        ):
            self.call_as(user, records, method, *args, **kwargs)

    # === READING === #

    def test_customers_read_these_fields_and_no_others(self):
        [values] = self.call_as(self.anna, self.order, "read", sorted(READABLE))
        self.assertEqual(set(values), READABLE)
        listed = set(self.call_as(self.anna, self.orders, "fields_get", [], ["type"]))
        self.assertEqual(listed - ACTIVITY_FIELDS, READABLE)
        for name in sorted(set(self.orders._fields) - READABLE):
            self.assertDenied(self.anna, self.order, "read", [name])
            self.assertDenied(self.anna, self.order, "web_read", {name: {}})

    def test_employees_without_our_groups_read_no_passcode(self):
        self.assertFalse(self.order.with_user(self.erik).sudo(False).device_warning)
        field = self.orders._fields["device_passcode"]
        self.assertEqual(
            field.groups, "customer_portal.customer_portal_group_service_user"
        )
        self.assertEqual(self.order.with_user(self.erik).device_passcode, "1234")

    def test_what_staff_alone_read_cannot_be_guessed_by_searching(self):
        for name, value in GUESSES.items():
            domain = [(name, "=", value)]
            with self.subTest(name=name):
                for method in ("search", "search_count", "search_read"):
                    self.assertDenied(self.anna, self.orders, method, domain)
                self.assertDenied(
                    *(self.anna, self.orders, "formatted_read_group"),
                    *(domain, ["state"], ["__count"]),
                )
                self.assertDenied(self.anna, self.orders, "name_search", "", [*domain])

    def test_what_staff_alone_read_cannot_be_sorted_or_grouped_by(self):
        for name in HIDDEN:
            group = "__count" if name != "amount_total" else "amount_total:sum"
            with self.subTest(name=name):
                self.assertDenied(
                    self.anna, self.orders, "search", [], order=f"{name} desc"
                )
                self.assertDenied(
                    *(self.anna, self.orders, "formatted_read_group"),
                    *([], [name], [group]),
                )
                self.assertDenied(
                    self.anna, self.orders, "read_group", [], ["state"], [name]
                )
        self.assertDenied(
            *(self.anna, self.orders, "formatted_read_group"),
            *([], ["state"], ["amount_total:sum"]),
        )

    def test_names_of_places_and_services_are_all_that_is_read_of_them(self):
        for name in ("location_id", "service_type_id", "shipping_type_id", "status_id"):
            [values] = self.call_as(self.anna, self.order, "read", [name])
            record = self.order.sudo()[name]
            self.assertEqual(values[name], (record.id, record.display_name))
            self.assertDenied(self.anna, record, "read", ["display_name"])
            self.assertDenied(
                *(self.anna, self.order, "web_read"),
                {name: {"fields": {"create_uid": {}}}},
            )

    def test_strangers_find_nothing_by_any_method(self):
        number = self.order.name
        for method, args in (
            ("search", [[("name", "=", number)]]),
            ("search_count", [[]]),
            ("search_read", [[], ["name"]]),
            ("name_search", [number]),
            ("formatted_read_group", [[], ["state"], ["__count"]]),
        ):
            with self.subTest(method=method):
                self.assertFalse(self.call_as(self.carla, self.orders, method, *args))
        for method, args in (
            ("read", [["name"]]),
            ("web_read", [{"name": {}}]),
            ("get_portal_url", []),
        ):
            self.assertDenied(self.carla, self.order, method, *args)
            self.assertDenied(self.bert, self.draft, method, *args)

    # === ACTING === #

    def test_customers_press_no_button(self):
        buttons = [
            name
            for name, method in inspect.getmembers(type(self.orders))
            if name.startswith("action_") and "customer_portal" in method.__module__
        ]
        self.assertIn("action_confirm", buttons)
        before = self.get_rows(*TABLES)
        for button in buttons:
            for user in (self.anna, self.bert, self.carla):
                with self.subTest(button=button, user=user.name):
                    self.assertDenied(user, self.order, button)
        self.assertEqual(self.get_rows(*TABLES), before)

    def test_customers_write_nothing_by_hand(self):
        vals = {"issue": "Evil"}
        for records in (self.order, self.draft):
            for user in (self.anna, self.carla):
                self.assertDenied(user, records, "write", vals)
                self.assertDenied(user, records, "web_save", vals, {})
                self.assertDenied(user, records, "unlink")
                self.assertDenied(user, records, "copy")
        partner = {"partner_id": self.anna.partner_id.id}
        self.assertDenied(self.anna, self.orders, "create", [partner | vals])
        for vals in ({"state": "confirmed"}, {"status_id": 1}, {"name": "x"}):
            with self.assertRaises(UserError):  # an AccessError is one as well
                self.call_as(self.anna, self.draft, "write", vals)
        self.assertEqual(self.draft.state, "draft")

    def test_no_public_method_changes_anything_for_a_customer(self):
        before = self.get_rows(*TABLES)
        methods = self.get_public_methods(self.orders)
        self.assertIn("write", methods)
        for method in methods:
            for records in (self.order, self.draft):
                for args in ARGUMENTS:
                    self.try_as(self.anna, records, method, *args)
            self.assertEqual(self.get_rows(*TABLES), before, method)

    def test_what_the_portal_does_is_no_remote_call(self):
        private = [
            name
            for name in dir(self.orders)
            if name.startswith(("_submit", "_start", "_save", "_cancel", "_discard"))
        ]
        self.assertIn("_cancel_by_customer", private)
        for method in private:
            self.assertDenied(self.anna, self.order, method)
