"""The statement of "next contact" by itself, from 50 connections of pgbench's."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from erp import database
from erp.steps import Problem

from . import shell
from .patterns import AGENTS, LARGE

PICKS = 100_000
OURS = f"{AGENTS} connections: our statement, picks per second"
SAME = f"{AGENTS} connections: one bare statement on the same table"
BARE = f"{AGENTS} connections: one bare statement on a bare table"
RATIO = "a bare statement on the same table / ours"
RATIO_BARE = "a bare statement on a bare table / ours"
DECAY = f"picks per second, the first / the last fifth of {PICKS:,}"

# Nobody has this id: it is replaced by that of an agent.
NOBODY = 987654321
# It is noted down and not asked.
STATEMENTS = f"""
from odoo.addons.survey_callcenter.models import contact_queue
from odoo.orm.environments import Environment
from odoo.tools import SQL

contacts = env["survey.callcenter.contact"].with_user({NOBODY})
survey = env["survey.survey"].search([("title", "=", "{LARGE}")])
values = contacts._prepare_pick(survey, survey)
queries = contact_queue.OWN, contact_queue.FOLLOW_UPS, contact_queue.POOL
found = [SQL("(%s)", SQL(query, **values)) for query in queries]
statements = []

def note(environment, query):
    statements.append(environment.cr._format(query.code, query.params))
    return []

Environment.execute_query = note
contacts._cc_take(SQL("COALESCE(%s)", SQL(", ").join(found)))
tell(statements)
"""
FINISH = """
UPDATE survey_callcenter_contact SET state = 'done', lock_user_id = NULL,
    lock_until = NULL, locked_at = NULL, call_uuid = NULL
WHERE lock_user_id = {agent};
"""
BARE_ON_SAME = """
UPDATE survey_callcenter_contact SET lock_user_id = {agent}, locked_at = now(),
    lock_until = now(), call_uuid = gen_random_uuid()
WHERE id = (
    SELECT id FROM survey_callcenter_contact
    WHERE survey_id = {survey} AND priority = '1' AND tz = 'Europe/Berlin'
        AND next_call_at <= now() AT TIME ZONE 'UTC' AND state = 'open'
        AND lock_user_id IS NULL AND queue_user_id IS NULL
    ORDER BY next_call_at LIMIT 1 FOR UPDATE SKIP LOCKED
);
"""
BARE_TABLE = """
CREATE TABLE bare AS
    SELECT id, 'open'::varchar AS state, NULL::int AS agent
    FROM generate_series(1, {contacts}) AS id;
ALTER TABLE bare ADD PRIMARY KEY (id);
CREATE INDEX ON bare (id) WHERE state = 'open';
CREATE INDEX ON bare (agent) WHERE state = 'busy';
ANALYZE bare
"""
BARE_ALONE = """
UPDATE bare SET state = 'busy', agent = {agent} WHERE id = (
    SELECT id FROM bare WHERE state = 'open' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
);
UPDATE bare SET state = 'done' WHERE agent = {agent} AND state = 'busy';
"""


def get_figures(name):
    """What PostgreSQL can do alone; nothing where there is no pgbench."""
    if not shutil.which("pgbench"):
        return {}
    ((contacts,),) = database.query(
        name, "SELECT count(*) FROM survey_callcenter_contact WHERE state = 'open'"
    )
    ((survey,),) = database.query(
        name, "SELECT id FROM survey_survey WHERE title ->> 'en_US' = %s", LARGE
    )
    agents = database.query(
        name, "SELECT id FROM res_users WHERE login LIKE 'crowd%%' ORDER BY id"
    )
    agent = f"(ARRAY{[agent for (agent,) in agents]})[1 + :client_id]"
    picks = min(PICKS, contacts // 3)
    bare_on_same = (BARE_ON_SAME + FINISH).format(agent=agent, survey=survey)
    # So much of both as a warm-up says how it goes on a list that is in use already.
    same = _run(name, bare_on_same, picks // 10)
    rates = _run(name, _get_ours(name, agent), picks)
    same += _run(name, bare_on_same, picks // 2)
    database.query(name, BARE_TABLE.format(contacts=picks * 2))
    bare = _run(name, BARE_ALONE.format(agent=agent), picks)
    ours, same, bare = (sum(those) / len(those) for those in (rates, same, bare))
    fifth = max(len(rates) // 5, 1)
    return {
        OURS: ours,
        SAME: same,
        BARE: bare,
        RATIO: same / ours,
        RATIO_BARE: bare / ours,
        DECAY: sum(rates[:fifth]) / sum(rates[-fifth:]),
    }


def _get_ours(name, agent):
    statements = shell.run(name, STATEMENTS, "statements")
    sql = ";\n".join(statements)
    sql = re.sub(r"'[0-9a-f]{8}-[0-9a-f-]{27}'", "gen_random_uuid()::text", sql)
    # What an agent takes is finished before he takes another.
    return f"BEGIN;\n{sql};\nCOMMIT;\n{FINISH}".replace("{agent}", agent).replace(
        str(NOBODY), agent
    )


def _run(name, script, picks):
    """Rates per second, one for each second, while so many picks are made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pick.sql")
        path.write_text(script)
        options = ["-n", "-f", path, "-c", AGENTS, "-j", 2, "-P", 1]
        options += ["-t", max(picks // AGENTS, 1)]
        done = subprocess.run(
            [str(part) for part in ("pgbench", *options, name)],
            capture_output=True,
            text=True,
        )
    rates = re.findall(r"progress: .*?, ([\d.]+) tps", done.stderr)
    if done.returncode or "aborted" in done.stderr:
        raise Problem(f"pgbench failed: {done.stderr[-500:]}")
    # A short run has no second of its own.
    rates = rates or re.findall(r"tps = ([\d.]+)", done.stdout)
    return [float(rate) for rate in rates]
