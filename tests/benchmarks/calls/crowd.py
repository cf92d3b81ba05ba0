"""Many agents at once, on a server with several processes."""

import json
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from erp import database
from shared.measuring import JSON, WrongAnswer, serving

from . import shell
from .patterns import AGENTS, LARGE, SIXTY, SMALL

WORKERS, CYCLES, FEW, SECONDS = 6, 10, 8, 10
MODEL = "survey.callcenter.contact"

BURST = f"{AGENTS} agents at once: the first contact"
NEXT = f"{AGENTS} agents, {CYCLES} times each: next contact"
SAVE = f"{AGENTS} agents, {CYCLES} times each: save the call"
ERRORS = f"{AGENTS} agents: errors"
DOUBLES = f"{AGENTS} agents: contacts that two of them got"
RETRIES = "requests that Odoo had to begin again, next contact"
LEFT = f"{SIXTY} left, {2 * AGENTS} requests: "
PICKS, NAIVE, FLOOR = (
    f"{FEW} agents: {what}"
    for what in ("next contact", "search and write", "JSON without data")
)
NAIVE_RETRIES = "requests that Odoo had to begin again, search and write"

# Logging in takes a second of computing each.
SESSIONS = """
from odoo import http
sessions = []
for agent in env["res.users"].search([("login", "like", "crowd")], order="id"):
    session = http.root.session_store.new()
    session.update(
        db=env.cr.dbname, uid=agent.id, login=agent.login,
        context={"lang": "en_US", "uid": agent.id},
        session_token=agent._compute_session_token(session.sid),
    )
    http.root.session_store.save(session)
    sessions.append(session.sid)
tell(sessions)
"""


class Crowd:
    """Agents who are logged in; ``errors`` are what they did not want to see."""

    def __init__(self, site, sessions):
        self.site = site
        self.sessions = sessions
        self.errors = []
        ((self.outcome,),) = database.query(
            site.database,
            "SELECT res_id FROM ir_model_data"
            " WHERE module = 'survey_callcenter' AND name = 'outcome_complete'",
        )

    def ask(self, session, path, **params):
        """One request of an agent: its result, and the milliseconds that it took."""
        headers = JSON | {"Cookie": f"session_id={session}"}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        start = time.perf_counter()
        _response, content, _began = self.site.fetch("POST", path, headers, body)
        spent = (time.perf_counter() - start) * 1000
        answer = json.loads(content)
        if "error" in answer:
            self.errors.append(answer["error"]["data"]["message"])
        return answer.get("result"), spent

    def call(self, session, method, *args):
        path = f"/web/dataset/call_kw/{MODEL}/{method}"
        return self.ask(session, path, model=MODEL, method=method, args=args, kwargs={})

    def next(self, session, survey):
        answer, spent = self.call(session, "cc_next", [survey])
        return (answer or {}).get("contact"), spent

    def take_and_give_back(self, session, survey):
        contact, _spent = self.next(session, survey)
        self.call(session, "cc_release", contact["call_uuid"])

    def save(self, session, contact):
        values = {"outcome_id": self.outcome, "note": "Done"}
        answer, spent = self.call(session, "cc_save", contact["call_uuid"], values)
        if answer and answer["status"] != "saved":
            self.errors.append(answer["message"])
        return spent

    def at_once(self, work, sessions):
        """What ``work`` returns for each agent, all of them beginning together."""
        barrier = threading.Barrier(len(sessions))

        def wait_and_work(session):
            barrier.wait()
            return work(session)

        with ThreadPoolExecutor(len(sessions)) as threads:
            return list(threads.map(wait_and_work, sessions))

    def count_retries(self):
        return Path(self.site.log.name).read_text().count("tries left, try again")


