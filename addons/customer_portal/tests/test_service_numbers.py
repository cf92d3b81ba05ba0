from odoo.exceptions import UserError
from odoo.tests import freeze_time, mute_logger

from ..models.customer_service_order_check import IncompleteOrderError
from .common import PortalTransactionCase
from .service_common import ServicePeople


class TestServiceNumbers(ServicePeople, PortalTransactionCase):
    """The number with which a service order is called, given when it is sent."""

    def _send(self, **values):
        return self._order_as(self.carla, imei=self._next_imei(), **values)

    def _count(self, order):
        return int(order.name[-6:])

    def test_draft_has_no_number_however_often_it_is_saved(self):
        draft = self._draft_as(self.carla)
        draft.sudo()._save_draft({"issue": "Other words"})
        self.assertEqual(draft.name, "/")

    def test_number_is_fit_for_scanners_files_and_keyboards(self):
        self.assertRegex(self._send().name, r"^SRV\d{8}$")

    def test_number_stays_the_same_for_good(self):
        order = self._order_in("submitted")
        name = order.name
        order.action_confirm()
        order.action_receive()
        order._complete(resolution="New battery")
        order.with_user(self.mia)._reopen("Broken again")
        order._cancel("No spare parts")
        self.assertEqual(order.name, name)

    def test_numbers_follow_each_other_whoever_sends(self):
        first, second = self._send(), self._order_as(self.anna)
        third = self._order_in("draft", imei=self._next_imei())
        third.action_confirm()
        self.assertEqual(self._count(second), self._count(first) + 1)
        self.assertEqual(self._count(third), self._count(first) + 2)

    def test_orders_that_are_sent_together_have_numbers_of_their_own(self):
        drafts = self.orders.concat(
            *(self._order_in("draft", imei=self._next_imei()) for _index in range(3))
        )
        drafts.action_confirm()
        first = self._count(drafts[0])
        self.assertEqual([self._count(it) - first for it in drafts], [0, 1, 2])

    def test_years_are_counted_on_the_clock_of_the_company(self):
        for zone, before, after in (
            ("Europe/Berlin", "2030-12-31 22:59:59", "2030-12-31 23:00:00"),
            ("America/New_York", "2035-01-01 04:59:59", "2035-01-01 05:00:00"),
            ("Asia/Tokyo", "2037-12-31 14:59:59", "2037-12-31 15:00:00"),
        ):
            self.company.portal_tz = zone
            names = []
            for moment in (before, after, after):
                with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                    names.append(self._send().name)
            year = int(after[2:4]) + (after[5:7] == "12")
            self.assertEqual(
                names,
                [f"SRV{year - 1}000001", f"SRV{year}000001", f"SRV{year}000002"],
            )

    def test_draft_of_the_old_year_gets_a_number_of_the_new_one(self):
        with freeze_time("2030-12-31 12:00:00"):
            draft = self._draft_as(self.carla)
        with freeze_time("2031-01-01 12:00:00"):
            draft.sudo()._submit()
        self.assertEqual(draft.name, "SRV31000001")

    def test_order_that_cannot_be_sent_uses_up_no_number(self):
        before = self._send()
        draft = self._draft_as(self.carla, imei=self._next_imei(), issue=False)
        with self.assertRaises(IncompleteOrderError):
            draft.sudo()._submit()
        self.assertEqual(draft.name, "/")
        self.assertEqual(self._count(self._send()), self._count(before) + 1)

    def test_number_of_a_failed_order_is_not_given_again(self):
        before = self._send()
        imei = self._next_imei()
        twins = self._draft_as(self.carla, imei=imei) | self._draft_as(
            self.carla, imei=imei
        )
        with (
            self.assertRaises(UserError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            twins.sudo()._submit()
        self.assertEqual(twins.mapped("name"), ["/", "/"])
        names = (before | self._send() | self._send()).mapped("name")
        self.assertEqual(len(set(names)), 3)

    def test_company_may_count_for_itself(self):
        other = self.env["res.company"].create({"name": "Other"})
        sequence = self.env.ref("customer_portal.customer_service_order_sequence")
        sequence.copy({"prefix": "B%(range_y)s", "company_id": other.id})
        location = self._create_location("Graz", company_id=other.id)
        self.carla.company_ids += other
        order = self._send(location_id=location.id)
        self.assertEqual(order.company_id, other)
        self.assertRegex(order.name, r"^B\d{8}$")
        self.assertRegex(self._send().name, r"^SRV\d{8}$")
