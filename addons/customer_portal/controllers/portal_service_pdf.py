from odoo.http import request, route

from .portal_files import send_pdf
from .portal_service import ORDERS_URL, ServicePortal


class ServicePdfPortal(ServicePortal):
    """The order as a file to print or to keep.

    /my/service-orders/<id>/pdf  “Show Order as PDF”; also by the link of a mail
    """

    # not readonly: what was drawn is kept for the next time
    @route(
        f"{ORDERS_URL}/<int:order_id>/pdf",
        type="http",
        auth="public",
        website=True,
        methods=["GET"],
    )
    def portal_service_order_pdf(
        self, order_id, access_token=None, download=None, **_params
    ):
        order_sudo = self._find_shown_order_sudo(order_id, access_token)
        if not order_sudo or order_sudo.state == "draft":
            return request.redirect("/my")
        is_own = self._is_seen(order_sudo) and request.env.user._is_portal()
        reader_sudo = self._get_price_reader_sudo(order_sudo, is_own)
        return send_pdf(
            order_sudo._get_pdf(reader_sudo),
            order_sudo._get_report_base_filename(),
            is_download=bool(download),
        )
