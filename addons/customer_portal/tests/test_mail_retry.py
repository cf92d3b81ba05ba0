import smtplib
from datetime import timedelta

from odoo.fields import Command

from .mail_retry_case import MailRetryCase


class TestMailRetry(MailRetryCase):
    """Failed mails are tried again, as often as it makes sense."""

    # === THE SERVER IS AWAY === #

    def test_mail_is_sent_once_if_all_is_well(self):
        mail = self._queue_mail(self.anna)
        self._run_queue()
        self.assertEqual(self._received(), ["anna"])
        self.assertFalse(mail.exists())
        self._wait(60)
        self.assertEqual(self.attempts, [("anna", 0)])

    def test_unreachable_server_is_asked_every_five_minutes(self):
        mail = self._queue_mail(self.anna)
        with self._server_is_down():
            self._run_queue()
            self.assertEqual(mail.state, "exception")
            for _attempt in range(3):
                self._wait(5)
        self._wait(5)
        down = [("connect", minute) for minute in (0, 5, 10, 15)]
        self.assertEqual(self.attempts, [*down, ("anna", 20)])
        self.assertEqual(self._received(), ["anna"])
        self.assertFalse(mail.exists())
        self.assertEqual(self._activities(), [])

    def test_unreachable_server_is_asked_for_a_day(self):
        mail = self._queue_mail(self.anna)
        with self._server_is_down():
            self._run_queue()
            self._wait(24 * 60 - 5)
            self.assertEqual((mail.state, bool(mail.retry_at)), ("exception", True))
            self.assertEqual(self._activities(), [])
            self._wait(5)
            self.assertEqual(len(self._activities()), 1)
            self._wait(60)
        times = [minute for _what, minute in self.attempts]
        self.assertEqual(times, [0, 24 * 60 - 5, 24 * 60])
        self.assertEqual((mail.state, mail.retry_at), ("exception", False))

    def test_mails_behind_a_broken_connection_follow_at_once(self):
        first, second, third = (
            self._queue_mail(user) for user in (self.anna, self.bert, self.carla)
        )
        hang_up = smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        self.answers[self.bert.email] = hang_up
        self._run_queue()
        self.assertEqual(self._received(), ["anna", "carla"])
        self.assertEqual(second.state, "exception")
        self.assertEqual(second.failure_type, "mail_smtp")
        self._wait(5)
        self.answers.clear()
        self._wait(5)
        self.assertEqual(self._received(), ["anna", "carla", "bert"])
        self.assertFalse((first | second | third).exists())

    def test_server_that_is_busy_is_asked_again_soon(self):
        address = self.anna.email
        for answer in (
            smtplib.SMTPDataError(451, b"try later"),
            smtplib.SMTPSenderRefused(421, b"too busy", "x@example.com"),
            smtplib.SMTPRecipientsRefused({address: (450, b"greylisted")}),
        ):
            self.attempts.clear()
            self.start = self._now()
            self.answers = {address: answer}
            self._queue_mail(self.anna)
            self._run_queue()
            self._wait(5)
            self.answers.clear()
            self._wait(5)
            self._wait(5)
            times = [("anna", minute) for minute in (0, 5, 10)]
            self.assertEqual(self.attempts, times)

    def test_sent_mail_has_no_next_attempt(self):
        mail = self._queue_mail(self.anna, auto_delete=False)
        with self._server_is_down():
            self._run_queue()
        self._wait(5)
        self.assertEqual((mail.state, mail.retry_at), ("sent", False))

    def test_forgotten_mail_is_sent_within_five_minutes(self):
        self._post_message(self.anna)
        self.env["ir.cron.trigger"].search([]).unlink()
        self._wait(5)
        self.assertEqual(self._received(), ["anna"])

    def test_mail_for_later_does_not_wake_the_queue(self):
        self._queue_mail(self.anna, scheduled_date="2026-12-24 10:00:00")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self._run(self.job)
        self.assertFalse(triggers.search([("cron_id", "=", self.queue.id)]))

    # === THE ADDRESS IS REFUSED === #

    def test_refused_mail_has_four_more_chances(self):
        self._refuse(self.anna)
        mail = self._queue_mail(self.anna)
        self._run_queue()
        for minutes in (14, 1, 44, 1, 299, 1, 1079, 1):
            self.assertEqual(self._activities(), [])
            self._wait(minutes)
        times = [0, 15, 60, 360, 1440]
        self.assertEqual(self.attempts, [("anna", minute) for minute in times])
        self.assertEqual((mail.state, mail.retry_at), ("exception", False))
        text = "“Your request” could not be delivered to"
        self.assertEqual(
            self._activities(),
            [("Mail not delivered", f'{text} "Anna" <anna@test.example>.')],
        )
        self._wait(24 * 60)
        self.assertEqual(len(self.attempts), 5)
        self.assertEqual(len(self._activities()), 1)

    def test_late_attempt_takes_the_next_chance(self):
        self._refuse(self.anna)
        mail = self._queue_mail(self.anna)
        self._run_queue()
        self._wait(70)
        self.assertEqual(mail.retry_at, self.start + timedelta(hours=6))

    def test_refused_recipient_keeps_nobody_from_his_mail(self):
        self._refuse(self.bert)
        self._queue_mail(self.anna, self.bert, self.carla)
        self._run_queue()
        self.assertCountEqual(self._received(), ["anna", "carla"])
        self._wait(15)
        self.answers.clear()
        self._wait(45)
        self.assertCountEqual(self._received(), ["anna", "carla", "bert"])
        self.assertEqual(len(self.attempts), 5)

    def test_address_beside_recipients_gets_its_mail_once(self):
        self._refuse(self.bert)
        self._queue_mail(self.bert, self.carla, email_to="office@test.example")
        self._run_queue()
        self._wait(15)
        self.assertCountEqual(self._received(), ["office", "carla"])

    def test_other_recipients_still_get_the_attachments(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "order.txt", "raw": b"order", "res_model": "mail.message"}
        )
        attached = {"attachment_ids": [Command.set(attachment.ids)]}
        self._queue_mail(self.anna, self.bert, **attached)
        self._run_queue()
        with_file = ["order.txt" in email["message"] for email in self.emails]
        self.assertEqual(with_file, [True, True])

    def test_mail_without_a_usable_address_is_reported_at_once(self):
        for number, address in enumerate(("", "nobody", False), start=1):
            self.anna.partner_id.email = address
            self._queue_mail(self.anna)
            self._run_queue()
            self._wait(60)
            self.assertEqual(len(self._activities()), number, address)
        self._queue_mail()
        self._run_queue()
        self.assertEqual(len(self._activities()), 4, "no recipient at all")

    # === THE CHAT MESSAGE === #

    def test_notifications_show_how_the_mail_fares(self):
        message = self._post_message(self.anna, self.bert)
        self._refuse(self.bert)

        def status():
            message.invalidate_recordset()
            return {
                notification.res_partner_id.name: notification.notification_status
                for notification in message.notification_ids
            }

        self.assertEqual(status(), {"Anna": "ready", "Bert": "ready"})
        self._wait(0)
        self.assertEqual(status(), {"Anna": "sent", "Bert": "exception"})
        self.answers.clear()
        self._wait(15)
        self.assertEqual(status(), {"Anna": "sent", "Bert": "sent"})
        self.assertEqual(self._received(), ["anna", "bert"])

    def test_chat_message_does_not_wait_for_the_mail_server(self):
        self.env["ir.cron.trigger"].search([]).unlink()
        with self._server_is_down():
            message = self.adler.message_post(
                body="We have a question.",
                partner_ids=self.anna.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )
            self.assertEqual(self.attempts, [])
        self._run_queue()
        self.assertEqual(self._received(), ["anna"])
        self.assertEqual(message.notification_ids.notification_status, "sent")

    def test_chat_about_other_records_is_sent_as_ever(self):
        others = type(self.env["res.partner"])
        self.patch_attribute(others, "_retry_failed_mails", False)
        self.adler.message_post(
            body="We have a question.",
            partner_ids=self.anna.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        self.assertEqual(self._received(), ["anna"])
