from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# What an order and a device in the registry have in common, under one name.
SHARED = (
    *("manufacturer", "configuration", "purchase_date"),
    *("serial_number", "imei", "imei2"),
)


class CustomerServiceOrder(models.Model):
    """What staff type in and look at in the back office."""

    _inherit = "customer.service.order"

    open_task_ids = fields.Many2many(
        "customer.service.task",
        string="Still to Ask",
        compute="_compute_open_task_ids",
        groups="base.group_user",
    )
    is_over = fields.Boolean(compute="_compute_is_over", groups="base.group_user")
    status_color = fields.Integer(related="status_id.color", groups="base.group_user")
    workshop_days = fields.Float(
        string="Days at the Location",
        compute="_compute_workshop_days",
        store=True,
        digits=(8, 1),
        aggregator="avg",
        groups="base.group_user",
        help="From the arrival of the device until it was sent back.",
    )

    @api.depends("service_type_id", "location_id", "partner_id", "answer_ids.task_id")
    def _compute_open_task_ids(self):
        for order in self:
            is_draft = order.state == "draft"
            tasks = order._get_tasks() if is_draft else order.open_task_ids.browse()
            order.open_task_ids = tasks - order.answer_ids.task_id._origin

    @api.depends("state")
    def _compute_is_over(self):
        for order in self:
            order.is_over = order.state in ("completed", "cancelled")

    @api.depends("received_on", "completed_on")
    def _compute_workshop_days(self):
        for order in self:
            is_over = order.received_on and order.completed_on
            stay = is_over and order.completed_on - order.received_on
            order.workshop_days = stay and stay.total_seconds() / 86400

    @api.model
    def _expand_states(self, states, domain):
        """Show a column for each state in which staff look after orders."""
        return [it for it in self._transitions if it != "draft" or it in states]

    def _read_group_select(self, aggregate_spec, query):
        selected = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec == "workshop_days:avg":
            # A device that is still here, or never came, has no stay to count.
            stay = self._field_to_sql(self._table, "workshop_days", query)
            return SQL("AVG(NULLIF(%s, 0))", stay)
        return selected

    # === ONCHANGE METHODS === #

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Forget what belongs to another customer."""
        customer = self.partner_id.commercial_partner_id
        if self.device_id.commercial_partner_id != customer:
            self.device_id = False
        if self.delivery_address_id not in self._get_return_addresses():
            self.delivery_address_id = False

    @api.onchange("location_id")
    def _onchange_location_id(self):
        """Forget what is not offered at another location."""
        if self.service_type_id._origin not in self._get_offered_types():
            self.service_type_id = False
        if self.shipping_type_id._origin not in self._get_offered_shipping_types():
            self.shipping_type_id = False

    @api.onchange("device_id")
    def _onchange_device_id(self):
        """Take over what is known about a device of the customer."""
        if device := self.device_id:
            self.update(
                {
                    "device_name": device.name,
                    "end_customer_name": device.end_customer,
                    "under_warranty": device.warranty_state == "valid",
                    **{name: device[name] for name in SHARED},
                }
            )

    # === ACTION METHODS === #

    def action_note_answered(self):
        """Take a customer's words off the list that need no answer in the chat."""
        self._check_staff()
        for order in self:
            order._note_reply(False)

    def action_open_device(self):
        self._check_staff()
        return self._open_record(self.device_id)

    def action_open_shipment(self):
        self._check_staff()
        return self._open_record(self.shipment_id)

    # === BUSINESS METHODS === #

    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _check_one_state(self):
        """:raise UserError: the orders are at different points of their life"""
        if len(set(self.mapped("state"))) > 1:
            raise UserError(
                self.env._("Please choose orders that have the same status.")
            )
