from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .customer_service_order import OPEN_STATES

MORNING = 7  # local hour from which people are reminded
OVERDUE = "customer_portal.mail_activity_type_promise"


class CustomerServiceOrder(models.Model):
    """What happens without anybody pressing a button: every hour, by local time."""

    _inherit = "customer.service.order"

    reminded_on = fields.Date(copy=False, readonly=True, groups="base.group_user")
    is_noted_overdue = fields.Boolean(
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="Somebody was told that the promised day is over.",
    )

    @api.model
    def _cron_service_orders(self):
        """Delete old drafts, remind customers, note what is overdue."""
        # Companies are few.
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all
            orders = self.with_company(company)
            orders._purge_drafts()
            if company._portal_now().hour >= MORNING:
                orders._note_overdue()
                if company.service_remind:
                    orders._remind_customers()

    # === OLD DRAFTS === #

    @api.model
    def _purge_drafts(self):
        """Delete drafts that nobody has touched for long, with their files."""
        company = self.env.company
        oldest = fields.Datetime.now() - timedelta(days=company.service_draft_days)
        self._do_for_each(
            Domain("state", "=", "draft") & Domain("write_date", "<", oldest),
            lambda order: order.unlink(),
        )

    # === REMINDERS === #

    @api.model
    def _remind_customers(self):
        """Remind customers of quotations and questions that they have not answered."""
        company = self.env.company
        today = company._portal_today()
        pause = timedelta(days=company.service_remind_days)
        due = Domain("waiting_for", "=", "customer")
        due &= Domain("waiting_since", "<=", fields.Datetime.now() - pause)
        due &= Domain("customer_reply_pending", "=", False)  # it is our turn
        due &= Domain("reminded_on", "=", False) | Domain(
            "reminded_on", "<=", today - pause
        )
        self._do_for_each(due, lambda order: order._remind(today))

    def _remind(self, today):
        self.reminded_on = today
        if self._can_be_answered():
            self._mail_customers("reminder")

    def _can_be_answered(self):
        """Return whether the customer still has a way to answer."""
        quotations = self.sale_order_ids.filtered(lambda it: it.state == "sent")
        return not quotations or any(not it.is_expired for it in quotations)

    # === WHAT IS OVERDUE === #

    @api.model
    def _note_overdue(self):
        """Put what was promised and is not ready on the list of who looks after it."""
        overdue = Domain("state", "in", OPEN_STATES)
        overdue &= Domain("promised_date", "<", self.env.company._portal_today())
        overdue &= Domain("is_noted_overdue", "=", False)
        self._do_for_each(overdue, lambda order: order._note_as_overdue())

    def _note_as_overdue(self):
        self.is_noted_overdue = True
        self._schedule_for_responsible(OVERDUE)

    def write(self, vals):
        result = super().write(vals)
        is_over = vals.get("state") in ("completed", "cancelled")
        if is_over or "promised_date" in vals:
            # A new promise counts anew, and nobody waits for one that was kept.
            orders_sudo = self.sudo().filtered("is_noted_overdue")
            orders_sudo.is_noted_overdue = False
            orders_sudo.activity_unlink([OVERDUE])
        return result
