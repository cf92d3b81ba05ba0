from odoo import api, fields, models


class HelpdeskTicketSla(models.Model):
    _inherit = "helpdesk.ticket.sla"

    ticket_id = fields.Many2one(index=True)
    is_target_reached = fields.Boolean(
        compute="_compute_is_target_reached",
        store=True,
        readonly=False,
        help="The ticket has reached the stage that the service level asks for, in"
        " time or not. It counts again when the service level runs again.",
    )

    @api.depends("state")
    def _compute_is_target_reached(self):
        for sla in self:
            if sla.state != "expired":
                sla.is_target_reached = sla.state == "accomplished"

    def _stage_recompute(self):
        result = super()._stage_recompute()
        stage = self.ticket_id.stage_id
        is_there = stage.sequence >= self.expected_stage_id.sequence
        if self.state == "in_progress":
            # OCA lets it run on when the stage is reached too late, after a pause
            self.is_target_reached = is_there
        elif self.state == "expired" and is_there:
            self.is_target_reached = True
        return result
