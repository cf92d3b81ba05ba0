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

    def action_receive(self):
        """Receive this device alone."""
        self.order_id._check_staff()
        self.order_id.filtered(lambda order: order.state != "at_location")._receive()

    def _receive(self):
        """Note that these devices have arrived; with the last one, the parcel has."""
        self.write({"is_received": True, "received_on": fields.Datetime.now()})
        for shipment in self.shipment_id:
            if all(shipment.line_ids.mapped("is_received")):
                shipment._close()

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
