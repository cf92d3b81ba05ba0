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


class TestMailRetry(MockSmtplibCase, PortalTransactionCase):
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

    # === WHO LEARNS OF IT === #

    def _give_up(self, record):
        self._queue_mail(self.anna, res_id=record.id, email_to="no address")
        self._run_queue()
        self.assertEqual(len(record.activity_ids), 1)
        return record.activity_ids.user_id

    def test_model_says_who_looks_after_a_lost_mail(self):
        documents = type(self.env["res.partner"])
        self.patch_attribute(
            documents, "_get_mail_failure_user", lambda record: self.erik
        )
        self.assertEqual(self._give_up(self.adler), self.erik)

    def test_employee_who_created_the_record_looks_after_it(self):
        self.env.cr.execute(
            "UPDATE res_partner SET create_uid = %s WHERE id = %s",
            (self.erik.id, self.adler.id),
        )
        self.adler.invalidate_recordset()
        self.assertEqual(self._give_up(self.adler), self.erik)

    def test_administrator_looks_after_the_record_of_a_customer(self):
        documents = type(self.env["res.partner"])
        self.patch_attribute(
            documents, "_get_mail_failure_user", lambda record: self.anna
        )
        admin = self.env.ref("base.user_admin")
        self.assertEqual(self._give_up(self.adler), admin)

    def test_lost_mail_sends_no_mail_itself(self):
        self._give_up(self.adler)
        self._wait(5)
        self.assertEqual(self.env["mail.mail"].search_count([]), 0)
        self.assertEqual(self._received(), ["anna"])

    def test_mail_about_a_deleted_record_ends_quietly(self):
        self.patch_attribute(
            type(self.env["res.partner"]),
            "_get_mail_failure_user",
            lambda record: record.ensure_one().user_id,
        )
        partner = self.env["res.partner"].create({"name": "Short-lived"})
        self._queue_mail(self.anna, res_id=partner.id, email_to="no address")
        self.env.cr.execute("DELETE FROM res_partner WHERE id = %s", (partner.id,))
        partner.invalidate_recordset()
        self._run_queue()
        self.assertEqual(self._received(), ["anna"])

    # === WHAT IS LEFT ALONE === #

    def test_mails_about_other_records_are_left_alone(self):
        group = self.env.ref("base.group_user")
        mails = self._queue_mail(
            self.anna, self.bert, model="res.groups", res_id=group.id
        )
        mails |= self._queue_mail(self.anna, model=False, res_id=False)
        with self._server_is_down():
            self._run_queue()
            self._wait(5)
        self.assertEqual(mails.mapped("state"), ["exception"] * 2)
        self.assertEqual(mails.mapped("retry_at"), [False, False])
        self.assertEqual(len(mails[0].recipient_ids), 2)

    def test_mails_that_failed_before_are_left_alone(self):
        mail = self._queue_mail(self.anna)
        mail.state = "exception"
        self._wait(5)
        self.assertEqual((mail.state, self.attempts), ("exception", []))

    def test_cancelled_mail_is_left_alone(self):
        self._refuse(self.anna)
        mail = self._queue_mail(self.anna)
        self._run_queue()
        mail.cancel()
        self._wait(15)
        self.assertEqual((mail.state, len(self.attempts)), ("cancel", 1))

    def test_person_who_retries_starts_anew(self):
        self._refuse(self.anna)
        mail = self._queue_mail(self.anna)
        self._run_queue()
        self._wait(24 * 60)
        self.assertFalse(mail.retry_at)
        mail.action_retry()
        self._run(self.queue)
        self.assertEqual(mail.failed_since, self._now())
        self.assertEqual(mail.retry_at, self._now() + timedelta(minutes=15))

    # === THE QUEUE === #

    def test_everybody_may_start_the_queue(self):
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self.env["mail.mail"].with_user(self.anna)._trigger_queue()
        self.assertEqual(triggers.search([]).cron_id, self.queue)

    def test_missing_queue_is_no_error(self):
        self.queue.unlink()
        self.env["mail.mail"].with_user(self.anna)._trigger_queue()

    def test_job_comes_back_for_what_it_left(self):
        self._refuse(self.anna)
        mails = self.env["mail.mail"]
        for _mail in range(3):
            mails |= self._queue_mail(self.anna)
        self._run_queue()
        self.job.code = "model._retry_failed(batch_size=2)"
        self.clock.tick(timedelta(minutes=15))
        self._run(self.job)
        self.assertEqual(mails.mapped("state"), ["outgoing"] * 3)


class TestMailRetryInParallel(PortalTransactionCase):
    def test_mail_in_other_hands_is_left_alone(self):
        def create(env):
            values = {"body_html": "x", "email_to": "anna@test.example"}
            mails = env["mail.mail"].create([values, values])
            mails.write({"state": "exception", "retry_at": "2026-01-01 10:00:00"})
            return mails

        held, free = self.create_committed(create)

        def hold_and_retry(env):
            env["mail.mail"].browse(held).lock_for_update()
            with self.registry.cursor() as cr:
                cr.execute("SET LOCAL lock_timeout = '2s'")
                env(cr=cr)["mail.mail"]._retry_failed()
            return env["mail.mail"].browse(held).state

        def read(env):
            return env["mail.mail"].browse([held, free]).mapped("state")

        self.run_in_parallel(hold_and_retry)
        [states] = self.run_in_parallel(read)
        self.assertEqual(states, ["exception", "outgoing"])
