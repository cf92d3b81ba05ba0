"""How long it takes to write a contact list for everybody, and to count it before."""

from . import shell
from .patterns import FROZEN

PREVIEW = "preview of a selection of everybody, seconds"
FREEZE = "contact list of everybody written, seconds"
PACE = "the dearest batch of people / the usual one"
TOP_UP = "the same list topped up, nobody new, seconds"
FOUND, ADDED = "people that the selection finds", "people added to the list"

# The button of a manager, and what the job does batch by batch.
SCRIPT = f"""
import statistics, time

manager = env["res.users"].search([("login", "=", "manager")])
survey = env["survey.survey"].with_user(manager).search([("title", "=", "{FROZEN}")])

def measure(act):
    start = time.monotonic()
    act()
    env.cr.commit()
    return time.monotonic() - start

def write_all():
    batches = []
    job = survey.cc_list_job_ids.sudo().sorted("id")[-1]
    while job.state in ("waiting", "running"):
        batches.append(measure(job._write_batch_or_fail))
    return job, batches

preview = measure(survey.cc_selection_ids.action_preview)
measure(survey.action_cc_release)
job, batches = write_all()
found, added = job.total, job.added
measure(survey.action_cc_top_up)
again, topping_up = write_all()
tell([
    preview, sum(batches), max(batches) / statistics.median(batches),
    sum(topping_up), found, added, again.added,
])
"""


def get_figures(database_name):
    *values, again = shell.run(database_name, SCRIPT, "freezing")
    names = PREVIEW, FREEZE, PACE, TOP_UP, FOUND, ADDED
    return dict(zip(names, values, strict=True)) | {"people added again": again}
