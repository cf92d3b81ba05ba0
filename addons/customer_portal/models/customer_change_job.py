import logging
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

MORNING = 7  # local hour from which staff are reminded


class CustomerChangeRequest(models.Model):
    """What happens without anybody pressing a button: every hour, by local time."""

    _inherit = "customer.change.request"

    # === CHANGES FOR A CERTAIN DAY === #

    @api.model
    def _cron_apply_scheduled(self):
        """Let approved changes take effect on the day that they are for."""
        due = Domain("state", "=", "scheduled") & self._get_companies_domain(
            lambda company: Domain("effective_date", "<=", company._portal_today())
        )
        requests = self.search(due, order="effective_date, id")
        self.env["ir.cron"]._commit_progress(remaining=len(requests))
        for request in requests:
            request.try_lock_for_update().filtered_domain(due)._apply_scheduled()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _apply_scheduled(self):
        """Apply it as whoever approved it, or put it back on the table."""
        for request in self:
            approver = request.decided_by_id
            if not approver.active:
                request._put_back(self.env._("Whoever approved it has left."))
                continue
            own = request.with_user(approver).with_company(request.company_id)
            try:
                with self.env.cr.savepoint():
                    own.with_context(lang=approver.lang)._apply_as_decided()
            except (UserError, RedirectWarning, IntegrityError) as error:
                _logger.info("%s cannot be applied: %s", request.name, error)
                request._put_back(str(error))

    def _apply_as_decided(self):
        self._check_target()
        self._check_conflicts()
        self._apply_approval()
        self._move_to(self._get_approved_state())
        self._notify_approved()

    def _put_back(self, why):
        """Let somebody look again at what could not be applied."""
        approver = self.decided_by_id
        self._move_to("pending", decided_by_id=False, decided_on=False)
        self._schedule_decision(approver, note=why)

    # === REMINDERS === #

    @api.model
    def _cron_remind(self):
        """Remind of requests that nobody has decided about in time."""
        # Companies are few.
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all
            now = company._portal_now()
            if company.change_remind and now.hour >= MORNING:
                self.with_company(company)._remind(now.date())

    @api.model
    def _remind(self, today):
        company = self.env.company
        deadline = today - timedelta(days=company.change_sla_days)
        late = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "pending")
            & Domain("create_date", "<", deadline + timedelta(days=1))
            & (
                Domain("reminded_on", "=", False)
                | Domain("reminded_on", "<=", deadline)
            )
        )
        requests = self.search(late).filtered(
            lambda request: (
                company._portal_local(request.create_date).date() <= deadline
            )
        )
        self.env["ir.cron"]._commit_progress(remaining=len(requests))
        for request in requests:
            request = request.try_lock_for_update().filtered_domain(late)
            request.reminded_on = today
            request._mail_administrators("reminder")
            if not self.env["ir.cron"]._commit_progress(1):
                return

    @api.model
    def _get_companies_domain(self, get_domain):
        """Return a domain that asks for something else in each company."""
        # Companies are few.
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        return Domain.OR(
            Domain("company_id", "=", company.id) & get_domain(company)
            for company in companies
        )
