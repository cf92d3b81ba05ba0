from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.container_rental.tools.delivery_plan import ONE_DAY

from .common import TUESDAY_MORNING, ContainerCase


@tagged("-at_install", "post_install")
class TestContainerRental(ContainerCase):
    """A container goes out to a customer and comes back."""

    # === ISSUE === #

    @freeze_time("2026-12-03 07:00:00")
    def test_issuing_sets_when_it_left_and_by_when_it_has_to_be_back(self):
        rental = self._issued_as(self.anna)
        self.assertRecordValues(
            rental,
            [
                {
                    "state": "issued",
                    "issued_on": date(2026, 12, 3),
                    "back_by": date(2026, 12, 17),
                    "is_overdue": False,
                }
            ],
        )
        self.assertEqual(self.c1.state, "issued")
        self.assertEqual(rental.request_id.state, "done")

    @freeze_time("2026-12-02 23:30:00")
    def test_the_day_of_issue_is_the_companys_day(self):
        self.assertEqual(self._issued_as(self.anna).issued_on, date(2026, 12, 3))

    @freeze_time("2026-12-03 07:00:00")
    def test_the_rental_period_is_the_customers_then_the_types_then_the_companys(self):
        rental = self._approved_as(self.anna, quantity=2).rental_ids[0]
        self.adler.container_weekday_ids = False
        day = date(2026, 12, 3)
        self.assertEqual(rental._get_return_day(day), date(2026, 12, 17))
        self.type_1000.rental_days = 7
        self.assertEqual(rental._get_return_day(day), date(2026, 12, 10))
        self.adler.container_rental_days = 3
        self.assertEqual(rental._get_return_day(day), date(2026, 12, 6))

    def test_a_request_is_delivered_once_all_its_containers_have_left(self):
        request = self._approved_as(self.anna, quantity=2)
        request.rental_ids[0].action_issue()
        self.assertEqual(request.state, "approved")
        request.action_issue()
        self.assertEqual(request.state, "done")
        self.assertEqual(request.rental_ids.mapped("state"), ["issued"] * 2)

    def test_nothing_to_issue_is_said(self):
        request = self._request_as(self.anna)
        with self.assertRaisesRegex(UserError, "No container is planned here"):
            request.action_issue()

    def test_staff_write_facts_by_buttons_only(self):
        rental = self._issued_as(self.anna)
        for name, value in [
            ("commercial_partner_id", self.krone.id),
            ("issued_on", "2026-01-01"),
            ("container_id", self.c2.id),
        ]:
            with (
                self.subTest(name=name),
                self.assertRaisesRegex(UserError, "written by its buttons"),
            ):
                rental.write({name: value})
        rental.return_due = rental.issued_on

    def test_it_is_not_due_before_it_was_issued(self):
        rental = self._issued_as(self.anna)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            rental.return_due = rental.issued_on - ONE_DAY
            rental.flush_recordset()

    def test_a_container_cannot_be_issued_twice(self):
        rental = self._issued_as(self.anna)
        with self.assertRaisesRegex(UserError, "“Issued” and cannot become “Issued”"):
            rental.action_issue()

    # === RETURN === #

    @freeze_time(TUESDAY_MORNING)
    def test_a_returned_container_rests_until_it_is_released(self):
        with freeze_time("2026-12-03 07:00:00"):
            rental = self._issued_as(self.anna)
        with freeze_time("2026-12-21 10:00:00"):
            self.assertTrue(rental.is_overdue)
            rental.action_return()
            self.assertEqual(rental.state, "returned")
            self.assertEqual(rental.back_by, date(2026, 12, 21))
            self.assertFalse(rental.is_overdue)
            self.assertEqual(self.c1._get_state_label(), "Returned to the laundry")
            self.assertFalse(self.c1.partner_id)
            self.c2.with_user(self.erik).action_maintenance()
            request = self._request_as(self.bert)
            with self.assertRaisesRegex(UserError, "Only 0 of 1"):
                request.action_approve()
            self.c1.with_user(self.erik).action_release()
            request.action_approve()
        self.assertEqual(request.rental_ids.container_id, self.c1)

    def test_the_history_tells_everything_in_order(self):
        self._issued_as(self.anna).action_return()
        self.c1.with_user(self.erik).action_release()
        history = self.c1.movement_ids.sorted("id")
        self.assertEqual(
            history.mapped("type"), ["reserved", "issued", "returned", "released"]
        )
        self.assertEqual(
            history.mapped("state"), ["reserved", "issued", "returned", "available"]
        )
        self.assertEqual(history.user_id, self.erik)
        self.assertEqual(history[:3].partner_id, self.adler)

    def test_history_is_never_changed(self):
        self._approved_as(self.anna)
        movement = self.c1.movement_ids
        with self.assertRaisesRegex(UserError, "stays in its history"):
            movement.note = "forged"
        with self.assertRaisesRegex(UserError, "stays in its history"):
            movement.unlink()
        with self.assertRaises(AccessError):
            movement.with_user(self.marta).create({"container_id": self.c1.id})

    def test_containers_may_be_available_at_once_by_setting(self):
        self.company.container_auto_release = True
        self._issued_as(self.anna).action_return()
        self.assertEqual(self.c1.state, "available")

    # === UNDO === #

    def test_a_manager_undoes_a_return_and_an_issue(self):
        rental = self._issued_as(self.anna)
        rental.action_return()
        with self.assertRaises(AccessError):
            rental.action_undo()
        as_manager = rental.with_user(self.marta)
        as_manager.action_undo()
        self.assertEqual((rental.state, self.c1.state), ("issued", "issued"))
        self.assertFalse(rental.returned_on)
        self.assertTrue(rental.back_by)
        as_manager.action_undo()
        self.assertEqual((rental.state, self.c1.state), ("planned", "reserved"))
        self.assertFalse(rental.issued_on or rental.back_by)
        self.assertEqual(rental.request_id.state, "approved")
        self.assertEqual(
            self.c1.movement_ids.sorted("id")[-2:].mapped("type"), ["correction"] * 2
        )

    def test_a_return_cannot_be_undone_once_the_container_is_promised_again(self):
        self.company.container_auto_release = True
        self.c2._apply_movement("maintenance")
        rental = self._issued_as(self.anna)
        rental.action_return()
        self._approved_as(self.carla_with_day())
        with self.assertRaisesRegex(UserError, "“Reserved” meanwhile"):
            rental.with_user(self.marta).action_undo()

    def test_a_return_that_was_released_at_once_can_be_undone(self):
        self.company.container_auto_release = True
        rental = self._issued_as(self.anna)
        rental.action_return()
        rental.with_user(self.marta).action_undo()
        self.assertEqual((rental.state, self.c1.state), ("issued", "issued"))

    # === SINGLE CONTAINERS OF A REQUEST === #

    def test_one_of_two_planned_containers_can_be_taken_out(self):
        request = self._approved_as(self.anna, quantity=2)
        first, second = request.rental_ids
        first.action_cancel()
        self.assertEqual(
            (first.state, first.container_id.state), ("cancelled", "available")
        )
        second.action_issue()
        self.assertEqual(request.state, "done")

    def test_the_last_container_of_a_request_stays(self):
        rental = self._approved_as(self.anna).rental_ids
        with self.assertRaisesRegex(UserError, "withdraw its approval instead"):
            rental.action_cancel()

    # === OVERDUE === #

    def test_overdue_is_found_by_the_companys_day(self):
        with freeze_time("2026-12-03 07:00:00"):
            rental = self._issued_as(self.anna)
        overdue = [("is_overdue", "=", True)]
        rentals = self.env["container.rental"].with_user(self.erik)
        with freeze_time("2026-12-17 22:59:59"):
            self.assertFalse(rentals.search(overdue))
        with freeze_time("2026-12-17 23:00:00"):
            self.assertEqual(rentals.search(overdue), rental)
            rental.invalidate_recordset()
            self.assertTrue(rental.is_overdue)
            self.assertFalse(rentals.search([("is_overdue", "=", False)]))
            self.assertEqual(self.adler.container_overdue_count, 1)
            self.assertEqual(self.anna.partner_id.container_onsite_count, 1)

    def carla_with_day(self):
        self.krone.container_weekday_ids = self._weekdays(0, 1, 2, 3, 4)
        return self.carla
