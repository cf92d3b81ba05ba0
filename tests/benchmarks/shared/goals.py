"""What an addon is meant to cost, as ratios to something in the same run."""

import statistics
from dataclasses import dataclass, field

# A page against itself varies by so much.
TOLERANCE = 1.10


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


@dataclass
class Results:
    """What was measured.

    ``cases`` by name; ``smaller`` are the same of a smaller database, if there is one;
    ``figures`` by name.
    """

    cases: dict
    smaller: dict | None = None
    figures: dict = field(default_factory=dict)

    def ratio(self, name, other, most):
        value = self.cases[name].median / self.cases[other].median
        # On a busy machine the fastest answers say more than those in the middle.
        fastest = min(self.cases[name].milliseconds)
        fastest /= min(self.cases[other].milliseconds)
        note = f"; of the fastest {fastest:.3g}"
        return Limit(f"{name} / {other}", value, most, note=note)

    def queries(self, name, most):
        # They are exact: no tolerance.
        return Limit(f"queries of {name}", self.cases[name].queries, most, tolerance=1)

    def same_queries(self, *names):
        """Whether these cases have equally many queries."""
        numbers = [self.cases[name].queries for name in names]
        what = f"difference in queries: {', '.join(names)}"
        return Limit(what, max(numbers) - min(numbers), 0)

    def sql(self, name, most):
        return Limit(f"SQL ms of {name}", self.cases[name].sql_median, most)

    def first_byte(self, name, most):
        seconds = statistics.median(a.first_byte for a in self.cases[name].answers)
        return Limit(f"first byte of {name}, seconds", seconds, most)

    def figure(self, name, most):
        return Limit(name, self.figures[name], most)

    def growth(self, names, most):
        """Limits of how much slower the cases get on more data; none on one size."""
        if not self.smaller:
            return []
        return [
            Limit(
                f"growth of {name}",
                self.cases[name].median / self.smaller[name].median,
                most,
            )
            for name in names
        ]


def lines(goals):
    """What to print about goals, given as ``{title: limits}``."""
    for title, limits in goals.items():
        is_reached = all(limit.is_reached for limit in limits)
        yield f"{title}: {'reached' if is_reached else 'NOT REACHED'}"
        yield from (f"    {limit}" for limit in limits)
