from odoo import api, fields, models
from odoo.exceptions import AccessError

from .customer_service_order_flow import GROUP_MANAGER

# What is agreed with a customer: the business of managers.
AGREEMENTS = frozenset(
    ("service_role", "service_location_ids", "service_shipping_type_ids")
)
# What decides about the documents that a contact sees.
SIGHT = frozenset(("service_scope", "service_hide_prices"))
AGREED = AGREEMENTS | SIGHT


class ResPartner(models.Model):
    """What a customer may do with service orders, and what his contacts see of them."""

    _inherit = "res.partner"

    service_role = fields.Selection(
        [("customer", "Customer"), ("reseller", "Reseller")],
        string="Role in Service Orders",
        required=True,
        default="customer",
        copy=False,
        groups="base.group_user",
        help="Orders of resellers are confirmed at once. They also ship devices and"
        " export their orders.",
    )
    service_location_ids = fields.Many2many(
        "customer.service.location",
        "res_partner_service_location_rel",
        string="Service Locations",
        copy=False,
        groups="base.group_user",
        help="Where this customer may send devices to; empty: to all locations that are"
        " published for everybody.",
    )
    service_shipping_type_ids = fields.Many2many(
        "customer.service.shipping.type",
        "res_partner_service_shipping_type_rel",
        string="Shipping Types",
        copy=False,
        groups="base.group_user",
        help="How this customer may have devices delivered; empty: the portal does not"
        " ask for it.",
    )
    service_scope = fields.Selection(
        [("company", "All of the company"), ("own", "Only his own")],
        string="Sees Service Orders",
        required=True,
        default="company",
        copy=False,
        groups="base.group_user",
    )
    service_hide_prices = fields.Boolean(
        string="Without Prices",
        copy=False,
        groups="base.group_user",
        help="This contact sees no amounts of service orders, and no quotations for"
        " them.",
    )
    service_order_count = fields.Integer(
        compute="_compute_service_order_count", groups="base.group_user"
    )

    def _compute_service_order_count(self):
        counts = {}
        orders = self.env["customer.service.order"]
        owners = self.grouped(lambda partner: partner._get_service_order_owner())
        for owner, partners in owners.items():
            if orders.has_access("read"):
                domain = [(owner, "in", partners.ids), ("state", "!=", "draft")]
                counts |= dict(orders._read_group(domain, [owner], ["__count"]))
        for partner in self:
            partner.service_order_count = counts.get(partner._origin, 0)

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        for partner, vals in zip(partners, vals_list, strict=True):
            chosen = {name for name in AGREED if name in vals}
            # What a caller's context puts there, he has chosen as well.
            chosen |= {name for name in AGREED if f"default_{name}" in self.env.context}
            if any(not partner._is_unagreed(name) for name in chosen):
                self._check_may_agree()
        return partners

    def write(self, vals):
        if agreed := AGREED & vals.keys():
            self.check_access("write")  # who may not, learns nothing by trying
            # Who saves a whole contact sends along what stays as it is.
            if any(
                contact._is_changed(vals, name) for name in agreed for contact in self
            ):
                self._check_may_agree()
        result = super().write(vals)
        if not AGREED.isdisjoint(vals):
            self._forget_cached_rules()
        return result

    def _check_may_agree(self):
        """:raise AccessError: the user is not the one who agrees with customers"""
        if not (self.env.su or self.env.user.has_group(GROUP_MANAGER)):
            raise AccessError(
                self.env._(
                    "What is agreed with a customer about service orders is set by"
                    " members of the group “%(group)s”.",
                    group=self.env.ref(GROUP_MANAGER).sudo().full_name,
                )
            )

    def _is_unagreed(self, name):
        """Return whether a field says what holds for everybody."""
        # Whether he may read it is not the question here.
        value, default = self.sudo()[name], self._fields[name].default
        return value == default(self) if default else not value

    def _is_changed(self, vals, name):
        field, contact_sudo = self._fields[name], self.sudo()
        cached = field.convert_to_cache(vals[name], contact_sudo)
        return field.convert_to_record(cached, contact_sudo) != contact_sudo[name]

    # === ACTION METHODS === #

    def action_open_service_orders(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_portal.customer_service_order_action"
        )
        return action | {
            "domain": list(self._get_service_order_domain()),
            "context": {"default_partner_id": self.id},
        }

    def _get_service_order_domain(self):
        """Return the orders of this customer, or of this contact."""
        owner = self._get_service_order_owner()
        return [(owner, "=", self.id), ("state", "!=", "draft")]

    def _get_service_order_owner(self):
        """Return which field of an order names this partner: customer or contact."""
        is_customer = self.commercial_partner_id == self
        return "commercial_partner_id" if is_customer else "partner_id"
