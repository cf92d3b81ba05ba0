"""What is asked: pages and acts of customers and staff, and what the answer must be."""

import re
import uuid

from shared.measuring import Case, Person
from shared.questions import (
    MANY,
    PAGE,
    BaseQuestions,
    is_address_taken,
)

# The cases that others are compared with.
FLOOR_JSON = "JSON without data: /web/session/check"
ADDRESS = "stock: POST /my/address/submit"

ONSITE_SMALL = "containers, small (2 rows)"
ONSITE_HUGE = "containers, huge (page 1, 20 rows)"
ONSITE_LAST = "containers, huge (page 4, 20 rows)"
HISTORY_FIRST = "history, huge (page 1, 20 rows)"
HISTORY_LAST = "history, huge (last page, 20 rows)"
ONSITE_SEARCH = "containers, huge, search"
HISTORY_SEARCH = "history, huge, search"
REQUESTS_SMALL = "requests, small (2 rows)"
REQUESTS_HUGE = "requests, huge (page 1, 20 rows)"
REQUESTS_LAST = "requests, huge (last page)"
REQUESTS_SEARCH = "requests, huge, search"
CHECK = "JSON /my/containers/check"
SUBMIT = "POST /my/containers/request"
EXPORT = "CSV of the history, huge"
REQUEST_LIST = "office: requests to decide (80 rows)"
ALL_REQUEST_LIST = "office: all requests (80 rows)"
RENTAL_LIST = "office: all rentals (80 rows)"
ISSUED_LIST = "office: rentals at customers (80 rows)"
OVERDUE_LIST = "office: overdue rentals (80 rows)"
APPROVE_ONE = "office: approve 1 request"
APPROVE_MANY = "office: approve 100 requests"
ISSUE_MANY = "office: issue 100 rentals"

NOTE = """\
The rows of the CSV come from a cursor of their own, which Odoo's log leaves out. The
server is threaded, its jobs do not run, mails are only queued. Changes by customers
take effect at once here: the address form is Odoo's own."""


