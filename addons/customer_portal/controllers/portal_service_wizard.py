from werkzeug.exceptions import Forbidden

from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.customer_service_order_check import IncompleteOrderError
from .portal_form import clean_text
from .portal_service import OFFICE_URL, ORDERS_URL, ServicePortal
from .service_order_form import ServiceOrderForm
from .service_order_list import MODEL
from .service_upload_form import get_most_bytes

NEW_URL = f"{ORDERS_URL}/new"
ORDER_URL = f"{ORDERS_URL}/<int:order_id>"


class ServiceWizardPortal(ServicePortal):
    """How a customer creates a service order, and thinks better of it.

    /my/service-orders/new               the form; keeps a draft
    /my/service-orders/<id>/edit         the form of a draft
    /my/service-orders/<id>/summary      all that was typed, to be confirmed
    /my/service-orders/<id>/approve      sends it to the service location
    /my/service-orders/<id>/cancel       discards a draft, or cancels what was sent
    /my/service-orders/by_token/<token>  where a sent form leads to
    """

    # === THE FORM === #

    @route(
        NEW_URL,
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_service_order_new(self, **_params):
        if request.env.user._is_internal():
            return self._render_staff_notice()
        if not self._may_order():
            return request.redirect("/my")
        return self._render_order_form(ServiceOrderForm(self._get_no_order_sudo()))

    @route(
        NEW_URL,
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=get_most_bytes,
    )
    def portal_service_order_start(self, **post):
        self._check_customer()
        if not self._may_order():
            raise Forbidden
        return self._answer_order_form(
            ServiceOrderForm(self._get_no_order_sudo(), post)
        )

    @route(
        f"{ORDER_URL}/edit",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_service_order_edit(self, order_id, saved=None, **_params):
        order = self._find_service_order(order_id)
        return self._lead_elsewhere(order) or self._render_order_form(
            ServiceOrderForm(order.sudo()), is_saved=saved == "1"
        )

    @route(
        f"{ORDER_URL}/edit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=get_most_bytes,
    )
    def portal_service_order_save(self, order_id, **post):
        order = self._find_order_to_change(order_id)
        return self._lead_elsewhere(order) or self._answer_order_form(
            ServiceOrderForm(order.sudo(), post)
        )

    @route(
        f"{ORDERS_URL}/by_token/<token>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_order_kept(self, token, **_params):
        order = request.env[MODEL]._find_by_token(clean_text(token))
        url = f"{order.access_url}/summary"
        return self._lead_elsewhere(order) or request.redirect(url)

    # === THE SUMMARY === #

    @route(
        f"{ORDER_URL}/summary",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_order_summary(self, order_id, **_params):
        order = self._find_service_order(order_id)
        return self._lead_elsewhere(order) or self._render_order_summary(order)

    @route(
        f"{ORDER_URL}/approve", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_service_order_approve(self, order_id, edition=None, **_post):
        order = self._find_order_to_change(order_id)
        if elsewhere := self._lead_elsewhere(order):
            return elsewhere
        if edition != order._get_edition():
            return self._render_order_summary(order, notice="changed")
        try:
            with request.env.cr.savepoint():
                # Customers may not write, but send what they have begun.
                order.sudo()._submit()
        except IncompleteOrderError as error:
            return self._render_order_summary(order, faults=error.faults)
        except UserError as error:
            return self._render_order_summary(order, error=error)
        return request.redirect(f"{order.access_url}?sent=1")

    @route(
        f"{ORDER_URL}/cancel", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_service_order_cancel(self, order_id, **_post):
        order = self._find_order_to_change(order_id)
        is_draft = order.state == "draft"
        try:
            with request.env.cr.savepoint():
                # Customers may not write, but take back what nobody works on.
                if is_draft:
                    order.sudo()._discard()
                else:
                    order.sudo()._cancel_by_customer()
        except UserError as error:
            if is_draft:
                return self._render_order_summary(order, error=error)
            return self._render_service_order(order.sudo(), error=error)
        return request.redirect(ORDERS_URL if is_draft else order.access_url)

    # === WHO === #

    def _check_customer(self):
        """:raise Forbidden: employees use the back office"""
        if request.env.user._is_internal():
            raise Forbidden

    def _find_order_to_change(self, order_id):
        """Return an order of the visitor.

        :raise Forbidden: employees use the back office
        :raise NotFound: he has no such order
        """
        self._check_customer()
        order = self._find_service_order(order_id)
        if not order:
            raise request.not_found()
        return order

    def _lead_elsewhere(self, order):
        """Return where a visitor goes who has no such draft, or None."""
        if not order:
            return request.redirect("/my")
        if order.state != "draft" or request.env.user._is_internal():
            return request.redirect(order.access_url)
        return None

    def _get_no_order_sudo(self):
        # Customers may not create orders, but begin one with a form.
        return request.env[MODEL].sudo()

    # === FROM THE FORM TO THE DRAFT === #

    def _answer_order_form(self, form):
        """Return the form again, or the way on with the draft that it led to."""
        if form.step == "device":
            form.take_device_over()
        if form.step in ("refresh", "device"):
            return self._render_order_form(form)
        form.parse()
        token, orders = form.vals.get("form_token"), request.env[MODEL]
        if token and orders._find_by_token(token):
            return request.redirect(orders._get_token_url(token))
        form.check()
        order_sudo = form.ok and self._keep_order(form)
        if not form.ok:
            return self._render_order_form(form)
        if not order_sudo:  # this very form was sent at the same moment
            return request.redirect(orders._get_token_url(token))
        page = "edit?saved=1" if form.step == "save" else "summary"
        return request.redirect(f"{order_sudo.access_url}/{page}")

    def _keep_order(self, form):
        try:
            return form.keep()
        except UserError as error:
            form.fail("form", str(error))
            return None

    # === PAGES === #

    def _render_staff_notice(self):
        page = {
            "page_name": "service_order_new",
            "office_url": f"{OFFICE_URL}/new",
        }
        return request.render(
            "customer_portal.portal_service_staff_notice",
            self._prepare_portal_layout_values() | page,
        )

    def _render_order_form(self, form, is_saved=False):
        page = {
            "page_name": "service_order_edit"
            if form.draft_sudo
            else "service_order_new",
            "order_sudo": form.draft_sudo,
            "form": form,
            "errors": form.errors,
            "form_token": None if form.draft_sudo else form.form_token,
            "is_saved": is_saved,
        }
        return request.render(
            "customer_portal.portal_service_form",
            self._prepare_portal_layout_values() | page,
        )

    def _render_order_summary(self, order, faults=None, notice=None, error=None):
        # The order is the visitor's; what he reads through it has no rights of its own.
        order_sudo = order.sudo()
        page = {
            "page_name": "service_order_summary",
            "order_sudo": order_sudo,
            "faults": order_sudo._get_faults() if faults is None else faults,
            "notice": notice,
            "error": error,
        }
        return request.render(
            "customer_portal.portal_service_summary",
            self._prepare_portal_layout_values() | page,
        )
