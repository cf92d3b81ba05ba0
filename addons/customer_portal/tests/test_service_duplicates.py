from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ..models.customer_service_order_check import IncompleteOrderError
from .common import PortalTransactionCase
from .service_common import IMEI, OTHER_IMEI, ServicePeople

OPEN = ("submitted", "confirmed", "at_location")


class TestServiceDuplicates(ServicePeople, PortalTransactionCase):
    """A device is in service once at a time."""

    def _draft(self, user=None, **numbers):
        """Return a draft, by default Carla's, for a device with these numbers alone."""
        return self._draft_as(user or self.carla, **{"imei": False} | numbers)

    def _order(self, user=None, **numbers):
        draft = self._draft(user, **numbers)
        draft.sudo()._submit()
        return draft

    def assertBlocked(self, draft, name, order):  # noqa: N802
        """Check that a draft cannot be sent because of an open order."""
        fault = f"There is an open order for this device already: {order.name}."
        self.assertEqual(draft.sudo()._get_faults(), {name: fault})
        with self.assertRaises(IncompleteOrderError):
            draft.sudo()._submit()
        self.assertEqual((draft.state, draft.name), ("draft", "/"))

    # === WHAT IS THE SAME DEVICE === #

    def test_same_number_while_the_order_is_open(self):
        for numbers in ({"serial_number": "C02"}, {"imei": IMEI}):
            name = next(iter(numbers))
            for state in OPEN:
                with self.subTest(state=state, name=name):
                    order = self._order_in(state, **{"imei": False} | numbers)
                    self.assertBlocked(self._draft(**numbers), name, order)
                    order._cancel("Test")

    def test_numbers_are_the_same_however_they_are_written(self):
        order = self._order(serial_number="c02 xk0", imei="35-417803-685978-9")
        self.assertBlocked(self._draft(serial_number="C02XK0"), "serial_number", order)
        self.assertBlocked(self._draft(imei=IMEI), "imei", order)

    def test_nobody_knows_which_imei_is_the_first_one(self):
        third = self._next_imei()
        order = self._order(imei=IMEI, imei2=OTHER_IMEI)
        for name, numbers in (
            ("imei", {"imei": OTHER_IMEI}),
            ("imei", {"imei": OTHER_IMEI, "imei2": IMEI}),
            ("imei", {"imei": OTHER_IMEI, "imei2": third}),
            ("imei2", {"imei": third, "imei2": IMEI}),
            ("imei2", {"imei": third, "imei2": OTHER_IMEI}),
            ("imei2", {"serial_number": "C02", "imei2": OTHER_IMEI}),
        ):
            with self.subTest(numbers=numbers):
                self.assertBlocked(self._draft(**numbers), name, order)

    def test_one_number_is_enough(self):
        order = self._order(serial_number="C02", imei=IMEI)
        numbers = {"serial_number": "C03", "imei": IMEI}
        self.assertBlocked(self._draft(**numbers), "imei", order)
        numbers = {"serial_number": "C02", "imei": OTHER_IMEI}
        self.assertBlocked(self._draft(**numbers), "serial_number", order)

    def test_devices_without_numbers_are_never_the_same(self):
        self.repair.identifier = "none"
        orders = self._order() | self._order()
        self.assertEqual(orders.mapped("state"), ["submitted"] * 2)

    def test_other_devices_are_not_in_the_way(self):
        self._order(serial_number="C02", imei=IMEI)
        order = self._order(serial_number="C03", imei=OTHER_IMEI)
        self.assertEqual(order.state, "submitted")

    # === WHEN, AND WHOSE === #

    def test_device_may_come_again_when_it_has_left(self):
        for state in ("completed", "cancelled"):
            with self.subTest(state=state):
                self._order_in(state)
                order = self._order(imei=IMEI)
                self.assertEqual(order.state, "submitted")
                order.sudo()._cancel_by_customer()

    def test_drafts_are_not_in_the_way(self):
        drafts = self._draft(imei=IMEI) | self._draft(imei=IMEI)
        drafts[1].sudo()._submit()
        self.assertEqual(drafts.mapped("state"), ["draft", "submitted"])
        self.assertBlocked(drafts[0], "imei", drafts[1])

    def test_colleague_is_in_the_way_also_of_one_who_does_not_see_it(self):
        order = self._order(self.anna, imei=IMEI)
        self.assertBlocked(self._draft(self.bert, imei=IMEI), "imei", order)
        self.bert.partner_id.service_scope = "own"
        self.assertFalse(order.with_user(self.bert).has_access("read"))
        self.assertBlocked(self._draft(self.bert, imei=IMEI), "imei", order)

    def test_order_is_in_the_way_at_every_location(self):
        other = self.env["res.company"].create({"name": "Other"})
        graz = self._create_location("Graz", company_id=other.id)
        self.carla.company_ids |= other
        order = self._order(imei=IMEI)
        draft = self._draft(imei=IMEI, location_id=graz.id)
        self.assertBlocked(draft, "imei", order)

    def test_nobody_learns_what_other_customers_own(self):
        anna = self._order(self.anna, serial_number="C02", imei=IMEI)
        carla = self._draft(serial_number="C02", imei=IMEI)
        self.assertEqual(carla.sudo()._get_faults(), {})
        carla.sudo()._submit()
        self.assertEqual(carla.state, "submitted")
        for user, order, owner in (
            (self.erik, carla, self.adler),
            (self.erik, anna, self.krone),
        ):
            self.assertEqual(
                order.with_user(user).device_warning,
                f"A device with this number is registered for {owner.name} as well.",
            )

    def test_warning_about_another_customer_is_about_the_same_device_only(self):
        self._order(self.anna, serial_number="C02", imei=IMEI, imei2=OTHER_IMEI)
        for numbers, is_warned in (
            ({"serial_number": "C03", "imei": self._next_imei()}, False),
            ({"serial_number": "C02"}, True),
            ({"imei": OTHER_IMEI}, True),
            ({"imei": self._next_imei(), "imei2": IMEI}, True),
        ):
            with self.subTest(numbers=numbers):
                draft = self._draft(**numbers).with_user(self.erik)
                self.assertEqual(bool(draft.device_warning), is_warned)

    # === WHERE SECOND ORDERS ARE ALLOWED === #

    def test_second_order_where_the_company_allows_it(self):
        self.company.service_duplicate_policy = "warn"
        orders = self._order(imei=IMEI) | self._order(imei=IMEI)
        self.assertEqual(orders.mapped("state"), ["submitted"] * 2)
        for order, other in (orders, reversed(orders)):
            self.assertEqual(
                order.with_user(self.erik).device_warning,
                f"There is an open order for this device already: {other.name}.",
            )
        orders[0].sudo()._cancel_by_customer()
        orders.invalidate_recordset(["device_warning"])
        self.assertFalse(orders[1].with_user(self.erik).device_warning)
        self.assertFalse(orders[0].with_user(self.erik).device_warning)

    def test_orders_of_a_laxer_time_are_in_the_way_as_well(self):
        self.company.service_duplicate_policy = "warn"
        order = self._order(imei=IMEI)
        self.company.service_duplicate_policy = "block"
        self.assertBlocked(self._draft(imei=IMEI), "imei", order)

    # === ONCE AN ORDER IS SENT === #

    def test_reopening_waits_until_the_device_has_left_again(self):
        old = self._order_in("completed").with_user(self.mia)
        new = self._order(imei=IMEI)
        with self.assertRaises(UserError) as caught:
            old._reopen("Broken again")
        self.assertEqual(
            str(caught.exception),
            f"There is an open order for this device already: {new.name}.",
        )
        self.assertEqual(old.state, "completed")
        new.sudo()._cancel_by_customer()
        old._reopen("Broken again")
        self.assertEqual(old.state, "at_location")
        self.assertBlocked(self._draft(imei=IMEI), "imei", old)

    def test_reopening_where_second_orders_are_allowed(self):
        self.company.service_duplicate_policy = "warn"
        old = self._order_in("completed").with_user(self.mia)
        self._order(imei=IMEI)
        old._reopen("Broken again")
        self.assertEqual(old.state, "at_location")

    def test_corrected_number_is_not_that_of_another_open_order(self):
        first = self._order(serial_number="C02", imei=IMEI)
        order = self._order(serial_number="C03", imei=OTHER_IMEI).with_user(self.erik)
        for vals in (
            *({"serial_number": "c02"}, {"imei": IMEI}, {"imei2": IMEI}),
            {"imei": "35-417803-685978-9", "serial_number": False},
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(UserError) as caught:
                    order.write(vals)
                self.assertEqual(
                    str(caught.exception),
                    f"There is an open order for this device already: {first.name}.",
                )
        self.assertEqual((order.serial_number, order.imei), ("C03", OTHER_IMEI))
        order.write({"serial_number": "C04", "imei": self._next_imei()})
        order._cancel("Test")
        order.write({"serial_number": "C02"})  # it is in nobody's way any more

    def test_two_drafts_for_one_device_are_not_sent_together(self):
        drafts = (self._draft(imei=IMEI) | self._draft(imei=IMEI)).with_user(self.erik)
        with (
            self.assertRaisesRegex(UserError, "at this moment"),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            drafts.action_confirm()
        self.assertEqual(drafts.mapped("state"), ["draft"] * 2)
