"""All addons in one database: tests, Odoo's own checks, upgrade, uninstallation."""

from erp import addons, database, server
from erp.steps import Problem

from . import odoo_log, translations
from .addon_tests import run_tests
from .result import Result, run_part

# Odoo's checks of Odoo's whole code, with only our addons to look at.
ODOO_CHECKS = """
from unittest.mock import patch
from odoo.addons.test_lint.tests.test_override_signatures import MODEL_METHODS_TO_IGNORE
from odoo.modules import Manifest
from odoo.tests.shell import run_tests
MODEL_METHODS_TO_IGNORE |= {theirs}
ours = [Manifest.for_addon(name) for name in {names}]
with patch.object(Manifest, "all_addon_manifests", lambda: ours):
    run_tests(env, {tags!r}, ["test_lint"])
"""
# Methods whose arguments OCA's addons have renamed.
THEIRS = {
    ("helpdesk.ticket", "message_new"),
    ("helpdesk.ticket", "message_update"),
}
NOT_FOR_US = (
    # It runs with the other linters, and these test its checkers.
    *("TestPyLint", "TestGetTextLint", "TestSqlLint", "TestI18nChecks"),
    # They look at Odoo's own files, or need a program that is not here.
    *("TestConflictMarkers", "TestDocstring", "TestESLint"),
)


def together():
    """One part after the other on one database; their sum."""
    names = addons.names()
    with database.dependencies(*names).temporary("test_together") as name:
        tags = [f"/{addon}" for addon in names]
        parts = [
            ("all addons together", run_tests, name, names, tags),
            ("German translations", translations.check, name),
            ("Odoo's own checks", odoo_checks, name),
            ("upgrade", upgrade, name),
            ("uninstall", uninstall, name),
        ]
        return sum((run_part(*part) for part in parts), Result())


def odoo_checks(name):
    tags = ",".join(["/test_lint", *(f"-/test_lint:{test}" for test in NOT_FOR_US)])
    code, log = server.odoo(
        *["shell", "-c", server.CONFIGURATION, "-d", name],
        *["--http-port", server.free_port()],
        script=ODOO_CHECKS.format(names=addons.names(), tags=tags, theirs=THEIRS),
        log=f"{name}-odoo-checks",
    )
    return odoo_log.test_result(log, code)


def upgrade(name):
    options = ["-u", ",".join(addons.names()), "--stop-after-init", "--no-http"]
    return _without_complaint(*server.run(name, *options, log=f"{name}-upgrade"))


def uninstall(name):
    """Afterwards nothing of ours is left, and Odoo still starts."""
    command = ["module", "uninstall", "-c", server.CONFIGURATION, "-d", name]
    outcome = server.odoo(*command, *addons.names(), log=f"{name}-uninstall")
    result = _without_complaint(*outcome)
    statement = "SELECT module, name FROM ir_model_data WHERE module = ANY(%s)"
    left = database.query(name, statement, addons.names())
    if left or database.installed(name) & {*addons.names()}:
        raise Problem(f"After uninstalling this is left: {left}")
    outcome = server.run(name, "--stop-after-init", "--no-http", log=f"{name}-after")
    return result + _without_complaint(*outcome)


def _without_complaint(code, log):
    """One check: Odoo did it, and there is nothing in the log that should not be."""
    found = odoo_log.unexpected(log)
    if code:
        found.append(f"Odoo ended with exit code {code}.")
    if found:
        return Result(failed=1, details=[*found, f"The whole log: {log}"])
    return Result(passed=1)
