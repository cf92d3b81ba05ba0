from odoo import api, fields, models

from ..tools.reminder_presets import next_morning


class HelpdeskTicketRemind(models.TransientModel):
    """An agent puts tickets aside and chooses when he is reminded of them."""

    _name = "helpdesk.ticket.remind"
    _description = "Remind Me of Tickets"

    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        string="Tickets",
        required=True,
        default=lambda self: self._default_ticket_ids(),
    )
    preset = fields.Selection(
        [
            ("tomorrow", "Tomorrow at 9:00"),
            ("three_days", "In 3 days at 9:00"),
            ("monday", "Next Monday at 9:00"),
            ("date", "On a date"),
        ],
        string="When",
        required=True,
        default="tomorrow",
    )
    pending_until = fields.Datetime(
        string="Remind on",
        compute="_compute_pending_until",
        store=True,
        precompute=True,
        readonly=False,
    )

    @api.model
    def _default_ticket_ids(self):
        if self.env.context.get("active_model") == "helpdesk.ticket":
            return self.env.context.get("active_ids")
        return False

    @api.depends("preset")
    def _compute_pending_until(self):
        now = fields.Datetime.now()
        for wizard in self:
            if wizard.preset and wizard.preset != "date":
                wizard.pending_until = next_morning(wizard.preset, now, self.env.tz)

    def action_remind(self):
        self.ensure_one()
        self.ticket_ids._remind_on(self.pending_until)
        return {"type": "ir.actions.act_window_close"}
