from contextlib import contextmanager

from odoo import fields
from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

ADDON = "survey_callcenter"
FILES = (
    *("people", "berlin", "other_city", "survey", "other_survey"),
    *("answer", "call_done", "call_open", "appointment", "german"),
)
DAYS = (
    "2026-11-23 10:00:00",
    "2026-11-30 23:30:00",  # December in Berlin
    "2027-01-01 00:30:00",
    "2028-02-29 13:30:00",
    "2027-03-28 12:00:00",  # a Sunday with 23 hours
)


class TestDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        for name in FILES:
            path = f"demo/{ADDON}_{name}_demo.xml"
            env = self.env(su=True)
            convert_file(env, ADDON, path, {}, mode="init", noupdate=True)

    def _ref(self, name):
        return self.env.ref(f"{ADDON}.{name}")

    def test_story_is_true_on_every_day(self):
        for day in DAYS:
            with self.subTest(day=day), freeze_time(day), self._rolled_back():
                self._load()
                self.contacts = self.env["survey.callcenter.contact"].search(
                    [("survey_id", "=", self._ref("survey_service").id)]
                )
                self._assert_surveys()
                self._assert_contacts()
                self._assert_follow_ups()
                self._assert_calls()
                self._assert_opinions()
                self._assert_visits()
                self._assert_board()
                self._assert_words()
                self._assert_silence()

    @contextmanager
    def _rolled_back(self):
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all(flush=False)

    def _contact(self, name):
        partner = self._ref(f"partner_{name}")
        return self.contacts.filtered(lambda contact: contact.partner_id == partner)

    def _assert_surveys(self):
        names = ("service", "workwear", "newcomer", "delivery")
        states = [self._ref(f"survey_{name}").cc_state for name in names]
        self.assertEqual(states, ["running", "planning", "training", "stopped"])
        jobs = self._ref("survey_service").cc_list_job_ids.sorted("id")
        self.assertEqual(jobs.mapped("state"), ["done", "done"])
        self.assertEqual(jobs.mapped("added"), [17, 18])
        self.assertEqual(jobs.mapped("skipped_no_phone"), [0, 1])
        self.assertEqual(jobs.mapped("skipped_dnc"), [1, 0])

    def _assert_contacts(self):
        """Each thing that can become of a contact has become of somebody."""
        reasons = {
            name: self._contact(name).close_reason
            for name in ("karin", "bernd", "jutta", "rolf", "dagmar", "anke")
        }
        self.assertEqual(
            reasons,
            {
                "karin": "completed",
                "bernd": "refused",
                "jutta": "dnc",
                "rolf": "max_attempts",
                "dagmar": "invalid",
                "anke": False,
            },
        )
        self.assertEqual(self._contact("leo").tz, "America/New_York")
        self.assertFalse(self._contact("leo").call_ids)
        groups = self.contacts.grouped("state")
        counts = {state: len(contacts) for state, contacts in groups.items()}
        self.assertEqual(counts, {"done": 16, "open": 16, "excluded": 3})
        self.assertFalse(self.contacts.lock_user_id)

    def _assert_follow_ups(self):
        now = fields.Datetime.now()
        due = self.contacts.filtered(
            lambda contact: contact.callback_at and contact.callback_at <= now
        )
        self.assertEqual(due, self._contact("murat") | self._contact("rosi"))
        agents = {contact.partner_id.name: contact.queue_user_id for contact in due}
        self.assertEqual(
            agents,
            {
                "Murat Demir": self._ref("user_pia"),
                "Rosi Unger": self._ref("user_nils"),
            },
        )
        later = self.contacts.filtered("callback_at") - due
        self.assertEqual(later, self._contact("petra") | self._contact("inga"))

    def _assert_calls(self):
        """Calls lie in the past, one after the other, and on working days."""
        now = fields.Datetime.now()
        calls = self.contacts.call_ids
        self.assertEqual(len(calls), 67)
        for contact in self.contacts:
            times = contact.call_ids.sorted("id").mapped("call_at")
            self.assertEqual([*times, now], sorted([*times, now]))
            self.assertEqual(contact.attempt_count, len(times))
            last = contact.last_call_at or now
            self.assertLessEqual(max(times, default=last), last)
            self.assertLessEqual(last, now)
        before = calls.filtered(lambda call: call.call_at < fields.Datetime.today())
        late = [call for call in before if (now - call.call_at).days > 0]
        self.assertEqual([call for call in late if call.call_at.weekday() > 4], [])

    def _assert_opinions(self):
        """Who completed the survey has answers, a rating and an entry of history."""
        done = self.contacts.filtered(lambda it: it.close_reason == "completed")
        self.assertEqual(len(done), 15)
        self.assertEqual(done.user_input_id.mapped("state"), ["done"] * 15)
        for contact in done:
            self.assertEqual(contact.user_input_id.end_datetime, contact.done_at)
        history = self.env["survey.callcenter.history"].search(
            [("contact_id", "in", done.ids)]
        )
        self.assertEqual(history.contact_id, done)
        self.assertEqual(len(history), 15)
        for entry in history:
            self.assertEqual(entry.date, entry.contact_id.done_at)

    def _assert_visits(self):
        visits = self.contacts.appointment_ids
        now = fields.Datetime.now()
        past = visits.filtered(lambda visit: visit.stop <= now)
        self.assertEqual(set(past.mapped("state")), {"held", "no_show"})
        planned = visits - past
        self.assertEqual(len(planned), 6)
        self.assertEqual(set(planned.mapped("state")), {"planned", "changed"})
        self.assertGreater(min(planned.mapped("start")), now)
        for visit in visits:
            self.assertEqual(visit.event_id.start, visit.start)
            self.assertLess(visit.contact_id.done_at, visit.start)
            self.assertEqual(visit.contact_id.outcome_id.code, "appointment")
            self.assertEqual(visit.protocol_sent_at, visit.contact_id.done_at)
        changed = visits.filtered("previous_rep_id")
        self.assertEqual(changed.protocol_rep_ids, self._ref("user_ralf"))

    def _assert_board(self):
        board = self.env["survey.callcenter.board"].with_user(self._ref("user_vera"))
        figures = {row["id"]: row for row in board.get_board()["surveys"]}
        names = ("service", "newcomer", "delivery")
        shown = {self._ref(f"survey_{name}").id for name in names}
        self.assertLessEqual(shown, set(figures))
        service = figures[self._ref("survey_service").id]
        ratio = 175.44
        self.assertEqual(service["rated"], {"positive": 10, "all": 67, "ratio": ratio})
        overdue = {row["agent"]: row["overdue"] for row in service["follow_ups"]}
        self.assertEqual(overdue["Pia Pohl"], 1)
        self.assertEqual(overdue["Nils Neumann"], 1)

    def _assert_words(self):
        survey = self._ref("survey_service")
        german = survey.with_context(lang="de_DE")
        self.assertEqual(survey.title, "Satisfaction With Our Service")
        self.assertEqual(german.title, "Zufriedenheit mit dem Kundendienst")

    def _assert_silence(self):
        """Nobody lives at the demo addresses."""
        models = ["calendar.event", "calendar.attendee"]
        models.append("survey.callcenter.appointment")
        self.assertFalse(self.env["mail.mail"].search([("model", "in", models)]))
