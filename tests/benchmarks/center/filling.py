"""Fills a database with the tickets of many customers, in SQL.

Without the addon its columns are not there, and are left out.
"""
# The statements are put together from parts that all stand in this file.
# ruff: noqa: S608

from dataclasses import dataclass, replace

from erp.steps import Problem
from shared.cloning import PEOPLE

from .customers import CustomerCloning, chance
from .patterns import PATTERNS

HUGE, HUGE_ACTIVE = 65_913, 7_947
SMALL, SMALL_ACTIVE = 50, 9
# Tickets of senders at these customers whom nobody knows.
HUGE_UNLINKED, SMALL_UNLINKED = 200, 5

# Every ticket there will be, in the order of time. What looks like chance is always
# the same; no deadline and no reminder falls into the hours of a benchmark.
DRAWN = f"""
CREATE TEMP TABLE drawn ON COMMIT DROP AS
WITH lots AS (
    SELECT k AS no, row_number() OVER (ORDER BY md5(k::text)) AS lot
    FROM generate_series(1, %(tickets)s) AS k
),
owned AS (
    SELECT no, {chance("state")} AS pick, {chance("team")} AS team_pick,
        {chance("sla")} AS sla_pick,
        CASE WHEN lot <= %(huge)s THEN 0 WHEN lot <= %(huge)s + %(small)s THEN 1
            ELSE 2 + lot %% %(customers)s END AS customer_no,
        CASE WHEN lot <= %(huge)s THEN lot <= %(huge_unlinked)s
            WHEN lot <= %(huge)s + %(small)s THEN lot <= %(huge)s + %(small_unlinked)s
            ELSE lot %% 100 = 0 END AS is_unlinked
    FROM lots
),
turned AS (
    SELECT *, row_number() OVER (
        PARTITION BY customer_no, is_unlinked ORDER BY no DESC
    ) AS turn
    FROM owned
),
aged AS (
    SELECT *, CASE customer_no WHEN 0 THEN turn <= %(huge_active)s
        WHEN 1 THEN turn <= %(small_active)s
        ELSE no > %(tickets)s / 8 * 7 END AS is_active
    FROM turned
),
moved AS (
    SELECT *, CASE WHEN is_active THEN (ARRAY[
            'new', 'new', 'open', 'open', 'open', 'open', 'open', 'open', 'pending',
            'pending'
        ])[1 + pick %% 10] ELSE 'closed' END AS state
    FROM aged
),
staged AS (
    SELECT moved.*, (%(stages)s::jsonb ->> state)::int AS stage_id,
        CASE WHEN team_pick %% 50 > 0
            THEN (%(teams)s::int[])[1 + team_pick / 50 %% 8] END AS team_id,
        CASE WHEN sla_pick %% 4 > 0 THEN NULL
            WHEN NOT is_active THEN 'closed'
            WHEN sla_pick / 4 %% 3 = 0 THEN 'late' ELSE 'running' END AS sla,
        now() AT TIME ZONE 'UTC' - (%(tickets)s - no)
            * interval '3 years' / %(tickets)s AS created
    FROM moved
)
SELECT staged.*, c.id AS company_id, p.id AS contact_id,
    coalesce(p.name, 'Somebody') AS contact_name,
    coalesce(p.email, 'unknown' || staged.no || '@' || c.domain) AS contact_email,
    CASE WHEN state <> 'new' OR pick / 10 %% 3 = 0
        THEN members.ids[1 + pick / 30 %% cardinality(members.ids)] END AS user_id,
    CASE WHEN sla = 'closed' THEN created + interval '1 day'
        WHEN sla = 'late' THEN now() AT TIME ZONE 'UTC'
            - (1 + sla_pick / 12 %% 90) * interval '1 hour'
        WHEN sla = 'running' THEN now() AT TIME ZONE 'UTC'
            + (24 + sla_pick / 12 %% 90) * interval '1 hour' END AS deadline
FROM staged
JOIN customer AS c ON c.no = customer_no
LEFT JOIN contact AS p ON p.customer_no = staged.customer_no AND NOT is_unlinked
    AND p.turn = pick / 7 %% c.contacts
LEFT JOIN LATERAL (
    SELECT array_agg(res_users_id ORDER BY res_users_id) AS ids
    FROM helpdesk_ticket_team_res_users_rel AS m
    WHERE m.helpdesk_ticket_team_id = team_id
) AS members ON true
"""


