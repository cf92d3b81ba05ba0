"""In which time zone a telephone number is, as far as the number says so."""

from functools import cache, lru_cache

import phonenumbers
import pytz
from phonenumbers import timezone as number_zones

# Subscribers of one exchange are in one place: the last digits decide nothing.
SUBSCRIBER_DIGITS = 4


def time_zone(e164, country_code, fallback):
    """Return the name of the time zone of a number; junk gets the fallback.

    It is the zone of the number if there is exactly one, else that of the country if
    there is exactly one, else the fallback.

    :param e164: as Odoo formats numbers, e.g. ``+12125550100``
    :param country_code: two letters, of the address; if empty, the number's country
    """
    number = str(e164 or "")
    calling_code = _calling_code(number[:4])
    return (
        _zone_of_number(number, calling_code)
        or _zone_of_country(country_code or _country_of(calling_code))
        or fallback
    )


def _zone_of_number(number, calling_code):
    if not calling_code:
        return None
    zones = _zones_of_calling_codes()[calling_code]
    if len(zones) == 1:
        return next(iter(zones))
    exchange = number[:-SUBSCRIBER_DIGITS]
    return _zone_of_exchange(exchange, len(number))


@cache
def _zones_of_calling_codes():
    """Return all time zones in which each international calling code has numbers."""
    zones = {str(code): set() for code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE}
    for prefix, names in number_zones.TIMEZONE_DATA.items():
        code = next((prefix[:end] for end in (1, 2, 3) if prefix[:end] in zones), None)
        if code:
            zones[code].update(names)
    return zones


@lru_cache(maxsize=2**12)
def _calling_code(start):
    digits = start[1:] if start.startswith("+") else ""
    codes = _zones_of_calling_codes()
    return next((digits[:end] for end in (1, 2, 3) if digits[:end] in codes), None)


@lru_cache(maxsize=2**18)
def _zone_of_exchange(exchange, length):
    """Return the one zone of the numbers of this length that begin like this."""
    subscriber = "2345"[: length - len(exchange)]
    try:
        number = phonenumbers.parse(exchange + subscriber)
    except phonenumbers.NumberParseException:
        return None
    zones = number_zones.time_zones_for_number(number)
    if len(zones) != 1 or zones[0] == number_zones.UNKNOWN_TIMEZONE:
        return None
    return zones[0]


@cache
def _country_of(calling_code):
    return calling_code and phonenumbers.region_code_for_country_code(int(calling_code))


@cache
def _zones_by_country():
    return {code: tuple(zones) for code, zones in pytz.country_timezones.items()}


def _zone_of_country(country_code):
    zones = _zones_by_country().get(str(country_code or "").upper(), ())
    return zones[0] if len(zones) == 1 else None
