from odoo import models
from odoo.exceptions import UserError


class CustomerChangeRequest(models.Model):
    """How staff decide about a request, and what stops an approval."""

    _inherit = "customer.change.request"

    # === ACTION METHODS === #

    def action_decide(self):
        """Put through what was decided line by line."""
        self._check_can_decide()
        self._check_revision()
        for request in self:
            request._decide_by_line()

    def action_open_target(self):
        self.ensure_one()
        partner = self.target_partner_id or self.result_partner_id
        partner = partner or self.commercial_partner_id
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": partner.id,
            "view_mode": "form",
        }

    # === BUSINESS METHODS === #

    def _approve(self):
        self._lock_for(self._state_approved)
        self._check_undecided()
        self._check_approval()
        self.line_ids.filtered(lambda line: line.decision == "open").write(
            {"decision": "approved"}
        )
        self._put_through()

    def _decide_by_line(self):
        """:raise UserError: a line is undecided, or rejected without a reason"""
        lines = self.line_ids
        self._lock_for(self._state_approved)
        self._check_undecided()
        if not lines or lines.filtered(lambda line: line.decision == "open"):
            raise UserError(
                self.env._(
                    "%(name)s: please approve or reject each change, or use the"
                    " buttons “Approve” and “Reject”.",
                    name=self.name,
                )
            )
        rejected = lines.filtered(lambda line: line.decision == "rejected")
        if any(not (line.reason or "").strip() for line in rejected):
            raise UserError(
                self.env._(
                    "Please give a reason for each change that you reject: the"
                    " customer reads it."
                )
            )
        if rejected == lines:
            reader = self._get_mail_contact()
            spoken = lines.with_context(lang=reader.lang)
            reasons = [": ".join([line.label, line.reason]) for line in spoken]
            self._reject("\n".join(reasons))
        else:
            self._check_lines()
            self._put_through()

    def _check_undecided(self):
        """Refuse to approve once more what waits for its day."""
        scheduled = self.filtered(lambda request: request.state == "scheduled")
        if scheduled:
            raise UserError(scheduled[0]._get_refusal(self._state_approved))

    def _check_approval(self):
        self._check_revision()
        for request in self:
            if request.line_ids.filtered(lambda line: line.decision == "rejected"):
                raise UserError(
                    self.env._(
                        "%(name)s: you have marked changes as rejected. “Decide” puts"
                        " through what you decided line by line.",
                        name=request.name,
                    )
                )
            request._check_lines()

    def _check_lines(self):
        """Refuse to put through what needs another look, or another person."""
        self._check_four_eyes()
        self._check_target()
        self._check_validators()
        self._check_conflicts()

    def _check_revision(self):
        """Refuse a decision about something else than what was on the screen."""
        expected = self.env.context.get("expected_revision")
        if expected and len(self) == 1 and self.revision != expected:
            raise UserError(
                self.env._(
                    "%(name)s was changed by the customer in the meantime. Please"
                    " reload the page and look at it again.",
                    name=self.name,
                )
            )

    def _check_four_eyes(self):
        user = self.env.user
        if self.company_id.change_self_approval:
            return
        if user.partner_id == self.partner_id or user == self.create_uid:
            raise UserError(
                self.env._(
                    "%(name)s is your own request. Somebody else has to decide.",
                    name=self.name,
                )
            )

    def _check_target(self):
        """Refuse what is about nobody, or about somebody who is not theirs any more."""
        target = self.target_partner_id
        if self.operation == "create":
            return
        if target.commercial_partner_id != self.commercial_partner_id:
            raise UserError(
                self.env._(
                    "%(name)s: what it concerns does not belong to %(customer)s any"
                    " more. You can only reject it.",
                    name=self.name,
                    customer=self.commercial_partner_id.display_name,
                )
            )

    def _check_validators(self):
        """Refuse an approver who is in none of the groups that a rule names."""
        rules = self.env["customer.change.rule"]._get_rules(
            self.target_partner_id._get_change_scope(), self.company_id
        )
        for line in self._get_approved_lines():
            # Which groups there are is no secret to the server.
            rule = rules.get(line.field_name, self.env["customer.change.rule"])
            groups_sudo = rule.sudo().validator_group_ids
            if groups_sudo and not groups_sudo & self.env.user.all_group_ids:
                raise UserError(
                    self.env._(
                        "“%(field)s” is approved by members of %(groups)s.",
                        field=line.label,
                        groups=", ".join(groups_sudo.mapped("full_name")),
                    )
                )

    def _check_conflicts(self):
        """Refuse to overwrite silently what somebody else has entered meanwhile."""
        conflicts = self._get_conflicts()
        if conflicts:
            raise UserError(
                "\n".join(
                    self.env._(
                        "%(name)s, “%(field)s”: it was “%(old)s” when the customer"
                        " asked for “%(new)s”, and is “%(current)s” now. Please use"
                        " “Apply Anyway” at this change, or reject it.",
                        name=self.name,
                        field=line.label,
                        old=line.old_text,
                        new=line.new_text,
                        current=line.current_text,
                    )
                    for line in conflicts
                )
            )

    def _get_conflicts(self):
        self.line_ids.invalidate_recordset(["has_conflict", "current_text"])
        return self.line_ids.filtered("has_conflict")

    def _get_approved_lines(self):
        return self.line_ids.filtered(lambda line: line.decision != "rejected")

    def _put_through(self):
        """Let what was approved take effect, now or on the day that it is for."""
        for request in self:
            day = request.effective_date
            if day and day > request.company_id._portal_today():
                request._decide("scheduled")
                request._mail_customers("scheduled")
            else:
                request._apply_approval()
                request._decide(request._get_approved_state())
                request._notify_approved()

    def _get_approved_state(self):
        is_partial = "rejected" in self.line_ids.mapped("decision")
        return "partial" if is_partial else "approved"

    # === WHAT HAPPENED === #

    def _notify_approved(self):
        for state, requests in self.grouped("state").items():
            requests._mail_customers(state)

    def _reject(self, reason):
        # Nobody marks lines of what is approved for later; all of it can be rejected.
        self.line_ids.sudo().write({"decision": "rejected"})
        return super()._reject(reason)

    def _cancel_by_customer(self):
        """Take back what nobody has decided about, or what is not in effect yet."""
        self._withdraw()

    def _withdraw(self):
        self._move_to("cancelled")
        self._mail_administrators("withdrawn")
