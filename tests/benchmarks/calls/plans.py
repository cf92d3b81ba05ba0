"""The queries of the queue, the lists and the board about the big tables."""

from .patterns import LARGE

# Tables that must never be read as a whole.
BIG = {
    *("survey_callcenter_contact", "survey_callcenter_call", "res_partner"),
    "survey_user_input",
}

ASKED = f"""
from odoo.addons.survey_callcenter.models import contact_queue

MODEL, REPORT = "survey.callcenter.contact", "survey.callcenter.report"
large = env["survey.survey"].search([("title", "=", "{LARGE}")])
crowd = env["res.users"].search([("login", "=", "crowd07")])
of = [("survey_id", "=", large.id)]

def named(name):
    return [*of, ("person_name", "ilike", name)]

ASKED = [
    ("list", "manager", MODEL, of, "id", 80),
    ("list, page 5,000", "manager", MODEL, [*of, ("id", ">", 400_000)], "id", 80),
    ("open ones", "manager", MODEL, [*of, ("state", "=", "open")], "id", 80),
    ("done ones", "manager", MODEL, [*of, ("state", "=", "done")], "id", 80),
    ("of an agent", "manager", MODEL, [*of, ("last_user_id", "=", crowd.id)], "id", 80),
    ("follow-ups of an agent", "manager", MODEL,
        [*of, ("callback_user_id", "=", crowd.id)], "id", 80),
    *(
        (f"name {{name}}", "manager", MODEL, named(name), "id", 80)
        for name in ("müller", "hans müller", "qjarno", "zzqq")
    ),
    ("count", "manager", MODEL, of, (), 10_001),
    ("count of a name", "manager", MODEL, named("müller"), (), 10_001),
    ("by state", "manager", MODEL, of, ("state",), None),
    ("calls by agent", "manager", REPORT, of, ("user_id",), None),
]

def pick(name):
    def ask(env):
        survey = large.with_env(env).sudo()
        values = env[MODEL]._prepare_pick(survey, survey)
        env.execute_query(SQL(getattr(contact_queue, name), **values))
    return ask

def waiting(env):
    survey = large.with_env(env).sudo()
    env[MODEL]._cc_waiting(survey, survey)

CALLS = [
    *(
        (f"pick, {{name}}", "crowd07", pick(name))
        for name in ("OWN", "FOLLOW_UPS", "POOL")
    ),
    ("pick, nothing due", "crowd07", waiting),
    ("start", "crowd07", lambda env: env[MODEL].cc_start()),
    ("board", "manager", lambda env: env["survey.callcenter.board"].get_board()),
]
"""
