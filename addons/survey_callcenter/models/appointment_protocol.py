import base64
import logging

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.fields import Command, Domain

from odoo.addons.phone_validation.tools.phone_validation import phone_format

_logger = logging.getLogger(__name__)
REPORT = "survey_callcenter.survey_callcenter_appointment_report_protocol"
TEMPLATE = "survey_callcenter.mail_template_cc_protocol"


class SurveyCallcenterAppointment(models.Model):
    """The protocol: what a representative gets to read before he visits somebody."""

    _inherit = "survey.callcenter.appointment"

    protocol_sent_at = fields.Datetime(readonly=True)
    protocol_mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups="base.group_system",
    )
    protocol_rep_ids = fields.Many2many(
        "res.users",
        "survey_callcenter_protocol_rep_rel",
        string="Protocol Sent To",
        readonly=True,
    )

    def _cc_queue_protocol(self):
        """Queue the mail to the representative, if the survey wants one.

        Each representative of an appointment gets at most one. Called after a call,
        never by the dialog.

        A template that cannot be rendered does not cost the call: the survey's
        responsible learns of it, and the next call tries again.

        :return: whether a mail was queued
        """
        self.ensure_one()
        appointment_sudo = self.sudo()  # reads the answers, writes the appointment
        # two calls at once: the second one must see what the first one sent
        appointment_sudo._lock_or_refuse()
        if not appointment_sudo._wants_protocol():
            return False
        mail = appointment_sudo._try_to_make(appointment_sudo._create_protocol_mail)
        if not mail:
            appointment_sudo._note_protocol_without_mail()
            return False
        appointment_sudo.write(appointment_sudo._prepare_protocol_vals(mail))
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    def _wants_protocol(self):
        survey, rating = self.survey_id, self.contact_id.rating_id
        wanted = survey.cc_protocol_rating_ids
        return (
            survey.cc_protocol_mail
            and self.rep_id not in self.protocol_rep_ids
            and (not wanted or rating in wanted)
        )

    def _try_to_make(self, method):
        """Return what a method makes of a customer's templates; None if it fails."""
        try:
            with self.env.cr.savepoint():
                return method()
        except OperationalError:  # the database is busy: the request is tried again
            raise
        except Exception:  # a template may raise anything
            _logger.exception("Protocol of appointment %s cannot be made", self.id)
            return None

    def _note_protocol_without_mail(self):
        self.write(
            {
                "protocol_mail_id": False,
                "protocol_state": "failed",
                "protocol_failed_since": fields.Datetime.now(),
                "protocol_retry_at": False,
            }
        )
        self._report_protocol_failure()

    def _prepare_protocol_vals(self, mail):
        return {
            "protocol_mail_id": mail.id,
            "protocol_sent_at": fields.Datetime.now(),
            "protocol_rep_ids": [Command.link(self.rep_id.id)],
            "protocol_state": "queued",
            "protocol_failed_since": False,
            "protocol_retry_at": False,
        }

    def _create_protocol_mail(self):
        """Queue the mail, whatever recipients the template may name besides."""
        template = self.survey_id.cc_protocol_template_id or self.env.ref(TEMPLATE)
        mail_id = template.sudo().send_mail(
            self.id,
            force_send=False,
            email_values={
                "recipient_ids": [Command.set(self.rep_id.partner_id.ids)],
                "email_to": False,
                "email_cc": False,
                "attachment_ids": self._create_protocol_files().ids,
            },
        )
        mail = self.env["mail.mail"].browse(mail_id)
        mail.attachment_ids.write(
            {"res_model": "mail.message", "res_id": mail.mail_message_id.id}
        )
        return mail

    def _create_protocol_files(self):
        """Return the protocol as PDF and the visit as calendar file."""
        pdf = self._try_to_make(self._render_protocol)
        files = {
            # a mail without the PDF is better than none
            f"{self._get_protocol_name()}.pdf": pdf,
            "appointment.ics": self.event_id._get_ics_file().get(self.event_id.id),
        }
        return self.env["ir.attachment"].create(
            [
                {"name": name, "datas": base64.b64encode(content), "type": "binary"}
                for name, content in files.items()
                if content
            ]
        )

    def _render_protocol(self):
        """Return the PDF."""
        reports = self.env["ir.actions.report"]
        return reports._render_qweb_pdf(REPORT, self.ids)[0]

    def _get_protocol_name(self):
        local = self.with_context(lang=self.rep_id.lang or self.env.lang)
        name = (self.partner_id.name or "").replace("/", "-")
        return local.env._("Protocol %(name)s", name=name)

    # === CONTENT === #

    def _get_protocol_answers(self):
        """Return [(question, answer)] as texts, in the language of this environment.

        What gives access to the answers, their token, is not among them.
        """
        lines_sudo = self.sudo().contact_id.user_input_id.user_input_line_ids
        answers = {}
        for line in lines_sudo.filtered_domain(Domain("skipped", "=", False)).sorted(
            lambda line: (line.question_id.sequence, line.question_id.id, line.id)
        ):
            answers.setdefault(line.question_id, []).append(self._get_answer(line))
        return [
            (question.title, "\n".join(texts)) for question, texts in answers.items()
        ]

    def _get_answer(self, line):
        if line.answer_type == "text_box":  # the display name is a shortened one
            return line.value_text_box
        if line.matrix_row_id:
            row, answer = line.matrix_row_id.value, line.suggested_answer_id.value
            return f"{row}: {answer}"
        return line.with_context(tz=self.rep_id.tz).display_name

    def _get_call_note(self):
        """Return what the agent wrote down in the last call."""
        calls_sudo = self.sudo().contact_id.call_ids  # representatives see no calls
        return calls_sudo.filtered(lambda call: call.source == "agent")[:1].note

    def _get_phone_text(self):
        """Return the number as people write it: +49 30 1234560."""
        return self.phone and phone_format(
            self.phone, None, None, raise_exception=False
        )

    def _get_rating_name(self):
        return self.sudo().contact_id.rating_id.name  # as above
