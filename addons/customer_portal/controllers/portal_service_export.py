from odoo.fields import Domain
from odoo.http import request, route

from .portal_csv import records_query, stream_csv
from .portal_service import ORDERS_URL, ServicePortal
from .service_days import ServiceDays
from .service_order_list import MODEL, NEWEST

EXPORT_URL = f"{ORDERS_URL}/export"


class ServiceExportPortal(ServicePortal):
    """The orders of a reseller as a file.

    /my/service-orders/export      asks for the days
    /my/service-orders/export.csv  the file
    """

    @route(EXPORT_URL, type="http", auth="user", website=True, readonly=True)
    def portal_service_export(self, **params):
        self._check_reseller()
        return self._render_service_export(ServiceDays(params))

    @route(f"{EXPORT_URL}.csv", type="http", auth="user", website=True, readonly=True)
    def portal_service_export_file(self, **params):
        self._check_reseller()
        days = ServiceDays(params)
        if not days.ok:
            return self._render_service_export(days)
        orders = request.env[MODEL]
        # What a contact may see is not his to read.
        contact_sudo = request.env.user.partner_id.sudo()
        columns = orders._get_export_columns(orders._shows_prices_to(contact_sudo))
        titles, cells = zip(*columns, strict=True)
        domain = days.domain & Domain("state", "!=", "draft")
        today = request.env.company._portal_today()
        return stream_csv(
            f"service-orders-{today.isoformat()}.csv",
            titles,
            records_query(orders, domain, cells, NEWEST),
            request.env,
        )

    def _render_service_export(self, days):
        page = {"page_name": "service_order_export", "days": days}
        return request.render(
            "customer_portal.portal_service_export",
            self._prepare_portal_layout_values() | page,
        )
