"""Fills a database with a laundry of any size."""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from erp.steps import Problem
from shared.cloning import PATTERN, Cloning

HUGE_RENTALS = 5000  # returned ones, in every size, so that sizes can be compared
HUGE_ONSITE = 80
HUGE_REQUESTS = 2000
SMALL_RENTALS = 18
SMALL_ONSITE = 2
SMALL_REQUESTS = 2

# People, types and one record of each model.
PATTERNS = """
# Otherwise Odoo's address form, which we compare with, would file a change request.
company.change_enabled = False
weekdays = env["container.weekday"].search([("index", "in", (0, 3))])
types = env["container.type"].create(
    [{"name": f"{litres} l", "volume_l": litres} for litres in (240, 600, 1000, 1700)]
)
for name in ("huge", "small", "pattern"):
    customer = create_customer(
        f"Customer {name}",
        container_type_id=types[0].id, container_weekday_ids=weekdays.ids,
    )
    user = create_user(name, "base.group_portal", parent_id=customer.id)
create_user("staff", "container_rental.container_rental_group_user")

env["container.container"].create({"name": "PATTERN", "type_id": types[0].id})
request = env["container.request"].create(
    {"partner_id": user.partner_id.id, "type_id": types[0].id}
)
request.action_approve()
request.rental_ids.action_issue()
request.rental_ids.action_return()
env["container.container"].search([]).action_release()
create_order(customer)
"""


@dataclass(frozen=True)
class Size:
    """How many of everything; ``fresh`` requests and rentals are there to be used."""

    movements: int
    rentals: int
    requests: int
    containers: int
    customers: int
    fresh: int

    def scaled(self, factor):
        names = ("movements", "rentals", "requests", "containers")
        smaller = {name: int(getattr(self, name) * factor) for name in names}
        return replace(self, **smaller)

    @property
    def onsite(self):
        return self.containers * 2 // 5

    @property
    def returned(self):
        return self.rentals - self.onsite

    @property
    def delivered_requests(self):
        """Requests of the other customers; a multiple of their number."""
        rest = self.requests * 9 // 10 - HUGE_REQUESTS - SMALL_REQUESTS
        return rest // self.customers * self.customers

    def __str__(self):
        return f"{self.rentals:,} rentals and the rest"

    def check(self):
        """:raise Problem: there is no such laundry"""
        if self.returned < 2 * HUGE_RENTALS or self.onsite < 2 * HUGE_ONSITE:
            raise Problem(
                f"At least {2 * HUGE_RENTALS} rentals must be over"
                f" and {2 * HUGE_ONSITE} containers be out; this size has"
                f" {self.returned} and {self.onsite}."
            )
        if self.delivered_requests < self.customers:
            raise Problem("Each customer needs at least one request of his own.")


# Every rental there will be. Customers: 0 is huge, 1 is small, 2 and up the others.
STAYS = """
CREATE TEMP TABLE stay ON COMMIT DROP AS
WITH returned AS (
    SELECT k, k %% %(step)s AS rest, k / %(step)s AS turn
    FROM generate_series(0, %(returned)s - 1) AS k
),
drawn AS (
    -- Two years of stays, in which a container is at one customer at a time.
    SELECT k %% %(containers)s AS container_no, 'returned' AS state,
        CASE WHEN rest = 0 AND turn < %(huge_rentals)s THEN 0
            WHEN rest = 1 AND turn < %(small_rentals)s THEN 1
            ELSE 2 + k %% %(customers)s END AS customer_no,
        CASE WHEN rest = 0 AND turn < %(huge_rentals)s THEN turn
            WHEN rest = 1 AND turn < %(small_rentals)s THEN turn
            ELSE k END AS k,
        current_date - 40 - (k / %(containers)s) * 20 - k %% 5 AS delivery_date
    FROM returned
    UNION ALL
    SELECT k, CASE WHEN k %% 8 = 7 THEN 'planned' ELSE 'issued' END,
        CASE WHEN k < %(huge_onsite)s THEN 0
            WHEN k < %(huge_onsite)s + %(small_onsite)s THEN 1
            ELSE 2 + k %% %(customers)s END,
        k,
        CASE WHEN k %% 8 = 7 THEN current_date + 1 + k %% 7
            ELSE current_date - 1 - k * 7 %% 18 END
    FROM generate_series(0, %(onsite)s - 1) AS k
)
SELECT container_no, state, customer_no, delivery_date,
    CASE customer_no WHEN 0 THEN k %% %(huge_requests)s
        WHEN 1 THEN %(huge_requests)s + k %% %(small_requests)s
        ELSE %(huge_requests)s + %(small_requests)s + k %% %(delivered)s
    END AS request_no
FROM drawn
UNION ALL
-- Planned ones that are there to be issued, each with a request of its own.
SELECT %(containers)s + k, 'planned', 2 + k %% %(customers)s, current_date, -1 - k
FROM generate_series(0, %(fresh)s - 1) AS k
"""

