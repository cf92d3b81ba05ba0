from odoo import api, fields, models
from odoo.tools import split_every

from ..tools.states import STATE_TYPES

# So many tickets are in the memory at once.
BATCH = 1000


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    state_type = fields.Selection(
        STATE_TYPES,
        compute="_compute_state_type",
        inverse="_inverse_state_type",
        store=True,
        readonly=False,
        groups="base.group_user",
        help="What a ticket in this stage is to the customer information center."
        " New: nobody has worked on it. Open: it is worked on. Pending: it waits until"
        " a reminder date, and does not escalate meanwhile. Closed: nothing is left to"
        " do.",
    )

    @api.depends("closed", "unattended")
    def _compute_state_type(self):
        for stage in self:
            if stage.closed:
                stage.state_type = "closed"
            elif stage.unattended:
                stage.state_type = "new"
            elif stage.state_type != "pending":
                stage.state_type = "open"

    def _inverse_state_type(self):
        for stage in self:
            stage.closed = stage.state_type == "closed"
            stage.unattended = stage.state_type == "new"
            if not stage.closed:
                stage.close_from_portal = False

    def write(self, vals):
        kinds = {stage: stage.state_type for stage in self}
        result = super().write(vals)
        self.filtered(
            lambda stage: stage.state_type != kinds[stage]
        )._apply_to_tickets()
        return result

    def _apply_to_tickets(self):
        """Treat the tickets of stages of another kind as if they had been moved."""
        if not self:
            return
        # Whoever manages stages need not see the tickets of all teams.
        tickets = self.env["helpdesk.ticket"].sudo()
        tickets = tickets.with_context(active_test=False, tracking_disable=True)
        found = tickets.search([("stage_id", "in", self.ids)], order="id")
        for batch in split_every(BATCH, found.ids, tickets.browse):
            batch._apply_state()
            batch._complete_dates()
        tickets._note_change_of_all()
