"""Fills a database with what many customers have ordered with order sheets."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from erp.steps import Problem
from shared.partners import PartnerCloning

from .patterns import PATTERNS

# In every size, so that sizes can be compared.
HUGE, HUGE_RUNNING = 5000, 200
SMALL, SMALL_RUNNING = 19, 4
MODEL = "order.sheet.request"

# Every order there will be, in the order of time. Customers: 0 is the huge one, 1 the
# small one, 2 and up the others; the last ones nobody has touched yet.
DRAWN = """
CREATE TEMP TABLE drawn ON COMMIT DROP AS
WITH lots AS (
    SELECT k AS no, row_number() OVER (ORDER BY md5(k::text)) AS lot
    FROM generate_series(1, %(requests)s) AS k
),
owned AS (
    SELECT no, CASE WHEN lot <= %(huge)s THEN 0
            WHEN lot <= %(huge)s + %(small)s THEN 1
            ELSE 2 + lot %% %(customers)s END AS customer_no
    FROM lots
    UNION ALL
    SELECT %(requests)s + k, 2 + k %% %(customers)s
    FROM generate_series(1, %(fresh)s) AS k
),
turned AS (
    SELECT *, row_number() OVER (PARTITION BY customer_no ORDER BY no DESC) AS turn
    FROM owned
),
opened AS (
    SELECT *,
        CASE WHEN customer_no < 2 THEN turn ELSE no END AS pick,
        CASE customer_no WHEN 0 THEN turn <= %(huge_running)s
            WHEN 1 THEN turn <= %(small_running)s
            ELSE no > %(requests)s / 25 * 24 END AS is_running
    FROM turned
),
moved AS (
    SELECT *, CASE WHEN no > %(requests)s THEN 'submitted'
        WHEN is_running THEN (ARRAY[
            'submitted', 'in_progress', 'in_progress', 'done', 'returned'
        ])[1 + pick %% 5]
        ELSE (ARRAY['archived', 'archived', 'archived', 'rejected', 'cancelled'])[
            1 + pick %% 5
        ] END AS state
    FROM opened
)
SELECT moved.no, customer_no, pick, is_running, moved.state, stage.id AS stage_id,
    c.id AS customer_id, c.contact_id,
    now() AT TIME ZONE 'UTC' - greatest(%(requests)s - moved.no, 0)
        * interval '3 years' / %(requests)s AS submitted_at
