from odoo.tests import Form

from odoo.addons.mail.tests.common import MockEmail

from .common import CenterCase


class TestTicketMail(MockEmail, CenterCase):
    """An e-mail ticket is sent to the customer, once."""

    def _create_email_ticket(self, user, partner):
        action = self.center_as(user).create_ticket_action(partner.id, "email")
        tickets = self.env["helpdesk.ticket"].with_user(user)
        with Form(tickets.with_context(**action["context"])) as form:
            form.name = "Your order"
            form.description = "<p>It is <b>ready</b>.</p>"
            form.team_id = self.support
        return form.record.with_context(helpdesk_compose_after_save=False)

    def _send(self, ticket):
        action = ticket.action_send_email()
        composer = self.env[action["res_model"]].with_user(ticket.env.user)
        form = Form(composer.with_context(**action["context"]))
        with self.mock_mail_gateway():
            form.save().action_send_mail()
            self.env.cr.flush()

    def test_exactly_one_mail_with_the_number_is_sent_to_the_contact(self):
        ticket = self._create_email_ticket(self.agent_a, self.bernd)
        self.assertTrue(ticket.is_email_to_send)
        self._send(ticket)
        self.assertEqual(len(self._mails), 1)
        mail = self._mails[0]
        self.assertEqual(mail["email_to"], ['"Bernd Bach" <bernd@muster.example>'])
        self.assertEqual(mail["subject"], f"[{ticket.number}] Your order")
        self.assertIn("It is <b>ready</b>.", mail["body"])
        self.assertFalse(ticket.is_email_to_send)

    def test_agent_with_his_own_tickets_only_can_send_it(self):
        ticket = self._create_email_ticket(self.agent_c, self.anna)
        self._send(ticket)
        self.assertEqual(len(self._mails), 1)
        self.assertEqual(ticket.message_ids[0].author_id, self.agent_c.partner_id)

    def test_mail_is_written_even_when_the_template_was_deleted(self):
        template = "helpdesk_info_center.helpdesk_ticket_mail_template_email"
        self.env.ref(template).unlink()
        action = self.t4.with_user(self.agent_a).action_send_email()
        self.assertFalse(action["context"]["default_template_id"])

    def test_nothing_is_to_send_in_a_phone_ticket_and_what_the_customer_wrote(self):
        ticket = self._create_email_ticket(self.agent_a, self.bernd)
        copy = ticket.copy()
        self.assertTrue(copy.is_email_to_send)
        copy.message_post(
            body="Hello",
            author_id=self.bernd.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(copy.is_email_to_send)
        phone = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_phone")
        ticket.channel_id = phone
        self.assertFalse(ticket.is_email_to_send)
