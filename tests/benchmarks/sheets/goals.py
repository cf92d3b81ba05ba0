"""The goals OS1 to OS5, and what 500,000 orders must not make slower."""

from shared.questions import FLOOR, ORDER_LIST, ORDERS

from . import chat, form, ordering
from . import questions as q

LISTS = (
    *(q.LIST_SMALL, q.LIST_RUNNING, q.LIST_STATUS),
    *(q.LIST_ARCHIVED, q.LIST_LATER, q.LIST_ARCHIVED_STATUS),
)
OFFICE = (q.OFFICE_ALL, q.OFFICE_NEW, q.OFFICE_MINE, q.OFFICE_REPLIED)
MOST_SQL = 50


def get_goals(results):
    ratio, queries = results.ratio, results.queries
    return {
        "OS1 a page, and what is typed on it": [
            ratio(form.PAGE, FLOOR, 1.4),
            ratio(form.PAGE, form.STOCK_PAGE, 1.0),
            ratio(form.SAVE, form.STOCK_SAVE, 0.8),
            queries(form.SAVE, 14),
        ],
        "OS2 summary": [
            ratio(form.SUMMARY_TEN, FLOOR, 1.6),
            results.same_queries(form.SUMMARY_TEN, form.SUMMARY_TWO),
        ],
        "OS3 from the sheet to the sale order": [
            ratio(ordering.SUBMIT, ordering.STOCK_ORDER, 1.15),
            ratio(ordering.CREATE, ordering.STOCK_ORDER, 1.15),
        ],
        "OS4 running and archived orders": [
            *(ratio(name, ORDERS, 0.65) for name in LISTS),
            *(queries(name, 10) for name in LISTS),
            *results.growth(LISTS, 1.15),
            *(results.sql(name, MOST_SQL) for name in LISTS),
        ],
        "OS5 chat": [
            ratio(chat.FETCH, chat.STOCK_FETCH, 0.7),
            ratio(chat.POST, chat.STOCK_POST, 1.0),
            ratio(chat.SEEN, chat.FLOOR_JSON, 1.5),
        ],
        "500,000 orders: staff": [
            ratio(q.OFFICE_ALL, ORDER_LIST, 1.0),
            *(results.sql(name, MOST_SQL) for name in OFFICE),
            ratio(q.TAKE_MANY, q.TAKE_ONE, 10),
        ],
    }
