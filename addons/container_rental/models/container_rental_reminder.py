from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..tools.delivery_plan import ONE_DAY

MORNING = 6  # local hour from which reminders are sent
SECOND_REMINDER = timedelta(days=7)  # after the first one


class ContainerRental(models.Model):
    """Reminders: before the day of return, on the day after it, a week later.

    Each is sent once; a customer with many containers gets one mail for all of them.
    """

    _inherit = "container.rental"

    @api.model
    def _cron_remind(self):
        """Send what is due in every company where it is morning; runs every hour."""
        # Companies are few.
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all
            now = company._portal_now()
            if now.hour >= MORNING:
                rentals = self.with_company(company)
                for event, domain, values in rentals._get_reminders(now.date()):
                    rentals._remind(event, domain, values)

    @api.model
    def _get_reminders(self, today):
        """Return the kinds of reminders: ``(event, whom it is due for, done mark)``."""
        days_before = self.env.company.container_reminder_days
        issued = Domain("company_id", "=", self.env.company.id) & Domain(
            "state", "=", "issued"
        )
        soon = (
            Domain("is_due_reminded", "=", False)
            & Domain("back_by", ">=", today)
            & Domain("back_by", "<=", today + days_before * ONE_DAY)
        )
        late = Domain("reminder_level", "=", 0) & Domain("back_by", "<", today)
        very_late = (
            Domain("reminder_level", "=", 1)
            & Domain("back_by", "<", today)
            & Domain("reminded_on", "<=", today - SECOND_REMINDER)
        )
        now = {"reminded_on": today}
        return [
            (
                "due",
                issued & soon if days_before else Domain.FALSE,
                {"is_due_reminded": True},
            ),
            ("overdue", issued & late, now | {"reminder_level": 1}),
            ("overdue", issued & very_late, now | {"reminder_level": 2}),
        ]

    @api.model
    def _remind(self, event, domain, values):
        """Remind of rentals once, with one mail per contact, and commit after each."""
        groups = self._read_group(
            domain, ["commercial_partner_id", "partner_id"], ["id:recordset"]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(groups))
        for _customer, _contact, rentals in groups:
            # A row that is locked is just being issued or returned: next hour.
            rentals = rentals.try_lock_for_update().filtered_domain(domain)
            rentals.write(values)
            context = {"rental_ids": rentals.ids}
            rentals[:1]._mail_customers(event, **context)
            if event == "overdue":
                rentals[:1]._mail_administrators("overdue_admin", **context)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _get_reminded_rentals(self):
        """Return the rentals that a reminder lists; for its template."""
        ids = self.env.context.get("rental_ids")
        return self.browse(ids).exists() if ids else self
