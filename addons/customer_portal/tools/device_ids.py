"""How serial numbers and IMEIs are written, whoever typed or scanned them."""

import re

from stdnum import imei

_SPACES = re.compile(r"\s+")
_IMEI_SEPARATORS = re.compile(r"[\s./-]+")
_IMEI = re.compile(r"[0-9]{15}")


def clean_serial(text):
    """Return a serial number in capitals and without spaces; dashes belong to it."""
    return _SPACES.sub("", text or "").upper()


def clean_imei(text):
    """Return an IMEI without the separators with which people write it."""
    return _IMEI_SEPARATORS.sub("", text or "").upper()


def is_imei(text):
    """Return whether this is an IMEI: 15 digits of which the last one is right.

    The standard library of numbers also takes the 14 digits without check digit, the 16
    of an IMEISV, and zeros, which phones without an identity show.
    """
    return bool(_IMEI.fullmatch(text or "") and imei.is_valid(text) and text.strip("0"))
