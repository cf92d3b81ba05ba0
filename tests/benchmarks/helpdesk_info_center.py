#!/usr/bin/env python3
"""Measure what the customer information center costs agents with a million tickets.

It fills two databases of its own with the same data, one of them without the addon,
serves them, asks over HTTP and prints tables: times at the client, SQL queries from
Odoo's log, ratios to what an agent has to ask OCA's helpdesk for the same, and the
goals. Times never fail; a wrong answer does (exit code 1).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))

from erp import steps  # noqa: E402
from shared import command  # noqa: E402

NUMBERS = (
    ("tickets", 1_000_000, "of three years, most of them closed"),
    ("partners", 200_000, "companies and their contacts"),
)


def load():
    from center import filling, goals, plans, questions

    return filling, plans, questions, goals


if __name__ == "__main__":
    addon = "helpdesk_info_center"
    steps.main(
        lambda: command.main(__doc__, addon, NUMBERS, load, also=(), has_stock=True)
    )
