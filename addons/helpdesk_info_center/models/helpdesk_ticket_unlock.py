from odoo import api, models
from odoo.fields import Domain

from ..tools.states import RUNNING


class HelpdeskTicket(models.Model):
    """A lock that its holder has forgotten ends after some working time of the team."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _cron_unlock_timeout(self):
        domain = self._locked_too_long_domain()
        tickets = self.search(domain)
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(tickets))
        for ticket in tickets:
            # Its holder may have unlocked or closed it in the meantime.
            ticket.try_lock_for_update().filtered_domain(domain)._unlock_timed_out()
            if not progress(1):
                break

    @api.model
    def _locked_too_long_domain(self):
        teams = self.env["helpdesk.ticket.team"].with_context(active_test=False)
        return Domain.OR(
            Domain("team_id", "=", team.id) & Domain("locked_date", "<=", latest)
            for team in teams.search([("unlock_timeout_minutes", ">", 0)])
            if (latest := team._get_unlock_threshold())
        ) & Domain([("is_locked", "=", True), ("state_type", "in", RUNNING)])

    def _unlock_timed_out(self):
        for ticket in self:
            holder = ticket.user_id
            # The note is for him, and the job speaks no language of its own.
            _ = ticket.with_context(lang=holder.lang).env._
            ticket._note_lock(
                _(
                    "Ticket unlocked: %(holder)s has locked it more than %(minutes)s"
                    " minutes of working time ago.",
                    holder=holder.name,
                    minutes=ticket.team_id.unlock_timeout_minutes,
                )
            )
        self._release()
