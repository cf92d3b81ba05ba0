"""Reads what comes with a request, where anything may have been sent."""

import re

from odoo.fields import Datetime

from .text import clean_text

MAX_ID = 2**31 - 1
MAX_SEARCH = 128

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def as_text(value):
    """Return a text that was sent, or an empty one: it may be a file as well."""
    return value if isinstance(value, str) else ""


def as_number(value):
    """Return a natural number that was sent, or None."""
    text = str(value) if isinstance(value, int) else as_text(value)
    # Other scripts have digits too, not all of which Python takes for a number.
    if text.isascii() and text.isdigit() and len(text) < 20:
        return int(text)
    return None


def as_id(value):
    """Return the id of a record that was sent, or None where none can have it."""
    number = as_number(value)
    return number if number and number <= MAX_ID else None


def as_choice(value, choices):
    """Return what was chosen, or None where it is not one of the choices."""
    text = as_text(value)
    return text if text in choices else None


def as_token(value):
    """Return the token of a form, or None where it is none of ours."""
    text = as_text(value)
    return text if _UUID.fullmatch(text) else None


def as_search(value):
    """Return words to search for, without what the database cannot search for."""
    return clean_text(value, MAX_SEARCH)


def as_moment(value):
    """Return a date or time as it was sent, or None where it is none."""
    text = as_text(value)
    try:
        return text if text and Datetime.to_datetime(text) else None
    except ValueError:
        return None
