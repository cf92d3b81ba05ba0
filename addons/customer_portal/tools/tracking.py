"""Where a customer follows a parcel."""

from urllib.parse import quote

PLACEHOLDER = "<shipmenttrackingnumber>"  # as delivery carriers have it


def get_tracking_url(template, number):
    """Return the page of a parcel at its carrier, or None.

    :param template: the carrier's address, with the placeholder for the number
    :param number: as somebody typed it, so it may hold anything
    """
    number = (number or "").strip()
    if not (template and number):
        return None
    url = template.strip().replace(PLACEHOLDER, quote(number, safe=""))
    return url if url.lower().startswith(("https://", "http://")) else None
