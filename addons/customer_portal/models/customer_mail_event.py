import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

from .mail_mail import REFUSED_PAUSES

_logger = logging.getLogger(__name__)


class CustomerMailEvent(models.Model):
    """Something that somebody is still to be told about by mail.

    What a user does only notes the event here, in the same transaction. A job writes
    the mails right after it is committed. So a template that is slow or broken never
    stands between a customer and his request, and nothing is told that did not happen.
    """

    _name = "customer.mail.event"
    _description = "Mail to Be Written"
    _order = "id"

    audience = fields.Selection(
        [("customers", "Customers"), ("administrators", "Administrators")],
        required=True,
    )
    event = fields.Char(required=True)
    context = fields.Json()
    res_model = fields.Char(required=True)
    res_ids = fields.Json(required=True)
    try_on = fields.Datetime(
        default=fields.Datetime.now, help="Empty: it was tried often enough."
    )
    attempts = fields.Integer()
    error = fields.Text()

    _try_on_idx = models.Index("(try_on, id) WHERE try_on IS NOT NULL")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.cr.precommit.data.get("customer_mail_event"):
            self.env.cr.precommit.data["customer_mail_event"] = True
            self.env.cr.precommit.add(self._trigger_job)
        return super().create(vals_list)

    @api.model
    def _trigger_job(self):
        job = self.env.ref(
            "customer_portal.customer_mail_event_cron", raise_if_not_found=False
        )
        if job:
            job._trigger()

    @api.model
    def _write_mails(self):
        """Write the mails of all events (a job); commit after each event."""
        due = Domain("try_on", "<=", fields.Datetime.now())
        events = self.search(due)
        self.env["ir.cron"]._commit_progress(remaining=len(events))
        for event in events:
            event.try_lock_for_update().filtered_domain(due)._write_now()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _write_now(self):
        """Write the mails of these events; what fails is tried again later."""
        for event in self:
            if event.res_model not in self.env:  # its addon was uninstalled meanwhile
                event.unlink()
                continue
            records = self.env[event.res_model].browse(event.res_ids).exists()
            try:
                with self.env.cr.savepoint():
                    event._write_for(records)
            except Exception as error:  # a template may raise anything
                _logger.warning("Mail %s could not be written", event.event, exc_info=1)
                event._postpone(records, error)
            else:
                event.unlink()
        self.env["mail.mail"]._trigger_queue()

    def _write_for(self, records):
        for company, group in records.grouped("company_id").items():
            group = group.with_company(company)
            if self.audience == "customers":
                group._write_customer_mails(self.event, **(self.context or {}))
            else:
                group._write_administrator_mails(self.event, **(self.context or {}))

    def _postpone(self, records, error):
        """Try again after a while; after the last time, tell who can repair it."""
        pauses = REFUSED_PAUSES[self.attempts :]
        self.write(
            {
                "attempts": self.attempts + 1,
                "error": str(error),
                "try_on": bool(pauses) and fields.Datetime.now() + pauses[0],
            }
        )
        if not pauses and records and hasattr(records, "activity_schedule"):
            records[0].activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Mail not delivered"),
                note=plaintext2html(
                    self.env._(
                        "The mail “%(event)s” could not be written: %(error)s",
                        event=self.event,
                        error=str(error),
                    )
                ),
                user_id=self.env["mail.mail"]._get_failure_user(records[0]).id,
            )
