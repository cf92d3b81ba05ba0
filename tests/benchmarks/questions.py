"""What is asked: pages and acts of customers and staff, and what the answer must be."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

import json
import re
import uuid
from itertools import islice
from xml.etree import ElementTree

from erp import database
from measuring import Case, Person, WrongAnswer

# The cases that others are compared with.
FLOOR = "page without data: /my/security"
FLOOR_JSON = "JSON without data: /web/session/check"
ORDERS = "stock: /my/orders, small (19 rows)"
ADDRESS = "stock: POST /my/address/submit"
ORDER_LIST = "stock: sale.order list (80 rows)"

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

MANY = 100
PAGE = 20
OFFICE_PAGE = 80
ACTIVITY_FIELDS = (
    *("activity_exception_decoration", "activity_exception_icon", "activity_state"),
    *("activity_summary", "activity_type_icon", "activity_type_id"),
)


class Questions:
    """All cases about one site.

    ``cases`` is what to measure; ``wrong`` tells afterwards what the acts left behind
    that should be otherwise.
    """

    def __init__(self, site):
        self.site = site
        self.huge, self.small, self.asking = (
            Person(site, login) for login in ("huge", "small", "pattern")
        )
        self.staff, self.seller = Person(site, "staff"), Person(site, "seller")
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
        self.cases = [
            *self._floors(),
            *self._portal_lists(),
            *self._portal_acts(),
            *self._office_lists(),
            *self._office_acts(),
        ]

    def wrong(self):
        """What the acts should have brought about, and did not: sentences."""
        sentences = []
        for what, expected, statement, values in (
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
                [self.approved],
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
                [self.issued],
            ),
            (
                "requests sent",
                self.submitted,
                "SELECT count(*) FROM container_request WHERE form_token IS NOT NULL",
                [],
            ),
        ):
            ((found,),) = database.query(self.site.database, statement, *values)
            if found != expected:
                sentences.append(f"{what}: {found} instead of {expected}")
        return sentences

    # === CUSTOMERS === #

    def _floors(self):
        return [
            Case(
                FLOOR,
                lambda: self.small.open("/my/security"),
                lambda answer: 'name="new1"' in answer.text,
            ),
            Case(
                FLOOR_JSON,
                lambda: self.small.call("/web/session/check"),
                lambda answer: answer.status == 200 and answer.result is None,
            ),
            Case(
                ORDERS,
                lambda: self.small.open("/my/orders"),
                self._shows(self._names("sale_order", "small", "date_order DESC")),
            ),
        ]

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

        def case(name, person, path, rows, page=1, **params):
            address = path if page == 1 else f"{path}/page/{page}"
            expected = rows[(page - 1) * PAGE : page * PAGE]
            return Case(
                name, lambda: person.open(address, **params), self._shows(expected)
            )

        back = {"filterby": "history"}
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
        ((contact, country),) = database.query(
            self.site.database,
            """
            SELECT u.partner_id, c.id FROM res_users AS u, res_country AS c
            WHERE u.login = 'pattern' AND c.code = 'DE'
            """,
        )

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
                partner_id=contact,
                name="Pattern",
                email="pattern@bench.example",
                phone="+49 941 1234",
                street=self.street,
                zip="93047",
                city="Regensburg",
                country_id=country,
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
            Case(
                ADDRESS,
                submit_address,
                lambda answer: "redirectUrl" in json.loads(answer.text),
            ),
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
            self._office_list(ORDER_LIST, "sale.order", [], "true", person=self.seller),
        ]

    def _office_list(self, name, model, domain, where, person=None, is_growing=False):
        """The call that the web client makes for the first page of a list.

        :param is_growing: acts of other cases change what is in the list
        """
        person = person or self.staff
        specification = self._get_specification(person, model)
        table = model.replace(".", "_")
        ((count,),) = database.query(
            self.site.database, f"SELECT count(*) FROM {table} WHERE {where}"
        )
        limit = 10001

        def is_right(answer):
            rows, length = answer.result["records"], answer.result["length"]
            is_full = len(rows) == OFFICE_PAGE and set(specification) <= set(rows[0])
            return is_full and (is_growing or length == min(count, limit))

        return Case(
            name,
            lambda: person.call_model(
                model,
                "web_search_read",
                domain=domain,
                specification=specification,
                limit=OFFICE_PAGE,
                offset=0,
                order="",
                count_limit=limit,
                context={"lang": "en_US", "tz": "UTC", "bin_size": True},
            ),
            is_right,
        )

    def _get_specification(self, person, model):
        """What the web client's list asks for: the fields of the view, as it is."""
        views = person.call_model(model, "get_views", [[False, "list"]]).result
        fields = views["models"][model]["fields"]
        specification = {}
        for node in ElementTree.fromstring(views["views"]["list"]["arch"]):  # noqa: S314
            name = node.get("name")
            if node.tag != "field" or name not in fields:
                continue
            specification[name] = {}
            if fields[name]["type"] == "many2one":
                is_shown = node.get("column_invisible") not in ("1", "True")
                names = {"display_name": {}} if is_shown else {}
                specification[name] = {"fields": names}
            if node.get("widget") == "list_activity":
                specification |= {field: {} for field in ACTIVITY_FIELDS}
                specification["activity_type_id"] = {"fields": {"display_name": {}}}
        return specification

    def _office_acts(self):
        """Each time with records that nobody has touched yet."""

        def act(name, model, method, source, done, number):
            def ask():
                ids = list(islice(source, number))
                if len(ids) < number:
                    raise WrongAnswer(f"{name}: there are too few fresh ones")
                done.extend(ids)
                return self.staff.call_model(model, method, ids)

            return Case(name, ask, lambda answer: not answer.result)

        rentals, requests = "container.rental", "container.request"
        undecided, planned = iter(self.undecided), iter(self.planned)
        approve = requests, "action_approve", undecided, self.approved
        return [
            act(APPROVE_ONE, *approve, 1),
            act(APPROVE_MANY, *approve, MANY),
            act(ISSUE_MANY, rentals, "action_issue", planned, self.issued, MANY),
        ]

    # === WHAT THE DATABASE SAYS === #

    def _ids(self, statement):
        return [row_id for (row_id,) in database.query(self.site.database, statement)]

    def _names(self, table, login, order, where="true", key="name"):
        """The names in a customer's list, in its order."""
        column = "partner_id" if table == "sale_order" else "commercial_partner_id"
        statement = f"""
            SELECT {key} FROM {table}
            WHERE {column} = (
                    SELECT p.commercial_partner_id FROM res_users AS u
                    JOIN res_partner AS p ON p.id = u.partner_id WHERE u.login = %s
                )
                AND {where}
            ORDER BY {order}
        """
        rows = database.query(self.site.database, statement, login)
        return [name for (name,) in rows]

    def _shows(self, names):
        """Whether a page has exactly these rows."""

        def is_right(answer):
            table = answer.text.partition("</thead>")[2].partition("</table>")[0]
            return table.count("<tr") == len(names) and all(
                f">{name}<" in re.sub(r">\s+|\s+<", _strip, table) for name in names
            )

        return is_right


def _strip(match):
    return match[0].strip()
