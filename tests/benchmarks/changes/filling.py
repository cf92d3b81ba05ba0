"""Fills a database with customers, and with what they wanted to have changed."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from erp.steps import Problem
from shared.partners import PartnerCloning

# In every size, so that sizes can be compared.
HUGE_DECIDED, HUGE_OPEN, HUGE_ADDRESSES = 4940, 60, 300
SMALL_DECIDED, SMALL_OPEN, SMALL_ADDRESSES = 17, 2, 5

# People, and one record of each model.
PATTERNS = """
as_odoo_has_it = env["res.company"].create({
    "name": "Odoo as it is", "change_enabled": False,
    "country_id": company.country_id.id,
})

def create_delivery_address(customer):
    return env["res.partner"].create({
        "name": "Depot", "type": "delivery", "parent_id": customer.id, "lang": "en_US",
        "email": "depot@bench.example", "phone": "+49 941 9999", **ADDRESS,
    })

reach = {"email": "info@bench.example", "phone": "+49 941 1000"}
for name in ("huge", "small"):
    customer = create_customer(f"Customer {name}", **reach)
    create_user(name, "base.group_portal", parent_id=customer.id)
for name, site in (
    ("stock", as_odoo_has_it), ("adding", company), ("pattern", company)
):
    customer = create_customer(f"Customer {name}", **reach)
    user = create_user(
        name, "base.group_portal", parent_id=customer.id,
        company_id=site.id, company_ids=[Command.set(site.ids)],
    )
    create_delivery_address(customer)
staff = create_user("staff", "customer_portal.customer_portal_group_change_approver")

request = env["customer.change.request"]._file_update(
    user.partner_id, customer, {"street": "Neue Straße 5"}, remark="We move."
)
request.with_user(staff).action_approve()
customer.street = "Marktplatz 1"  # as all others begin with
create_order(customer)
"""


@dataclass(frozen=True)
class Size:
    """How many of everything; ``fresh`` requests are there to be approved."""

    partners: int
    requests: int
    fresh: int

    def __str__(self):
        return f"{self.requests:,} requests of {self.partners:,} partners"

    def scaled(self, factor):
        names = ("partners", "requests")
        return replace(self, **{n: int(getattr(self, n) * factor) for n in names})

    @property
    def customers(self):
        """How many customers there are besides the huge and the small one."""
        return Filling.get_customers(self.partners)

    @property
    def open(self):
        """Requests that nobody decided about yet; some are no use for approving."""
        rest = self.requests // 200 + self.fresh * 11 // 10
        return HUGE_OPEN + SMALL_OPEN + rest

    @property
    def decided(self):
        return self.requests - self.open

    def check(self):
        """:raise Problem: there are no such customers"""
        if self.decided < 2 * HUGE_DECIDED:
            raise Problem(
                f"At least {2 * HUGE_DECIDED} requests must be decided; in this size"
                f" it is {self.decided}."
            )
        if self.customers < self.open:
            raise Problem(
                f"Each customer has one open request at most: {self.open} requests"
                f" need more than {self.customers} customers."
            )


# Whom a request can be about. Customers: 0 is huge, 1 small, 2 and up the others.
# Places: 0 is the company, 1 the contact, 2 and up are addresses.
PLACES = """
CREATE TEMP TABLE place ON COMMIT DROP AS
SELECT c.no AS customer_no, p.id, -1 + row_number() OVER (
        PARTITION BY c.no ORDER BY p.id <> c.id, p.type <> 'contact', p.id
    ) AS place