def get_figures(database_name):
    sessions = shell.run(database_name, SESSIONS, "sessions")
    ids = "SELECT id FROM survey_survey WHERE title ->> 'en_US' = %s"
    large, small = (
        database.query(database_name, ids, title)[0][0] for title in (LARGE, SMALL)
    )
    with serving(database_name, WORKERS) as site:
        crowd = Crowd(site, sessions)
        for _turn in range(3):  # each process has to have done it before
            crowd.at_once(lambda session: crowd.call(session, "cc_start"), sessions)
            crowd.at_once(
                lambda session: crowd.take_and_give_back(session, large), sessions
            )
        figures = {
            **_call_all(crowd, large),
            **_call_sixty(crowd, small),
            ERRORS: len(crowd.errors),
        }
        print(*Counter(crowd.errors).most_common(3), sep="\n")
        return figures | _compare_few(crowd, large)


def _call_all(crowd, survey):
    burst = crowd.at_once(lambda one: crowd.next(one, survey), crowd.sessions)
    got = [contact["contact_id"] for contact, _spent in burst if contact]
    found, saved = [], []

    def work(session):
        contact, _spent = crowd.next(session, survey)  # that of the burst
        for _turn in range(CYCLES):
            if contact:
                saved.append(crowd.save(session, contact))
            contact, spent = crowd.next(session, survey)
            if contact:
                got.append(contact["contact_id"])
                found.append(spent)
        if contact:
            crowd.save(session, contact)

    start = time.perf_counter()
    crowd.at_once(work, crowd.sessions)
    seconds = time.perf_counter() - start
    return {
        DOUBLES: len(got) - len(set(got)),
        f"{AGENTS} agents: contacts that they got": len(got),
        f"{AGENTS} agents, {CYCLES} times each: seconds": seconds,
        RETRIES: crowd.count_retries(),
        **_get_times(BURST, [spent for _contact, spent in burst]),
        **_get_times(NEXT, found),
        **_get_times(SAVE, saved),
    }


def _call_sixty(crowd, survey):
    got, empty = [], []

    def work(session):
        for _turn in range(2):
            contact, _spent = crowd.next(session, survey)
            if contact:
                got.append(contact["contact_id"])
                crowd.save(session, contact)
            else:
                empty.append(session)

    crowd.at_once(work, crowd.sessions)
    return {
        f"{LEFT}different contacts": len(set(got)),
        f"{LEFT}contacts": len(got),
        f"{LEFT}none left": len(empty),
    }


# === A FEW AGENTS, BESIDE A NAIVE QUEUE === #


def _compare_few(crowd, survey):
    ((action,),) = database.query(
        crowd.site.database,
        "SELECT id FROM ir_act_server WHERE name ->> 'en_US' = 'Naive'",
    )

    def pick(session):
        contact, spent = crowd.next(session, survey)
        if not contact:
            raise WrongAnswer("there is no contact left")
        crowd.save(session, contact)
        return spent

    def pick_naively(session):
        return crowd.ask(session, "/web/action/run", action_id=action)[1]

    def check(session):
        return crowd.ask(session, "/web/session/check")[1]

    before = crowd.count_retries()
    naive = _work_for_a_while(crowd, pick_naively)
    retries = crowd.count_retries() - before
    return {
        NAIVE_RETRIES: retries,
        **_get_times(FLOOR, _work_for_a_while(crowd, check)),
        **_get_times(PICKS, _work_for_a_while(crowd, pick)),
        **_get_times(NAIVE, naive),
    }


def _work_for_a_while(crowd, work):
    """Milliseconds of each request of a few agents."""
    times, end = [], time.perf_counter() + SECONDS

    def keep_working(session):
        while time.perf_counter() < end:
            times.append(work(session))

    crowd.at_once(keep_working, crowd.sessions[:FEW])
    return times


def _get_times(name, times):
    parts = statistics.quantiles(times, n=100)
    return {
        f"{name}, ms p50": parts[49],
        f"{name}, ms p95": parts[94],
        f"{name}, ms p99": parts[98],
        f"{name}, ms max": max(times),
        # So many would be answered in a second if they did nothing else.
        f"{name}, per second": len(times)
        and 1000 * _workers_of(name) / (statistics.mean(times)),
    }


def _workers_of(name):
    return FEW if name.startswith(f"{FEW} ") else AGENTS
