from odoo import fields, models


class ContainerWeekday(models.Model):
    """A day of the week on which the lorry comes."""

    _name = "container.weekday"
    _description = "Delivery Weekday"
    _order = "index"

    name = fields.Char(required=True, translate=True)
    index = fields.Integer(required=True, help="0 is Monday, 6 is Sunday.")

    _index_uniq = models.UniqueIndex("(index)", "Each weekday exists once.")
