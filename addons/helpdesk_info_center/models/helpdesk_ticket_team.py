from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    unlock_timeout_minutes = fields.Integer(
        string="Unlock after",
        groups="base.group_user",
        help="Minutes of working time after which a new or open ticket that somebody"
        " has locked is given free again. 0: never.",
    )

    _unlock_timeout_check = models.Constraint(
        "CHECK(unlock_timeout_minutes BETWEEN 0 AND 525600)",
        "Tickets can be unlocked after 0 to 525600 minutes, which is one year.",
    )

    @api.constrains("use_sla", "resource_calendar_id")
    def _check_resource_calendar_id(self):
        """Without working hours no deadline can be computed: no ticket can be saved."""
        for team in self:
            if team.use_sla and not team.resource_calendar_id:
                raise ValidationError(
                    self.env._(
                        "The team “%(name)s” uses service levels: please choose its"
                        " working hours.",
                        name=team.name,
                    )
                )

    def _get_unlock_threshold(self):
        """Return since when a ticket must be locked to be given free now, if ever."""
        hours = self.unlock_timeout_minutes / 60
        now = fields.Datetime.now()
        if not self.resource_calendar_id:
            return now - timedelta(hours=hours)
        return self.resource_calendar_id.plan_hours(-hours, now, compute_leaves=True)
