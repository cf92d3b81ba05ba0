from odoo import fields, models


class CustomerServiceShipmentLine(models.Model):
    """A device in a shipment, as it was when the shipment left."""

    _name = "customer.service.shipment.line"
    _description = "Device in a Shipment"
    _order = "id"

    shipment_id = fields.Many2one(
        "customer.service.shipment", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="shipment_id.state", store=True)
    company_id = fields.Many2one(related="shipment_id.company_id", store=True)
    order_id = fields.Many2one(
        "customer.service.order", required=True, index=True, ondelete="restrict"
    )
    device_name = fields.Char(string="Device", readonly=True)
    serial_number = fields.Char(readonly=True)
    imei = fields.Char(string="IMEI", readonly=True)
    client_order_ref = fields.Char(string="Reference", readonly=True)
    accessories = fields.Char(readonly=True)
    is_received = fields.Boolean(string="Arrived", readonly=True)
    received_on = fields.Datetime(readonly=True)

    # Two people may put one order into two shipments at the same moment.
    _open_order_uniq = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'confirmed')",
        "This order is in a shipment already.",
    )

    # === ACTION METHODS === #

    def action_receive(self):
        """Receive these devices alone."""
        self.order_id._check_staff()
        waiting = self.filtered(lambda line: not line.is_received)
        waiting.shipment_id._lock_for("received")
        waiting.order_id._receive()

    # === BUSINESS METHODS === #

    def _receive(self):
        """Note that these devices have arrived; with the last one, the parcel has."""
        self.write({"is_received": True, "received_on": fields.Datetime.now()})
        self.shipment_id.filtered(
            lambda shipment: shipment.received_count == shipment.order_count
        )._close()

    def _leave_drafts(self):
        """Take devices out of shipments that have not left; what is empty then goes."""
        drafts = self.filtered(lambda line: line.state == "draft")
        shipments = drafts.shipment_id
        drafts.unlink()
        shipments.filtered(lambda shipment: not shipment.line_ids)._discard()

    def _get_device(self):
        """Return what describes the device: the order, until the shipment has left."""
        return self.order_id if self.state == "draft" else self

    def _take_snapshot(self):
        """Keep what is written on the packing list, whatever is edited afterwards."""
        for line in self:
            order = line.order_id
            line.write(
                {
                    name: order[name]
                    for name in (
                        *("device_name", "serial_number", "imei"),
                        *("client_order_ref", "accessories"),
                    )
                }
            )
