from psycopg2.errors import SerializationFailure

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContainerCase

REFUSALS = (UserError, LockError, SerializationFailure)


@tagged("-at_install", "post_install")
class TestParallel(ContainerCase):
    """Two people at the same moment, on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_committed(self.env(cr=cr, su=True))

    def _create_committed(self, env):
        self.customer_id = env["res.partner"].create({"name": "Parallel GmbH"}).id
        self.type_id = env["container.type"].create({"name": "Parallel 1000 l"}).id
        self.request_ids = (
            env["container.request"]
            .create(
                [
                    {
                        "partner_id": self.customer_id,
                        "type_id": self.type_id,
                        "delivery_date": "2036-12-04",
                    }
                ]
                * 2
            )
            .ids
        )

    def _add_containers(self, count):
        with self.registry.cursor() as cr:
            self.env(cr=cr, su=True)["container.container"].create(
                [
                    {"name": f"PARALLEL-{number}", "type_id": self.type_id}
                    for number in range(count)
                ]
            )

    def _delete_committed(self):
        # History cannot be deleted by any user, so a test does it in SQL.
        with self.registry.cursor() as cr:
            for table, column in [
                ("container_movement", "container_id"),
                ("container_rental", "container_id"),
            ]:
                cr.execute(
                    f"DELETE FROM {table} WHERE {column} IN"  # noqa: S608
                    " (SELECT id FROM container_container WHERE type_id = %s)",
                    [self.type_id],
                )
            cr.execute(
                "DELETE FROM container_request WHERE type_id = %s", [self.type_id]
            )
            cr.execute(
                "DELETE FROM container_container WHERE type_id = %s", [self.type_id]
            )
            cr.execute("DELETE FROM container_type WHERE id = %s", [self.type_id])
            env = self.env(cr=cr, su=True)
            env["customer.mail.event"].search([]).unlink()
            env["res.partner"].browse(self.customer_id).unlink()

    def _approve(self, request_id):
        """Return what a click on the button does, repeated as Odoo's server does."""

        def approve(env):
            request = env["container.request"].browse(request_id)
            while True:
                try:
                    request.action_approve()
                    env.flush_all()
                    return request.rental_ids.container_id.ids
                except SerializationFailure:
                    env.cr.rollback()

        return approve

    def _at_once(self, *functions):
        # Who comes second is told by an error of the database, which Odoo logs.
        with mute_logger("odoo.sql_db"):
            return self.run_in_parallel(*functions)

    def _state_of(self, request_id):
        with self.registry.cursor() as cr:
            return self.env(cr=cr)["container.request"].browse(request_id).state

    def test_two_requests_approved_at_once_get_different_containers(self):
        self._add_containers(2)
        first, second = self._at_once(*map(self._approve, self.request_ids))
        self.assertEqual(len(first), 1)
        self.assertEqual(len(second), 1)
        self.assertNotEqual(first, second)

    def test_of_two_requests_for_the_last_container_one_gets_it(self):
        self._add_containers(1)
        results = self._at_once(*map(self._approve, self.request_ids))
        refused = [result for result in results if isinstance(result, REFUSALS)]
        self.assertEqual(len(refused), 1, results)
        states = sorted(map(self._state_of, self.request_ids))
        self.assertEqual(states, ["approved", "created"])

    def test_one_request_approved_by_two_people_is_approved_once(self):
        self._add_containers(2)
        request_id = self.request_ids[0]
        results = self._at_once(*[self._approve(request_id)] * 2)
        refused = [result for result in results if isinstance(result, REFUSALS)]
        self.assertEqual(len(refused), 1, results)
        with self.registry.cursor() as cr:
            request = self.env(cr=cr)["container.request"].browse(request_id)
            self.assertEqual(len(request.rental_ids), 1)

    def test_who_comes_second_reads_that_somebody_else_is_at_it(self):
        request_id = self.request_ids[0]
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.env(cr=first)["container.request"].browse(request_id)._cancel()
            request = self.env(cr=second)["container.request"].browse(request_id)
            with self.assertRaisesRegex(LockError, "somebody is changing this"):
                request._cancel()
            first.rollback()

    def test_cancelling_and_approving_at_once_leaves_one_of_them(self):
        self._add_containers(1)
        request_id = self.request_ids[0]

        def cancel(env):
            env["container.request"].browse(request_id)._cancel_by_customer()

        results = self._at_once(self._approve(request_id), cancel)
        refused = [result for result in results if isinstance(result, REFUSALS)]
        self.assertEqual(len(refused), 1, results)
        with self.registry.cursor() as cr:
            request = self.env(cr=cr)["container.request"].browse(request_id)
            rentals = 1 if request.state == "approved" else 0
            self.assertIn(request.state, ("approved", "cancelled"))
            self.assertEqual(len(request.rental_ids), rentals)

    def test_a_limit_holds_against_two_approvals_at_once(self):
        self._add_containers(2)
        with self.registry.cursor() as cr:
            customer = self.env(cr=cr, su=True)["res.partner"].browse(self.customer_id)
            customer.container_limit = 1
        results = self._at_once(*map(self._approve, self.request_ids))
        refused = [result for result in results if isinstance(result, REFUSALS)]
        self.assertEqual(len(refused), 1, results)

    def test_a_form_sent_twice_at_once_creates_one_request(self):
        token = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
        vals = {
            "partner_id": self.customer_id,
            "type_id": self.type_id,
            "form_token": token,
        }

        def submit(env):
            return len(env["container.request"]._create_once(vals))

        with self.assertLogs("odoo.sql_db", "ERROR"):  # the database refuses one
            results = self.run_in_parallel(submit, submit)
        self.assertEqual(sorted(results), [0, 1])
