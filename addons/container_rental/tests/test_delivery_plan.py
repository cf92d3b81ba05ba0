from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from odoo.addons.container_rental.tools.delivery_plan import DeliveryRules

MO, DO, FR = 0, 3, 4
EASTER = {
    date(2027, 3, 26): "Karfreitag",
    date(2027, 3, 29): "Ostermontag",
}
YEAR_END = {date(2026, 12, 25): "1. Weihnachtstag", date(2027, 1, 1): "Neujahr"}

# now (UTC), days, closed, late, next, next but one, earliest daily, before_delivery
REFERENCE = [
    ("2026-12-01 11:59:59", {MO, DO}, {}, False, "12-03", "12-07", "12-03", "12-03"),
    ("2026-12-01 12:00:00", {MO, DO}, {}, False, "12-03", "12-07", "12-03", "12-03"),
    ("2026-12-01 12:00:01", {MO, DO}, {}, True, "12-03", "12-07", "12-07", "12-03"),
    ("2026-10-24 11:30:00", {MO, DO}, {}, True, "10-26", "10-29", "10-29", "10-26"),
    ("2026-10-25 11:30:00", {MO, DO}, {}, False, "10-26", "10-29", "10-26", "10-26"),
    (
        "2027-03-27 11:30:00",
        {MO, DO},
        EASTER,
        False,
        "04-01",
        "04-05",
        "04-01",
        "04-01",
    ),
    ("2027-03-28 11:30:00", {MO, DO}, EASTER, True, "04-01", "04-05", "04-05", "04-01"),
    ("2026-12-24 10:00:00", {FR}, YEAR_END, False, "01-08", "01-15", "01-08", "01-08"),
    ("2026-12-24 13:00:00", {FR}, YEAR_END, True, "01-08", "01-15", "01-15", "01-08"),
    (
        "2026-12-31 23:30:00",
        {MO, DO},
        YEAR_END,
        False,
        "01-04",
        "01-07",
        "01-04",
        "01-04",
    ),
    ("2026-11-30 13:00:00", {MO}, {}, True, "12-07", "12-14", "12-14", "12-07"),
    # The day before a delivery, after the cut-off: late under both rules.
    ("2026-12-06 13:00:00", {MO, DO}, {}, True, "12-07", "12-10", "12-10", "12-10"),
]


def rules(days, **values):
    return DeliveryRules(ZoneInfo("Europe/Berlin"), frozenset(days), **values)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@tagged("-at_install", "post_install")
