"""The customers, agents and tickets of the tests of the information center."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

# Of each ticket: stage, team, owner, locked, contact, hours until it escalates,
# days until its reminder.
TICKETS = {
    "t1": ("new", "support", None, False, "anna", None, None),
    "t2": ("new", "field", None, False, "bernd", None, None),
    "t3": ("in_progress", "support", "agent_a", True, "anna", None, None),
    "t4": ("in_progress", "support", "agent_a", False, "bernd", None, None),
    "t5": ("in_progress", "field", "agent_b", True, "anna", -2, None),
    "t6": ("in_progress", "support", "agent_c", False, "bernd", 3, None),
    "t7": ("awaiting", "support", "agent_a", True, "anna", None, -1),
    "t8": ("awaiting", "field", "agent_b", False, "bernd", None, 2),
    "t9": ("new", "support", None, False, "cora", -1 / 6, None),
    "t10": ("done", "support", "agent_a", False, "anna", -5, None),
    "t11": ("done", "field", "agent_b", False, "bernd", None, None),
    "t12": ("done", "support", None, False, "cora", None, None),
}


class CenterPeople:
    """Muster GmbH has twelve tickets (``t1`` to ``t12``), Beta AG two.

    The teams are Support and Field. ``agent_a`` sees all tickets, is a member of
    Support and has picked it as his queue; ``agent_b`` sees those of his team Field;
    ``agent_c`` is a member of Support; ``manager`` manages the helpdesk. ``anna``,
    ``bernd`` and ``cora`` are contacts of Muster, ``anna_user`` is Anna's login to the
    portal. No agent follows a ticket.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        cls._create_agents()
        cls._create_customers()
        cls.sla = cls.env["helpdesk.sla"].create(
            {"name": "Solution", "hours": 4, "stage_id": cls._stage("done").id}
        )
        cls.tickets = cls.env["helpdesk.ticket"]
        for name, values in TICKETS.items():
            ticket = cls._create_from_table(name, *values)
            setattr(cls, name, ticket)
            cls.tickets |= ticket
        cls.t12.active = False
        cls.beta_tickets = cls._create_ticket(partner=cls.dora) | cls._create_ticket(
            partner=cls.dora
        )
        cls.env.flush_all()

    @classmethod
    def _create_agents(cls):
        user, own, team, manager = (
            f"helpdesk_mgmt.group_helpdesk_{name}"
            for name in ("user", "user_own", "user_team", "manager")
        )
        cls.agent_a = cls._create_user("agent_a", user)
        cls.agent_b = cls._create_user("agent_b", team)
        cls.agent_c = cls._create_user("agent_c", own)
        cls.manager = cls._create_user("manager", manager)
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.support = cls._create_team("Support", cls.agent_a | cls.agent_c)
        cls.field = cls._create_team("Field", cls.agent_b)
        cls.agent_a.helpdesk_queue_ids = cls.support

    @classmethod
    def _create_customers(cls):
        partners = cls.env["res.partner"]
        cls.muster, cls.beta = partners.create(
            [
                {"name": "Muster GmbH", "is_company": True, "ref": "MUS-001"},
                {"name": "Beta AG", "is_company": True, "ref": "BET-001"},
            ]
        )
        cls.anna, cls.bernd, cls.cora, cls.dora = (
            partners.create(
                {
                    "name": name,
                    "parent_id": company.id,
                    "email": f"{name.split()[0].lower()}@{domain}",
                }
            )
            for name, company, domain in (
                ("Anna Adam", cls.muster, "muster.example"),
                ("Bernd Bach", cls.muster, "muster.example"),
                ("Cora Carl", cls.muster, "muster.example"),
                ("Dora Dorn", cls.beta, "beta.example"),
            )
        )
        cls.anna_user = cls._create_user(
            "anna",
            "base.group_portal",
            partner_id=cls.anna.id,
            name=cls.anna.name,
            email=cls.anna.email,
        )

    @classmethod
    def _create_user(cls, login, groups, **values):
        return new_test_user(
            cls.env,
            login=f"{login}@center.example",
            groups=groups,
            context={"no_reset_password": True, "mail_create_nolog": True},
            **{"name": login, "lang": "en_US", "tz": "Europe/Berlin"} | values,
        )

    @classmethod
    def _create_team(cls, name, members):
        return cls.env["helpdesk.ticket.team"].create(
            {"name": name, "user_ids": [Command.set(members.ids)]}
        )

    @classmethod
    def _stage(cls, name):
        return cls.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{name}")

    @classmethod
    def _create_ticket(cls, partner=None, stage="in_progress", team=None, **values):
        """Return a new ticket; nobody follows it."""
        tickets = cls.env["helpdesk.ticket"].with_context(tracking_disable=True)
        ticket = tickets.create(
            {
                "name": "Printer does not print",
                "description": "It is switched on.",
                "partner_id": partner and partner.id,
                "stage_id": cls._stage(stage).id,
                "team_id": (team or cls.support).id,
                "user_id": False,
                **values,
            }
        )
        return ticket.with_context(tracking_disable=False)

    @classmethod
    def _create_from_table(
        cls, name, stage, team, owner, locked, contact, escalates_in, due_in
    ):
        until = due_in is not None and cls.now + timedelta(days=due_in)
        ticket = cls._create_ticket(
            partner=getattr(cls, contact),
            stage=stage,
            team=getattr(cls, team),
            name=f"Ticket {name}",
            user_id=owner and getattr(cls, owner).id,
            is_locked=locked,
            locked_date=locked and cls.now,
            pending_until=until,
        )
        if escalates_in is not None:
            cls._let_escalate(ticket, cls.now + timedelta(hours=escalates_in))
        return ticket

    @classmethod
    def _let_escalate(cls, ticket, deadline):
        """Give a ticket a service level that runs out at ``deadline``."""
        sla = cls.env["helpdesk.ticket.sla"].create(
            {"ticket_id": ticket.id, "sla_id": cls.sla.id}
        )
        sla.flush_recordset()
        is_closed = ticket.stage_id.closed
        sla.state = "expired" if is_closed else "in_progress"
        sla.is_target_reached = is_closed
        sla.deadline = deadline
        sla.flush_recordset()
        return sla

    def center_as(self, user):
        """Return the center as an agent uses it."""
        return self.env["helpdesk.center"].with_user(user)


@tagged("post_install", "-at_install")
class CenterCase(CenterPeople, TransactionCase):
    """Tests of models with the people and tickets above."""


@tagged("post_install", "-at_install")
class CenterHttpCase(CenterPeople, HttpCase):
    """Tests of pages with the people and tickets above."""
