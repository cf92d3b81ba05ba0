from odoo import api, models
from odoo.fields import Command


class OrderSheetPart(models.AbstractModel):
    """A page, a question, an option or a condition of an order sheet.

    Its structure changes only while nobody can fill in the sheet; words may be
    corrected any time, because an order keeps the words that its customer has read.
    """

    _name = "order.sheet.part"
    _description = "Part of an Order Sheet"
    _order = "sequence, id"

    # Fields that say something, and decide nothing.
    _text_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._get_sheets()._check_editable()
        return parts

    def write(self, vals):
        is_structure = any(self._is_structure(*item) for item in vals.items())
        if is_structure:
            self._get_sheets()._check_editable()
        result = super().write(vals)
        if is_structure:  # nor may it move to another sheet that is in use
            self._get_sheets()._check_editable()
        return result

    def _is_structure(self, name, value):
        if self._fields[name].type == "one2many" and isinstance(value, list):
            # what changes within a question or an option, it looks after itself
            return any(command[0] != Command.UPDATE for command in value)
        return name not in self._text_fields

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._get_sheets()._check_editable()

    def _get_sheets(self):
        return self.sheet_id
