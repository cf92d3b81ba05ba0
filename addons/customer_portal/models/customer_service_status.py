from odoo import api, fields, models, tools

from .customer_service_order import STATES


class CustomerServiceStatus(models.Model):
    """What customers read about the progress of an order, such as “Waiting for parts”.

    Each status refines one state of the life cycle. Staff may add as many as they need.
    """

    _name = "customer.service.status"
    _description = "Status of Service Orders"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    state = fields.Selection(STATES, required=True, index=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer()
    active = fields.Boolean(default=True)
    is_default = fields.Boolean(
        string="First of Its State",
        help="Orders that reach the state begin with this status.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="Mail to the Customer",
        domain=[("model", "=", "customer.service.order")],
        help="Sent to the contact when an order is put into this status.",
    )
    waiting_for = fields.Selection(
        [("us", "Us"), ("customer", "The customer"), ("supplier", "A supplier")],
        help="Customers see the orders that wait for them in a list of their own, and"
        " are reminded.",
    )

    _is_default_uniq = models.UniqueIndex(
        "(state) WHERE is_default AND active",
        "Another status is the first one of this state already.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _update_field_translations(self, *args, **kwargs):
        self.env.registry.clear_cache()  # the dialog of translations does not write
        return super()._update_field_translations(*args, **kwargs)

    # === BUSINESS METHODS === #

    @api.model
    @tools.ormcache("self.env.lang")
    def _get_names(self):
        """Return what customers read, of archived statuses too: ``{id: name}``."""
        # The answer is kept for all users, whoever asks first; statuses are few.
        all_sudo = self.sudo().with_context(active_test=False)
        statuses_sudo = all_sudo.search([])  # pylint: disable=no-search-all
        return {status.id: status.name for status in statuses_sudo}

    @api.model
    def _get_default(self, state):
        """Return the status in which orders begin that reach a state, or none."""
        return self.browse(self._get_default_id(state))

    @api.model
    @tools.ormcache("state")
    def _get_default_id(self, state):
        # The answer is kept for all users, whoever asks first.
        firsts_sudo = self.sudo().search(
            [("state", "=", state), ("is_default", "=", True)], limit=1
        )
        return firsts_sudo.id
