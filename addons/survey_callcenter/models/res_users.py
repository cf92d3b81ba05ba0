from datetime import timedelta

from pytz import timezone, utc

from odoo import models
from odoo.fields import Domain
from odoo.tools.intervals import Intervals

from ..tools.calling_window import to_utc

NOTHING = frozenset()


class ResUsers(models.Model):
    """When a representative works, is away, or sits in a meeting.

    His working hours are those of his resource (an employee has one), else those of the
    company. Times are given and returned in UTC.
    """

    _inherit = "res.users"

    def _cc_is_working(self, start, stop, company):
        """Whether the whole period lies in the hours in which a user works."""
        return any(
            first <= start and stop <= last
            for first, last in self._cc_get_working_periods(start, stop, company)
        )

    def _cc_get_working_periods(self, start, stop, company):
        """Return when a user works, without his leaves and the public holidays."""
        self.ensure_one()
        resource = self._cc_get_resource(company)
        calendar = resource.calendar_id or (
            # an employee without working hours works when he wants to
            self.env["resource.calendar"] if resource else company.resource_calendar_id
        )
        bounds = utc.localize(start), utc.localize(stop)
        tz = self._cc_get_time_zone(company)
        away = calendar._leave_intervals_batch(
            *bounds, resource, self._cc_leave_domain(company), tz
        )[resource.id]
        hours = [bounds]
        if calendar:
            hours = calendar._attendance_intervals_batch(*bounds, tz=tz)[False]
        # mornings and afternoons that touch are one period: two sets, merged by this
        periods = _to_utc(hours) - _to_utc(away)
        return [(first, last) for first, last, _nothing in periods]

    def _cc_get_resource(self, company):
        resources = self.resource_ids.filtered("active")
        return (
            resources.filtered(lambda resource: resource.company_id == company)
            or resources
        )[:1]

    def _cc_leave_domain(self, company):
        return [("time_type", "=", "leave"), ("company_id", "in", [False, company.id])]

    def _cc_get_time_zone(self, company):
        """Return where a user's hours and days are reckoned."""
        return timezone(self.tz or company.resource_calendar_id.tz or "UTC")

    def _cc_get_meetings(self, start, stop, own_event):
        """Return meetings of a user that overlap a period; those that touch do not.

        :param own_event: the event of the appointment that is about to move
        """
        self.ensure_one()
        a_day = timedelta(days=1)  # events of whole days have hours that mean nothing
        events = self.env["calendar.event"].search(
            Domain("attendee_ids", "any", self._cc_attendee_domain())
            & Domain("show_as", "=", "busy")
            & Domain("stop", ">", start - a_day)
            & Domain("start", "<", stop + a_day)
            & Domain("id", "not in", own_event.ids)
        )
        return events.filtered(lambda event: self._cc_overlaps(event, start, stop))

    def _cc_attendee_domain(self):
        return [("partner_id", "=", self.partner_id.id), ("state", "!=", "declined")]

    def _cc_overlaps(self, event, start, stop):
        first, last = self._cc_get_event_period(event)
        return first < stop and start < last

    def _cc_get_event_period(self, event):
        """Return from when to when an event keeps a user busy."""
        if not event.allday:
            return event.start, event.stop
        tz = self.tz or event.event_tz or "UTC"
        first = event.start.replace(hour=0, minute=0, second=0)
        last = event.stop.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        return to_utc(first, tz), to_utc(last, tz)


def _to_utc(intervals):
    return Intervals(
        (_naive(first), _naive(last), NOTHING) for first, last, *_record in intervals
    )


def _naive(at):
    """Return a time in UTC; hours until 24:00 end a microsecond early in Odoo."""
    rest = timedelta(microseconds=1 if at.microsecond else 0)
    return at.astimezone(utc).replace(tzinfo=None) + rest
