"""What is asked: pages of customers, lists and acts of staff, and what is right."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from erp import database
from shared.measuring import Case, Person, WrongAnswer
from shared.questions import MANY, BaseQuestions, shows

from . import ordering, papers
from .alone import get_figures

ORDERS_HUGE = "stock: /my/orders, huge (80 rows)"
LIST_ONE = "orders, small, new ones (1 row)"
LIST_SMALL = "orders, small, all (19 rows)"
LIST_NEW = "orders, huge, new ones (80 rows)"
LIST_DONE = "orders, huge, completed (page 1, 80 rows)"
LIST_LATER = "orders, huge, completed (page 50, 80 rows)"
LIST_WAITING = "orders, huge, waiting for him (20 rows)"
LIST_RESELLER = "orders, reseller, completed (80 rows)"
SEARCH_NUMBER = "search for a number"
SEARCH_REFERENCE = "search for a reference"
SEARCH_INTERNAL = "search for an internal reference"
SEARCH_SERIAL = "search for a serial number"
SEARCH_IMEI = "search for an IMEI"
SEARCH_PART = "search for a part of a serial number, reseller"
SEARCH_MANY = "search for what all have, reseller (80 rows)"
STOCK_SEARCH = "stock: search of sale.order in 3 fields"
SHIPMENTS = "shipments, huge"

OFFICE_ALL = "office: all orders (80 rows)"
OFFICE_SENT = "office: without drafts (80 rows)"
OFFICE_NEW = "office: new orders (80 rows)"
OFFICE_HERE = "office: at the location"
OFFICE_MINE = "office: my orders (80 rows)"
OFFICE_NOBODYS = "office: unassigned (80 rows)"
OFFICE_REPLIED = "office: customer replied"
OFFICE_WAITING = "office: waiting for customers"
OFFICE_OVERDUE = "office: overdue"
OFFICE_SEARCH = "office: search for an IMEI"
OFFICE_STATES = "office: numbers by status"
CONFIRM_ONE = "office: confirm 1 order"
CONFIRM_MANY = "office: confirm 100 orders"

URL, STEP = "/my/service-orders", 80
MODEL, TABLE = "customer.service.order", "customer_service_order"
NEWEST = "date_order DESC, id DESC"
SHOWN = "CASE state WHEN 'draft' THEN 'Draft' ELSE name END"
IS_NEW = "state IN ('submitted', 'confirmed')"
IS_OPEN = "state IN ('submitted', 'confirmed', 'at_location')"
IS_DONE = "state = 'completed'"
IS_WAITING = "waiting_for = 'customer'"
NUMBERS = ("name", "client_order_ref", "internal_ref", "serial_number", "imei", "imei2")

NOTE = """\
The rows of the CSV come from a cursor of their own, which Odoo's log leaves out. The
chat of a page is asked for by two more requests, here as in Odoo's own page. The server
is threaded, its jobs do not run, mails are only queued."""


class Questions(papers.PaperQuestions, ordering.OrderingQuestions, BaseQuestions):
    get_figures = staticmethod(get_figures)

    def prepare(self):
        self.reseller = Person(self.site, "reseller")
        self.submitted = self._ids(
            f"""
            SELECT o.id FROM {TABLE} AS o
            JOIN res_partner AS p ON p.id = o.commercial_partner_id
            WHERE o.state = 'submitted' AND p.name LIKE 'Hotel %'
            ORDER BY md5(o.id::text)
            """
        )
        self.confirmed = []
        self.prepare_papers()
        self.prepare_ordering()

    def get_cases(self):
        return [
            Case(
                ORDERS_HUGE,
                lambda: self.huge.open("/my/orders"),
                shows(self._get_stock_orders("huge")[:STEP]),
            ),
            *self._lists(),
            *self._searches(),
            *self.get_paper_cases(),
            *self.get_ordering_cases(),
            *self._office_lists(),
            *self._office_acts(),
        ]

    def get_expectations(self):
        return [
            (
                "orders confirmed, and noted in their timelines",
                len(self.confirmed),
                f"""
                SELECT count(*) FROM {TABLE} AS o
                JOIN customer_service_status_log AS l
                    ON l.order_id = o.id AND l.state = 'confirmed'
                WHERE o.id = ANY(%s) AND o.state = 'confirmed'
                """,
                self.confirmed,
            ),
            *self.get_ordering_expectations(),
        ]

    # === CUSTOMERS === #

    def _lists(self):
        def listing(name, person, tab, where="true", page=1):
            rows = self._names(TABLE, person.login, NEWEST, where, SHOWN)
            return self._page(name, person, URL, rows, page, STEP, tab=tab)

        huge, small, reseller = self.huge, self.small, self.reseller
        return [
            listing(LIST_ONE, small, "new", IS_NEW),
            listing(LIST_SMALL, small, "all"),
            listing(LIST_NEW, huge, "new", IS_NEW),
            listing(LIST_DONE, huge, "completed", IS_DONE),
            listing(LIST_LATER, huge, "completed", IS_DONE, page=50),
            listing(LIST_WAITING, huge, "waiting", IS_WAITING),
            listing(LIST_RESELLER, reseller, "completed", IS_DONE),
            Case(
                SHIPMENTS,
                lambda: huge.open("/my/service-shipments"),
                lambda answer: answer.text.count("<table") == 1 + self.ways,
            ),
        ]

    def _searches(self):
        """Each with an order of some time ago, in whose place there are many others."""
        *_others, numbers = database.query(
            self.site.database,
            f"""
            SELECT {", ".join(NUMBERS)} FROM {TABLE} AS o
            JOIN res_users AS u ON u.login = 'huge' AND u.partner_id = o.partner_id
            WHERE {IS_DONE} AND internal_ref IS NOT NULL
            ORDER BY o.id DESC LIMIT 99
            """,
        )
        name, reference, internal, serial, imei, _imei2 = numbers

        def search(title, text, person=self.huge):
            found = " OR ".join(f"strpos({column}, '{text}') > 0" for column in NUMBERS)
            rows = self._names(TABLE, person.login, NEWEST, f"({found})", SHOWN)
            if not rows:
                raise WrongAnswer(f"{title}: nothing to be found")
            return self._page(title, person, URL, rows, step=STEP, search=text)

        (other,) = self._names(TABLE, "reseller", NEWEST, IS_DONE, "serial_number")[:1]
        stock_name = self._get_stock_orders("huge")[99]
        stock_domain = ["|", "|"] + [
            [field, "ilike", stock_name]
            for field in ("name", "client_order_ref", "origin")
        ]
        self.imei = imei
        return [
            search(SEARCH_NUMBER, name),
            search(SEARCH_REFERENCE, reference),
            search(SEARCH_INTERNAL, internal),
            search(SEARCH_SERIAL, serial),
            search(SEARCH_IMEI, imei),
            search(SEARCH_PART, other[3:9], self.reseller),
            search(SEARCH_MANY, "SRV", self.reseller),
            self._office_list(
                STOCK_SEARCH,
                "sale.order",
                stock_domain,
                f"name = '{stock_name}'",
                person=self.seller,
            ),
        ]

    # === STAFF === #

    def _office_lists(self):
        open_states = ["submitted", "confirmed", "at_location"]
        is_open = ["state", "in", open_states]
        (staff_id,) = self._ids("SELECT id FROM res_users WHERE login = 'staff'")
        found = ["|"] * (len(NUMBERS) - 1) + [
            [name, "ilike", self.imei] for name in NUMBERS
        ]

        def listing(name, domain, where):
            # Other cases create orders, and confirm them.
            return self._office_list(name, MODEL, domain, where, is_growing=True)

        return [
            listing(OFFICE_ALL, [], "true"),
            listing(OFFICE_SENT, [["state", "!=", "draft"]], "state <> 'draft'"),
            listing(OFFICE_NEW, [["state", "in", open_states[:2]]], IS_NEW),
            listing(
                OFFICE_HERE, [["state", "=", "at_location"]], "state = 'at_location'"
            ),
            listing(OFFICE_MINE, [["user_id", "=", staff_id]], f"user_id = {staff_id}"),
            listing(
                OFFICE_NOBODYS,
                [["user_id", "=", False], is_open],
                f"user_id IS NULL AND {IS_OPEN}",
            ),
            listing(
                OFFICE_REPLIED,
                [["customer_reply_pending", "=", True]],
                "customer_reply_pending",
            ),
            listing(OFFICE_WAITING, [["waiting_for", "=", "customer"]], IS_WAITING),
            listing(
                OFFICE_OVERDUE,
                [["promised_date", "<", "today"], is_open],
                f"promised_date < current_date AND {IS_OPEN}",
            ),
            listing(OFFICE_SEARCH, found, f"imei = '{self.imei}'"),
            self._office_numbers(),
        ]

    def _office_numbers(self):
        ((total,),) = database.query(
            self.site.database, f"SELECT count(*) FROM {TABLE}"
        )
        return Case(
            OFFICE_STATES,
            lambda: self.staff.call_model(
                MODEL, "formatted_read_group", [], ["state"], ["__count"]
            ),
            lambda answer: sum(row["__count"] for row in answer.result) >= total,
        )

    def _office_acts(self):
        act = MODEL, "action_confirm", iter(self.submitted), self.confirmed
        return [self._act(CONFIRM_ONE, *act, 1), self._act(CONFIRM_MANY, *act, MANY)]
