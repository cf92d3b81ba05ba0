"""The goals CR1 to CR4."""

from shared.questions import FLOOR, ORDER_LIST, ORDERS

from . import questions as q

PORTAL_LISTS = (q.ONSITE_SMALL, q.ONSITE_HUGE, q.ONSITE_LAST, q.HISTORY_FIRST)


def get_goals(results):
    ratio, queries = results.ratio, results.queries
    return {
        "CR1 containers in the portal": [
            ratio(q.ONSITE_HUGE, ORDERS, 0.70),
            ratio(q.ONSITE_HUGE, FLOOR, 1.35),
            *(queries(name, 9) for name in PORTAL_LISTS),
            *results.growth(PORTAL_LISTS, 1.15),
        ],
        "CR2 request": [ratio(q.SUBMIT, q.ADDRESS, 1.1), queries(q.SUBMIT, 26)],
        "CR3 check of a day": [ratio(q.CHECK, q.FLOOR_JSON, 1.5), queries(q.CHECK, 4)],
        "CR4 back office": [
            ratio(q.REQUEST_LIST, ORDER_LIST, 0.70),
            queries(q.REQUEST_LIST, 12),
            ratio(q.APPROVE_MANY, q.APPROVE_ONE, 10),
        ],
    }
