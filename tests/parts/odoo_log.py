"""Reads Odoo's log: how many tests ran, and what in it should not be there."""

import re
from dataclasses import dataclass

from erp.paths import ADDONS

from .result import Result

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:]{8},\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): ",
    re.M,
)
SUMMARY = re.compile(r"\d+ failed, \d+ error\(s\) of (\d+) tests")
FAILURE = re.compile(r"(?:FAIL|ERROR): (?:Subtest )?(\S+)")
# Of a test's own records, and of those that a browser writes during a test.
TEST_LOGGER = re.compile(r"odoo\.addons\.(\w+)\.tests\.\w+(?:\.(.+)\.browser)?$")
# What Odoo says when a browser test finds no browser, or no way to talk to one.
NO_BROWSER = re.compile(r"chrom|websocket|devtools|not found", re.I)

# Also said while the browser is being closed.
_NO_AUTOCOMPLETE = (
    r"(Error received after termination: )?Missing widget: res_partner_many2one"
)

# (logger, message, why it may be there)
EXPECTED = [
    # A deprecation in Odoo's or a library's own code; ours are not excused.
    (r"py\.warnings", rf"(?!.*{re.escape(str(ADDONS))})", "not our code"),
    # Each failed test has a record of its own.
    (r"odoo\.modules\.loading", r"Module \w+: \d+ failures", "sums them up"),
    (r"odoo\.modules\.loading", r"At least one test failed", "sums them up"),
    # Its addon asks the internet for addresses; a plain widget takes its place.
    (r"odoo\..*\.browser", _NO_AUTOCOMPLETE, "not installed"),
]


@dataclass
class Record:
    level: str
    logger: str
    message: str

    def is_unexpected(self):
        return self.level in ("WARNING", "ERROR", "CRITICAL") and not any(
            re.match(logger, self.logger) and re.match(message, self.message)
            for logger, message, _reason in EXPECTED
        )


def records(path):
    """The log's records; a traceback belongs to the record above it."""
    text = path.read_text(errors="replace")
    starts = list(RECORD.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield Record(start["level"], start["logger"], text[start.end() : end].strip())


def unexpected(path):
    """The records of a run without tests that should not be there."""
    return [
        f"{r.level} {r.logger}: {r.message}" for r in records(path) if r.is_unexpected()
    ]


def test_result(path, code, listed=()):
    """The result of a test run of Odoo, from its log and its exit code.

    :param listed: names of tests that have to fail, as ``addon:Class.test_x``
    """
    result = Result()
    ran, broken = 0, {}
    for record in records(path):
        if summary := SUMMARY.search(record.message):
            ran = int(summary.group(1))
        elif record.message.startswith("skipped "):
            result.skipped += 1
            if NO_BROWSER.search(record.message):
                result.fail(f"A browser test was {record.message}")
        elif failure := FAILURE.match(record.message):
            name = _name_of_test(record.logger, failure.group(1))
            broken.setdefault(name, []).append(record.message)
        # A failing browser test says so twice.
        elif record.is_unexpected() and _name_of_test(record.logger) not in listed:
            result.fail(f"{record.level} {record.logger}: {record.message}")
    wrong = broken.keys() ^ {*listed}
    for name in sorted(wrong):
        result.details += broken.get(name, [f"{name} is listed, but did not fail."])
    result.failed += len(wrong)
    result.passed = max(ran - len(wrong) - result.skipped, 0)
    if not ran:
        result.fail("No test was executed.")
    elif code and not result.failed:
        result.fail(f"Odoo ended with exit code {code}.")
    if result.failed:
        result.details.append(f"The whole log: {path}")
    return result


def _name_of_test(logger, name=None):
    """``addon:Class.test_x``; what broke before a test began keeps its own name."""
    known = TEST_LOGGER.match(logger)
    return f"{known[1]}:{name or known[2]}" if known else f"{logger}:{name}"
