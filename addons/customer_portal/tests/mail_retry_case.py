import smtplib
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .common import PortalTransactionCase

REFUSED = (550, b"no such mailbox")
QUIET = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)


class MailRetryCase(MockSmtplibCase, PortalTransactionCase):
    """Tests of the mail queue: a mail server that answers as a test wants, and time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mail.mail"].search([]).unlink()  # the queue is this test's own
        cls.job = cls.env.ref("customer_portal.mail_mail_cron_retry_failed")
        cls.queue = cls.env.ref("mail.ir_cron_mail_scheduler_action")

    def setUp(self):
        super().setUp()
        documents = type(self.env["res.partner"])
        self.patch_attribute(documents, "_retry_failed_mails", True)
        self.enterContext(self.mock_smtplib_connection())
        self.enterContext(mute_logger(*QUIET))
        self.clock = self.enterContext(freeze_time("2026-12-01 10:00:00"))
        self.start = self._now()
        self.attempts = []
        self.answers = {}
        self._take_over_smtp()

    def patch_attribute(self, owner, name, value):
        self.enterContext(patch.object(owner, name, value, create=True))

    # === THE MAIL SERVER === #

    def _take_over_smtp(self):
        """Note each attempt, and answer as ``answers`` says for the recipient."""
        accept = self.testing_smtp_session.send_message

        def send_message(message, smtp_from, smtp_to_list):
            [address] = smtp_to_list
            self.attempts.append((address.split("@")[0], self._minutes()))
            if answer := self.answers.get(address):
                raise answer
            accept(message, smtp_from, smtp_to_list)

        self.testing_smtp_session.send_message = send_message

    @contextmanager
    def _server_is_down(self):
        def refuse_connection(*_args, **_options):
            self.attempts.append(("connect", self._minutes()))
            raise ConnectionRefusedError(111, "Connection refused")

        with patch("smtplib.SMTP", side_effect=refuse_connection):
            yield

    def _refuse(self, user):
        refused = smtplib.SMTPRecipientsRefused({user.email: REFUSED})
        self.answers[user.email] = refused

    def _received(self):
        return [email["smtp_to_list"][0].split("@")[0] for email in self.emails]

    # === TIME === #

    def _now(self):
        return self.env["mail.mail"]._fields["retry_at"].now()

    def _minutes(self):
        return int((self._now() - self.start).total_seconds() // 60)

    def _wait(self, minutes):
        """Let time pass, then let the scheduler do what is due."""
        self.clock.tick(timedelta(minutes=minutes))
        self._run(self.job)
        self._run_queue()

    def _run_queue(self):
        """Run the queue as long as somebody asked for it."""
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.queue.id)])
        while triggers:
            triggers.unlink()
            self._run(self.queue)
            triggers = triggers.search([("cron_id", "=", self.queue.id)])

    def _run(self, cron):
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    # === MAILS === #

    def _queue_mail(self, *users, **values):
        values = {
            "subject": "Your request",
            "body_html": "<p>Thank you.</p>",
            "model": "res.partner",
            "res_id": self.adler.id,
            "recipient_ids": [Command.set([user.partner_id.id for user in users])],
            "auto_delete": True,
        } | values
        mail = self.env["mail.mail"].create(values)
        mail._trigger_queue()
        return mail

    def _post_message(self, *users):
        """Return a chat message that waits in the queue."""
        return self.adler.with_context(mail_notify_force_send=False).message_post(
            body="We have a question.",
            partner_ids=[user.partner_id.id for user in users],
            subtype_xmlid="mail.mt_comment",
        )

    def _activities(self):
        return [
            (activity.summary, activity.note.striptags())
            for activity in self.adler.activity_ids
        ]
