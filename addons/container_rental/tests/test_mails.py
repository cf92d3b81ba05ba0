from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase


@tagged("-at_install", "post_install")
@freeze_time(TUESDAY_MORNING)
class TestMails(ContainerCase):
    """Who is told what, in which language, when a request goes its way."""

    def test_administrators_read_all_that_was_asked_for(self):
        request = self._request_as(
            self.anna, quantity=2, remark="Bitte <b>hinten</b> klingeln"
        )
        mail = self._mails("New container request").ensure_one()
        self.assertEqual(
            mail.subject,
            f"New container request {request.name} from Hotel Adler GmbH",
        )
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        self.assertEqual(mail.state, "outgoing", "it waits in the queue")
        for text in (
            "Hotel Adler GmbH",
            "Anna",
            "Marktplatz 1",
            "1000 l",
            "Thursday, 12/03/2026",
            "Bitte &lt;b&gt;hinten&lt;/b&gt; klingeln",
            f"/mail/view?model=container.request&amp;res_id={request.id}",
        ):
            with self.subTest(text=text):
                self.assertIn(text, mail.body_html)
        self.assertNotIn("Asked for after the cut-off", mail.body_html)

    @freeze_time("2026-12-01 12:00:01")
    def test_administrators_read_that_it_was_late(self):
        self._request_as(self.anna)
        mail = self._mails("New container request")
        self.assertIn("Asked for after the cut-off time", mail.body_html)
        self.assertIn("13:00 Europe/Berlin", mail.body_html)

    def test_the_customer_reads_that_it_arrived(self):
        request = self._request_as(self.anna)
        mail = self._mails("We received your container request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)
        self.assertIn("Dear Anna", mail.body_html)
        self.assertIn(f"/my/containers/requests/{request.id}", mail.body_html)
        self.assertNotIn("access_token", mail.body_html)

    def test_the_customer_reads_when_the_container_comes(self):
        self._approved_as(self.anna)
        mail = self._mails("is approved").ensure_one()
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)
        self.assertIn("You will receive your container on", mail.body_html)
        self.assertIn("Thursday, 12/03/2026", mail.body_html)

    def test_a_cancellation_is_told_to_the_other_side(self):
        self._request_as(self.anna).sudo()._cancel_by_customer()
        mail = self._mails("cancelled container request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        self._request_as(self.anna).action_cancel()
        mail = self._mails("is cancelled").ensure_one()
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)

    def test_everybody_reads_his_own_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"]._load_module_terms(
            ["mail", "customer_portal", "container_rental"], ["de_DE"]
        )
        self.anna.lang = "de_DE"
        self.company.container_admin_user_ids |= self.marta
        self.marta.lang = "de_DE"
        self._request_as(self.anna)
        german = self._mails("Neue Containeranfrage").ensure_one()
        english = self._mails("New container request").ensure_one()
        self.assertEqual(german.recipient_ids, self.marta.partner_id)
        self.assertEqual(english.recipient_ids, self.erik.partner_id)
        self.assertIn("Donnerstag, 03.12.2026", german.body_html)
        received = self._mails("Ihre Containeranfrage").ensure_one()
        self.assertEqual(received.recipient_ids, self.anna.partner_id)

    def test_one_more_address_is_told_too(self):
        self.company.container_admin_email = "lorry@test.example"
        self._request_as(self.anna)
        mail = self._mails("New container request").ensure_one()
        self.assertEqual(mail.email_to, "lorry@test.example")
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)

    def test_without_administrators_the_whole_group_is_told(self):
        self.company.container_admin_user_ids = False
        self._request_as(self.anna)
        recipients = self._mails("New container request").recipient_ids
        self.assertIn(self.erik.partner_id, recipients)
        self.assertIn(self.marta.partner_id, recipients)

    def test_a_deleted_template_is_an_event_without_mail(self):
        self.env.ref(
            "container_rental.container_request_mail_template_submitted"
        ).unlink()
        self.assertEqual(self._request_as(self.anna).state, "created")
        self.assertFalse(self._mails("New container request"))
