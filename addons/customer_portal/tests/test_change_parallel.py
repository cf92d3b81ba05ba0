from odoo.exceptions import LockError, UserError
from odoo.tools import mute_logger

from .common import PortalTransactionCase

REFUSALS = (UserError, LockError)
TOKEN = "0b0e5e0e-0000-4000-8000-00000000beef"


class TestChangeParallel(PortalTransactionCase):
    """Two people at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        self.asker_id = self.env.ref("base.user_admin").id
        with self.registry.cursor() as cr:
            partners = self.env(cr=cr, su=True)["res.partner"]
            customer = partners.create({"name": "Parallel GmbH", "is_company": True})
            self.customer_id = customer.id
            self.contact_ids = partners.create(
                [{"name": name, "parent_id": customer.id} for name in ("Paula", "Paul")]
            ).ids
            self.address_id = partners.create(
                {"name": "Lager", "parent_id": customer.id, "type": "delivery"}
            ).id

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            env["customer.change.request"].search(
                [("commercial_partner_id", "=", self.customer_id)]
            ).unlink()
            env["customer.mail.event"].search([]).unlink()
            env["res.partner"].browse([*self.contact_ids, self.address_id]).unlink()
            env["res.partner"].browse(self.customer_id).unlink()

    def _ask(self, index, target_id=None, **values):
        def ask(env):
            env = env(user=self.asker_id, su=True)
            contact = env["res.partner"].browse(self.contact_ids[index])
            target = env["res.partner"].browse(target_id or self.customer_id)
            return env["customer.change.request"]._file_update(contact, target, values)

        return self.as_server(lambda env: ask(env).ids)

    def _ask_for_address(self, index):
        def ask(env):
            return env["customer.change.request"]._file_creation(
                env["res.partner"].browse(self.contact_ids[index]),
                {"name": "Lager"},
                form_token=TOKEN,
            )

        return self.as_server(lambda env: ask(env).ids)

    def _approve(self, request_ids):
        def approve(env):
            env["customer.change.request"].browse(request_ids).action_approve()
            return "approved"

        return self.as_server(approve)

    def _read(self):
        """Return the requests and the customer as others see them now."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            requests = env["customer.change.request"].search(
                [("commercial_partner_id", "=", self.customer_id)]
            )
            customer = env["res.partner"].browse(self.customer_id)
            return [
                {
                    "state": request.state,
                    "revision": request.revision,
                    "wishes": {
                        line.field_name: line.new_value for line in request.line_ids
                    },
                }
                for request in requests
            ], customer.read(["street", "phone"])[0]

    def _run(self, *functions):
        with mute_logger("odoo.sql_db"):
            return self.run_in_parallel(*functions)

    def test_two_colleagues_share_one_request(self):
        results = self._run(
            self._ask(0, street="Neue Str. 5"), self._ask(1, phone="+49 9")
        )
        self.assertEqual(results[0], results[1])
        requests, _customer = self._read()
        self.assertEqual(
            requests,
            [
                {
                    "state": "pending",
                    "revision": 2,
                    "wishes": {"street": "Neue Str. 5", "phone": "+49 9"},
                }
            ],
        )

    def test_two_approvers_decide_once(self):
        with self.registry.cursor() as cr:
            request_ids = self._ask(0, street="Neue Str. 5")(self.env(cr=cr, su=True))
        results = self._run(self._approve(request_ids), self._approve(request_ids))
        self.assertEqual(results.count("approved"), 1)
        refusal = next(result for result in results if result != "approved")
        self.assertIsInstance(refusal, REFUSALS)
        requests, customer = self._read()
        self.assertEqual([request["state"] for request in requests], ["approved"])
        self.assertEqual(customer["street"], "Neue Str. 5")

    def test_an_edit_during_the_approval_is_neither_lost_nor_approved_unseen(self):
        with self.registry.cursor() as cr:
            request_ids = self._ask(0, street="Neue Str. 5")(self.env(cr=cr, su=True))

        def approve_first_revision(env):
            requests = env["customer.change.request"].browse(request_ids)
            requests.with_context(expected_revision=1).action_approve()
            return "approved"

        approved, asked = self._run(
            self.as_server(approve_first_revision), self._ask(1, phone="+49 9")
        )
        requests, customer = self._read()
        if approved == "approved":
            self.assertEqual(customer["street"], "Neue Str. 5")
        else:
            self.assertIsInstance(approved, REFUSALS)
            self.assertFalse(customer["street"])
        self.assertFalse(customer["phone"])
        if isinstance(asked, Exception):  # he reads that it is being decided
            self.assertIsInstance(asked, REFUSALS)
        else:
            pending = [item for item in requests if item["state"] == "pending"]
            self.assertEqual(pending[0]["wishes"].get("phone"), "+49 9")

    def test_a_double_click_asks_once(self):
        results = self._run(self._ask_for_address(0), self._ask_for_address(0))
        self.assertEqual(sorted(map(len, results)), [0, 1])
        self.assertEqual(len(self._read()[0]), 1)

    def test_a_change_and_a_removal_of_one_target_exclude_each_other(self):
        def archive(env):
            contact = env["res.partner"].browse(self.contact_ids[0])
            address = env["res.partner"].browse(self.address_id)
            return env["customer.change.request"]._file_archiving(contact, address)

        results = self._run(
            self.as_server(lambda env: archive(env).ids),
            self._ask(1, self.address_id, street="x"),
        )
        refused = [result for result in results if isinstance(result, UserError)]
        self.assertEqual(len(refused), 1)
        self.assertEqual(len(self._read()[0]), 1)
