import smtplib
import sys
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import plaintext2html

# A mail server that does not answer, or not now, is asked again at each run of the job,
# which starts every 5 minutes; a little less, or every second run would come too early.
UNREACHABLE_PAUSE = timedelta(minutes=4)
# An address or a mail that was refused gets these further chances after the first one.
REFUSED_PAUSES = (
    timedelta(minutes=15),
    timedelta(minutes=60),
    timedelta(hours=6),
    timedelta(hours=24),
)
LAST_ATTEMPT = timedelta(hours=24)
NO_ADDRESS = ("mail_email_invalid", "mail_email_missing")


class MailMail(models.Model):
    """Mails about customers' documents arrive, or somebody learns that they did not.

    Odoo tries to send a mail once. Mails about records whose model says
    ``_retry_failed_mails = True`` are tried for a day: every 5 minutes while the mail
    server cannot be reached, after 15 minutes, 1, 6 and 24 hours if it refuses them.
    Then the person who looks after the record gets an activity that names the mail and
    its recipient. A model may say who that is in ``_get_mail_failure_user()``, which
    returns a user or nobody; else it is the employee who created the record.
    """

    _inherit = "mail.mail"

    failed_since = fields.Datetime("First Failure", readonly=True, copy=False)
    retry_at = fields.Datetime("Next Attempt", readonly=True, copy=False)

    _retry_at_idx = models.Index("(retry_at) WHERE retry_at IS NOT NULL")
    _outgoing_idx = models.Index("(id) WHERE state = 'outgoing'")

    def action_retry(self):
        # a person who presses the button has done something about it: start anew
        self.write({"failed_since": False, "retry_at": False})
        return super().action_retry()

    # === QUEUE === #

    @api.model
    def _trigger_queue(self):
        """Let the queue send its mails right after this transaction is committed."""
        queue = self.env.ref(
            "mail.ir_cron_mail_scheduler_action", raise_if_not_found=False
        )
        if queue:
            queue._trigger()

    @api.model
    def _retry_failed(self, batch_size=1000):
        """Put failed mails back into the queue when their time has come (a job)."""
        due = Domain("state", "=", "exception") & Domain(
            "retry_at", "<=", fields.Datetime.now()
        )
        remaining = self.search_count(due)
        mails = self.search(due, order="retry_at, id", limit=batch_size)
        mails.try_lock_for_update().filtered_domain(due).write(
            {"state": "outgoing", "retry_at": False}
        )
        if mails or self._has_forgotten_mails():
            self._trigger_queue()
        self.env["ir.cron"]._commit_progress(
            len(mails), remaining=remaining - len(mails)
        )

    def _has_forgotten_mails(self):
        """Whether mails of ours wait although nobody has told the queue.

        That happens when a sender forgets it, or when the server is killed in between;
        the queue itself would look after them within the hour.
        """
        names = [name for name in self.env.registry if _retries(self.env[name])]
        return bool(
            self.search_count(
                [
                    ("state", "=", "outgoing"),
                    ("model", "in", names),
                    ("scheduled_date", "=", False),
                ],
                limit=1,
            )
        )

    # === SENDING === #

    def send_after_commit(self):
        # The answer to a chat message neither waits for the mail server nor fails with
        # it, and nobody gets the message twice because a later mail failed.
        queued = self._filter_retried()
        if queued:
            queued._trigger_queue()
        return super(MailMail, self - queued).send_after_commit()

    def send(self, auto_commit=False, raise_exception=False, post_send_callback=None):
        return super(MailMail, self._split_by_recipient()).send(
            auto_commit=auto_commit,
            raise_exception=raise_exception,
            post_send_callback=post_send_callback,
        )

    def _split_by_recipient(self):
        """Return these mails, each with one recipient.

        Otherwise one refused address would keep the next recipients from getting
        theirs, and let the earlier ones get it with every attempt.
        """
        mails = self
        for mail in self._filter_retried().filtered(
            lambda mail: mail.state == "outgoing"
        ):
            has_address = mail.email_to or mail.email_cc
            others = mail.recipient_ids if has_address else mail.recipient_ids[1:]
            if not others:
                continue
            notifications_sudo = (
                self.env["mail.notification"]
                .sudo()
                .search(
                    [
                        ("mail_mail_id", "=", mail.id),
                        ("res_partner_id", "in", others.ids),
                    ]
                )
            )
            mail.write(
                {
                    "recipient_ids": [Command.unlink(partner.id) for partner in others],
                    # the first one that is sent must not delete the words of the others
                    "is_notification": True,
                }
            )
            for partner in others:
                part = mail.copy(
                    {
                        "mail_message_id": mail.mail_message_id.id,
                        "headers": mail.headers,
                        "recipient_ids": [Command.set(partner.ids)],
                        "email_to": False,
                        "email_cc": False,
                    }
                )
                notifications_sudo.filtered(
                    lambda notification, partner=partner: (
                        notification.res_partner_id == partner
                    )
                ).mail_mail_id = part
                mails |= part
        return mails

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        waiting = self.filtered(lambda mail: mail.state == "outgoing")
        try:
            return super()._send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                smtp_session=smtp_session,
                alias_domain_id=alias_domain_id,
                mail_server=mail_server,
                post_send_callback=post_send_callback,
            )
        except smtplib.SMTPServerDisconnected as error:
            # The queue stops here. The mail at which the server hung up is the last
            # one that is marked as failed; those behind it need not wait for it.
            failed = waiting.exists().filtered(lambda mail: mail.state == "exception")
            failure = {"failure_type": "mail_smtp", "failure_reason": str(error)}
            failed[-1:].write(failure)
            failed[-1:]._postprocess_sent_message([], [], **failure)
            self._trigger_queue()
            raise

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # before super, which deletes mails that have no usable address
        failed = self._filter_retried().filtered(lambda mail: mail.state == "exception")
        failed._schedule_retry(failure_type)
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    # === RETRY === #

    def _filter_retried(self):
        """Return those of these mails that are tried again when they fail."""
        return self.filtered(lambda mail: _retries(self.env.get(mail.model)))

    def _schedule_retry(self, failure_type):
        now = fields.Datetime.now()
        for mail in self:
            mail.failed_since = mail.failed_since or now
            mail.retry_at = mail._get_next_attempt(
                failure_type or mail.failure_type, now
            )
            if not mail.retry_at:
                mail._report_failure()

    def _get_next_attempt(self, failure_type, now):
        """Return when to try again, or False after the last attempt."""
        if failure_type in NO_ADDRESS:
            return False
        if failure_type == "mail_smtp" or _is_temporary(sys.exc_info()[1]):
            attempts = [now + UNREACHABLE_PAUSE]
        else:
            attempts = [self.failed_since + pause for pause in REFUSED_PAUSES]
        last = self.failed_since + LAST_ATTEMPT
        return next((time for time in attempts if now < time <= last), False)

    def _report_failure(self):
        """Tell the person who looks after the record that a mail was not delivered."""
        # whoever sends a mail need not have a right to the record
        record = self.env[self.model].sudo().browse(self.res_id).exists()
        if not (record and hasattr(record, "activity_schedule")):
            return
        user = self._get_failure_user(record)
        _ = self.with_context(lang=user.lang).env._
        # quick_update: no mail about the mail, it might fail in turn
        record.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=_("Mail not delivered"),
            note=plaintext2html(
                _(
                    "“%(subject)s” could not be delivered to %(recipients)s.",
                    subject=self.subject or "",
                    recipients=self._get_recipient_names(),
                )
            ),
            user_id=user.id,
        )

    def _get_failure_user(self, record):
        user = self.env["res.users"]
        if hasattr(record, "_get_mail_failure_user"):
            user = record._get_mail_failure_user()
        candidates = user | record.create_uid | self.env.ref("base.user_admin")
        return candidates.filtered(lambda user: user.active and user._is_internal())[:1]

    def _get_recipient_names(self):
        addresses = [self.email_to, self.email_cc]
        addresses += [
            partner.email_formatted or partner.display_name
            for partner in self.recipient_ids
        ]
        return ", ".join(filter(None, addresses))


def _retries(model):
    return getattr(model, "_retry_failed_mails", False)


def _is_temporary(error):
    """Whether the server may take the mail later (RFC 5321: answers 4yz).

    :param error: what sending raised; core wraps the answer of the server into it
    """
    codes = []
    for answer in (error, getattr(error, "__context__", None)):
        if isinstance(answer, smtplib.SMTPRecipientsRefused):
            codes += [code for code, _text in answer.recipients.values()]
        elif isinstance(answer, smtplib.SMTPResponseException):
            codes.append(answer.smtp_code)
    return any(400 <= code < 500 for code in codes)
