"""Numbers as customers type and read them, in the language of the page."""

import re
from decimal import Decimal

from odoo.tools.misc import get_lang

_PLAIN = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_SPACES = " \xa0\u202f"


def parse_number(env, text):
    """Return the number in a text, or None if there is none.

    Thousands may be separated as the language does it, or by spaces. A point is a
    decimal point where it cannot separate thousands: 0.125 is less than 1 everywhere.
    """
    lang = get_lang(env)
    separators = re.escape(_SPACES + (lang.thousands_sep or ""))
    point = re.escape(lang.decimal_point)
    grouped = rf"-?[1-9][0-9]{{0,2}}([{separators}][0-9]{{3}})+({point}[0-9]+)?"
    text = text.strip()
    if re.fullmatch(grouped, text):
        text = re.sub(f"[{separators}]", "", text)
    text = text.replace(lang.decimal_point, ".")
    # there is no -0
    return float(text) + 0.0 if _PLAIN.fullmatch(text) else None


def format_number(env, number):
    """Return a number as it is typed, without groups and superfluous zeros."""
    if number is None or number is False:
        return ""
    text = f"{Decimal(repr(round(number, 6))):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", get_lang(env).decimal_point)


def is_multiple(number, step):
    """Return whether a number can be reached in steps, whatever floats make of it."""
    steps = number / step
    return abs(steps - round(steps)) < 1e-6
