from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_form import parse_id

from .portal_order_sheet import MODEL, SHEETS_URL, OrderSheetPortal

# Which field of which record has the picture.
KINDS = {
    "sheet": ("order.sheet", "cover_image"),
    "page": ("order.sheet.page", "image"),
    "option": ("order.sheet.option", "image"),
}


class OrderImagesPortal(OrderSheetPortal):
    """The pictures of an order sheet, for who may fill it in or has ordered with it.

    /my/order-sheets/<sheet>/image/<kind>/<id>  of the sheet, a page or an option
    """

    @route(
        f"{SHEETS_URL}/<int:sheet_id>/image/<string:kind>/<int:record_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_order_image(self, sheet_id, kind, record_id, **_params):
        sheet_sudo = self._find_pictured_sheet_sudo(parse_id(sheet_id))
        if not sheet_sudo or kind not in KINDS:
            raise request.not_found()
        model, name = KINDS[kind]
        record_sudo = request.env[model].sudo().browse(parse_id(record_id)).exists()
        owner_sudo = record_sudo if kind == "sheet" else record_sudo.sheet_id
        if owner_sudo != sheet_sudo or not _has_picture(record_sudo, name):
            raise request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(record_sudo, name)
        response = stream.get_response()
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _find_pictured_sheet_sudo(self, sheet_id):
        """Return the sheet if the visitor may see it, or an empty recordset.

        Pages and options have no rights of their own: they are read through the sheet.
        """
        sheet = request.env["order.sheet"].browse(sheet_id)
        is_seen = self._is_offered(sheet_id) or self._has_ordered(sheet_id)
        return sheet.sudo() if is_seen else sheet.browse()

    def _is_offered(self, sheet_id):
        user, sheets = request.env.user, request.env["order.sheet"]
        if not sheets.has_access("read"):  # an employee of another team
            return False
        sheet = sheets.search([("id", "=", sheet_id)])
        customer = user.partner_id.commercial_partner_id
        return bool(sheet) and (user._is_internal() or sheet._is_for(customer))

    def _has_ordered(self, sheet_id):
        orders = request.env[MODEL]
        return orders.has_access("read") and bool(
            orders.search_count([("sheet_id", "=", sheet_id)], limit=1)
        )


def _has_picture(record, name):
    """Return whether there is a picture, without reading it."""
    return bool(record.with_context(bin_size=True)[name])
