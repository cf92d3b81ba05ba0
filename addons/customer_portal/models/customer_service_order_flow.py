from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .customer_service_order import NEW_STATES

GROUP_USER = "customer_portal.customer_portal_group_service_user"
GROUP_MANAGER = "customer_portal.customer_portal_group_service_manager"


class CustomerServiceOrder(models.Model):
    """The life of a service order, and who moves it."""

    _inherit = "customer.service.order"

    _transitions = {
        "draft": {"submitted"},
        "submitted": {"confirmed", "at_location", "cancelled"},
        "confirmed": {"at_location", "cancelled"},
        "at_location": {"completed", "cancelled"},
        "completed": {"at_location"},
        "cancelled": set(),
    }

    confirmed_on = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    completed_on = fields.Datetime(readonly=True, copy=False)
    promised_date = fields.Date(
        tracking=True,
        copy=False,
        help="Until when the device is to be ready; the customer can read it.",
    )
    cancel_reason = fields.Text(
        readonly=True, copy=False, help="The customer reads this."
    )

    # For the calendar.
    _promised_idx = models.Index("(company_id, promised_date)")

    # === ACTION METHODS === #

    def action_confirm(self):
        """Confirm what customers have sent, and send what staff have typed in."""
        self._check_staff()
        drafts = self.filtered(lambda order: order.state == "draft")
        drafts._enter()
        self._confirm()

    def action_receive(self):
        self._check_staff()
        self._receive()

    def action_refuse(self):
        """Ask for the reason, which the customer will read."""
        return self._open_reason("refuse", self.env._("Refuse"))

    def action_cancel(self):
        """Ask for the reason, which the customer will read."""
        return self._open_reason("cancel", self.env._("Cancel the Order"))

    def action_reopen(self):
        """Ask for the reason, which the timeline shows to staff."""
        self._check_manager()
        return self._open_reason("reopen", self.env._("Reopen"))

    def action_complete(self):
        """Ask for what was done and how the device travels back."""
        self._check_staff()
        return self._open_wizard("customer.service.complete", self.env._("Complete"))

    def action_set_status(self):
        self._check_staff()
        self._check_one_state()
        return self._open_wizard("customer.service.set.status", self.env._("Status"))

    # === FROM THE DRAFT TO THE LOCATION === #

    def _submit(self):
        """Send the drafts of customers to the service location.

        Those of resellers are confirmed at once.

        :raise IncompleteOrderError: something is missing
        :raise UserError: it was sent already
        """
        self._enter()
        self._mail_administrators("submitted")
        self.filtered(lambda order: order._is_of_reseller())._confirm()

    def _enter(self):
        """Give checked drafts their numbers."""
        self._lock_for("submitted")
        self._check_complete()
        self._register_device()
        for order in self:
            order._bind_device_in("submitted", date_order=fields.Datetime.now())

    def _bind_device_in(self, state, **values):
        """Move an order to a state in which no other one is for the same device.

        :raise UserError: another order was faster
        """
        policy = self.company_id.service_duplicate_policy
        try:
            with self.env.cr.savepoint():
                self._move_to(state, is_exclusive=policy == "block", **values)
                self.flush_recordset()
        except UniqueViolation as error:
            raise UserError(self._get_busy_text()) from error

    def _confirm(self):
        self._move_to("confirmed", confirmed_on=fields.Datetime.now())
        self._mail_customers("confirmed")

    def _refuse(self, reason):
        """Turn down what a customer has sent.

        :param reason: what the customer reads
        :raise UserError: there is no reason, or an order is confirmed already
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Please give a reason."))
        self._lock()
        for order in self:
            if order.state != "submitted":
                raise UserError(order._get_refusal("cancelled"))
        self._end(reason)
        self._mail_customers("refused")

    # === AT THE LOCATION === #

    def _receive(self):
        """Note that the devices have arrived.

        :raise UserError: an order does not wait for its device
        """
        now = fields.Datetime.now()
        self._lock()
        for order in self:
            if order.state not in NEW_STATES:  # a completed one is reopened instead
                raise UserError(order._get_refusal("at_location"))
        promises = self.grouped(lambda it: it.promised_date or it._get_promise())
        for promise, orders in promises.items():
            orders._move_to("at_location", received_on=now, promised_date=promise)
        self._receive_shipment_lines()
        self._mail_customers("received")

    def _get_promise(self):
        """Return the day that usually can be kept, or False."""
        days = self.service_type_id.estimated_days
        return bool(days) and self.company_id._portal_today() + timedelta(days=days)

    def _complete(self, **values):
        """Send the devices back.

        :param values: ``resolution``, ``outbound_tracking``
        :raise UserError: nobody wrote what was done
        """
        self._lock_for("completed")
        if not all(values.get("resolution", order.resolution) for order in self):
            raise UserError(
                self.env._("Please write what was done; the customer reads it.")
            )
        self._move_to(
            "completed",
            completed_on=fields.Datetime.now(),
            is_exclusive=False,
            device_passcode=False,
            **values,
        )
        self._mail_customers("completed")

    def _reopen(self, reason):
        """Take a device back to the workshop, for another try."""
        self._lock()
        for order in self:
            if order.state != "completed":
                raise UserError(order._get_refusal("at_location"))
            if faults := order._get_duplicate_faults():
                raise UserError("\n".join(faults.values()))
            order.with_context(service_log_note=reason)._bind_device_in(
                "at_location", completed_on=False
            )

    # === THE EARLY END === #

    def _cancel(self, reason=None):
        """Cancel orders on behalf of staff.

        :param reason: what the customer reads
        """
        self._end(reason)
        self._mail_customers("cancelled")

    def _cancel_by_customer(self):
        """Cancel an order on behalf of its customer; call it with sudo.

        :raise UserError: the device is at the location, or on its way
        """
        self._lock()
        for order in self:
            if order.state not in ("submitted", "confirmed"):
                raise UserError(order._get_refusal("cancelled"))
        self._end(None)
        self._mail_administrators("cancelled_by_customer")

    def _discard(self):
        """Throw a draft away, with its files; call it with sudo."""
        self._lock()
        for order in self:
            if order.state != "draft":
                raise UserError(order._get_refusal("cancelled"))
        self.unlink()

    def _end(self, reason):
        """Cancel orders, and what hangs on them."""
        self._lock_for("cancelled")
        self._leave_shipments()
        self._cancel_draft_quotations()
        self._move_to(
            "cancelled",
            cancel_reason=reason,
            is_exclusive=False,
            device_passcode=False,
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(order.state != "draft" for order in self):
            raise UserError(
                self.env._("Only drafts can be deleted. Please cancel the order.")
            )

    # === HELPERS === #

    def _check_staff(self):
        """:raise AccessError: the user does not work with service orders"""
        self._check_group(GROUP_USER)

    def _check_manager(self):
        self._check_group(GROUP_MANAGER)

    def _check_group(self, group):
        if not self.env.user.has_group(group):
            raise AccessError(
                self.env._(
                    "Only members of the group “%(group)s” may do this.",
                    group=self.env.ref(group).sudo().full_name,
                )
            )
        self.check_access("write")

    def _open_reason(self, act, title):
        self._check_staff()
        return self._open_wizard("customer.service.reason", title, default_act=act)

    def _open_wizard(self, model, title, **context):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids, **context},
        }
