from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ContainerCase


@tagged("-at_install", "post_install")
class TestContainerContainer(ContainerCase):
    """What may happen to a container of the fleet."""

    def test_numbers_and_serial_numbers_are_unique_within_a_company(self):
        vals = {"type_id": self.type_1000.id, "company_id": self.company.id}
        self.c1.serial = "S1"
        for values in ({"name": "C-001"}, {"name": "C-009", "serial": "S1"}):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(UniqueViolation),
                self.env.cr.savepoint(),
            ):
                self.env["container.container"].create(vals | values)
        other = self.env["res.company"].create({"name": "Other Laundry"})
        self.env["container.container"].create(
            {"name": "C-001", "type_id": self.type_1000.id, "company_id": other.id}
        )

    def test_the_qr_code_says_the_number_unless_told_otherwise(self):
        self.assertEqual(self.c1.barcode, "C-001")
        self.c1.barcode = "4711"
        self.c1.name = "C-001a"
        self.assertEqual(self.c1.barcode, "4711")

    def test_maintenance_and_back(self):
        container = self.c1.with_user(self.erik)
        container.action_maintenance()
        self.assertEqual(container.state, "maintenance")
        container.action_release()
        self.assertEqual(container.state, "available")

    def test_a_lost_container_that_is_found_has_to_be_checked_first(self):
        container = self.c1.with_user(self.erik)
        container.action_lost()
        with self.assertRaisesRegex(UserError, "“Lost” and cannot become “Available”"):
            container.action_release()
        container.action_found()
        self.assertEqual(container.state, "returned")

    def test_staff_act_on_containers_and_managers_keep_the_fleet(self):
        with self.assertRaises(AccessError):
            self.c1.with_user(self.erik).name = "C-999"
        self.c1.with_user(self.marta).name = "C-999"
        self.c1.with_user(self.erik).message_post(body="Wheel is loose")
        with self.assertRaises(AccessError):
            self.c1.with_user(self.anna).action_maintenance()

    def test_only_managers_retire_containers_and_bring_them_back(self):
        container = self.c1.with_user(self.erik)
        with self.assertRaises(AccessError):
            container.action_retire()
        container.with_user(self.marta).action_retire()
        self.assertEqual(container.state, "retired")
        with self.assertRaises(AccessError):
            container.action_reactivate()

    def test_a_container_at_a_customer_leaves_by_its_rental_only(self):
        self._issued_as(self.anna)
        for button in ("action_release", "action_maintenance", "action_lost"):
            with (
                self.subTest(button=button),
                self.assertRaisesRegex(UserError, "Use the buttons of its rental"),
            ):
                getattr(self.c1.with_user(self.erik), button)()
        with self.assertRaisesRegex(UserError, "cannot be archived"):
            self.c1.with_user(self.marta).action_archive()

    def test_the_database_refuses_a_second_open_rental(self):
        rental = self._approved_as(self.anna).rental_ids
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            rental.sudo().copy()

    def test_customers_see_no_container_and_no_history(self):
        self._approved_as(self.anna)
        for model in ("container.container", "container.movement"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.anna).search([])

    def test_counts_per_type(self):
        self._issued_as(self.anna)
        self.type_1000.invalidate_recordset()
        self.assertEqual(self.type_1000.container_count, 2)
        self.assertEqual(self.type_1000.available_count, 1)
        self.assertEqual(self.type_1000.issued_count, 1)
