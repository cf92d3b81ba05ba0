"""What is asked: lists and figures of managers, and what is right."""

import json
from functools import cached_property

from erp import database
from shared.measuring import Case, WrongAnswer
from shared.questions import OFFICE_COUNT, OFFICE_PAGE, BaseQuestions

from . import crowd, freezing, raw
from .acting import ActingQuestions
from .patterns import LARGE, STOCK

FLOOR = "JSON without data: /web/session/check"
STOCK_LIST = "stock: survey.user_input of a survey (80 rows)"
LIST = "contact list (80 rows)"
LIST_OPEN = "contact list, open ones (80 rows)"
LIST_DONE = "contact list, done ones (80 rows)"
LIST_AGENT = "contact list, of one agent (80 rows)"
LIST_WAITING = "contact list, follow-ups of one agent (80 rows)"
LIST_OVERDUE = "contact list, follow-ups overdue"
SEARCH = "search for a name: {}"
NAMES = {
    "common": "'müller', many",
    "full": "'hans müller', some",
    "rare": "'qjarno', few",
    "miss": "'zzqq', nobody",
}
SEARCH_PHONE = "search for a phone number"
BY_STATE = "contacts by state"
BY_STATE_AGENT = "contacts by state and agent"
PIVOT = "pivot of all calls by agent"
PIVOT_MONTH = "pivot of all calls by survey and month"
GRAPH = "graph of all calls by hour and outcome"
BOARD = "live board"
COUNTS = "a survey with its numbers of contacts"

MODEL, TABLE = "survey.callcenter.contact", "survey_callcenter_contact"
REPORT = "survey.callcenter.report"
MEASURES = ("attempts:sum", "contacts:sum", "completed:sum", "positive:sum", "__count")

NOTE = """\
The manager sees all contacts of the survey, agents those that are theirs. The server is
threaded, its jobs do not run, mails are only queued."""


