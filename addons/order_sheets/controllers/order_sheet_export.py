from odoo.fields import Domain
from odoo.http import Controller, request, route

from odoo.addons.customer_portal.controllers.portal_csv import (
    records_query,
    stream_csv,
)
from odoo.addons.customer_portal.controllers.portal_form import parse_id

from ..models.order_sheet_flow import GROUP_USER
from .portal_order_sheet import MODEL


class OrderSheetExport(Controller):
    """The orders of a sheet as a file, for staff.

    /order_sheets/<id>/export.csv
    """

    @route(
        "/order_sheets/<int:sheet_id>/export.csv",
        type="http",
        auth="user",
        readonly=True,
    )
    def order_sheet_export(self, sheet_id, **_params):
        sheet = self._find_sheet(sheet_id)
        titles, columns = zip(*sheet._get_export_columns(), strict=True)
        submitted = Domain("sheet_id", "=", sheet.id) & Domain("state", "!=", "draft")
        name = request.env["ir.http"]._slugify(sheet.name) or "order-sheet"
        today = sheet.company_id._portal_today()
        return stream_csv(
            f"{name}-{today.isoformat()}.csv",
            titles,
            records_query(request.env[MODEL], submitted, columns),
            request.env,
        )

    def _find_sheet(self, sheet_id):
        """Return a sheet whose orders the visitor works on.

        :raise NotFound: there is none
        """
        sheets = request.env["order.sheet"]
        if request.env.user.has_group(GROUP_USER):
            sheets = sheets.search([("id", "=", parse_id(sheet_id))])
        if not sheets:
            raise request.not_found()
        return sheets
