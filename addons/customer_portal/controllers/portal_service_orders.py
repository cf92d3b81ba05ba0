from odoo.fields import Domain
from odoo.http import request, route

from .portal_service import OFFICE_URL, ORDERS_URL, ServicePortal
from .service_days import ServiceDays
from .service_order_list import MODEL, service_order_list

MAX_DRAFTS = 5


class ServiceOrderPortal(ServicePortal):
    """The service orders of a customer.

    /my/service-orders       the list
    /my/service-orders/<id>  one order, also for who has the link of a mail
    """

    @route(
        [ORDERS_URL, f"{ORDERS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_service_orders(self, **params):
        if request.env.user._is_internal():
            return request.redirect(OFFICE_URL)
        days = ServiceDays(params)
        orders = service_order_list(domain=days.domain, kept=days.kept)
        values = orders.values(**params)
        values["tabs"] = self._complete_service_tabs(values["tabs"])
        page = {
            "days": days,
            "drafts": self._find_drafts(),
            "may_create": self._may_order(),
            "is_reseller": self._is_reseller(),
        }
        return request.render(
            "customer_portal.portal_my_service_orders",
            self._prepare_portal_layout_values() | values | page,
        )

    @route(
        f"{ORDERS_URL}/<int:order_id>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
    )
    def portal_service_order(self, order_id, access_token=None, sent=None, **_params):
        order_sudo = self._find_shown_order_sudo(order_id, access_token)
        if not order_sudo:
            return request.redirect("/my")
        if order_sudo.state == "draft":
            return request.redirect(self._get_draft_url(order_sudo))
        return self._render_service_order(order_sudo, access_token, is_sent=sent == "1")

    # === HELPERS === #

    def _find_drafts(self):
        """Return what the visitor has begun and not sent, newest first."""
        own = Domain("partner_id", "=", request.env.user.partner_id.id)
        return request.env[MODEL].search_fetch(
            own & Domain("state", "=", "draft"),
            ["device_name", "state", "name"],
            limit=MAX_DRAFTS,
        )

    def _get_draft_url(self, order_sudo):
        if request.env.user._is_internal():
            return f"{OFFICE_URL}/{order_sudo.id}"
        return f"{order_sudo.access_url}/summary"
