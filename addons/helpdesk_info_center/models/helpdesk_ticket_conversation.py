from odoo import fields, models


class HelpdeskTicket(models.Model):
    """Who wrote last: the customer, who waits for an answer, or the agents."""

    _inherit = "helpdesk.ticket"

    last_customer_message_date = fields.Datetime(
        string="Last Customer Message", copy=False, groups="base.group_user"
    )
    last_agent_message_date = fields.Datetime(
        string="Last Answer", copy=False, groups="base.group_user"
    )
    is_customer_waiting = fields.Boolean(
        string="Customer Waits for an Answer",
        copy=False,
        groups="base.group_user",
        help="The last message is the customer's.",
    )

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if self._is_conversation(message):
            # Customers, and colleagues who only follow a ticket, may not write it.
            ticket_sudo = self.sudo()
            if ticket_sudo._is_customer(message.author_id):
                ticket_sudo._note_customer_message(message)
            else:
                ticket_sudo._note_agent_message()
        return result

    def _apply_state(self):
        self.filtered(
            lambda ticket: ticket.is_customer_waiting and ticket.state_type == "closed"
        ).is_customer_waiting = False
        return super()._apply_state()

    def _is_conversation(self, message):
        """Whether somebody wrote to the others: no note, and nothing that is logged."""
        return (
            message.message_type in ("comment", "email")
            and not message.is_internal
            and not message.subtype_id.internal
        )

    def _is_customer(self, author):
        """Whether an author asks for help: a colleague does so in his own ticket."""
        is_contact = author == self.partner_id and author != self.user_id.partner_id
        return not author or author.partner_share or is_contact

    def _note_customer_message(self, message):
        """The mail that a ticket is made from is no answer: the ticket is new."""
        self.last_customer_message_date = fields.Datetime.now()
        self.is_customer_waiting = message.subtype_id != self._creation_subtype()
        self._end_reminder()

    def _note_agent_message(self):
        self.write(
            {
                "last_agent_message_date": fields.Datetime.now(),
                "is_customer_waiting": False,
            }
        )
