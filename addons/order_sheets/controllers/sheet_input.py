import json

from odoo.http import request

from odoo.addons.customer_portal.controllers.portal_files import (
    MEGABYTE,
    UploadForm,
)
from odoo.addons.customer_portal.controllers.portal_form import parse_id

from .sheet_form import FILE_PREFIX, PREFIX


class SheetInput:
    """What a browser sends of a page of an order sheet: by form, or as JSON.

    Nothing that can be sent raises; what has no meaning is left out.

    :ivar typed: ``{name of the input: text or list of texts}``
    :ivar rev: the revision that was on the screen; 0: it is not known
    :ivar before: what stood in the inputs, by name
    """

    def __init__(self, typed, rev, before):
        self.typed = typed
        self.rev = rev
        self.before = before

    @classmethod
    def from_form(cls, post):
        sent = request.httprequest.form
        typed = {}
        for name in sent:
            if name.startswith(PREFIX):
                values = sent.getlist(name)
                typed[name.removeprefix(PREFIX)] = (
                    values if len(values) > 1 else values[0]
                )
        before = _parse_json(post.get("before"))
        return cls(
            typed,
            parse_id(post.get("rev")) or 0,
            before if is_typed(before) else {},
        )

    @classmethod
    def from_json(cls, values, rev, before):
        """Return what was sent, or None if it has another shape."""
        rev = parse_id(rev) if isinstance(rev, int) else None
        before = {} if before is None else before
        if rev is None or not (is_typed(values) and is_typed(before)):
            return None
        return cls(values, rev, before)


def is_typed(values):
    """Return whether this can be what stood in inputs: texts, or lists of texts."""
    return isinstance(values, dict) and all(
        all(map(_is_plain, value)) if isinstance(value, list) else _is_plain(value)
        for value in values.values()
    )


def is_ids(values):
    """Return whether this is a list of ids."""
    return isinstance(values, list) and all(
        isinstance(value, int) and parse_id(value) for value in values
    )


def read_selected_pages():
    """Return the optional pages that are ticked in a form; None: it has no boxes."""
    sent = request.httprequest.form
    if "contents" not in sent:
        return None
    return [page_id for page_id in map(parse_id, sent.getlist("selected")) if page_id]


def read_uploads(field_sudo, form):
    """Return the files sent for a question, checked as it wants it: all, or none.

    :param form: ``UploadForm`` of the request; gets a message if one is refused
    """
    return form.files(
        f"{FILE_PREFIX}{field_sudo.key}",
        field_sudo.label,
        maximum=field_sudo.file_max_count,
        company=field_sudo.company_id,
        max_bytes=field_sudo.file_max_mb * MEGABYTE,
        extensions=field_sudo._get_extensions(),
    )


def new_upload_form():
    return UploadForm({})


def _is_plain(value):
    return value is None or isinstance(value, str | int | float)


def _parse_json(text):
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None
