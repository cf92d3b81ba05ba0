from odoo import api, fields, models
from odoo.fields import Domain


class CustomerServiceLocation(models.Model):
    """A place to which customers send their devices: a workshop, a service desk."""

    _name = "customer.service.location"
    _description = "Service Location"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    code = fields.Char()
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Address",
        required=True,
        check_company=True,
        help="Where devices are sent to; stands on packing lists and labels.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Team",
        domain=[("share", "=", False)],
        help="They are told about new orders and about what customers write. Neither"
        " they nor an e-mail: all members of the group Service Orders / User.",
    )
    email = fields.Char(string="One More Address for Mails")
    opening_hours = fields.Char(translate=True)
    portal_published = fields.Boolean(
        string="Published in the Portal",
        help="Customers can choose this location. While no location is published, the"
        " portal shows nothing of service orders.",
    )
    allowed_partner_ids = fields.Many2many(
        "res.partner",
        "customer_service_location_partner_rel",
        string="Only for",
        domain=[("parent_id", "=", False)],
        help="The customers that may choose this location; empty: all of them.",
    )
    service_type_ids = fields.Many2many(
        "customer.service.type",
        string="Service Types",
        check_company=True,
        default=lambda self: self.env["customer.service.type"].search([]),
    )
    shipping_type_ids = fields.Many2many(
        "customer.service.shipping.type",
        string="Shipping Types",
        check_company=True,
        default=lambda self: self.env["customer.service.shipping.type"].search([]),
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self._forget_service_rights()
        return super().create(vals_list)

    def write(self, vals):
        self._forget_service_rights()
        return super().write(vals)

    def unlink(self):
        self._forget_service_rights()
        return super().unlink()

    @api.model
    def _forget_service_rights(self):
        """Forget what each visitor may do: places are opened and closed rarely."""
        self.env.registry.clear_cache()

    # === BUSINESS METHODS === #

    @api.model
    def _get_offer_domain(self, customer_sudo):
        """Return which locations a customer may choose.

        :param customer_sudo: the commercial partner; what is agreed with a customer is
            not his to read
        """
        domain = Domain("portal_published", "=", True)
        domain &= Domain("company_id", "in", self.env.companies.ids)
        domain &= Domain("allowed_partner_ids", "=", False) | Domain(
            "allowed_partner_ids", "in", customer_sudo.ids
        )
        if agreed_sudo := customer_sudo.service_location_ids:
            domain &= Domain("id", "in", agreed_sudo.ids)
        return domain

    @api.model
    def _find_offered(self, customer_sudo):
        """Return the locations that a customer may choose; call it with sudo."""
        return self.search(self._get_offer_domain(customer_sudo))

    def _get_way_text(self, shipping_type):
        """Return where devices go and how, in a few words."""
        return " – ".join(filter(None, (self.name, shipping_type.name)))
