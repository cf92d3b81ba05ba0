from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_files import stream_attachment
from odoo.addons.customer_portal.controllers.portal_form import parse_id

from .portal_order_sheet import (
    OFFICE_URL,
    REQUEST_URL,
    SHEETS_URL,
    OrderSheetPortal,
)


class OrderRequestPortal(OrderSheetPortal):
    """What a customer has ordered: its content, its way, and the chat about it.

    /my/order-sheets/requests/<id>                  the order; a draft is filled in
    /my/order-sheets/requests/<id>/attachment/<id>  saves one of its files
    /my/order-sheets/requests/<id>/seen             notes that its messages were read
    /my/order-sheets/requests/<id>/cancel           takes it back, or discards a draft
    """

    @route(REQUEST_URL, type="http", auth="user", website=True, readonly=True)
    def portal_order_request(self, request_id, sent=None, correct=None, **_params):
        order = self._find_request(request_id)
        if not order:
            return request.redirect("/my")
        if elsewhere := self._lead_to_form(order, correct == "1"):
            return elsewhere
        return self._render_request(order, is_sent=sent == "1")

    @route(
        f"{REQUEST_URL}/attachment/<int:attachment_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_order_request_attachment(self, request_id, attachment_id, **_params):
        order, file_id = self._find_request(request_id), parse_id(attachment_id)
        # The files have no rights of their own: the order leads to them.
        file_sudo = order and file_id and order.sudo()._find_file(file_id)
        if not file_sudo:
            raise request.not_found()
        return stream_attachment(file_sudo)

    @route(f"{REQUEST_URL}/seen", type="jsonrpc", auth="user", website=True)
    def portal_order_request_seen(self, request_id, **_params):
        # Customers may not write, but read.
        self._find_request_to_change(request_id).sudo()._note_seen()

    @route(
        f"{REQUEST_URL}/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_order_request_cancel(self, request_id, act=None, **_post):
        order = self._find_request_to_change(request_id)
        is_discarded = act == "discard" or order.state == "draft"
        try:
            with request.env.cr.savepoint():
                # Customers may not write, but take back what nobody works on.
                if is_discarded:
                    order.sudo()._discard()
                else:
                    order.sudo()._cancel_by_customer()
        except UserError as error:
            return self._render_request(order, error=error)
        if is_discarded:
            return request.redirect(f"{SHEETS_URL}?discarded=1")
        return request.redirect(order.access_url)

    # === PAGES === #

    def _lead_to_form(self, order, is_corrected):
        """Return where an order is filled in that is no order yet, or None."""
        if request.env.user._is_internal():
            url = f"{OFFICE_URL}/{order.id}"
            return request.redirect(url) if order.state == "draft" else None
        if order.state == "draft" or (is_corrected and order.state == "returned"):
            # Pages and answers are read through the order.
            return request.redirect(self._get_form_url(order.sudo()))
        return None

    def _render_request(self, order, **values):
        """Return the page of an order that the visitor may see.

        :param values: what has just happened: ``error``, ``is_sent``
        """
        # What it consists of has no rights of its own, and is read through it.
        order_sudo = order.sudo()
        page = {
            "page_name": "order_request",
            "order_sudo": order_sudo,
            "object": order_sudo,
            "is_own": request.env.user._is_portal(),
            "office_url": f"{OFFICE_URL}/{order.id}",
            "content": order_sudo._get_content(),
        }
        return request.render(
            "order_sheets.portal_order_request",
            self._prepare_portal_layout_values() | page | values,
        )
