from odoo import fields, models


class OrderSheetAnswer(models.Model):
    """What a customer has filled in for one question: a value, or what he typed.

    A table of products has one answer for each row. What keeps not to the rules is kept
    as it was typed, so that nothing is lost and the page stays incomplete.
    """

    _name = "order.sheet.answer"
    _description = "Answer in an Order Request"
    _order = "id"

    request_id = fields.Many2one(
        "order.sheet.request", required=True, index=True, ondelete="cascade"
    )
    field_id = fields.Many2one(
        "order.sheet.field", required=True, index=True, ondelete="cascade"
    )
    key = fields.Char(related="field_id.key", store=True, precompute=True)
    row_product_id = fields.Many2one(
        "product.product", string="Row", index="btree_not_null", ondelete="restrict"
    )
    typed = fields.Text(help="What the customer typed, where it cannot be a value.")
    value_text = fields.Text()
    value_number = fields.Float()  # as it was typed, whatever the digits
    value_date = fields.Date()
    value_bool = fields.Boolean()
    value_json = fields.Json()
    partner_id = fields.Many2one(
        "res.partner", string="Address", index="btree_not_null", ondelete="set null"
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", ondelete="restrict"
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    is_empty = fields.Boolean(
        default=True, help="There is no answer: a number of 0 is one."
    )
    rev = fields.Integer(
        string="Revision", help="Of the order request, when this answer changed last."
    )

    _question_uniq = models.UniqueIndex(
        "(request_id, field_id, COALESCE(row_product_id, 0))",
        "A question has one answer.",
    )

    def unlink(self):
        files = self.grouped("request_id")
        files = {request: it.attachment_ids for request, it in files.items()}
        result = super().unlink()
        for request, attachments in files.items():
            request._delete_files(attachments)
        return result

    def _get_value(self):
        """Return the value as ``OrderSheetField._parse`` does, or None."""
        column = self.field_id._get_column()
        if not self or self.is_empty or not column:
            return None
        value = self[column]
        if column == "attachment_ids":
            return value.ids or None
        if column in ("partner_id", "product_id"):
            return value.id or None
        if self.field_id.field_type == "integer":
            return int(value)
        return value

    def _prepare_vals(self, field, value, typed):
        """Return what keeps a value, or what was typed instead.

        :param value: as ``OrderSheetField._parse`` returns it
        """
        column = field._get_column()
        return {
            column: False if value is None else value,
            "typed": typed,
            "is_empty": value is None,
        }
