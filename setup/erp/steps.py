"""Steps: one printed line each, a stamp that says what is done, commands, locks."""

import contextlib
import fcntl
import hashlib
import signal
import subprocess
import sys
import threading
import time

from .paths import LOGS, STATE


class Problem(Exception):
    """Something the person at the terminal has to know, in plain sentences."""


@contextlib.contextmanager
def step(title):
    """Print ``▸ title … 41 s`` around the work of one step."""
    # Beside other work the line is printed as a whole, when the step is done.
    beginning, is_alone = (
        f"▸ {title} … ",
        threading.current_thread() is threading.main_thread(),
    )
    print(beginning if is_alone else "", end="", flush=True)
    start, outcome = time.monotonic(), "failed"
    try:
        yield
        outcome = seconds_since(start)
    finally:
        print(f"{'' if is_alone else beginning}{outcome}\n", end="", flush=True)


def seconds_since(start):
    elapsed = time.monotonic() - start
    return f"{elapsed:.1f} s" if elapsed < 10 else f"{elapsed:.0f} s"


class Stamp:
    """Remembers in ``.state/stamps`` the inputs from which a thing was made."""

    def __init__(self, name, *inputs):
        self.path = STATE / "stamps" / name
        self.digest = digest(*inputs)

    def is_current(self):
        return self.path.exists() and self.path.read_text() == self.digest

    def write(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.digest)

    def remove(self):
        self.path.unlink(missing_ok=True)


def digest(*inputs):
    """A short hash of strings, files and folders (their files with names)."""
    result = hashlib.sha256()
    for item in inputs:
        if hasattr(item, "is_dir"):
            for path in sorted(item.rglob("*")) if item.is_dir() else [item]:
                if path.is_file() and "__pycache__" not in path.parts:
                    result.update(str(path.relative_to(item)).encode() + b"\0")
                    result.update(path.read_bytes())
        else:
            result.update(str(item).encode())
        result.update(b"\0")
    return result.hexdigest()[:16]


def forget_old_logs():
    """Logs of test runs carry the run's number: they would pile up."""
    for path in LOGS.glob("*"):
        if path.is_file() and time.time() - path.stat().st_mtime > 24 * 3600:
            path.unlink(missing_ok=True)


def run(command, log, title=None, **options):
    """Run a command with its output in ``.state/log/<log>.log``.

    :raise Problem: with the last lines of the output, when the command fails.
    """
    path = LOGS / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [str(part) for part in command]
    with path.open("w") as output:
        code = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options
        ).returncode
    if code:
        what = title or " ".join(command[:3])
        tail = "\n".join(path.read_text(errors="replace").splitlines()[-15:])
        raise Problem(
            f"{what} failed (exit code {code}). Its last lines:\n{tail}\n\n"
            f"All of them: {path}"
        )
    return path


@contextlib.contextmanager
def lock(name):
    """Only one process of this clone at a time does what is inside."""
    path = STATE / "locks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(
                f"  (another run in this clone is busy with: {name}; waiting for it)",
                flush=True,
            )
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def only_one(name):
    """Like ``lock``, but a second process is turned away instead of waiting.

    :raise Problem: when another process of this clone is inside
    """
    path = STATE / "locks" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(
                f"This clone runs {name} already, in another terminal."
            ) from None
        yield


def main(function):
    """Run a command's main function; a problem is a sentence, not a traceback."""
    # However it is stopped, it has things of its own to stop.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        sys.exit(function())
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
