from odoo import models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    """What customers see of a ticket in the portal, and how they close it."""

    _inherit = "helpdesk.ticket"

    def _get_closing_stages(self):
        """Return the stages into which a customer may put this ticket, if any."""
        self.ensure_one()
        if self.stage_id.closed:
            return self.stage_id.browse()
        return self._get_stages().filtered(
            lambda stage: stage.closed and stage.close_from_portal
        )

    def _get_stages(self):
        """Return the stages that this ticket can be in."""
        if self.team_id:
            return self.team_id._get_applicable_stages()
        return self.env["helpdesk.ticket.stage"].search(
            [
                ("company_id", "in", [False, self.company_id.id]),
                ("team_ids", "=", False),
            ]
        )

    def _close_from_portal(self, stage_id):
        """Close a ticket for its customer, if this stage is one of those for it."""
        stage = self._get_closing_stages().filtered(lambda stage: stage.id == stage_id)
        if stage:
            self.with_context(mail_notify_force_send=False).stage_id = stage

    def _get_portal_attachments(self):
        """Return the files that a customer may see: his own, and what was sent to him.

        Files of internal notes, and those that agents have put beside the ticket, are
        none of them.
        """
        self.ensure_one()
        is_of_customer = Domain("create_uid.share", "=", True) | Domain(
            "create_uid.partner_id", "in", self.partner_id.ids
        )
        files = self._get_portal_messages().attachment_ids
        return self.env["ir.attachment"].search(
            Domain("res_model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & (is_of_customer | Domain("id", "in", files.ids)),
        )

    def _get_portal_messages(self):
        """Return the messages with files that customers can read."""
        messages = self.env["mail.message"]
        conversation = self._fields["website_message_ids"].get_comodel_domain(self)
        return messages.search(
            Domain(conversation)
            & Domain("res_id", "=", self.id)
            & Domain("attachment_ids", "!=", False)
            & messages._get_search_domain_share()
        )

    def _track_template(self, tracking):
        """Put the mail about a new stage into the queue.

        OCA sends it while the ticket is being saved: where the mail server is down, the
        ticket would be lost.
        """
        templates = super()._track_template(tracking)
        for _template, options in templates.values():
            options["force_send"] = False
        if templates:
            self._send_queued_mails()
        return templates

    def _send_queued_mails(self):
        """Let the job of the mail queue run as soon as everything is saved."""
        asked = self.env.cr.precommit.data
        if not asked.get("helpdesk_info_center.mails"):
            asked["helpdesk_info_center.mails"] = (
                True  # once is enough for many tickets
            )
            # Customers may not start jobs.
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
