"""What customers read of order sheets by remote calls, and what they can call."""

import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import (
    PortalHttpCase,
    PortalTransactionCase,
)
from odoo.addons.customer_portal.tests.remote_calls import RemoteCalls

from .sheet_common import SheetPeople

WITH_EACH = {
    "id",
    "display_name",
    "create_date",
    "create_uid",
    "write_date",
    "write_uid",
}
WITH_CHATTER = {
    *("activity_type_icon", "has_message", "message_has_error"),
    *("message_has_error_counter", "message_is_follower", "message_needaction"),
    "message_needaction_counter",
}
SHEET = {
    *("name", "sequence", "category_id", "description", "cover_image", "state"),
    *("company_id", "currency_id", "version", "date_start", "date_end"),
    *("submit_label", "legal_text", "legal_required", "price_display"),
}
REQUEST = {
    *("name", "state", "stage_id", "sheet_id", "sheet_name", "partner_id"),
    *("commercial_partner_id", "company_id", "currency_id", "remark", "rev"),
    *("saved_at", "submitted_at", "submitted_by_id", "return_reason"),
    *("reject_reason", "access_url", "access_warning"),
}
# Listed, but they come from activities, which customers may not read.
ACTIVITY_FIELDS = {"activity_exception_decoration", "activity_exception_icon"}
# Models of which customers read nothing.
HIDDEN_MODELS = (
    *("order.sheet.page", "order.sheet.field", "order.sheet.option"),
    *("order.sheet.condition", "order.sheet.stage", "order.sheet.answer"),
    *("order.sheet.request.line", "order.sheet.reason", "customer.mail.event"),
)
# What a customer could guess about his order, a sheet, and who is asked.
REQUEST_GUESSES = (
    *("answer_ids", "answer_ids.value_text", "line_ids.price_unit", "line_ids"),
    *("sheet_id.partner_ids", "sheet_id.category_ids", "sheet_id.audience"),
    *("sheet_id.request_ids", "sheet_id.excluded_partner_ids", "sheet_id.code"),
    *("sheet_id.page_ids", "sheet_id.field_ids.key", "sheet_id.message_ids.body"),
    *("message_ids.body", "website_message_ids.body", "activity_ids.summary"),
    *("access_token", "form_token", "user_id", "user_id.name", "snapshot"),
    *("sale_order_ids", "sale_order_ids.amount_total", "sale_order_id"),
    *("amount_untaxed", "root_id", "campaign_id", "campaign_id.name", "is_single"),
    *("selected_page_ids.name", "saved_by_id", "customer_reply_pending", "done_at"),
    *("stage_id.mail_template_id", "customer_seen_at", "has_sale_order"),
    *("company_id.order_sheet_admin_email", "company_id.order_sheet_draft_days"),
    "commercial_partner_id.order_sheet_request_ids",
)
SHEET_GUESSES = (
    *("partner_ids", "partner_ids.name", "excluded_partner_ids", "category_ids"),
    *("category_ids.name", "audience", "code", "request_ids", "request_ids.name"),
    *("page_ids", "page_ids.name", "field_ids", "field_ids.product_ids"),
    *("admin_user_ids", "user_id", "team_id", "sale_mode", "sale_template_id"),
    *("campaign_id", "root_id", "root_id.name", "parent_version_id"),
    *("message_ids.body", "website_message_ids.body", "grace_minutes"),
    *("max_per_customer", "request_count", "draft_count", "done_count"),
)
# What the pages of the portal do with an order, each after a check of its own.
PORTAL_METHODS = (
    *("_submit", "_start", "_save_typed", "_save_remark", "_select_pages"),
    *("_cancel_by_customer", "_discard", "_add_files", "_remove_file", "_note_seen"),
)
# They say where to look, and change nothing; what is there asks for the right.
LOOKING = ("action_open_", "action_view_", "action_preview", "action_export")
ARGUMENTS = (
    (),
    ({},),
    ({"state": "done", "remark": "Evil", "name": "Evil"},),
    ([{"remark": "Evil", "partner_id": 1, "sheet_id": 1, "root_id": 1}],),
    ({"remark": "Evil"}, {}),
    ([{"remark": "Evil"}], {}),
    ("Evil",),
    (["remark"], [["Evil"]]),
    ("remark", {"en_US": "Evil"}),
)
TABLES = (
    *("order_sheet", "order_sheet_page", "order_sheet_field", "order_sheet_option"),
    *("order_sheet_condition", "order_sheet_request", "order_sheet_answer"),
    *("order_sheet_request_line", "order_sheet_stage", "order_sheet_category"),
    *("customer_mail_event", "sale_order", "mail_activity", "mail_followers"),
    *("res_partner", "ir_attachment"),
)