FROM moved
JOIN customer AS c ON c.no = customer_no
JOIN LATERAL (
    SELECT id FROM order_sheet_stage
    WHERE order_sheet_stage.state = moved.state
    -- some of those in progress are in production
    ORDER BY CASE WHEN pick %% 2 = 0 THEN sequence ELSE -sequence END LIMIT 1
) AS stage ON true
"""


@dataclass(frozen=True)
class Size:
    """How many of everything; ``fresh`` orders are there to be taken."""

    requests: int
    partners: int
    fresh: int

    def __str__(self):
        return f"{self.requests:,} orders of {self.partners:,} partners"

    def scaled(self, factor):
        names = ("requests", "partners")
        return replace(self, **{n: int(getattr(self, n) * factor) for n in names})

    @property
    def customers(self):
        """How many customers there are besides those with a login."""
        return Filling.get_customers(self.partners)

    def check(self):
        """:raise Problem: there is no such campaign"""
        if self.requests < 2 * HUGE:
            raise Problem(f"At least {2 * HUGE} orders, please, not {self.requests}.")
        if self.customers < 100:
            raise Problem("At least 500 partners, please.")


class Filling(PartnerCloning):
    PATTERNS = PATTERNS
    TABLES = (
        *("res_partner", "order_sheet_request", "order_sheet_answer"),
        *("order_sheet_request_line", "sale_order", "mail_message"),
    )

    def fill(self):
        self._fill_partners(self.size.customers)
        self._draw()
        self._fill_requests()
        self._fill_answers()
        self._fill_lines()
        self._fill_orders(self.size.requests, self.size.customers, huge=HUGE)
        self._fill_messages()

    def _draw(self):
        values = {
            "requests": self.size.requests,
            "customers": self.size.customers,
            "fresh": self.size.fresh,
            "huge": HUGE,
            "huge_running": HUGE_RUNNING,
            "small": SMALL,
            "small_running": SMALL_RUNNING,
        }
        self.cursor.execute(DRAWN, values)
        self.cursor.execute("ANALYZE drawn")

    def _fill_requests(self):
        staff = "(SELECT id FROM res_users WHERE login = 'staff')"
        self._clone(
            "order_sheet_request",
            "SELECT * FROM drawn",
            name="'BS/' || to_char(s.submitted_at, 'YYYY') || '/'"
            " || lpad(s.no::text, 6, '0')",
            partner_id="s.contact_id",
            commercial_partner_id="s.customer_id",
            submitted_by_id="s.contact_id",
            saved_by_id="s.contact_id",
            state="s.state",
            stage_id="s.stage_id",
            user_id="CASE WHEN s.state IN ('in_progress', 'done', 'archived')"
            f" AND s.pick % 4 = 1 THEN {staff} END",
            customer_reply_pending="s.is_running AND s.pick % 5 = 1",
            submitted_at="s.submitted_at",
            saved_at="s.submitted_at",
            create_date="s.submitted_at",
            write_date="s.submitted_at",
            done_at="CASE WHEN s.state IN ('done', 'archived')"
            " THEN s.submitted_at + interval '5 days' END",
            return_reason="CASE s.state WHEN 'returned' THEN 'Too many.' END",
            reject_reason="CASE s.state WHEN 'rejected' THEN 'Too late.' END",
            form_token="NULL",
            access_token="NULL",
        )

    def _fill_answers(self):
        """Four for each: three texts and a quantity."""
        self._clone(
            "order_sheet_answer",
            """
            SELECT row_number() OVER (ORDER BY o.no, f.id) AS no, o.no AS request_no,
                f.id AS field_id, f.key, f.field_type
            FROM drawn AS o CROSS JOIN order_sheet_field AS f
            JOIN order_sheet AS sheet ON sheet.id = f.sheet_id
            WHERE sheet.name ->> 'en_US' = 'Campaign'
            """,
            request_id=self._new_id("order_sheet_request", "s.request_no"),
            field_id="s.field_id",
            key="s.key",
            value_text="CASE s.field_type WHEN 'char' THEN 'Answer ' || s.no END",
            value_number="CASE s.field_type WHEN 'char' THEN 0 ELSE 100 END",
        )

    def _fill_lines(self):
        self._clone(
            "order_sheet_request_line",
            "SELECT * FROM drawn",
            request_id=self._new_id("order_sheet_request"),
            commercial_partner_id="s.customer_id",
            state="s.state",
            submitted_at="s.submitted_at",
            quantity="100 * (1 + s.no % 9)",
            amount="100 * (1 + s.no % 9)",
        )

    def _fill_messages(self):
        """Three in the chat of each running order, and of orders in Odoo's portal."""
        request_id = self._new_id("order_sheet_request", "o.no")
        self._clone(
            "mail_message",
            f"""
            SELECT row_number() OVER (ORDER BY model, record_id, message) AS no,
                model, record_id, contact_id, message, submitted_at
            FROM (
                SELECT '{MODEL}' AS model, {request_id} AS record_id, contact_id,
                    submitted_at
                FROM drawn AS o WHERE is_running
                UNION ALL
                SELECT 'sale.order', q.id, c.contact_id, q.date_order
                FROM sale_order AS q
                JOIN customer AS c ON c.id = q.partner_id AND c.no = 0
            ) AS thread
            CROSS JOIN generate_series(1, 3) AS message
            """,
            model="s.model",
            res_id="s.record_id",
            author_id="CASE s.message WHEN 2 THEN"
            " (SELECT partner_id FROM res_users WHERE login = 'staff')"
            " ELSE s.contact_id END",
            body="'<p>Message ' || s.message || '</p>'",
            message_id="'<' || s.no || '@bench.example>'",
            date="s.submitted_at + s.message * interval '1 hour'",
        )
