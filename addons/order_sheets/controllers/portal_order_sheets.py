from odoo.http import request, route
from odoo.tools import groupby

from .order_request_list import TABS, order_request_list
from .portal_order_sheet import MODEL, OFFICE_URL, SHEETS_URL, OrderSheetPortal


class OrderSheetListPortal(OrderSheetPortal):
    """What a customer can order, and what he has ordered.

    /my/order-sheets               what he can fill in, and what he has begun
    /my/order-sheets?tab=running   what is being worked on
    /my/order-sheets?tab=archived  what is over
    """

    @route(
        [SHEETS_URL, f"{SHEETS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_order_sheets(self, tab=None, status="", **params):
        if request.env.user._is_internal():
            return request.redirect(OFFICE_URL)
        offers = self._get_offers()
        orders = order_request_list(tab)
        if tab in TABS:
            values = orders.values(**params | {"tab": tab, "filterby": status})
            page = self._prepare_requests_page(values)
        else:
            page = self._prepare_forms_page(orders, offers)
            page["is_discarded"] = params.get("discarded") == "1"
        forms_tab = {
            "name": request.env._("Order Sheets"),
            "url": f"{SHEETS_URL}?tab=forms",
            "active": tab not in TABS,
            "count": len(offers),
        }
        page["tabs"] = [forms_tab, *page["tabs"]]
        return request.render(
            "order_sheets.portal_my_order_sheets",
            self._prepare_portal_layout_values() | page,
        )

    # === TABS === #

    def _prepare_forms_page(self, orders, offers):
        return {
            "page_name": orders.page_name,
            "tab": "forms",
            "tabs": orders.get_tabs(),
            "groups": groupby(offers, key=lambda offer: offer.sheet.category_id),
        }

    def _prepare_requests_page(self, values):
        statuses = {}
        for key, entry in values["searchbar_filters"].items():
            statuses.setdefault(entry["label"], key)
        chosen = values["searchbar_filters"][values["filterby"]]["label"]
        return values | {
            "statuses": [
                {"id": key, "label": label, "is_chosen": label == chosen}
                for label, key in statuses.items()
            ],
            "is_narrowed": bool(values["search"] or values["filterby"]),
            "unread": values["records"]._get_unread_counts(),
        }

    def _get_offers(self):
        customer = request.env.user.partner_id.commercial_partner_id
        return request.env["order.sheet"]._get_offers(customer)

    # === HOME === #

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "order_sheet_count" in counters:
            values["order_sheet_count"] = self._count_order_cards()
        if "order_sheet_returned_count" in counters:
            values["order_sheet_returned_count"] = self._count_returned()
        return values

    def _count_order_cards(self):
        """Return 1 if order sheets are of use to the visitor, else 0."""
        orders = request.env[MODEL]
        if request.env.user._is_internal():
            return int(orders.has_access("read"))
        return int(bool(orders.search_count([], limit=1) or self._get_offers()))

    def _count_returned(self):
        """Return how many orders wait for the visitor to correct them."""
        if not request.env.user._is_portal():  # employees see those of all customers
            return 0
        return request.env[MODEL].search_count([("state", "=", "returned")])
