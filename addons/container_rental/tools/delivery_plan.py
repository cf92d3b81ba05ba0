"""When a container can be delivered, and when it has to be back.

Plain calendar arithmetic without records: delivery days, cut-off time, holidays.

Example: a customer is served on Mondays and Thursdays and orders on a Tuesday.
Before the cut-off he is served on Thursday, after it with the delivery after next,
on Monday::

    rules = DeliveryRules(ZoneInfo("Europe/Berlin"), weekdays=frozenset({0, 3}))
    rules.plan(datetime(2026, 12, 1, 12, 0, 1, tzinfo=timezone.utc)).earliest
    # 2026-12-07
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
HORIZON = timedelta(days=400)  # how far ahead a customer may wish for a day


@dataclass(frozen=True)
class DeliveryRules:
    """What decides about the delivery days of one customer address."""

    zone: ZoneInfo
    weekdays: frozenset[int]  # 0 = Monday
    cutoff: float = 13.0  # hour of the day; that very second is still on time
    cutoff_rule: str = "daily"  # or "before_delivery"
    lead_days: int = 1
    closed: Mapping[date, str] = field(default_factory=dict)  # day -> why
    exceptions: frozenset[date] = frozenset()  # closed days that are no holidays
    extra: frozenset[date] = frozenset()

    def is_regular_day(self, day: date) -> bool:
        """Whether the customer is usually served on such a day, holiday or not."""
        return day.weekday() in self.weekdays or day in self.extra

    def is_delivery_day(self, day: date) -> bool:
        if day in self.extra:
            return True
        return day.weekday() in self.weekdays and day not in self.closed

    def delivery_days(self, start: date) -> Iterator[date]:
        """Yield the delivery days from ``start`` on, for as long as can be planned."""
        if not self.weekdays:
            return
        for offset in range(2 * HORIZON.days):
            day = start + offset * ONE_DAY
            if self.is_delivery_day(day):
                yield day

    def plan(self, now: datetime) -> "DeliveryPlan":
        """Return what a customer who orders at the moment ``now`` can get."""
        local = now.astimezone(self.zone)
        today = local.date()
        days = list(islice(self.delivery_days(today + self.lead_days * ONE_DAY), 2))
        next_day, next_but_one = (days + [None, None])[:2]
        is_late = bool(next_day) and self._is_after_cutoff(local, next_day)
        return DeliveryPlan(self, today, is_late, next_day, next_but_one)

    def return_day(self, issued_on: date, rental_days: int) -> date:
        """Return the day by which a container has to be back.

        The lorry that delivers also collects: the last delivery day within the rental
        period, or the first one after it if there is none.
        """
        due = issued_on + rental_days * ONE_DAY
        if not self.weekdays:
            return due
        for offset in range((due - issued_on).days):
            if self.is_delivery_day(due - offset * ONE_DAY):
                return due - offset * ONE_DAY
        return next(self.delivery_days(due), due)

    def _is_after_cutoff(self, local: datetime, next_day: date) -> bool:
        if self.cutoff_rule == "before_delivery":
            # The lorry of a later day is not loaded yet.
            if next_day - local.date() > self.lead_days * ONE_DAY:
                return False
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return seconds > round(self.cutoff * 3600)


@dataclass(frozen=True)
class DeliveryPlan:
    """What a customer can get at one moment, before he wishes for a certain day."""

    rules: DeliveryRules
    today: date
    is_late: bool
    next_day: date | None
    next_but_one: date | None

    @property
    def earliest(self) -> date | None:
        return self.next_but_one if self.is_late else self.next_day

    def decide(self, wish: date | None = None) -> "DeliveryDecision":
        """Return when the customer is served who wishes for the day ``wish``."""
        start = self.earliest
        if start and wish:
            start = max(start, min(wish, self.today + HORIZON))
        delivery = next(self.rules.delivery_days(start), None) if start else None
        return DeliveryDecision(self, wish, delivery)


@dataclass(frozen=True)
class DeliveryDecision:
    """The day on which a customer is served, and what is to be said about his wish."""

    plan: DeliveryPlan
    wish: date | None
    delivery: date | None

    @property
    def is_past(self) -> bool:
        return bool(self.wish) and self.wish < self.plan.today

    @property
    def is_too_far(self) -> bool:
        return bool(self.wish) and self.wish > self.plan.today + HORIZON

    @property
    def is_off_day(self) -> bool:
        """Whether the customer is never served on such a weekday."""
        rules = self.plan.rules
        return bool(
            self.wish and rules.weekdays and not rules.is_regular_day(self.wish)
        )

    @property
    def is_holiday(self) -> bool:
        rules = self.plan.rules
        return self.wish in rules.closed and self.wish not in rules.extra

    @property
    def is_too_early(self) -> bool:
        return bool(self.wish and self.plan.earliest) and self.wish < self.plan.earliest

    @property
    def skipped(self) -> list[tuple[date, str, str]]:
        """The days on which the customer is usually served but will not be.

        :return: ``(day, "closed", why)`` or ``(day, "cutoff", "")``, by day
        """
        if not self.delivery:
            return []
        rules, plan = self.plan.rules, self.plan
        day = plan.today + rules.lead_days * ONE_DAY
        if self.wish and self.wish > plan.earliest:
            day = self.wish  # what lies before was not wished for
        skipped = []
        while day < self.delivery:
            if rules.is_regular_day(day) and not rules.is_delivery_day(day):
                skipped.append((day, "closed", rules.closed[day]))
            elif plan.is_late and day == plan.next_day:
                skipped.append((day, "cutoff", ""))
            day += ONE_DAY
        return skipped
