from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_form import clean_text, parse_id
from odoo.addons.customer_portal.controllers.portal_list import PortalList

from .container_request_form import ContainerRequestForm
from .portal import REQUESTS_URL, ContainerPortal


class ContainerRequestPortal(ContainerPortal):
    """What the customer asks for.

    /my/containers/requests                   the form, and what was asked for
    /my/containers/check                      what the server says about a wish
    /my/containers/request                    sends the form
    /my/containers/requests/<id>              one request, with chat
    /my/containers/requests/<id>/cancel       takes it back
    /my/containers/requests/by_token/<token>  where a sent form leads to
    """

    @route(
        [REQUESTS_URL, f"{REQUESTS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_container_requests(self, **params):
        values = self._get_container_request_list().values(**params)
        return self._render_container_requests(ContainerRequestForm(), **values)

    @route("/my/containers/check", type="jsonrpc", auth="user", readonly=True)
    def portal_container_check(
        self, requested_date=None, address_id=None, quantity=None, **_other
    ):
        form = ContainerRequestForm(
            {
                "requested_date": requested_date,
                "address_id": address_id,
                "quantity": quantity,
            }
        )
        form.parse_quantity()
        if not form.ok:
            return {"error": " ".join(form.errors.values())}
        return form.requests._get_preview(form.decision)

    @route(
        "/my/containers/request",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_container_request_submit(self, **post):
        form = ContainerRequestForm(post)
        form.parse()
        requests, token = form.requests, form.vals["form_token"]
        if not (token and requests._find_by_token(token)):
            if not form.is_agreed:
                return self._render_container_requests(form)
            # Customers may not write, but ask; everything in it was checked.
            requests.sudo()._submit_from_portal(form.vals, form.decision)
        return request.redirect(requests._get_token_url(token))

    @route(
        f"{REQUESTS_URL}/by_token/<token>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_container_request_sent(self, token):
        found = request.env["container.request"]._find_by_token(clean_text(token))
        return request.redirect(f"{found.access_url}?sent=1" if found else "/my")

    @route(
        f"{REQUESTS_URL}/<int:request_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_container_request(self, request_id, sent=None, **_other):
        found = self._find_container_request(request_id)
        if not found:
            return request.redirect("/my")
        return self._render_container_request(found, is_sent=sent == "1")

    @route(
        f"{REQUESTS_URL}/<int:request_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_container_request_cancel(self, request_id):
        found = self._find_container_request(request_id)
        if not found:
            raise request.not_found()
        try:
            # Customers may not write, but take back what nobody has decided about.
            found.sudo()._cancel_by_customer()
        except UserError as error:
            return self._render_container_request(found, error=error)
        return request.redirect(found.access_url)

    # === HELPERS === #

    def _find_container_request(self, request_id):
        """Return a request that the visitor may see, or an empty recordset."""
        return request.env["container.request"].search(
            [("id", "=", parse_id(request_id))]
        )

    def _render_container_requests(self, form, **values):
        page = {
            "page_name": "container_requests",
            "tabs": self._get_container_tabs(REQUESTS_URL),
            "form": form,
            "errors": form.errors,
            "form_token": form.form_token,
            "preview": form.requests._get_preview(form.decision),
        }
        return request.render(
            "container_rental.portal_my_container_requests",
            self._prepare_portal_layout_values() | values | page,
        )

    def _render_container_request(self, container_request, **values):
        page = {
            "page_name": "container_request",
            "container_request": container_request,
            "object": container_request,
        }
        return request.render(
            "container_rental.portal_container_request",
            self._prepare_portal_layout_values() | values | page,
        )

    def _get_container_request_list(self):
        _ = request.env._
        states = request.env["container.request"]._fields["state"]
        return PortalList(
            model="container.request",
            url=REQUESTS_URL,
            page_name="container_requests",
            sortings={
                "newest": {"label": _("Newest"), "order": "id desc"},
                "delivery": {"label": _("Delivery"), "order": "delivery_date desc"},
                "number": {"label": _("Number"), "order": "name"},
                "state": {"label": _("Status"), "order": "state"},
            },
            filters={"all": {"label": _("All"), "domain": Domain.TRUE}}
            | {
                state: {"label": label, "domain": Domain("state", "=", state)}
                for state, label in states._description_selection(request.env)
            },
            searches={
                "number": {"label": _("Number"), "fields": ["name"]},
                "type": {"label": _("Type"), "fields": ["type_id.name"]},
                "remark": {"label": _("Remark"), "fields": ["remark"]},
            },
            fields=("name", "type_id", "quantity", "delivery_date", "state"),
        )
