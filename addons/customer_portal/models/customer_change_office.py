from datetime import UTC, datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .customer_change_request import OPEN_STATES


class CustomerChangeRequest(models.Model):
    """What the back office sees at a glance when it decides about a request."""

    _inherit = "customer.change.request"

    is_late = fields.Boolean(
        string="Late",
        compute="_compute_is_late",
        search="_search_is_late",
        compute_sudo=True,
        groups="base.group_user",
        help="Nobody has decided within the days that the settings say.",
    )
    has_conflict = fields.Boolean(search="_search_has_conflict")
    # Colours of lists need fields without groups: customers read nothing in these.
    urgency = fields.Selection(
        [("conflict", "Conflict"), ("late", "Late"), ("waiting", "Waiting")],
        compute="_compute_urgency",
        compute_sudo=True,
    )
    line_count = fields.Integer(
        string="Number of Changes", compute="_compute_decisions", compute_sudo=True
    )
    has_rejected_line = fields.Boolean(
        compute="_compute_decisions", compute_sudo=True, groups="base.group_user"
    )
    target_notice = fields.Char(
        compute="_compute_target_notice", compute_sudo=True, groups="base.group_user"
    )
    # What a form has on the screen while its lines are edited: see ``write``.
    seen_revision = fields.Integer(store=False, groups="base.group_user")

    # === COMPUTE METHODS === #

    @api.depends("state", "create_date")
    def _compute_is_late(self):
        for request in self:
            company = request.company_id
            deadline = company._portal_today() - timedelta(days=company.change_sla_days)
            asked_on = request.create_date and company._portal_local(
                request.create_date
            )
            request.is_late = (
                request.state == "pending" and asked_on and asked_on.date() <= deadline
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "pending") & self._get_companies_domain(
            lambda company: Domain("create_date", "<", _get_start_of_late(company))
        )

    def _search_has_conflict(self, operator, value):
        if operator != "in":
            return NotImplemented
        # What is open is little, and nothing else has conflicts.
        requests = self.search([("state", "in", OPEN_STATES)])
        return Domain("id", "in", requests.filtered("has_conflict").ids)

    @api.depends("has_conflict", "is_late", "state")
    @api.depends_context("uid")
    def _compute_urgency(self):
        self.urgency = False
        if self.env.user._is_internal():
            for request in self.filtered(lambda request: request._is_open()):
                request.urgency = request._get_urgency()

    @api.depends("line_ids.decision")
    def _compute_decisions(self):
        for request in self:
            decisions = request.line_ids.mapped("decision")
            request.line_count = len(decisions)
            request.has_rejected_line = "rejected" in decisions

    @api.depends(
        "state",
        "operation",
        "commercial_partner_id",
        "target_partner_id.active",
        "target_partner_id.commercial_partner_id",
    )
    @api.depends_context("lang")
    def _compute_target_notice(self):
        for request in self:
            request.target_notice = (
                request._is_open()
                and request.operation != "create"
                and request._get_target_notice()
            )

    def _get_target_notice(self):
        """Return what has become of the target since the customer asked, or False."""
        target, customer = self.target_partner_id, self.commercial_partner_id
        if not target:
            return self.env._(
                "What it concerns does not exist any more. You can only reject it."
            )
        if target.commercial_partner_id != customer:
            return self.env._(
                "“%(target)s” does not belong to %(customer)s any more. You can only"
                " reject it.",
                target=target.name or target.display_name,
                customer=customer.name,
            )
        if not target.active:
            return self.env._(
                "“%(target)s” is archived by now.",
                target=target.name or target.display_name,
            )
        return False

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        self.seen_revision = self.env.context.get("expected_revision")

    # === CRUD METHODS === #

    def write(self, vals):
        """Refuse decisions that were made in the form of an earlier revision.

        A web client saves its form before it calls a button, and has the newest
        revision afterwards: what was on the screen comes with the lines.
        """
        if seen := vals.get("seen_revision"):
            self.with_context(expected_revision=seen)._check_revision()
        return super().write(vals)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sort by state as a request goes through its life: undecided ones first."""
        if field_name != "state":
            return super()._order_field_to_sql(
                alias, field_name, direction, nulls, query
            )
        state = self._field_to_sql(alias, "state", query)
        rank = SQL("array_position(%s::varchar[], %s)", list(self._transitions), state)
        query._order_groupby.append(rank)
        return SQL("%s %s", rank, direction)

    # === BUSINESS METHODS === #

    def _get_urgency(self):
        if self.has_conflict:
            return "conflict"
        if self.state == "scheduled":
            return False
        return "late" if self.is_late else "waiting"

    def _get_target_address(self):
        """Return name and address of the target, as mails show what is removed."""
        target = self.target_partner_id
        lines = target._display_address(without_company=True).splitlines()
        return "\n".join(line for line in [target.name or "", *lines] if line.strip())

    def _reject(self, reason):
        self._check_revision()
        return super()._reject(reason)


class CustomerChangeLine(models.Model):
    """How a change stands towards what the field holds now."""

    _inherit = "customer.change.line"

    situation = fields.Selection(
        [
            ("conflict", "Conflict"),
            ("overridden", "Applies Anyway"),
            ("applied", "Is So Already"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        compute="_compute_situation",
        compute_sudo=True,
    )

    @api.depends(
        *("has_conflict", "is_applied", "overridden", "decision"), "request_id.state"
    )
    @api.depends_context("uid")
    def _compute_situation(self):
        is_internal = self.env.user._is_internal()
        for line in self:
            line.situation = is_internal and line._get_situation()

    def _get_situation(self):
        """Return what staff have to see about this change, or what came of it."""
        state = self.request_id.state
        if state in OPEN_STATES and self.has_conflict:
            return "conflict"
        if state == "pending":
            return self._get_pending_situation()
        return state != "cancelled" and self.decision

    def _get_pending_situation(self):
        if self.is_applied:
            return "applied"
        is_overridden = self.overridden and self.decision != "rejected"
        return "overridden" if is_overridden else False

    # === ACTION METHODS === #

    def action_open_request(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.change.request",
            "res_id": self.request_id.id,
            "view_mode": "form",
        }


def _get_start_of_late(company):
    """Return the moment (UTC) before which a request that is late now was made."""
    day = company._portal_today() - timedelta(days=company.change_sla_days - 1)
    midnight = datetime.combine(day, time.min, company._portal_zone())
    return midnight.astimezone(UTC).replace(tzinfo=None)
