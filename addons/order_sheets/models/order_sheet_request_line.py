from odoo import api, fields, models


class OrderSheetRequestLine(models.Model):
    """A product that a customer has ordered with an order sheet.

    Lines are written when the order is submitted, with the prices of that moment. They
    become lines of the sale order, and tell what a campaign needs of each product.
    """

    _name = "order.sheet.request.line"
    _description = "Product of an Order Request"
    _order = "request_id desc, sequence, id"
    _rec_name = "product_id"

    request_id = fields.Many2one(
        "order.sheet.request", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    field_id = fields.Many2one(
        "order.sheet.field", string="Question", index=True, ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="restrict"
    )
    quantity = fields.Float(digits="Product Unit", required=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    price_unit = fields.Float(
        string="Price", min_display_digits="Product Price", help="Without taxes."
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)
    currency_id = fields.Many2one(related="request_id.currency_id")
    description = fields.Text(help="What the customer has said about it.")

    # For the numbers by product and campaign.
    sheet_id = fields.Many2one(related="request_id.sheet_id", store=True, index=True)
    campaign_id = fields.Many2one(
        related="request_id.campaign_id", store=True, index="btree_not_null"
    )
    commercial_partner_id = fields.Many2one(
        related="request_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    state = fields.Selection(related="request_id.state", store=True, index=True)
    submitted_at = fields.Datetime(related="request_id.submitted_at", store=True)

    sale_line_ids = fields.One2many(
        "sale.order.line",
        "order_sheet_line_id",
        groups="sales_team.group_sale_salesman",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Sale Order Line",
        compute="_compute_sale_line_id",
        groups="sales_team.group_sale_salesman",
        help="In the sale order that counts; cancelled ones do not.",
    )

    @api.depends("quantity", "price_unit", "currency_id")
    def _compute_amount(self):
        for line in self:
            amount = line.quantity * line.price_unit
            line.amount = line.currency_id.round(amount) if line.currency_id else amount

    @api.depends("sale_line_ids.order_id.state")
    def _compute_sale_line_id(self):
        for line in self:
            live = line.sale_line_ids.filtered(lambda it: it.state != "cancel")
            line.sale_line_id = live[:1]

    # === ACTION METHODS === #

    def action_open_sale_order(self):
        self.ensure_one()
        return self.request_id._open_sale_orders(self.sale_line_id.order_id)

    # === BUSINESS METHODS === #

    def _prepare_sale_line_vals(self):
        """Return the values of the line in the sale order.

        The sale order finds the price itself, in the customer's pricelist.
        """
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "order_sheet_line_id": self.id,
        }
