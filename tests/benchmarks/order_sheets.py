#!/usr/bin/env python3
"""Measure what order sheets cost customers and staff after many campaigns.

It fills a database of its own, serves it, asks over HTTP and prints tables: times at
the client, SQL queries from Odoo's log, ratios to pages of Odoo in the same run, and
the goals. Times never fail; a wrong answer does (exit code 1).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))

from erp import steps  # noqa: E402
from shared import command  # noqa: E402

NUMBERS = (
    ("requests", 500_000, "what customers have ordered, most of it in the archive"),
    ("partners", 200_000, "companies, contacts and addresses"),
)
# Forms are compared with those of Odoo's surveys.
STOCK = ("sale", "survey")


def load():
    from sheets import filling, goals, plans, questions

    return filling, plans, questions, goals


if __name__ == "__main__":
    steps.main(lambda: command.main(__doc__, "order_sheets", NUMBERS, load, STOCK))
