from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .test_portal_case import ContainerPortalCase

COMMON_FIELDS = {
    "id",
    "display_name",
    "create_date",
    "create_uid",
    "write_date",
    "write_uid",
}
# Who reads a document reads these; they come with chatter, activities and the portal.
DOCUMENT_FIELDS = {
    *("access_url", "access_warning", "activity_type_icon", "has_message"),
    *("message_has_error",),
    *("message_has_error_counter", "message_is_follower"),
    *("message_needaction", "message_needaction_counter"),
}
# Listed, but they come from activities, which customers may not read.
ACTIVITY_FIELDS = {"activity_exception_decoration", "activity_exception_icon"}
READABLE = {
    "container.request": COMMON_FIELDS
    | DOCUMENT_FIELDS
    | {
        *("name", "state", "partner_id", "commercial_partner_id", "company_id"),
        *("address_id", "type_id", "quantity", "requested_date", "delivery_date"),
        *("earliest_date", "submitted_at", "is_late", "is_off_day", "is_holiday"),
        *("plan_snapshot", "cutoff_info", "delivery_explanation", "remark"),
        *("rental_ids", "decided_on", "reject_reason"),
    },
    "container.rental": COMMON_FIELDS
    | DOCUMENT_FIELDS - {"access_url", "access_warning"}
    | {
        *("state", "container_name", "type_id", "partner_id", "commercial_partner_id"),
        *("address_id", "request_id", "company_id", "delivery_date", "issued_on"),
        *("returned_on", "back_by", "is_open", "is_overdue"),
    },
    "container.type": COMMON_FIELDS
    | {
        *("name", "code", "sequence", "active", "company_id", "volume_l"),
        *("max_load_kg", "image_512", "rental_days", "portal_selectable"),
    },
    "container.weekday": COMMON_FIELDS | {"name", "index"},
}
HIDDEN_MODELS = (
    "container.container",
    "container.movement",
    "container.delivery.exception",
)


@tagged("-at_install", "post_install")
class TestPortalAccess(ContainerPortalCase):
    """What a signed-in customer can do with his browser's console."""

    def assertDenied(self, user, model, method, *args):  # noqa: N802
        with (
            self.subTest(model=model, method=method),
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, r"AccessError|MissingError"),
        ):
            self.rpc_as(user, model, method, *args)

    def test_customers_read_these_fields_and_no_others(self):
        rental = self._issued_as(self.anna)
        records = {
            "container.request": rental.request_id,
            "container.rental": rental,
            "container.type": self.type_1000,
            "container.weekday": self._weekdays(0),
        }
        for model, expected in READABLE.items():
            with self.subTest(model=model):
                listed = set(self.rpc_as(self.anna, model, "fields_get", [], ["type"]))
                self.assertEqual(listed - ACTIVITY_FIELDS, expected)
                ids = records[model].ids
                [values] = self.rpc_as(self.anna, model, "read", ids, sorted(expected))
                self.assertEqual(set(values), expected)
                for name in sorted(set(self.env[model]._fields) - expected):
                    with self.assertRaises(AccessError, msg=name):
                        records[model].with_user(self.anna).read([name])

    def test_customers_do_not_read_the_fleet(self):
        self._issued_as(self.anna)
        for model in HIDDEN_MODELS:
            self.assertDenied(self.anna, model, "search_read", [], ["display_name"])
        for name in ("container_type_id", "container_limit", "container_weekday_ids"):
            self.assertDenied(self.anna, "res.partner", "read", self.adler.ids, [name])

    def test_strangers_read_nothing(self):
        rental = self._issued_as(self.anna)
        for record in (rental, rental.request_id):
            self.assertDenied(self.carla, record._name, "read", record.ids, ["state"])
            found = self.rpc_as(self.carla, record._name, "search_count", [])
            self.assertEqual(found, 0)
            self.assertEqual(
                self.rpc_as(self.bert, record._name, "search_count", []), 1
            )

    def test_customers_write_nothing(self):
        rental = self._issued_as(self.anna)
        records = (
            rental,
            rental.request_id,
            self.type_1000,
            self._weekdays(0),
            self.c1,
        )
        for record in records:
            model = record._name
            self.assertDenied(
                self.anna, model, "write", record.ids, {"display_name": "x"}
            )
            self.assertDenied(self.anna, model, "create", [{"display_name": "x"}])
            self.assertDenied(self.anna, model, "unlink", record.ids)
            self.assertDenied(self.anna, model, "copy", record.ids)

    def test_customers_press_no_buttons_of_staff(self):
        request = self._request_as(self.anna)
        rental = self._approved_as(self.anna).rental_ids
        for record in (request, rental, self.c1):
            buttons = sorted(
                name
                for name in dir(type(record))
                if name.startswith("action_")
                # These open lists, or are no use without the field ``active``.
                and not name.startswith(("action_open", "action_archive"))
                and name != "action_unarchive"
            )
            states = (request.state, rental.state, self.c1.state)
            for button in buttons:
                with self.subTest(model=record._name, button=button):
                    self._press(record, button)
            self.env.invalidate_all()
            self.assertEqual((request.state, rental.state, self.c1.state), states)

    def _press(self, record, button):
        try:
            with mute_logger("odoo.http"):
                self.rpc_as(self.anna, record._name, button, record.ids)
        except JsonRpcException as error:
            self.assertRegex(str(error), "AccessError|TypeError|UserError")

    def test_private_methods_cannot_be_called(self):
        request = self._request_as(self.anna)
        for method in (
            "_submit_from_portal",
            "_cancel_by_customer",
            "_approve",
            "_move_to",
        ):
            self.assertDenied(self.anna, "container.request", method, request.ids)
        self.assertEqual(request.state, "created")
