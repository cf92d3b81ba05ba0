"""What customers can do with their browser's console."""

import contextlib

from odoo.exceptions import AccessError
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .address_case import AddressCase

BAD_VALUES = (
    *({"name": ""}, {"name": " "}, {"name": False}, {"name": None}, {"name": 0}),
    *({"name": ["x"]}, {"name": {"a": 1}}, {"name": 5}, {"name": True}),
    *({"email": ""}, {"email": "nobody"}, {"email": "a@b.example, c@d.example"}),
    *({"email": "a@b.example\r\nBcc: c@d.example"}, {"email": []}, {"email": "a@b"}),
    *({"phone": "\x00"}, {"phone": "1\n2"}, {"phone": "1" * 257}, {"phone": 49}),
    *({"phone": "\ud800"}, {"tz": "Asia/Tokyo", "name": "\x1b"}),
)


class TestOwnUser(AddressCase):
    """``res.users``: the one record that Odoo lets every user write."""

    def _write_own(self, user, values, **kwargs):
        return self.rpc_as(user, "res.users", "write", user.ids, values, **kwargs)

    def assertError(self, error, user, *call, **kwargs):  # noqa: N802
        with (
            self.assertRaisesRegex(JsonRpcException, error),
            mute_logger("odoo.http"),
        ):
            self.rpc_as(user, *call, **kwargs)

    def test_own_data_are_asked_for(self):
        for name, value in (
            ("name", "Anna Adler"),
            ("email", "anna@adler.example"),
            ("phone", "+49 9"),
        ):
            before = self.snapshot()
            self.assertTrue(self._write_own(self.anna, {name: value}))
            self.assertEqual(self.snapshot(), before)
            self.assertEqual(self.asked_for(self.anna.partner_id)[name], value)
        request = self.asked()
        self.assertEqual((request.source, request.revision), ("rpc", 3))
        self.assertEqual(request.target_partner_id, self.anna.partner_id)
        request.with_user(self.erik).action_approve()
        self.assertEqual(self.anna.name, "Anna Adler")

    def test_what_is_a_users_own_business_changes_at_once(self):
        own = {"tz": "Asia/Tokyo", "lang": "en_US", "signature": "<p>A.</p>"}
        self._write_own(self.anna, own)
        self.assertEqual(self.anna.tz, "Asia/Tokyo")
        self.assertIn("A.", self.anna.signature)
        self.rpc_as(
            *(self.anna, "res.users", "change_password"),
            *(self.anna.login, "a new password"),
        )
        self.authenticate(self.anna.login, "a new password")
        self.assertFalse(self.asked())
        self.assertFalse(self.anna.partner_id.message_ids.filtered("is_internal"))

    def test_both_at_once(self):
        self._write_own(self.anna, {"tz": "Asia/Tokyo", "name": "A", "phone": "1"})
        self.assertEqual(self.anna.tz, "Asia/Tokyo")
        self.assertEqual(self.anna.name, "Anna")
        wishes = {"name": "A", "phone": "1"}
        self.assertEqual(self.asked_for(self.anna.partner_id), wishes)

    def test_nothing_changes_nothing_is_asked(self):
        self._write_own(self.anna, {"name": " Anna ", "email": self.anna.email})
        self.assertFalse(self.asked())

    def test_other_ways_to_write(self):
        before = self.snapshot()
        ids = self.anna.ids
        save = ("res.users", "web_save", ids, {"name": "A"})
        self.rpc_as(self.anna, *save, {"name": {}})
        self.assertEqual(self.asked_for(self.anna.partner_id), {"name": "A"})
        specification = {"specification": {"name": {}}}
        save_all = ("res.users", "web_save_multi", ids, [{"name": "B"}])
        self.rpc_as(self.anna, *save_all, **specification)
        self.assertEqual(self.asked_for(self.anna.partner_id), {"name": "B"})
        self._write_own(
            self.anna, {"name": "C"}, context={"customer_change_writer": True}
        )
        self.rpc_as(self.anna, "res.users", "write", ids * 2, {"phone": "1"})
        self.rpc_as(self.anna, "res.users", "load", [".id", "name"], [ids + ["D"]])
        self.assertEqual(self.snapshot(), before)

    def test_partners_cannot_be_written(self):
        for partner in (self.anna.partner_id, self.adler, self.warehouse):
            write = ("res.partner", "write", partner.ids, {"name": "Evil"})
            for context in ({}, {"change_request_mode": True}, {"sudo": True}):
                self.assertError("AccessError", self.anna, *write, context=context)

    def test_context_of_the_caller_counts_for_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        context = {
            "default_operation": "archive",
            "default_state": "approved",
            "default_is_automatic": True,
            "default_effective_date": "2020-01-01",
            "default_remark": "Evil",
            "default_company_id": other.id,
            "default_target_partner_id": self.krone.id,
            "default_decided_by_id": self.anna.id,
            "default_decision": "approved",
            "default_result_partner_id": self.krone.id,
            "customer_change_writer": True,
            "customer_state_writer": True,
            "tracking_disable": True,
        }
        self._write_own(self.anna, {"phone": "1"}, context=context)
        self.assertRecordValues(
            self.asked(),
            [
                {
                    "operation": "update",
                    "state": "pending",
                    "is_automatic": False,
                    "effective_date": False,
                    "remark": False,
                    "company_id": self.company.id,
                    "target_partner_id": self.anna.partner_id.id,
                    "result_partner_id": False,
                    "decided_by_id": False,
                }
            ],
        )
        self.assertEqual(self.asked().line_ids.decision, "open")

    def test_company_of_the_caller_counts_for_nothing(self):
        """Rules of another company could let changes take effect at once."""
        other = self.env["res.company"].create({"name": "Other"})
        self._set_rule("phone", "auto", scope="contact", company_id=other.id)
        context = {"allowed_company_ids": [other.id]}
        self.anna.company_ids += other
        self._write_own(self.anna, {"phone": "1"}, context=context)
        self.assertEqual(self.anna.phone, "+49 941 2010")
        self.assertEqual(self.asked().company_id, self.company)

    def test_bad_values_are_refused_in_words(self):
        before = self.snapshot()
        for values in BAD_VALUES:
            with self.subTest(values=str(values)[:40]):
                write = ("res.users", "write", self.anna.ids, values)
                self.assertError("UserError", self.anna, *write)
        self.assertEqual(self.snapshot(), before)
        self.assertFalse(self.asked())

    def test_rules_hold_here_too(self):
        self._set_rule("phone", "locked", scope="contact")
        write = ("res.users", "write", self.anna.ids)
        self.assertError("UserError", self.anna, *write, {"phone": "1"})
        self._set_rule("email", "auto", scope="contact")
        self._write_own(self.anna, {"email": "anna@adler.example"})
        self.assertEqual(self.anna.email, "anna@adler.example")
        self.assertRecordValues(
            self.asked(), [{"state": "approved", "is_automatic": True, "source": "rpc"}]
        )
        self.adler.portal_change_mode = "locked"
        self.assertError("UserError", self.anna, *write, {"name": "A"})

    def test_others_stay_as_they_are(self):
        for ids in (self.bert.ids, self.anna.ids + self.bert.ids, self.erik.ids):
            write = ("res.users", "write", ids, {"name": "Evil"})
            self.assertError("AccessError", self.anna, *write)
        for values in ({"login": "x", "name": "Evil"}, {"partner_id": 1, "name": "E"}):
            write = ("res.users", "write", self.anna.ids, values)
            self.assertError("AccessError", self.anna, *write)
        self.assertFalse(self.asked())

    def test_what_odoo_refuses_is_not_asked_for_either(self):
        """An addon may catch the error and go on."""
        user = self.anna.with_user(self.anna)
        with contextlib.suppress(AccessError):
            user.write({"login": "evil", "name": "Evil"})
            self.fail("nobody changes his own login")
        self.assertFalse(self.asked())

    def test_employees_write_as_before(self):
        self._write_own(self.erik, {"name": "Erik Back", "phone": "1"})
        self.assertEqual(self.erik.name, "Erik Back")
        self.assertFalse(self.asked())

    def test_switched_off(self):
        self.company.change_enabled = False
        self._write_own(self.anna, {"name": "A"})
        self.assertEqual(self.anna.name, "A")
        self.assertFalse(self.asked())

    def test_server_writes_as_before(self):
        """Decision: other addons are not stopped; what they do is noted."""
        self.anna.with_user(self.anna).sudo().write({"name": "A"})
        self.assertEqual(self.anna.name, "A")
