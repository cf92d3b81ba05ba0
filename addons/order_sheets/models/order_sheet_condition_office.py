from odoo import api, fields, models

from .order_sheet_condition import WITHOUT_VALUE
from .order_sheet_field import CHOICES


class OrderSheetCondition(models.Model):
    """How somebody who builds a sheet chooses a condition, and reads it."""

    _inherit = "order.sheet.condition"

    source_type = fields.Selection(related="source_field_id.field_type")
    option_ids = fields.Many2many(
        "order.sheet.option",
        string="Options",
        compute="_compute_option_ids",
        inverse="_inverse_option_ids",
    )

    @api.depends("source_field_id", "value")
    def _compute_option_ids(self):
        for condition in self:
            keys = condition._get_keys()
            condition.option_ids = condition.source_field_id.option_ids.filtered(
                lambda it, keys=keys: it.key in keys
            )

    def _inverse_option_ids(self):
        for condition in self:
            if condition.source_field_id.field_type in CHOICES:
                condition.value = condition._join_keys()

    @api.depends("source_field_id.label", "operator", "value")
    @api.depends_context("lang")
    def _compute_display_name(self):
        operators = dict(self._fields["operator"]._description_selection(self.env))
        for condition in self:
            parts = (
                condition.source_field_id.label,
                operators.get(condition.operator),
                condition._get_value_text(),
            )
            condition.display_name = " ".join(filter(None, parts))

    # === ONCHANGE METHODS === #

    @api.onchange("source_field_id")
    def _onchange_source_field_id(self):
        """Forget an answer to another question; a tick box has but one."""
        self.value = "yes" if self.source_field_id.field_type == "boolean" else False

    @api.onchange("option_ids")
    def _onchange_option_ids(self):
        if self.source_field_id.field_type in CHOICES:
            self.value = self._join_keys()
            if len(self.option_ids) > 1:
                self.operator = {"=": "in", "!=": "not_in"}.get(
                    self.operator, self.operator
                )

    # === BUSINESS METHODS === #

    def _get_summary(self, mode):
        """Return when a page or a question is shown, as one sentence.

        :param mode: ``any`` or ``all``
        """
        word = self.env._("or") if mode == "any" else self.env._("and")
        return f" {word} ".join(self.mapped("display_name"))

    def _get_keys(self):
        return {part.strip() for part in (self.value or "").split(",")}

    def _join_keys(self):
        return ", ".join(self.option_ids.mapped("key")) or False

    def _get_value_text(self):
        if self.operator in WITHOUT_VALUE:
            return ""
        if options := self.option_ids:
            return ", ".join(
                self.env._("“%(option)s”", option=option.label) for option in options
            )
        if self.source_field_id.field_type == "boolean":
            yes = (self.value or "").strip().casefold() == "yes"
            return self.env._("Yes") if yes else self.env._("No")
        return self.value
