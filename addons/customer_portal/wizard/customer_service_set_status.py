from odoo import api, fields, models


class CustomerServiceSetStatus(models.TransientModel):
    """The question how far devices are, and what else their customers are to know."""

    _name = "customer.service.set.status"
    _description = "Set the Progress of Service Orders"
    _inherit = "customer.service.wizard"

    state = fields.Char(
        compute="_compute_state", help="What the orders have in common."
    )
    status_id = fields.Many2one(
        "customer.service.status", string="Progress", required=True
    )
    has_mail = fields.Boolean(compute="_compute_has_mail")
    note = fields.Text(
        string="Note to the Customer", help="The customer reads this in the chat."
    )

    @api.depends("order_ids")
    def _compute_state(self):
        for wizard in self:
            states = set(wizard.order_ids.mapped("state"))
            wizard.state = states.pop() if len(states) == 1 else False

    @api.depends("status_id")
    def _compute_has_mail(self):
        for wizard in self:
            # Mail templates are the administrators'; that there is one is no secret.
            wizard.has_mail = bool(wizard.status_id.sudo().mail_template_id)

    def action_set_status(self):
        self._get_orders()._set_status(self.status_id, (self.note or "").strip())
        return self._close()
