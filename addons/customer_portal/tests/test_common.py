import threading

from odoo.exceptions import LockError
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .common import PortalHttpCase, PortalTransactionCase


class TestPortalUsers(PortalTransactionCase):
    def test_anna_and_bert_work_at_one_customer_and_carla_at_another(self):
        self.assertEqual(
            [user.commercial_partner_id for user in (self.anna, self.bert, self.carla)],
            [self.adler, self.adler, self.krone],
        )
        self.assertEqual(
            [
                user._is_portal()
                for user in (self.anna, self.bert, self.carla, self.erik)
            ],
            [True, True, True, False],
        )
        self.assertTrue(self.erik._is_internal())


class TestRunInParallel(PortalTransactionCase):
    def _create_committed_partner(self):
        return self.create_committed(
            lambda env: env["res.partner"].create({"name": "Two at once"})
        )

    def test_one_of_two_gets_the_row(self):
        ids = self._create_committed_partner()
        done = threading.Barrier(2, timeout=10)

        def lock(env):
            partner = env["res.partner"].browse(ids)
            try:
                partner.lock_for_update()
                partner.name = "Locked"
            finally:
                done.wait()  # hold the row until the other one has tried
            return "locked"

        results = self.run_in_parallel(lock, lock)
        self.assertCountEqual([type(result) for result in results], [str, LockError])
        names = self.run_in_parallel(lambda env: env["res.partner"].browse(ids).name)
        self.assertEqual(names, ["Locked"])

    def test_failed_transaction_leaves_nothing_behind(self):
        ids = self._create_committed_partner()

        def fail(env):
            env["res.partner"].browse(ids).name = "Failed"
            env.flush_all()
            raise ValueError("No.")

        [error] = self.run_in_parallel(fail)
        self.assertIsInstance(error, ValueError)
        names = self.run_in_parallel(lambda env: env["res.partner"].browse(ids).name)
        self.assertEqual(names, ["Two at once"])

    def test_committed_records_are_gone_after_the_test(self):
        ids = self._create_committed_partner()
        self.doCleanups()
        exists = self.run_in_parallel(
            lambda env: bool(env["res.partner"].browse(ids).exists())
        )
        self.assertEqual(exists, [False])


class TestPortalHttpKit(PortalHttpCase):
    def test_pages_are_opened_as_a_user(self):
        for user in (self.anna, self.carla):
            self.assertIn(user.name, self.open_as(user, "/my/account").text)
        page = self.open_as(None, "/my/home")
        self.assertURLEqual(page.url, "/web/login?redirect=%2Fmy%2Fhome%3F")

    @mute_logger("odoo.http")
    def test_rpc_is_called_as_a_user(self):
        names = self.rpc_as(
            self.anna, "res.partner", "search_read", [("name", "=", "Bert")], ["name"]
        )
        self.assertEqual(names, [{"id": self.bert.partner_id.id, "name": "Bert"}])
        with self.assertRaisesRegex(JsonRpcException, "AccessError"):
            self.rpc_as(
                self.anna, "res.partner", "read", self.carla.partner_id.ids, ["name"]
            )

    @mute_logger("odoo.http")
    def test_json_route_is_called_as_a_user(self):
        self.open_as(self.anna, "/my")
        self.assertEqual(len(self.call_json("/my/kit_test/json")), 36)
        with self.assertRaisesRegex(JsonRpcException, "UserError"):
            self.call_json("/my/kit_test/json", fail=True)

    def test_form_token_is_found_on_the_page(self):
        page = "<form><input name='form_token' value='abc'/><input name='x'/></form>"
        self.assertEqual(self.form_token(page), "abc")

    def test_missing_page_is_told_from_others(self):
        self.assertMissing(self.open_as(self.anna, "/my/kit_test/nowhere"))
        self.assertMissing(self.open_as(self.anna, "/my/orders/1"))
        for url in ("/my", "/web/login"):
            with self.assertRaises(AssertionError):
                self.assertMissing(self.open_as(self.anna, url))
