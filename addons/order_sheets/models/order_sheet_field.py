from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.filled_sheet import PRODUCTS
from ..tools.keys import KEY, make_key

FIELD_TYPES = [
    ("info", "Information"),
    ("char", "Text line"),
    ("text", "Text"),
    ("integer", "Whole number"),
    ("float", "Decimal number"),
    ("boolean", "Tick box"),
    ("date", "Date"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("url", "Website"),
    ("choice", "Choice"),
    ("multi", "Multiple choice"),
    ("image_choice", "Choice of pictures"),
    ("file", "Files"),
    ("address", "Delivery address"),
    ("product_qty", "Product with quantity"),
    ("product_choice", "Choice of products"),
    ("product_matrix", "Table of products"),
]
CHOICES = ("choice", "multi", "image_choice")
QUANTITIES = ("product_qty", "product_matrix")
NUMBERS = ("integer", "float")
# what an answer may become in the sale order, by type of the question
TARGETS = {
    "client_order_ref": ("char", "integer", "email", "phone", "choice"),
    "note": ("char", "text"),
    "commitment_date": ("date",),
    "shipping_partner": ("address",),
    "line_description": ("char", "text", "integer", "float", "date", *CHOICES),
}


class OrderSheetField(models.Model):
    """A question on a page of an order sheet, or a text between questions."""

    _name = "order.sheet.field"
    _description = "Question of an Order Sheet"
    _inherit = "order.sheet.part"
    _rec_name = "label"
    _check_company_auto = True

    _text_fields = frozenset(
        ("label", "help", "placeholder", "content", "regex_message")
    )

    page_id = fields.Many2one(
        "order.sheet.page", required=True, index=True, ondelete="cascade"
    )
    sheet_id = fields.Many2one(related="page_id.sheet_id", store=True, index=True)
    company_id = fields.Many2one(related="sheet_id.company_id")
    sequence = fields.Integer(default=10)
    key = fields.Char(
        required=True,
        help="How exports and the next version name this question.",
    )
    label = fields.Char(required=True, translate=True)
    help = fields.Char(translate=True, help="Customers read it below the question.")
    placeholder = fields.Char(translate=True)
    content = fields.Html(string="Text", translate=True)
    width = fields.Selection(
        [("full", "Whole line"), ("half", "Half a line")],
        required=True,
        default="full",
    )
    field_type = fields.Selection(
        FIELD_TYPES, string="Type", required=True, default="char"
    )
    required = fields.Boolean()
    condition_mode = fields.Selection(
        [("all", "All conditions hold"), ("any", "One of the conditions holds")],
        string="Shown if",
        required=True,
        default="all",
    )
    condition_ids = fields.One2many("order.sheet.condition", "field_id")
    option_ids = fields.One2many("order.sheet.option", "field_id", copy=True)
    choice_display = fields.Selection(
        [("radio", "Buttons"), ("select", "List")], default="radio"
    )
    sale_target = fields.Selection(
        [
            ("client_order_ref", "Customer reference"),
            ("note", "Terms and conditions"),
            ("commitment_date", "Delivery date"),
            ("shipping_partner", "Delivery address"),
            ("line_description", "Description of the lines of this page"),
        ],
        string="In the Sale Order",
        help="Where the answer goes in the sale order.",
    )

    # === PRODUCTS === #

    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        domain=[("sale_ok", "=", True)],
        check_company=True,
    )
    fixed_qty = fields.Float(
        string="Quantity",
        default=1,
        digits="Product Unit",
        help="So much of the chosen product is ordered.",
    )
    qty_field_id = fields.Many2one(
        "order.sheet.field",
        string="Quantity from",
        domain="[('sheet_id', '=', sheet_id),"
        " ('field_type', 'in', ('integer', 'float'))]",
        copy=False,
        ondelete="restrict",
        help="The question in which the customer says how many he wants.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE (sheet_id, key)", "Two questions of a sheet have the same key."
    )

    @api.model_create_multi
    def create(self, vals_list):
        pages = self.env["order.sheet.page"]
        taken = {}
        for vals in vals_list:
            sheet = pages.browse(vals.get("page_id")).sheet_id
            if sheet.id not in taken:
                taken[sheet.id] = set(sheet.field_ids.mapped("key"))
            if not vals.get("key"):
                vals["key"] = make_key(vals.get("label"), taken[sheet.id])
            taken[sheet.id].add(vals["key"])
        return super().create(vals_list)

    def unlink(self):
        self._forget_answers()
        return super().unlink()

    def _forget_answers(self):
        """Delete what was answered: the database would leave the files behind."""
        # Whoever builds sheets need not be the one who works on requests.
        answers_sudo = self.env["order.sheet.answer"].sudo()
        answers_sudo.search([("field_id", "in", self.ids)]).unlink()

    # === CONSTRAINTS === #

    @api.constrains("key")
    def _check_key(self):
        self._check_keys(self)

    @api.model
    def _check_keys(self, records):
        for record in records:
            if not KEY.fullmatch(record.key or ""):
                raise ValidationError(
                    self.env._(
                        "The key “%(key)s” has other characters than a-z, 0-9 and _, or"
                        " more than 40.",
                        key=record.key,
                    )
                )

    @api.constrains("sale_target", "field_type")
    def _check_sale_target(self):
        for field in self:
            target = field.sale_target
            if target and field.field_type not in TARGETS[target]:
                raise ValidationError(
                    self.env._(
                        "“%(label)s” cannot become “%(target)s” in the sale order.",
                        label=field.label,
                        target=dict(
                            self._fields["sale_target"]._description_selection(self.env)
                        )[target],
                    )
                )

    @api.constrains("qty_field_id", "fixed_qty")
    def _check_quantity(self):
        for field in self:
            source = field.qty_field_id
            if source and source.sheet_id != field.sheet_id:
                raise ValidationError(
                    self.env._(
                        "The quantity of “%(label)s” comes from another sheet.",
                        label=field.label,
                    )
                )
            if field.fixed_qty <= 0:
                raise ValidationError(
                    self.env._("“Quantity” must be more than 0: %s", field.label)
                )

    # === PUBLISHING === #

    def _get_faults(self):
        """Return what keeps the sheet from being published: texts."""
        self.ensure_one()
        _, label = self.env._, self.label
        faults = []
        if self.field_type in CHOICES and not self.option_ids:
            faults.append(_("“%(label)s” has no options.", label=label))
        if self.field_type in PRODUCTS and not self._get_products():
            faults.append(_("“%(label)s” has no products.", label=label))
        if self.field_type == "product_qty" and len(self.product_ids) > 1:
            faults.append(
                _(
                    "“%(label)s” has several products; make it a table of products.",
                    label=label,
                )
            )
        if self.field_type == "product_choice" and self.qty_field_id:
            faults += self._get_quantity_faults()
        conditions = self.condition_ids
        faults += conditions._get_faults() + conditions._get_value_faults()
        return faults

    def _get_quantity_faults(self):
        """Return why a customer could choose a product and order none of it: texts."""
        source = self.qty_field_id
        if source.field_type in NUMBERS and source.required:
            return []
        return [
            self.env._(
                "“%(label)s” takes its quantity from “%(question)s”, which has to be a"
                " required number.",
                label=self.label,
                question=source.label,
            )
        ]

    # === PLACE === #

    def copy(self, default=None):
        """Copy questions within their page: a copy has a key of its own."""
        copies = super().copy({"key": False, **(default or {})})
        for field, copy in zip(self, copies, strict=True):
            sources = field.sheet_id.field_ids.grouped("key")
            if copy.sheet_id == field.sheet_id:
                copy.qty_field_id = field.qty_field_id
                field.condition_ids._copy_to(copy, sources)
        return copies

    def _get_place(self):
        """Return where the question stands: comparable with other places."""
        page = self.page_id
        return (page.sequence, page.id, self.sequence, self.id)
