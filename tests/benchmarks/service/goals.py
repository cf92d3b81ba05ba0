"""The goals CP1 to CP7, and what a workshop with 500,000 orders must not feel."""

from shared.goals import Limit
from shared.questions import FLOOR, ORDERS

from . import alone, papers
from . import questions as q

LISTS = (
    *(q.LIST_ONE, q.LIST_SMALL, q.LIST_NEW, q.LIST_DONE, q.LIST_LATER),
    *(q.LIST_WAITING, q.LIST_RESELLER),
)
SEARCHES = (
    *(q.SEARCH_NUMBER, q.SEARCH_REFERENCE, q.SEARCH_INTERNAL, q.SEARCH_SERIAL),
    q.SEARCH_IMEI,
)
OFFICE = (
    *(q.OFFICE_ALL, q.OFFICE_SENT, q.OFFICE_NEW, q.OFFICE_HERE, q.OFFICE_MINE),
    *(q.OFFICE_NOBODYS, q.OFFICE_REPLIED, q.OFFICE_WAITING, q.OFFICE_OVERDUE),
    q.OFFICE_SEARCH,
)
MOST_SQL = 50


def get_goals(results):
    ratio, queries = results.ratio, results.queries
    return {
        "CP1 list of orders": [
            ratio(q.LIST_DONE, q.ORDERS_HUGE, 0.60),
            ratio(q.LIST_SMALL, ORDERS, 0.75),
            *(queries(name, 10) for name in (q.LIST_ONE, q.LIST_DONE)),
            results.same_queries(q.LIST_ONE, q.LIST_NEW, q.LIST_DONE),
        ],
        "CP2 it does not grow": [
            ratio(q.LIST_LATER, q.LIST_DONE, 1.10),
            *results.growth(LISTS, 1.15),
        ],
        "CP3 search": [
            *(ratio(name, q.STOCK_SEARCH, 0.08) for name in SEARCHES),
            *(ratio(name, FLOOR, 1.6) for name in SEARCHES),
        ],
        "CP4 CSV": [
            ratio(papers.EXPORT, papers.STOCK_EXPORT, 0.30),
            results.first_byte(papers.EXPORT, 0.10),
            *(
                results.figure(name, 8)
                for name in (alone.EXPORT_PART, alone.EXPORT_ALL)
            ),
        ],
        "CP5 page of an order": [
            ratio(papers.PAGE_AND_CHAT, papers.STOCK_AND_CHAT, 0.60),
            queries(papers.PAGE_AND_CHAT, 24),
        ],
        "CP6 PDF": [ratio(papers.PDF, papers.STOCK_PDF, 0.03)],
        "CP7 many at once": [
            _figures(results, alone.STOCK_LIST, alone.LIST, alone.RATE, 1 / 2.5),
            _figures(results, alone.LIST, alone.STOCK_LIST, alone.SLOWEST, 0.45),
        ],
        "500,000 orders: lists, searches and numbers of customers": [
            results.same_queries(*LISTS),
            results.same_queries(*SEARCHES),
            *(results.sql(name, MOST_SQL) for name in (*LISTS, *SEARCHES)),
            *(results.sql(name, MOST_SQL) for name in (q.SEARCH_PART, q.SEARCH_MANY)),
        ],
        "500,000 orders: lists of staff": [
            *(results.sql(name, MOST_SQL) for name in OFFICE),
            results.sql(q.OFFICE_STATES, MOST_SQL),
        ],
    }


def _figures(results, name, other, kind, most):
    value = results.figures[f"{name}, {kind}"] / results.figures[f"{other}, {kind}"]
    return Limit(f"{kind}: {name} / {other}", value, most)
