from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

# A mail server that does not answer is asked at each run of the job, every 5 minutes; a
# little less, or every second run would come too early.
UNREACHABLE_PAUSE = timedelta(minutes=4)
# An address that was refused gets these further chances after the first one.
REFUSED_PAUSES = (
    timedelta(minutes=15),
    timedelta(minutes=60),
    timedelta(hours=6),
    timedelta(hours=24),
)
LAST_ATTEMPT = timedelta(hours=24)
NO_ADDRESS = ("mail_email_invalid", "mail_email_missing")


class SurveyCallcenterAppointment(models.Model):
    """Protocols arrive, or somebody learns that they did not.

    Odoo tries to send a mail once. A protocol is tried for a day: every five minutes
    while the mail server cannot be reached, after 15 minutes, 1, 6 and 24 hours if it
    refuses the mail. Then the survey's responsible gets an activity.
    """

    _inherit = "survey.callcenter.appointment"

    protocol_state = fields.Selection(
        [("queued", "Waiting"), ("sent", "Sent"), ("failed", "Failed")],
        string="Protocol",
        readonly=True,
        index="btree_not_null",
    )
    protocol_failed_since = fields.Datetime(readonly=True)
    protocol_retry_at = fields.Datetime(
        string="Protocol Tried Again At", readonly=True, index="btree_not_null"
    )

    @api.model
    def _retry_protocols(self):
        """Put failed protocols back into the queue when their time has come (a job)."""
        due = Domain("protocol_retry_at", "<=", fields.Datetime.now())
        appointments = self.search(due).try_lock_for_update().filtered_domain(due)
        mails = appointments.protocol_mail_id.filtered(
            lambda mail: mail.state != "sent"
        )
        mails.write({"state": "outgoing"})
        appointments.write({"protocol_retry_at": False})
        if mails:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _note_protocol_result(self, failure_type):
        """Note how sending the mail went.

        :param failure_type: as in ``mail.mail``; nothing if the mail left
        """
        if failure_type:
            self._schedule_protocol_retry(failure_type)
            return
        if self.protocol_state != "sent":
            self._note_protocol_in_history()
        self.write(
            {
                "protocol_state": "sent",
                "protocol_sent_at": fields.Datetime.now(),
                "protocol_failed_since": False,
                "protocol_retry_at": False,
            }
        )

    def _note_protocol_in_history(self):
        """Note who got the protocol; the call that it is about was the agent's."""
        mail = self.protocol_mail_id
        agent = mail.create_uid
        receivers = ", ".join(mail.recipient_ids.mapped("name"))
        text = self.with_context(lang=agent.lang).env._(
            "Protocol sent to %(name)s", name=receivers
        )
        self.env["survey.callcenter.history"].create(
            {
                "partner_id": self.partner_id.id,
                "contact_id": self.contact_id.id,
                "survey_id": self.survey_id.id,
                "company_id": self.company_id.id,
                "user_id": agent.id,
                "date": fields.Datetime.now(),
                "kind": "protocol",
                "rating_id": self.contact_id.rating_id.id,
                "note": text,
            }
        )

    def _schedule_protocol_retry(self, failure_type):
        now = fields.Datetime.now()
        since = self.protocol_failed_since or now
        retry_at = self._get_next_attempt(failure_type, since, now)
        self.write(
            {
                "protocol_state": "queued" if retry_at else "failed",
                "protocol_failed_since": since,
                "protocol_retry_at": retry_at,
            }
        )
        if not retry_at:
            self._report_protocol_failure()

    def _get_next_attempt(self, failure_type, since, now):
        """Return when to try again, or False after the last attempt."""
        if failure_type in NO_ADDRESS:
            return False
        if failure_type == "mail_smtp":
            attempts = [now + UNREACHABLE_PAUSE]
        else:
            attempts = [since + pause for pause in REFUSED_PAUSES]
        last = since + LAST_ATTEMPT
        return next((at for at in attempts if now < at <= last), False)

    def _report_protocol_failure(self):
        """Tell the survey's responsible who did not get a protocol."""
        user = self.survey_id.user_id
        if not (user.active and user._is_internal()):
            user = self.env.ref("base.user_admin")
        _ = self.with_context(lang=user.lang).env._
        # quick_update: no mail about the mail, it might fail in turn
        self.survey_id.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=_("Protocol not delivered"),
            note=plaintext2html(
                _(
                    "The protocol of the appointment with %(person)s could not be sent"
                    " to %(name)s (%(email)s).",
                    person=self.partner_id.display_name,
                    name=self.rep_id.name,
                    email=self.rep_id.email or "",
                )
            ),
            user_id=user.id,
        )
