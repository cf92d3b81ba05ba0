from odoo import fields, models

from ..tools.tracking import get_tracking_url


class CustomerServiceShippingType(models.Model):
    """How a device gets to the service location, and back."""

    _name = "customer.service.shipping.type"
    _description = "Shipping Type"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: of all companies."
    )
    inbound_method = fields.Selection(
        [
            ("none", "Stays at the customer"),
            ("bring", "The customer brings it"),
            ("own_parcel", "The customer sends a parcel"),
            ("portal_shipment", "Shipment created in the portal"),
        ],
        string="Way to the Location",
        required=True,
        default="bring",
        help="Resellers put orders of the last kind into shipments, with packing list"
        " and label.",
    )
    carrier_id = fields.Many2one(
        "delivery.carrier",
        check_company=True,
        help="Its tracking link leads customers to their parcel.",
    )
    return_carrier_id = fields.Many2one(
        "delivery.carrier",
        string="Carrier of the Return",
        check_company=True,
        help="Empty: the same as on the way to the location.",
    )
    location_ids = fields.Many2many(
        "customer.service.location", string="Locations", check_company=True
    )
    portal_published = fields.Boolean(string="Published in the Portal", default=True)
    instructions = fields.Text(
        translate=True, help="Customers read this once their order is on its way."
    )

    def _get_tracking_url(self, number, is_return=False):
        """Return where a parcel of this kind can be followed, or None."""
        carrier = (is_return and self.return_carrier_id) or self.carrier_id
        return get_tracking_url(carrier.tracking_url, number)
