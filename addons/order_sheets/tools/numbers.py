"""Numbers as customers type and read them, in the language of the page."""

import re
from decimal import Decimal

from odoo.tools.misc import get_lang

_PLAIN = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")


def parse_number(env, text):
    """Return the number in a text, or None if there is none.

    Groups of thousands may be separated as the language does it. A point is a decimal
    point where it cannot separate thousands.
    """
    lang = get_lang(env)
    text = text.replace(" ", "").replace("\xa0", "")
    if lang.thousands_sep:
        separator = re.escape(lang.thousands_sep)
        text = re.sub(rf"(?<=[0-9]){separator}(?=[0-9]{{3}}(?![0-9]))", "", text)
    text = text.replace(lang.decimal_point, ".")
    return float(text) if _PLAIN.fullmatch(text) else None


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
