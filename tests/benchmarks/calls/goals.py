"""The goals SC1 to SC5, those of 50 agents at once, and what a million may not cost."""

from shared.goals import Limit

from . import acting, crowd, freezing, raw
from . import questions as q

LISTS = (q.LIST, q.LIST_OPEN, q.LIST_DONE, q.LIST_AGENT, q.LIST_WAITING)
SEARCHES = tuple(q.SEARCH.format(title) for title in q.NAMES.values())
MOST_SQL, MOST_GROUP = 50, 1000
LIST_QUERIES, APPLY_QUERIES = 10, 14


def get_goals(results):
    ratio, queries, figure = results.ratio, results.queries, results.figure
    return {
        "50 agents at once": [
            figure(crowd.ERRORS, 0),
            figure(crowd.DOUBLES, 0),
            figure(crowd.RETRIES, 0),
            *(figure(f"{name}, ms p95", 800) for name in (crowd.BURST, crowd.NEXT)),
            *(figure(f"{name}, ms max", 1500) for name in (crowd.BURST, crowd.NEXT)),
            _exactly(results, f"{crowd.LEFT}different contacts", crowd.SIXTY),
            _exactly(results, f"{crowd.LEFT}none left", 40),
        ],
        "SC1 next contact of 8 agents": [
            _ratio(results, f"{crowd.PICKS}, ms p99", f"{crowd.NAIVE}, ms p99", 0.05),
            figure(f"{crowd.PICKS}, ms p99", 60),
            figure(f"{crowd.PICKS}, ms max", 150),
            _ratio(
                results,
                f"{crowd.FLOOR}, per second",
                f"{crowd.PICKS}, per second",
                1 / 0.55,
            ),
        ],
        "SC2 the statements alone": [
            figure(name, most)
            for name, most in (
                *((raw.RATIO, 1 / 0.75), (raw.RATIO_BARE, 1 / 0.75)),
                (raw.DECAY, 1.15),
            )
            if name in results.figures
        ],
        "SC3 contact list": [
            *(ratio(name, q.STOCK_LIST, 0.5) for name in LISTS),
            *(queries(name, LIST_QUERIES) for name in LISTS),
            *results.growth(LISTS, 1.15),
            *(results.sql(name, MOST_SQL) for name in (*LISTS, *SEARCHES)),
        ],
        "SC4 change of a status": [
            ratio(acting.APPLY, acting.STOCK_STAGE, 1.2),
            queries(acting.APPLY, APPLY_QUERIES),
        ],
        "SC5 appointment": [
            *(ratio(name, acting.STOCK_EVENT, 1.2) for name in _APPOINTMENTS),
            *(ratio(name, acting.STOCK_EVENT_MAIL, 0.35) for name in _APPOINTMENTS),
        ],
        "Figures of a million": [
            Limit(f"ms of {name}", results.cases[name].median, MOST_GROUP)
            for name in (q.BY_STATE, q.BY_STATE_AGENT, q.PIVOT, q.BOARD, q.COUNTS)
        ],
        "Writing a contact list": [
            figure(freezing.PREVIEW, 10),
            figure(freezing.FREEZE, 120),
            figure(freezing.PACE, 2),
            figure("people added again", 0),
        ],
    }


_APPOINTMENTS = (acting.APPLY_APPOINTMENT, acting.SAVE_APPOINTMENT)


def _exactly(results, name, number):
    return Limit(f"{name}, off {number} by", abs(results.figures[name] - number), 0)


def _ratio(results, name, other, most):
    value = results.figures[name] / results.figures[other]
    return Limit(f"{name} / {other}", value, most)