FROM customer AS c
JOIN res_partner AS p ON p.commercial_partner_id = c.id
"""

# Every request: those of the last days are open.
ASKED = """
CREATE TEMP TABLE asked ON COMMIT DROP AS
WITH decided AS (
    SELECT k, k %% %(decided_step)s AS rest, k / %(decided_step)s AS turn
    FROM generate_series(0, %(decided)s - 1) AS k
),
undecided AS (
    SELECT k, k %% %(open_step)s AS rest, k / %(open_step)s AS turn
    FROM generate_series(0, %(open)s - 1) AS k
),
drawn AS (
    SELECT 1 + k AS no, k, false AS is_open,
        CASE WHEN rest = 0 AND turn < %(huge_decided)s THEN 0
            WHEN rest = 1 AND turn %% %(small_step)s = 0
                AND turn / %(small_step)s < %(small_decided)s THEN 1
            ELSE 2 + k %% %(customers)s END AS customer_no,
        turn
    FROM decided
    UNION ALL
    SELECT 1 + %(decided)s + k, k, true,
        CASE WHEN rest = 0 AND turn < %(huge_open)s THEN 0
            WHEN rest = 1 AND turn < %(small_open)s THEN 1
            ELSE 2 + k %% %(customers)s END,
        turn
    FROM undecided
),
named AS (
    SELECT no, is_open, customer_no,
        CASE WHEN customer_no > 1 THEN k ELSE turn END AS k
    FROM drawn
),
kinds AS (
    SELECT *,
        CASE k %% 20 WHEN 7 THEN 'create' WHEN 13 THEN 'archive' ELSE 'update' END
            AS operation,
        CASE customer_no WHEN 0 THEN %(huge_addresses)s
            WHEN 1 THEN %(small_addresses)s ELSE 2 END AS addresses
    FROM named
)
SELECT no, k, customer_no, operation,
    -- Nobody has two open requests about the same place.
    CASE operation WHEN 'update' THEN k %% (2 + addresses)
        WHEN 'archive' THEN 2 + (k + 100) %% addresses END AS place,
    CASE operation WHEN 'update' THEN 1 + (k %% 3 = 0)::int WHEN 'create' THEN 6
        ELSE 0 END AS lines,
    CASE WHEN is_open AND k %% 40 = 1 THEN 'scheduled'
        WHEN is_open THEN 'pending'
        WHEN k %% 25 = 4 THEN 'rejected'
        WHEN k %% 25 = 8 THEN 'cancelled'
        WHEN k %% 30 = 9 AND operation = 'update' THEN 'partial'
        ELSE 'approved' END AS state,
    -- Two years of them, and the last four days.
    CASE WHEN is_open THEN now() - (%(requests)s - no) * interval '4 days' / %(open)s
        ELSE now() - interval '4 days'
            - (%(decided)s - no) * interval '2 years' / %(decided)s
        END AT TIME ZONE 'UTC' AS asked_on,
    is_open AND k %% 50 = 2 AS has_conflict
FROM kinds
"""

WISHES = """
SELECT row_number() OVER (ORDER BY a.no, wish.turn) AS no, a.no AS request_no,
    a.state, a.customer_id, a.hours, wish.turn, wish.field_name, f.id AS field_id,
    CASE WHEN a.operation = 'create' THEN to_jsonb(false)
        WHEN wish.turn = 1 AND a.has_conflict THEN to_jsonb('Marktplatz 9'::text)
        ELSE wish.old END AS old,
    CASE wish.field_name WHEN 'street' THEN to_jsonb('Neue Gasse ' || a.no)
        ELSE wish.new END AS new
