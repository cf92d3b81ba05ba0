from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .customer_service_order import OPEN_STATES

MORNING = 7  # local hour from which people are reminded
MOST = 1000  # in one run; the next one goes on


class CustomerServiceOrder(models.Model):
    """What happens without anybody pressing a button: every hour, by local time."""

    _inherit = "customer.service.order"

    reminded_on = fields.Date(copy=False, readonly=True, groups="base.group_user")

    _promised_idx = models.Index(
        "(company_id, promised_date)"
        " WHERE state IN ('submitted', 'confirmed', 'at_location')"
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

    @api.model
    def _purge_drafts(self):
        """Delete drafts that nobody has touched for long, with their files."""
        company = self.env.company
        oldest = fields.Datetime.now() - timedelta(days=company.service_draft_days)
        self._do_for_each(
            Domain("state", "=", "draft") & Domain("write_date", "<", oldest),
            lambda order: order.unlink(),
        )

    @api.model
    def _remind_customers(self):
        """Remind customers of quotations and questions that they have not answered."""
        company = self.env.company
        today = company._portal_today()
        pause = timedelta(days=company.service_remind_days)
        due = Domain("waiting_for", "=", "customer")
        due &= Domain("waiting_since", "<=", fields.Datetime.now() - pause)
        due &= Domain("reminded_on", "=", False) | Domain(
            "reminded_on", "<=", today - pause
        )
        self._do_for_each(due, lambda order: order._remind(today))

    def _remind(self, today):
        self.reminded_on = today
        self._mail_customers("reminder")

    @api.model
    def _note_overdue(self):
        """Put what was promised and is not ready on the list of who looks after it."""
        activity_type = self.env.ref(
            "customer_portal.mail_activity_type_promise", raise_if_not_found=False
        )
        if not activity_type:
            return
        overdue = Domain("state", "in", OPEN_STATES)
        overdue &= Domain("promised_date", "<", self.env.company._portal_today())
        noted = Domain("activity_ids.activity_type_id", "=", activity_type.id)
        self._do_for_each(
            overdue & ~noted,
            lambda order: order._schedule_for_responsible(
                "customer_portal.mail_activity_type_promise"
            ),
        )

    @api.model
    def _do_for_each(self, domain, do):
        """Do something with each order of this company, committing after each."""
        domain &= Domain("company_id", "=", self.env.company.id)
        orders = self.search(domain, limit=MOST)
        self.env["ir.cron"]._commit_progress(remaining=len(orders))
        for order in orders:
            if order := order.try_lock_for_update().filtered_domain(domain):
                do(order)
            if not self.env["ir.cron"]._commit_progress(1):
                return
