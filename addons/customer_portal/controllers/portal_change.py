from werkzeug.exceptions import Forbidden

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.customer_change_request import OPEN_STATES
from .portal_form import clean_text, parse_id
from .portal_list import PortalList

CHANGES_URL = "/my/changes"


class ChangePortal(CustomerPortal):
    """What the customer has asked to have changed.

    /my/changes                   the list
    /my/changes/<id>              one request, with chat
    /my/changes/<id>/cancel       takes it back
    /my/changes/by_token/<token>  where a sent form leads to
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "change_request_count" in counters:
            requests = request.env["customer.change.request"]
            is_open = Domain("state", "in", OPEN_STATES)
            values["change_request_count"] = (
                requests.search_count(is_open) if requests.has_access("read") else 0
            )
        return values

    @route(
        [CHANGES_URL, f"{CHANGES_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_changes(self, sent=None, **params):
        values = self._prepare_portal_layout_values()
        values |= self._get_change_list().values(**params)
        values["is_sent"] = sent == "1"
        return request.render("customer_portal.portal_my_changes", values)

    @route(
        f"{CHANGES_URL}/by_token/<token>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_change_sent(self, token, **_params):
        found = request.env["customer.change.request"]._find_by_token(clean_text(token))
        return request.redirect(f"{found.access_url}?sent=1" if found else "/my")

    @route(
        f"{CHANGES_URL}/<int:request_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_change(self, request_id, sent=None, **_params):
        found = self._find_change(request_id)
        if not found:
            return request.redirect("/my")
        return self._render_change(found, is_sent=sent == "1")

    @route(
        f"{CHANGES_URL}/<int:request_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_change_cancel(self, request_id, **_post):
        found = self._find_change(request_id)
        if not found:
            raise request.not_found()
        if not found._may_be_withdrawn_by(request.env.user.partner_id):
            raise Forbidden
        try:
            # Customers may not write, but take back what is not in effect yet.
            found.sudo()._cancel_by_customer()
        except UserError as error:
            return self._render_change(found, error=error)
        return request.redirect(found.access_url)

    # === HELPERS === #

    def _find_change(self, request_id):
        """Return a request that the visitor may see, or an empty recordset."""
        return request.env["customer.change.request"].search(
            [("id", "=", parse_id(request_id))]
        )

    def _render_change(self, change_request, **values):
        contact_sudo = request.env.user.partner_id
        page = {
            "page_name": "change",
            "change_request": change_request,
            "object": change_request,
            "may_withdraw": change_request._is_open()
            and change_request._may_be_withdrawn_by(contact_sudo),
        }
        return request.render(
            "customer_portal.portal_change",
            self._prepare_portal_layout_values() | values | page,
        )

    def _get_change_list(self):
        _ = request.env._
        states = request.env["customer.change.request"]._fields["state"]
        return PortalList(
            model="customer.change.request",
            url=CHANGES_URL,
            page_name="changes",
            sortings={
                "newest": {"label": _("Newest"), "order": "id desc"},
                "number": {"label": _("Number"), "order": "name"},
                "state": {"label": _("Status"), "order": "state, id desc"},
            },
            filters={
                "open": {
                    "label": _("Open"),
                    "domain": Domain("state", "in", OPEN_STATES),
                },
                "all": {"label": _("All"), "domain": Domain.TRUE},
            }
            | {
                state: {"label": label, "domain": Domain("state", "=", state)}
                for state, label in states._description_selection(request.env)
            },
            searches={
                "number": {"label": _("Number"), "fields": ["name"]},
                "remark": {"label": _("Remark"), "fields": ["remark"]},
            },
            fields=(
                *("name", "state", "operation", "target_partner_id", "partner_id"),
                *(
                    "company_id",
                    "commercial_partner_id",
                    "create_date",
                    "effective_date",
                ),
            ),
        )
