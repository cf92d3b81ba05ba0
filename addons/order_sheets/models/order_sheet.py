from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("closed", "Closed"),
    ("archived", "Archived"),
]
STAFF = "base.group_user"


class OrderSheet(models.Model):
    """A form with which customers order what a campaign offers them.

    Marketing builds it from pages and fields and publishes it to an audience; each
    customer's filled-in form is an ``order.sheet.request``. Customers read what the
    form shows, and nothing about each other.
    """

    _name = "order.sheet"
    _description = "Order Sheet"
    _inherit = ["customer.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "sequence, date_end, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        copy=False, groups=STAFF, help="Your own short name, for lists and exports."
    )
    sequence = fields.Integer(default=10)
    category_id = fields.Many2one("order.sheet.category", index="btree_not_null")
    campaign_id = fields.Many2one(
        "utm.campaign",
        index="btree_not_null",
        ondelete="restrict",
        groups=STAFF,
        help="Sale orders that come from this sheet are counted for the campaign.",
    )
    description = fields.Html(
        translate=True, help="Customers read it before they begin."
    )
    cover_image = fields.Image(max_width=1024, max_height=1024)
    state = fields.Selection(STATES, tracking=True, index=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    page_ids = fields.One2many("order.sheet.page", "sheet_id", copy=True, groups=STAFF)
    field_ids = fields.One2many("order.sheet.field", "sheet_id", groups=STAFF)
    admin_user_ids = fields.Many2many(
        "res.users",
        string="In Charge",
        domain=[("share", "=", False)],
        groups=STAFF,
        help="Who is told about new orders; empty: as the settings say.",
    )

    # Whoever may name them in a search can guess the words of staff.
    message_ids = fields.One2many(groups=STAFF)
    website_message_ids = fields.One2many(groups=STAFF)

    # === WHAT CUSTOMERS CONFIRM AND SEE === #

    submit_label = fields.Char(
        string="Label of the Button",
        translate=True,
        help="Empty: “Submit Order”.",
    )
    legal_text = fields.Html(
        string="Terms",
        translate=True,
        help="Customers read this above the button that makes the order binding.",
    )
    legal_required = fields.Boolean(
        string="Terms Must Be Accepted",
        help="Customers tick a box before they can submit the order.",
    )
    price_display = fields.Selection(
        [
            ("none", "No prices"),
            ("net", "Prices"),
            ("net_total", "Prices and total"),
        ],
        string="Show",
        required=True,
        default="none",
        help="Prices come from the customer's pricelist, without taxes.",
    )

    # === ORDER REQUESTS === #

    request_ids = fields.One2many("order.sheet.request", "sheet_id", groups=STAFF)
    draft_count = fields.Integer(compute="_compute_counts", groups=STAFF)
    open_count = fields.Integer(
        string="In Progress", compute="_compute_counts", groups=STAFF
    )
    done_count = fields.Integer(compute="_compute_counts", groups=STAFF)
    request_count = fields.Integer(
        string="Order Requests", compute="_compute_counts", groups=STAFF
    )

    @api.depends("request_ids.state")
    def _compute_counts(self):
        counts = {
            (sheet.id, state): count
            for sheet, state, count in self.env["order.sheet.request"]._read_group(
                [("sheet_id", "in", self.ids)], ["sheet_id", "state"], ["__count"]
            )
        }
        for sheet in self:
            of = {state: counts.get((sheet.id, state), 0) for state in _REQUEST_STATES}
            sheet.draft_count = of["draft"]
            sheet.open_count = of["submitted"] + of["returned"] + of["in_progress"]
            sheet.done_count = of["done"] + of["archived"]
            sheet.request_count = sum(of.values()) - of["draft"]

    def write(self, vals):
        if "company_id" in vals:
            self._check_may_move_to(vals["company_id"])
        return super().write(vals)

    def _check_may_move_to(self, company_id):
        """:raise UserError: customers have used the sheet in its company"""
        for sheet in self:
            # Whoever moves the sheet need not see the requests of all companies.
            if sheet.company_id.id != company_id and sheet.sudo()._has_requests():
                raise UserError(
                    self.env._(
                        "Customers have used “%(sheet)s” already: it stays with its"
                        " company.",
                        sheet=sheet.name,
                    )
                )

    def _has_requests(self):
        requests = self.env["order.sheet.request"]
        return bool(requests.search_count([("sheet_id", "in", self.ids)], limit=1))

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # What staff write to each other about a sheet is not for customers.
        if not self.env.user._is_internal():
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _open_requests(self, **context):
        """Return the action that shows the order requests of these sheets."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "order_sheets.order_sheet_request_action"
        )
        return action | {
            "domain": [("sheet_id", "in", self.ids)],
            "context": context,
        }


_REQUEST_STATES = (
    *("draft", "submitted", "returned", "in_progress"),
    *("done", "archived", "rejected", "cancelled"),
)
