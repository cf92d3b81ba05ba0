from odoo import api, fields, models


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    state_type = fields.Selection(
        [
            ("new", "New"),
            ("open", "Open"),
            ("pending", "Pending"),
            ("closed", "Closed"),
        ],
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
