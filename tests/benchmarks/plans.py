"""Which indexes PostgreSQL uses for the queries that matter most."""

import json

from erp import server
from erp.steps import Problem

# Tables that must never be read as a whole.
BIG = {
    *("container_rental", "container_request", "container_movement"),
    *("container_container", "res_partner"),
}

# The ORM writes the queries, with the record rules of who asks.
EXPLAIN = """
import json
from odoo.tools import SQL

OPEN = [("is_open", "=", True)]
PAST = [("state", "=", "returned")]
NEWEST = "delivery_date desc, id desc"
number = env["container.rental"].search([], limit=1).container_name
found = [("container_name", "ilike", number)]
container = env["container.container"].search([], limit=1)
available = [
    ("type_id", "=", container.type_id.id), ("company_id", "=", env.company.id),
    ("state", "=", "available"),
]
ASKED = [
    ("containers, page 1", "huge", "container.rental", OPEN, NEWEST, 20),
    ("containers, count", "huge", "container.rental", OPEN, None, None),
    ("containers of a small customer", "small", "container.rental", OPEN, NEWEST, 20),
    ("history, page 1", "huge", "container.rental", PAST, NEWEST, 20),
    ("history, search for a number", "huge", "container.rental",
        PAST + found, NEWEST, 20),
    ("requests, page 1", "huge", "container.request", [], "id desc", 20),
    ("requests of a small customer", "small", "container.request", [], "id desc", 20),
    ("requests, count", "huge", "container.request", [], None, None),
    ("office: requests to decide", "staff", "container.request",
        [("state", "=", "created")], "id desc", 80),
    ("office: all rentals", "staff", "container.rental", [], NEWEST, 80),
    ("office: rentals at customers", "staff", "container.rental",
        [("state", "=", "issued")], NEWEST, 80),
    ("office: to issue", "staff", "container.rental",
        [("state", "=", "planned")], "delivery_date, commercial_partner_id", 80),
    ("office: overdue", "staff", "container.rental",
        [("is_overdue", "=", True)], NEWEST, 80),
    ("office: rentals by number", "staff", "container.rental", found, NEWEST, 80),
    ("a container's rentals", "staff", "container.rental",
        [("container_id", "=", container.id)], NEWEST, None),
    ("a container's history", "staff", "container.movement",
        [("container_id", "=", container.id)], "date desc, id desc", 80),
    ("allocation: longest idle", "staff", "container.container",
        available, "state_since, id", 100),
]
plans = []
for title, login, model, domain, order, limit in ASKED:
    user = env["res.users"].search([("login", "=", login)])
    records = env[model].with_user(user)
    query = records._search(domain, order=order or "id", limit=limit)
    if not order:
        query.order = None
    select = query.select(*[SQL("count(*)")] * (not order))
    ((plan,),) = env.execute_query(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", select))
    plans.append((title, plan[0]))
print("PLANS " + json.dumps(plans))
"""


def get(database):
    """Rows of ``(query, milliseconds, indexes and big tables that are read whole)``."""
    shell = ["shell", "-c", server.CONFIGURATION, "-d", database, "--no-http"]
    _code, path = server.odoo(*shell, script=EXPLAIN, log=f"{database}-plans")
    for line in path.read_text().splitlines():
        if line.startswith("PLANS "):
            plans = json.loads(line.removeprefix("PLANS "))
            return [_row(title, plan) for title, plan in plans]
    raise Problem(f"The queries could not be explained; {path} says why.")


def _row(title, plan):
    names, whole = [], []
    for node in _nodes(plan["Plan"]):
        if "Index Name" in node:
            names.append(node["Index Name"])
        elif node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG:
            whole.append(f"ALL of {node['Relation Name']}")
    return title, f"{plan['Execution Time']:.2f}", ", ".join(whole + names) or "–"


def _nodes(node):
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
