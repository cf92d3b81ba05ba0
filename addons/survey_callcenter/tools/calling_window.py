"""When people may be called: weekly hours and holidays of the place where they are.

All hours and holidays are readings of a wall clock. In the night when clocks go back an
hour is read twice, and open twice; an hour that clocks skip is never read.
"""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS_OF_TWO_WEEKS = 14
DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def get_zone(name):
    """Return the time zone of this name; unknown names count as UTC."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError, TypeError):  # whatever tzdata lacks
        return ZoneInfo("UTC")


def to_local(at_utc, tz):
    """Return what the wall clock shows there, without the zone."""
    return at_utc.replace(tzinfo=UTC).astimezone(get_zone(tz)).replace(tzinfo=None)


def to_utc(local, tz, fold=0):
    """Return when the wall clock shows this, for the first or the second time.

    A reading that clocks skip is the time as if they had not been changed yet.
    """
    zoned = local.replace(tzinfo=get_zone(tz), fold=fold)
    return zoned.astimezone(UTC).replace(tzinfo=None)


def local_midnight(at_utc, tz):
    """Return the UTC time at which the local day of ``at_utc`` has begun."""
    return to_utc(datetime.combine(to_local(at_utc, tz), time.min), tz)


def get_day_number(day):
    """Return which of the fourteen days of Odoo's two-week calendars a date is."""
    return (day.toordinal() - 1) % DAYS_OF_TWO_WEEKS


class CallingWindow:
    """Weekly hours without holidays, the same readings of the clock in every zone.

    :param hours: ``{number of the day of two weeks: [(start, end), ...]}``, each a
        ``timedelta`` since midnight
    :param holidays: ``[(start, end), ...]``, each a ``datetime`` without a zone
    """

    def __init__(self, hours, holidays=()):
        self._hours = hours
        self._holidays = sorted(holidays)

    def is_open(self, at_utc, tz):
        """Return whether people in the zone may be called at this UTC time."""
        local = to_local(at_utc, tz)
        return self._is_within_hours(local) and not self._is_holiday(local)

    def next_open(self, at_utc, tz, days=60):
        """Return the first UTC time from ``at_utc`` on at which it is open.

        It is ``None`` if it is not open within so many days.
        """
        if self.is_open(at_utc, tz):
            return at_utc
        first_day = datetime.combine(to_local(at_utc, tz), time.min)
        for offset in range(days + 1):
            found = [
                moment
                for moment in self._get_moments(first_day + offset * DAY, tz)
                if moment >= at_utc and self.is_open(moment, tz)
            ]
            if found:
                return min(found)
        return None

    def _is_within_hours(self, local):
        midnight = datetime.combine(local, time.min)
        return any(
            start <= local - midnight < end
            for start, end in self._hours.get(get_day_number(local), ())
        )

    def _is_holiday(self, local):
        return any(start <= local < end for start, end in self._holidays)

    def _get_moments(self, day, tz):
        """Return all UTC times of a local day at which it may become open."""
        hours = self._hours.get(get_day_number(day), ())
        if not hours:
            return set()
        starts = [day + start for start, _end in hours]
        ends = [end for _start, end in self._holidays if day <= end < day + DAY]
        moments = {
            to_utc(local, tz, fold) for local in starts + ends for fold in (0, 1)
        }
        return moments | _get_clock_changes(day, tz)


def _get_clock_changes(day, tz):
    """Return the UTC time at which clocks are changed on a local day, as a set."""
    before, after = to_utc(day, tz), to_utc(day + DAY, tz)
    offset = to_local(before, tz) - before
    if to_local(after, tz) - after == offset:
        return set()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if to_local(middle, tz) - middle == offset:
            before = middle
        else:
            after = middle
    return {after.replace(microsecond=0)}
