"""The columns that a list of tickets can show: nothing else can be asked for."""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

from .text import clean_text

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Column:
    """A column of a list of tickets.

    ``field`` is the field of the ticket that it shows. ``filter`` says how it can be
    narrowed down: ``values`` (some of those that there are), ``text``, or not at all.
    """

    label: str
    type: str
    field: str
    sortable: bool = True
    filter: str | bool = False
    is_reversed: bool = False

    def order(self, direction):
        """Return what sorts tickets by this column, ``asc`` or ``desc``."""
        if self.is_reversed:
            direction = "asc" if direction == "desc" else "desc"
        tie = "" if self.field == "id" else f", id {direction}"
        return f"{self.field} {direction}{tie}"


COLUMNS = {
    "number": Column(_lt("Number"), "char", "number", filter="text"),
    # The youngest ticket has the smallest age and the latest date.
    "age": Column(_lt("Age"), "age", "create_date", is_reversed=True),
    "name": Column(_lt("Title"), "text", "name", filter="text"),
    "create_date": Column(_lt("Created"), "datetime", "create_date"),
    "write_date": Column(_lt("Changed"), "datetime", "write_date"),
    "partner_id": Column(_lt("Contact"), "many2one", "partner_id", filter="values"),
    "partner_email": Column(_lt("E-Mail"), "char", "partner_email", filter="text"),
    "team_id": Column(_lt("Queue"), "many2one", "team_id", filter="values"),
    "user_id": Column(_lt("Owner"), "many2one", "user_id", filter="values"),
    "responsible_id": Column(
        _lt("Responsible"), "many2one", "responsible_id", filter="values"
    ),
    "is_locked": Column(_lt("Locked"), "boolean", "is_locked", filter="values"),
    "stage_id": Column(_lt("Status"), "many2one", "stage_id", filter="values"),
    "state_type": Column(_lt("Kind of Stage"), "selection", "state_type"),
    "priority": Column(_lt("Priority"), "selection", "priority", filter="values"),
    "category_id": Column(_lt("Category"), "many2one", "category_id", filter="values"),
    "channel_id": Column(_lt("Channel"), "many2one", "channel_id", filter="values"),
    "tag_ids": Column(_lt("Tags"), "tags", "tag_ids", sortable=False),
    "pending_until": Column(_lt("Remind on"), "datetime", "pending_until"),
    "escalation_date": Column(_lt("Escalates on"), "datetime", "escalation_date"),
    "last_customer_message_date": Column(
        _lt("Last Customer Message"), "datetime", "last_customer_message_date"
    ),
    "closed_date": Column(_lt("Closed on"), "datetime", "closed_date"),
}
# A row without its number could not be told from another.
FIXED_COLUMN = "number"
DEFAULT_COLUMNS = ("number", "age", "name")
SIZES = (5, 10, 15, 20, 25, 50)
DIRECTIONS = ("asc", "desc")


def clean_columns(names):
    """Return the columns among ``names``, each once, the number among them.

    :param names: anything a client or a manager may have sent
    :return: list of names; empty if ``names`` is no list of them
    """
    if not isinstance(names, list | tuple):
        return []
    known = [name for name in dict.fromkeys(map(str, names)) if name in COLUMNS]
    if known and FIXED_COLUMN not in known:
        known.insert(0, FIXED_COLUMN)
    return known


def clean_order(order):
    """Return ``[column, direction]`` where ``order`` is that, else nothing."""
    if not isinstance(order, list | tuple) or len(order) != 2:
        return None
    name, direction = map(str, order)
    if name not in COLUMNS or direction not in DIRECTIONS or not COLUMNS[name].sortable:
        return None
    return [name, direction]


def clean_filters(filters):
    """Return those filters that fit their column; junk is left out.

    :return: dict of column: text, or a list of ids, keys or False
    """
    if not isinstance(filters, dict):
        return {}
    cleaned = {name: clean_filter(name, filters[name]) for name in filters}
    return {name: value for name, value in cleaned.items() if value}


def clean_filter(name, value):
    kind = name in COLUMNS and COLUMNS[name].filter
    if kind == "text" and isinstance(value, str):
        return clean_text(value)
    if kind == "values" and isinstance(value, list):
        return [one for one in value[:200] if is_filter_value(COLUMNS[name], one)]
    return None


def is_filter_value(column, value):
    if column.type == "many2one":
        return value is False or type(value) is int and 0 < value < 2**31
    if column.type == "boolean":
        return isinstance(value, bool)
    return value is False or isinstance(value, str) and len(value) < 20


def pattern(text):
    """Return what matches ``text`` anywhere, with ``%`` and ``_`` taken literally."""
    return f"%{escape(text)}%"


def escape(text):
    for sign in "\\%_":
        text = text.replace(sign, f"\\{sign}")
    return text
