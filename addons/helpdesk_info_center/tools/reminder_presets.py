"""When an agent is reminded: at nine in the morning of a day, where he is."""

from datetime import UTC, datetime, time, timedelta

NINE = time(9)


def next_morning(preset, now, zone):
    """Return nine o'clock of a coming day.

    :param preset: ``tomorrow``, ``three_days`` or ``monday`` (the next, not today)
    :param now: a moment in UTC, without time zone as Odoo stores it
    :param zone: the time zone of the agent, of pytz
    :returns: the moment in UTC, without time zone
    """
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    days = {
        "tomorrow": 1,
        "three_days": 3,
        "monday": 7 - today.weekday(),
    }[preset]
    morning = datetime.combine(today + timedelta(days=days), NINE)
    # pytz picks summer or winter time by the day itself.
    return zone.localize(morning).astimezone(UTC).replace(tzinfo=None)
