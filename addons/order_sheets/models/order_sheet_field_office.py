from odoo import api, fields, models

from .order_sheet_condition import SOURCES


class OrderSheetField(models.Model):
    """What somebody who builds a sheet reads about a question."""

    _inherit = "order.sheet.field"

    sheet_state = fields.Selection(related="sheet_id.state")
    condition_summary = fields.Char(
        string="Shown Only If", compute="_compute_condition_summary"
    )
    offered_field_ids = fields.Many2many(
        "order.sheet.field",
        compute="_compute_offered_field_ids",
        help="Questions that a condition of this question may ask for.",
    )
    type_help = fields.Char(compute="_compute_type_help")

    @api.depends("condition_ids.display_name", "condition_mode")
    @api.depends_context("lang")
    def _compute_condition_summary(self):
        for field in self:
            conditions, mode = field.condition_ids, field.condition_mode
            field.condition_summary = conditions._get_summary(mode)

    @api.depends("page_id.sequence", "sheet_id.field_ids.field_type", "sequence")
    def _compute_offered_field_ids(self):
        for field in self:
            offered = field.sheet_id._origin.field_ids.filtered(
                lambda it, field=field: it.field_type in SOURCES and field._follows(it)
            )
            field.offered_field_ids = offered

    def _follows(self, other):
        """Return whether this question comes after another; a new one is the last."""
        page = self.page_id
        if other.page_id != page._origin:
            return page._follows(other)
        if not self._origin:
            return True
        return (other.sequence, other.id) < (self.sequence, self._origin.id)

    @api.depends("field_type")
    @api.depends_context("lang")
    def _compute_type_help(self):
        texts = self._get_type_helps()
        for field in self:
            field.type_help = texts.get(field.field_type)

    def _get_type_helps(self):
        """Return what customers do with each type of question."""
        _ = self.env._
        return {
            "info": _("Customers read the text; there is nothing to answer."),
            "char": _("Customers type one line."),
            "text": _("Customers type as many lines as they need."),
            "integer": _("Customers type a number such as 12."),
            "float": _("Customers type a number such as 12.5."),
            "boolean": _("Customers tick a box. Required: they have to tick it."),
            "date": _("Customers choose a day."),
            "email": _("Customers type an e-mail address, which is checked."),
            "phone": _("Customers type a phone number."),
            "url": _("Customers type the address of a website."),
            "choice": _("Customers choose one of the options."),
            "multi": _("Customers choose as many of the options as they like."),
            "image_choice": _("Customers choose one of the options by its picture."),
            "file": _("Customers send files, such as their logo."),
            "address": _("Customers choose one of their delivery addresses."),
            "product_qty": _("Customers say how many they need of one product."),
            "product_choice": _("Customers choose one of several products."),
            "product_matrix": _("Customers say how many they need of each product."),
        }
