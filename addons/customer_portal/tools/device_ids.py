"""How serial numbers and IMEIs are written, whoever typed or scanned them."""

import re

from stdnum import imei

_SPACES = re.compile(r"\s+")
_IMEI_SEPARATORS = re.compile(r"[\s./\-\u2010-\u2015]+")  # and dashes of editors
_IMEI = re.compile(r"[0-9]{15}")


def clean_serial(text):
    """Return a serial number in capitals and without spaces; dashes belong to it."""
    return _SPACES.sub("", str(text or "")).upper()


def clean_imei(text):
    """Return an IMEI without the separators with which people write it."""
    return _IMEI_SEPARATORS.sub("", str(text or "")).upper()


# The fields that identify a device, and how each of them is cleaned.
NUMBERS = {"serial_number": clean_serial, "imei": clean_imei, "imei2": clean_imei}


def clean_numbers(vals):
    """Return values of a record with serial number and IMEIs as they are searched."""
    cleaned = {
        name: clean(vals[name]) or False
        for name, clean in NUMBERS.items()
        if name in vals
    }
    return {**vals, **cleaned}


def is_imei(text):
    """Return whether this is an IMEI: 15 digits of which the last one is right.

    The standard library of numbers also takes the 14 digits without check digit, the 16
    of an IMEISV, and zeros, which phones without an identity show.
    """
    return bool(_IMEI.fullmatch(text or "") and imei.is_valid(text) and text.strip("0"))
