from odoo import api, fields, models

from ..tools import field_values


class ResPartner(models.Model):
    """Whose data a customer changes, and which of it he may ask for."""

    _inherit = "res.partner"

    change_request_ids = fields.One2many(
        "customer.change.request",
        "commercial_partner_id",
        string="Change Requests",
        groups="customer_portal.customer_portal_group_change_user",
    )
    pending_change_count = fields.Integer(
        string="Open Change Requests",
        compute="_compute_pending_change_count",
        groups="customer_portal.customer_portal_group_change_user",
    )
    portal_change_mode = fields.Selection(
        [
            ("default", "As the rules say"),
            ("approve", "Everything needs an approval"),
            ("direct", "Takes effect at once"),
            ("locked", "Cannot change anything"),
        ],
        string="Changes in the Portal",
        default="default",
        required=True,
        groups="base.group_user",
        help="What becomes of changes that contacts of this customer make in the"
        " portal. Locked fields stay locked.",
    )
    portal_may_edit_company = fields.Boolean(
        string="May Ask for Changes of the Company",
        default=True,
        groups="base.group_user",
        help="Otherwise this contact can change only his or her own name, phone,"
        " e-mail and function in the portal.",
    )

    def _compute_pending_change_count(self):
        requests = self.env["customer.change.request"]
        groups = requests._read_group(
            [
                ("state", "in", ("pending", "scheduled")),
                "|",
                ("commercial_partner_id", "in", self.ids),
                ("target_partner_id", "in", self.ids),
            ],
            ["commercial_partner_id", "target_partner_id"],
            ["__count"],
        )
        for partner in self:
            partner.pending_change_count = sum(
                count
                for customer, target, count in groups
                if partner in customer + target
            )

    def action_view_change_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_portal.customer_change_request_action"
        )
        action["domain"] = [
            "|",
            ("commercial_partner_id", "=", self.id),
            ("target_partner_id", "=", self.id),
        ]
        action["context"] = {"search_default_open": 1}
        return action

    # === WHAT CAN BE CHANGED === #

    @api.model
    def _get_frontend_writable_fields(self):
        return super()._get_frontend_writable_fields() | {"function"}

    @api.model
    def _get_change_fields(self):
        """Return the names of the fields that a change request can hold."""
        names = self._get_frontend_writable_fields() - {"zipcode", "lang", "tz"}
        return {
            name
            for name in names
            if name in self._fields
            and self._fields[name].type in field_values.REQUESTABLE_TYPES
        }

    @api.model
    def _get_change_label(self, name):
        """Return how the customer calls a field."""
        if name == "name":
            return self.env._("Name")
        if name == "vat":
            return self.env._("VAT")
        return self._fields[name]._description_string(self.env)

    def _get_change_scope(self):
        """Return which rules apply to changes of this partner."""
        if self and self == self.commercial_partner_id:
            return "company"
        return "contact" if self.type == "contact" and self else "address"

    def _split_changes(self, values):
        """Return whose data the values of a form are.

        Odoo lets a contact's form overwrite his company: its name, and the address
        that they share. Here each value goes to the one whom it belongs to.

        :param values: ``{field: value}``
        :return: ``{partner: {field: value}}``
        """
        self.ensure_one()
        split = {}
        for name, value in values.items():
            owner, owned_name = self._get_change_owner(name)
            if name == "company_name" and owned_name == "name":
                if not value or "name" in split.get(owner, {}):
                    continue  # an empty company name would be a company without one
            split.setdefault(owner, {})[owned_name] = value
        return split

    def _get_change_owner(self, name):
        """Return ``(partner, field)``: where a field of this partner really lives."""
        customer = self.commercial_partner_id
        if name == "company_name" and customer.is_company:
            return customer, "name"
        if self != customer and name in self._commercial_fields():
            return customer, name
        if name in self._address_fields():
            return self._get_address_owner(), name
        return self, name

    def _get_address_owner(self):
        """Return whose address this is: contacts share the one of their company."""
        owner = self
        while owner != owner.commercial_partner_id and owner.type == "contact":
            owner = owner.parent_id
        return owner

    def _may_request_changes(self, target):
        """Return whether this contact may ask for changes of a partner.

        :param target: a partner of his company; empty for a new address
        """
        customer = self.commercial_partner_id
        if customer.portal_change_mode == "locked":
            return False
        is_private_person = target == self == customer and not customer.is_company
        is_own_record = target == self != customer
        return is_own_record or is_private_person or self.portal_may_edit_company

    # === WHAT ODOO LOCKS === #

    # Once documents exist, Odoo refuses these changes; as a request they are welcome,
    # because staff look at them. These methods only say yes or no, so it does not
    # matter that a client can send the context key.

    def can_edit_vat(self):
        if self.env.context.get("change_request_mode"):
            return self == self.commercial_partner_id
        return super().can_edit_vat()

    def _can_edit_country(self):
        if self.env.context.get("change_request_mode"):
            return True
        return super()._can_edit_country()

    def _is_locked_by_documents(self, name):
        """Return whether Odoo would refuse a customer to change this by himself."""
        if name in ("vat", "name") and self == self.commercial_partner_id:
            return not self.can_edit_vat()
        return name == "country_id" and not self._can_edit_country()
