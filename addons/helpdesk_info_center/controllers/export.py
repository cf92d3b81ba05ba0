import csv
import io
import json

import xlsxwriter
from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

from ..tools.portal_params import as_id

# A spreadsheet would take a text that begins like this for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAX_OPTIONS = 10_000


class HelpdeskCenterExport(Controller):
    """GET /helpdesk_info_center/export: a list of tickets as a file."""

    @route("/helpdesk_info_center/export", type="http", auth="user", readonly=True)
    def export_tickets(self, **params):
        center = request.env["helpdesk.center"]
        center._check_agent()
        kind = params.get("format")
        if kind not in FORMATS or not center._get_rights()["export"]:
            raise NotFound()
        export = center._get_export(
            params.get("kind"),
            as_id(params.get("partner_id")),
            params.get("key"),
            parse_options(params.get("options")),
            params.get("mode"),
        )
        if not export:
            raise NotFound()
        title, headings, rows = export
        write = write_csv if kind == "csv" else write_xlsx
        return request.make_response(
            write(headings, rows),
            headers=[
                ("Content-Type", FORMATS[kind]),
                ("Content-Disposition", content_disposition(f"{title}.{kind}")),
                ("Cache-Control", "private, no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )


def parse_options(text):
    """Return the options of a widget that a page sends as JSON."""
    try:
        options = json.loads((text or "{}")[:MAX_OPTIONS])
    except (ValueError, RecursionError):
        return {}
    return options if isinstance(options, dict) else {}


def write_csv(headings, rows):
    """Return a CSV file (RFC 4180) that no spreadsheet takes for formulas."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in [headings, *rows]:
        writer.writerow([escape_formula(value) for value in row])
    return "\ufeff" + file.getvalue()


def escape_formula(value):
    is_risky = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
    return f"'{value}" if is_risky else value


def write_xlsx(headings, rows):
    """Return an Excel file; text stays text whatever it begins with."""
    file = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.set_column(0, len(headings) - 1, 20)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, workbook.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    return file.getvalue()
