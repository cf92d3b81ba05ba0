"""What is asked: pages of customers, lists and acts of staff, and what is right."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from erp import database
from shared.measuring import Case
from shared.questions import MANY, BaseQuestions

from .chat import ChatQuestions
from .form import FormQuestions
from .ordering import OrderingQuestions

FORMS = "order sheets to fill in, huge"
LIST_SMALL = "running orders, small (4 rows)"
LIST_RUNNING = "running orders, huge (20 rows)"
LIST_STATUS = "running orders, status search, huge (20 rows)"
LIST_ARCHIVED = "archived orders, huge (20 rows)"
LIST_LATER = "archived orders, huge (page 50, 20 rows)"
LIST_ARCHIVED_STATUS = "archived orders, status search, huge (20 rows)"
SEARCH = "archived orders, search for a number"

OFFICE_ALL = "office: all orders (80 rows)"
OFFICE_NEW = "office: new orders (80 rows)"
OFFICE_MINE = "office: my orders (80 rows)"
OFFICE_REPLIED = "office: customer replied"
OFFICE_STAGES = "office: numbers by stage"
TAKE_ONE = "office: take 1 order"
TAKE_MANY = "office: take 100 orders"

URL = "/my/order-sheets"
MODEL, TABLE = "order.sheet.request", "order_sheet_request"
NEWEST = "submitted_at DESC, id DESC"
IS_RUNNING = "state IN ('submitted', 'returned', 'in_progress', 'done')"
IS_ARCHIVED = "state IN ('archived', 'rejected', 'cancelled')"

NOTE = """\
The survey is asked for by somebody who is signed in, as the sheet is. What a chat costs
are the two requests with which the browser gets it, here as in Odoo's own page. Odoo's
form of a sale order asks for more than is counted here, before and after it is saved.
The server is threaded, its jobs do not run, mails are only queued."""


class Questions(FormQuestions, OrderingQuestions, ChatQuestions, BaseQuestions):
    def prepare(self):
        self.fresh = self._ids(
            f"""
            SELECT r.id FROM {TABLE} AS r
            JOIN res_partner AS p ON p.id = r.commercial_partner_id
            WHERE r.state = 'submitted' AND p.name LIKE 'Hotel %'
            ORDER BY md5(r.id::text)
            """
        )
        self.taken = []
        self.prepare_form()
        self.prepare_ordering()
        self.prepare_chat()

    def get_cases(self):
        return [
            *self._lists(),
            *self.get_form_cases(),
            *self.get_ordering_cases(),
            *self.get_chat_cases(),
            *self._office_lists(),
            *self._office_acts(),
        ]

    def get_expectations(self):
        return [
            (
                "orders taken",
                len(self.taken),
                f"""
                SELECT count(*) FROM {TABLE} AS r
                JOIN res_users AS u ON u.id = r.user_id AND u.login = 'staff'
                WHERE r.id = ANY(%s) AND r.state = 'in_progress'
                """,
                self.taken,
            ),
            *self.get_ordering_expectations(),
            *self.get_chat_expectations(),
        ]

    # === CUSTOMERS === #

    def _lists(self):
        def listing(name, person, tab, where, page=1, **params):
            rows = self._names(TABLE, person.login, NEWEST, where)
            return self._page(name, person, URL, rows, page, tab=tab, **params)

        production, rejected = (
            self._get_stage(name) for name in ("In Production", "Rejected")
        )
        huge, small = self.huge, self.small
        *_others, number = self._names(TABLE, "huge", NEWEST, IS_ARCHIVED)[:99]
        return [
            Case(
                FORMS,
                lambda: huge.open(URL),
                lambda answer: answer.text.count("/start") >= 2,
            ),
            listing(LIST_SMALL, small, "running", IS_RUNNING),
            listing(LIST_RUNNING, huge, "running", IS_RUNNING),
            listing(
                LIST_STATUS,
                *(huge, "running", f"stage_id = {production}"),
                status=production,
            ),
            listing(LIST_ARCHIVED, huge, "archived", IS_ARCHIVED),
            listing(LIST_LATER, huge, "archived", IS_ARCHIVED, page=50),
            listing(
                LIST_ARCHIVED_STATUS,
                *(huge, "archived", f"stage_id = {rejected}"),
                status=rejected,
            ),
            listing(SEARCH, huge, "archived", f"name = '{number}'", search=number),
        ]

    def _get_stage(self, name):
        (stage_id,) = self._ids(
            "SELECT id FROM order_sheet_stage WHERE name ->> 'en_US' = %s", name
        )
        return stage_id

    def _get_text(self, statement):
        ((text,),) = database.query(self.site.database, statement)
        return text

    # === STAFF === #

    def _office_lists(self):
        (staff_id,) = self._ids("SELECT id FROM res_users WHERE login = 'staff'")

        def listing(name, domain, where):
            # Other cases submit orders, and take them.
            return self._office_list(name, MODEL, domain, where, is_growing=True)

        return [
            listing(OFFICE_ALL, [["state", "!=", "draft"]], "state <> 'draft'"),
            listing(OFFICE_NEW, [["state", "=", "submitted"]], "state = 'submitted'"),
            listing(OFFICE_MINE, [["user_id", "=", staff_id]], f"user_id = {staff_id}"),
            listing(
                OFFICE_REPLIED,
                [["customer_reply_pending", "=", True]],
                "customer_reply_pending",
            ),
            Case(
                OFFICE_STAGES,
                lambda: self.staff.call_model(
                    *(MODEL, "formatted_read_group"),
                    *([["state", "!=", "draft"]], ["stage_id"], ["__count"]),
                ),
                lambda answer: len(answer.result) == 8,
            ),
        ]

    def _office_acts(self):
        act = MODEL, "action_take", iter(self.fresh), self.taken
        return [self._act(TAKE_ONE, *act, 1), self._act(TAKE_MANY, *act, MANY)]
