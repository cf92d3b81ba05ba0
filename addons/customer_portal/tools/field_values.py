"""Values of fields as plain data: kept in a change request, compared, and shown.

What is empty, missing, blank or zero is ``False``. A many2one is an id, a many2many
a sorted list of ids; dates are texts as Odoo stores them.
"""

from odoo import fields
from odoo.tools import format_date, format_datetime

TEXTS = ("char", "text", "html", "selection")
NUMBERS = ("integer", "float", "monetary")
REQUESTABLE_TYPES = (
    *TEXTS,
    *NUMBERS,
    "boolean",
    "date",
    "datetime",
    "many2one",
    "many2many",
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
    if field.type in ("many2one", "many2many"):
        ids = value if isinstance(value, list) else [value]
        # The names of what a customer chose himself; a record may be gone by now.
        related_sudo = env[field.comodel_name].sudo().browse(ids).exists()
        return ", ".join(related_sudo.mapped("display_name"))
    return value
