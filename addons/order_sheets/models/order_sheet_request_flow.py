from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .order_sheet_flow import GROUP_USER

# What buttons note, so that nobody has to believe it.
NOTED_BY_BUTTONS = frozenset(
    (
        *("return_reason", "reject_reason", "submitted_at", "submitted_by_id"),
        *("snapshot", "rev", "remark", "root_id", "is_single", "sheet_name"),
        *("saved_at", "saved_by_id", "line_ids", "answer_ids", "done_at"),
        *("sheet_id", "partner_id", "company_id", "campaign_id"),
        *("selected_page_ids", "amount_untaxed", "customer_reply_pending"),
        *("expiry_told_on", "customer_seen_at", "customer_seen_message_id"),
    )
)


class OrderSheetRequest(models.Model):
    """The life of an order request, and who moves it."""

    _inherit = "order.sheet.request"

    _transitions = {
        "draft": {"submitted"},
        "submitted": {"in_progress", "returned", "rejected", "cancelled"},
        "returned": {"submitted", "rejected", "cancelled"},
        "in_progress": {"returned", "rejected", "done"},
        "done": {"in_progress", "archived"},
        "archived": {"done"},
        "rejected": set(),
        "cancelled": set(),
    }

    return_reason = fields.Text(
        readonly=True, copy=False, help="The customer reads what he has to correct."
    )
    reject_reason = fields.Text(
        readonly=True, copy=False, help="The customer reads this."
    )
    done_at = fields.Datetime(readonly=True, copy=False, groups="base.group_user")

    # === ACTION METHODS === #

    def action_take(self):
        """Begin to work on submitted orders."""
        self._check_staff()
        self._take()

    def action_return(self):
        """Ask for the reason, which the customer will read."""
        return self._open_reason("return", self.env._("Return for Correction"))

    def action_reject(self):
        """Ask for the reason, which the customer will read."""
        return self._open_reason("reject", self.env._("Reject"))

    def action_complete(self):
        self._check_staff()
        self._complete()

    def action_reopen(self):
        """Take a completed order back to work."""
        self._check_staff()
        self._reopen()

    def action_put_away(self):
        """Move completed orders to the customer's archive."""
        self._check_staff()
        self._put_away()

    def action_restore(self):
        self._check_staff()
        self._restore()

    # === BUSINESS METHODS === #

    def _take(self, **values):
        self._move_from("submitted", "in_progress", **values)
        unassigned = self.filtered(lambda request: not request.user_id)
        unassigned.user_id = self.env.user
        self.activity_feedback(["order_sheets.mail_activity_type_review"])

    def _return(self, reason):
        """Let the customer correct his order.

        :param reason: what he has to correct
        """
        self._check_reason(reason)
        self._lock_for("returned")
        self._cancel_sale_orders()
        self._move_to("returned", return_reason=reason.strip())
        self.activity_unlink(["order_sheets.mail_activity_type_review"])
        self._mail_customers("returned")

    def _reject(self, reason):
        """Turn orders down.

        :param reason: what the customer reads
        """
        self._check_reason(reason)
        self._lock_for("rejected")
        self._cancel_sale_orders()
        self._move_to("rejected", reject_reason=reason.strip())
        self.activity_unlink(["order_sheets.mail_activity_type_review"])
        self._mail_customers("rejected")

    def _complete(self, **values):
        now = fields.Datetime.now()
        self._move_from("in_progress", "done", done_at=now, **values)

    def _reopen(self, **values):
        self._move_from("done", "in_progress", done_at=False, **values)

    def _put_away(self, **values):
        self._move_to("archived", **values)

    def _restore(self, **values):
        """Take orders out of the archive; the job leaves them alone for a while."""
        now = fields.Datetime.now()
        self._move_from("archived", "done", done_at=now, **values)

    def _cancel_by_customer(self):
        """Take an order back on behalf of its customer; call it with sudo.

        :raise UserError: somebody works on it already
        """
        self._lock_for("cancelled")
        self._cancel_sale_orders()
        self._move_to("cancelled")
        self.activity_unlink(["order_sheets.mail_activity_type_review"])
        self._mail_administrators("cancelled")

    def _may_be_cancelled(self):
        """Return whether the customer may still take the order back."""
        # A confirmed sale order is on its way, whoever may read it.
        return (
            "cancelled" in self._transitions[self.state]
            and self.sudo().sale_order_id.state != "sale"
        )

    def _discard(self):
        """Throw a draft away, with its files; call it with sudo."""
        self._lock()
        for request in self:
            if request.state != "draft":
                raise UserError(request._get_refusal("cancelled"))
        self.unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(request.state != "draft" for request in self):
            raise UserError(
                self.env._("Only drafts can be deleted. Please reject the order.")
            )

    # === CRUD METHODS === #

    def write(self, vals):
        is_ours = self.env.su or self._is_state_writer()
        if not is_ours and not NOTED_BY_BUTTONS.isdisjoint(vals):
            raise UserError(self.env._("This is not written by hand."))
        return super().write(vals)

    # === HELPERS === #

    def _move_from(self, former, state, **values):
        """Move requests, which all have to be in one state: two ways lead to some.

        :raise UserError: as ``_move_to`` does
        """
        self._lock()
        for request in self:
            if request.state != former:
                raise UserError(request._get_refusal(state))
        self._move_to(state, **values)

    def _check_staff(self):
        """:raise AccessError: the user does not work with order requests"""
        if not self.env.user.has_group(GROUP_USER):
            raise AccessError(
                self.env._(
                    "Only members of the group “%(group)s” may do this.",
                    group=self.env.ref(GROUP_USER).sudo().full_name,
                )
            )
        self.check_access("write")

    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason; the customer reads it."))

    def _open_reason(self, act, title):
        self._check_staff()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "order.sheet.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_ids": self.ids, "default_act": act},
        }
