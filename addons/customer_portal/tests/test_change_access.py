"""What customers read of change requests, and what they can do with them."""

from odoo.exceptions import AccessError
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import AddressCase
from .remote_calls import RemoteCalls

COMMON_FIELDS = {
    *("id", "display_name", "create_date", "create_uid", "write_date", "write_uid"),
}
READABLE = {
    "customer.change.request": COMMON_FIELDS
    | {
        # with chatter, activities and the portal
        *("access_url", "access_warning", "activity_type_icon", "has_message"),
        *("message_has_error", "message_has_error_counter", "message_is_follower"),
        *("message_needaction", "message_needaction_counter"),
        # their own request
        *("name", "subject", "state", "operation", "address_type", "revision"),
        *("partner_id", "commercial_partner_id", "company_id", "target_partner_id"),
        *("line_ids", "line_count", "remark", "effective_date", "is_automatic"),
        *("decided_on", "reject_reason", "result_partner_id"),
        "urgency",
    },
    "customer.change.line": COMMON_FIELDS
    | {
        *("request_id", "state", "commercial_partner_id", "company_id"),
        *("field_name", "label", "old_value", "old_text", "new_value", "new_text"),
        *("decision", "reason", "situation"),
    },
    "customer.change.rule": set(),
}
# Listed, but they come from activities, which customers may not read.
ACTIVITY_FIELDS = {"activity_exception_decoration", "activity_exception_icon"}
# The colours of the back office need fields that nobody is forbidden to read.
EMPTY_FOR_CUSTOMERS = ("urgency", "situation")
# What a customer could guess about a request and its lines.
GUESSES = (
    {
        "source": "portal",
        "decided_by_id": 1,
        "reminded_on": "2026-11-22",
        "processing_hours": 0,
        "has_conflict": False,
        "is_late": False,
        "form_token": "a",
        "access_token": "a",
        "message_ids.body": "late",
        "website_message_ids.body": "late",
        "line_ids.field_id": 1,
        "line_ids.overridden": "a",
    },
    {
        "field_id": 1,
        "overridden": "a",
        "processing_hours": 0,
        "request_id.source": "portal",
        "request_id.access_token": "a",
        "request_id.message_ids.body": "late",
    },
)
BUTTONS = {
    "customer.change.request": ("action_approve", "action_decide", "action_reject"),
    "customer.change.line": ("action_override",),
}
ACTIVITY = "customer_portal.mail_activity_type_decide_change"
# Arguments that one method or another takes for what it is to do.
ARGUMENTS = (
    (),
    ({},),
    ({"state": "approved", "decision": "approved", "action": "auto"},),
    ([{"state": "approved", "decision": "approved", "action": "auto"}],),
    ({"decision": "approved"}, {}),
    ([{"decision": "approved"}], {}),
    ([ACTIVITY],),
    ("Evil",),
    (["state"], [["approved"]]),
    ("remark", {"en_US": "Evil"}),
)


