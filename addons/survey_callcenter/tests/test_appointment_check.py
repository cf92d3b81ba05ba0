from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time

from .appointment_case import AppointmentCase
from .common import GROUP


@freeze_time("2026-12-07 09:00:00")
class TestAppointmentCheck(AppointmentCase):
    """The rules of an appointment. The company's hours are 8 to 18 in Berlin."""

    def check(self, contact=None, **values):
        contact = (contact or self.p1).with_user(self.agent_a)
        contact._cc_check_appointment(self.vals(**values))

    def assertRefused(self, sentence, **values):
        with self.assertRaisesRegex(ValidationError, sentence):
            self.check(**values)

    def warning(self, **values):
        contact = self.p1.with_user(self.agent_a)
        return contact._cc_appointment_warning(self.vals(**values))

    # === WHO === #

    def test_a_survey_without_field_service_has_no_appointments(self):
        self.check()
        self.survey.cc_field_service = False
        self.assertRefused("No appointments are agreed in this survey")

    def test_only_representatives_of_the_survey(self):
        stranger = self._create_user("rep_3", f"{GROUP}rep")
        for rep in (stranger.id, self.agent_a.id, 0, -1, True, "1", [1], None, 2**70):
            with self.subTest(rep=rep):
                self.assertRefused("Choose a representative", rep_id=rep)

    def test_a_record_is_as_good_as_its_id(self):
        self.check(rep_id=self.rep_1)

    # === WHEN === #

    def test_times_must_be_times(self):
        for junk in ("", "soon", "2026-02-30 10:00:00", 5, None, [], True, "\0"):
            with self.subTest(junk=junk):
                self.assertRefused("Say when the appointment begins", start=junk)
                self.assertRefused("Say when the appointment begins", stop=junk)

    def test_an_appointment_ends_after_it_begins(self):
        for stop in ("2026-12-08 10:00:00", "2026-12-08 09:00:00"):
            self.assertRefused("ends after it begins", stop=stop)

    def test_eight_hours_at_most(self):
        self.check(stop="2026-12-08 17:00:00", start="2026-12-08 09:00:00")
        self.assertRefused(
            "at most eight hours",
            start="2026-12-08 08:59:00",
            stop="2026-12-08 17:00:00",
        )

    def test_notice_of_the_survey(self):
        self.survey.cc_appointment_notice_hours = 25
        self.check()
        self.assertRefused(
            "at the earliest 25 hours from now", start="2026-12-08 09:59:00"
        )

    def test_nothing_is_agreed_for_the_past(self):
        times = {"start": "2026-12-07 08:59:00", "stop": "2026-12-07 09:59:00"}
        self.assertRefused("cannot be in the past", **times)

    def test_two_years_ahead_at_most(self):
        for year in (2029, 9999):
            times = {
                "start": f"{year}-12-07 10:00:00",
                "stop": f"{year}-12-07 11:00:00",
            }
            self.assertRefused("at most two years ahead", **times)

    def test_a_later_correction_needs_no_notice(self):
        self.survey.cc_appointment_notice_hours = 24
        self.agree()
        with freeze_time("2026-12-08 09:00:00"):
            self.check(notes="Back door")
            self.check(stop="2026-12-08 11:30:00")
            self.assertRefused("at the earliest", start="2026-12-08 10:15:00")

    # === WORKING HOURS === #

    def test_hours_of_the_company_where_the_rep_is(self):
        # 8 to 18 in Berlin is 7 to 17 UTC in winter
        self.check(start="2026-12-08 07:00:00", stop="2026-12-08 08:00:00")
        self.check(start="2026-12-08 16:00:00", stop="2026-12-08 17:00:00")
        for start, stop in (("06:59", "08:00"), ("16:00", "17:01"), ("20:00", "21:00")):
            with self.subTest(start=start):
                self.assertRefused(
                    "rep_1 does not work at that time",
                    start=f"2026-12-08 {start}:00",
                    stop=f"2026-12-08 {stop}:00",
                )

    def test_no_work_on_a_weekend(self):
        self.assertRefused(
            "does not work", start="2026-12-12 10:00:00", stop="2026-12-12 11:00:00"
        )

    def test_mornings_and_afternoons_that_touch_are_one(self):
        self.calendar.attendance_ids = self._halves(8, 12, 18)
        self.check(start="2026-12-08 10:30:00", stop="2026-12-08 11:30:00")
        self.calendar.attendance_ids = self._halves(8, 12, 18, pause=1)
        self.assertRefused(
            "does not work", start="2026-12-08 10:30:00", stop="2026-12-08 11:30:00"
        )

    def _halves(self, start, middle, end, pause=0):
        return [Command.clear()] + [
            Command.create(
                {"name": "Half", "dayofweek": "1", "hour_from": first, "hour_to": last}
            )
            for first, last in ((start, middle), (middle + pause, end))
        ]

    def test_own_hours_of_the_rep_come_first(self):
        self.create_resource(self.rep_1, self._create_working_hours(hours=(12, 16)))
        self.check(start="2026-12-08 11:00:00", stop="2026-12-08 12:00:00")
        self.assertRefused("does not work")

    def test_a_rep_without_hours_works_when_he_wants(self):
        self.create_resource(self.rep_1, self.env["resource.calendar"])
        self.check(start="2026-12-12 20:00:00", stop="2026-12-12 21:00:00")

    def test_a_company_without_hours_checks_none(self):
        self.survey.cc_company_id.resource_calendar_id = False
        self.check(start="2026-12-12 20:00:00", stop="2026-12-12 21:00:00")

    def test_hours_follow_the_clock_change(self):
        # Monday after the clocks went forward: 8 in Berlin is 6 UTC
        self.check(start="2027-03-29 06:00:00", stop="2027-03-29 07:00:00")
        self.check(start="2027-03-26 07:00:00", stop="2027-03-26 08:00:00")
        self.assertRefused(
            "does not work", start="2027-03-26 06:00:00", stop="2027-03-26 07:00:00"
        )
        # and after they went back
        self.check(start="2027-11-01 07:00:00", stop="2027-11-01 08:00:00")
        self.assertRefused(
            "does not work", start="2027-11-01 06:00:00", stop="2027-11-01 07:00:00"
        )

    # === AWAY === #

    def create_resource(self, rep, calendar):
        return self.env["resource.resource"].create(
            {
                "name": rep.name,
                "user_id": rep.id,
                "calendar_id": calendar.id,
                "company_id": self.survey.cc_company_id.id,
            }
        )

    def create_leave(self, calendar=None, resource=None, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "calendar_id": calendar and calendar.id,
                "resource_id": resource and resource.id,
                "company_id": self.survey.cc_company_id.id,
                "date_from": "2026-12-08 10:30:00",
                "date_to": "2026-12-08 15:00:00",
            }
            | values
        )

    def test_nobody_works_on_a_public_holiday(self):
        self.create_leave(self.calendar)
        self.assertRefused("does not work")
        self.check(start="2026-12-08 15:00:00", stop="2026-12-08 16:00:00")

    def test_a_rep_who_is_away_makes_no_visits(self):
        resource = self.create_resource(self.rep_1, self.calendar)
        self.create_leave(self.calendar, resource)
        self.assertRefused("does not work")
        self.check(rep_id=self.rep_2.id)

    def test_a_rep_without_hours_may_be_away_too(self):
        resource = self.create_resource(self.rep_1, self.env["resource.calendar"])
        self.create_leave(resource=resource)
        self.assertRefused("does not work")

    def test_holidays_of_another_company_do_not_count(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        leave = self.create_leave()
        self.assertRefused("does not work")
        leave.company_id = company
        self.check()

    # === TAKEN === #

    def test_nobody_is_in_two_places(self):
        self.agree(self.p2)
        self.assertRefused(
            r"rep_1 has another appointment at that time \(12/08/2026, 11:30.AM"
            r" – 12:30.PM\)",
            start="2026-12-08 10:30:00",
            stop="2026-12-08 11:30:00",
        )
        self.check(start="2026-12-08 11:00:00", stop="2026-12-08 12:00:00")
        self.check(start="2026-12-08 09:00:00", stop="2026-12-08 10:00:00")
        self.check(rep_id=self.rep_2.id)

    def test_an_appointment_may_overlap_its_own_former_time(self):
        self.survey.cc_busy_policy = "block"
        self.agree()
        self.check(start="2026-12-08 10:30:00", stop="2026-12-08 11:30:00")

    def test_meetings_of_the_rep_refuse_if_the_survey_says_so(self):
        self.survey.cc_busy_policy = "block"
        self.create_meeting(self.rep_1, "2026-12-08 10:59:00", "2026-12-08 12:00:00")
        self.assertRefused("rep_1 has a meeting at that time")
        self.check(rep_id=self.rep_2.id)
        self.assertIs(self.warning(), False)

    def test_meetings_of_the_rep_warn_otherwise(self):
        self.create_meeting(self.rep_1, "2026-12-08 10:59:00", "2026-12-08 12:00:00")
        self.check()
        self.assertRegex(self.warning(), "rep_1 has a meeting at that time")
        self.assertIs(self.warning(rep_id=self.rep_2.id), False)

    def test_agent_is_warned_during_the_call(self):
        self.create_meeting(self.rep_1, "2026-12-08 10:59:00", "2026-12-08 12:00:00")
        self.p1.callback_user_id = self.agent_a
        uuid = self.pick(self.agent_a)["call_uuid"]
        check = self.contacts_as(self.agent_a).cc_check_appointment
        self.assertRegex(check(uuid, self.vals())["warning"], "has a meeting")
        self.assertEqual(check("x", self.vals()), {"warning": False})
        with self.assertRaisesRegex(ValidationError, "not an appointment"):
            check(uuid, "x")

    def test_what_is_not_complete_yet_warns_of_nothing(self):
        for name in ("rep_id", "start", "stop"):
            self.assertIs(self.warning(**{name: False}), False)

    def test_meetings_that_touch_do_not_count(self):
        self.create_meeting(self.rep_1, "2026-12-08 09:00:00", "2026-12-08 10:00:00")
        self.create_meeting(self.rep_1, "2026-12-08 11:00:00", "2026-12-08 12:00:00")
        self.assertIs(self.warning(), False)

    def test_meetings_that_keep_nobody_busy_do_not_count(self):
        times = ("2026-12-08 10:00:00", "2026-12-08 11:00:00")
        self.create_meeting(self.rep_1, *times, show_as="free")
        self.create_meeting(self.rep_1, *times).attendee_ids.state = "declined"
        self.create_meeting(self.rep_1, *times).active = False
        self.assertIs(self.warning(), False)

    def test_a_meeting_of_a_whole_day_is_the_day_of_the_rep(self):
        day = datetime(2026, 12, 8)
        self.create_meeting(self.rep_1, day, day, allday=True)
        late = {"start": "2026-12-08 16:00:00", "stop": "2026-12-08 17:00:00"}
        self.assertRegex(self.warning(**late), "rep_1 has a meeting")
        next_day = {
            name: datetime.fromisoformat(time) + timedelta(hours=15)
            for name, time in late.items()
        }
        self.assertIs(self.warning(**next_day), False)

    def test_the_own_event_warns_of_nothing(self):
        self.agree()
        self.assertIs(self.warning(start="2026-12-08 10:30:00"), False)

    # === TEXTS === #

    def test_address_is_required_if_the_survey_says_so(self):
        for address in (False, "", " \n", None):
            self.assertRefused("Say where the appointment is", address=address)
        self.survey.cc_address_required = False
        self.check(address=False)

    def test_texts_have_a_length(self):
        self.check(address="a" * 1000, notes="n" * 10_000)
        self.assertRefused("“Address” is longer than 1000", address="a" * 1001)
        self.assertRefused("“Notes” is longer than 10000", notes="n" * 10_001)

    def test_texts_are_texts(self):
        for junk in ("a\0b", 5, ["a"], {"a": 1}, True):
            with self.subTest(junk=junk):
                self.assertRefused("unknown characters", notes=junk)

    def test_unknown_values_are_ignored(self):
        appointment = self.agree(state="held", company_id=0, sudo=True)
        self.assertEqual(appointment.state, "planned")

    def test_junk_is_no_appointment(self):
        contact = self.p1.with_user(self.agent_a)
        for junk in ("x", 5, [1], None):
            with self.assertRaisesRegex(ValidationError, "This is not an appointment"):
                contact._cc_check_appointment(junk)
