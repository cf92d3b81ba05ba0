from odoo import fields, models


class CustomerServiceType(models.Model):
    """What a customer may want to have done: a repair, a warranty case."""

    _name = "customer.service.type"
    _description = "Service Type"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: of all companies."
    )
    location_ids = fields.Many2many(
        "customer.service.location",
        string="Locations",
        # a service of all companies may be one of certain locations
        domain="[('company_id', '=', company_id)] if company_id else []",
    )
    task_ids = fields.Many2many(
        "customer.service.task", string="Tasks", check_company=True
    )
    identifier = fields.Selection(
        [
            ("serial_or_imei", "Serial number or IMEI"),
            ("serial", "Serial number"),
            ("imei", "IMEI"),
            ("none", "Not needed"),
        ],
        string="What Identifies a Device",
        required=True,
        default="serial_or_imei",
    )
    terms = fields.Text(
        translate=True, help="Customers read this before they approve their order."
    )
    estimated_days = fields.Integer(
        string="Usual Duration (days)",
        help="From the arrival of the device; gives the promised day. 0: none.",
    )

    _estimated_days_natural = models.Constraint(
        "CHECK(estimated_days >= 0)", "A duration cannot be negative."
    )
