from functools import reduce

from odoo import api, fields, models

from ..tools.groups import AGENT


class HelpdeskTicketAssign(models.TransientModel):
    """Tickets are given to an agent who may have them: a member of their teams."""

    _name = "helpdesk.ticket.assign"
    _description = "Assign Tickets"

    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        string="Tickets",
        required=True,
        default=lambda self: self._default_ticket_ids(),
    )
    candidate_ids = fields.Many2many("res.users", compute="_compute_candidate_ids")
    user_id = fields.Many2one(
        "res.users",
        string="Agent",
        required=True,
        domain="[('id', 'in', candidate_ids)]",
    )
    is_locking = fields.Boolean(
        string="Lock for This Agent",
        help="The agent starts at once; others leave the tickets to him.",
    )

    @api.model
    def _default_ticket_ids(self):
        if self.env.context.get("active_model") == "helpdesk.ticket":
            return self.env.context.get("active_ids")
        return False

    @api.depends("ticket_ids")
    def _compute_candidate_ids(self):
        for wizard in self:
            teams = wizard.ticket_ids.team_id
            if teams:
                members = reduce(lambda a, b: a & b, (team.user_ids for team in teams))
                wizard.candidate_ids = members
            else:
                wizard.candidate_ids = wizard._get_all_agents()

    @api.model
    def _get_all_agents(self):
        group = self.env.ref(AGENT)
        domain = [("all_group_ids", "in", group.ids), ("share", "=", False)]
        return self.env["res.users"].search(domain)

    def action_assign(self):
        self.ensure_one()
        self.ticket_ids._assign(self.user_id, is_locked=self.is_locking)
        return {"type": "ir.actions.act_window_close"}
