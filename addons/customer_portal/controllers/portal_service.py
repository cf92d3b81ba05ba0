from werkzeug.exceptions import Forbidden

from odoo.http import request
from odoo.tools import consteq

from odoo.addons.portal.controllers.portal import CustomerPortal

from .portal_form import parse_id
from .service_order_list import MODEL, service_order_list, service_sections
from .service_upload_form import ServiceUploadForm

ORDERS_URL = "/my/service-orders"
SHIPMENTS_URL = "/my/service-shipments"
OFFICE_URL = "/odoo/action-customer_portal.customer_service_order_action"


class ServicePortal(CustomerPortal):
    """What the pages about service orders and shipments have in common."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "service_order_count" in counters:
            values["service_order_count"] = self._count_service_cards()
        if "service_waiting_count" in counters:
            values["service_waiting_count"] = self._count_waiting_orders()
        return values

    def _count_service_cards(self):
        """Return 1 if service orders are of use to the visitor, else 0."""
        orders = request.env[MODEL]
        if not orders.has_access("read"):
            return 0
        return int(self._may_order() or orders.search_count([], limit=1))

    def _count_waiting_orders(self):
        """Return how many orders wait for the visitor."""
        if not request.env.user._is_portal():  # employees see those of all customers
            return 0
        return request.env[MODEL].search_count([("waiting_for", "=", "customer")])

    # === WHO === #

    def _is_reseller(self):
        """Return whether the visitor speaks for a reseller."""
        return request.env.user._get_service_rights().is_reseller

    def _may_order(self):
        """Return whether there is a service location for the visitor's devices."""
        return request.env.user._get_service_rights().may_order

    def _check_reseller(self):
        """:raise Forbidden: only resellers do this"""
        if not self._is_reseller():
            raise Forbidden

    # === TABS === #

    def _get_service_tabs(self, active=None):
        """Return the tabs for a page beside the list of orders.

        :param active: ``"shipments"`` on their pages
        """
        return self._complete_service_tabs(service_order_list().get_tabs(), active)

    def _complete_service_tabs(self, tabs, active=None):
        """Return the tabs of the list as they are shown: some are not for everybody."""
        shown = [
            tab
            for key, tab in zip(service_sections(), tabs, strict=True)
            if key != "waiting" or tab["count"] or tab["active"]
        ]
        if self._is_reseller():
            shipments = {
                "name": request.env._("Shipments"),
                "url": SHIPMENTS_URL,
                "active": active == "shipments",
            }
            shown.append(shipments)
        return shown

    # === ONE ORDER === #

    def _find_service_order(self, order_id):
        """Return an order that the visitor may see, or an empty recordset."""
        return request.env[MODEL].search([("id", "=", parse_id(order_id))])

    def _find_shown_order_sudo(self, order_id, access_token=None):
        """Return an order whose page the visitor may read, or an empty recordset.

        He may because he sees the order, or because he has the link of a mail. Place,
        answers and files have no rights of their own: they are read through the order.
        """
        order_sudo = request.env[MODEL].sudo().browse(parse_id(order_id)).exists()
        if self._is_seen(order_sudo) or _has_token(order_sudo, access_token):
            return order_sudo
        return order_sudo.browse()

    def _render_service_order(self, order_sudo, access_token=None, **values):
        """Return the page of an order.

        :param order_sudo: as ``_find_shown_order_sudo`` returns it
        :param values: what has just happened: ``error``, ``upload_form``, ``is_sent``
        """
        is_seen = self._is_seen(order_sudo)
        is_own = is_seen and request.env.user._is_portal()
        quotations_sudo = order_sudo._get_shown_quotations_sudo()
        page = {
            "page_name": "service_order",
            "order_sudo": order_sudo,
            "object": order_sudo,
            "is_own": is_own,
            "is_preview": is_seen and not is_own,
            "is_guest": request.env.user._is_public(),
            "token": None if is_seen else access_token,
            "token_query": "" if is_seen else f"?access_token={access_token}",
            "office_url": f"{OFFICE_URL}/{order_sudo.id}",
            "upload_form": ServiceUploadForm({}),
            "quotations_sudo": quotations_sudo,
            "open_quotations": self._find_open_quotations(quotations_sudo, is_own),
            "shows_prices": order_sudo._shows_prices_to(
                self._get_price_reader_sudo(order_sudo, is_own)
            ),
        }
        return request.render(
            "customer_portal.portal_service_order",
            self._prepare_portal_layout_values() | page | values,
        )

    def _find_open_quotations(self, quotations_sudo, is_own):
        """Return what the visitor can decide about, by his own rights."""
        if not is_own:
            return quotations_sudo.browse()
        sent_sudo = quotations_sudo.filtered(lambda it: it.state == "sent")
        return sent_sudo.sudo(False)._filtered_access("read")

    def _is_seen(self, order_sudo):
        """Return whether the record rules let the visitor see an order."""
        return bool(order_sudo.sudo(False)._filtered_access("read"))

    def _get_price_reader_sudo(self, order_sudo, is_own):
        """Return the contact who decides whether amounts are shown.

        Who has the link of a mail stands for the contact who got the mail; employees
        see what that contact sees.
        """
        # What a contact may see is not his to read.
        visitor_sudo = request.env.user.partner_id.sudo()
        if is_own or not order_sudo._shows_prices_to(visitor_sudo):
            return visitor_sudo
        return order_sudo.partner_id


def _has_token(order_sudo, access_token):
    """Return whether a link was given out for this order, which is no draft."""
    token = order_sudo.state != "draft" and order_sudo.access_token
    # The comparison, which takes as long for a bad guess, takes plain letters only.
    is_plain = isinstance(access_token, str) and access_token.isascii()
    return bool(token) and is_plain and consteq(token, access_token)
