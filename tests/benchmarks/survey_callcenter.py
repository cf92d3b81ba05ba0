#!/usr/bin/env python3
"""Measure what the call center costs with a million contacts on one list.

It fills a database of its own, serves it, asks over HTTP and prints tables: times at
the client, SQL queries from Odoo's log, ratios to Odoo's own lists and acts, and the
goals. Then 50 agents call at once on a server with several processes, our statement
goes to PostgreSQL without Odoo, and a second contact list is written. Times never fail;
a wrong answer does (exit code 1).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "setup"))

from erp import steps  # noqa: E402
from shared import command  # noqa: E402

NUMBERS = (("contacts", 1_000_000, "on the contact list of one survey"),)
# OCA's tickets are what the change of a status is compared with.
ALSO = ("helpdesk_mgmt",)


def load():
    from calls import filling, goals, plans, questions

    return filling, plans, questions, goals


if __name__ == "__main__":
    steps.main(
        lambda: command.main(__doc__, "survey_callcenter", NUMBERS, load, also=ALSO)
    )
