from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_form import PortalForm

from ..models.order_sheet_request import EDITABLE_STATES, MAX_REMARK
from ..models.order_sheet_request_submit import IncompleteRequestError
from .portal_order_sheet import REQUEST_URL, OrderSheetPortal


class OrderSummaryPortal(OrderSheetPortal):
    """The last page of an order sheet, which says whether it is complete.

    /my/order-sheets/requests/<id>/summary  what was filled in, and what is missing
    /my/order-sheets/requests/<id>/submit   keeps the remark, and orders
    """

    @route(
        f"{REQUEST_URL}/summary", type="http", auth="user", website=True, readonly=True
    )
    def portal_order_summary(self, request_id, saved=None, **_params):
        order = self._find_request(request_id)
        if not order:
            return request.redirect("/my")
        if request.env.user._is_internal() or order.state not in EDITABLE_STATES:
            return request.redirect(order.access_url)
        return self._render_summary(order, SummaryForm({}), is_saved=saved == "1")

    @route(
        f"{REQUEST_URL}/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_order_submit(self, request_id, edition=None, step=None, **post):
        order = self._find_request_to_change(request_id)
        if order.state not in EDITABLE_STATES:  # it was submitted a moment ago
            return request.redirect(f"{order.access_url}?sent=1")
        form = SummaryForm(post)
        form.parse()
        if not form.ok:
            return self._render_summary(order, form)
        # What the order consists of is read through it: it is the visitor's.
        if edition != order.sudo()._get_edition():
            return self._render_summary(order, form, is_changed=True)
        return self._keep_and_submit(order, form, is_submitted=step != "save")

    # === ACTS === #

    def _keep_and_submit(self, order, form, is_submitted):
        # Customers may not write, but fill in and submit what they have begun.
        order_sudo, contact_sudo = order.sudo(), self._get_contact_sudo()
        try:
            with request.env.cr.savepoint():
                order_sudo._save_remark(form.remark, contact_sudo)
            if not is_submitted:
                return request.redirect(f"{order.access_url}/summary?saved=1")
            with request.env.cr.savepoint():
                order_sudo._submit(contact_sudo, is_legal_accepted=form.is_accepted)
        except IncompleteRequestError as error:
            if order_sudo.sheet_id.legal_required and not form.is_accepted:
                form.fail("legal", request.env._("Please accept the terms."))
            return self._render_summary(order, form, faults=str(error).split("\n"))
        except UserError as error:
            return self._render_summary(order, form, error=error)
        return request.redirect(f"{order.access_url}?sent=1")

    # === PAGES === #

    def _render_summary(self, order, form, **values):
        """Return the summary.

        :param values: what has just happened: ``error``, ``faults``, ``is_changed``,
            ``is_saved``
        """
        # The order is the visitor's; what it consists of is read through it.
        order_sudo = order.sudo()
        filled = order_sudo._get_filled()
        content = order_sudo._make_content(filled)
        page = {
            "page_name": "order_sheet_summary",
            "order_sudo": order_sudo,
            "form": form,
            "errors": form.errors,
            "filled": filled,
            "form_url": self._get_form_url(order_sudo),
            "content": content,
            "edition": order_sudo._get_edition(content),
            "lock_reason": order._get_lock_reason(),
        }
        return request.render(
            "order_sheets.portal_order_summary",
            self._prepare_portal_layout_values() | page | values,
        )


class SummaryForm(PortalForm):
    """What a customer says about his order as a whole."""

    field_order = ("remark", "legal")

    remark = None
    is_accepted = False

    def parse(self):
        self.remark = self.text(
            "remark", request.env._("Remark"), max_length=MAX_REMARK, multiline=True
        )
        self.is_accepted = self.flag("legal")
