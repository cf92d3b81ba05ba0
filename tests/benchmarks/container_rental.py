#!/usr/bin/env python3
"""Measure what the pages and acts of container_rental cost on a lot of data.

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
    ("movements", 1_000_000, "entries in the histories of containers"),
    ("rentals", 500_000, "stays of containers, most of them over"),
    ("requests", 200_000, "what customers asked for"),
    ("containers", 20_000, "two fifths of them at customers"),
    ("customers", 5_000, "besides a huge and a small one"),
)


def load():
    from rentals import filling, goals, plans, questions

    return filling, plans, questions, goals


if __name__ == "__main__":
    steps.main(lambda: command.main(__doc__, "container_rental", NUMBERS, load))
