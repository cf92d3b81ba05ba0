from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAX_REMARK = 2000


class ContainerRequest(models.Model):
    """A customer's wish for one or more containers, on a day that the lorry comes.

    The server decides at the moment of asking when the customer can be served, and
    keeps why. Staff approve it, which reserves concrete containers.
    """

    _name = "container.request"
    _description = "Container Request"
    _inherit = "customer.approval.mixin"

    _transitions = {
        "created": {"approved", "rejected", "cancelled"},
        "approved": {"done", "created"},
        "done": {"approved"},
        "rejected": set(),
        "cancelled": set(),
    }
    _portal_path = "/my/containers/requests"
    _approval_group = "container_rental.container_rental_group_user"
    _settled_fields = (
        *("partner_id", "company_id", "address_id"),
        *("type_id", "quantity", "delivery_date"),
    )

    state = fields.Selection(
        [
            ("created", "Created"),
            ("approved", "Approved"),
            ("done", "Delivered"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        group_expand=True,
    )
    address_id = fields.Many2one(
        "res.partner",
        string="Delivery Address",
        compute="_compute_address_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    type_id = fields.Many2one(
        "container.type",
        string="Container Type",
        compute="_compute_type_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    quantity = fields.Integer(default=1, required=True, tracking=True)
    requested_date = fields.Date(
        string="Requested Day", copy=False, help="Empty: as soon as possible."
    )
    delivery_date = fields.Date(
        tracking=True,
        copy=False,
        help="The day on which the lorry comes. Computed when the request is made;"
        " staff may set another day.",
    )
    earliest_date = fields.Date(string="Earliest Delivery", readonly=True)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    is_late = fields.Boolean(
        string="After the Cut-off",
        readonly=True,
        help="Asked for after the cut-off time: goes with the delivery after next.",
    )
    is_off_day = fields.Boolean(string="No Delivery Day", readonly=True)
    is_holiday = fields.Boolean(string="Holiday", readonly=True)
    plan_snapshot = fields.Json(
        readonly=True, copy=False, help="What decided about the day of delivery."
    )
    cutoff_info = fields.Char(string="Cut-off Rule", compute="_compute_plan_texts")
    delivery_explanation = fields.Text(
        string="Why This Day", compute="_compute_plan_texts"
    )
    remark = fields.Text()
    source = fields.Selection(
        [("portal", "Portal"), ("backoffice", "Back office")],
        default="backoffice",
        required=True,
        readonly=True,
        groups="base.group_user",
    )
    container_ids = fields.Many2many(
        "container.container",
        string="Containers",
        groups="base.group_user",
        check_company=True,
        copy=False,
        help="The containers that the customer gets; empty: the approval takes those"
        " that have been idle longest.",
    )
    rental_ids = fields.One2many("container.rental", "request_id")

    # With the company, which the record rule asks for, it counts without the table.
    _customer_idx = models.Index(
        "(commercial_partner_id, id DESC) INCLUDE (company_id)"
    )
    _state_idx = models.Index("(company_id, state, delivery_date)")
    _quantity_natural = models.Constraint(
        "CHECK(quantity > 0)", "At least one container has to be requested."
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id")
    def _compute_address_id(self):
        for request in self:
            contact = request.partner_id
            request.address_id = contact.address_get(["delivery"])["delivery"]

    @api.depends("partner_id", "address_id", "company_id")
    def _compute_type_id(self):
        for request in self.filtered("partner_id"):
            place = (request.address_id or request.partner_id).sudo()
            standard = place.with_company(request.company_id)._get_standard_type()
            request.type_id = standard or request.type_id

    @api.depends("plan_snapshot")
    @api.depends_context("lang")
    def _compute_plan_texts(self):
        for request in self:
            plan = request.plan_snapshot or {}
            request.cutoff_info = plan and request._get_cutoff_info(plan)
            request.delivery_explanation = "\n".join(
                request._get_skipped_text(date.fromisoformat(day), reason, name)
                for day, reason, name in plan.get("skipped", [])
            )

    # === CONSTRAINTS AND ONCHANGE === #

    @api.constrains("partner_id", "address_id")
    def _check_address(self):
        for request in self:
            owner = request.address_id.commercial_partner_id
            if owner and owner != request.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(address)s is no address of %(customer)s.",
                        address=request.address_id.display_name,
                        customer=request.commercial_partner_id.display_name,
                    )
                )

    @api.constrains("remark")
    def _check_remark(self):
        if any(len(request.remark or "") > MAX_REMARK for request in self):
            raise ValidationError(
                self.env._("A remark has at most %(most)s characters.", most=MAX_REMARK)
            )

    @api.onchange("delivery_date", "requested_date")
    def _onchange_delivery_date(self):
        """Warn staff who choose a day on which the customer is not served."""
        day = self.delivery_date or self.requested_date
        if not (day and self.partner_id):
            return None
        decision = self._decide_delivery(day)
        if warnings := self._get_day_warnings(decision):
            return {
                "warning": {
                    "title": self.env._("Not a usual delivery"),
                    "message": "\n".join(warnings),
                }
            }
        return None

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        typed_in = requests.filtered(lambda r: not r.submitted_at)
        for request in typed_in:
            request._plan_delivery()
        typed_in._notify_submitted()
        return requests

    # === BUSINESS METHODS === #

    def _plan_delivery(self):
        """Decide when the customer is served, for requests that staff type in."""
        decision = self._decide_delivery(self.requested_date)
        errors = self._get_day_errors(decision)
        if self.company_id.container_off_day_policy == "block":
            errors += self._get_day_warnings(decision)
        if errors:
            raise ValidationError("\n".join(errors))
        values = self._prepare_plan_vals(decision)
        if self.delivery_date:  # staff chose the day
            del values["delivery_date"]
        self.write(values)

    def _decide_delivery(self, wish):
        """Return the ``DeliveryDecision`` for this request if it were made now."""
        place = self.address_id or self.partner_id
        return self._decide_for(place, self.company_id, wish)

    @api.model
    def _decide_for(self, place, company, wish=None):
        """Return when a customer is served who asks at this very moment.

        :param place: the delivery address (``res.partner``)
        :param wish: the day that the customer wishes for, or None
        :return: ``DeliveryDecision``
        """
        # What is agreed with a customer is not his to read, but it decides.
        rules = place.sudo()._get_delivery_rules(company)
        return rules.plan(company._portal_now()).decide(wish)

    @api.model
    def _prepare_plan_vals(self, decision):
        """Return what a request keeps of the decision about its day."""
        rules = decision.plan.rules
        return {
            "submitted_at": fields.Datetime.now(),
            "requested_date": decision.wish,
            "delivery_date": decision.delivery,
            "earliest_date": decision.plan.earliest,
            "is_late": decision.plan.is_late,
            "is_off_day": decision.is_off_day,
            "is_holiday": decision.is_holiday,
            "plan_snapshot": {
                "cutoff": self._format_cutoff(rules),
                "cutoff_rule": rules.cutoff_rule,
                "zone": rules.zone.key,
                "skipped": [
                    (day.isoformat(), reason, name)
                    for day, reason, name in decision.skipped
                ],
            },
        }

    @api.model
    def _submit_from_portal(self, vals, decision):
        """Create the request of a customer and tell everybody about it.

        Call it with sudo: customers may not write, but ask. All values are checked.

        :param vals: partner_id, address_id, type_id, quantity, remark, form_token
        :param decision: the ``DeliveryDecision`` that the customer agreed to
        :return: the request, or an empty recordset if the form was sent before
        """
        plan = self._prepare_plan_vals(decision)
        # Who asked, when and where stands in fields; no need to log it as well.
        requests = self.with_context(mail_create_nolog=True)
        request = requests._create_once({**vals, **plan, "source": "portal"})
        request._notify_submitted()
        return request

    def _get_administrators(self):
        return self.company_id._get_container_administrators()