FROM asked_by AS a
JOIN (VALUES
    (1, 'street', to_jsonb('Marktplatz 1'::text), NULL),
    (2, 'zip', to_jsonb('93047'::text), to_jsonb('93059'::text)),
    (3, 'city', NULL, to_jsonb('Regensburg'::text)),
    (4, 'name', NULL, to_jsonb('Warehouse South'::text)),
    (5, 'phone', NULL, to_jsonb('+49 941 2222'::text)),
    (6, 'country_id', NULL, to_jsonb((SELECT id FROM res_country WHERE code = 'DE')))
) AS wish (turn, field_name, old, new) ON wish.turn <= a.lines
JOIN ir_model_fields AS f ON f.model = 'res.partner' AND f.name = wish.field_name
"""


class Filling(PartnerCloning):
    PATTERNS = PATTERNS
    ADDRESSES = {"huge": HUGE_ADDRESSES, "small": SMALL_ADDRESSES}
    TABLES = (
        *("res_partner", "customer_change_request", "customer_change_line"),
        "sale_order",
    )

    def fill(self):
        self._fill_partners(self.size.customers)
        self.cursor.execute(PLACES)
        self._draw()
        self._fill_requests()
        self._fill_lines()
        self._fill_orders(self.size.requests // 5, self.size.customers)

    def _draw(self):
        """Decide who has asked for what, before anything is written."""
        size = self.size
        self.cursor.execute(
            ASKED,
            {
                "customers": size.customers,
                "requests": size.requests,
                "decided": size.decided,
                "open": size.open,
                "decided_step": size.decided // HUGE_DECIDED,
                "open_step": size.open // HUGE_OPEN,
                "huge_decided": HUGE_DECIDED,
                "huge_open": HUGE_OPEN,
                "huge_addresses": HUGE_ADDRESSES,
                "small_step": HUGE_DECIDED // SMALL_DECIDED,
                "small_decided": SMALL_DECIDED,
                "small_open": SMALL_OPEN,
                "small_addresses": SMALL_ADDRESSES,
            },
        )
        self.cursor.execute(
            """
            CREATE TEMP TABLE asked_by ON COMMIT DROP AS
            SELECT a.*, c.id AS customer_id, c.contact_id, p.id AS target_id,
                created.id AS created_id, 5 + a.k % 60 AS hours
            FROM asked AS a
            JOIN customer AS c ON c.no = a.customer_no
            LEFT JOIN place AS p ON p.customer_no = a.customer_no AND p.place = a.place
            LEFT JOIN place AS created ON created.customer_no = a.customer_no
                AND created.place = 2 AND a.operation = 'create'
                AND a.state = 'approved'
            """
        )
        self.cursor.execute("ANALYZE asked_by")

    def _fill_requests(self):
        is_decided = "s.state IN ('approved', 'partial', 'rejected', 'scheduled')"
        decided_on = "least(s.asked_on + s.hours * interval '1 hour', now())"
        # A tenth of the approved ones took effect at once, as a rule said.
        is_automatic = "s.state = 'approved' AND s.k % 10 = 0"
        words = "'Please change it, our reference is ' || left(md5(s.no::text), 8)"
        self._clone(
            "customer_change_request",
            "SELECT * FROM asked_by",
            name="'CR/OLD/' || lpad(s.no::text, 7, '0')",
            partner_id="s.contact_id",
            commercial_partner_id="s.customer_id",
            target_partner_id="s.target_id",
            result_partner_id="s.created_id",
            operation="s.operation",
            address_type="CASE WHEN s.operation = 'create' THEN 'delivery' END",
            state="s.state",
            remark=f"CASE WHEN s.k % 5 = 0 THEN {words} END",
            effective_date="CASE WHEN s.state = 'scheduled' THEN"
            " current_date + 1 + (s.k % 30)::int END",
            is_automatic=is_automatic,
            decided_by_id=f"CASE WHEN {is_decided} AND NOT ({is_automatic})"
            " THEN pattern.decided_by_id END",
            decided_on=f"CASE WHEN {is_decided} THEN {decided_on} END",
            processing_hours=f"CASE WHEN {is_decided} THEN s.hours ELSE 0 END",
            reject_reason="CASE WHEN s.state = 'rejected' THEN 'It is not so.' END",
            create_date="s.asked_on",
            revision="1 + (s.k % 9 = 0)::int",
            form_token="NULL",
            access_token="NULL",
        )

    def _fill_lines(self):
        self._clone(
            "customer_change_line",
            WISHES,
            request_id=self._new_id("customer_change_request", "s.request_no"),
            field_id="s.field_id",
            field_name="s.field_name",
            old_value="s.old",
            new_value="s.new",
            decision="CASE WHEN s.state IN ('approved', 'scheduled') THEN 'approved'"
            " WHEN s.state = 'partial' AND s.turn = 1 THEN 'approved'"
            " WHEN s.state IN ('partial', 'rejected') THEN 'rejected'"
            " ELSE 'open' END",
            reason="CASE WHEN s.state = 'partial' AND s.turn = 2 THEN 'No.' END",
            state="s.state",
            commercial_partner_id="s.customer_id",
            processing_hours="CASE WHEN s.state IN ('approved', 'partial', 'rejected')"
            " THEN s.hours ELSE 0 END",
        )
