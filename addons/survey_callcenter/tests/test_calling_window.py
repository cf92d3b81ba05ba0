from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.calling_window import CallingWindow, local_midnight

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def hours(*spans, days=range(14)):
    """Return the same hours on these of the fourteen days."""
    rows = [(timedelta(hours=start), timedelta(hours=end)) for start, end in spans]
    return dict.fromkeys(days, rows)


WORKDAYS = [day for day in range(14) if day % 7 < 5]


@tagged("post_install", "-at_install")
class TestCallingWindow(BaseCase):
    def setUp(self):
        super().setUp()
        self.office = CallingWindow(hours((9, 20), days=WORKDAYS))

    def test_new_york_opens_at_nine_of_its_own_clock(self):
        monday = datetime(2026, 12, 7)
        self.assertFalse(
            self.office.is_open(monday.replace(hour=13, minute=59), NEW_YORK)
        )
        self.assertTrue(self.office.is_open(monday.replace(hour=14), NEW_YORK))
        self.assertTrue(self.office.is_open(monday.replace(hour=8), BERLIN))

    def test_the_last_minute_is_open_and_the_end_is_not(self):
        self.assertTrue(self.office.is_open(datetime(2026, 12, 7, 18, 59, 59), BERLIN))
        self.assertFalse(self.office.is_open(datetime(2026, 12, 7, 19), BERLIN))

    def test_an_evening_goes_on_with_the_next_morning(self):
        self.assertEqual(
            self.office.next_open(datetime(2026, 12, 7, 19), BERLIN),
            datetime(2026, 12, 8, 8),
        )

    def test_a_weekend_goes_on_with_monday(self):
        self.assertEqual(
            self.office.next_open(datetime(2026, 12, 4, 19), BERLIN),
            datetime(2026, 12, 7, 8),
        )

    def test_what_is_open_is_open_at_once(self):
        at = datetime(2026, 12, 7, 10, 17, 33)
        self.assertEqual(self.office.next_open(at, BERLIN), at)

    def test_a_break_goes_on_after_the_break(self):
        window = CallingWindow(hours((9, 12), (13.5, 18)))
        self.assertEqual(
            window.next_open(datetime(2026, 12, 7, 11), BERLIN),
            datetime(2026, 12, 7, 12, 30),
        )

    def test_holidays_are_local_dates(self):
        holiday = (datetime(2026, 12, 7), datetime(2026, 12, 8))
        window = CallingWindow(hours((0, 24)), [holiday])
        self.assertTrue(window.is_open(datetime(2026, 12, 7, 4, 59), NEW_YORK))
        self.assertFalse(window.is_open(datetime(2026, 12, 7, 5), NEW_YORK))
        self.assertFalse(window.is_open(datetime(2026, 12, 8, 4, 59), NEW_YORK))
        self.assertTrue(window.is_open(datetime(2026, 12, 8, 5), NEW_YORK))

    def test_after_half_a_holiday_the_rest_of_the_day_is_open(self):
        holiday = (datetime(2026, 12, 24), datetime(2026, 12, 24, 14))
        window = CallingWindow(hours((9, 20)), [holiday])
        self.assertEqual(
            window.next_open(datetime(2026, 12, 23, 22), BERLIN),
            datetime(2026, 12, 24, 13),
        )

    def test_the_two_weeks_alternate(self):
        window = CallingWindow(hours((9, 20), days=[0]))
        first = window.next_open(datetime(2026, 12, 1), BERLIN)
        second = window.next_open(first + timedelta(days=1), BERLIN)
        self.assertEqual(second - first, timedelta(days=14))

    def test_nothing_open_is_said_after_sixty_days(self):
        self.assertIsNone(CallingWindow({}).next_open(datetime(2026, 12, 7), BERLIN))
        long_holiday = (datetime(2026, 1, 1), datetime(2026, 12, 31))
        closed = CallingWindow(hours((9, 20)), [long_holiday])
        self.assertIsNone(closed.next_open(datetime(2026, 6, 1), BERLIN))

    def test_an_hour_that_clocks_skip_opens_when_they_are_changed(self):
        window = CallingWindow(hours((2.5, 4)))
        self.assertEqual(
            window.next_open(datetime(2027, 3, 28, 0, 30), BERLIN),
            datetime(2027, 3, 28, 1),
        )

    def test_hours_that_clocks_skip_do_not_open(self):
        window = CallingWindow(hours((2.25, 2.75)))
        self.assertEqual(
            window.next_open(datetime(2027, 3, 28, 0, 30), BERLIN),
            datetime(2027, 3, 29, 0, 15),
        )

    def test_an_hour_that_comes_twice_is_open_twice(self):
        window = CallingWindow(hours((2.25, 2.5)))
        first = datetime(2026, 10, 25, 0, 15)
        self.assertEqual(window.next_open(datetime(2026, 10, 25), BERLIN), first)
        again = window.next_open(first + timedelta(minutes=15), BERLIN)
        self.assertEqual(again, datetime(2026, 10, 25, 1, 15))

    def test_clocks_that_go_back_into_the_hours_open_them_again(self):
        window = CallingWindow(hours((1, 2.5)))
        self.assertEqual(
            window.next_open(datetime(2026, 10, 25, 0, 45), BERLIN),
            datetime(2026, 10, 25, 1),
        )

    def test_a_day_begins_at_the_midnight_of_the_place(self):
        self.assertEqual(
            local_midnight(datetime(2026, 12, 7, 4, 59), NEW_YORK),
            datetime(2026, 12, 6, 5),
        )
        self.assertEqual(
            local_midnight(datetime(2026, 12, 7, 5), NEW_YORK),
            datetime(2026, 12, 7, 5),
        )

    def test_a_day_without_midnight_begins_when_clocks_are_changed(self):
        self.assertEqual(
            local_midnight(datetime(2026, 9, 6, 12), "America/Santiago"),
            datetime(2026, 9, 6, 4),
        )

    def test_unknown_zones_count_as_utc(self):
        for name in (False, None, "", "Mars/Base", "../etc/passwd"):
            with self.subTest(name=name):
                self.assertTrue(self.office.is_open(datetime(2026, 12, 7, 9), name))
                self.assertFalse(self.office.is_open(datetime(2026, 12, 7, 8), name))
