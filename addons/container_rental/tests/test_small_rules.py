from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import ContainerCase


@tagged("-at_install", "post_install")
class TestSmallRules(ContainerCase):
    """What the models refuse or allow, whichever form or import asks for it."""

    def assertImpossible(self, change):  # noqa: N802
        """Check that the database refuses a change, whoever makes it."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            change()
            self.env.flush_all()

    # === NUMBERS AND WORDS === #

    def test_containers_cannot_come_back_before_they_left(self):
        with freeze_time("2026-12-03 07:00:00"):
            rental = self._issued_as(self.anna).sudo()
        self.assertImpossible(lambda: rental.write({"returned_on": date(2026, 12, 2)}))
        rental._return(on=date(2026, 12, 3))  # on the same day is possible
        self.env.flush_all()
        self.assertEqual(rental.back_by, date(2026, 12, 3))

    def test_requests_are_for_at_least_one_container(self):
        for quantity in (0, -1):
            with self.subTest(quantity=quantity):
                self.assertImpossible(
                    lambda quantity=quantity: self._request_as(
                        self.anna, quantity=quantity
                    )
                )
        request = self._request_as(self.anna)
        self.assertImpossible(lambda: request.write({"quantity": 0}))

    def test_remark_has_its_limit_for_everybody(self):
        request = self._request_as(self.anna, remark="x" * 2000)
        self.assertEqual(len(request.remark), 2000)
        with self.assertRaisesRegex(ValidationError, "at most 2000 characters"):
            self._request_as(self.anna, remark="x" * 2001)
        with self.assertRaisesRegex(ValidationError, "at most 2000 characters"):
            request.remark = "x" * 2001

    # === THE FLEET === #

    def test_manager_brings_a_retired_container_back(self):
        container = self.c1.with_user(self.marta)
        container.action_retire()
        container.action_reactivate()
        self.assertEqual(container.state, "available")
        self.assertEqual(
            container.movement_ids.sorted("id").mapped("type"), ["retired", "released"]
        )
        self.c2.with_user(self.erik).action_maintenance()
        self.assertEqual(self._approved_as(self.anna).rental_ids.container_id, self.c1)

    def test_container_that_is_promised_cannot_be_archived(self):
        self._approved_as(self.anna)
        self.assertEqual(self.c1.state, "reserved")
        with self.assertRaisesRegex(UserError, "“Reserved” and cannot be archived"):
            self.c1.with_user(self.marta).action_archive()
        self.assertTrue(self.c1.active)
        self.c2.with_user(self.marta).action_archive()
        self.assertFalse(self.c2.active)

    def test_archived_container_is_not_promised(self):
        self.c1.with_user(self.marta).action_archive()
        self.assertEqual(self._approved_as(self.anna).rental_ids.container_id, self.c2)

    def test_chosen_container_may_have_come_back_in_the_same_transaction(self):
        rental = self._issued_as(self.anna)
        request = self._request_as(self.anna)
        self.env.flush_all()
        rental.action_return()
        self.c1.with_user(self.erik).action_release()
        request.container_ids = self.c1
        request.action_approve()
        self.assertEqual(request.rental_ids.container_id, self.c1)
        self.assertEqual(self.c1.rental_ids.sorted("id")[0], rental)
        self.assertEqual(rental.state, "returned")
