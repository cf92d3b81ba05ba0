from odoo.fields import Command
from odoo.tests import freeze_time

from .common import PortalTransactionCase
from .service_chat import MORNING, ServiceChat


@freeze_time(MORNING)
class TestServiceChatByMail(ServiceChat, PortalTransactionCase):
    """People answer the mail in place of the page."""

    def _reply(self, message, sender, body="Tomorrow at 9", attachment=""):
        """Let a mail arrive that answers the notification about a message.

        :return: what it has become, or an empty recordset
        """
        mails = [("message_type", "=", "email")]
        known = self.env["mail.message"].search(mails)
        mail = (
            f"From: {sender}\nTo: catchall@test.example\nSubject: Re: your order\n"
            f"Message-Id: <{sender.split('@')[0]}-{len(known)}@mailer.example>\n"
            f"In-Reply-To: {message.message_id}\nReferences: {message.message_id}\n"
            "MIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="part"\n\n'
            f"--part\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
            f"{attachment}--part--\n"
        )
        self.env["mail.thread"].message_process(None, mail)
        return self.env["mail.message"].search(mails) - known

    def test_a_customer_answers(self):
        question = self._write(self.erik, "When do you come?")
        answer = self._reply(question, "anna@test.example")
        self.assertEqual(
            (answer.model, answer.res_id), (self.order._name, self.order.id)
        )
        self.assertEqual(answer.author_id, self.anna.partner_id)
        self.assertFalse(answer._is_internal_note())
        self.assertEqual(self._readers(answer), ["Erik", "Team Berlin"])
        self.assertTrue(self._is_pending())
        self.assertEqual(len(self._activities()), 1)

    def test_a_colleague_of_the_customer_answers(self):
        question = self._write(self.erik, "When do you come?")
        answer = self._reply(question, "bert@test.example")
        self.assertFalse(answer._is_internal_note())
        self.assertTrue(self._is_pending())

    def test_a_customer_answers_the_mail_about_a_status(self):
        self.write_mails()
        mail = self.env["mail.mail"].sudo().search([("subject", "ilike", "confirmed")])
        answer = self._reply(mail.mail_message_id, "anna@test.example")
        self.assertEqual(answer.res_id, self.order.id)
        self.assertFalse(answer._is_internal_note())
        self.assertTrue(self._is_pending())

    def test_a_customer_sends_a_file(self):
        question = self._write(self.erik, "Do you have a picture?")
        answer = self._reply(
            question,
            "anna@test.example",
            attachment="--part\nContent-Type: text/plain\n"
            'Content-Disposition: attachment; filename="damage.txt"\n\nscratched\n',
        )
        files = self.order.with_user(self.erik).public_attachment_ids
        self.assertEqual(files.mapped("name"), ["damage.txt"])
        self.assertEqual(files, answer.attachment_ids)

    def test_a_technician_answers(self):
        question = self._write(self.anna)
        answer = self._reply(question, "erik@test.example")
        self.assertEqual(self._readers(answer), ["Anna", "Team Berlin"])
        self.assertFalse(answer._is_internal_note())
        self.assertFalse(self._is_pending())

    def test_who_follows_the_order_is_no_stranger(self):
        insurer = self.env["res.partner"].create(
            {"name": "Insurer", "email": "insurer@test.example"}
        )
        self.order.sudo().message_subscribe(insurer.ids)
        question = self._write(self.erik, "Do you pay?")
        answer = self._reply(question, "insurer@test.example")
        self.assertFalse(answer._is_internal_note())

    def test_a_stranger_writes_nothing_that_the_customer_reads(self):
        question = self._write(self.erik, "When do you come?")
        for sender in ("nobody@evil.example", "carla@test.example"):
            note = self._reply(question, sender, "Please pay to this account")
            self.assertTrue(note._is_internal_note(), sender)
            self.assertEqual(
                self._readers(note), ["Team Berlin"], "somebody looks at it"
            )
            self.assertFalse(self._is_pending())

    def test_a_stranger_gives_the_customer_no_files(self):
        question = self._write(self.erik, "When do you come?")
        note = self._reply(
            question,
            "nobody@evil.example",
            attachment="--part\nContent-Type: text/plain\n"
            'Content-Disposition: attachment; filename="bill.txt"\n\npay\n',
        )
        self.assertEqual(note.attachment_ids.mapped("name"), ["bill.txt"])
        self.assertFalse(self.order.with_user(self.erik).public_attachment_ids)

    def test_a_stranger_who_answers_nothing_reaches_no_order(self):
        unknown = self.env["mail.message"].new({"message_id": "<guessed@test.example>"})
        with self.assertRaises(ValueError):
            self._reply(unknown, "nobody@evil.example")
        mails = [("model", "=", self.order._name), ("message_type", "=", "email")]
        self.assertFalse(self.env["mail.message"].search(mails))


class TestServiceChatCompanies(ServiceChat, PortalTransactionCase):
    """Who looks after an order of another company."""

    def test_only_employees_of_the_company_are_told(self):
        other = self.env["res.company"].create({"name": "Werkstatt Süd"})
        self.team.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        message = self._write(self.anna)
        self.assertNotIn("Team Berlin", self._readers(message))
        self.assertIn("Erik", self._readers(message), "the group, in place of the team")