class Questions(BaseQuestions):
    def prepare(self):
        self.asking = Person(self.site, "pattern")
        self.undecided = self._ids(
            """
            SELECT r.id FROM container_request AS r
            JOIN res_partner AS p ON p.id = r.commercial_partner_id
            WHERE r.state = 'created' AND p.name LIKE 'Hotel %'
            ORDER BY md5(r.id::text)
            """
        )
        self.planned = self._ids(
            """
            SELECT id FROM container_rental
            WHERE state = 'planned' AND delivery_date <= current_date ORDER BY id
            """
        )
        self.approved, self.issued = [], []
        self.submitted = 0
        self.street = None

    def get_cases(self):
        return [
            Case(
                FLOOR_JSON,
                lambda: self.small.call("/web/session/check"),
                lambda answer: answer.status == 200 and answer.result is None,
            ),
            *self._portal_lists(),
            *self._portal_acts(),
            *self._office_lists(),
            *self._office_acts(),
        ]

    def get_expectations(self):
        return [
            (
                "requests approved with a container of their own",
                len(self.approved),
                """
                SELECT count(DISTINCT r.container_id)
                FROM container_request AS q
                JOIN container_rental AS r ON r.request_id = q.id
                JOIN container_container AS c ON c.current_rental_id = r.id
                WHERE q.id = ANY(%s) AND q.state = 'approved' AND r.state = 'planned'
                    AND c.state = 'reserved'
                """,
                self.approved,
            ),
            (
                "rentals issued",
                len(self.issued),
                """
                SELECT count(*) FROM container_rental AS r
                JOIN container_request AS q ON q.id = r.request_id
                WHERE r.id = ANY(%s) AND r.state IN ('issued', 'returned')
                    AND r.return_due > r.issued_on AND q.state = 'done'
                """,
                self.issued,
            ),
            (
                "requests sent",
                self.submitted,
                "SELECT count(*) FROM container_request WHERE form_token IS NOT NULL",
            ),
            (
                "companies whose address Odoo has written by itself",
                1,
                "SELECT count(*) FROM res_partner WHERE street = %s AND is_company",
                self.street,
            ),
        ]

    # === CUSTOMERS === #

    def _portal_lists(self):
        rentals, requests = "/my/containers", "/my/containers/requests"
        onsite = "state IN ('planned', 'issued')"
        history = "state = 'returned'"

        def names(login, where, key="container_name"):
            order = "delivery_date DESC, id DESC"
            return self._names("container_rental", login, order, where, key)

        small, huge = names("small", onsite), names("huge", onsite)
        past = names("huge", history)
        asked = self._names("container_request", "huge", "id DESC")
        few_asked = self._names("container_request", "small", "id DESC")
        pages = {
            name: -(-len(rows) // PAGE)
            for name, rows in (("past", past), ("asked", asked))
        }
        one, some = huge[-1], past[-1][:-2]  # a number, and how some of them begin
        found_past = [name for name in past if some in name]
        found_asked = [name for name in asked if asked[-1][:-1] in name]

        case, back = self._page, {"filterby": "history"}
        return [
            case(ONSITE_SMALL, self.small, rentals, small),
            case(ONSITE_HUGE, self.huge, rentals, huge),
            case(ONSITE_LAST, self.huge, rentals, huge, page=4),
            case(HISTORY_FIRST, self.huge, rentals, past, **back),
            case(HISTORY_LAST, self.huge, rentals, past, pages["past"], **back),
            case(ONSITE_SEARCH, self.huge, rentals, [one], search=one),
            case(HISTORY_SEARCH, self.huge, rentals, found_past, search=some, **back),
            case(REQUESTS_SMALL, self.small, requests, few_asked),
            case(REQUESTS_HUGE, self.huge, requests, asked),
            case(REQUESTS_LAST, self.huge, requests, asked, pages["asked"]),
            case(
                REQUESTS_SEARCH, self.huge, requests, found_asked, search=asked[-1][:-1]
            ),
            Case(
                EXPORT,
                lambda: self.huge.open(f"{rentals}/export.csv", **back),
                lambda answer: (
                    [line.split(",")[1] for line in answer.text.splitlines()[1:]]
                    == past
                ),
            ),
        ]

    def _portal_acts(self):
        csrf_token = self.asking.csrf_token("/my/containers/requests")
        contact = self._get_address("pattern")

        def check():
            return self.small.call(
                "/my/containers/check", requested_date="", address_id="", quantity="1"
            )

        def is_delivery_day(answer):
            return re.match("(Monday|Thursday), ", answer.result["delivery_text"])

        def submit():
            self.submitted += 1
            self.form_token = str(uuid.uuid4())
            return self.asking.post(
                "/my/containers/request",
                csrf_token=csrf_token,
                form_token=self.form_token,
                quantity="1",
                remark="Please ring the bell at the gate.",
            )

        def submit_address():
            self.street = f"Seestraße {uuid.uuid4().hex}"
            return self.asking.post(
                "/my/address/submit",
                csrf_token=csrf_token,
                street=self.street,
                **contact,
            )

        return [
            Case(CHECK, check, is_delivery_day),
            Case(
                SUBMIT,
                submit,
                lambda answer: (
                    answer.status == 303
                    and answer.location.endswith(f"/by_token/{self.form_token}")
                ),
            ),
            Case(ADDRESS, submit_address, is_address_taken),
        ]

    # === STAFF === #

    def _office_lists(self):
        rentals, requests = "container.rental", "container.request"
        to_decide = [["state", "=", "created"]]
        overdue = [["is_overdue", "=", True]]
        issued = [["state", "=", "issued"]]
        sql_overdue = "state = 'issued' AND back_by < current_date"
        return [
            self._office_list(
                REQUEST_LIST, requests, to_decide, "state = 'created'", is_growing=True
            ),
            self._office_list(ALL_REQUEST_LIST, requests, [], "true", is_growing=True),
            self._office_list(RENTAL_LIST, rentals, [], "true", is_growing=True),
            self._office_list(
                ISSUED_LIST, rentals, issued, "state = 'issued'", is_growing=True
            ),
            self._office_list(OVERDUE_LIST, rentals, overdue, sql_overdue),
        ]

    def _office_acts(self):
        rentals, requests = "container.rental", "container.request"
        undecided, planned = iter(self.undecided), iter(self.planned)
        approve = requests, "action_approve", undecided, self.approved
        return [
            self._act(APPROVE_ONE, *approve, 1),
            self._act(APPROVE_MANY, *approve, MANY),
            self._act(ISSUE_MANY, rentals, "action_issue", planned, self.issued, MANY),
        ]
