from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_common import IMEI, OTHER_IMEI

REFUSALS = (UserError, LockError)
TABLES = (  # what hangs on an order without being deleted with it
    ("mail_message", "model = 'customer.service.order' AND res_id = ANY(%s)"),
    ("mail_followers", "res_model = 'customer.service.order' AND res_id = ANY(%s)"),
    ("customer_service_order", "id = ANY(%s)"),
)


class TestServiceParallel(PortalTransactionCase):
    """Two people at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_committed(self.env(cr=cr, su=True))

    def _create_committed(self, env):
        customer = env["res.partner"].create(
            {"name": "Parallel GmbH", "is_company": True}
        )
        contacts = env["res.partner"].create(
            [{"name": name, "parent_id": customer.id} for name in ("Paula", "Paul")]
        )
        workshop = env["res.partner"].create({"name": "Workshop Parallel"})
        service = env["customer.service.type"].create({"name": "Repair Parallel"})
        location = env["customer.service.location"].create(
            {
                "name": "Parallel",
                "partner_id": workshop.id,
                "email": "parallel@test.example",
                "service_type_ids": [Command.set(service.ids)],
                "shipping_type_ids": [],
            }
        )
        self.customer_id, self.contact_ids = customer.id, contacts.ids
        self.workshop_id = workshop.id
        self.service_id, self.location_id = service.id, location.id
        self.range_ids = self._get_sequence(env).date_range_ids.ids

    def _delete_committed(self):
        # What was sent cannot be deleted by any user, so a test does it in SQL.
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            orders = env["customer.service.order"].search(
                [("commercial_partner_id", "=", self.customer_id)]
            )
            for table, condition in TABLES:
                cr.execute(f"DELETE FROM {table} WHERE {condition}", [orders.ids])  # noqa: S608
            env.invalidate_all()
            env["customer.mail.event"].search([]).unlink()
            env["customer.service.device"].search(
                [("commercial_partner_id", "=", self.customer_id)]
            ).unlink()
            env["customer.service.location"].browse(self.location_id).unlink()
            env["customer.service.type"].browse(self.service_id).unlink()
            ranges = self._get_sequence(env).date_range_ids
            ranges.filtered(lambda it: it.id not in self.range_ids).unlink()
            env["res.partner"].browse([*self.contact_ids, self.workshop_id]).unlink()
            env["res.partner"].browse(self.customer_id).unlink()

    def _get_sequence(self, env):
        return env.ref("customer_portal.customer_service_order_sequence")

    def _create(self, state="draft", **values):
        """Return the id of a committed order that has come to a state."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            vals = {
                "partner_id": self.contact_ids[0],
                "location_id": self.location_id,
                "service_type_id": self.service_id,
                "device_name": "iPhone 15",
                "imei": IMEI,
                "issue": "Does not charge",
            }
            order = env["customer.service.order"].create(vals | values)
            if state != "draft":
                order._submit()
            if state in ("confirmed", "at_location", "completed"):
                order._confirm()
            if state in ("at_location", "completed"):
                order._receive()
            if state == "completed":
                order._complete(resolution="New battery")
            env["customer.mail.event"].search([]).unlink()
            return order.id

    def _act(self, order_id, act, *args, **kwargs):
        """Return what somebody does with an order, as ``run_in_parallel`` takes it."""

        def run(env):
            order = env["customer.service.order"].browse(order_id)
            getattr(order, act)(*args, **kwargs)
            return act

        return self.as_server(run)

    def _run(self, *acts):
        """Do things at once.

        :return: what was done, and what was refused
        """
        with mute_logger("odoo.sql_db"):
            results = self.run_in_parallel(*acts)
        refusals = [result for result in results if isinstance(result, Exception)]
        for refusal in refusals:
            self.assertIsInstance(refusal, REFUSALS)
        return [it for it in results if it not in refusals], refusals

    def _read(self, *order_ids):
        """Return what others see now of orders: dicts with fields, timeline, mails."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            events = env["customer.mail.event"].search([])
            return [
                {
                    "name": order.name,
                    "state": order.state,
                    "log": order.status_log_ids.mapped("state"),
                    "mails": sorted(
                        event.event for event in events if order.id in event.res_ids
                    ),
                    "device": order.device_id.id,
                    "status": order.status_id.name,
                    "reason": order.cancel_reason,
                    "issue": order.issue,
                }
                for order in env["customer.service.order"].browse(order_ids)
            ]

    def assertWords(self, refusals, *words):  # noqa: N802
        """Check that one act was refused, with words for whoever comes second."""
        [refusal] = refusals
        words += ("somebody is changing this right now",)
        self.assertTrue(any(it in str(refusal) for it in words), str(refusal))

    # === SENDING === #

    def test_a_double_click_sends_an_order_once(self):
        order_id = self._create()
        done, refused = self._run(*[self._act(order_id, "_submit")] * 2)
        self.assertEqual(done, ["_submit"])
        self.assertWords(refused, "cannot become “Waiting for confirmation”")
        [order] = self._read(order_id)
        self.assertRegex(order["name"], r"^SRV\d{8}$")
        self.assertEqual(order["log"], ["submitted"])
        self.assertEqual(order["mails"], ["submitted"])

    def test_colleagues_send_a_new_device_once(self):
        self._send_twice()

    def test_colleagues_send_a_known_device_once(self):
        with self.registry.cursor() as cr:
            device = {"name": "iPhone 15", "imei": IMEI}
            device["commercial_partner_id"] = self.customer_id
            self.env(cr=cr, su=True)["customer.service.device"].create(device)
        self._send_twice()

    def _send_twice(self):
        ids = [self._create(partner_id=contact) for contact in self.contact_ids]
        done, refused = self._run(*(self._act(it, "_submit") for it in ids))
        self.assertEqual(done, ["_submit"])
        self.assertWords(refused, "for this device")
        orders = self._read(*ids)
        self.assertEqual(sorted(it["state"] for it in orders), ["draft", "submitted"])
        self.assertEqual(sorted(len(it["log"]) for it in orders), [0, 1])
        self.assertEqual(sorted(it["mails"] for it in orders), [[], ["submitted"]])
        with self.registry.cursor() as cr:
            devices = self.env(cr=cr, su=True)["customer.service.device"]
            self.assertEqual(devices.search_count([("imei", "=", IMEI)]), 1)

    def test_first_orders_of_a_year_have_different_numbers(self):
        ids = [self._create(imei=imei) for imei in (IMEI, OTHER_IMEI)]
        with freeze_time("2041-01-01 12:00:00"):
            done, refused = self._run(*(self._act(it, "_submit") for it in ids))
        self.assertEqual((done, refused), (["_submit"] * 2, []))
        names = [order["name"] for order in self._read(*ids)]
        self.assertEqual(sorted(names), ["SRV41000001", "SRV41000002"])

    def test_draft_that_is_being_sent_is_not_changed(self):
        order_id = self._create()
        save = self._act(order_id, "_save_draft", {"issue": "Other words"})
        done, _refused = self._run(save, self._act(order_id, "_submit"))
        [order] = self._read(order_id)
        self.assertEqual(order["state"] == "submitted", "_submit" in done)
        self.assertEqual(order["issue"] == "Other words", "_save_draft" in done)

    def test_draft_that_is_being_sent_is_not_thrown_away(self):
        order_id = self._create()
        acts = (self._act(order_id, name) for name in ("_submit", "_discard"))
        [done], _refused = self._run(*acts)
        with self.registry.cursor() as cr:
            order = self.env(cr=cr)["customer.service.order"].browse(order_id)
            self.assertEqual(bool(order.exists()), done == "_submit")

    # === DECIDING AND WORKING === #

    def test_two_people_decide_once(self):
        order_id = self._create("submitted")
        [done], refused = self._run(
            self._act(order_id, "action_confirm"),
            self._act(order_id, "_refuse", "Too old"),
        )
        self.assertWords(refused, "cannot become “C")
        [order] = self._read(order_id)
        if done == "action_confirm":
            expected = ("confirmed", False, ["confirmed"])
        else:
            expected = ("cancelled", "Too old", ["refused"])
        self.assertEqual((order["state"], order["reason"], order["mails"]), expected)
        self.assertEqual(order["log"], ["submitted", expected[0]])

    def test_device_is_received_once(self):
        order_id = self._create("confirmed")
        done, refused = self._run(*[self._act(order_id, "action_receive")] * 2)
        self.assertEqual(done, ["action_receive"])
        self.assertWords(refused, "cannot become “At the service location”")
        [order] = self._read(order_id)
        self.assertEqual(order["log"], ["submitted", "confirmed", "at_location"])
        self.assertEqual(order["mails"], ["received"])

    def test_order_that_is_being_received_is_not_cancelled_by_its_customer(self):
        order_id = self._create("confirmed")
        [done], refused = self._run(
            self._act(order_id, "action_receive"),
            self._act(order_id, "_cancel_by_customer"),
        )
        self.assertWords(refused, "cannot become")
        [order] = self._read(order_id)
        is_received = done == "action_receive"
        self.assertEqual(order["state"], "at_location" if is_received else "cancelled")
        mail = "received" if is_received else "cancelled_by_customer"
        self.assertEqual(order["mails"], [mail])

    def test_order_ends_in_one_way(self):
        order_id = self._create("at_location")
        [done], refused = self._run(
            self._act(order_id, "_complete", resolution="New battery"),
            self._act(order_id, "_cancel", "No spare parts"),
        )
        self.assertWords(refused, "cannot become “C")
        [order] = self._read(order_id)
        state = "completed" if done == "_complete" else "cancelled"
        self.assertEqual((order["state"], order["mails"]), (state, [state]))
        self.assertEqual(order["log"][-2:], ["at_location", state])

    def test_progress_is_told_once(self):
        order_id = self._create("at_location")

        def set_status(env):
            status = env.ref("customer_portal.customer_service_status_parts")
            env["customer.service.order"].browse(order_id)._set_status(status)
            return "set"

        done, refused = self._run(*[self.as_server(set_status)] * 2)
        self.assertIn(len(refused), (0, 1))
        self.assertEqual(done, ["set"] * (2 - len(refused)))
        [order] = self._read(order_id)
        self.assertEqual(order["status"], "Waiting for spare parts")
        self.assertEqual(order["log"].count("at_location"), 2, "arrived, and this")

    def test_old_order_is_not_reopened_beside_a_new_one(self):
        old_id, new_id = self._create("completed"), self._create()
        [done], refused = self._run(
            self._act(old_id, "_reopen", "Broken again"),
            self._act(new_id, "_submit"),
        )
        self.assertWords(refused, "for this device")
        states = [order["state"] for order in self._read(old_id, new_id)]
        expected = ["at_location", "draft"]
        self.assertEqual(
            states, expected if done == "_reopen" else ["completed", "submitted"]
        )