class TestSecurity(RemoteCalls, SheetPeople, PortalTransactionCase):
    """Each door that is open to a customer, and the rooms behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.max_per_customer = 0
        cls.order = cls._submit_as(cls.anna)
        cls.draft = cls._start_as(cls.anna)
        cls.order.with_user(cls.erik).user_id = cls.erik

    def assertDenied(self, user, records, method, *args, **kwargs):  # noqa: N802
        with (
            self.assertRaises(AccessError, msg=f"{method} {args} {kwargs}"),
            mute_logger("odoo.models"),
        ):
            self.call_as(user, records, method, *args, **kwargs)

    # === READING === #

    def test_customers_read_these_fields_and_no_others(self):
        for records, own in ((self.sheet, SHEET), (self.order, REQUEST)):
            readable = WITH_EACH | WITH_CHATTER | own
            [values] = self.call_as(self.anna, records, "read", sorted(readable))
            self.assertEqual(set(values), readable)
            listed = set(self.call_as(self.anna, records, "fields_get", [], ["type"]))
            self.assertEqual(listed - ACTIVITY_FIELDS, readable)
            for name in sorted(set(records._fields) - readable):
                with self.subTest(name=name):
                    self.assertDenied(self.anna, records, "read", [name])
                    self.assertDenied(self.anna, records, "web_read", {name: {}})

    def test_parts_of_a_sheet_are_read_through_its_pages_alone(self):
        for model in HIDDEN_MODELS:
            records = self.env[model]
            for user in (self.anna, self.carla):
                with self.subTest(model=model, user=user.name):
                    self.assertDenied(user, records, "search", [])
                    self.assertDenied(user, records, "search_count", [])
                    self.assertDenied(user, records, "name_search", "")
                    self.assertDenied(user, records, "create", [{}])

    def test_what_staff_alone_read_cannot_be_guessed_by_searching(self):
        for records, guesses in (
            (self.requests, REQUEST_GUESSES),
            (self.sheets, SHEET_GUESSES),
        ):
            for name in guesses:
                domain = [(name, "=", self._guess(records, name))]
                with self.subTest(name=name):
                    self.assertDenied(self.anna, records, "search", domain)
                    self.assertDenied(self.anna, records, "search_count", domain)
                    self.assertDenied(
                        *(self.anna, records, "formatted_read_group"),
                        *(domain, ["state"], ["__count"]),
                    )

    def _guess(self, records, path):
        """Return a value that could be the one of a field."""
        for name in path.split("."):
            field = records._fields[name]
            records = self.env.get(field.comodel_name)
        if field.type in ("date", "datetime"):
            return "2026-01-01"
        return "a" if field.type in ("char", "text", "html", "selection") else 1

    def test_what_staff_alone_read_cannot_be_sorted_or_grouped_by(self):
        for records, names in (
            (self.requests, ("user_id", "amount_untaxed", "access_token", "root_id")),
            (self.sheets, ("code", "audience", "campaign_id", "max_per_customer")),
        ):
            for name in names:
                with self.subTest(name=name):
                    self.assertDenied(self.anna, records, "search", [], order=name)
                    self.assertDenied(
                        *(self.anna, records, "formatted_read_group"),
                        *([], [name], ["__count"]),
                    )

    def test_strangers_find_nothing_by_any_method(self):
        for method, args in (
            ("search", [[("name", "=", self.order.name)]]),
            ("search", [[("sheet_id", "=", self.sheet.id)]]),
            ("search_count", [[]]),
            ("search_read", [[], ["name"]]),
            ("name_search", [self.order.name]),
            ("formatted_read_group", [[], ["state"], ["__count"]]),
        ):
            with self.subTest(method=method):
                self.assertFalse(self.call_as(self.carla, self.requests, method, *args))
        for records in (self.order, self.draft, self.sheet):
            for method, args in (
                ("read", [["name"]]),
                ("web_read", [{"name": {}}]),
                ("copy", []),
            ):
                self.assertDenied(self.carla, records, method, *args)
            with self.assertRaisesRegex(UserError, "rights to export"):
                self.call_as(self.carla, records, "export_data", ["name"])

    def test_colleague_sees_what_his_company_has_ordered(self):
        found = self.call_as(self.bert, self.requests, "search", [])
        self.assertEqual(set(found), {self.order.id, self.draft.id})

    def test_unpublished_sheets_are_nobodys(self):
        for action in ("action_close", "action_put_away"):
            getattr(self.sheet, action)()
            self.env.flush_all()
            self.assertFalse(self.call_as(self.anna, self.sheets, "search", []))
            self.assertDenied(self.anna, self.sheet, "read", ["description"])

    def test_employees_without_the_role_read_nothing(self):
        ivo = self._create_user("Ivo", "base.group_user")
        for records in (
            self.order,
            self.sheet,
            *(self.env[it] for it in HIDDEN_MODELS),
        ):
            self.assertDenied(ivo, records, "search", [])

    # === ACTING === #

    def _get_buttons(self, records):
        return [
            name
            for name, method in inspect.getmembers(type(records))
            if name.startswith("action_") and "order_sheets" in method.__module__
        ]

    def test_customers_press_no_button(self):
        ivo = self._create_user("Ivo", "base.group_user")
        before = self.get_rows(*TABLES)
        for records, button in (
            (self.order, "action_take"),
            (self.sheet, "action_publish"),
        ):
            buttons = self._get_buttons(records)
            self.assertIn(button, buttons)
            for name in buttons:
                if name.startswith(LOOKING):
                    continue
                for user in (self.anna, self.carla, ivo):
                    with self.subTest(button=name, user=user.name):
                        self.assertDenied(user, records, name)
        self.assertEqual(self.get_rows(*TABLES), before)

    def test_customers_write_nothing_by_hand(self):
        for records in (self.order, self.draft, self.sheet):
            for user in (self.anna, self.carla):
                self.assertDenied(user, records, "write", {"sequence": 1})
                self.assertDenied(user, records, "web_save", {"sequence": 1}, {})
                self.assertDenied(user, records, "unlink")
                self.assertDenied(user, records, "copy")
                self.assertDenied(user, records, "create", [{"name": "Evil"}])

    def test_customers_write_neither_state_nor_stage(self):
        done = self.env.ref("order_sheets.order_sheet_stage_done")
        for vals in (
            *({"state": "done"}, {"stage_id": done.id}, {"stage_id": False}),
            *({"name": "x"}, {"remark": "x"}, {"commercial_partner_id": 1}),
        ):
            for context in ({}, {"customer_state_writer": True, "sudo": True}):
                with self.assertRaises(UserError):  # an AccessError is one as well
                    self.call_as(self.anna, self.order, "write", vals, context=context)
        self.assertEqual(self.order.state, "submitted")

    def test_no_public_method_changes_anything_for_a_customer(self):
        before = self.get_rows(*TABLES)
        for records in (self.order, self.draft, self.sheet):
            methods = self.get_public_methods(records)
            self.assertIn("write", methods)
            for method in methods:
                for args in ARGUMENTS:
                    self.try_as(self.anna, records, method, *args)
            self.assertEqual(self.get_rows(*TABLES), before)

    def test_what_the_portal_does_is_no_remote_call(self):
        for method in PORTAL_METHODS:
            with self.subTest(method=method):
                self.assertTrue(hasattr(self.requests, method))
                self.assertDenied(self.anna, self.order, method)

    # === STAFF === #

    def test_staff_do_not_write_what_buttons_note(self):
        for vals in (
            *({"remark": "x"}, {"snapshot": {}}, {"submitted_at": "2020-01-01"}),
            *({"submitted_by_id": 1}, {"rev": 9}, {"return_reason": "x"}),
            *({"reject_reason": "x"}, {"line_ids": [(5,)]}, {"answer_ids": [(5,)]}),
            *({"sheet_id": 1}, {"root_id": 1}, {"is_single": False}, {"name": "x"}),
            *({"partner_id": self.krone.id}, {"commercial_partner_id": self.krone.id}),
            *({"campaign_id": 1}, {"company_id": 1}, {"done_at": "2020-01-01"}),
            *({"sheet_name": "x"}, {"saved_at": False}, {"selected_page_ids": [(5,)]}),
            *({"state": "done"}, {"access_token": "x"}, {"amount_untaxed": 1}),
        ):
            for records in (self.order, self.draft):
                for user in (self.erik, self.mia):
                    with (
                        self.subTest(vals=vals, user=user.name, state=records.state),
                        self.assertRaisesRegex(UserError, "by hand"),
                    ):
                        self.call_as(user, records, "write", vals)

    def test_staff_write_what_is_theirs(self):
        self.call_as(self.erik, self.order, "write", {"user_id": self.mia.id})
        self.assertEqual(self.order.sudo().user_id, self.mia)

    def test_staff_neither_create_nor_delete(self):
        vals = {"sheet_id": self.sheet.id, "partner_id": self.krone.id}
        for user in (self.erik, self.mia):
            self.assertDenied(user, self.requests, "create", [vals])
            self.assertDenied(user, self.order, "copy")
            for records in (self.order, self.draft, self.order.sudo().answer_ids):
                self.assertDenied(user, records.sudo(False), "unlink")
            answers = self.order.sudo().answer_ids.sudo(False)
            self.assertDenied(user, answers, "write", {"value_text": "x"})
            lines = self.order.sudo().line_ids.sudo(False)
            self.assertDenied(user, lines, "write", {"quantity": 1})

    def test_only_managers_build_sheets(self):
        for button in self._get_buttons(self.sheet):
            with self.subTest(button=button):
                self._assert_only_manager(button)
        for records in (
            *(self.sheet, self.sheet.page_ids, self.sheet.field_ids),
            *(self.sheet.field_ids.option_ids, self.sheet.page_ids.condition_ids),
            *(self.order.sudo().stage_id.sudo(False), self.env["order.sheet.category"]),
        ):
            name = "sequence" if "sequence" in records._fields else "value"
            for method, args in (
                *(("create", [[{name: 1}]]), ("write", [{name: 1}])),
                *(("unlink", []), ("copy", [])),
            ):
                if records or method == "create":
                    with self.assertRaises(UserError):  # an AccessError is one as well
                        self.call_as(self.erik, records, method, *args)

    def _assert_only_manager(self, button):
        try:
            self.call_as(self.erik, self.sheet, button)
        except AccessError:
            return
        # what staff may press as well changes nothing
        self.assertTrue(button.startswith(LOOKING), button)

    def test_noone_writes_the_state_of_a_sheet(self):
        for user in (self.mia, self.erik, self.anna):
            with self.assertRaises(UserError):
                self.call_as(user, self.sheet, "write", {"state": "draft"})
        with self.assertRaisesRegex(UserError, "starts as “Draft”"):
            self.call_as(
                self.mia, self.sheets, "create", [{"name": "x", "state": "published"}]
            )


class TestSecurityByWire(SheetPeople, PortalHttpCase):
    """The same over the wire, for those who trust no shortcut."""

    def assertDenied(self, user, *call, **kwargs):  # noqa: N802
        with (
            self.assertRaisesRegex(JsonRpcException, "AccessError"),
            mute_logger("odoo.http"),
        ):
            self.rpc_as(user, *call, **kwargs)

    def test_doors_of_a_browser(self):
        order = self._submit_as(self.anna)
        model = order._name
        read = self.rpc_as(self.anna, model, "read", order.ids, ["name"])
        self.assertEqual(read[0]["name"], order.name)
        self.assertEqual(self.rpc_as(self.carla, model, "search", []), [])
        for user in (self.anna, self.carla):
            for call in (
                ("search", [("answer_ids.value_text", "ilike", "a")]),
                ("write", order.ids, {"color": 1}),
                ("action_take", order.ids),
                ("action_create_sale_order", order.ids),
                ("_cancel_by_customer", order.ids),
            ):
                self.assertDenied(user, model, *call)
        self.assertDenied(self.anna, "order.sheet.answer", "search_read", [])

    def test_visitor_without_a_login(self):
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.rpc_as(None, "order.sheet", "search", [])
