from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.customer_portal.controllers.portal_csv import records_query, stream_csv
from odoo.addons.customer_portal.controllers.portal_list import PortalList
from odoo.addons.portal.controllers.portal import CustomerPortal

ONSITE_URL = "/my/containers"
REQUESTS_URL = "/my/containers/requests"


class ContainerPortal(CustomerPortal):
    """What stands at the customer.

    /my/containers             the containers on site or on their way, and the history
    /my/containers/export.csv  the same as a file
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "container_count" in counters:
            values["container_count"] = self._count_container_cards()
        return values

    @route(
        [ONSITE_URL, f"{ONSITE_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_containers(self, tab=None, **params):
        if tab == "request":
            return request.redirect(REQUESTS_URL)
        if tab == "history":
            params["filterby"] = tab
        values = self._prepare_portal_layout_values()
        values |= self._get_container_rental_list().values(**params)
        values["tabs"] = self._get_container_tabs(ONSITE_URL)
        return request.render("container_rental.portal_my_containers", values)

    @route(
        f"{ONSITE_URL}/export.csv",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_containers_export(self, **params):
        _ = request.env._
        rentals = self._get_container_rental_list()
        columns = {
            "type_id.name": _("Type"),
            "container_name": _("Number"),
            "address_id.name": _("Address"),
            "address_id.street": _("Street"),
            "address_id.zip": _("ZIP"),
            "address_id.city": _("City"),
            "state": _("Status"),
            "delivery_date": _("Delivery"),
            "issued_on": _("Issued On"),
            "back_by": _("Back at the Latest By"),
        }
        query = records_query(
            request.env["container.rental"],
            rentals.get_domain(**params),
            columns,
            rentals.get_order(**params),
        )
        return stream_csv("containers.csv", columns.values(), query, request.env)

    # === HELPERS === #

    def _count_container_cards(self):
        """Return 1 if the card on the home page is of use to the visitor, else 0."""
        if not request.env["container.rental"].has_access("read"):
            return 0
        contact = request.env.user.partner_id
        return int(contact._has_containers(request.env.company))

    def _get_container_tabs(self, active_url):
        _ = request.env._
        labels = {
            ONSITE_URL: _("Containers at Your Place"),
            REQUESTS_URL: _("Request a Container"),
        }
        return [
            {"name": label, "url": url, "active": url == active_url}
            for url, label in labels.items()
        ]

    def _get_container_rental_list(self):
        _ = request.env._
        return PortalList(
            model="container.rental",
            url=ONSITE_URL,
            page_name="containers",
            sortings={
                "newest": {"label": _("Newest"), "order": "delivery_date desc"},
                "back_by": {"label": _("Back at the Latest By"), "order": "back_by"},
                "number": {"label": _("Number"), "order": "container_name"},
                "type": {"label": _("Type"), "order": "type_id, delivery_date desc"},
            },
            filters={
                "onsite": {
                    "label": _("At Your Place"),
                    "domain": Domain("is_open", "=", True),
                },
                "history": {
                    "label": _("History"),
                    "domain": Domain("state", "=", "returned"),
                },
            },
            searches={
                "number": {"label": _("Number"), "fields": ["container_name"]},
                "type": {"label": _("Type"), "fields": ["type_id.name"]},
                "address": {
                    "label": _("Address"),
                    "fields": [
                        "address_id.name",
                        "address_id.street",
                        "address_id.city",
                    ],
                },
            },
            fields=(
                "state",
                "container_name",
                "type_id",
                "address_id",
                "company_id",
                "delivery_date",
                "issued_on",
                "back_by",
            ),
        )
