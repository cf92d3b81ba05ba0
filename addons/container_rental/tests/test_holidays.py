from datetime import date, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase

THURSDAY = date(2026, 12, 3)  # the next delivery day of Hotel Adler
MONDAY = date(2026, 12, 7)  # the one after
MIDNIGHT = fields.Datetime.to_datetime("2026-12-02 23:00:00")  # Thursday in Berlin
ONE_DAY = timedelta(days=1)


@tagged("-at_install", "post_install")
@freeze_time(TUESDAY_MORNING)
class TestHolidays(ContainerCase):
    """Which days off keep the lorry at home, and for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create({"name": "Second Laundry"})

    def _take_off(self, start=MIDNIGHT, end=MIDNIGHT + ONE_DAY, **values):
        return self.env["resource.calendar.leaves"].create(
            {"name": "Off", "date_from": start, "date_to": end, **values}
        )

    def _next_delivery(self, address=None):
        """Return when Hotel Adler is served if Anna asks now."""
        requests = self.env["container.request"].with_user(self.anna)
        address = address or self.anna.partner_id
        return requests._decide_for(address, self.company).delivery

    def assertOpen(self):  # noqa: N802
        self.assertEqual(self._next_delivery(), THURSDAY)
        self.assertEqual(self._request_as(self.anna).delivery_date, THURSDAY)

    def assertClosed(self):  # noqa: N802
        self.assertEqual(self._next_delivery(), MONDAY)
        self.assertEqual(self._request_as(self.anna).delivery_date, MONDAY)

    # === DAYS OFF === #

    def test_day_off_of_the_company_closes_the_day(self):
        self.assertOpen()
        leave = self._take_off()
        self.assertFalse(leave.calendar_id)
        self.assertClosed()

    def test_day_off_of_somebody_without_working_hours_closes_nothing(self):
        resource = self.env["resource.resource"].create(
            {"name": "Flexible", "calendar_id": False}
        )
        leave = self._take_off(resource_id=resource.id, calendar_id=False)
        self.assertFalse(leave.calendar_id)
        self.assertOpen()

    def test_day_off_in_the_calendar_of_holidays_closes_the_day(self):
        calendar, other = self.env["resource.calendar"].create(
            [{"name": "Drivers"}, {"name": "Night shift"}]
        )
        self._take_off(calendar_id=calendar.id)
        self.assertOpen()
        self.company.container_calendar_id = other
        self.assertOpen()
        self.company.container_calendar_id = calendar
        self.assertClosed()

    def test_day_off_of_the_company_holds_besides_the_calendar_of_holidays(self):
        calendar = self.env["resource.calendar"].create({"name": "Drivers"})
        self.company.container_calendar_id = calendar
        self._take_off()
        self.assertClosed()

    def test_day_off_of_another_company_closes_nothing(self):
        leaves = self.env["resource.calendar.leaves"].with_company(self.branch)
        leave = leaves.create(
            {"name": "Off", "date_from": MIDNIGHT, "date_to": MIDNIGHT + ONE_DAY}
        )
        self.assertEqual(leave.company_id, self.branch)
        self.assertOpen()

    def test_day_off_that_ends_at_midnight_does_not_touch_the_next_day(self):
        leave = self._take_off(MIDNIGHT - ONE_DAY, MIDNIGHT)
        self.assertOpen()
        leave.date_to = MIDNIGHT + timedelta(seconds=1)
        self.assertClosed()

    def test_day_off_that_begins_at_midnight_does_not_touch_the_day_before(self):
        self._take_off(MIDNIGHT + ONE_DAY, MIDNIGHT + 2 * ONE_DAY)
        self.assertOpen()

    def test_holidays_of_a_week_close_each_of_its_days(self):
        self._take_off(MIDNIGHT - 5 * ONE_DAY, MIDNIGHT + 7 * ONE_DAY)
        self.assertEqual(self._next_delivery(), date(2026, 12, 10))

    # === EXCEPTIONS === #

    def _except(self, **values):
        return self.env["container.delivery.exception"].create(
            {"name": "Stocktaking", "date": THURSDAY, **values}
        )

    def test_exception_of_another_company_closes_nothing(self):
        exception = self._except(company_id=self.branch.id)
        self.assertOpen()
        exception.company_id = self.company
        self.assertClosed()

    def test_exception_for_a_customer_holds_at_all_his_addresses(self):
        kitchen, yard = self._create_addresses()
        exception = self._except(partner_ids=self.krone.ids)
        for address in (self.adler, kitchen, yard):
            self.assertEqual(self._next_delivery(address), THURSDAY, address.name)
        exception.partner_ids = self.adler
        for address in (self.adler, kitchen, yard, self.anna.partner_id):
            self.assertEqual(self._next_delivery(address), MONDAY, address.name)

    def test_exception_for_an_address_holds_only_there(self):
        kitchen, yard = self._create_addresses()
        self._except(partner_ids=kitchen.ids)
        self.assertEqual(self._next_delivery(kitchen), MONDAY)
        for address in (self.adler, yard, self.anna.partner_id):
            self.assertEqual(self._next_delivery(address), THURSDAY, address.name)

    def test_extra_delivery_for_an_address_is_made_only_there(self):
        kitchen, yard = self._create_addresses()
        wednesday = THURSDAY - ONE_DAY
        self._except(kind="extra", date=wednesday, partner_ids=kitchen.ids)
        self.assertEqual(self._next_delivery(kitchen), wednesday)
        self.assertEqual(self._next_delivery(yard), THURSDAY)

    def _create_addresses(self):
        return self.env["res.partner"].create(
            [
                {"name": name, "type": "delivery", "parent_id": self.adler.id}
                for name in ("Kitchen", "Yard")
            ]
        )
