from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

MAX_REMARK = 2000

OPEN_STATES = ("pending", "scheduled")
ASKED_FIELDS = frozenset(
    [
        *("partner_id", "company_id", "target_partner_id", "operation", "address_type"),
        *("remark", "effective_date", "revision", "source", "is_automatic"),
        *("result_partner_id", "reminded_on", "processing_hours"),
    ]
)


class CustomerChangeRequest(models.Model):
    """What a customer wants to have changed about one company, contact or address.

    Nothing of it counts before staff approve it. A request is about one target and one
    operation, so that a decision is simple; whoever edits the same target again adds
    to the open request, which then has a new revision.
    """

    _name = "customer.change.request"
    _description = "Change Request"
    _inherit = "customer.approval.mixin"

    _transitions = {
        "pending": {"approved", "partial", "scheduled", "rejected", "cancelled"},
        "scheduled": {"approved", "partial", "pending", "rejected", "cancelled"},
        "approved": set(),
        "partial": set(),
        "rejected": set(),
        "cancelled": set(),
    }
    _portal_path = "/my/changes"
    _approval_group = "customer_portal.customer_portal_group_change_approver"

    state = fields.Selection(
        [
            ("pending", "Requested"),
            ("scheduled", "Approved for Later"),
            ("approved", "Approved"),
            ("partial", "Partly Approved"),
            ("rejected", "Rejected"),
            ("cancelled", "Withdrawn"),
        ],
        group_expand=True,
    )
    operation = fields.Selection(
        [
            ("update", "Change"),
            ("create", "New Address"),
            ("archive", "Remove Address"),
        ],
        required=True,
        readonly=True,
        default="update",
    )
    target_partner_id = fields.Many2one(
        "res.partner",
        string="Concerns",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Whose data change. Empty for an address that does not exist yet.",
    )
    address_type = fields.Selection(
        [
            ("delivery", "Delivery Address"),
            ("invoice", "Invoice Address"),
            ("other", "Delivery and Invoice Address"),
        ],
        readonly=True,
    )
    revision = fields.Integer(
        default=1,
        readonly=True,
        help="How often the customer has sent it: each change of an open request"
        " makes a new revision.",
    )
    line_ids = fields.One2many("customer.change.line", "request_id", string="Changes")
    remark = fields.Text(readonly=True)
    effective_date = fields.Date(
        string="Valid From",
        readonly=True,
        tracking=True,
        help="The day on which the changes take effect. Empty: with the approval.",
    )
    source = fields.Selection(
        [
            ("portal", "Portal"),
            ("checkout", "Web shop"),
            ("rpc", "Account settings"),
        ],
        default="portal",
        required=True,
        readonly=True,
        groups="base.group_user",
    )
    result_partner_id = fields.Many2one(
        "res.partner",
        string="Created Address",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_automatic = fields.Boolean(
        string="Applied Automatically",
        readonly=True,
        help="A rule lets customers change this without an approval.",
    )
    reminded_on = fields.Date(readonly=True, copy=False, groups="base.group_user")
    subject = fields.Char(compute="_compute_subject", compute_sudo=True)
    has_conflict = fields.Boolean(
        string="Conflict",
        compute="_compute_has_conflict",
        compute_sudo=True,
        groups="base.group_user",
        help="Somebody has changed the same data since the customer asked.",
    )
    documents_hint = fields.Char(
        string="Issued Documents",
        compute="_compute_documents_hint",
        compute_sudo=True,
        groups="base.group_user",
    )
    processing_hours = fields.Float(
        string="Hours until the Decision",
        compute="_compute_processing_hours",
        store=True,
        precompute=True,
        aggregator="avg",
        groups="base.group_user",
    )

    # Two open requests about one target would overwrite each other.
    _target_uniq = models.UniqueIndex(
        "(target_partner_id) WHERE state IN ('pending', 'scheduled')"
        " AND operation <> 'create'",
        "There is an open change request about this already.",
    )
    _customer_idx = models.Index(
        "(commercial_partner_id, id DESC) INCLUDE (company_id)"
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    # The order of the office's list: as a request goes through its life.
    _rank_idx = models.Index(
        "(array_position(ARRAY['pending', 'scheduled', 'approved', 'partial',"
        " 'rejected', 'cancelled']::varchar[], state), id DESC)"
    )

    # === COMPUTE METHODS === #

    @api.depends("operation", "target_partner_id.name", "line_ids", "address_type")
    @api.depends_context("lang")
    def _compute_subject(self):
        """What it is about, in a few words: “Change: Hotel Adler GmbH”."""
        operations = dict(self._fields["operation"]._description_selection(self.env))
        for request in self:
            name = request._get_target_name()
            operation = operations[request.operation]
            request.subject = f"{operation}: {name}" if name else operation

    @api.depends("line_ids.has_conflict", "state")
    def _compute_has_conflict(self):
        for request in self:
            request.has_conflict = request.state in OPEN_STATES and any(
                request.line_ids.mapped("has_conflict")
            )

    @api.depends("line_ids.field_name", "commercial_partner_id", "state")
    @api.depends_context("lang")
    def _compute_documents_hint(self):
        for request in self:
            names = set(request.line_ids.mapped("field_name"))
            is_asked = request.state in OPEN_STATES and request.operation == "update"
            request.documents_hint = (
                is_asked
                and not names.isdisjoint(("name", "vat", "country_id"))
                and request._get_documents_hint()
            )

    @api.depends("decided_on")
    def _compute_processing_hours(self):
        for request in self:
            duration = request.decided_on and request.decided_on - (
                request.create_date or request.decided_on
            )
            request.processing_hours = duration and duration.total_seconds() / 3600

    # === CONSTRAINTS === #

    @api.constrains("remark")
    def _check_remark(self):
        if any(len(request.remark or "") > MAX_REMARK for request in self):
            raise ValidationError(
                self.env._("A remark has at most %(most)s characters.", most=MAX_REMARK)
            )

    # === CRUD METHODS === #

    def write(self, vals):
        """Let staff decide about what a customer asked for, and never rewrite it."""
        is_ours = self.env.su or self._is_state_writer()
        if not is_ours and not ASKED_FIELDS.isdisjoint(vals):
            raise UserError(
                self.env._("What a customer has asked for cannot be rewritten.")
            )
        return super().write(vals)

    # === BUSINESS METHODS === #

    @api.model
    def _find_open(self, target):
        """Return the open request about a partner, or an empty recordset.

        What a former customer wants of an address that he has no more is not found.
        """
        customer = Domain("commercial_partner_id", "=", target.commercial_partner_id.id)
        return self.search(self._get_open_domain(target) & customer, limit=1)

    @api.model
    def _get_open_domain(self, target):
        return (
            Domain("target_partner_id", "=", target.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("operation", "!=", "create")
        )

    def _get_target(self):
        """Return whom it is about, as the company of the request sees him."""
        return self.target_partner_id.with_company(self.company_id)

    def _is_open(self):
        return self.state in OPEN_STATES

    def _get_target_name(self):
        """Return whom it is about; the name that a new address is to have."""
        if self.operation == "create":
            name_line = self.line_ids.filtered(lambda line: line.field_name == "name")
            return name_line[:1].new_value or ""
        target = self.target_partner_id
        if target.commercial_partner_id != self.commercial_partner_id:
            return ""  # how it is called now is the business of its new owner
        return target.name or ""

    def _get_documents_hint(self):
        """Return what has been issued to the customer under his present name.

        Addons with documents of their own add theirs.
        """
        kinds = self._count_documents()
        return ", ".join(f"{label}: {count}" for label, count in kinds if count)

    def _count_documents(self):
        """Return ``[(label, number of documents)]``; sale, invoicing may be there."""
        customer = Domain(
            "partner_id.commercial_partner_id", "=", self.commercial_partner_id.id
        )
        company = Domain("company_id", "=", self.company_id.id)
        kinds = []
        if "account.move" in self.env:
            posted = Domain("state", "=", "posted") & Domain(
                "move_type", "in", ["out_invoice", "out_refund"]
            )
            moves = self.env["account.move"].search_count(posted & customer & company)
            kinds.append((self.env._("Posted invoices"), moves))
        if "sale.order" in self.env:
            confirmed = Domain("state", "=", "sale")
            orders = self.env["sale.order"].search_count(confirmed & customer & company)
            kinds.append((self.env._("Confirmed orders"), orders))
        return kinds

    def _get_administrators(self):
        return self.company_id._get_change_administrators()
