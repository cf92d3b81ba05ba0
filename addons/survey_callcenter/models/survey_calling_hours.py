from collections import defaultdict
from datetime import timedelta

from odoo import api, models, tools
from odoo.fields import Domain

from ..tools import calling_window

MINUTE = timedelta(minutes=1)


class SurveySurvey(models.Model):
    """When the contacts of a survey may be called, by the clock where they are."""

    _inherit = "survey.survey"

    # === BUSINESS METHODS === #

    def _cc_open_zones(self, now):
        """Return the time zones of the list that may be called now; ``None``: all."""
        self.ensure_one()
        window = self._cc_get_window()
        if window is None:
            return None
        return [tz for tz in self.cc_time_zones or [] if window.is_open(now, tz)]

    def _cc_is_calling_time(self, at, tz):
        """Return whether people in a time zone may be called then.

        :param at: UTC
        """
        window = self._cc_get_window()
        return window is None or window.is_open(at, self._cc_get_tz(tz))

    def _cc_next_calling_time(self, at, tz):
        """Return when people in a time zone may be called from ``at`` on.

        It is ``at`` itself if nothing is open for 60 days: the call is then due, and
        waits until somebody corrects the calling hours.

        :param at: UTC
        """
        window = self._cc_get_window()
        if window is None:
            return at
        return window.next_open(at, self._cc_get_tz(tz)) or at

    def _cc_local_midnight(self, now, tz):
        """Return the UTC time at which the day began that it is there now."""
        return calling_window.local_midnight(now, self._cc_get_tz(tz))

    def _cc_get_tz(self, tz):
        # Agents have no right to read calendars of others.
        return tz or self.sudo().cc_calendar_id.tz or "UTC"

    def _cc_get_window(self):
        """Return the calling hours without the holidays, or ``None``: at any time."""
        # Agents may read neither the survey nor the calendars of another company.
        survey_sudo = self.sudo()
        if not survey_sudo.cc_calendar_id:
            return None
        return self._cc_build_window(
            survey_sudo.cc_calendar_id.id, survey_sudo.cc_company_id.id
        )

    @api.model
    @tools.ormcache("calendar_id", "company_id")
    def _cc_build_window(self, calendar_id, company_id):
        """Read the calling hours; kept, since each "next contact" asks for them."""
        # The same for all users, see _cc_get_window.
        calendar_sudo = self.env["resource.calendar"].sudo().browse(calendar_id)
        return calling_window.CallingWindow(
            self._cc_read_hours(calendar_sudo),
            self._cc_read_holidays(calendar_sudo, company_id),
        )

    def _cc_read_hours(self, calendar):
        """Return the hours of each of the fourteen days of a two-week calendar.

        The weeks alternate as Odoo's calendars do. Breaks are no calling hours.
        """
        hours = defaultdict(list)
        for row in calendar.attendance_ids:
            if not row._is_work_period():
                continue
            span = (timedelta(hours=row.hour_from), timedelta(hours=row.hour_to))
            weeks = (0, 1)
            if calendar.two_weeks_calendar:
                weeks = (int(row.week_type),)
            for week in weeks:
                hours[7 * week + int(row.dayofweek)].append(span)
        return dict(hours)

    def _cc_read_holidays(self, calendar, company_id):
        """Return the public holidays as readings of the clock of the calendar.

        Odoo keeps the moment at which a holiday begins; people elsewhere have it on the
        same date by their own clock.
        """
        leaves = self.env["resource.calendar.leaves"].sudo()  # as the calendar is
        holidays = leaves.search(self._cc_holiday_domain(calendar, company_id))
        return [
            (
                calling_window.to_local(leave.date_from, calendar.tz),
                self._cc_end_of_minute(
                    calling_window.to_local(leave.date_to, calendar.tz)
                ),
            )
            for leave in holidays
        ]

    def _cc_holiday_domain(self, calendar, company_id):
        of_company = Domain("calendar_id", "=", False) & Domain(
            "company_id", "in", [company_id, False]
        )
        return (
            Domain("resource_id", "=", False)
            & Domain("time_type", "=", "leave")
            & (Domain("calendar_id", "=", calendar.id) | of_company)
        )

    def _cc_end_of_minute(self, end):
        """Return the next minute for a holiday that ends at, say, 23:59:59."""
        if end.second < 59:
            return end
        return end.replace(second=0, microsecond=0) + MINUTE
