from odoo.exceptions import UserError
from odoo.http import request, route

from ..models.customer_service_shipment_paper import LABEL, PACKING_LIST
from .portal_files import send_pdf
from .portal_form import parse_id
from .portal_service import SHIPMENTS_URL, ServicePortal
from .service_shipment_form import ServiceShipmentForm

MODEL = "customer.service.shipment"


class ServiceShipmentPortal(ServicePortal):
    """One shipment of a reseller.

    /my/service-shipments/<id>               its devices, with chat
    /my/service-shipments/<id>/confirm       it is packed and ready for pickup
    /my/service-shipments/<id>/tracking      keeps the carrier's number
    /my/service-shipments/<id>/cancel        takes it back, or throws a draft away
    /my/service-shipments/<id>/packing-list  the papers
    /my/service-shipments/<id>/label
    """

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_shipment(self, shipment_id, ready=None, **_params):
        shipment = self._find_shipment(shipment_id)
        if not shipment:
            return request.redirect("/my")
        return self._render_service_shipment(shipment, is_ready=ready == "1")

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_shipment_confirm(self, shipment_id, **post):
        shipment = self._get_shipment(shipment_id)
        if shipment.state != "confirmed":  # else the button was pressed twice
            form = ServiceShipmentForm(post)
            vals = form.parse()
            if not form.ok:
                return self._render_service_shipment(shipment, form=form)
            try:
                # Customers may not write, but say that their parcels are ready.
                shipment.sudo()._confirm(**vals)
            except UserError as error:
                return self._render_service_shipment(shipment, form=form, error=error)
        return request.redirect(f"{shipment.access_url}?ready=1")

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>/tracking",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_shipment_tracking(self, shipment_id, **post):
        shipment = self._get_shipment(shipment_id)
        form = ServiceShipmentForm(post)
        number = form.parse_tracking_number()
        if not form.ok:
            return self._render_service_shipment(shipment, form=form)
        try:
            # Customers may not write, but know the number of their parcel.
            shipment.sudo()._note_tracking_number(number)
        except UserError as error:
            return self._render_service_shipment(shipment, form=form, error=error)
        return request.redirect(shipment.access_url)

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_service_shipment_cancel(self, shipment_id, **_post):
        shipment = self._get_shipment(shipment_id)
        # Customers may not write, but take back what has not arrived.
        shipment_sudo = shipment.sudo()
        try:
            if shipment.state == "draft":
                shipment_sudo._discard()
                return request.redirect(f"{SHIPMENTS_URL}?discarded=1")
            shipment_sudo._cancel_by_customer()
        except UserError as error:
            return self._render_service_shipment(shipment, error=error)
        return request.redirect(shipment.access_url)

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>/packing-list",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_shipment_packing_list(self, shipment_id, **_params):
        return self._send_paper(
            shipment_id, PACKING_LIST, request.env._("Packing List")
        )

    @route(
        f"{SHIPMENTS_URL}/<int:shipment_id>/label",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_service_shipment_label(self, shipment_id, **_params):
        return self._send_paper(shipment_id, LABEL, request.env._("Label"))

    # === HELPERS === #

    def _find_shipment(self, shipment_id):
        """Return a shipment that the visitor may see, or an empty recordset.

        :raise Forbidden: only resellers ship
        """
        self._check_reseller()
        return request.env[MODEL].search([("id", "=", parse_id(shipment_id))])

    def _get_shipment(self, shipment_id):
        """Return a shipment for an act or a download; 404 if there is none."""
        shipment = self._find_shipment(shipment_id)
        if not shipment:
            raise request.not_found()
        return shipment

    def _render_service_shipment(self, shipment, **values):
        lines_sudo = shipment._get_devices_sudo()
        form = values.get("form") or ServiceShipmentForm({})
        page = {
            "page_name": "service_shipment",
            "shipment": shipment,
            "object": shipment,
            "lines_sudo": lines_sudo,
            "own_orders": lines_sudo.order_id.sudo(False)._filtered_access("read"),
            "form": form,
            "errors": form.errors,
        }
        return request.render(
            "customer_portal.portal_service_shipment",
            self._prepare_portal_layout_values() | values | page,
        )

    def _send_paper(self, shipment_id, report, title):
        shipment = self._get_shipment(shipment_id)
        if not shipment._may_be_printed():
            raise request.not_found()
        # Customers do not print themselves.
        pdf = shipment.sudo()._get_paper(report)
        return send_pdf(pdf, f"{title} {shipment._get_report_base_filename()}")
