"""Which indexes PostgreSQL uses for the queries that matter most."""

import json

from erp import server
from erp.steps import Problem

# Of the many queries of a call, only those that take so many milliseconds are shown.
TELLING = 5

# The ORM writes the queries, with the record rules of who asks.
EXPLAIN = """
import json
from odoo.tools import SQL

plans = []

def find_user(login):
    return env["res.users"].search([("login", "=", login)])

for title, login, model, domain, order, limit in ASKED:
    user = find_user(login)
    records = env[model].with_user(user) if user else env[model].sudo()
    is_page = isinstance(order, str)
    query = records._search(domain, order=order if is_page else "id", limit=limit)
    select = query.select()
    if not is_page:
        query.order = None
        groups = [records._field_to_sql(query.table, name, query) for name in order]
        query.groupby = SQL(", ").join(groups) if groups else None
        select = query.select(*groups, SQL("count(*)"))
        if limit:  # lists count no further
            select = SQL("SELECT count(*) FROM (%s) AS t", query.select(SQL("1")))
    ((plan,),) = env.execute_query(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", select))
    plans.append((title, plan[0]))

# The statements that a call brings about, as PostgreSQL gets them.
def record(call):
    statements, execute = [], env.cr.execute

    def listen(query, params=None, log_exceptions=True):
        is_sql = isinstance(query, SQL)
        code, values = (query.code, query.params) if is_sql else (query, params)
        statements.append(env.cr._format(code, values or None))
        return execute(query, params, log_exceptions)

    env.cr.execute = listen
    try:
        call()
    finally:
        del env.cr.execute
    return statements

for title, login, call in globals().get("CALLS", ()):
    asking = env(user=find_user(login))
    call(asking)  # what the registry caches is not of interest
    env.invalidate_all()
    for number, statement in enumerate(record(lambda: call(asking)), 1):
        if statement.lstrip().startswith(("SELECT", "WITH")):
            env.cr.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement)
            ((plan,),) = env.cr.fetchall()
            plans.append((f"{title}: query {number}", plan[0]))
            print("STATEMENT", title, number, plan[0]["Execution Time"], statement)
print("PLANS " + json.dumps(plans))
"""


def get(database, asked, big):
    """Rows of ``(query, milliseconds, indexes and big tables that are read whole)``.

    :param asked: source of a list ``ASKED`` for Odoo's shell: ``(title, login, model,
        domain, order, limit)``; without a login the server itself asks. Fields instead
        of an order ask for the number of records by these fields, ``()`` for all.
        Another list ``CALLS`` of ``(title, login, function of an environment)`` has all
        explained that a call asks; rows are of what takes a while, or a big table
    :param big: the tables that must never be read as a whole
    """
    shell = ["shell", "-c", server.CONFIGURATION, "-d", database, "--no-http"]
    log = f"{database}-plans"
    _code, path = server.odoo(*shell, script=f"{asked}\n{EXPLAIN}", log=log)
    for line in path.read_text().splitlines():
        if line.startswith("PLANS "):
            plans = json.loads(line.removeprefix("PLANS "))
            return [
                _row(title, plan, big)
                for title, plan in plans
                if ": query " not in title or _is_telling(plan, big)
            ]
    raise Problem(f"The queries could not be explained; {path} says why.")


def _row(title, plan, big):
    names, whole = [], []
    for node in _nodes(plan["Plan"]):
        if "Index Name" in node:
            names.append(node["Index Name"])
        elif node["Node Type"] == "Seq Scan" and node["Relation Name"] in big:
            whole.append(f"ALL of {node['Relation Name']}")
    names = dict.fromkeys(whole + names)
    return title, f"{plan['Execution Time']:.2f}", ", ".join(names) or "–"


def _is_telling(plan, big):
    """Whether one of many queries is worth a row."""
    is_whole = "ALL of" in _row("", plan, big)[-1]
    return is_whole or plan["Execution Time"] >= TELLING


def _nodes(node):
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)
