from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache


class CustomerChangeRule(models.Model):
    """What becomes of a field that a customer changes: at once, by approval, never.

    A field without a rule needs an approval.
    """

    _name = "customer.change.rule"
    _description = "Rule for Changes by Customers"
    _order = "sequence, id"
    _rec_name = "field_id"

    sequence = fields.Integer(default=10)
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        index=True,
        ondelete="cascade",
        domain=lambda self: self._get_field_domain(),
    )
    field_name = fields.Char(related="field_id.name", store=True)
    scope = fields.Selection(
        [
            ("company", "Company data"),
            ("contact", "Contacts"),
            ("address", "Further addresses"),
        ],
        string="Applies to",
        required=True,
        default="company",
    )
    action = fields.Selection(
        [
            ("auto", "Takes effect at once"),
            ("approve", "Needs an approval"),
            ("locked", "Cannot be changed"),
        ],
        string="A Change",
        required=True,
        default="approve",
    )
    validator_group_ids = fields.Many2many(
        "res.groups",
        string="Approved by Members of",
        help="Whoever approves must be in one of these groups. Empty: all approvers.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: for all companies."
    )
    active = fields.Boolean(default=True)

    _field_uniq = models.UniqueIndex(
        "(field_id, scope, COALESCE(company_id, 0)) WHERE active",
        "There is a rule for this field already.",
    )

    @api.model
    def _get_field_domain(self):
        names = sorted(self.env["res.partner"]._get_change_fields())
        return [("model", "=", "res.partner"), ("name", "in", names)]

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        result = super().create(vals_list)
        self.env.registry.clear_cache()
        return result

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # === BUSINESS METHODS === #

    @api.model
    def _get_actions(self, scope, company):
        """Return what becomes of the fields that have a rule: ``{field: action}``."""
        rules = self._read_rules(scope, company.id)
        return {name: action for name, (action, _rule_id) in rules.items()}

    @api.model
    def _get_rules(self, scope, company):
        """Return the rules of a scope by the name of the field."""
        rules = self._read_rules(scope, company.id)
        return {
            name: self.browse(rule_id) for name, (_action, rule_id) in rules.items()
        }

    @api.model
    @ormcache("scope", "company_id")
    def _read_rules(self, scope, company_id):
        """Return ``{field: (action, id of the rule)}``.

        The rules of the company come before those for all companies.
        """
        # A customer need not know the rules, but they count for him.
        rules_sudo = self.sudo().search(
            Domain("scope", "=", scope)
            & Domain("company_id", "in", [company_id, False])
        )
        ordered = rules_sudo.sorted(lambda rule: bool(rule.company_id))
        return {rule.field_name: (rule.action, rule.id) for rule in ordered}
