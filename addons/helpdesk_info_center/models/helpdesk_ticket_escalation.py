from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.states import RUNNING

# Which part of the hours of a service level is left when a ticket is shown in amber.
WARNING_SHARE = 0.25


class HelpdeskTicket(models.Model):
    """When a ticket escalates: at the earliest deadline of what is not reached yet."""

    _inherit = "helpdesk.ticket"

    escalation_date = fields.Datetime(
        string="Escalates on",
        compute="_compute_escalation_date",
        store=True,
        groups="base.group_user",
        help="The earliest deadline of the service levels whose stage the ticket has"
        " not reached. A new or open ticket is escalated from then on.",
    )
    escalation_warning_date = fields.Datetime(
        string="Escalation Warning",
        compute="_compute_escalation_date",
        store=True,
        groups="base.group_user",
        help="From then on the ticket is shown in amber: a quarter of the hours of its"
        " service level is left.",
    )

    @api.depends(
        "state_type",
        "ticket_sla_ids.state",
        "ticket_sla_ids.deadline",
        "ticket_sla_ids.is_target_reached",
    )
    def _compute_escalation_date(self):
        for ticket in self:
            sla = ticket._next_sla()
            left = timedelta(hours=sla.hours * WARNING_SHARE)
            ticket.escalation_date = sla.deadline
            ticket.escalation_warning_date = sla.deadline and sla.deadline - left

    def _next_sla(self):
        """Return the service level of a ticket that runs out first, if any."""
        if self.state_type == "closed":
            return self.env["helpdesk.ticket.sla"]
        running = self.ticket_sla_ids.filtered(
            lambda sla: (
                sla.deadline
                and sla.state in ("in_progress", "expired")
                and not sla.is_target_reached
            )
        )
        return running.sorted("deadline")[:1]

    @api.model
    def _escalated_domain(self):
        """Return which tickets are escalated now."""
        is_late = Domain("escalation_date", "<=", fields.Datetime.now())
        return Domain("state_type", "in", RUNNING) & is_late

    @api.depends("stage_id.closed")
    def _compute_sla_data(self):
        """A closed ticket is nothing to hurry for, however late it was closed."""
        result = super()._compute_sla_data()
        closed = self.filtered(lambda ticket: ticket.stage_id.closed)
        closed.sla_expired = False
        return result

    @api.model
    def _search_sla_expired(self, operator, value):
        """OCA finds closed tickets for ever, and none that has no service level."""
        if operator != "in":
            return NotImplemented
        lines = self.env["helpdesk.ticket.sla"]._search([("expired", "=", True)])
        expired = Domain("id", "in", lines.subselect("ticket_id")) & Domain(
            "state_type", "!=", "closed"
        )
        return Domain.OR(expired if wanted else ~expired for wanted in value)
