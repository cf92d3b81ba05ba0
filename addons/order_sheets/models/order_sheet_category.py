from odoo import fields, models


class OrderSheetCategory(models.Model):
    """A heading under which customers find order sheets: advertising, equipment."""

    _name = "order.sheet.category"
    _description = "Category of Order Sheets"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
