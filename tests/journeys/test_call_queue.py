"""Many agents press "Next" at the same moment, on a server with several processes.

What a test inside of Odoo cannot show: its cursors are one connection, or it cannot
commit. Here each agent has a session of his own and all requests are real ones.
"""

import json
import os
import threading
import unittest
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from . import support

AGENTS = 20
CONTACTS = 90
WORKERS = 4
# A survey with contacts, and agents who are logged in already: logging in costs a
# second of computing each.
PREPARE = f"""
import json
from odoo import http
survey = env["survey.survey"].create({{
    "title": "Crowd",
    "cc_enabled": True,
    "cc_state": "released",
    "cc_calendar_id": False,
}})
group = env.ref("survey_callcenter.group_cc_agent")
agents = env["res.users"].with_context(no_reset_password=True).create([
    {{"name": f"Agent {{n}}", "login": f"crowd{{n}}", "group_ids": [(4, group.id)]}}
    for n in range({AGENTS})
])
survey.cc_agent_ids = agents
people = env["res.partner"].create([
    {{"name": f"Person {{n}}", "phone": f"+4930555{{n:05}}"}} for n in range({CONTACTS})
])
env["survey.callcenter.contact"].create([
    {{"survey_id": survey.id, "partner_id": person.id, "company_id": env.company.id,
     "phone_e164": person.phone_sanitized, "tz": "Europe/Berlin",
     "next_call_at": "2026-01-01 09:00:00"}}
    for person in people
])
env.cr.commit()
sessions = []
for agent in agents:
    session = http.root.session_store.new()
    session.update(
        db=env.cr.dbname, uid=agent.id, login=agent.login,
        context={{"lang": "en_US", "uid": agent.id}},
        session_token=agent._compute_session_token(session.sid),
    )
    http.root.session_store.save(session)
    sessions.append(session.sid)
print(json.dumps({{
    "survey": survey.id, "sessions": sessions,
    "outcome": env.ref("survey_callcenter.outcome_complete").id,
}}))
"""


class TestCallQueue(unittest.TestCase):
    """Scenario 8: everybody gets another contact, nobody an error."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        serving = support.serving(f"call_queue_{os.getpid()}", WORKERS)
        cls.site = cls.enterClassContext(serving)
        prepared = json.loads(cls.site.shell(PREPARE).splitlines()[-1])
        cls.survey, cls.outcome = prepared["survey"], prepared["outcome"]
        cls.sessions = prepared["sessions"]

    def call(self, session, method, *arguments):
        """Call a method of the contacts as an agent's browser does; its answer."""
        model = "survey.callcenter.contact"
        params = {"model": model, "method": method, "args": arguments, "kwargs": {}}
        request = urllib.request.Request(
            f"{self.site.url}/web/dataset/call_kw/{model}/{method}",
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json", "Cookie": f"session_id={session}"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
        self.assertNotIn("error", answer)
        return answer["result"]

    def next(self, session):
        return self.call(session, "cc_next", [self.survey])

    def at_once(self, work, items):
        """Do ``work`` with all items, all beginning at the same moment."""
        barrier = threading.Barrier(len(items))

        def wait_and_work(item):
            barrier.wait()
            return work(item)

        with ThreadPoolExecutor(len(items)) as threads:
            return list(threads.map(wait_and_work, items))

    def work_until_empty(self, session):
        """Take contact after contact and finish each; their ids, and why it ended."""
        taken = []
        while True:
            answer = self.next(session)
            contact = answer["contact"]
            if not contact and answer["empty"]["reason"] == "taken":
                continue
            if not contact:
                return taken, answer["empty"]["reason"]
            taken.append(contact["contact_id"])
            values = {"outcome_id": self.outcome, "note": "Done"}
            saved = self.call(session, "cc_save", contact["call_uuid"], values)
            self.assertEqual(saved["status"], "saved")

    def test_everybody_gets_another_contact_until_none_is_left(self):
        burst = self.at_once(self.next, self.sessions)
        first = [answer["contact"]["contact_id"] for answer in burst]
        self.assertEqual(len(set(first)), AGENTS)

        with self.subTest("two windows of one agent show the same contact"):
            windows = self.at_once(self.next, self.sessions[:1] * 6)
            shown = {answer["contact"]["contact_id"] for answer in windows}
            self.assertEqual(shown, {first[0]})

        ended = self.at_once(self.work_until_empty, self.sessions)
        taken = Counter(contact for contacts, _reason in ended for contact in contacts)
        self.assertEqual(len(taken), CONTACTS)
        self.assertEqual(set(taken.values()), {1})
        self.assertEqual({reason for _contacts, reason in ended}, {"done"})

        with self.subTest("one agent in two windows takes one contact at a time"):
            self.reopen(20)
            session = self.sessions[0]
            windows = self.at_once(self.next, [session] * 8)
            shown = {answer["contact"]["contact_id"] for answer in windows}
            self.assertEqual(len(shown), 1)

        with self.subTest("a call that is saved many times at once is saved once"):
            uuid = windows[0]["contact"]["call_uuid"]
            values = {"outcome_id": self.outcome, "note": "Once"}
            answers = self.at_once(
                lambda _window: self.call(session, "cc_save", uuid, values), range(6)
            )
            self.assertEqual({answer["status"] for answer in answers}, {"saved"})
            self.assertEqual(self.count_calls(uuid), "1")

    def reopen(self, number):
        self.site.shell(
            "contacts = env['survey.callcenter.contact'].search("
            f"[('survey_id', '=', {self.survey})], limit={number})\n"
            "contacts.write({'state': 'open', 'next_call_at': '2026-01-01 09:00:00',"
            " 'contact_established': False, 'first_user_id': False})"
        )

    def count_calls(self, uuid):
        return self.site.shell(
            "print(env['survey.callcenter.call'].search_count("
            f"[('call_uuid', '=', '{uuid}'), ('source', '=', 'agent')]))"
        )
