import smtplib

from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        try:
            return super()._send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                smtp_session=smtp_session,
                alias_domain_id=alias_domain_id,
                mail_server=mail_server,
                post_send_callback=post_send_callback,
            )
        except smtplib.SMTPServerDisconnected:
            # The server hung up, and Odoo tells nobody which mail it was at.
            failed = self.exists().filtered(lambda mail: mail.state == "exception")
            failed._note_protocol_results("mail_smtp")
            raise

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # before super, which deletes what left and what has no usable address
        self._note_protocol_results(failure_type)
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _note_protocol_results(self, failure_type):
        """Tell the appointments among these mails' records how sending went."""
        model = "survey.callcenter.appointment"
        mails_sudo = self.sudo().filtered(lambda mail: mail.model == model)
        if not mails_sudo:
            return
        # whoever sends a mail need not have a right to the appointment
        appointments_sudo = self.env[model].sudo()
        for appointment in appointments_sudo.search(
            [("protocol_mail_id", "in", mails_sudo.ids)]
        ):
            mail = appointment.protocol_mail_id
            failed = mail.state == "exception"
            appointment._note_protocol_result(
                failed and (failure_type or mail.failure_type or "unknown")
            )
