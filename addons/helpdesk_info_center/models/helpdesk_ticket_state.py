from odoo import models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    """Tickets move between new, open, pending and closed; stages detail that."""

    _inherit = "helpdesk.ticket"

    def write(self, vals):
        result = super().write(vals)
        if not {"stage_id", "team_id"}.isdisjoint(vals):
            # Who gives a ticket away may not be allowed to see it any more.
            self.sudo()._apply_state()
        return result

    def _apply_state(self):
        """Hook: called with sudo on tickets whose stage may be another now."""

    def _close(self):
        """Move tickets to the first closed stage of their team."""
        self.filtered(lambda ticket: ticket.state_type != "closed")._move_to("closed")

    def _move_to(self, state_type, **values):
        """Move tickets to the first stage of a kind, or none of them.

        :raises UserError: the team of a ticket has no such stage
        """
        moves = [
            (tickets, tickets[0]._get_first_stage(state_type))
            for tickets in self.grouped(lambda t: (t.team_id, t.company_id)).values()
        ]
        for tickets, stage in moves:
            if not stage:
                raise tickets[0]._missing_stage_error(state_type)
        for tickets, stage in moves:
            tickets.write({"stage_id": stage.id, **values})

    def _get_first_stage(self, state_type):
        """Return the first stage of a kind that the ticket's team uses, if any."""
        stages = self.team_id.with_company(self.company_id)._get_applicable_stages()
        return stages.filtered(lambda stage: stage.state_type == state_type)[:1]

    def _missing_stage_error(self, state_type):
        field = self._fields["state_type"]
        kinds = dict(field._description_selection(self.env))
        return UserError(
            self.env._(
                "There is no stage of the kind “%(kind)s” for the ticket %(number)s."
                " A helpdesk manager can add one.",
                kind=kinds[state_type],
                number=self.number,
            )
        )
