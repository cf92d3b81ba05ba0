from datetime import datetime

from odoo.fields import Command

from .common import CallCenterCase

NEW_YORK = "America/New_York"
MONDAY = datetime(2026, 12, 7)


class TestCallingHours(CallCenterCase):
    """Contacts are called from 9 to 20 where they are, but not on public holidays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env.ref(
            "survey_callcenter.resource_calendar_calling_hours"
        ).copy({"name": "Calls", "tz": "Europe/Berlin"})
        cls.survey.cc_calendar_id = cls.calendar
        cls.survey.cc_time_zones = ["Europe/Berlin", NEW_YORK]
        cls.env.flush_all()

    def as_agent(self):
        """Return the survey as the methods of an agent have it."""
        return self.survey.with_user(self.agent_a).sudo()

    def _create_holiday(self, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                # Monday from midnight to midnight in Berlin.
                "date_from": datetime(2026, 12, 6, 23),
                "date_to": datetime(2026, 12, 7, 22, 59, 59),
                "resource_id": False,
                **values,
            }
        )

    def test_only_zones_where_it_is_day_are_open(self):
        at = MONDAY.replace(hour=13, minute=59)
        self.assertEqual(self.as_agent()._cc_open_zones(at), ["Europe/Berlin"])
        at = MONDAY.replace(hour=14)
        self.assertEqual(
            self.as_agent()._cc_open_zones(at), ["Europe/Berlin", NEW_YORK]
        )
        self.assertEqual(
            self.as_agent()._cc_open_zones(MONDAY.replace(hour=20)), [NEW_YORK]
        )

    def test_without_calling_hours_all_zones_are_open(self):
        self.survey.cc_calendar_id = False
        self.assertIsNone(self.as_agent()._cc_open_zones(MONDAY))
        self.assertTrue(self.survey._cc_is_calling_time(MONDAY, NEW_YORK))
        self.assertEqual(self.survey._cc_next_calling_time(MONDAY, NEW_YORK), MONDAY)

    def test_agents_need_no_right_to_read_the_calling_hours(self):
        survey = self.survey.with_user(self.agent_a)
        self.assertTrue(survey._cc_is_calling_time(MONDAY.replace(hour=14), NEW_YORK))

    def test_the_next_call_waits_for_the_morning_there(self):
        self.assertEqual(
            self.survey._cc_next_calling_time(MONDAY, NEW_YORK),
            MONDAY.replace(hour=14),
        )

    def test_without_any_hours_the_next_call_stays_where_it_was(self):
        self.calendar.attendance_ids = [Command.clear()]
        self.assertEqual(self.as_agent()._cc_open_zones(MONDAY), [])
        self.assertEqual(self.survey._cc_next_calling_time(MONDAY, NEW_YORK), MONDAY)

    def test_contacts_without_a_zone_live_by_the_calendar(self):
        self.assertTrue(self.survey._cc_is_calling_time(MONDAY.replace(hour=8), False))
        self.assertFalse(
            self.survey._cc_is_calling_time(MONDAY.replace(hour=7, minute=59), False)
        )

    def test_public_holidays_are_the_same_date_everywhere(self):
        self._create_holiday()
        for hour in (8, 14, 18):
            at = MONDAY.replace(hour=hour)
            self.assertEqual(self.as_agent()._cc_open_zones(at), [])
        self.assertEqual(
            self.survey._cc_next_calling_time(MONDAY, NEW_YORK),
            datetime(2026, 12, 8, 14),
        )

    def test_a_holiday_ends_with_its_last_second(self):
        for row in self.calendar.attendance_ids:
            row.write({"hour_from": 0, "hour_to": 24})
        self._create_holiday()
        self.assertEqual(
            self.survey._cc_next_calling_time(MONDAY, "Europe/Berlin"),
            datetime(2026, 12, 7, 23),
        )

    def test_holidays_of_the_company_count(self):
        self._create_holiday(calendar_id=False)
        self.assertEqual(self.as_agent()._cc_open_zones(MONDAY.replace(hour=14)), [])

    def test_holidays_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        leave = self._create_holiday(calendar_id=False)
        leave.company_id = other
        self.assertEqual(
            self.as_agent()._cc_open_zones(MONDAY.replace(hour=8)), ["Europe/Berlin"]
        )

    def test_the_time_off_of_one_person_is_no_holiday(self):
        resource = self.env["resource.resource"].create(
            {"name": "Somebody", "calendar_id": self.calendar.id}
        )
        self._create_holiday(resource_id=resource.id)
        self.assertTrue(
            self.survey._cc_is_calling_time(MONDAY.replace(hour=14), NEW_YORK)
        )

    def test_a_training_of_all_is_no_holiday(self):
        self._create_holiday(time_type="other")
        self.assertTrue(
            self.survey._cc_is_calling_time(MONDAY.replace(hour=14), NEW_YORK)
        )

    def test_a_holiday_that_is_withdrawn_is_open_at_once(self):
        leave = self._create_holiday()
        at = MONDAY.replace(hour=14)
        self.assertFalse(self.survey._cc_is_calling_time(at, NEW_YORK))
        leave.unlink()
        self.assertTrue(self.survey._cc_is_calling_time(at, NEW_YORK))

    def test_changed_hours_count_at_once(self):
        at = MONDAY.replace(hour=8)
        self.assertTrue(self.survey._cc_is_calling_time(at, "Europe/Berlin"))
        self.calendar.attendance_ids[0].hour_from = 10
        self.assertFalse(self.survey._cc_is_calling_time(at, "Europe/Berlin"))

    def test_breaks_are_no_calling_hours(self):
        self.calendar.attendance_ids = [
            Command.clear(),
            Command.create(
                {"name": "Morning", "dayofweek": "0", "hour_from": 9, "hour_to": 12}
            ),
            Command.create(
                {
                    "name": "Break",
                    "dayofweek": "0",
                    "hour_from": 12,
                    "hour_to": 13,
                    "day_period": "lunch",
                }
            ),
        ]
        self.assertFalse(
            self.survey._cc_is_calling_time(MONDAY.replace(hour=11), "Europe/Berlin")
        )

    def test_weeks_alternate_as_in_odoo(self):
        self.calendar.attendance_ids = [Command.clear()]
        self.calendar.two_weeks_calendar = True
        week = self.env["resource.calendar.attendance"].get_week_type(MONDAY)
        self.calendar.attendance_ids = [
            Command.create(
                {
                    "name": "Morning",
                    "dayofweek": "0",
                    "week_type": str(week),
                    "hour_from": 9,
                    "hour_to": 12,
                }
            )
        ]
        at = MONDAY.replace(hour=9)
        self.assertTrue(self.survey._cc_is_calling_time(at, "Europe/Berlin"))
        following = at.replace(day=14)
        self.assertFalse(self.survey._cc_is_calling_time(following, "Europe/Berlin"))

    def test_the_day_begins_at_the_midnight_of_the_contact(self):
        self.assertEqual(
            self.survey._cc_local_midnight(MONDAY.replace(hour=4), NEW_YORK),
            datetime(2026, 12, 6, 5),
        )

    def test_the_hours_are_read_once_for_many_calls(self):
        at = MONDAY.replace(hour=14)
        survey_sudo = self.as_agent()
        survey_sudo._cc_open_zones(at)
        with self.assertQueryCount(0):
            for _call in range(5):
                survey_sudo._cc_open_zones(at)
