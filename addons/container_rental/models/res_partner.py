from odoo import api, fields, models
from odoo.exceptions import ValidationError

STAFF = "container_rental.container_rental_group_user"


class ResPartner(models.Model):
    """What is agreed with a customer about his containers.

    Each value may stand on the customer, or on one of his delivery addresses where
    something else is agreed for it. Other employees who duplicate a contact could not
    read what is agreed, so a duplicate has no agreement.
    """

    _inherit = "res.partner"

    container_type_id = fields.Many2one(
        "container.type",
        string="Standard Container",
        company_dependent=True,
        check_company=True,
        groups=STAFF,
        copy=False,
        help="The size that this customer always uses; requests in the portal take it.",
    )
    container_weekday_ids = fields.Many2many(
        "container.weekday",
        string="Delivery Days",
        groups=STAFF,
        copy=False,
        help="Empty: the company's usual delivery days.",
    )
    container_rental_days = fields.Integer(
        string="Rental Period (days)",
        company_dependent=True,
        groups=STAFF,
        copy=False,
        help="0 takes the container type's period.",
    )
    container_limit = fields.Integer(
        string="Containers at Most",
        company_dependent=True,
        groups=STAFF,
        copy=False,
        help="So many containers may be at this customer at the same time; 0 is no"
        " limit.",
    )
    container_rental_ids = fields.One2many(
        "container.rental", "commercial_partner_id", groups=STAFF
    )
    container_open_rental_ids = fields.One2many(
        "container.rental",
        "commercial_partner_id",
        string="Current Containers",
        domain=[("state", "in", ("planned", "issued"))],
        groups=STAFF,
    )
    container_onsite_count = fields.Integer(
        string="Containers",
        compute="_compute_container_counts",
        groups=STAFF,
    )
    container_overdue_count = fields.Integer(
        string="Overdue Containers",
        compute="_compute_container_counts",
        groups=STAFF,
    )

    @api.constrains("container_rental_days", "container_limit")
    def _check_container_agreements(self):
        for partner in self.sudo():  # who may write it need not see all of it
            if not 0 <= partner.container_rental_days <= 3650:
                raise ValidationError(
                    self.env._("The rental period lies between 0 and 3650 days.")
                )
            if partner.container_limit < 0:
                raise ValidationError(
                    self.env._("The number of containers cannot be negative.")
                )

    @api.depends("container_rental_ids.state", "container_rental_ids.back_by")
    def _compute_container_counts(self):
        rentals = self.env["container.rental"]
        customers = self.commercial_partner_id

        def count(domain):
            domain = [("commercial_partner_id", "in", customers.ids), *domain]
            groups = rentals._read_group(domain, ["commercial_partner_id"], ["__count"])
            return dict(groups)

        onsite = count([("state", "=", "issued")])
        overdue = count([("is_overdue", "=", True)])
        for partner in self:
            customer = partner.commercial_partner_id
            partner.container_onsite_count = onsite.get(customer, 0)
            partner.container_overdue_count = overdue.get(customer, 0)

    def action_open_container_rentals(self):
        """Open what stands at this customer, and what stood there."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "container_rental.container_rental_action"
        )
        return action | {
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"search_default_onsite": 1},
        }