# Every request: what led to stays, what nobody decided about, and what came to nothing.
ASKED = """
CREATE TEMP TABLE asked ON COMMIT DROP AS
WITH all_asked AS (
    SELECT request_no, min(customer_no) AS customer_no, count(*) AS quantity,
        max(delivery_date) AS delivery_date, min(container_no) AS choice,
        CASE WHEN bool_or(state = 'planned') THEN 'approved' ELSE 'done' END AS state
    FROM stay
    GROUP BY request_no
    UNION ALL
    SELECT 100000000 + k, 2 + k %% %(customers)s, 1,
        CASE WHEN k < %(undecided)s THEN current_date + 1 + k %% 9
            ELSE current_date - k %% 500 END,
        k,
        CASE WHEN k < %(undecided)s THEN 'created'
            WHEN k %% 2 = 0 THEN 'rejected' ELSE 'cancelled' END
    FROM generate_series(0, %(others)s - 1) AS k
)
SELECT *, row_number() OVER (ORDER BY delivery_date, request_no) AS no FROM all_asked
"""


class Filling(Cloning):
    PATTERNS = PATTERNS
    TABLES = (
        *("res_partner", "container_container", "container_request"),
        *("container_rental", "container_movement", "sale_order"),
    )

    def fill(self):
        self._draw()
        self._fill_customers()
        self._fill_containers()
        self._fill_requests()
        self._fill_rentals()
        self._fill_movements()
        self._fill_orders(self.size.rentals // 5, self.size.customers)

    def _draw(self):
        """Decide who has what, before anything is written."""
        size = self.size
        undecided = size.requests // 200 + size.fresh
        values = {
            "customers": size.customers,
            "containers": size.containers,
            "onsite": size.onsite,
            "returned": size.returned,
            "fresh": size.fresh,
            "step": size.returned // HUGE_RENTALS,
            "delivered": size.delivered_requests,
            "undecided": undecided,
            "others": undecided + size.requests // 20,
            "huge_rentals": HUGE_RENTALS,
            "huge_onsite": HUGE_ONSITE,
            "huge_requests": HUGE_REQUESTS,
            "small_rentals": SMALL_RENTALS,
            "small_onsite": SMALL_ONSITE,
            "small_requests": SMALL_REQUESTS,
        }
        self.cursor.execute(STAYS, values)
        self.cursor.execute(ASKED, values)
        self.cursor.execute("ANALYZE stay")
        self.cursor.execute("ANALYZE asked")

    def _fill_customers(self):
        number = "lpad(s.no::text, 5, '0')"
        # Names like 'Hotel 3f2a 00017': no two of them begin alike.
        name = f"'Hotel ' || left(md5(s.no::text), 4) || ' ' || {number}"
        self._clone(
            "res_partner",
            f"SELECT no FROM generate_series(1, {self.size.customers}) AS no",
            commercial_partner_id=self._new_id("res_partner"),
            name=name,
            complete_name=name,
        )
        self.cursor.execute(
            """
            INSERT INTO container_weekday_res_partner_rel
                (res_partner_id, container_weekday_id)
            SELECT p.id, r.container_weekday_id
            FROM container_weekday_res_partner_rel AS r, res_partner AS p
            WHERE r.res_partner_id =
                    (SELECT id FROM res_partner WHERE name = %s)
                AND p.name LIKE 'Hotel %%'
            """,
            [PATTERN],
        )
        # Which customer and which contact a number stands for.
        self.cursor.execute(
            """
            CREATE TEMP TABLE customer ON COMMIT DROP AS
            SELECT 1 + (substring(name FROM '[0-9]+$'))::int AS no,
                id, id AS contact_id
            FROM res_partner WHERE name LIKE 'Hotel %'
            UNION ALL
            SELECT CASE login WHEN 'huge' THEN 0 ELSE 1 END, p.parent_id, p.id
            FROM res_users AS u JOIN res_partner AS p ON p.id = u.partner_id
            WHERE login IN ('huge', 'small')
            """
        )

    def _fill_containers(self):
        """The fleet, and what the fresh requests and rentals need."""
        total = self.size.containers + 2 * self.size.fresh
        self._clone(
            "container_container",
            f"""
            SELECT k + 1 AS no, 'C-' || lpad(k::text, 6, '0') AS name
            FROM generate_series(0, {total} - 1) AS k
            """,
            name="s.name",
            barcode="s.name",
            type_id=self._type("s.no"),
            state_since="now() - s.no % 300 * interval '1 hour'",
        )

    def _fill_requests(self):
        self._clone(
            "container_request",
            "SELECT a.*, c.id AS customer_id, c.contact_id"
            " FROM asked AS a JOIN customer AS c ON c.no = a.customer_no",
            name="'CA/OLD/' || lpad(s.no::text, 7, '0')",
            partner_id="s.contact_id",
            commercial_partner_id="s.customer_id",
            address_id="s.customer_id",
            type_id=self._type("s.choice"),
            quantity="s.quantity",
            state="s.state",
            delivery_date="s.delivery_date",
            earliest_date="s.delivery_date",
            submitted_at="s.delivery_date - interval '2 days'",
            decided_by_id="CASE WHEN s.state <> 'created'"
            " THEN pattern.decided_by_id END",
            decided_on="CASE WHEN s.state <> 'created' THEN"
            " s.delivery_date - interval '1 day' END",
            create_date="s.delivery_date - interval '2 days'",
            is_late="s.no % 10 = 0",
            form_token="NULL",
            access_token="NULL",
        )

    def _fill_rentals(self):
        container = self._new_id("container_container", "s.container_no + 1")
        returned = "CASE WHEN s.state = 'returned' THEN s.delivery_date + 12 END"
        due = "CASE WHEN s.state <> 'planned' THEN s.delivery_date + 14 END"
        self._clone(
            "container_rental",
            """
            SELECT row_number() OVER (ORDER BY stay.delivery_date, stay.container_no)
                AS no, stay.*, a.no AS asked_no, c.id AS customer_id, c.contact_id
            FROM stay
            JOIN asked AS a USING (request_no)
            JOIN customer AS c ON c.no = stay.customer_no
            """,
            container_id=container,
            container_name="'C-' || lpad(s.container_no::text, 6, '0')",
            type_id=self._type("s.container_no + 1"),
            request_id=self._new_id("container_request", "s.asked_no"),
            partner_id="s.contact_id",
            commercial_partner_id="s.customer_id",
            address_id="s.customer_id",
            state="s.state",
            delivery_date="s.delivery_date",
            issued_on="CASE WHEN s.state <> 'planned' THEN s.delivery_date END",
            return_due=due,
            returned_on=returned,
            back_by=f"coalesce({returned}, {due})",
        )
        self.cursor.execute(
            """
            UPDATE container_container AS c
            SET state = CASE r.state WHEN 'planned' THEN 'reserved' ELSE 'issued' END,
                current_rental_id = r.id, partner_id = r.commercial_partner_id
            FROM container_rental AS r
            WHERE r.container_id = c.id AND r.state IN ('planned', 'issued')
            """
        )

    def _fill_movements(self):
        """What happened in each stay, as far as the number of movements reaches."""
        self._clone(
            "container_movement",
            f"""
            SELECT row_number() OVER () AS no, r.*, kind.type AS kind, kind.after,
                CASE kind.type WHEN 'issued' THEN issued_on + time '08:00'
                    WHEN 'returned' THEN returned_on + time '12:00'
                    WHEN 'released' THEN returned_on + time '15:00'
                    ELSE delivery_date - time '12:00' END AS moment
            FROM (
                VALUES (1, 'issued', 'issued', '{{issued,returned}}'::text[]),
                    (2, 'returned', 'returned', '{{returned}}'),
                    (3, 'reserved', 'reserved', '{{planned,issued}}'),
                    (4, 'released', 'available', '{{returned}}')
            ) AS kind (place, type, after, states)
            JOIN container_rental AS r ON r.state = ANY(kind.states)
            WHERE r.id > {self.first_ids["container_rental"]}
            ORDER BY kind.place
            LIMIT {self.size.movements}
            """,
            container_id="s.container_id",
            rental_id="s.id",
            type="s.kind",
            state="s.after",
            date="s.moment",
            partner_id="s.commercial_partner_id",
            address_id="s.address_id",
        )

    def _type(self, number):
        """SQL of the type that something with this number has."""
        return f"(SELECT min(id) FROM container_type) + ({number}) % 4"
