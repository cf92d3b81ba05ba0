"""What one part of the run came to, and how it is printed."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from erp import server
from erp.steps import Problem, seconds_since

_printing = threading.Lock()


@dataclass
class Result:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    details: list = field(default_factory=list)

    def fail(self, detail):
        self.failed += 1
        self.details.append(detail)

    def __add__(self, other):
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.details + other.details,
        )

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_part(title, function, *arguments):
    """Run one part and print its line; a part that breaks has failed."""
    start = time.monotonic()
    try:
        result = function(*arguments)
    except Problem as problem:
        result = Result(failed=1, details=[str(problem)])
    if server.is_stopping():
        return result
    mark = "✗" if result.failed else "✓"
    with _printing:
        print(f"{mark} {title} … {result}, {seconds_since(start)}", flush=True)
        for detail in result.details:
            print("    " + detail.rstrip().replace("\n", "\n    "), flush=True)
    return result


def side_by_side(calls, workers=2):
    """Make ``(function, *arguments)`` calls that return results; their sum."""
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(*call) for call in calls]
        try:
            return sum((future.result() for future in futures), Result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            server.stop_all()
            raise