class TestDeliveryPlan(BaseCase):
    """When an order of a certain moment is delivered, without any record."""

    def test_reference_table(self):
        for now, days, closed, late, *expected in REFERENCE:
            with self.subTest(now=now, days=days):
                daily = rules(days, closed=closed).plan(moment(now))
                before = rules(days, closed=closed, cutoff_rule="before_delivery").plan(
                    moment(now)
                )
                found = (
                    daily.next_day,
                    daily.next_but_one,
                    daily.earliest,
                    before.earliest,
                )
                self.assertEqual(daily.is_late, late)
                self.assertEqual([f"{day:%m-%d}" for day in found], expected)

    def test_the_cutoff_of_a_rule_before_delivery_counts_only_the_day_before(self):
        plan = rules({MO, DO}, cutoff_rule="before_delivery").plan
        self.assertFalse(plan(moment("2026-12-05 13:00:00")).is_late, "Saturday")
        self.assertTrue(plan(moment("2026-12-06 13:00:00")).is_late, "Sunday")

    def test_without_delivery_days_nothing_is_late_or_planned(self):
        plan = rules(set(), extra=frozenset({date(2026, 12, 2)})).plan(
            moment("2026-12-01 20:00:00")
        )
        self.assertFalse(plan.is_late)
        self.assertIsNone(plan.earliest)
        self.assertIsNone(plan.decide(date(2026, 12, 3)).delivery)

    def test_cutoff_may_lie_between_full_hours(self):
        plan = rules({MO, DO}, cutoff=14.5).plan
        self.assertFalse(plan(moment("2026-12-01 13:30:00")).is_late)
        self.assertTrue(plan(moment("2026-12-01 13:30:01")).is_late)

    def test_lead_time_of_zero_delivers_on_the_same_day(self):
        plan = rules({MO, DO}, lead_days=0).plan(moment("2026-12-03 08:00:00"))
        self.assertEqual(plan.earliest, date(2026, 12, 3))

    def test_lead_time_of_three_days_skips_the_next_delivery(self):
        plan = rules({MO, DO}, lead_days=3).plan(moment("2026-12-01 08:00:00"))
        self.assertEqual(plan.earliest, date(2026, 12, 7))

    def test_an_extra_day_is_a_delivery_day_even_on_a_holiday(self):
        extra = frozenset({date(2026, 12, 25)})
        plan = rules({MO}, closed=YEAR_END, extra=extra).plan(
            moment("2026-12-24 08:00:00")
        )
        self.assertEqual(plan.next_day, date(2026, 12, 25))
        self.assertFalse(plan.decide(date(2026, 12, 25)).is_holiday)
        self.assertFalse(plan.decide(date(2026, 12, 25)).is_off_day)

    def test_a_wish_is_met_on_its_day(self):
        decision = self._decide(date(2026, 12, 10))
        self.assertEqual(decision.delivery, date(2026, 12, 10))
        self.assertFalse(decision.is_off_day or decision.is_holiday)
        self.assertFalse(decision.is_too_early)

    def test_a_wish_for_another_weekday_moves_to_the_next_delivery_day(self):
        decision = self._decide(date(2026, 12, 2))
        self.assertTrue(decision.is_off_day)
        self.assertEqual(decision.delivery, date(2026, 12, 3))

    def test_a_wish_for_a_holiday_moves_to_the_next_delivery_day(self):
        decision = rules({FR}, closed=YEAR_END).plan(moment("2026-12-01 09:00:00"))
        decision = decision.decide(date(2026, 12, 25))
        self.assertTrue(decision.is_holiday)
        self.assertFalse(decision.is_off_day)
        self.assertEqual(decision.delivery, date(2027, 1, 8))
        self.assertEqual(
            decision.skipped,
            [
                (date(2026, 12, 25), "closed", "1. Weihnachtstag"),
                (date(2027, 1, 1), "closed", "Neujahr"),
            ],
        )

    def test_a_wish_before_the_earliest_day_moves_to_it(self):
        decision = self._decide(date(2026, 12, 1))
        self.assertTrue(decision.is_too_early)
        self.assertEqual(decision.delivery, date(2026, 12, 3))

    def test_a_wish_in_the_past_or_beyond_the_horizon_is_told(self):
        self.assertTrue(self._decide(date(2026, 11, 30)).is_past)
        self.assertFalse(self._decide(date(2026, 12, 1)).is_past)
        self.assertFalse(self._decide(date(2028, 1, 5)).is_too_far)
        self.assertTrue(self._decide(date(2028, 1, 6)).is_too_far)
        self.assertTrue(self._decide(date(9999, 12, 31)).is_too_far)

    def test_a_late_order_says_which_delivery_it_missed(self):
        plan = rules({MO, DO}).plan(moment("2026-12-01 12:00:01"))
        self.assertEqual(plan.decide().skipped, [(date(2026, 12, 3), "cutoff", "")])
        self.assertEqual(plan.decide(date(2026, 12, 10)).skipped, [])

    def test_return_is_due_on_the_last_delivery_day_within_the_period(self):
        due = rules({MO, DO}).return_day
        self.assertEqual(due(date(2026, 12, 3), 14), date(2026, 12, 17))
        self.assertEqual(due(date(2026, 12, 4), 14), date(2026, 12, 17))

    def test_return_is_due_after_the_period_if_no_delivery_lies_within(self):
        due = rules({MO}).return_day
        self.assertEqual(due(date(2026, 12, 7), 3), date(2026, 12, 14))

    def test_return_moves_off_a_holiday(self):
        due = rules({FR}, closed=YEAR_END).return_day
        self.assertEqual(due(date(2026, 12, 11), 14), date(2026, 12, 18))

    def test_return_without_delivery_days_is_the_plain_day(self):
        self.assertEqual(
            rules(set()).return_day(date(2026, 12, 3), 14), date(2026, 12, 17)
        )

    def _decide(self, wish):
        return rules({MO, DO}).plan(moment("2026-12-01 09:00:00")).decide(wish)
