from .common import CenterHttpCase


class TestTicketTours(CenterHttpCase):
    """The form of a ticket in a real browser."""

    def test_email_ticket_is_written_and_sent_once(self):
        self.start_tour(
            f"/odoo/customer-center/{self.muster.id}",
            "helpdesk_info_center_email_ticket",
            login=self.agent_a.login,
        )
        ticket = self.env["helpdesk.ticket"].search([("name", "=", "Your order")])
        email = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        self.assertEqual(ticket.channel_id, email)
        self.assertEqual(ticket.customer_company_id, self.muster)
        mails = self.env["mail.mail"].search([("res_id", "=", ticket.id)])
        self.assertEqual(mails.recipient_ids, self.bernd)
        self.assertEqual(mails.mapped("subject"), [f"[{ticket.number}] Your order"])

    def test_ticket_is_locked_and_put_aside(self):
        action = self.env.ref("helpdesk_mgmt.helpdesk_ticket_action_opened")
        self.start_tour(
            f"/odoo/action-{action.id}/{self.t6.id}",
            "helpdesk_info_center_lock_and_remind",
            login=self.agent_c.login,
        )
        self.assertEqual(self.t6.state_type, "pending")
        self.assertEqual(self.t6.pending_until.weekday(), 0)
        self.assertFalse(self.t6.is_locked)
