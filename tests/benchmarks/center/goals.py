"""The goals IC1 to IC5, and that a huge customer costs no more queries than a small."""

from . import questions as q
from . import stock
from .searching import get_name

MOST_QUERIES, WANTED_QUERIES = 40, 24
ONE_QUERIES = 20
# What a contact sees in the portal is all of his company's, and has to be found first.
MOST_PORTAL = 3
LISTS = (q.REFRESH, q.TAB, q.ORDER, q.FILTER, q.CLOSED.format("first"), q.CONTACTS)


def get_goals(results):
    ratio, queries = results.ratio, results.queries
    centers = {
        (name, who): q.CENTER.format(name, who)
        for who in q.AGENTS
        for name in stock.CUSTOMERS
    }
    portal = [q.CONTACT_PORTAL.format(name) for name in stock.CUSTOMERS]
    everything = [q.CENTER_ALL.format(name) for name in stock.CUSTOMERS]
    return {
        "IC1 a customer in one request": [
            *(
                ratio(case, stock.SEQUENCE.format(name, who), most)
                for name, most in (("huge", 0.15), ("small", 0.10))
                for (other, who), case in centers.items()
                if other == name
            ),
            *(queries(case, WANTED_QUERIES) for case in centers.values()),
            *(queries(case, MOST_QUERIES) for case in everything),
            *(
                results.same_queries(*(centers[name, who] for name in stock.CUSTOMERS))
                for who in q.AGENTS
            ),
            results.same_queries(*everything),
            *(queries(case, MOST_QUERIES) for case in portal),
            results.same_queries(*portal),
            ratio(portal[0], centers["huge", "restricted"], MOST_PORTAL),
        ],
        "IC2 growth, huge and small": [
            *results.growth([*centers.values(), *everything], 1.15),
            *(
                ratio(centers["huge", who], centers["small", who], 1.6)
                for who in q.AGENTS
            ),
        ],
        "IC3 search": [
            *(
                ratio(get_name(name), stock.NAME_SEARCH.format(stock.RARE), most)
                for name, most in (("rare", 0.05), ("missing", 0.05), ("stars", 0.25))
            ),
            ratio(get_name("common"), stock.NAME_SEARCH.format(stock.COMMON), 1.3),
            ratio(get_name("all"), stock.NAME_SEARCH.format(stock.RARE), 1.0),
        ],
        "IC4 numbers of contacts": [
            ratio(q.CONTACTS, stock.COUNTS, 0.01),
            *(queries(name, ONE_QUERIES) for name in LISTS),
        ],
        "IC5 OCA's lists with our indexes": [
            *(
                ratio(stock.LIST_HERE.format(name), stock.LIST.format(name), 0.30)
                for name in stock.CUSTOMERS
            ),
            *(
                ratio(stock.STAGES_HERE.format(name), stock.STAGES.format(name), 0.20)
                for name in stock.CUSTOMERS
            ),
        ],
    }
