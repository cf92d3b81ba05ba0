from odoo import api, fields, models

from .order_sheet_condition import SOURCES


class OrderSheetPage(models.Model):
    """What the list of pages tells about each of them."""

    _inherit = "order.sheet.page"

    sheet_state = fields.Selection(related="sheet_id.state")
    condition_summary = fields.Char(
        string="Shown Only If", compute="_compute_condition_summary"
    )
    offered_field_ids = fields.Many2many(
        "order.sheet.field",
        compute="_compute_offered_field_ids",
        help="Questions that a condition of this page may ask for.",
    )
    field_count = fields.Integer(
        string="Number of Questions", compute="_compute_field_count"
    )

    @api.depends("condition_ids.display_name", "condition_mode")
    @api.depends_context("lang")
    def _compute_condition_summary(self):
        for page in self:
            conditions, mode = page.condition_ids, page.condition_mode
            page.condition_summary = conditions._get_summary(mode)

    @api.depends("field_ids.field_type")
    def _compute_field_count(self):
        for page in self:
            questions = page.field_ids.filtered(lambda it: it.field_type != "info")
            page.field_count = len(questions)

    @api.depends("sheet_id.field_ids.field_type", "sequence")
    def _compute_offered_field_ids(self):
        for page in self:
            offered = page.sheet_id._origin.field_ids.filtered(
                lambda it, page=page: it.field_type in SOURCES and page._follows(it)
            )
            page.offered_field_ids = offered

    def _follows(self, field):
        """Return whether this page comes after a question; a new one is the last."""
        if not self._origin:
            return True
        return field._get_place() < (self.sequence, self._origin.id)
