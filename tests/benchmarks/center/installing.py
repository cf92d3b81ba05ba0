"""How long the addon takes to be installed where there are many tickets already."""

import contextlib
import importlib.util
import time

import psycopg2
from erp import database, server
from erp.paths import ADDONS
from erp.steps import Problem

ADDON = "helpdesk_info_center"


def get_seconds(stock):
    """Seconds of the hook by itself, and of the whole installation with its indexes."""
    hook = _run_hook(stock)
    start = time.monotonic()
    options = ["-i", ADDON, "--skip-auto-install", "--stop-after-init", "--no-http"]
    code, log = server.run(stock, *options, log=f"{stock}-install")
    if code or ADDON not in database.installed(stock):
        raise Problem(f"The addon could not be installed: {log}")
    return {
        "installation, its SQL, seconds": hook,
        "installation, all of it, seconds": time.monotonic() - start,
    }


def _run_hook(stock):
    """What the addon does before its fields are there, and is rolled back here."""
    path = ADDONS / ADDON / "hooks.py"
    spec = importlib.util.spec_from_file_location("hooks", path)
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    with contextlib.closing(psycopg2.connect(dbname=stock)) as connection:
        with connection.cursor() as cursor:
            start = time.monotonic()
            for name in ("COLUMNS", "STAGES", "TARGETS", "TICKETS"):
                cursor.execute(getattr(hooks, name))
            seconds = time.monotonic() - start
        connection.rollback()
    return seconds
