from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import field_values


class CustomerChangeLine(models.Model):
    """One field that a customer wants to have changed: what it was, what it shall be.

    What it is right now is looked at anew each time: where somebody else has changed
    the field since, staff have to say which value counts.
    """

    _name = "customer.change.line"
    _description = "Change of a Field"
    _order = "request_id desc, id"

    request_id = fields.Many2one(
        "customer.change.request", required=True, index=True, ondelete="cascade"
    )
    field_id = fields.Many2one(
        "ir.model.fields",
        string="Field of the Contact",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("model", "=", "res.partner")],
        groups="base.group_user",
    )
    field_name = fields.Char(string="Technical Name", required=True, readonly=True)
    old_value = fields.Json(readonly=True)
    new_value = fields.Json(readonly=True)
    decision = fields.Selection(
        [("open", "Open"), ("approved", "Approve"), ("rejected", "Reject")],
        default="open",
        required=True,
    )
    reason = fields.Char(help="The customer reads why this change was rejected.")
    overridden = fields.Json(
        groups="base.group_user",
        help="The present value that was seen and shall be replaced all the same.",
    )

    label = fields.Char(string="Field", compute="_compute_texts", compute_sudo=True)
    old_text = fields.Char(string="Before", compute="_compute_texts", compute_sudo=True)
    new_text = fields.Char(string="New", compute="_compute_texts", compute_sudo=True)
    current_text = fields.Char(
        string="Now",
        compute="_compute_current",
        compute_sudo=True,
        groups="base.group_user",
    )
    is_applied = fields.Boolean(
        compute="_compute_current", compute_sudo=True, groups="base.group_user"
    )
    has_conflict = fields.Boolean(
        string="Conflict",
        compute="_compute_current",
        compute_sudo=True,
        groups="base.group_user",
    )
    # For statistics.
    state = fields.Selection(
        related="request_id.state",
        store=True,
        precompute=True,
        string="Status",
        index=True,
    )
    commercial_partner_id = fields.Many2one(
        related="request_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, precompute=True, index=True
    )
    processing_hours = fields.Float(
        related="request_id.processing_hours",
        store=True,
        precompute=True,
        aggregator="avg",
        groups="base.group_user",
    )

    _field_uniq = models.UniqueIndex(
        "(request_id, field_name)", "A change request names each field once."
    )

    # === COMPUTE METHODS === #

    @api.depends("field_name", "old_value", "new_value")
    @api.depends_context("lang")
    def _compute_texts(self):
        partners = self.env["res.partner"]
        names = self.mapped("field_name") * 2
        values = [*self.mapped("old_value"), *self.mapped("new_value")]
        field_values.read_names(partners, zip(names, values, strict=True))
        for line in self:
            name = line.field_name
            line.label = partners._get_change_label(name)
            line.old_text = field_values.show(partners, name, line.old_value)
            line.new_text = field_values.show(partners, name, line.new_value)

    @api.depends("field_name", "old_value", "new_value", "overridden", "decision")
    @api.depends_context("lang")
    def _compute_current(self):
        """What the field holds at this moment, and whether that is a conflict."""
        for line in self:
            target = line.request_id._get_target()
            current = line.old_value
            if target:
                current = field_values.get_value(target, line.field_name)
            known = [line.old_value, line.new_value]
            if line.overridden:
                known.append(line.overridden["value"])
            line.current_text = field_values.show(target, line.field_name, current)
            line.is_applied = current == line.new_value
            line.has_conflict = line.decision != "rejected" and current not in known

    # === CRUD METHODS === #

    def write(self, vals):
        if not self.env.su:
            self._check_write(vals)
        return super().write(vals)

    def _check_write(self, vals):
        """Let staff decide about a change, and never rewrite what was asked for."""
        if not vals.keys() <= {"decision", "reason"}:
            raise UserError(
                self.env._("What a customer has asked for cannot be rewritten.")
            )
        self._check_pending()

    def _check_pending(self):
        decided = self.request_id.filtered(lambda request: request.state != "pending")
        if decided:
            raise UserError(
                self.env._(
                    "%(names)s: this is decided already.",
                    names=", ".join(decided.mapped("name")),
                )
            )

    # === ACTION METHODS === #

    def action_override(self):
        """Replace what somebody else has entered meanwhile by the customer's wish."""
        self.request_id._check_can_decide()
        self.request_id._lock()
        self._check_pending()
        for line in self:
            target = line.request_id._get_target()
            current = field_values.get_value(target, line.field_name)
            # Nobody may say by hand which value he has seen.
            line.sudo().overridden = {"value": current}
