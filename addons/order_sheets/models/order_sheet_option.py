from odoo import api, fields, models

from ..tools.keys import make_key


class OrderSheetOption(models.Model):
    """One of the answers among which a customer chooses."""

    _name = "order.sheet.option"
    _description = "Option of an Order Sheet"
    _inherit = "order.sheet.part"
    _rec_name = "label"

    _text_fields = frozenset(("label", "image"))

    field_id = fields.Many2one(
        "order.sheet.field", required=True, index=True, ondelete="cascade"
    )
    sheet_id = fields.Many2one(related="field_id.sheet_id")
    sequence = fields.Integer(default=10)
    label = fields.Char(required=True, translate=True)
    key = fields.Char(
        required=True, help="How conditions and exports name this answer."
    )
    image = fields.Image(max_width=512, max_height=512)
    product_id = fields.Many2one(
        "product.product",
        domain=[("sale_ok", "=", True)],
        index="btree_not_null",
        ondelete="restrict",
        help="Whoever chooses this orders one of it.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE (field_id, key)", "Two options of a question have the same key."
    )

    @api.model_create_multi
    def create(self, vals_list):
        questions = self.env["order.sheet.field"]
        taken = {}
        for vals in vals_list:
            question = questions.browse(vals.get("field_id"))
            if question.id not in taken:
                taken[question.id] = set(question.option_ids.mapped("key"))
            if not vals.get("key"):
                vals["key"] = make_key(vals.get("label"), taken[question.id])
            taken[question.id].add(vals["key"])
        return super().create(vals_list)

    @api.constrains("key")
    def _check_key(self):
        self.env["order.sheet.field"]._check_keys(self)
