"""The demo database: from the demo template, kept up to date, ready to be served."""

import configparser

from . import addons, database, server
from .paths import SETUP
from .steps import Problem, digest, step

NAME = "demo"

SET_PARAMETER = """
    INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
SEND_MAILS_EACH_MINUTE = """
    UPDATE ir_cron
    SET interval_number = 1, interval_type = 'minutes',
        nextcall = now() AT TIME ZONE 'UTC'
    FROM ir_model_data AS xmlid
    WHERE xmlid.model = 'ir.cron' AND xmlid.res_id = ir_cron.id
        AND xmlid.module = 'mail' AND xmlid.name = 'ir_cron_mail_scheduler_action'
"""


def have_demo(fresh=False):
    """The demo database with the addons as they are now; its name.

    What was entered stays when the addons change; ``fresh`` starts over.
    """
    name = database.name_of(NAME)
    current = digest(*addons.content())
    if fresh:
        database.demo().drop()
        database.drop(name)
    if not database.exists(name):
        database.demo().clone(name)
    elif _content(name) != current:
        _update(name)
    database.administer(f"COMMENT ON DATABASE {{}} IS '{current}'", name)
    return name


def _content(name):
    """Which state of the addons is in the database, as its comment says."""
    statement = """
        SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s
    """
    return database.query("postgres", statement, name)[0][0]


def _update(name):
    there = database.installed(name) & set(addons.names())
    missing = set(addons.names()) - there
    options = ["--stop-after-init", "--no-http", "--i18n-overwrite"]
    options += ["-u", ",".join(there)] if there else []
    options += ["-i", ",".join(missing)] if missing else []
    with step("Demo database, changed addons"):
        code, log = server.run(name, *options, log="demo-update")
    if code:
        raise Problem(
            f"Odoo could not update the demo database; {log} says why.\n"
            "--fresh makes it anew."
        )


def prepare(name, port):
    """Right addresses for a server on this port; the mail queue runs each minute."""
    parameters = {
        "web.base.url": f"http://localhost:{port}",
        "web.base.url.freeze": "True",
        # wkhtmltopdf fetches style sheets and pictures from here.
        "report.url": f"http://127.0.0.1:{port}",
    }
    for key, value in parameters.items():
        database.query(name, SET_PARAMETER, key, value)
    database.query(name, SEND_MAILS_EACH_MINUTE)


def logins(name):
    """``(login, who, can)`` of the logins in ``setup/demo.conf`` that exist."""
    listed = configparser.ConfigParser()
    listed.read(SETUP / "demo.conf", encoding="utf-8")
    rows = database.query(name, "SELECT login FROM res_users WHERE active")
    there = {login for (login,) in rows}
    return [
        (login, listed[login]["who"], listed[login]["can"])
        for login in listed.sections()
        if login in there
    ]