class Questions(ActingQuestions, BaseQuestions):
    FLOOR = FLOOR
    LOGINS = ("manager", "agent", "helper")

    def prepare(self):
        survey = "SELECT id FROM survey_survey WHERE title ->> 'en_US' = %s"
        self.large, self.stock = (self._ids(survey, it)[0] for it in (LARGE, STOCK))
        self.crowd, self.colleague = self._ids(
            "SELECT id FROM res_users WHERE login IN ('crowd07', 'crowd08') ORDER BY id"
        )
        self.prepare_acts()

    def _stock_cases(self):
        of = [["survey_id", "=", self.stock]]
        return [
            Case(
                FLOOR,
                lambda: self.manager.call("/web/session/check"),
                lambda answer: answer.result is None,
            ),
            self._office_list(
                STOCK_LIST, "survey.user_input", of, f"survey_id = {self.stock}"
            ),
        ]

    def get_cases(self):
        return [
            *self._lists(),
            *self._searches(),
            *self._groups(),
            *self.get_act_cases(),
        ]

    def get_expectations(self):
        return self.get_act_expectations()

    def get_figures(self, name):
        """What is asked at once, without Odoo, or as a job: on servers of its own."""
        return {
            **crowd.get_figures(name),
            **raw.get_figures(name),
            **freezing.get_figures(name),
        }

    @property
    def staff(self):
        return self.manager

    # === LISTS === #

    def _lists(self):
        def listing(name, where="true", *domain, is_growing=True):
            return self._office_list(
                name,
                MODEL,
                [["survey_id", "=", self.large], *domain],
                f"survey_id = {self.large} AND {where}",
                is_growing=is_growing,
            )

        agent = self.crowd
        is_overdue = "callback_at < now() AT TIME ZONE 'UTC' AND state = 'open'"
        return [
            listing(LIST, is_growing=False),
            listing(LIST_OPEN, "state = 'open'", ["state", "=", "open"]),
            listing(LIST_DONE, "state = 'done'", ["state", "=", "done"]),
            listing(
                LIST_AGENT, f"last_user_id = {agent}", ["last_user_id", "=", agent]
            ),
            listing(
                LIST_WAITING,
                f"callback_user_id = {agent}",
                ["callback_user_id", "=", agent],
            ),
            listing(
                LIST_OVERDUE,
                is_overdue,
                *(["state", "=", "open"], ["lock_user_id", "=", False]),
                ["callback_at", "<", "now"],
            ),
        ]

    def _searches(self):
        for title in NAMES.values():
            name = title.split("'")[1]
            count = self._count(
                "partner_id IN"
                " (SELECT id FROM res_partner WHERE complete_name ILIKE %s)",
                f"%{name}%",
            )
            yield self._search(
                SEARCH.format(title), ["person_name", "ilike", name], count
            )
        (number,) = self._ids(
            f"SELECT phone_e164 FROM {TABLE} WHERE survey_id = %s"  # noqa: S608
            " ORDER BY id OFFSET 4711 LIMIT 1",
            self.large,
        )
        domain = ["partner_id.phone_mobile_search", "ilike", number]
        yield self._search(SEARCH_PHONE, domain, 1)

    def _count(self, where, *values):
        ((count,),) = database.query(
            self.site.database,
            f"SELECT count(*) FROM {TABLE} WHERE survey_id = %s AND {where}",  # noqa: S608
            self.large,
            *values,
        )
        return count

    def _search(self, name, domain, count):
        """As the web client does when something is typed into the search box."""
        specification, order = self._columns

        def is_right(answer):
            result = answer.result
            is_full = len(result["records"]) == min(count, OFFICE_PAGE)
            return is_full and result["length"] == min(count, OFFICE_COUNT)

        return Case(
            name,
            lambda: self.manager.call_model(
                MODEL,
                "web_search_read",
                domain=[["survey_id", "=", self.large], domain],
                specification=specification,
                limit=OFFICE_PAGE,
                offset=0,
                order=order,
                count_limit=OFFICE_COUNT,
            ),
            is_right,
        )

    @cached_property
    def _columns(self):
        return self._get_list(self.manager, MODEL)

    # === FIGURES === #

    def _groups(self):
        of = [["survey_id", "=", self.large]]
        contacts, calls = (
            self._count_of(table) for table in (TABLE, "survey_callcenter_call")
        )

        def grouped(name, fields):
            return Case(
                name,
                lambda: self.manager.call_model(
                    MODEL, "formatted_read_group", of, fields, ["__count"]
                ),
                lambda answer: sum(row["__count"] for row in answer.result) == contacts,
            )

        def pivot(name, *sets):
            def is_right(answer):
                # Each set has all calls in it, and those of the acts.
                totals = [sum(row["__count"] for row in rows) for rows in answer.result]
                return len(totals) == len(sets) and min(totals) >= calls

            return Case(
                name,
                lambda: self.manager.call_model(
                    REPORT, "formatted_read_grouping_sets", of, sets, MEASURES
                ),
                is_right,
                every=3,
            )

        return [
            grouped(BY_STATE, ["state"]),
            grouped(BY_STATE_AGENT, ["state", "last_user_id"]),
            pivot(PIVOT, [], ["user_id"]),
            pivot(PIVOT_MONTH, [], ["survey_id"], ["survey_id", "call_at:month"]),
            pivot(GRAPH, ["call_hour", "outcome_type"]),
            Case(
                BOARD,
                lambda: self.manager.call_model("survey.callcenter.board", "get_board"),
                self._is_board(contacts, calls),
                every=3,
            ),
            Case(
                COUNTS,
                lambda: self.manager.call_model(
                    "survey.survey", "read", [self.large], list(self._numbers)
                ),
                lambda answer: answer.result[0]["cc_contact_count"] == contacts,
            ),
        ]

    _numbers = ("cc_contact_count", "cc_open_count", "cc_done_count", "cc_call_count")

    def _count_of(self, table):
        ((count,),) = database.query(
            self.site.database,
            f"SELECT count(*) FROM {table} WHERE survey_id = %s",  # noqa: S608
            self.large,
        )
        return count

    def _is_board(self, contacts, calls):
        def is_right(answer):
            for survey in answer.result["surveys"]:
                if survey["id"] == self.large:
                    return (
                        sum(survey["contacts"].values()) == contacts
                        and survey["rated"]["all"] >= calls
                        and bool(survey["follow_ups"])
                    )
            raise WrongAnswer(json.dumps(answer.result)[:200])

        return is_right
