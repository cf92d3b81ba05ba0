"""What a browser may say about an address form, apart from the address itself."""

import re

from odoo.tools import frozendict, str2bool

from .portal_form import clean_text

ADDRESSES_URL = "/my/addresses"
ADDRESS_TYPES = ("billing", "delivery")
# Browsers leave out tabs and line breaks and read a backslash as a slash, so that
# "/<tab>/evil" would be another site.
_LOCAL_URL = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f-\x9f]*")


def clean_options(params):
    """Return those of the parameters that are options, as Odoo's methods take them."""
    return {
        name: clean(params[name]) for name, clean in _CLEANERS.items() if name in params
    }


def get_local_url(url, default=ADDRESSES_URL):
    """Return where to go next, never another site and never a script."""
    url = clean_text(url)
    return url if _LOCAL_URL.fullmatch(url) else default


def get_partner_type(address_type, use_delivery_as_billing):
    """Return the type that Odoo gives to a new address of a form."""
    if use_delivery_as_billing:
        return "other"
    return "invoice" if address_type == "billing" else "delivery"


def _clean_type(value):
    return value if value in ADDRESS_TYPES else ADDRESS_TYPES[0]


def _clean_flag(value):
    return str2bool(clean_text(value), False)


_CLEANERS = frozendict(
    address_type=_clean_type,
    use_delivery_as_billing=_clean_flag,
    callback=get_local_url,
    required_fields=clean_text,
)
