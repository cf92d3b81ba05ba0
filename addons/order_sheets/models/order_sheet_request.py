from odoo import api, fields, models

from ..tools.filled_sheet import EDITABLE

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("returned", "Returned for correction"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("archived", "Archived"),
    ("rejected", "Rejected"),
    ("cancelled", "Cancelled"),
]
# Tabs of the customer's list.
RUNNING_STATES = ("submitted", "returned", "in_progress", "done")
ARCHIVED_STATES = ("archived", "rejected", "cancelled")
# What a customer may fill in.
EDITABLE_STATES = EDITABLE
MAX_REMARK = 5000


class OrderSheetRequest(models.Model):
    """An order sheet as one customer fills it in, submits it, and follows it.

    All contacts of the customer share it. What they submit is kept as they have read
    it, whatever becomes of the sheet.
    """

    _name = "order.sheet.request"
    _description = "Order Request"
    _inherit = "customer.reply.mixin"
    _order = "submitted_at desc, id desc"
    _rec_names_search = ["name", "sheet_name", "commercial_partner_id.name"]

    _portal_path = "/my/order-sheets/requests"
    _numbered_from = "submitted"
    _settled_fields = ("partner_id", "company_id", "sheet_id")

    state = fields.Selection(STATES, index=False)
    sheet_id = fields.Many2one(
        "order.sheet",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
        string="Order Sheet",
    )
    root_id = fields.Many2one(
        "order.sheet",
        string="First Version",
        required=True,
        readonly=True,
        ondelete="restrict",
        groups="base.group_user",
    )
    sheet_name = fields.Char(
        string="Order Sheet (name)",
        readonly=True,
        help="As the customer has read it when he submitted the order.",
    )
    sheet_version = fields.Integer(related="sheet_id.version", groups="base.group_user")
    campaign_id = fields.Many2one(
        related="sheet_id.campaign_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    company_id = fields.Many2one(
        related="sheet_id.company_id",
        store=True,
        precompute=True,
        default=None,
        index=False,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    is_single = fields.Boolean(
        readonly=True,
        groups="base.group_user",
        help="The customer may order once with this sheet.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        domain=[("share", "=", False)],
        tracking=True,
        copy=False,
        groups="base.group_user",
    )

    # === WHAT WAS FILLED IN === #

    rev = fields.Integer(
        string="Revision",
        readonly=True,
        default=1,
        copy=False,
        help="Counts the changes of the customer.",
    )
    answer_ids = fields.One2many(
        "order.sheet.answer", "request_id", groups="base.group_user"
    )
    selected_page_ids = fields.Many2many(
        "order.sheet.page", copy=False, groups="base.group_user"
    )
    remark = fields.Text(copy=False, readonly=True)
    saved_at = fields.Datetime(readonly=True, copy=False)
    saved_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, groups="base.group_user"
    )

    # === WHAT WAS SUBMITTED === #

    submitted_at = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.partner",
        string="Submitted by",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    snapshot = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Pages, questions, answers and prices as the customer has submitted them.",
    )
    line_ids = fields.One2many(
        "order.sheet.request.line",
        "request_id",
        string="Products",
        groups="base.group_user",
    )
    amount_untaxed = fields.Monetary(
        string="Amount without Taxes",
        compute="_compute_amount_untaxed",
        store=True,
        groups="base.group_user",
    )

    # For the customer's lists: with what the record rules ask for, they count alone.
    _customer_idx = models.Index(
        "(commercial_partner_id, state, submitted_at DESC, id DESC)"
        " INCLUDE (company_id, stage_id)"
    )
    # For the office.
    _office_idx = models.Index("(company_id, submitted_at DESC, id DESC)")
    _state_idx = models.Index("(company_id, state)")
    _replied_idx = models.Index(
        "(company_id, submitted_at DESC, id DESC) WHERE customer_reply_pending IS TRUE"
    )
    _sheet_idx = models.Index("(sheet_id, state)")
    _single_uniq = models.UniqueIndex(
        "(root_id, commercial_partner_id)"
        " WHERE is_single AND state NOT IN ('rejected', 'cancelled')",
        "The customer has ordered with this sheet already.",
    )
    _draft_uniq = models.UniqueIndex(
        "(root_id, commercial_partner_id) WHERE state = 'draft'",
        "The customer has begun to fill in this sheet already.",
    )

    @api.depends("line_ids.amount")
    def _compute_amount_untaxed(self):
        for request in self:
            request.amount_untaxed = sum(request.line_ids.mapped("amount"))

    @api.depends("name", "sheet_name", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for request in self:
            name = request.sheet_name or request.sheet_id.sudo().name
            if request.name == "/":
                request.display_name = self.env._("Draft: %(sheet)s", sheet=name)
            else:
                request.display_name = request.name

    def _get_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _get_sheet_name(self):
        """Return what the customer orders with; the sheet may be closed by now."""
        return self.sheet_name or self.sheet_id.sudo().name

    def _message_compute_subject(self):
        """Name the campaign as well: a customer may have many orders."""
        return ": ".join(filter(None, (self.display_name, self._get_sheet_name())))

    # === WHO LOOKS AFTER IT === #

    def _get_responsible(self):
        # Customers may not read who it is, but their words reach somebody.
        user_sudo = self.sudo().user_id.filtered("active")
        return (user_sudo, False) if user_sudo else super()._get_responsible()

    def _get_administrators(self):
        sheet_sudo, company_sudo = self.sheet_id.sudo(), self.company_id.sudo()
        chosen = sheet_sudo.admin_user_ids
        return self.company_id._portal_administrators(
            chosen or company_sudo.order_sheet_admin_user_ids,
            False if chosen else company_sudo.order_sheet_admin_email,
            "order_sheets.order_sheets_group_user",
        )

    def _get_mail_failure_user(self):
        return self.sudo().user_id or super()._get_mail_failure_user()
