from odoo import api, fields, models


class OrderSheetField(models.Model):
    """What somebody who builds a sheet reads about a question."""

    _inherit = "order.sheet.field"

    condition_summary = fields.Char(
        string="Shown Only If", compute="_compute_condition_summary"
    )
    type_help = fields.Char(compute="_compute_type_help")

    @api.depends("condition_ids.display_name", "condition_mode")
    @api.depends_context("lang")
    def _compute_condition_summary(self):
        for field in self:
            conditions, mode = field.condition_ids, field.condition_mode
            field.condition_summary = conditions._get_summary(mode)

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
