"""What a browser may say about an address form, apart from the address itself."""

import re

from odoo.tools import frozendict, str2bool

ADDRESSES_URL = "/my/addresses"
DEFAULTS = frozendict(
    address_type="billing",
    use_delivery_as_billing=False,
    callback=ADDRESSES_URL,
    required_fields="",
)
# Browsers leave out tabs and line breaks and read a backslash as a slash, so that
# "/<tab>/evil" would be another site.
_LOCAL_URL = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f-\x9f]*")
_FLAG = re.compile(r"true|false|1|0|yes|no|on|off|", re.IGNORECASE)


def is_local_url(url):
    """Return whether this leads to a page of ours: no other site, and no script."""
    return isinstance(url, str) and bool(_LOCAL_URL.fullmatch(url))


def is_usable(name, value):
    """Return whether Odoo's methods can take a value; only options are checked."""
    return _CHECKS[name](value) if name in _CHECKS else True


def clean_options(options):
    """Return all options, with Odoo's defaults instead of junk."""
    usable = {
        name: value
        for name, value in options.items()
        if name in DEFAULTS and is_usable(name, value)
    }
    flag = usable.get("use_delivery_as_billing") or "false"
    return {**DEFAULTS, **usable, "use_delivery_as_billing": str2bool(flag)}


def get_partner_type(address_type, use_delivery_as_billing):
    """Return the type that Odoo gives to a new address of a form."""
    if use_delivery_as_billing:
        return "other"
    return "invoice" if address_type == "billing" else "delivery"


def _is_flag(value):
    return value is None or bool(_FLAG.fullmatch(str(value)))


_CHECKS = frozendict(
    address_type=("billing", "delivery").__contains__,
    use_delivery_as_billing=_is_flag,
    callback=is_local_url,
    required_fields=lambda value: isinstance(value, str),
)
