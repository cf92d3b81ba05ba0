from odoo import fields, models
from odoo.exceptions import AccessError, UserError

_DECISION_FIELDS = frozenset(("decided_by_id", "decided_on", "reject_reason"))


class CustomerApprovalMixin(models.AbstractModel):
    """A document that staff approve or reject before it counts.

    A model names the group whose members decide in ``_approval_group`` and says in
    ``_apply_approval`` what an approval brings about. Whoever decides first wins;
    the second one reads who decided, and when.
    """

    _name = "customer.approval.mixin"
    _description = "Customer Document with Approval"
    _inherit = "customer.document.mixin"

    _approval_group = None
    _state_approved = "approved"
    _state_rejected = "rejected"

    decided_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups="base.group_user"
    )
    decided_on = fields.Datetime(readonly=True, copy=False)
    reject_reason = fields.Text(
        readonly=True, copy=False, help="The customer reads this reason."
    )

    # === CRUD METHODS === #

    def write(self, vals):
        """Only a decision says who decided, when, and why."""
        is_decision = self.env.su or self._is_state_writer()
        if not is_decision and not _DECISION_FIELDS.isdisjoint(vals):
            raise UserError(
                self.env._("Who decided about this is not written by hand.")
            )
        return super().write(vals)

    # === ACTION METHODS === #

    def action_approve(self):
        self._check_can_decide()
        self._approve()

    def action_reject(self):
        """Ask for the reason, which the customer will read."""
        self._check_can_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reject"),
            "res_model": "customer.approval.reject",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_ids": self.ids},
        }

    # === BUSINESS METHODS === #

    def _approve(self):
        """Approve all documents, or none of them.

        :raise UserError: a document was decided already, or cannot be approved
        """
        self._lock_for(self._state_approved)
        self._check_approval()
        self._apply_approval()
        self._decide(self._state_approved)
        self._notify_approved()

    def _reject(self, reason):
        """Reject all documents, or none of them.

        :param reason: what the customer reads
        """
        self._decide(self._state_rejected, reject_reason=reason)
        self._notify_rejected()

    def _decide(self, state, **values):
        self._move_to(
            state,
            decided_by_id=self.env.uid,
            decided_on=fields.Datetime.now(),
            **values,
        )

    def _get_refusal(self, state):
        decided_by_sudo = self.sudo().decided_by_id  # a colleague's name is no secret
        if not decided_by_sudo or state not in (
            self._state_approved,
            self._state_rejected,
        ):
            return super()._get_refusal(state)
        return self.env._(
            "%(name)s is “%(state)s” already: %(user)s decided on %(date)s.",
            name=self.display_name,
            state=self._get_state_label(),
            user=decided_by_sudo.name,
            date=self.company_id._portal_format_datetime(self.decided_on),
        )

    def _check_can_decide(self):
        """:raise AccessError: the user is not one of those who decide"""
        if not self.env.user.has_group(self._approval_group):
            raise AccessError(
                self.env._(
                    "Only members of the group “%(group)s” decide about this.",
                    group=self.env.ref(self._approval_group).sudo().full_name,
                )
            )
        self.check_access("write")

    def _check_approval(self):
        """Refuse documents that must not be approved as they are.

        Called once, on locked documents. Raise a UserError in words for the user.
        """

    def _apply_approval(self):
        """Bring about what the approval is for.

        Called once, on locked documents that may be approved; a job may call it too.
        If it raises, nothing is approved.
        """

    def _notify_submitted(self):
        """Tell administrators about new documents, and customers that they arrived."""
        self._note_mail_events(
            [("administrators", "submitted"), ("customers", "received")]
        )

    def _write_administrator_mails(self, event, **context):
        result = super()._write_administrator_mails(event, **context)
        if event == "submitted":  # who decides also reads the chat with the customer
            for document in self:
                users = document._get_administrators()[0]
                document.message_subscribe(users.partner_id.ids)
        return result

    def _notify_approved(self):
        self._mail_customers("approved")

    def _notify_rejected(self):
        self._mail_customers("rejected")
