"""Odoo as a process: its configuration, one-shot commands, a server that serves."""

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from .paths import ADDONS, LOGS, SETUP, STATE
from .python import PYTHON, odoo_home
from .steps import Problem

CONFIGURATION = STATE / "odoo.conf"
DATA = STATE / "data"
ODOO = [SETUP / "odoo_command.py"]

_processes = set()
_is_stopping = threading.Event()


def write_configuration():
    """Odoo's configuration for every database; ``PG*`` variables add theirs."""
    addons_path = [ADDONS]
    if (odoo_home() / "addons" / "web").exists():  # a checkout of Odoo's repository
        addons_path.append(odoo_home() / "addons")
    text = f"""\
[options]
addons_path = {",".join(map(str, addons_path))}
data_dir = {DATA}
http_interface = 127.0.0.1
list_db = False
max_cron_threads = 0
"""
    if not CONFIGURATION.exists() or CONFIGURATION.read_text() != text:
        CONFIGURATION.write_text(text)


def command(*arguments, program=ODOO):
    """An Odoo command line; ``server`` and others take the configuration as ``-c``."""
    return [str(part) for part in (PYTHON, *program, *arguments)]


def odoo(*arguments, log, script=None, timeout=None, program=ODOO):
    """Run Odoo once, with its output in ``.state/log/<log>.log``.

    :param program: what Python runs as Odoo
    :return: its exit code and the path of the log.
    """
    path = LOGS / f"{log}.log"
    with _started(command(*arguments, program=program), path) as process:
        try:
            process.communicate(script or "", timeout)
        except subprocess.TimeoutExpired:
            raise Problem(f"Odoo was not done after {timeout} s: {path}") from None
    return process.returncode, path


@contextlib.contextmanager
def _started(line, log):
    """A process of Odoo's, gone after the block, whatever happens in it."""
    if _is_stopping.is_set():
        raise Problem("Stopped.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            line,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            text=True,
            # Ctrl-C reaches the command alone, which ends the process in good order.
            start_new_session=True,
        )
    _processes.add(process)
    try:
        yield process
    finally:
        _processes.discard(process)
        end(process)


def stop_all():
    """End what other threads have started, and let them start nothing more."""
    _is_stopping.set()
    for process in list(_processes):
        end(process)


def is_stopping():
    return _is_stopping.is_set()


def end(process):
    """End a server that was started in a session of its own, and its browser."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    # A browser of Odoo's may still be there.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(database, *options, log, **how):
    """Run the server on a database until it is done with what the options say.

    ``how`` is what ``odoo`` takes.
    """
    arguments = ["server", "-c", CONFIGURATION, "-d", database, *options]
    return odoo(*arguments, log=log, **how)


def free_port(first=None):
    """A free port of this machine: any, or the first one from ``first`` up."""
    for port in range(first, first + 200) if first else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
    raise Problem(f"No free port from {first} up.")


@contextlib.contextmanager
def serving(database, port, smtp_port, log, workers=0):
    """Odoo serves a database inside of the block; its mails go to ``smtp_port``.

    :param workers: so many processes; 0: one process with threads
    """
    path = LOGS / f"{log}.log"
    arguments = ["server", "-c", CONFIGURATION, "-d", database, "--http-port", port]
    arguments += ["--max-cron-threads=1", "--smtp=127.0.0.1", "--smtp-port", smtp_port]
    if workers:
        arguments += ["--workers", workers, "--gevent-port", free_port()]
    with _started(command(*arguments), path) as process:
        _wait_until_ready(process, port, path)
        yield process


def _wait_until_ready(process, port, log):
    """Wait for the login page; it also makes Odoo build the style sheets it needs."""
    for _attempt in range(600):
        if process.poll() is not None:
            raise Problem(f"Odoo did not start; {log} says why.")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(
                f"http://127.0.0.1:{port}/web/login", timeout=120
            ).close()
            return
        time.sleep(0.2)
    raise Problem(f"Odoo does not answer; {log} may say why.")
