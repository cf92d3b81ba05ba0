"""Values of fields as plain data: kept in a change request, compared, and shown.

What is empty, missing, blank or zero is ``False``. A many2one is an id, a many2many
a sorted list of ids; dates are texts as Odoo stores them.
"""

from odoo import fields
from odoo.exceptions import MissingError
from odoo.tools import format_date, format_datetime

RELATIONS = ("many2one", "many2many")
TEXTS = ("char", "text", "html", "selection")
NUMBERS = ("integer", "float", "monetary")
REQUESTABLE_TYPES = (
    *TEXTS,
    *NUMBERS,
    "boolean",
    "date",
    "datetime",
    *RELATIONS,
)


def get_value(record, name):
    """Return the present value of a field as plain data."""
    return to_plain(record, name, record[name])


def to_plain(record, name, value):
    """Return a value as plain data.

    :param value: as a record has it, or as ``write`` takes it
    """
    field = record._fields[name]
    if field.type in TEXTS:
        return (str(value).strip() or False) if value else False
    if field.type == "boolean":
        return bool(value)
    if field.type in NUMBERS:
        return value or False
    if field.type == "date":
        return fields.Date.to_string(fields.Date.to_date(value)) or False
    if field.type == "datetime":
        return fields.Datetime.to_string(fields.Datetime.to_datetime(value)) or False
    if field.type == "many2one":
        return getattr(value, "id", value) or False
    cached = field.convert_to_cache(value, record)
    return sorted(field.convert_to_record(cached, record).ids) or False


def to_write(record, name, value):
    """Return plain data as ``create`` and ``write`` take it."""
    if record._fields[name].type == "many2many":
        return [fields.Command.set(value or [])]
    return value


def read_names(record, values):
    """Read the names of all records in many values at once, which ``show`` then knows.

    :param values: pairs of a field and its value
    """
    found = {}
    for name, value in values:
        field = record._fields[name]
        if field.type in RELATIONS and value:
            found.setdefault(field.comodel_name, set()).update(_as_ids(value))
    for model, ids in found.items():
        _get_names(record.env[model], ids)


def show(record, name, value):
    """Return plain data as a reader of the environment's language reads it."""
    field, env = record._fields[name], record.env
    if field.type == "boolean":
        return env._("Yes") if value else env._("No")
    if field.type in NUMBERS:
        return str(value or 0)
    if not value:
        return ""
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, value)
    if field.type == "date":
        return format_date(env, value)
    if field.type == "datetime":
        return format_datetime(env, value)
    if field.type in RELATIONS:
        return ", ".join(_get_names(env[field.comodel_name], _as_ids(value)))
    return value


def _as_ids(value):
    return value if isinstance(value, list) else [value]


def _get_names(records, ids):
    # The names of what a customer chose himself.
    related_sudo = records.sudo().browse(ids)
    try:
        return related_sudo.mapped("display_name")
    except MissingError:  # a record may be gone by now
        return related_sudo.exists().mapped("display_name")
