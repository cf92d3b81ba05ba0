from odoo import api, fields, models

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

    # Kept here, because a list of orders asks for the links of all its parcels.
    tracking_url = fields.Char(related="carrier_id.tracking_url", store=True)
    return_tracking_url = fields.Char(
        compute="_compute_return_tracking_url", store=True
    )

    @api.depends("carrier_id.tracking_url", "return_carrier_id.tracking_url")
    def _compute_return_tracking_url(self):
        for shipping_type in self:
            carrier = shipping_type.return_carrier_id or shipping_type.carrier_id
            shipping_type.return_tracking_url = carrier.tracking_url

    def _get_tracking_url(self, number, is_return=False):
        """Return where a parcel of this kind can be followed, or None."""
        template = self.return_tracking_url if is_return else self.tracking_url
        return get_tracking_url(template, number)
