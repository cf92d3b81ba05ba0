from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time

from .appointment_case import AppointmentCase
from .common import GROUP


@freeze_time("2026-12-07 09:00:00")
class TestAppointmentSlots(AppointmentCase):
    """What an agent may propose on Tuesday. The company works 8 to 18 in Berlin."""

    def starts(self, day="2026-12-08", rep=None, **options):
        """Return the hours (UTC) at which slots of a day begin."""
        survey = self.survey.with_user(self.agent_a)
        slots = survey._cc_free_slots(
            (rep or self.rep_1).with_user(self.agent_a), day, **options
        )
        return [slot["start"][11:16] for slot in slots]

    def hours(self, *hours):
        return [f"{hour:02}:00" for hour in hours]

    def test_slots_fill_the_working_hours(self):
        self.assertEqual(self.starts(), self.hours(*range(7, 17)))

    def test_a_slot_is_two_texts_in_utc(self):
        survey = self.survey.with_user(self.agent_a)
        slots = survey._cc_free_slots(self.rep_1, date(2026, 12, 8))
        expected = {"start": "2026-12-08 07:00:00", "stop": "2026-12-08 08:00:00"}
        self.assertEqual(slots[0], expected)

    def test_each_slot_can_be_agreed(self):
        self.survey.cc_appointment_minutes = 150
        self.survey.cc_busy_policy = "block"
        self.create_meeting(self.rep_1, "2026-12-08 12:00:00", "2026-12-08 13:00:00")
        slots = self.survey._cc_free_slots(self.rep_1, "2026-12-08")
        self.assertEqual(len(slots), 3)
        for contact, slot in zip((self.p1, self.p2, self.p3), slots, strict=True):
            self.agree(contact, **slot)

    def test_only_what_fits_before_the_end_of_work(self):
        self.survey.cc_appointment_minutes = 180
        self.assertEqual(self.starts(), self.hours(7, 10, 13))

    def test_notice_hides_what_is_too_soon(self):
        self.survey.cc_appointment_notice_hours = 24
        self.assertEqual(self.starts(), self.hours(*range(9, 17)))
        self.assertEqual(self.starts("2026-12-07"), [])

    def test_appointments_are_taken(self):
        self.agree(start="2026-12-08 10:30:00", stop="2026-12-08 12:00:00")
        self.assertEqual(self.starts(), self.hours(7, 8, 9, *range(12, 17)))
        self.assertEqual(self.starts(rep=self.rep_2), self.hours(*range(7, 17)))

    def test_the_appointment_that_moves_leaves_its_time(self):
        self.survey.cc_busy_policy = "block"
        moving = self.agree()
        self.assertEqual(self.starts(moving=moving), self.hours(*range(7, 17)))

    def test_cancelled_appointments_are_not_taken(self):
        self.agree().with_user(self.rep_1).action_cancel()
        self.assertEqual(self.starts(), self.hours(*range(7, 17)))

    def test_meetings_are_taken_if_the_survey_refuses_them(self):
        self.create_meeting(self.rep_1, "2026-12-08 09:00:00", "2026-12-08 15:00:00")
        self.assertEqual(self.starts(), self.hours(*range(7, 17)))
        self.survey.cc_busy_policy = "block"
        self.assertEqual(self.starts(), self.hours(7, 8, 15, 16))

    def test_no_slots_on_a_holiday(self):
        self.env["resource.calendar.leaves"].create(
            {
                "calendar_id": self.calendar.id,
                "company_id": self.survey.cc_company_id.id,
                "date_from": "2026-12-07 23:00:00",
                "date_to": "2026-12-08 23:00:00",
            }
        )
        self.assertEqual(self.starts(), [])

    def test_no_slots_on_a_weekend(self):
        self.assertEqual(self.starts("2026-12-12"), [])

    def test_no_slots_where_no_appointment_could_be(self):
        self.assertEqual(len(self.starts("2028-12-06")), 10)  # two years ahead
        for day in ("0001-01-01", "2026-12-06", "2029-02-06", "9999-12-31"):
            with self.subTest(day=day):
                self.assertEqual(self.starts(day), [])

    def test_a_rep_without_hours_is_proposed_by_day(self):
        self.survey.cc_company_id.resource_calendar_id = False
        self.assertEqual(self.starts("2026-12-12"), self.hours(*range(7, 19)))

    def test_the_day_is_the_day_of_the_rep(self):
        self.rep_1.tz = "America/New_York"
        self.assertEqual(self.starts(), self.hours(*range(13, 23)))

    def test_hours_of_the_night_of_the_clock_change(self):
        self.calendar.attendance_ids = [
            Command.clear(),
            Command.create(
                {"name": "Night", "dayofweek": "6", "hour_from": 0, "hour_to": 6}
            ),
        ]
        # five hours pass between midnight and six in spring, seven in autumn
        spring = ["23:00", *self.hours(0, 1, 2, 3)]
        self.assertEqual(self.starts("2027-03-28"), spring)
        autumn = ["22:00", "23:00", *self.hours(0, 1, 2, 3, 4)]
        self.assertEqual(self.starts("2027-10-31"), autumn)

    def test_whole_days_end_at_midnight(self):
        self.calendar.attendance_ids = [Command.clear()] + [
            Command.create(
                {"name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24}
            )
            for day in range(7)
        ]
        self.assertEqual(len(self.starts("2026-12-09")), 24)
        # and an appointment may last beyond it
        self.agree(start="2026-12-08 22:30:00", stop="2026-12-08 23:30:00")

    def test_queries_do_not_grow_with_what_is_taken(self):
        self.survey.cc_busy_policy = "block"
        self.agree(self.p1, start="2026-12-08 07:00:00", stop="2026-12-08 08:00:00")
        self.create_meeting(self.rep_1, "2026-12-08 09:00:00", "2026-12-08 10:00:00")
        few = self.count_queries(self.starts)
        self.agree(self.p2)
        self.agree(self.p3, start="2026-12-08 11:00:00", stop="2026-12-08 12:00:00")
        for hour in (12, 13, 14):
            self.create_meeting(
                self.rep_1, f"2026-12-08 {hour}:00:00", f"2026-12-08 {hour + 1}:00:00"
            )
        self.assertEqual(self.count_queries(self.starts), few)
        self.assertEqual(self.starts(), self.hours(8, 15, 16))

    # === FOR THE CALL OF AN AGENT === #

    def _ask(self, uuid, rep_id, day="2026-12-08", user=None):
        contacts = self.contacts_as(user or self.agent_a)
        return contacts.cc_free_slots(uuid, rep_id, day)

    def test_agent_is_told_when_the_person_he_calls_can_be_visited(self):
        self.survey.cc_busy_policy = "block"
        self.agree(self.p1)  # its own time is free: it may be moved
        self.agree(self.p2, start="2026-12-08 12:00:00", stop="2026-12-08 13:00:00")
        uuid = self._hold()
        slots = self._ask(uuid, self.rep_1.id)["slots"]
        hours = [slot["start"][11:16] for slot in slots]
        self.assertEqual(hours, self.hours(*range(7, 12), *range(13, 17)))

    def test_nothing_is_told_beside_the_own_call_the_reps_and_a_day(self):
        uuid, rep = self._hold(), self.rep_1.id
        stranger = self._create_user("rep_3", f"{GROUP}rep")
        self.assertEqual(len(self._ask(uuid, rep)["slots"]), 10)
        for question in (
            (uuid, rep, "2026-12-08", self.agent_b),
            ("unknown", rep),
            (uuid, stranger.id),
            (uuid, [rep]),
            (uuid, None),
            (uuid, rep, "soon"),
            (uuid, rep, "2026-02-30"),
            (uuid, rep, 7),
            (uuid, rep, False),
        ):
            with self.subTest(question=question):
                self.assertEqual(self._ask(*question), {"slots": []})

    def _hold(self):
        self.give_follow_up(self.p1, self.agent_a, "2026-12-07 09:00:00")
        return self.pick(self.agent_a, self.p1)["call_uuid"]
