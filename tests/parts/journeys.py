"""Runs the journeys of ``tests/journeys``, each on a demo of its own."""

import unittest

from erp.paths import TESTS

from .result import Result


class _Outcome(unittest.TestResult):
    """A test whose page reported errors fails as well as one that stopped halfway."""

    def __init__(self):
        super().__init__()
        self.result = Result()
        self._bad = set()

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.result.skipped += 1
        # There is no other reason than a missing browser, and that is no excuse.
        self._fail(test, f"skipped: {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, self._exc_info_to_string(err, test))

    def addSuccess(self, test):
        super().addSuccess(test)
        self.result.passed += 1

    def _fail(self, test, text):
        if test.id() not in self._bad:
            self._bad.add(test.id())
            self.result.fail(f"{test.id()}\n{text}")


def run():
    suite = unittest.defaultTestLoader.discover(TESTS / "journeys", "test_*.py", TESTS)
    outcome = _Outcome()
    suite.run(outcome)
    if not outcome.testsRun and not outcome.result.failed:
        outcome.result.fail("No journey was executed.")
    return outcome.result
