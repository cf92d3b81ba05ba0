"""What the addon is meant to cost, as ratios to something in the same run."""

from dataclasses import dataclass

import questions as q

# A page against itself varies by so much.
TOLERANCE = 1.10

PORTAL_LISTS = (q.ONSITE_SMALL, q.ONSITE_HUGE, q.ONSITE_LAST, q.HISTORY_FIRST)


@dataclass
class Limit:
    what: str
    value: float
    most: float
    tolerance: float = TOLERANCE
    note: str = ""

    @property
    def is_reached(self):
        return self.value <= self.most * self.tolerance

    def __str__(self):
        mark = "" if self.value <= self.most else " (!)"
        return (
            f"{self.what} {self.value:.3g} of at most {self.most:.3g}{mark}{self.note}"
        )


def lines(cases, smaller=None):
    """One line per goal.

    :param cases: cases by name
    :param smaller: the same of a smaller database, if there is one
    """

    def ratio(name, other, most):
        value = cases[name].median / cases[other].median
        # On a busy machine the fastest answers say more than those in the middle.
        fastest = min(cases[name].milliseconds) / min(cases[other].milliseconds)
        note = f"; of the fastest {fastest:.3g}"
        return Limit(f"{name} / {other}", value, most, note=note)

    def queries(name, most):
        # They are exact: no tolerance.
        return Limit(f"queries of {name}", cases[name].queries, most, tolerance=1)

    goals = {
        "CR1 containers in the portal": [
            ratio(q.ONSITE_HUGE, q.ORDERS, 0.70),
            ratio(q.ONSITE_HUGE, q.FLOOR, 1.35),
            *(queries(name, 9) for name in PORTAL_LISTS),
        ],
        "CR2 request": [ratio(q.SUBMIT, q.ADDRESS, 1.1), queries(q.SUBMIT, 26)],
        "CR3 check of a day": [ratio(q.CHECK, q.FLOOR_JSON, 1.5), queries(q.CHECK, 4)],
        "CR4 back office": [
            ratio(q.REQUEST_LIST, q.ORDER_LIST, 0.70),
            queries(q.REQUEST_LIST, 12),
            ratio(q.APPROVE_MANY, q.APPROVE_ONE, 10),
        ],
    }
    if smaller:
        goals["CR1 containers in the portal"] += [
            Limit(f"growth of {name}", cases[name].median / smaller[name].median, 1.15)
            for name in PORTAL_LISTS
        ]
    for title, limits in goals.items():
        is_reached = all(limit.is_reached for limit in limits)
        yield f"{title}: {'reached' if is_reached else 'NOT REACHED'}"
        yield from (f"    {limit}" for limit in limits)
