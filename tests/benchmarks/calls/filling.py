"""Fills a database with one contact list, the calls so far, and answers of a survey."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from center.customers import FIRST, LAST, pick
from erp.steps import Problem
from shared.cloning import PEOPLE, Cloning

from .patterns import PATTERNS

# Of a hundred contacts of the list: the first ones are done, the next excluded, then
# come those who were called in vain, and follow-ups; nobody has called the others yet.
DONE, EXCLUDED, TRIED, WAITING = 20, 23, 41, 43
CALLED = TRIED
# One of so many follow-ups is the absent agent's, and overdue.
OVERDUE = 20
DAYS = 60  # for which agents have been calling
RARE = 5000  # one of so many people bears a name that hardly anybody has

NOW = "now() AT TIME ZONE 'UTC'"
LOT = "(s.no - 1) % 100"
AGENT = "(SELECT ids FROM agent)[1 + (s.no + s.no / 100) % 50]"
ABSENT = "(SELECT absent FROM agent)"
# The list was written in the order of the people, many in the same moment.
WRITTEN = f"{NOW} - interval '1 day' + s.no / 20000 * interval '1 minute'"
LATER = f"{NOW} + (1 + s.no % 700) * interval '1 hour'"


@dataclass(frozen=True)
class Size:
    """How many of everything; nothing else has to be ``fresh`` here."""

    contacts: int
    fresh: int

    def __str__(self):
        return f"{self.contacts:,} contacts and as many calls"

    def scaled(self, factor):
        return replace(self, contacts=int(self.contacts * factor))

    def check(self):
        """:raise Problem: there would not be enough to call"""
        if self.contacts < 20_000 or self.contacts % 100:
            raise Problem("At least 20,000 contacts, please, in hundreds.")


class Filling(Cloning):
    COMMON = PEOPLE
    PATTERNS = PATTERNS
    TABLES = (
        *("res_partner", "survey_callcenter_contact", "survey_callcenter_call"),
        "survey_user_input",
    )

    def fill(self):
        self.cursor.execute(
            """
            CREATE TEMP TABLE agent ON COMMIT DROP AS
            SELECT array_agg(id ORDER BY id) FILTER (WHERE login LIKE 'crowd%') AS ids,
                min(id) FILTER (WHERE login LIKE 'absent%') AS absent
            FROM res_users;
            CREATE TEMP TABLE result ON COMMIT DROP AS
            SELECT (SELECT array_agg(id ORDER BY id) FROM survey_callcenter_rating)
                AS ratings,
                (SELECT array_agg(id ORDER BY id) FROM survey_callcenter_outcome)
                AS outcomes
            """
        )
        self._fill_people()
        self._fill_contacts()
        self._fill_calls()
        self._fill_answers()

    def _numbers(self, divisor=1):
        return (
            f"SELECT no FROM generate_series(1, {self.size.contacts // divisor}) AS no"
        )

    def _fill_people(self):
        name = f"CASE WHEN no % {RARE} = 7 THEN 'Qjarno ' ELSE '' END"
        name += f" || {pick(FIRST, 1)} || ' ' || {pick(LAST, 2)}"
        name += f" || CASE WHEN no % 4 = 0 THEN '-' || {pick(LAST, 3)} ELSE '' END"
        number = "'+4930' || (20000000 + s.no)"
        self._clone(
            "res_partner",
            f"SELECT no, {name} AS name FROM ({self._numbers()}) AS n",
            commercial_partner_id=self._new_id("res_partner"),
            name="s.name",
            complete_name="s.name",
            phone=number,
            phone_sanitized=number,
            email="'p' || s.no || '@bench.example'",
            email_normalized="'p' || s.no || '@bench.example'",
        )

    def _fill_contacts(self):
        number = "'+4930' || (20000000 + s.no)"
        is_open = f"{LOT} >= {EXCLUDED}"
        is_called, is_done = f"{LOT} < {CALLED}", f"{LOT} < {DONE}"
        waits = f"{LOT} >= {TRIED} AND {LOT} < {WAITING}"
        is_overdue = f"{waits} AND s.no / 100 % {OVERDUE} = 0"
        agent = f"CASE WHEN {is_overdue} THEN {ABSENT} ELSE {AGENT} END"
        due = f"CASE WHEN {is_overdue} THEN {NOW} - interval '2 hours' ELSE {LATER} END"
        last = f"{NOW} - (1 + s.no % {DAYS * 1400}) * interval '1 minute'"
        self._clone(
            "survey_callcenter_contact",
            self._numbers(),
            partner_id=self._new_id("res_partner"),
            phone_e164=number,
            phone_key=number,
            tz="CASE WHEN s.no % 5000 = 3 THEN 'Asia/Kolkata' ELSE coalesce("
            "(ARRAY['America/New_York', 'Europe/Vienna', 'Europe/Zurich'])[s.no % 50],"
            " 'Europe/Berlin') END",
            priority=f"CASE WHEN {waits} THEN '3' WHEN s.no % 200 = 0 THEN '2'"
            " ELSE '1' END",
            state=f"CASE WHEN {is_done} THEN 'done' WHEN {is_open} THEN 'open'"
            " ELSE 'excluded' END",
            close_reason=f"CASE WHEN {is_done} THEN 'completed' WHEN {is_open}"
            " THEN NULL ELSE 'max_attempts' END",
            rating_id=f"CASE WHEN {is_done}"
            " THEN (SELECT ratings FROM result)[1 + s.no % 3] END",
            outcome_id=f"CASE WHEN {is_called}"
            " THEN (SELECT outcomes FROM result)[1 + s.no % 10] END",
            attempt_count=f"CASE WHEN {is_called} THEN 1 + s.no % 4 ELSE 0 END",
            contact_established=is_done,
            first_user_id=f"CASE WHEN {is_done} THEN {AGENT} END",
            last_user_id=f"CASE WHEN {is_called} THEN {AGENT} END",
            last_call_at=f"CASE WHEN {is_called} THEN {last} END",
            done_at=f"CASE WHEN {is_done} THEN {last} END",
            done_user_id=f"CASE WHEN {is_done} THEN {AGENT} END",
            callback_at=f"CASE WHEN {waits} THEN {due} END",
            callback_user_id=f"CASE WHEN {waits} THEN {agent} END",
            queue_user_id=f"CASE WHEN {waits} THEN {agent} END",
            next_call_at=f"CASE WHEN {waits} THEN {due} WHEN {is_open} AND {is_called}"
            f" THEN {LATER} WHEN {is_open} THEN {WRITTEN} END",
            version="1",
        )

    def _fill_calls(self):
        """Two or three calls for each contact that somebody has called."""
        called = self.size.contacts * CALLED // 100
        place = f"s.no % {called}"
        contact = f"({place}) / {CALLED} * 100 + ({place}) % {CALLED} + 1"
        self._clone(
            "survey_callcenter_call",
            self._numbers(),
            contact_id=self._new_id("survey_callcenter_contact", contact),
            partner_id=self._new_id("res_partner", contact),
            user_id=AGENT,
            call_at=f"{NOW} - s.no * interval '{DAYS} days' / {self.size.contacts}",
            duration="1 + s.no % 9",
            outcome_id="(SELECT outcomes FROM result)[1 + s.no % 10]",
            rating_id="CASE WHEN s.no % 3 = 0"
            " THEN (SELECT ratings FROM result)[1 + s.no / 3 % 3] END",
            is_contact="s.no % 3 = 0",
            is_completed="s.no % 5 = 0",
            call_uuid="gen_random_uuid()::text",
        )

    def _fill_answers(self):
        """Of a survey without calls: what Odoo's own list is measured with."""
        self._clone(
            "survey_user_input",
            self._numbers(10),
            partner_id=self._new_id("res_partner"),
            access_token="md5('token/' || s.no)",
            state="'new'",
        )
