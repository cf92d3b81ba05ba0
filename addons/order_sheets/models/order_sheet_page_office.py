from odoo import api, fields, models


class OrderSheetPage(models.Model):
    """What the list of pages tells about each of them."""

    _inherit = "order.sheet.page"

    condition_summary = fields.Char(
        string="Shown Only If", compute="_compute_condition_summary"
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
