from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerServiceShipment(models.Model):
    """What becomes of a shipment at the service location.

    Its devices are received one by one or all together. What is missing when a shipment
    is closed can be put into another one.
    """

    _inherit = "customer.service.shipment"

    received_on = fields.Datetime(readonly=True, copy=False)
    # It also makes two people meet who receive the last two devices at the same moment.
    received_count = fields.Integer(
        string="Arrived", compute="_compute_received_count", store=True
    )

    @api.depends("line_ids.is_received")
    def _compute_received_count(self):
        for shipment in self:
            arrived = shipment.line_ids.filtered("is_received")
            shipment.received_count = len(arrived)

    def action_receive(self):
        """Receive everything that is in the shipment."""
        self._check_staff()
        self._lock_for("received")
        self.line_ids.action_receive()

    def action_close(self):
        """Close the shipment with what has arrived; the rest can be shipped again."""
        self._check_staff()
        self._close()

    def _close(self):
        self._lock_for("received")
        for shipment in self:
            if not shipment.received_count:
                raise UserError(
                    self.env._(
                        "Nothing of %(shipment)s has arrived. Cancel it instead.",
                        shipment=shipment.name,
                    )
                )
        self._move_to("received", received_on=fields.Datetime.now())
