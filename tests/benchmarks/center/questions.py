"""What is asked: centers of a huge and a small customer, and what is right."""

import csv
import io
import json

from erp import database
from shared.measuring import Case
from shared.questions import BaseQuestions

from .filling import HUGE_UNLINKED, SMALL_UNLINKED
from .installing import get_seconds
from .searching import SearchQuestions
from .stock import CUSTOMERS, StockQuestions

FLOOR = "JSON without data: /web/session/check"
CENTER = "center, {}, {}"
CENTER_ALL = "center, {}, all widgets shown"
CONTACT = "center of a contact, {}"
CONTACT_PORTAL = "center of a contact, what he sees in the portal, {}"
REFRESH = "center, huge: two widgets brought up to date"
TAB = "open tickets, huge: another tab"
ORDER = "open tickets, huge: by title (50 rows)"
FILTER = "open tickets, huge: filtered by title, team and owner"
VALUES = "open tickets, huge: the owners there are"
CLOSED = "closed tickets, huge: {} page"
CONTACTS = "contacts, huge (50 rows)"
CONTACTS_SEARCH = "contacts, huge: searched"
SAVE = "an arrangement saved"
VISIT = "a visit noted"
EXPORT = "CSV of the open tickets, huge"

CENTER_MODEL = "helpdesk.center"
AGENTS = ("restricted", "user")

NOTE = """\
Stock is OCA's helpdesk with the same data in a database without the addon. The agent
'restricted' sees the tickets of two teams, his own and those he follows; 'user' sees
all. The server is threaded, and its jobs do not run."""

# Who sees which tickets: as the rules of OCA's helpdesk say.
NUMBERS = """
SELECT
    count(*) FILTER (WHERE t.active AND t.state_type IN ('new', 'open')
        AND t.escalation_date <= now() AT TIME ZONE 'UTC'),
    count(*) FILTER (WHERE t.active AND t.state_type <> 'closed'),
    count(*) FILTER (WHERE t.active AND t.state_type = 'closed'),
    count(*) FILTER (WHERE t.active),
    count(*) FILTER (WHERE NOT t.active),
    count(*) FILTER (WHERE t.active AND t.state_type = 'open'),
    count(*) FILTER (WHERE t.active AND t.state_type = 'pending'),
    count(*) FILTER (WHERE t.active AND t.state_type = 'new')
FROM helpdesk_ticket AS t
JOIN res_users AS u ON u.login = %s
WHERE t.customer_company_id = %s AND (
    %s <> 'restricted' OR t.team_id IS NULL OR t.user_id = u.id
    OR t.team_id IN (
        SELECT helpdesk_ticket_team_id FROM helpdesk_ticket_team_res_users_rel
        WHERE res_users_id = u.id
    )
    OR EXISTS (
        SELECT FROM mail_followers AS f WHERE f.res_model = 'helpdesk.ticket'
            AND f.res_id = t.id AND f.partner_id = u.partner_id
    )
)
"""
VERSION = """
SELECT (helpdesk_center_layout -> 'company' ->> 'v')::int
FROM res_users_settings AS s JOIN res_users AS u ON u.id = s.user_id
WHERE u.login = 'arranger'
"""
NAMES = "escalated", "open", "closed", "all", "archived", "open_only", "pending", "new"


