from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_files import send_pdf

from .portal_order_sheet import OFFICE_URL, REQUEST_URL, OrderSheetPortal


class OrderSheetPdfPortal(OrderSheetPortal):
    """What was ordered as a file to print or to keep.

    /my/order-sheets/requests/<id>/pdf
    """

    @route(
        f"{REQUEST_URL}/pdf",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_order_sheet_pdf(self, request_id, download=None, **_params):
        if request.env.user._is_internal():  # they print in the back office
            return request.redirect(OFFICE_URL)
        order = self._find_request(request_id)
        if not order:
            raise request.not_found()
        if order.state == "draft":  # its page says what is still to be done
            return request.redirect(order.access_url)
        # Customers do not print themselves.
        order_sudo = order.sudo()
        return send_pdf(
            order_sudo._get_pdf(),
            order_sudo._get_report_base_filename(),
            is_download=bool(download),
        )
