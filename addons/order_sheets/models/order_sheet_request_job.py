from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

MORNING = 7  # local hour from which customers are told something
NOTICE = timedelta(days=7)  # so long before a draft is deleted


class OrderSheetRequest(models.Model):
    """What happens without anybody pressing a button: every hour, by local time."""

    _inherit = "order.sheet.request"

    expiry_told_on = fields.Date(
        string="Told of the Deletion on",
        copy=False,
        readonly=True,
        groups="base.group_user",
        help="The customer knows that his draft will be deleted.",
    )

    @api.model
    def _cron_order_requests(self):
        """Put old orders away, and delete drafts that nobody finishes."""
        # Companies are few.
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all
            requests = self.with_company(company)
            requests._archive_done()
            requests._purge_drafts()
            if company._portal_now().hour >= MORNING:
                requests._announce_expiry()

    @api.model
    def _archive_done(self):
        """Move what was completed long ago to the customer's archive."""
        company = self.env.company
        if days := company.order_sheet_archive_days:
            due = Domain("state", "=", "done")
            due &= Domain("done_at", "<", self._get_end_of(timedelta(days=days)))
            self._do_for_each(due, lambda request: request._move_to("archived"))

    # === OLD DRAFTS === #

    @api.model
    def _announce_expiry(self):
        """Tell customers of drafts that will be deleted, once for each draft."""
        due = self._get_untouched_domain(self._get_draft_age() - NOTICE)
        due &= Domain("expiry_told_on", "=", False)
        self._do_for_each(due, lambda draft: draft._tell_expiry())

    def _tell_expiry(self):
        self.expiry_told_on = self.company_id._portal_today()
        self._mail_customers("expiring")

    @api.model
    def _purge_drafts(self):
        """Delete drafts that nobody has touched for long, with their files.

        Whatever the settings become: a customer has time after he was told.
        """
        due = self._get_untouched_domain(self._get_draft_age())
        told_by = self.env.company._portal_today() - NOTICE
        due &= Domain("expiry_told_on", "<=", told_by)
        self._do_for_each(due, lambda draft: draft._discard())

    def _touch(self, contact):
        result = super()._touch(contact)
        if self.expiry_told_on:
            self.expiry_told_on = False
        return result

    def _get_expiry_date(self):
        """Return the day on which this draft is deleted; call it with sudo."""
        company = self.company_id
        touched = company._portal_local(self.saved_at or self.create_date).date()
        told = self.expiry_told_on or company._portal_today()
        days = timedelta(days=company.order_sheet_draft_days)
        return max(touched + days, told + NOTICE)

    @api.model
    def _get_draft_age(self):
        return timedelta(days=self.env.company.order_sheet_draft_days)

    @api.model
    def _get_untouched_domain(self, age):
        """Return which drafts nobody has touched for so many days."""
        end = self._get_end_of(age)
        untouched = Domain("saved_at", "<", end)
        untouched |= Domain("saved_at", "=", False) & Domain("create_date", "<", end)
        return Domain("state", "=", "draft") & untouched

    @api.model
    def _get_end_of(self, age):
        """Return the end of the day so many days ago, on the company's clock."""
        company = self.env.company
        return company._portal_start_of(
            company._portal_today() - age + timedelta(days=1)
        )
