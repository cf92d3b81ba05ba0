"""What customers see of their company and its addresses, in the order of the pages."""

ADDRESS_FIELDS = (
    *("name", "street", "street2", "zip", "city", "country_id", "state_id"),
    *("phone", "email"),
)
COMPANY_FIELDS = (
    *("name", "vat", "street", "street2", "zip", "city", "country_id", "state_id"),
    *("phone", "email", "invoice_sending_method", "invoice_edi_format"),
)
ADDRESS_TYPES = ("delivery", "invoice", "other")

_POSITIONS = {name: position for position, name in enumerate(COMPANY_FIELDS)}


def get_position(name):
    """Return where a field stands; those of other addons come last."""
    return _POSITIONS.get(name, len(_POSITIONS))
