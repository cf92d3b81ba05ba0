"""The goal CP8, and what CP1 and CP2 say about lists."""

from shared.questions import ORDERS

from . import questions as q

LISTS = (q.CHANGES_SMALL, q.CHANGES_HUGE, q.CHANGES_LATER, q.CHANGES_OPEN)
NEW_REQUESTS = (q.NEW, q.CONTACT_NEW)
MOST_QUERIES = 33  # of Odoo's own form, as measured before


def get_goals(results):
    ratio, queries = results.ratio, results.queries
    return {
        "CP8 change request": [
            *(ratio(name, q.CONTACT_STOCK, 1.0) for name in NEW_REQUESTS),
            *(queries(name, MOST_QUERIES) for name in NEW_REQUESTS),
        ],
        "CP8 change request about an address of its own": [
            ratio(q.ADDRESS_NEW, q.ADDRESS_STOCK, 1.0),
            queries(q.ADDRESS_NEW, MOST_QUERIES),
        ],
        "CP1, CP2 lists": [
            ratio(q.CHANGES_SMALL, ORDERS, 0.75),
            ratio(q.CHANGES_LATER, q.CHANGES_HUGE, 1.10),
            *(queries(name, 10) for name in LISTS),
            *results.growth(LISTS, 1.15),
        ],
    }
