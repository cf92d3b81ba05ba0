from odoo.tests import freeze_time, tagged

from .common import CenterCase, CenterHttpCase

NOTE = "mail.mt_note"
COMMENT = "mail.mt_comment"


def write_message(ticket, subtype=COMMENT, **values):
    return ticket.message_post(body="Hello", subtype_xmlid=subtype, **values)


class TestConversation(CenterCase):
    """After a message of the customer, he waits for an answer."""

    def _write_as_customer(self, ticket, **values):
        values = {"author_id": self.anna.id, "message_type": "comment", **values}
        return write_message(ticket, **values)

    @freeze_time("2031-03-10 09:00")
    def test_customer_waits_after_his_message(self):
        self._write_as_customer(self.t3)
        self.assertTrue(self.t3.is_customer_waiting)
        self.assertEqual(str(self.t3.last_customer_message_date), "2031-03-10 09:00:00")

    def test_answer_of_an_agent_ends_the_waiting(self):
        self._write_as_customer(self.t3)
        write_message(self.t3.with_user(self.agent_a), message_type="comment")
        self.assertFalse(self.t3.is_customer_waiting)
        self.assertTrue(self.t3.last_agent_message_date)

    def test_note_of_an_agent_and_what_odoo_logs_is_no_answer(self):
        self._write_as_customer(self.t3)
        ticket = self.t3.with_user(self.agent_a)
        write_message(ticket, subtype=NOTE, message_type="comment")
        write_message(ticket, message_type="notification")
        ticket.message_notify(partner_ids=self.agent_b.partner_id.ids, body="Look")
        self.assertTrue(self.t3.is_customer_waiting)
        self.assertFalse(self.t3.last_agent_message_date)

    def test_unknown_sender_is_a_customer(self):
        self._write_as_customer(
            self.t3,
            author_id=False,
            email_from="somebody@muster.example",
            message_type="email",
        )
        self.assertTrue(self.t3.is_customer_waiting)

    def test_agent_who_answers_by_mail_is_no_customer(self):
        self._write_as_customer(
            self.t7, author_id=self.agent_a.partner_id.id, message_type="email"
        )
        self.assertFalse(self.t7.is_customer_waiting)
        self.assertEqual(self.t7.state_type, "pending")

    def test_colleague_who_asks_for_help_is_a_customer_in_his_own_ticket_only(self):
        colleague = self.employee.partner_id
        self.t3.partner_id = colleague
        self._write_as_customer(self.t3, author_id=colleague.id)
        self._write_as_customer(self.t4, author_id=colleague.id)
        self.assertEqual(
            (self.t3 | self.t4).mapped("is_customer_waiting"), [True, False]
        )

    def test_agent_who_owns_his_own_ticket_is_no_customer(self):
        self.t3.partner_id = self.agent_a.partner_id
        self._write_as_customer(self.t3, author_id=self.agent_a.partner_id.id)
        self.assertFalse(self.t3.is_customer_waiting)
        self.assertTrue(self.t3.last_agent_message_date)

    def test_message_of_the_customer_brings_a_pending_ticket_back(self):
        self._write_as_customer(self.t7)
        self.assertEqual(self.t7.stage_id, self._stage("in_progress"))
        self.assertFalse(self.t7.pending_until)

    def test_note_in_the_name_of_the_customer_brings_nothing_back(self):
        self._write_as_customer(self.t7, subtype=NOTE)
        self.assertEqual(self.t7.state_type, "pending")
        self.assertFalse(self.t7.is_customer_waiting)

    def test_nobody_waits_for_an_answer_in_a_closed_ticket(self):
        self._write_as_customer(self.t3)
        self.t3.with_user(self.agent_a).stage_id = self._stage("done")
        self.assertFalse(self.t3.is_customer_waiting)


class TestConversationByMail(CenterCase):
    """Customers write mails; the gateway brings them into the tickets."""

    def _receive(self, sender, to, reply_to=""):
        mail = (
            f"From: {sender}\nTo: {to}\nSubject: The printer\n"
            f"Message-Id: <{sender.split('@')[0]}-{bool(reply_to)}@mailer.example>\n"
            f"In-Reply-To: {reply_to}\nReferences: {reply_to}\n"
            "Content-Type: text/plain; charset=utf-8\n\nIt does not print.\n"
        )
        return self.env["mail.thread"].message_process(None, mail)

    def test_mail_of_the_customer_brings_a_pending_ticket_back(self):
        question = write_message(self.t7.with_user(self.agent_a))
        self._receive(self.anna.email, "catchall@x.example", question.message_id)
        self.assertEqual(self.t7.state_type, "open")
        self.assertFalse(self.t7.pending_until)
        self.assertTrue(self.t7.is_customer_waiting)

    def test_mail_of_the_agent_ends_the_waiting(self):
        question = write_message(
            self.t3, author_id=self.anna.id, message_type="comment"
        )
        self._receive(self.agent_a.email, "catchall@x.example", question.message_id)
        self.assertFalse(self.t3.is_customer_waiting)

    def test_ticket_made_from_a_mail_is_new_until_the_customer_writes_again(self):
        domain = self.env["mail.alias.domain"].create({"name": "x.example"})
        self.support.write({"alias_name": "support", "alias_domain_id": domain.id})
        self._receive(self.anna.email, "support@x.example")
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "The printer")])
        self.assertEqual(ticket.state_type, "new")
        self.assertFalse(ticket.is_customer_waiting)
        self.assertTrue(ticket.last_customer_message_date)
        first = ticket.message_ids.filtered(lambda m: m.message_type == "email")
        self._receive("anna@muster.example", "support@x.example", first.message_id)
        self.assertTrue(ticket.is_customer_waiting)


@tagged("post_install", "-at_install")
class TestConversationInThePortal(CenterHttpCase):
    """Customers write below their ticket in the portal."""

    def test_comment_in_the_portal_brings_a_pending_ticket_back(self):
        self.authenticate(self.anna_user.login, self.anna_user.login)
        self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "helpdesk.ticket",
                "thread_id": self.t7.id,
                "post_data": {
                    "body": "It works again",
                    "message_type": "comment",
                    "subtype_xmlid": COMMENT,
                },
            },
        )
        self.t7.invalidate_recordset()
        self.assertEqual(self.t7.state_type, "open")
        self.assertTrue(self.t7.is_customer_waiting)
