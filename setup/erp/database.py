"""Databases: templates made once, and clones of them together with their files."""

import contextlib
import datetime
import functools
import os
import shutil

import psycopg2
from psycopg2 import sql

from . import addons, postgres, server
from .paths import CLONE, LOGS, ROOT, STATE
from .steps import Problem, digest, lock, step

FILESTORE = server.DATA / "filestore"
# English first: the first language becomes everyone's default.
LANGUAGES = "--load-language=en_US,de_DE"
# Of the portal and the back office: otherwise each copy would make them again when its
# first page is opened.
MAKE_ASSETS = """
for name in ("frontend", "web"):
    env["ir.qweb"]._get_asset_bundle(f"web.assets_{name}", css=True, js=False).css()
for name in ("frontend_minimal", "frontend_lazy", "web"):
    env["ir.qweb"]._get_asset_bundle(f"web.assets_{name}", css=False, js=True).js()
env.cr.commit()
"""


def name_of(name):
    """The name in PostgreSQL; on a server that is not our own it carries our mark."""
    return name if postgres.is_private() else f"portal_{CLONE}_{name}"


def query(database, statement, *values):
    """Rows of one statement, committed."""
    with contextlib.closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


def administer(statement, *names):
    """Run a statement about databases, with their names in it."""
    query("postgres", sql.SQL(statement).format(*map(sql.Identifier, names)))


def exists(database):
    return bool(
        query("postgres", "SELECT 1 FROM pg_database WHERE datname = %s", database)
    )


def drop(database):
    administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
    shutil.rmtree(FILESTORE / database, ignore_errors=True)


def copy(source, database):
    """Copy a database with its filestore (without it, assets answer 500)."""
    drop(database)
    administer("CREATE DATABASE {} TEMPLATE {}", database, source)
    if (FILESTORE / source).exists():
        # Odoo never changes a stored file, so a link is as good as a copy.
        shutil.copytree(FILESTORE / source, FILESTORE / database, copy_function=os.link)


def rename(database, name):
    administer("ALTER DATABASE {} RENAME TO {}", database, name)
    if (FILESTORE / database).exists():
        (FILESTORE / database).rename(FILESTORE / name)


def installed(database):
    """Names of the installed modules."""
    rows = query(
        database, "SELECT name FROM ir_module_module WHERE state = 'installed'"
    )
    return {name for (name,) in rows}


class Template:
    """A database with modules installed, made when one of its inputs has changed.

    :param inputs: what else its content depends on, as for ``digest``
    :param base: the template to install into, instead of an empty database
    :param script: what to do in Odoo's shell at last
    """

    def __init__(self, kind, modules, options, inputs=(), base=None, script=None):
        self.modules = modules
        self.options = options
        self.base = base
        self.script = script
        self.title = f"Database {kind.replace('_', ' ')}"
        self.prefix = name_of(f"{kind}_{digest(*modules)[:8]}_")
        inputs = [*options, *inputs, base.name if base else "", script, *_platform()]
        self.name = self.prefix + digest(*inputs)[:12]
        self.log = LOGS / f"{self.name}.log"

    def clone(self, database):
        """Copy the template, which is made where it is missing or outdated."""
        with lock(self.prefix.rstrip("_")):
            if not exists(self.name):
                self._make()
            copy(self.name, database)

    @contextlib.contextmanager
    def temporary(self, name):
        """A clone that is gone after the block."""
        database = name_of(f"{name}_{os.getpid()}")
        try:
            self.clone(database)
            yield database
        finally:
            drop(database)

    def drop(self):
        """Drop this template and its outdated versions."""
        statement = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (database,) in query("postgres", statement, self.prefix):
            drop(database)

    def _make(self):
        """Install under another name: a template is there only when it is complete."""
        self.drop()
        building = self.prefix + "new"
        if self.base:
            self.base.clone(building)
        missing = {*self.modules} - installed(building) if self.base else self.modules
        if missing:
            self._install(building, sorted(missing))
        if self.script:
            self._run_script(building)
        rename(building, self.name)

    def _install(self, building, modules):
        with step(self.title):
            code, _log = server.run(
                building,
                *["-i", ",".join(modules), LANGUAGES, *self.options],
                *["--stop-after-init", "--no-http"],
                log=self.name,
            )
        if code or not {*modules} <= installed(building):
            raise Problem(f"Odoo could not install {', '.join(modules)}: {self.log}")

    def _run_script(self, building):
        with step(f"{self.title}, style sheets and scripts"):
            shell = ["shell", "-c", server.CONFIGURATION, "-d", building, "--no-http"]
            log = f"{self.name}-script"
            code, path = server.odoo(*shell, script=self.script, log=log)
        if code:
            raise Problem(f"Odoo's shell failed: {path}")


def _platform():
    """What every database depends on."""
    stamp = STATE / "stamps" / "odoo"
    return [
        stamp if stamp.exists() else str(server.odoo_home()),
        ROOT / "requirements.txt",
        LANGUAGES,
    ]


def dependencies(*names, also=()):
    """What these addons need, without any of ours and without demo data.

    It is installed step by step, for the first steps are the same for many.

    :param also: what else of Odoo's is to be there
    """
    modules = sorted({*addons.dependencies(*names), *also})
    options = ["--skip-auto-install"]
    below = names if also else set().union(*map(addons.reachable, names))
    mail = Template("mail", ["mail"], options)
    base = dependencies(*sorted(below)) if below else mail
    if base.modules == modules:
        return base
    return Template("dependencies", modules, options, base=base)


@functools.cache
def demo():
    """All our addons with the demo data of everything.

    It is made anew each day, for demo data tell their story relative to today.
    """
    needed = addons.dependencies(*addons.names())
    base = Template("demo_dependencies", needed, ["--with-demo"])
    today = datetime.date.today().isoformat()
    return Template(
        *["demo", addons.names(), ["--with-demo"], [*addons.content(), today], base],
        script=MAKE_ASSETS,
    )
