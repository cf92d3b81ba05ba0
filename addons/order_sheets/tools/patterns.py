"""Patterns that somebody writes for customers' texts, and how long they may take.

A pattern such as ``(a+)+`` takes years for some texts of 30 characters, and nothing can
stop it. So a pattern is read before it is used: the ways in which it can fit a text are
counted, generously, and one with too many ways is refused.
"""

import re

try:
    from re import _constants as nodes
    from re import _parser as parser
except ImportError:  # Python 3.10
    import sre_constants as nodes
    import sre_parse as parser

MAX_PATTERN = 200
MAX_TEXT = 255
# as many as three repetitions without end have; a moment for the longest text
MAX_WAYS = (MAX_TEXT + 1) ** 3
_ENDLESS = float("inf")
_REPEATS = (
    nodes.MAX_REPEAT,
    nodes.MIN_REPEAT,
    getattr(nodes, "POSSESSIVE_REPEAT", None),
)
_ASSERTIONS = (nodes.ASSERT, nodes.ASSERT_NOT)


def is_quick(pattern):
    """Return whether a pattern comes to an end soon for each text of 255 characters.

    :raise re.error: it is no regular expression
    """
    if len(pattern) > MAX_PATTERN:
        return False
    try:
        re.compile(pattern)
        return _count_ways(parser.parse(pattern)) <= MAX_WAYS
    except (OverflowError, RecursionError):  # a{99999999999}, ((((…
        return False


def _count_ways(items):
    ways = 1
    for kind, value in items:
        ways *= _count_ways_of(kind, value)
    return ways


def _count_ways_of(kind, value):
    if kind in _REPEATS:
        return _count_ways_of_repeat(*value)
    if kind is nodes.BRANCH:
        return sum(map(_count_ways, value[1]))
    if kind is nodes.SUBPATTERN:
        return _count_ways(value[3])
    if kind in _ASSERTIONS:
        return _count_ways(value[1])
    if kind is nodes.GROUPREF_EXISTS:
        return sum(_count_ways(branch) for branch in value[1:] if branch)
    return _count_ways(value) if isinstance(value, parser.SubPattern) else 1


def _count_ways_of_repeat(least, most, items):
    least, most = min(least, MAX_TEXT), min(most, MAX_TEXT)
    ways = _count_ways(items)
    if ways == 1:
        return most - least + 1
    if ways > MAX_WAYS or most > MAX_WAYS.bit_length():
        return _ENDLESS
    return sum(ways**times for times in range(least, most + 1))
