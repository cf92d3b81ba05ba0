from datetime import datetime, time, timedelta

from odoo import fields, models

from ..tools.calling_window import to_utc
from .appointment_check import FARTHEST

# What is proposed of the day of somebody who has no working hours.
WAKING_HOURS = (time(8), time(20))


class SurveySurvey(models.Model):
    """Which times an agent may propose for a visit."""

    _inherit = "survey.survey"

    def _cc_free_slots(self, rep, day, moving=None):
        """Return the free times of a representative on a day where he is.

        :param day: a date, or its text
        :param moving: the appointment that is about to be moved; its time is free
        :return: [{"start", "stop"}], texts in UTC
        """
        self.ensure_one()
        day = fields.Date.to_date(day)
        if not self._is_day_to_propose(day):
            return []
        survey_sudo = self.sudo()  # reads the calendars of representatives
        rep_sudo = rep.sudo()
        bounds = survey_sudo._get_slot_bounds(rep_sudo, day)
        working = rep_sudo._cc_get_working_periods(*bounds, self.sudo().cc_company_id)
        taken = survey_sudo._get_taken_periods(rep_sudo, *bounds, moving)
        return [
            {
                "start": fields.Datetime.to_string(start),
                "stop": fields.Datetime.to_string(stop),
            }
            for start, stop in survey_sudo._get_slots(working)
            if not any(first < stop and start < last for first, last in taken)
        ]

    def _is_day_to_propose(self, day):
        """Whether an appointment could be agreed on a day, somewhere in the world."""
        today = fields.Date.today()
        one_day = timedelta(days=1)
        return today - one_day <= day <= today + FARTHEST + one_day

    def _get_slot_bounds(self, rep, day):
        """Return from when to when times of a day may be proposed, in UTC."""
        company = self.cc_company_id
        tz = rep._cc_get_time_zone(company)
        hours = time.min, time.min
        is_free = rep._cc_get_resource(company) or not company.resource_calendar_id
        if is_free and not rep._cc_get_resource(company).calendar_id:
            hours = WAKING_HOURS
        next_day = day + timedelta(days=1) if hours[1] == time.min else day
        bounds = (datetime.combine(day, hours[0]), datetime.combine(next_day, hours[1]))
        return tuple(to_utc(bound, tz.zone) for bound in bounds)

    def _get_slots(self, working):
        """Return the working periods, cut into pieces as long as an appointment."""
        length = timedelta(minutes=self.cc_appointment_minutes)
        notice = timedelta(hours=self.cc_appointment_notice_hours)
        earliest = fields.Datetime.now() + notice
        slots = []
        for start, last in working:
            while start + length <= last:
                if start >= earliest:
                    slots.append((start, start + length))
                start += length
        return slots

    def _get_taken_periods(self, rep, start, stop, moving):
        moving_sudo = (moving or self.env["survey.callcenter.appointment"]).sudo()
        appointments = moving_sudo._find_others(rep, start, stop)
        taken = [(taken.start, taken.stop) for taken in appointments]
        if self.cc_busy_policy == "block":
            events = rep._cc_get_meetings(start, stop, moving_sudo.event_id)
            taken += [rep._cc_get_event_period(event) for event in events]
        return taken
