"""Runs the tests of addons, each alone with its dependencies and all together."""

from erp import database, server

from . import odoo_log


def alone(target):
    """Test one addon, ``addon:Class`` or ``addon:Class.test_x`` with its dependencies only."""
    addon = target.partition(":")[0]
    with database.dependencies(addon).temporary(f"test_{addon}") as name:
        return run_tests(name, [addon], [f"/{target}"])


def run_tests(name, modules, tags):
    code, path = server.odoo(
        *["server", "-c", server.CONFIGURATION, "-d", name, "-i", ",".join(modules)],
        *["--skip-auto-install", "--test-tags", ",".join(tags)],
        *["--http-port", server.free_port()],
        log=name,
        timeout=1200,
    )
    return odoo_log.test_result(path, code)
