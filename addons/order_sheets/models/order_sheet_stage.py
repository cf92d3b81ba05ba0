from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .order_sheet_request import STATES

STAGE_STATES = [state for state in STATES if state[0] != "draft"]


class OrderSheetStage(models.Model):
    """How far an order request is, in finer steps than its state.

    Each stage belongs to one state; customers read its name for customers, and may get
    a mail when their order reaches it.
    """

    _name = "order.sheet.stage"
    _description = "Stage of Order Requests"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    portal_name = fields.Char(
        string="Name for Customers",
        translate=True,
        help="Empty: customers read the same name as you.",
    )
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        STAGE_STATES,
        string="Status",
        required=True,
        index=True,
        help="The first stage of a status is where requests with this status begin.",
    )
    fold = fields.Boolean(string="Folded", help="In the kanban view.")
    active = fields.Boolean(default=True)
    mail_template_id = fields.Many2one(
        "mail.template",
        string="Mail to the Customer",
        domain=[("model", "=", "order.sheet.request")],
        help="It is sent when an order request reaches this stage.",
    )

    @api.model
    def _get_first(self, state):
        """Return the stage in which requests of a state begin; a draft has none."""
        return self.search([("state", "=", state)], limit=1)

    @api.constrains("state")
    def _check_state_of_requests(self):
        for stage in self:
            requests_sudo = self.env["order.sheet.request"].sudo()
            wrong = [("stage_id", "=", stage.id), ("state", "!=", stage.state)]
            if requests_sudo.search_count(wrong, limit=1):
                raise ValidationError(
                    self.env._(
                        "There are order requests in stage “%(stage)s”; it keeps its"
                        " status.",
                        stage=stage.name,
                    )
                )
