"""Checks that only read the code; all of them together take seconds."""

import os
import subprocess
import unittest

from erp import python
from erp.paths import ADDONS, ROOT, SETUP, TESTS

from .result import Result

# They have no suffix by which a linter would find them.
COMMANDS = [SETUP / "serve", TESTS / "run"]
CODE = [ADDONS, SETUP, TESTS, *COMMANDS]
RUFF = ["--config", TESTS / "ruff.toml", "--no-cache", "--output-format=concise"]

NOT_OUR_STYLE = [
    # A false alarm for `_ = request.env._`, which is how controllers translate.
    "prefer-env-translation",
    # A model's capabilities are files of their own, named after the capability.
    "consider-merging-classes-inherited",
]

# Odoo's own checks, which its module test_lint runs on Odoo's whole code.
ODOO_CHECKERS = [
    "_pylint_path_setup",
    "pylint.extensions.bad_builtin",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
]
ODOO_CHECKS = [
    "used-before-assignment",
    "undefined-variable",
    "eval-used",
    "unreachable",
    "function-redefined",
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
]


def ruff():
    return _check("ruff", "check", *RUFF, *CODE)


def ruff_format():
    return _check("ruff", "format", "--check", *RUFF, *CODE)


def pylint_odoo():
    return _check(
        *["pylint", f"--rcfile={TESTS / 'pylintrc'}"],
        f"--disable={','.join(NOT_OUR_STYLE)}",
        *_addons(),
    )


def odoo_checkers():
    checkers = python.odoo_home() / "odoo/addons/test_lint/tests"
    environment = os.environ | {
        "PYTHONPATH": f"{checkers}:{python.odoo_home()}",
        "ADDONS_PATH": f"{ADDONS}:{python.odoo_home() / 'odoo/addons'}",
    }
    return _check(
        *["pylint", f"--rcfile={os.devnull}", "--score=no"],
        *[
            "--disable=all,useless-option-value,unknown-option-value",
            f"--enable={','.join(ODOO_CHECKS)}",
        ],
        *[f"--load-plugins={','.join(ODOO_CHECKERS)}", "--bad-functions=input"],
        *_addons(),
        env=environment,
    )


def unit_tests():
    """The tests of the code as a whole: ``tests/test_*.py``."""
    names = sorted(path.stem for path in TESTS.glob("test_*.py"))
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    outcome = unittest.TestResult()
    suite.run(outcome)
    bad = outcome.failures + outcome.errors
    result = Result(passed=outcome.testsRun - len({test for test, _ in bad}))
    for test, traceback in bad:
        # The message of an assertion says it all; where it stands is of little use.
        result.fail(f"{test}\n{traceback.split('AssertionError: ')[-1].strip()}")
    return result


CHECKS = [
    ("ruff", ruff),
    ("ruff format", ruff_format),
    ("pylint-odoo", pylint_odoo),
    ("Odoo's pylint checkers", odoo_checkers),
    ("architecture and conventions", unit_tests),
]


def _addons():
    return sorted(path.parent for path in ADDONS.glob("*/__manifest__.py"))


def _check(program, *arguments, **options):
    """A program of the virtual environment counts as one check."""
    command = [python.VENV / "bin" / program, *arguments]
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        **options,
    )
    if done.returncode:
        return Result(failed=1, details=[done.stdout + done.stderr])
    return Result(passed=1)
