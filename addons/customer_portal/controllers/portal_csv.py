import csv
from datetime import datetime
from decimal import Decimal
from io import StringIO

from odoo.http import Response, content_disposition
from odoo.tools import SQL
from odoo.tools.misc import get_lang

FETCH_SIZE = 1000  # rows in memory at once

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def records_query(model, domain, columns, order=None):
    """Return the SELECT of an export: columns of the records that the user may see.

    :param model: empty recordset of the user, never of ``sudo()``: his record rules are
        part of the query
    :param columns: names of stored fields, or ``SQL``. Selections come as labels in the
        user's language, dates and times in UTC; ``"partner_id.name"`` is the field of a
        related record, which the record rules of that model do not restrict.
    :param order: default: the order of the model
    :raise AccessError: the user may not read the model or one of the fields
    """
    query = model._search(domain, order=order or model._order)
    cells = [
        column
        if isinstance(column, SQL)
        else _get_cell(model, query.table, column, query)
        for column in columns
    ]
    return query.select(*cells)


def stream_csv(filename, header, query, env):
    """Return a CSV download of any length in constant memory.

    What may be in it is the caller's business. The usual caller::

        @route("/my/containers/export.csv", type="http", auth="user", readonly=True)
        def portal_my_containers_export(self, **params):
            rentals = self._container_rental_list()
            query = records_query(
                request.env["container.rental"],
                rentals.get_domain(**params),
                ["number", "type_id.name", "issued_on"],
                rentals.get_order(**params),
            )
            header = [_("Number"), _("Type"), _("Issued on")]
            return stream_csv("containers.csv", header, query, request.env)

    The rows are read by a cursor of their own, which lives until the last row is sent
    or the customer hangs up; what this request itself has written is not among them.

    Spreadsheets read numbers as the visitor's language writes them, and where that is
    with a comma they expect semicolons between the cells.

    :param filename: name of the file, with its extension
    :param header: titles of the columns
    :param query: ``SQL`` that selects the cells of one line each
    """
    response = Response(
        _generate_csv(env.registry, header, query, get_lang(env).decimal_point),
        content_type="text/csv; charset=utf-8",
    )
    response.headers["Content-Disposition"] = content_disposition(filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _generate_csv(registry, header, query, decimal_point):
    # without the mark at its start Excel reads no umlauts
    yield _format_csv([header], decimal_point, start="\ufeff")
    with registry.cursor(readonly=True) as cr:
        cr.execute(SQL("DECLARE portal_csv NO SCROLL CURSOR FOR %s", query))
        while True:
            cr.execute(SQL("FETCH FORWARD %s FROM portal_csv", FETCH_SIZE))
            rows = cr.fetchall()
            if not rows:
                break
            yield _format_csv(rows, decimal_point)


def _format_csv(rows, decimal_point, start=""):
    buffer = StringIO()
    buffer.write(start)
    writer = csv.writer(buffer, delimiter=";" if decimal_point == "," else ",")
    writer.writerows(
        [_format_cell(cell, decimal_point) for cell in row] for row in rows
    )
    return buffer.getvalue().encode()


def _format_cell(cell, decimal_point):
    """Return a cell that a spreadsheet shows and never runs.

    The apostrophe stands before a formula behind spaces, too: some spreadsheets drop
    them. Numbers are no texts, so -5 stays a number.
    """
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, float | Decimal):
        return str(cell).replace(".", "," if decimal_point == "," else ".")
    if isinstance(cell, str) and cell.lstrip(" \xa0").startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _get_cell(model, alias, path, query):
    name, _dot, rest = path.partition(".")
    column = model._field_to_sql(alias, name, query)
    field = model._fields[name]
    if rest:
        comodel = model.env[field.comodel_name]
        alias = query.left_join(alias, name, comodel._table, "id", name)
        return _get_cell(comodel, alias, rest, query)
    if field.type == "selection":
        return _get_label(column, dict(field._description_selection(model.env)))
    return column


def _get_label(column, labels):
    cases = [SQL("WHEN %s THEN %s", key, label) for key, label in labels.items()]
    return SQL("CASE %s %s END", column, SQL(" ").join(cases)) if cases else column
