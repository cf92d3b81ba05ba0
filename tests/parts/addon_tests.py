"""Runs the tests of addons, each alone with its dependencies and all together."""

from pathlib import Path

from erp import database, server

from . import odoo_log

# -P: the modules beside it are none of Odoo's business.
QUICK_ODOO = ["-P", Path(__file__).with_name("quick_odoo.py")]


def alone(target):
    """Test an addon, ``addon:Class`` or ``addon:Class.test_x``, with what it needs."""
    addon = target.partition(":")[0]
    with database.dependencies(addon).temporary(f"test_{addon}") as name:
        return run_tests(name, [addon], [f"/{target}"])


def run_tests(name, modules, tags):
    """Install modules into a database and run the tests with these tags.

    Browser tests can hang where nothing inside of Odoo ends them, hence the timeout.
    """
    code, path = server.run(
        name,
        *["-i", ",".join(modules), "--skip-auto-install"],
        *["--test-tags", ",".join(tags), "--http-port", server.free_port()],
        log=name,
        timeout=2700,
        program=QUICK_ODOO,
    )
    return odoo_log.test_result(path, code)
