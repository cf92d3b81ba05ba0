from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError

MAX_PACKAGES = 50
SHIPMENT_STATES = [
    ("draft", "In preparation"),
    ("confirmed", "Ready for pickup"),
    ("received", "Received"),
    ("cancelled", "Cancelled"),
]


class CustomerServiceShipment(models.Model):
    """Devices that a reseller sends to one service location in one go.

    The reseller picks confirmed orders of one location and shipping type, and confirms
    that they are packed: the shipment gets its number, packing list and labels.
    """

    _name = "customer.service.shipment"
    _description = "Shipment"
    _inherit = "customer.service.chat.mixin"

    _portal_path = "/my/service-shipments"
    _numbered_from = "confirmed"
    _settled_fields = ("partner_id", "company_id", "location_id", "shipping_type_id")
    _transitions = {
        "draft": {"confirmed", "cancelled"},
        "confirmed": {"received", "cancelled"},
        "received": set(),
        "cancelled": set(),
    }

    state = fields.Selection(SHIPMENT_STATES, group_expand=True)
    location_id = fields.Many2one(
        "customer.service.location", required=True, check_company=True, index=True
    )
    shipping_type_id = fields.Many2one(
        "customer.service.shipping.type",
        required=True,
        check_company=True,
        index=True,
    )
    line_ids = fields.One2many(
        "customer.service.shipment.line",
        "shipment_id",
        string="Devices",
        groups="base.group_user",
    )
    order_count = fields.Integer(
        string="Number of Devices", compute="_compute_order_count", store=True
    )
    package_count = fields.Integer(string="Packages", required=True, default=1)
    weight = fields.Float(string="Weight (kg)", digits=(8, 2))
    tracking_number = fields.Char(tracking=True, copy=False)
    tracking_url = fields.Char(compute="_compute_tracking_url")
    ready_on = fields.Datetime(string="Ready on", readonly=True, copy=False)

    _package_count_range = models.Constraint(
        f"CHECK(package_count BETWEEN 1 AND {MAX_PACKAGES})",
        f"A shipment has between 1 and {MAX_PACKAGES} packages.",
    )
    _weight_positive = models.Constraint(
        "CHECK(weight >= 0)", "A weight cannot be negative."
    )
    _customer_idx = models.Index(
        "(commercial_partner_id, id DESC) INCLUDE (state, partner_id, company_id)"
    )

    @api.depends("line_ids")
    def _compute_order_count(self):
        for shipment in self:
            shipment.order_count = len(shipment.line_ids)

    @api.depends("tracking_number", "shipping_type_id.carrier_id.tracking_url")
    def _compute_tracking_url(self):
        for shipment in self:
            # Carriers and their links are the company's; everybody follows parcels.
            shipment.tracking_url = shipment.shipping_type_id.sudo()._get_tracking_url(
                shipment.tracking_number
            )

    @api.depends("name", "state")
    def _compute_display_name(self):
        for shipment in self:
            is_draft = not shipment._is_numbered()
            shipment.display_name = (
                self.env._("Shipment in preparation") if is_draft else shipment.name
            )

    # === ACTION METHODS === #

    def action_cancel(self):
        self._check_staff()
        self._cancel()

    # === BUSINESS METHODS === #

    @api.model
    def _create_for(self, orders, vals):
        """Start a shipment of a reseller; call it with sudo.

        :param orders: shippable ones of one location and shipping type
        :param vals: ``partner_id``, ``form_token``
        :return: the shipment, or an empty recordset if the form was sent before
        :raise UserError: an order is in another shipment by now, or they do not fit
        """
        orders._check_shippable()
        shared = orders[0]
        try:
            with self.env.cr.savepoint():
                return self._create_once(
                    {
                        **vals,
                        "company_id": shared.company_id.id,
                        "location_id": shared.location_id.id,
                        "shipping_type_id": shared.shipping_type_id.id,
                        "line_ids": [
                            fields.Command.create({"order_id": order.id})
                            for order in orders
                        ],
                    }
                )
        except UniqueViolation as error:
            raise UserError(
                self.env._(
                    "One of these orders has just been put into another shipment."
                )
            ) from error

    def _confirm(self, **values):
        """Make the shipment ready for its carrier; call it with sudo.

        :param values: ``package_count``, ``weight``, ``tracking_number``
        :raise UserError: it is empty, or confirmed already
        """
        self._lock_for("confirmed")
        for shipment in self:
            shipment._check_can_leave()
            shipment.line_ids._take_snapshot()
        self._move_to("confirmed", ready_on=fields.Datetime.now(), **values)
        self._note_mail_events(
            [("administrators", "confirmed"), ("customers", "ready")]
        )

    def _check_can_leave(self):
        if not self.line_ids:
            raise UserError(self.env._("There is no device in this shipment."))
        for order in self.line_ids.order_id:
            if order.state != "confirmed":
                raise UserError(
                    self.env._(
                        "%(order)s is “%(state)s” and cannot be sent.",
                        order=order.name,
                        state=order._get_state_label(),
                    )
                )
            if order.shipping_type_id != self.shipping_type_id:
                raise UserError(
                    self.env._(
                        "%(order)s is to be delivered in another way by now.",
                        order=order.name,
                    )
                )

    def _cancel(self):
        """Take the devices out again: their orders can be shipped once more.

        :raise UserError: some of them have arrived
        """
        self._lock_for("cancelled")
        for shipment in self:
            if shipment.received_count:
                raise UserError(
                    self.env._(
                        "A part of %(shipment)s has arrived: it can no longer be"
                        " cancelled.",
                        shipment=shipment.name,
                    )
                )
        self._move_to("cancelled")

    def _discard(self):
        """Throw away what was never sent: a draft is no document."""
        self._lock()
        for shipment in self:
            if shipment.state != "draft":
                raise UserError(shipment._get_refusal("cancelled"))
        # The lines first: their orders learn that they can be shipped again.
        self.line_ids.unlink()
        self.unlink()

    def _check_staff(self):
        # One rule says who works with service orders.
        self.env["customer.service.order"]._check_staff()
        self.check_access("write")
