from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.numbers import parse_number
from .order_sheet_field import CHOICES

# Types whose answers can be compared with a text.
SOURCES = (
    *("char", "text", "integer", "float", "boolean", "date", "email", "phone", "url"),
    *("choice", "multi", "image_choice", "product_qty"),
)
COMPARING = (">", ">=", "<", "<=")
WITHOUT_VALUE = ("set", "not_set")
# What can be compared, by type: a value of its kind.
_EXAMPLES = {
    **dict.fromkeys(("integer", "float", "product_qty"), 0.0),
    "date": date.min,
}


class OrderSheetCondition(models.Model):
    """When a page or a question is shown: as an earlier answer says."""

    _name = "order.sheet.condition"
    _description = "Condition of an Order Sheet"
    _inherit = "order.sheet.part"
    _order = "id"

    page_id = fields.Many2one(
        "order.sheet.page", index="btree_not_null", ondelete="cascade"
    )
    field_id = fields.Many2one(
        "order.sheet.field", index="btree_not_null", ondelete="cascade"
    )
    sheet_id = fields.Many2one("order.sheet", compute="_compute_sheet_id")
    source_field_id = fields.Many2one(
        "order.sheet.field",
        string="Question",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("field_type", "in", SOURCES)],
    )
    operator = fields.Selection(
        [
            ("=", "is"),
            ("!=", "is not"),
            ("in", "is one of"),
            ("not_in", "is none of"),
            (">", "is more than"),
            (">=", "is at least"),
            ("<", "is less than"),
            ("<=", "is at most"),
            ("contains", "contains"),
            ("set", "is answered"),
            ("not_set", "is not answered"),
        ],
        required=True,
        default="=",
    )
    value = fields.Char(
        help="The key of an option, a text, a number, a day as 2026-12-31, or yes."
        " Several are separated by commas.",
    )

    _owner_one = models.Constraint(
        "CHECK ((page_id IS NULL) != (field_id IS NULL))",
        "A condition belongs either to a page or to a question.",
    )

    @api.depends("page_id.sheet_id", "field_id.sheet_id")
    def _compute_sheet_id(self):
        for condition in self:
            owner = condition.page_id or condition.field_id
            condition.sheet_id = owner.sheet_id

    @api.constrains("source_field_id", "page_id", "field_id")
    def _check_source(self):
        for condition in self:
            if condition.source_field_id.sheet_id != condition.sheet_id:
                raise ValidationError(
                    self.env._(
                        "“%(label)s” is a question of another sheet.",
                        label=condition.source_field_id.label,
                    )
                )
            if faults := condition._get_faults():
                raise ValidationError("\n".join(faults))

    def _get_faults(self):
        """Return what keeps the sheet from being published: texts.

        A question that stands first can depend on nothing that follows, so there is no
        circle.
        """
        return [
            self.env._(
                "“%(owner)s” depends on “%(question)s”, which comes later.",
                owner=condition._get_owner_name(),
                question=condition.source_field_id.label,
            )
            for condition in self
            if condition.source_field_id._get_place() >= condition._get_place()
        ]

    def _get_value_faults(self):
        """Return which conditions can never be what their builder means: texts."""
        return [
            self.env._(
                "“%(owner)s” depends on “%(question)s”, which is never “%(value)s”.",
                owner=condition._get_owner_name(),
                question=condition.source_field_id.label,
                value=condition.value or "",
            )
            for condition in self
            if not condition._can_hold()
        ]

    def _get_owner_name(self):
        return self.field_id.label or self.page_id.name

    def _can_hold(self):
        """Return whether the question can be answered as the condition says."""
        source = self.source_field_id
        if source.field_type not in SOURCES:
            return False
        if self.operator in WITHOUT_VALUE:
            return True
        parts = self._get_parts()
        if self.operator in COMPARING:
            return self._get_limit(_EXAMPLES.get(source.field_type)) is not None
        if source.field_type in CHOICES and self.operator != "contains":
            keys = {key.casefold() for key in source.option_ids.mapped("key")}
            return bool(parts) and parts <= keys
        if source.field_type == "boolean":
            return parts == {"yes"}
        return bool(parts)

    def _get_place(self):
        if self.field_id:
            return self.field_id._get_place()
        return (self.page_id.sequence, self.page_id.id)

    def _copy_to(self, owner, fields_by_key):
        """Copy the conditions to the same page or question of another sheet."""
        name = "page_id" if owner._name == "order.sheet.page" else "field_id"
        self.create(
            [
                {
                    name: owner.id,
                    "source_field_id": fields_by_key[condition.source_field_id.key].id,
                    "operator": condition.operator,
                    "value": condition.value,
                }
                for condition in self
            ]
        )

    # === WHETHER IT HOLDS === #

    def _holds(self, value):
        """Return whether the condition holds.

        :param value: of the question, as ``OrderSheetField._parse`` returns it; None
            where it is not answered, or not shown
        """
        self.ensure_one()
        if self.operator in WITHOUT_VALUE:
            return (value is not None) == (self.operator == "set")
        if self.operator in COMPARING:
            return _is_comparable(value) and self._compares(value)
        answers = {_as_text(it) for it in _as_list(value)}
        wanted = self._get_parts()
        if self.operator == "contains":
            return any(part in answer for answer in answers for part in wanted)
        if _is_number(value):  # 10.0 is 10
            wanted = {_as_text(self._parse_number(part)) for part in wanted}
        is_among = bool(answers & wanted)
        return is_among if self.operator in ("=", "in") else not is_among

    def _get_parts(self):
        """Return the values with which an answer is compared, in small letters."""
        texts = [self.value or ""]
        if self.operator not in ("=", "!="):
            texts = texts[0].split(",")
        return {text.strip().casefold() for text in texts} - {""}

    def _compares(self, value):
        limit = self._get_limit(value)
        if limit is None:
            return False
        return {
            ">": value > limit,
            ">=": value >= limit,
            "<": value < limit,
            "<=": value <= limit,
        }[self.operator]

    def _get_limit(self, value):
        """Return the value of the condition as comparable with an answer, or None."""
        text = (self.value or "").strip()
        if _is_number(value):
            return self._parse_number(text)
        if not isinstance(value, date):
            return None
        try:
            return fields.Date.to_date(text)
        except ValueError:
            return None

    def _parse_number(self, text):
        # It is the builder who wrote it, in no language.
        return parse_number(self.with_context(lang="en_US").env, text)


def _as_text(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold()


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_comparable(value):
    return _is_number(value) or isinstance(value, date)


def _as_list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
