from odoo import api, fields, models


class CustomerServiceComplete(models.TransientModel):
    """The question what was done with devices, and how they travel back."""

    _name = "customer.service.complete"
    _description = "Complete Service Orders"
    _inherit = "customer.service.wizard"

    order_count = fields.Integer(compute="_compute_counts")
    missing_count = fields.Integer(
        compute="_compute_counts", help="How many orders have no repair notes yet."
    )
    resolution = fields.Text(
        string="Repair Notes",
        compute="_compute_resolution",
        store=True,
        readonly=False,
        help="The customer reads this.",
    )
    outbound_tracking = fields.Char(
        string="Tracking Number of the Return",
        compute="_compute_outbound_tracking",
        store=True,
        readonly=False,
        help="Empty: the customer fetches the device, or the number is added later.",
    )

    @api.depends("order_ids.resolution")
    def _compute_counts(self):
        for wizard in self:
            wizard.order_count = len(wizard.order_ids)
            wizard.missing_count = len(wizard._get_orders_without_notes())

    @api.depends("order_ids")
    def _compute_resolution(self):
        for wizard in self:
            orders = wizard.order_ids
            wizard.resolution = orders.resolution if len(orders) == 1 else False

    @api.depends("order_ids")
    def _compute_outbound_tracking(self):
        for wizard in self:
            orders = wizard.order_ids
            wizard.outbound_tracking = (
                orders.outbound_tracking if len(orders) == 1 else False
            )

    def action_complete(self):
        """Complete all orders; of several, those keep their notes that have some."""
        orders = self._get_orders()
        values = {}
        if tracking := (self.outbound_tracking or "").strip():
            values["outbound_tracking"] = tracking
        notes = (self.resolution or "").strip()
        noted = orders if len(orders) == 1 else self._get_orders_without_notes()
        noted._complete(**values, resolution=notes)
        (orders - noted)._complete(**values)
        return self._close()

    def _get_orders_without_notes(self):
        return self.order_ids.filtered(lambda order: not order.resolution)
