from dataclasses import dataclass

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.customer_portal.controllers.portal_list import PortalList

from ..models.order_sheet_request import ARCHIVED_STATES, RUNNING_STATES
from .portal_order_sheet import MODEL, SHEETS_URL

TABS = {"running": RUNNING_STATES, "archived": ARCHIVED_STATES}


@dataclass(frozen=True)
class OrderRequestList(PortalList):
    """A list whose filter is the status: its addresses say ``status=<stage id>``.

    It is never the first tab of its page, so they name the tab as well.
    """

    def _get_url_args(self, chosen):
        args = super()._get_url_args(chosen) | {"tab": chosen["tab"]}
        if "filterby" in args:
            args["status"] = args.pop("filterby")
        return args


def order_request_list(tab=None):
    """Return the list of order requests.

    :param tab: its stages are what the status search offers
    """
    _ = request.env._
    labels = {"running": _("Running Orders"), "archived": _("Archived Orders")}
    return OrderRequestList(
        model=MODEL,
        url=SHEETS_URL,
        page_name="order_requests",
        sortings={
            "newest": {"label": _("Newest"), "order": "submitted_at desc, id desc"}
        },
        tabs={
            key: {"label": label, "domain": Domain("state", "in", TABS[key])}
            for key, label in labels.items()
        },
        filters=_get_status_filters(tab),
        searches={
            "name": {"label": _("Number"), "fields": ["name"]},
            "sheet": {"label": _("Order Sheet"), "fields": ["sheet_name"]},
        },
        fields=(
            *("name", "state", "stage_id", "sheet_id", "sheet_name"),
            *("submitted_at", "submitted_by_id", "company_id"),
        ),
    )


def _get_status_filters(tab):
    """Return what the status search offers: ``{stage id: {"label", "domain"}}``.

    Stages that customers read by the same name are one for them.
    """
    ids_by_label = {}
    if tab in TABS:
        # Stages have no rights of their own; their names are for everybody.
        stages_sudo = request.env["order.sheet.stage"].sudo()
        for stage_sudo in stages_sudo.search_fetch([("state", "in", TABS[tab])]):
            label = stage_sudo.portal_name or stage_sudo.name
            ids_by_label.setdefault(label, []).append(stage_sudo.id)
    filters = {"": {"label": request.env._("All"), "domain": Domain.TRUE}}
    for label, ids in ids_by_label.items():
        domain = Domain("stage_id", "in", ids)
        filters |= {str(it): {"label": label, "domain": domain} for it in ids}
    return filters