@dataclass(frozen=True)
class Size:
    """How many of everything; nothing has to be ``fresh`` here."""

    tickets: int
    partners: int
    fresh: int

    def __str__(self):
        return f"{self.tickets:,} tickets of {self.partners:,} partners"

    def scaled(self, factor):
        names = ("tickets", "partners")
        return replace(self, **{n: int(getattr(self, n) * factor) for n in names})

    @property
    def customers(self):
        """How many customers there are besides the huge and the small one."""
        return Filling.get_customers(self.partners)

    @property
    def huge(self):
        """The tickets of the huge customer: the same in all sizes but tiny ones."""
        return min(HUGE, self.tickets // 3)

    @property
    def huge_active(self):
        return HUGE_ACTIVE * self.huge // HUGE

    def check(self):
        """:raise Problem: there is no such helpdesk"""
        if self.tickets < 10_000:
            raise Problem(f"At least 10,000 tickets, please, not {self.tickets}.")
        if self.customers < 100:
            raise Problem("At least 1,000 partners, please.")


class Filling(CustomerCloning):
    COMMON = PEOPLE
    PATTERNS = PATTERNS
    TABLES = (
        *("res_partner", "helpdesk_ticket", "helpdesk_ticket_sla"),
        "mail_followers",
    )

    def fill(self):
        self._fill_customers(self.size.customers)
        self._draw()
        self._fill_tickets()
        self._fill_service_levels()
        self._fill_followers()

    def _draw(self):
        values = {
            "tickets": self.size.tickets,
            "customers": self.size.customers,
            "huge": self.size.huge + HUGE_UNLINKED,
            "huge_active": self.size.huge_active,
            "small": SMALL + SMALL_UNLINKED,
            "small_active": SMALL_ACTIVE,
            "huge_unlinked": HUGE_UNLINKED,
            "small_unlinked": SMALL_UNLINKED,
        }
        self.cursor.execute(
            """
            SELECT jsonb_build_object('new', min(id) FILTER (WHERE unattended),
                'open', min(id) FILTER (WHERE name ->> 'en_US' = 'In Progress'),
                'pending', min(id) FILTER (WHERE name ->> 'en_US' = 'Awaiting'),
                'closed', min(id) FILTER (WHERE closed))::text,
                (SELECT array_agg(id ORDER BY id) FROM helpdesk_ticket_team
                    WHERE name ->> 'en_US' LIKE 'Team %')
            FROM helpdesk_ticket_stage
            """
        )
        stages, teams = self.cursor.fetchone()
        self.cursor.execute(DRAWN, {**values, "stages": stages, "teams": teams})
        self.cursor.execute("ANALYZE drawn")

    def _fill_tickets(self):
        escalates = "s.deadline IS NOT NULL AND s.is_active"
        category = "(SELECT min(id) FROM helpdesk_ticket_category)"
        channel = "(SELECT min(id) FROM helpdesk_ticket_channel)"
        since = "now() AT TIME ZONE 'UTC'"
        self._clone(
            "helpdesk_ticket",
            "SELECT * FROM drawn",
            number="'HT' || lpad(s.no::text, 7, '0')",
            name="(ARRAY['Printer', 'Screen', 'Invoice', 'Delivery', 'Password'])"
            "[1 + s.pick / 3 % 5] || ' ' || s.pick % 9973",
            partner_id="CASE WHEN NOT s.is_unlinked AND s.pick % 12 = 0"
            " THEN s.company_id ELSE s.contact_id END",
            commercial_partner_id="CASE WHEN NOT s.is_unlinked THEN s.company_id END",
            customer_company_id="CASE WHEN NOT s.is_unlinked THEN s.company_id END",
            partner_name="s.contact_name",
            partner_email="s.contact_email",
            sender_domain="split_part(s.contact_email, '@', 2)",
            stage_id="s.stage_id",
            state_type="s.state",
            unattended="s.state = 'new'",
            team_id="s.team_id",
            user_id="s.user_id",
            is_locked="s.is_active AND s.user_id IS NOT NULL AND s.pick / 5 % 3 = 0",
            locked_date="CASE WHEN s.is_active AND s.user_id IS NOT NULL"
            f" AND s.pick / 5 % 3 = 0 THEN {since} END",
            pending_until="CASE WHEN s.state = 'pending' THEN "
            f"{since} + ((CASE WHEN s.pick / 10 % 3 = 0 THEN -20 ELSE 1 END)"
            " + s.pick / 30 % 19) * interval '1 day' END",
            escalation_date=f"CASE WHEN {escalates} THEN s.deadline END",
            escalation_warning_date=f"CASE WHEN {escalates}"
            " THEN s.deadline - interval '6 hours' END",
            is_customer_waiting="s.state = 'open' AND s.pick / 8 % 4 = 0",
            last_customer_message_date="CASE WHEN s.pick / 8 % 4 = 0"
            " THEN s.created + interval '1 hour' END",
            priority="(s.pick / 11 % 4)::text",
            category_id=f"{category} + s.pick / 13 % 5",
            channel_id=f"CASE WHEN s.pick % 3 = 0 THEN {channel} END",
            active="s.is_active OR s.pick % 200 > 0",
            create_date="s.created",
            write_date="s.created + interval '1 hour'",
            last_stage_update="s.created + interval '1 hour'",
            assigned_date="CASE WHEN s.user_id IS NOT NULL THEN s.created END",
            closed_date="CASE WHEN NOT s.is_active"
            " THEN s.created + interval '20 hours' END",
            access_token="NULL",
        )

    def _fill_service_levels(self):
        """A quarter of the tickets has to be solved within a day."""
        self._clone(
            "helpdesk_ticket_sla",
            f"""
            SELECT row_number() OVER (ORDER BY no) AS no, sla, deadline, created,
                {self._new_id("helpdesk_ticket", "no")} AS ticket_id, sla_pick
            FROM drawn WHERE sla IS NOT NULL
            """,
            ticket_id="s.ticket_id",
            deadline="s.deadline",
            last_state_date="s.created",
            state="CASE WHEN s.sla = 'closed' AND s.sla_pick / 4 % 5 > 0"
            " THEN 'accomplished' WHEN s.sla = 'closed' OR s.sla = 'late'"
            " AND s.sla_pick / 12 % 2 = 0 THEN 'expired' ELSE 'in_progress' END",
            is_target_reached="s.sla = 'closed'",
        )

    def _fill_followers(self):
        """Contacts of every third ticket; agents of some of the huge customer's."""
        self._clone(
            "mail_followers",
            f"""
            SELECT row_number() OVER (ORDER BY d.no, partner_id) AS no, partner_id,
                {self._new_id("helpdesk_ticket", "d.no")} AS ticket_id
            FROM (
                SELECT no, contact_id AS partner_id FROM drawn
                WHERE pick % 3 = 0 AND contact_id IS NOT NULL
                UNION ALL
                SELECT no, u.partner_id FROM drawn
                JOIN res_users AS u ON u.login IN ('agent', 'restricted')
                WHERE customer_no < 2 AND pick / 17 % 200 = 0
            ) AS d
            """,
            res_id="s.ticket_id",
            partner_id="s.partner_id",
        )
