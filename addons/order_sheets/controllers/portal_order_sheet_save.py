from werkzeug.exceptions import abort

from odoo.exceptions import LockError, UserError
from odoo.fields import Datetime
from odoo.http import request, route

from .portal_order_sheet import REQUEST_URL, OrderSheetPortal
from .sheet_form import get_clock_text, get_text
from .sheet_input import SheetInput, is_ids


class OrderSheetSavePortal(OrderSheetPortal):
    """What keeps a page while the customer still types; for JavaScript.

    /my/order-sheets/requests/<id>/save   keeps what is typed
    /my/order-sheets/requests/<id>/pages  keeps which optional pages are needed

    Both answer a dict: what is kept, and what there is on the screen by now; or
    ``locked`` (why nothing can be changed), or ``busy`` (try again).
    """

    @route(f"{REQUEST_URL}/save", type="jsonrpc", auth="user", website=True)
    def portal_order_sheet_save(
        self, request_id, page_id=None, values=None, rev=None, before=None, **_params
    ):
        order_sudo = self._find_request_to_change(request_id).sudo()
        sent = SheetInput.from_json(values, rev, before)
        if not sent or not is_ids([page_id]):
            abort_unprocessable()
        try:
            saved = order_sudo._save_typed(
                sent.typed, sent.rev, sent.before, self._get_contact_sudo()
            )
        except UserError as error:
            return refuse(order_sudo, error)
        filled = order_sudo._get_filled()
        return describe_saved(order_sudo, filled, page_id, sent, saved)

    @route(f"{REQUEST_URL}/pages", type="jsonrpc", auth="user", website=True)
    def portal_order_sheet_pages(self, request_id, selected=None, **_params):
        order_sudo = self._find_request_to_change(request_id).sudo()
        if not is_ids(selected):
            abort_unprocessable()
        try:
            order_sudo._select_pages(selected, self._get_contact_sudo())
        except UserError as error:
            return refuse(order_sudo, error)
        return describe_pages(order_sudo, order_sudo._get_filled())


def abort_unprocessable():
    """Answer a JSON call that no page of ours sends."""
    abort(request.make_json_response({"error": "Unprocessable Content"}, status=422))


def refuse(order_sudo, error):
    """Return the answer to what cannot be kept, now or any more."""
    name = "busy" if isinstance(error, LockError) else "locked"
    return {name: order_sudo._get_lock_reason() or str(error)}


def describe_pages(order_sudo, filled):
    """Return what the screen shows around the questions."""
    return {
        "rev": order_sudo.rev,
        "saved_at": get_clock_text(order_sudo, Datetime.now()),
        "pages": [
            {
                "id": page.id,
                "is_offered": page.is_wanted,
                "visible": page.is_visible,
                "complete": page.is_complete,
            }
            for page in filled.all_pages
        ],
    }


def describe_saved(order_sudo, filled, page_id, sent, saved):
    """Return what became of what a customer has typed on a page."""
    page = next((it for it in filled.all_pages if it.id == page_id), None)
    fields = page.all_fields if page else []
    answer = describe_pages(order_sudo, filled) | {
        "saved": [
            name
            for name in sent.typed
            if name in filled.slots
            and name not in saved.faults
            and name not in saved.conflicts
        ],
        "errors": saved.faults,
        "conflicts": {
            name: conflict | {"text": get_text(filled.slots[name])}
            for name, conflict in saved.conflicts.items()
        },
        "changed": _describe_changed(fields, sent),
        "visible": {field.key: field.is_visible for field in fields},
    }
    if saved.conflicts:
        conflict = next(iter(saved.conflicts.values()))
        answer |= {"conflict": True, "saved_by": conflict["by"]}
    return answer


def _describe_changed(fields, sent):
    """Return what colleagues have typed into the other inputs of the page."""
    return {
        slot.name: {
            "theirs": slot.typed,
            "text": get_text(slot),
            "by": slot.answer.write_uid.partner_id.name,
        }
        for field in fields
        for slot in field.slots
        if field.type != "file"
        and slot.answer
        and slot.answer.rev > sent.rev
        and slot.name not in sent.typed
    }
