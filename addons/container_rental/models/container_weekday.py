from odoo import api, fields, models, tools


class ContainerWeekday(models.Model):
    """A day of the week on which the lorry comes."""

    _name = "container.weekday"
    _description = "Delivery Weekday"
    _order = "index"

    name = fields.Char(required=True, translate=True)
    index = fields.Integer(required=True, help="0 is Monday, 6 is Sunday.")

    _index_uniq = models.UniqueIndex("(index)", "Each weekday exists once.")

    @api.model
    @tools.ormcache()
    def _get_indexes(self):
        """Return the index of each weekday by its id; nothing ever changes them."""
        return {weekday.id: weekday.index for weekday in self.sudo().search([])}
