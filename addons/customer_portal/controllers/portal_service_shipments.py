from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from .portal_form import clean_text, new_form_token, parse_id
from .portal_list import PortalList
from .portal_service import SHIPMENTS_URL, ServicePortal
from .service_shipment_form import ServiceShipmentForm

MODEL = "customer.service.shipment"
MAX_ORDERS = 500  # on the page; those that wait longest come first


class ServiceShipmentsPortal(ServicePortal):
    """What resellers can send to the service locations, and what they have sent.

    /my/service-shipments                   the orders to choose from, and the list
    /my/service-shipments/create            puts orders into a shipment
    /my/service-shipments/by_token/<token>  where a sent form leads to
    """

    @route(
        [SHIPMENTS_URL, f"{SHIPMENTS_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_my_service_shipments(self, select=None, discarded=None, **params):
        self._check_reseller()
        return self._render_service_shipments(
            select=clean_text(select),
            is_discarded=discarded == "1",
            **self._get_service_shipment_list().values(**params),
        )

    @route(
        f"{SHIPMENTS_URL}/create",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_shipment_create(self, **post):
        self._check_reseller()
        form = ServiceShipmentForm(post)
        token = form.token()
        ticked = self._get_ticked_ids()
        shipments = request.env[MODEL]
        if token and shipments._find_by_token(token):
            return request.redirect(shipments._get_token_url(token))
        try:
            self._create_shipment(token, ticked)
        except UserError as error:
            request.env.cr.rollback()  # and the page shows what is there by now
            return self._render_service_shipments(error=error, ticked=ticked)
        return request.redirect(shipments._get_token_url(token))

    @route(
        f"{SHIPMENTS_URL}/by_token/<token>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_shipment_sent(self, token, **_params):
        self._check_reseller()
        found = request.env[MODEL]._find_by_token(clean_text(token))
        return request.redirect(found.access_url if found else SHIPMENTS_URL)

    # === HELPERS === #

    def _create_shipment(self, token, order_ids):
        """Put orders of the visitor into a shipment.

        :raise UserError: it is not possible, in words for him
        """
        if not token:
            raise UserError(
                request.env._(
                    "This form was outdated and has been renewed. Please send it again."
                )
            )
        orders = request.env["customer.service.order"].search(
            self._get_shippable_domain() & Domain("id", "in", list(order_ids))
        )
        if len(orders) < len(order_ids):
            raise UserError(orders._get_gone_text())
        # Customers may not write, but ship what is theirs.
        request.env[MODEL].sudo()._create_for(
            orders.sudo(),
            {"partner_id": request.env.user.partner_id.id, "form_token": token},
        )

    def _get_ticked_ids(self):
        """Return which orders a visitor has chosen, whoever they belong to."""
        values = request.httprequest.form.getlist("order_ids")[:MAX_ORDERS]
        # what is no id stands for an order that is not there
        return {parse_id(value) or 0 for value in values}

    def _render_service_shipments(self, select=None, ticked=(), **values):
        """Return the page with what can be shipped, and what was.

        :param select: key of the group of which all orders are ticked
        :param ticked: ids of orders that are ticked
        :param values: those of the list, or the ``error`` of a form, alone on its page
        """
        page = {
            "page_name": "service_shipments",
            "tabs": self._get_service_tabs("shipments"),
            "groups": self._get_shippable_groups(select, ticked),
            "max_orders": MAX_ORDERS,
        }
        return request.render(
            "customer_portal.portal_my_service_shipments",
            self._prepare_portal_layout_values() | values | page,
        )

    def _get_shippable_groups(self, select, ticked):
        """Return what can be shipped, by location and shipping type."""
        orders = request.env["customer.service.order"].search_fetch(
            self._get_shippable_domain(),
            [
                *("name", "state", "client_order_ref", "device_name", "date_order"),
                *("serial_number", "imei", "location_id", "shipping_type_id"),
                *("company_id", "commercial_partner_id"),
            ],
            order="date_order, id",
            limit=MAX_ORDERS,
        )
        groups = [
            self._get_shippable_group(group, select, ticked)
            for group in orders.grouped(lambda order: order._get_way()).values()
        ]
        return sorted(groups, key=lambda group: group["title"])

    def _get_shippable_group(self, orders, select, ticked):
        # Names of locations and shipping types are all that customers see of them.
        location_sudo = orders[0].location_id.sudo()
        shipping_type_sudo = orders[0].shipping_type_id.sudo()
        key = f"{location_sudo.id}-{shipping_type_sudo.id}"
        return {
            "key": key,
            "title": location_sudo._get_way_text(shipping_type_sudo),
            "orders": orders,
            "ticked": set(orders.ids) if select == key else set(ticked),
            "form_token": new_form_token(),
        }

    def _get_shippable_domain(self):
        return request.env["customer.service.order"]._get_shippable_domain()

    def _get_service_shipment_list(self):
        _ = request.env._
        states = request.env[MODEL]._fields["state"]
        return PortalList(
            model=MODEL,
            url=SHIPMENTS_URL,
            page_name="service_shipments",
            sortings={
                "newest": {"label": _("Newest"), "order": "id desc"},
                "number": {"label": _("Number"), "order": "name desc"},
                "state": {"label": _("Status"), "order": "state, id desc"},
            },
            filters={"all": {"label": _("All"), "domain": Domain.TRUE}}
            | {
                state: {"label": label, "domain": Domain("state", "=", state)}
                for state, label in states._description_selection(request.env)
            },
            searches={
                "number": {"label": _("Number"), "fields": ["name"]},
                "tracking": {
                    "label": _("Tracking Number"),
                    "fields": ["tracking_number"],
                },
            },
            fields=(
                *("name", "state", "location_id", "shipping_type_id", "company_id"),
                *("order_count", "package_count", "tracking_number"),
                *("ready_on", "create_date"),
            ),
        )