class TestChangeAccess(RemoteCalls, AddressCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._ask(cls.anna, cls.adler, street="Neu 1")
        cls.request._schedule_decision(cls.erik)
        cls.rule = cls._set_rule("phone", "locked")
        cls.records = (cls.request, cls.request.line_ids, cls.rule)

    def assertDenied(self, user, records, method, *args):  # noqa: N802
        with (
            self.subTest(model=records._name, method=method),
            self.assertRaisesRegex(JsonRpcException, "AccessError|UserError"),
            mute_logger("odoo.http"),
        ):
            self.rpc_as(user, records._name, method, *args)

    # === READING === #

    def test_customers_read_these_fields_and_no_others(self):
        for records in self.records:
            expected = READABLE[records._name]
            if expected:
                read = ("read", records.ids, sorted(expected))
                [values] = self.rpc_as(self.anna, records._name, *read)
                self.assertEqual(set(values), expected)
                self.assertFalse(any(map(values.get, EMPTY_FOR_CUSTOMERS)))
                fields_get = ("fields_get", [], ["type"])
                listed = set(self.rpc_as(self.anna, records._name, *fields_get))
                self.assertEqual(listed - ACTIVITY_FIELDS, expected)
            for name in sorted(set(records._fields) - expected):
                with self.assertRaises(AccessError, msg=name):
                    records.with_user(self.anna).read([name])

    def test_what_staff_alone_read_cannot_be_guessed_by_searching(self):
        for records, guesses in zip(self.records, GUESSES, strict=False):
            for name, value in guesses.items():
                self.assertDenied(self.anna, records, "search", [(name, "=", value)])

    def test_colleagues_read_the_same_and_strangers_nothing(self):
        for records in self.records[:2]:
            count = self.rpc_as(self.bert, records._name, "search_count", [])
            self.assertEqual(count, 1)
            count = self.rpc_as(self.carla, records._name, "search_count", [])
            self.assertEqual(count, 0)
            self.assertDenied(self.carla, records, "read", records.ids, ["state"])

    def test_nobody_reads_rights_and_rules_of_his_company(self):
        for name in ("portal_change_mode", "portal_may_edit_company"):
            self.assertDenied(self.anna, self.adler, "read", self.adler.ids, [name])
        for name in ("change_admin_email", "change_self_approval", "change_sla_days"):
            self.assertDenied(self.anna, self.company, "read", self.company.ids, [name])

    def test_internal_notes_are_not_read_by_their_number(self):
        """Odoo hides them in chats and searches, but not all of them in a read."""
        revised = self._ask(self.anna, self.adler, street="Neu 2")
        self.assertEqual(revised, self.request)
        for kind in ("comment", "notification"):
            self.request.message_post(
                body="Pays late", message_type=kind, subtype_xmlid="mail.mt_note"
            )
        self.request._message_log(body="Pays late")
        answer = self.request.message_post(
            body="Welcome", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        [read] = self.rpc_as(self.anna, "mail.message", "read", answer.ids, ["body"])
        self.assertIn("Welcome", read["body"])
        notes = self.request.message_ids - answer
        self.assertGreaterEqual(len(notes), 4)
        for note in notes:
            self.assertDenied(self.anna, note, "read", note.ids, ["body"])

    # === ACTING === #

    def test_customers_press_no_button(self):
        for records in self.records[:2]:
            for button in BUTTONS[records._name]:
                for user in (self.anna, self.bert, self.carla):
                    self.assertDenied(user, records, button, records.ids)
        self.assertEqual(self.request.state, "pending")

    def test_customers_write_nothing(self):
        for records in self.records:
            for user in (self.anna, self.carla):
                ids, values = records.ids, {"display_name": "x"}
                self.assertDenied(user, records, "write", ids, values)
                self.assertDenied(user, records, "create", [values])
                self.assertDenied(user, records, "unlink", ids)
                self.assertDenied(user, records, "copy", ids)
                self.assertDenied(user, records, "web_save", ids, values, {})

    def test_no_public_method_changes_anything_for_a_customer(self):
        before = self._rows()
        for records in self.records:
            for user in (self.anna, self.carla):
                methods = self.get_public_methods(records)
                self.assertIn("write", methods)
                for method in methods:
                    for args in ARGUMENTS:
                        self.try_as(user, records, method, *args)
                    self.assertEqual(self._rows(), before, f"{records._name} {method}")

    def test_filing_is_no_remote_call(self):
        methods = [
            name
            for name in dir(self.requests)
            if name.startswith(("_file", "_apply", "_create", "_move", "_put"))
        ]
        self.assertIn("_file_update", methods)
        for method in methods:
            with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                self.rpc_as(self.anna, self.requests._name, method, self.request.ids)
        self.assertEqual(self.request.state, "pending")

    def _rows(self):
        """Return what the database holds about requests, and about whom they are."""
        return self.get_rows(
            *("customer_change_request", "customer_change_line"),
            *("customer_change_rule", "res_partner", "res_users", "mail_activity"),
        )
