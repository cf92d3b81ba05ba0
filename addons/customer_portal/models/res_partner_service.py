from odoo import api, fields, models
from odoo.exceptions import AccessError

from .customer_service_order_flow import GROUP_MANAGER

# What is agreed with a customer: the business of managers.
AGREEMENTS = frozenset(
    ("service_role", "service_location_ids", "service_shipping_type_ids")
)
# What decides about the documents that a contact sees.
SIGHT = frozenset(("service_scope", "service_hide_prices"))


class ResPartner(models.Model):
    """What a customer may do with service orders, and what his contacts see of them."""

    _inherit = "res.partner"

    service_role = fields.Selection(
        [("customer", "Customer"), ("reseller", "Reseller")],
        string="Role in Service Orders",
        required=True,
        default="customer",
        groups="base.group_user",
        help="Orders of resellers are confirmed at once. They also ship devices and"
        " export their orders.",
    )
    service_location_ids = fields.Many2many(
        "customer.service.location",
        "res_partner_service_location_rel",
        string="Service Locations",
        groups="base.group_user",
        help="Where this customer may send devices to; empty: to all locations that are"
        " published for everybody.",
    )
    service_shipping_type_ids = fields.Many2many(
        "customer.service.shipping.type",
        "res_partner_service_shipping_type_rel",
        string="Shipping Types",
        groups="base.group_user",
        help="How this customer may have devices delivered; empty: the portal does not"
        " ask for it.",
    )
    service_scope = fields.Selection(
        [("company", "All of the company"), ("own", "Only his own")],
        string="Sees Service Orders",
        required=True,
        default="company",
        groups="base.group_user",
    )
    service_hide_prices = fields.Boolean(
        string="Without Prices",
        groups="base.group_user",
        help="This contact sees no amounts of service orders, and no quotations for"
        " them.",
    )
    service_order_count = fields.Integer(
        compute="_compute_service_order_count", groups="base.group_user"
    )

    def _compute_service_order_count(self):
        orders = self.env["customer.service.order"]
        if not orders.has_access("read"):
            self.service_order_count = 0
            return
        for partner in self:
            partner.service_order_count = orders.search_count(
                partner._get_service_order_domain()
            )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        for partner, vals in zip(partners, vals_list, strict=True):
            partner._check_may_agree(
                name
                for name in (AGREEMENTS | SIGHT) & vals.keys()
                if vals[name] and vals[name] != partner._get_unagreed(name)
            )
        return partners

    def write(self, vals):
        self._check_may_agree((AGREEMENTS | SIGHT) & vals.keys())
        result = super().write(vals)
        if not SIGHT.isdisjoint(vals):
            self._forget_cached_rules()
        return result

    def _check_may_agree(self, names):
        """:raise AccessError: somebody else than a manager agrees on these fields"""
        if any(True for _name in names) and not (
            self.env.su or self.env.user.has_group(GROUP_MANAGER)
        ):
            raise AccessError(
                self.env._(
                    "What is agreed with a customer about service orders is set by"
                    " members of the group “%(group)s”.",
                    group=self.env.ref(GROUP_MANAGER).sudo().full_name,
                )
            )

    def _get_unagreed(self, name):
        default = self._fields[name].default
        return default(self) if default else None

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
        is_customer = self.commercial_partner_id == self
        name = "commercial_partner_id" if is_customer else "partner_id"
        return [(name, "=", self.id), ("state", "!=", "draft")]
