from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """A ticket that an agent writes as an e-mail is sent to the customer once."""

    _inherit = "helpdesk.ticket"

    is_email_to_send = fields.Boolean(
        compute="_compute_is_email_to_send",
        groups="base.group_user",
        help="The ticket is an e-mail to the customer, and nobody has written one yet.",
    )

    @api.depends(
        "channel_id.kind",
        "state_type",
        "last_customer_message_date",
        "last_agent_message_date",
    )
    def _compute_is_email_to_send(self):
        for ticket in self:
            ticket.is_email_to_send = (
                ticket.channel_id.kind == "email"
                and ticket.state_type != "closed"
                and not ticket.last_customer_message_date
                and not ticket.last_agent_message_date
            )

    def action_send_email(self):
        """Open the mail composer with the text of the ticket."""
        self.ensure_one()
        template = self.env.ref(
            "helpdesk_info_center.helpdesk_ticket_mail_template_email",
            raise_if_not_found=False,
        )
        return {
            "name": self.env._("Send E-Mail"),
            "type": "ir.actions.act_window",
            "res_model": "mail.compose.message",
            # The page opens the action itself, without the server's completion.
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_template_id": template and template.id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
                "force_email": True,
            },
        }
