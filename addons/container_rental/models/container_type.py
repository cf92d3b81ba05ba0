from odoo import api, fields, models


class ContainerType(models.Model):
    """A size of container that customers rent, such as “1000 l”."""

    _name = "container.type"
    _description = "Container Type"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="A short name for labels and lists.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: all companies rent out this type."
    )
    volume_l = fields.Integer(string="Volume (l)")
    max_load_kg = fields.Integer(string="Maximum Load (kg)")
    image_512 = fields.Image("Picture", max_width=512, max_height=512)
    rental_days = fields.Integer(
        string="Rental Period (days)",
        help="After so many days the container has to be back, unless the customer has"
        " a period of his own. 0 takes the company's period.",
    )
    portal_selectable = fields.Boolean(
        string="Customers May Choose It",
        default=True,
        help="Offered in the portal when customers may choose, or have no standard"
        " container.",
    )
    container_ids = fields.One2many(
        "container.container", "type_id", groups="base.group_user"
    )
    container_count = fields.Integer(
        compute="_compute_counts", groups="base.group_user"
    )
    available_count = fields.Integer(
        string="Available", compute="_compute_counts", groups="base.group_user"
    )
    issued_count = fields.Integer(
        string="At Customers", compute="_compute_counts", groups="base.group_user"
    )

    _rental_days_natural = models.Constraint(
        "CHECK(rental_days >= 0 AND rental_days <= 3650)",
        "The rental period lies between 0 and 3650 days.",
    )
    _volume_natural = models.Constraint(
        "CHECK(volume_l >= 0 AND max_load_kg >= 0)",
        "Volume and load cannot be negative.",
    )

    @api.depends("container_ids.state")
    def _compute_counts(self):
        counts = {
            (container_type, state): count
            for container_type, state, count in self.env[
                "container.container"
            ]._read_group(
                [("type_id", "in", self.ids)], ["type_id", "state"], ["__count"]
            )
        }
        for container_type in self:
            own = {s: n for (owner, s), n in counts.items() if owner == container_type}
            container_type.container_count = sum(own.values())
            container_type.available_count = own.get("available", 0)
            container_type.issued_count = own.get("issued", 0)

    def action_open_containers(self):
        """Open the containers of this type."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "container_rental.container_container_action"
        )
        return action | {"domain": [("type_id", "=", self.id)], "context": {}}
