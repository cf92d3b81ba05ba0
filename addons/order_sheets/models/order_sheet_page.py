from odoo import fields, models


class OrderSheetPage(models.Model):
    """One step of an order sheet."""

    _name = "order.sheet.page"
    _description = "Page of an Order Sheet"
    _inherit = "order.sheet.part"

    _text_fields = frozenset(("name", "description", "image"))

    sheet_id = fields.Many2one(
        "order.sheet", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    description = fields.Html(translate=True)
    image = fields.Image(max_width=1024, max_height=1024)
    is_selectable = fields.Boolean(
        string="Optional",
        help="Customers tick this page in the contents if they need it.",
    )
    field_ids = fields.One2many(
        "order.sheet.field", "page_id", string="Questions", copy=True
    )
    condition_mode = fields.Selection(
        [("all", "All conditions hold"), ("any", "One of the conditions holds")],
        string="Shown if",
        required=True,
        default="all",
    )
    condition_ids = fields.One2many("order.sheet.condition", "page_id")

    def unlink(self):
        self.field_ids._forget_answers()  # the database deletes the questions
        return super().unlink()

    def _get_faults(self):
        """Return what keeps the sheet from being published: texts."""
        self.ensure_one()
        faults = []
        if not self.field_ids:
            faults.append(self.env._("Page “%(page)s” is empty.", page=self.name))
        faults += (fault for field in self.field_ids for fault in field._get_faults())
        conditions = self.condition_ids
        return [*faults, *conditions._get_faults(), *conditions._get_value_faults()]
