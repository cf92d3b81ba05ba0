from datetime import timedelta

from .common import PortalTransactionCase
from .mail_retry_case import MailRetryCase


class TestMailRetryEnd(MailRetryCase):
    """Who learns of a lost mail, and which mails are nobody's to try again."""

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
