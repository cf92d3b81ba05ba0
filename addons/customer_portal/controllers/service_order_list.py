from odoo.fields import Domain
from odoo.http import request

from ..models.customer_service_order import NEW_STATES
from ..tools.device_ids import clean_imei, clean_serial
from .portal_list import PortalList

MODEL = "customer.service.order"
NEWEST = "date_order desc, id desc"


def service_order_list(**values):
    """Return the list of service orders, in the sections of the source.

    :param values: what else a ``PortalList`` has: ``domain``, ``kept``
    """
    _ = request.env._
    return PortalList(
        model=MODEL,
        url=request.env[MODEL]._portal_path,
        page_name="service_orders",
        sortings={
            "newest": {"label": _("Newest"), "order": NEWEST},
            "oldest": {"label": _("Oldest"), "order": "date_order, id"},
            "number": {"label": _("Number"), "order": "name"},
            "status": {"label": _("Status"), "order": f"status_id, {NEWEST}"},
            "device": {"label": _("Device"), "order": f"device_name, {NEWEST}"},
        },
        tabs=service_sections(),
        all_tab="all",
        searches=service_searches(),
        fields=(
            *("name", "state", "status_id", "waiting_for", "date_order"),
            *("client_order_ref", "internal_ref", "company_id"),
            *("device_name", "serial_number", "imei"),
            *("inbound_tracking", "outbound_tracking", "shipping_type_id"),
        ),
        step=80,
        **values,
    )


def service_sections():
    """Return the sections of the list; drafts and cancelled orders are in the last."""
    _ = request.env._
    sections = {
        "new": (_("New Orders"), Domain("state", "in", NEW_STATES)),
        "at_location": (
            _("At the Service Location"),
            Domain("state", "=", "at_location"),
        ),
        "completed": (_("Completed"), Domain("state", "=", "completed")),
        "waiting": (_("Waiting for You"), Domain("waiting_for", "=", "customer")),
        "all": (_("All"), Domain.TRUE),
    }
    return {
        key: {"label": label, "domain": domain}
        for key, (label, domain) in sections.items()
    }


def service_searches():
    """Return in which numbers customers search, as they type or scan them."""
    _ = request.env._
    searches = {
        "name": (_("Order Number"), ["name"], str),
        "ref": (_("Reference"), ["client_order_ref"], str),
        "internal": (_("Internal Reference"), ["internal_ref"], str),
        "serial": (_("Serial Number"), ["serial_number"], clean_serial),
        "imei": (_("IMEI"), ["imei", "imei2"], clean_imei),
    }
    return {
        key: {"label": label, "fields": fields, "clean": clean}
        for key, (label, fields, clean) in searches.items()
    }
