"""What is measured on servers of their own: memory, and many customers at once."""

from erp import database
from shared.load import get_memory, get_throughput
from shared.measuring import Person, serving

from .papers import URL, get_stock_export

CLIENTS, WORKERS = 8, 2
RATE, SLOWEST = "requests per second", "ms of the slowest 5 %"
LIST = f"{CLIENTS} customers at once: list of orders"
STOCK_LIST = f"{CLIENTS} customers at once: stock: /my/orders"
EXPORT_PART = "MB for the CSV of a fifth of the orders"
EXPORT_ALL = "MB for the CSV of all orders, reseller"
STOCK_EXPORT = "MB for stock: /web/export/csv of all of them"


def get_figures(database_name):
    return {
        EXPORT_PART: _get_memory(database_name, _part_export),
        EXPORT_ALL: _get_memory(database_name, _export),
        STOCK_EXPORT: _get_memory(database_name, _stock_export),
        **_get_rates(database_name),
    }


def _get_memory(database_name, get_ask):
    with serving(database_name) as site:
        ask = get_ask(site)
        return get_memory(site, ask)


def _export(site, **days):
    reseller = Person(site, "reseller")
    # What every site has in memory after a while.
    reseller.open(f"{URL}/export.csv", date_from="2100-01-01")
    return lambda: reseller.open(f"{URL}/export.csv", **days)


def _part_export(site):
    ((day,),) = database.query(
        site.database,
        """
        SELECT percentile_disc(0.2) WITHIN GROUP (ORDER BY o.date_order)::date
        FROM customer_service_order AS o
        JOIN res_users AS u ON u.login = 'reseller' AND u.partner_id = o.partner_id
        """,
    )
    return _export(site, date_to=day.isoformat())


def _stock_export(site):
    staff = Person(site, "staff")
    staff.call_model("customer.service.order", "search_read", [], limit=80)
    return get_stock_export(site, staff)


def _get_rates(database_name):
    with serving(database_name, workers=WORKERS) as site:
        people = [Person(site, "huge") for _number in range(CLIENTS)]
        for person in people:
            person.open("/my/orders")
            person.open(URL)
        figures = {}
        for name, path, expected in (
            (LIST, f"{URL}?tab=completed", "SRV"),
            (STOCK_LIST, "/my/orders", "S0"),
        ):
            rate, slowest = get_throughput(people, path, expected)
            figures |= {f"{name}, {RATE}": rate, f"{name}, {SLOWEST}": slowest}
        return figures
