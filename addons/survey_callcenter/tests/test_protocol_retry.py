import smtplib
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .test_protocol import ProtocolCase

REFUSED = (550, b"no such mailbox")
QUIET = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)


class TestProtocolRetry(MockSmtplibCase, ProtocolCase):
    """A mail server that answers as a test wants, and time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.user_id = cls.manager
        cls.env["mail.mail"].search([]).unlink()  # the queue is this test's own
        cls.job = cls.env.ref("survey_callcenter.ir_cron_retry_protocols")
        cls.mail_queue = cls.env.ref("mail.ir_cron_mail_scheduler_action")

    def setUp(self):
        super().setUp()
        self.enterContext(self.mock_smtplib_connection())
        self.enterContext(mute_logger(*QUIET))
        self.clock = self.enterContext(freeze_time("2026-12-07 09:00:00"))
        self.minutes = 0
        self.attempts = []
        self.answer = None
        self._take_over_smtp()
        self.appointment = self.agree()

    def _take_over_smtp(self):
        """Note each attempt, and answer as the test says."""
        accept = self.testing_smtp_session.send_message

        def send_message(message, smtp_from, smtp_to_list):
            self.attempts.append(self.minutes)
            if self.answer:
                raise self.answer
            accept(message, smtp_from, smtp_to_list)

        self.testing_smtp_session.send_message = send_message

    @contextmanager
    def _server_is_down(self):
        def refuse_connection(*_args, **_options):
            self.attempts.append(self.minutes)
            raise ConnectionRefusedError(111, "Connection refused")

        with patch("smtplib.SMTP", side_effect=refuse_connection):
            yield

    def _send(self):
        self.queue(self.appointment)
        self._run(self.mail_queue)

    def _wait(self, minutes, times=1):
        """Let time pass, then let the scheduler do what is due; several times."""
        triggers = self.env["ir.cron.trigger"]
        for _time in range(times):
            self.clock.tick(timedelta(minutes=minutes))
            self.minutes += minutes
            triggers.search([]).unlink()
            self._run(self.job)
            if triggers.search([("cron_id", "=", self.mail_queue.id)]):
                self._run(self.mail_queue)

    def _run(self, cron):
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def _history_entries(self):
        return self.env["survey.callcenter.history"].search(
            [("contact_id", "=", self.p1.id), ("kind", "=", "protocol")]
        )

    def _activities(self):
        return [
            (activity.user_id, activity.summary, activity.note.striptags())
            for activity in self.survey.activity_ids
        ]

    # === THE MAIL LEAVES === #

    def test_mail_that_leaves_is_sent(self):
        self._send()
        self.assertEqual(self.appointment.protocol_state, "sent")
        self.assertFalse(self.appointment.protocol_mail_id)  # nothing is kept
        self._wait(5, times=3)
        self.assertEqual(self.attempts, [0])

    def test_contact_history_has_an_entry_in_the_words_of_the_agent(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.agent_a.lang = "de_DE"
        self._send()
        [entry] = self._history_entries()
        self.assertEqual(entry.partner_id, self.p1.partner_id)
        self.assertEqual(entry.user_id, self.agent_a)
        self.assertEqual(entry.rating_id, self.positive)
        self.assertEqual(entry.note, "Protokoll an rep_1 versandt")

    def test_entry_names_who_got_it_though_another_comes_now(self):
        self.queue(self.appointment)
        self.agree(rep_id=self.rep_2.id)
        self._run(self.mail_queue)
        self.assertEqual(self._history_entries().note, "Protocol sent to rep_1")

    def test_server_is_asked_every_five_minutes(self):
        with self._server_is_down():
            self._send()
            self.assertEqual(self.appointment.protocol_state, "queued")
            self.assertFalse(self._history_entries())
            self._wait(5, times=3)
        self.assertEqual(self.attempts, [0, 5, 10, 15])
        self._wait(5)
        self.assertEqual(self.appointment.protocol_state, "sent")
        self.assertEqual(str(self.appointment.protocol_sent_at), "2026-12-07 09:20:00")
        self.assertEqual(len(self._history_entries()), 1)
        self.assertFalse(self.appointment.protocol_failed_since)
        self.assertEqual(len(self.emails), 1)
        self.assertEqual(self.emails[0]["smtp_to_list"], [self.rep_1.email])

    def test_server_that_hangs_up_is_asked_again(self):
        self.answer = smtplib.SMTPServerDisconnected("Connection closed")
        self._send()
        self._wait(5)
        self.answer = None
        self._wait(5)
        self.assertEqual(self.attempts, [0, 5, 10])
        self.assertEqual(self.appointment.protocol_state, "sent")

    # === IT DOES NOT === #

    def test_server_is_asked_for_a_day(self):
        with self._server_is_down():
            self._send()
            self._wait(5, times=12)
            self._wait(5 * 60, times=5)
            self._wait(5, times=2)
        self.assertEqual(len(self.attempts), 1 + 12 + 5)
        self.assertEqual(self.appointment.protocol_state, "failed")
        self.assertEqual(len(self._activities()), 1)

    def test_refused_address_has_four_more_chances(self):
        self.answer = smtplib.SMTPRecipientsRefused({self.rep_1.email: REFUSED})
        self._send()
        self._wait(5, times=26 * 12)
        hours = [60 * hours for hours in (0, 0.25, 1, 6, 24)]
        self.assertEqual(self.attempts, hours)
        self.assertEqual(self.appointment.protocol_state, "failed")

    def test_responsible_learns_of_it(self):
        self.answer = smtplib.SMTPRecipientsRefused({self.rep_1.email: REFUSED})
        self._send()
        self.assertEqual(self._activities(), [])
        self._wait(15)
        self._wait(60)
        self._wait(6 * 60)
        self._wait(24 * 60)
        expected = (
            "The protocol of the appointment with Müller, Hans could not be sent to"
            f" rep_1 ({self.rep_1.email})."
        )
        activity = (self.manager, "Protocol not delivered", expected)
        self.assertEqual(self._activities(), [activity])

    def test_administrator_learns_of_it_if_nobody_is_responsible(self):
        self.survey.user_id = False
        self.rep_1.email = False
        self._send()
        [[user, _summary, _note]] = self._activities()
        self.assertEqual(user, self.env.ref("base.user_admin"))

    def test_rep_without_address_fails_at_once(self):
        self.rep_1.email = False
        self._send()
        self.assertEqual(self.appointment.protocol_state, "failed")
        self.assertEqual(len(self._activities()), 1)
        self._wait(5, times=3)
        self.assertEqual(self.attempts, [])

    def test_nobody_gets_a_mail_about_the_mail(self):
        self.rep_1.email = False
        self._send()
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "outgoing")]))

    def test_other_mails_are_left_alone(self):
        other = self.env["mail.mail"].create(
            {"email_to": "x@other.example", "state": "exception", "subject": "Other"}
        )
        self._wait(5, times=2)
        self.assertEqual(other.state, "exception")