class Questions(SearchQuestions, StockQuestions, BaseQuestions):
    FLOOR = FLOOR
    LOGINS = ("agent", "restricted", "arranger")

    def prepare(self):
        self.customers = {
            name: self._ids(
                "SELECT id FROM res_partner WHERE name = %s", f"Customer {name}"
            )[0]
            for name in CUSTOMERS
        }
        partner = "SELECT partner_id FROM res_users WHERE login = %s"
        self.contacts = {name: self._ids(partner, name)[0] for name in CUSTOMERS}
        self.people = {"restricted": self.restricted, "user": self.agent}
        self.prepare_stock()
        (self.version,) = self._ids(VERSION)

    def _stock_cases(self):
        floor = Case(
            FLOOR,
            lambda: self.agent.call("/web/session/check"),
            lambda answer: answer.result is None,
        )
        return [floor, *self.get_stock_cases()]

    def get_cases(self):
        return [
            *self._centers(),
            *self._contact_centers(),
            *self._tickets(),
            *self._contacts(),
            *self.get_search_cases(),
            *self._acts(),
        ]

    def get_expectations(self):
        return [
            ("version of the arrangement", self.version, VERSION),
            (
                "visits of the agent",
                1,
                """
                SELECT count(*) FROM helpdesk_center_visit AS v
                JOIN res_users AS u ON u.id = v.user_id WHERE u.login = 'agent'
                """,
            ),
        ]

    def get_figures(self, database):
        return get_seconds(self.site.stock.database)

    def get_numbers(self, login, name):
        values = login, self.customers[name], login
        (numbers,) = database.query(self.site.database, NUMBERS, *values)
        return dict(zip(NAMES, numbers, strict=True))

    # === CENTERS === #

    def _ask(self, person, method, *args, **kwargs):
        return lambda: person.call_model(CENTER_MODEL, method, *args, **kwargs)

    def _centers(self):
        for who, person in self.people.items():
            for name, customer in self.customers.items():
                yield Case(
                    CENTER.format(name, who),
                    self._ask(person, "get_center", "company", customer),
                    self._is_center(person.login, name),
                )
        for name, customer in self.customers.items():
            yield Case(
                CENTER_ALL.format(name),
                self._ask(self.arranger, "get_center", "company", customer),
                self._is_center("arranger", name, is_all=True),
            )
        yield Case(
            REFRESH,
            self._ask(
                self.restricted,
                *("get_center", "company", self.customers["huge"], ["open", "status"]),
            ),
            lambda answer: {*answer.result["widgets"]} == {"open", "status"},
        )

    def _is_center(self, login, name, is_all=False):
        """Whether all numbers and lists are those of the customer and the agent."""
        numbers = self.get_numbers(login, name)
        totals = {
            "reminder": numbers["pending"],
            "escalated": numbers["escalated"],
            "new": numbers["new"],
            "open": numbers["open_only"],
        }
        if is_all:
            totals["closed"] = numbers["closed"]
            totals["unlinked"] = HUGE_UNLINKED if name == "huge" else SMALL_UNLINKED

        def is_right(answer):
            widgets = answer.result["widgets"]
            status = {row["key"]: row["count"] for row in widgets["status"]["rows"]}
            return (
                all(numbers[key] == count for key, count in status.items())
                and ("closed" in widgets) == is_all
                and all(_is_list(widgets[key], total) for key, total in totals.items())
            )

        return is_right

    def _contact_centers(self):
        def is_contact(mode, name):
            # In the portal he sees all tickets of his company.
            numbers = self.get_numbers("restricted", name)

            def is_right(answer):
                widgets = answer.result["widgets"]
                rows = widgets["contact_status"]["rows"]
                status = {row["key"]: row["count"] for row in rows}
                opened = widgets["companies"]["rows"][0]["open"]
                is_all = status["all"] == numbers["all"]
                return answer.result["mode"] == mode and (
                    opened == numbers["open"] and is_all == (mode == "accessible")
                )

            return is_right

        modes = ("assigned", CONTACT), ("accessible", CONTACT_PORTAL)
        return [
            Case(
                title.format(name),
                self._ask(self.restricted, "get_center", "contact", contact, mode=mode),
                is_contact(mode, name),
            )
            for mode, title in modes
            for name, contact in self.contacts.items()
        ]

    # === WIDGETS === #

    def _widget(self, name, key, is_right, person=None, **options):
        args = "get_widget", "company", self.customers["huge"], key, options
        return Case(
            name,
            self._ask(person or self.restricted, *args),
            lambda answer: is_right(answer.result),
        )

    def _tickets(self):
        numbers = self.get_numbers("restricted", "huge")
        opened, closed = numbers["open_only"], numbers["closed"]
        last = (closed - 1) // 10 * 10
        (team,) = self._ids(
            "SELECT id FROM helpdesk_ticket_team WHERE name ->> 'en_US' = 'Team 0'"
        )
        (owner,) = self._ids("SELECT id FROM res_users WHERE login = 'restricted'")
        filters = {"name": "printer", "team_id": [team], "user_id": [owner]}
        return [
            self._widget(TAB, "open", lambda data: data["total"] > 0, tab="queues"),
            self._widget(
                ORDER,
                "open",
                lambda data: _is_list(data, opened) and _is_sorted(data, "name"),
                order=["name", "asc"],
                size=50,
            ),
            self._widget(
                FILTER,
                "open",
                lambda data: 0 < data["total"] < opened and bool(data["rows"]),
                filters=filters,
            ),
            Case(
                VALUES,
                self._ask(
                    self.restricted,
                    *("filter_values", "company", self.customers["huge"]),
                    *("open", "user_id"),
                ),
                lambda answer: len(answer.result) > 3,
            ),
            self._widget(
                CLOSED.format("first"), "closed", lambda data: _is_list(data, closed)
            ),
            self._widget(
                CLOSED.format("last"),
                "closed",
                lambda data: data["offset"] == last and data["total"] == closed,
                offset=10**6,
            ),
        ]

    def _contacts(self):
        def is_counted(data):
            numbers = [row["open"] + row["closed"] for row in data["rows"]]
            return len(numbers) == 51 and numbers[0] > 0 and sum(numbers[1:]) > 0

        return [
            # The company itself comes first, as some tickets name nobody else.
            self._widget(CONTACTS, "contacts", is_counted, size=50),
            self._widget(
                CONTACTS_SEARCH,
                "contacts",
                lambda data: 0 < data["total"] < 100,
                search="weber",
            ),
        ]

    # === ACTS === #

    def _acts(self):
        opened = self.get_numbers("arranger", "huge")["open_only"]
        options = {"order": ["create_date", "desc"]}

        def save():
            self.version += 1
            patch = {"widgets": {"open": {"size": 10 + self.version % 2 * 5}}}
            return self.arranger.call_model(
                CENTER_MODEL, "save_layout", "company", patch, self.version - 1
            )

        return [
            Case(SAVE, save, lambda answer: answer.result["v"] == self.version),
            Case(
                VISIT,
                self._ask(self.agent, "note_visit", self.customers["huge"]),
                lambda answer: answer.result is True,
            ),
            Case(
                EXPORT,
                lambda: self.arranger.open(
                    "/helpdesk_info_center/export",
                    format="csv",
                    kind="company",
                    partner_id=self.customers["huge"],
                    key="open",
                    options=json.dumps(options),
                ),
                lambda answer: _count_lines(answer.text) == opened + 1,
            ),
        ]


def _is_list(data, total):
    """Whether a list has so many tickets in all, and shows a full page of them."""
    return data["total"] == total and len(data["rows"]) == min(total, data["size"])


def _count_lines(text):
    return len([*csv.reader(io.StringIO(text))])


def _is_sorted(data, column):
    # The first words only: how numbers after them are sorted is up to the collation.
    words = [row["values"][column].split()[0] for row in data["rows"]]
    return words == sorted(words)
