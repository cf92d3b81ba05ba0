import re
import unittest

import vobject

from odoo.exceptions import AccessError
from odoo.tests import freeze_time
from odoo.tools import html2plaintext, mute_logger

from .appointment_case import AppointmentCase

try:  # independent of what draws the PDF; see setup/requirements/tools.txt
    import pypdfium2
except ImportError:
    pypdfium2 = None

REPORT = "survey_callcenter.survey_callcenter_appointment_report_protocol"


LOGGER = "odoo.addons.survey_callcenter.models.appointment_protocol"
BROKEN = (LOGGER, "odoo.addons.mail.models.mail_render_mixin")


class ProtocolCase(AppointmentCase):
    """``p1`` has answered both questions; ``queue`` ends the call of ``agent_a``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = cls.survey._create_answer(
            partner=cls.p1.partner_id, check_attempts=False
        )
        satisfied, why = cls.survey.question_ids
        cls.answers._save_lines(satisfied, "Very <b>much</b>")
        cls.answers._save_lines(why, "Because of the service. " * 10)
        cls.p1.write({"user_input_id": cls.answers.id, "rating_id": cls.positive.id})
        cls.survey.cc_protocol_mail = True
        cls.env.flush_all()

    def queue(self, appointment=None, **values):
        """Agree an appointment and end the call; return the mails that came of it."""
        before = self.env["mail.mail"].search([])
        appointment = appointment or self.agree(**values)
        appointment.with_user(self.agent_a).sudo(False)._cc_queue_protocol()
        return self.env["mail.mail"].search([]) - before

    def words(self, html):
        return " ".join(html2plaintext(html).split())


@freeze_time("2026-12-07 09:00:00")
class TestProtocol(ProtocolCase):
    # === WHO GETS IT === #

    def test_rep_gets_one_queued_mail_and_the_person_none(self):
        notifications = self.env["mail.notification"].search_count([])
        [mail] = self.queue()
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.rep_1.partner_id)
        self.assertFalse(mail.email_to)
        self.assertFalse(mail.email_cc)
        self.assertEqual(self.env["mail.notification"].search_count([]), notifications)

    def test_appointment_says_when_the_protocol_was_sent(self):
        appointment = self.agree()
        self.assertFalse(appointment.protocol_sent_at)
        mail = self.queue(appointment)
        self.assertEqual(str(appointment.protocol_sent_at), "2026-12-07 09:00:00")
        self.assertEqual(appointment.protocol_state, "queued")
        self.assertEqual(appointment.protocol_mail_id, mail)

    def test_queue_is_told_at_once(self):
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", queue.id)])
        triggers.unlink()
        self.queue()
        self.assertTrue(triggers.search([("cron_id", "=", queue.id)]))

    def test_each_rep_gets_it_once(self):
        appointment = self.agree()
        self.assertEqual(len(self.queue(appointment)), 1)
        self.assertEqual(len(self.queue(appointment)), 0)
        self.agree(start="2026-12-08 14:00:00", stop="2026-12-08 15:00:00")
        self.assertEqual(len(self.queue(appointment)), 0)
        self.agree(rep_id=self.rep_2.id)
        [mail] = self.queue(appointment)
        self.assertEqual(mail.recipient_ids, self.rep_2.partner_id)
        self.agree(rep_id=self.rep_1.id)
        self.assertEqual(len(self.queue(appointment)), 0)
        self.assertEqual(appointment.protocol_rep_ids, self.rep_1 | self.rep_2)

    def test_survey_may_want_no_mail(self):
        self.survey.cc_protocol_mail = False
        appointment = self.agree()
        self.assertFalse(self.queue(appointment))
        self.assertFalse(appointment.protocol_sent_at)

    def test_survey_may_want_it_for_some_ratings(self):
        self.survey.cc_protocol_rating_ids = self.negative
        appointment = self.agree()
        self.assertFalse(self.queue(appointment))
        self.p1.rating_id = self.negative
        self.assertEqual(len(self.queue(appointment)), 1)

    def test_template_of_the_survey_is_used_but_writes_only_to_the_rep(self):
        self._write_own_template(
            partner_to="{{ object.partner_id.id }}",
            email_to="boss@elsewhere.example",
            email_cc="all@elsewhere.example",
        )
        [mail] = self.queue()
        self.assertEqual(mail.subject, "Own words")
        self.assertEqual(mail.recipient_ids, self.rep_1.partner_id)
        self.assertFalse(mail.email_to or mail.email_cc)

    def _write_own_template(self, **values):
        """Let the survey use a template of its own; return it."""
        models = self.env["ir.model"]
        self.survey.cc_protocol_template_id = self.env["mail.template"].create(
            {
                "name": "Own",
                "model_id": models._get_id("survey.callcenter.appointment"),
                "use_default_to": False,
                "subject": "Own words",
                "body_html": "<p>Own words</p>",
            }
            | values
        )
        return self.survey.cc_protocol_template_id

    # === IT CANNOT BE MADE === #

    def test_broken_template_of_a_survey_costs_no_call(self):
        self.survey.user_id = self.manager
        templates = [
            self._write_own_template(body_html='<p t-out="object.notes.upper()"/>'),
            self._write_own_template(subject="{{ object.notes.upper() }}"),
        ]
        appointment = self.agree(notes="")
        files = self.env["ir.attachment"].search_count([])
        for template in templates:
            with self.subTest(template=template.id), mute_logger(*BROKEN):
                self.survey.activity_ids.unlink()
                self.survey.cc_protocol_template_id = template
                self.assertFalse(self.queue(appointment))
                self.env.flush_all()
                self.assertEqual(appointment.protocol_state, "failed")
                self.assertFalse(appointment.protocol_sent_at)
                self.assertEqual(self.env["ir.attachment"].search_count([]), files)
                [activity] = self.survey.activity_ids
                self.assertEqual(activity.user_id, self.manager)
                self.assertEqual(activity.summary, "Protocol not delivered")

    def test_next_call_sends_it_once_the_template_is_mended(self):
        template = self._write_own_template(subject="{{ object.notes.upper() }}")
        appointment = self.agree(notes="")
        with mute_logger(*BROKEN):
            self.queue(appointment)
        template.subject = "Mended"
        [mail] = self.queue(appointment)
        self.assertEqual(mail.subject, "Mended")
        self.assertEqual(appointment.protocol_state, "queued")
        self.assertFalse(appointment.protocol_failed_since)

    def test_mail_leaves_without_the_pdf_if_its_template_is_broken(self):
        view = self.env.ref("survey_callcenter.report_protocol_document")
        view.arch = '<t t-name="broken"><p t-out="docs.no_such_field"/></t>'
        with mute_logger(*BROKEN):
            [mail] = self.queue()
        self.assertEqual(mail.attachment_ids.mapped("name"), ["appointment.ics"])

    # === WHAT STANDS IN IT === #

    def test_mail_names_person_time_and_answers(self):
        [mail] = self.queue()
        # the rep reads his own time: Berlin is an hour ahead
        self.assertEqual(
            " ".join(mail.subject.split()),
            "Appointment with Müller, Hans: 12/08/2026, 11:00 AM – 12:00 PM",
        )
        words = self.words(mail.body_html)
        for expected in (
            "Marktplatz 1 10115 Berlin",
            "+49 30 1234560",
            "Ring twice",
            "Positive",
            "Satisfied?",
            "Why?",
            " ".join(["Because of the service."] * 10),
        ):
            self.assertIn(expected, words)

    def test_words_of_the_person_are_no_markup(self):
        [mail] = self.queue()
        self.assertIn("Very &lt;b&gt;much&lt;/b&gt;", mail.body_html)

    def test_words_are_those_of_the_rep(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.rep_1.lang = "de_DE"
        self.survey.with_context(lang="de_DE").question_ids[0].title = "Zufrieden?"
        [mail] = self.queue()
        self.assertIn("08.12.2026, 11:00 – 12:00", mail.subject)
        self.assertIn("Zufrieden?", mail.body_html)

    def test_person_without_answers_has_a_protocol_too(self):
        self.p1.user_input_id = False
        [mail] = self.queue()
        self.assertIn("No questions were answered.", mail.body_html)

    def test_nothing_gives_access_to_the_answers(self):
        [mail] = self.queue()
        secrets = [self.answers.access_token, self.survey.access_token]
        texts = [mail.subject, mail.body_html, mail.body, mail.headers or ""]
        texts += [file.raw.decode(errors="replace") for file in mail.attachment_ids]
        for secret in secrets:
            self.assertTrue(secret)
            for text in texts:
                self.assertNotIn(secret, text)

    def test_calendar_file_is_the_visit(self):
        [mail] = self.queue()
        [file] = mail.attachment_ids.filtered(lambda file: file.name[-4:] == ".ics")
        event = vobject.readOne(file.raw.decode()).vevent
        self.assertEqual(str(event.dtstart.value), "2026-12-08 10:00:00+00:00")
        self.assertEqual(str(event.dtend.value), "2026-12-08 11:00:00+00:00")
        self.assertEqual(event.summary.value, "Field service: Müller, Hans")
        self.assertEqual(event.location.value, "Marktplatz 1, 10115 Berlin")
        self.assertIn("+49301234560", event.description.value)

    def test_pdf_is_attached(self):
        [mail] = self.queue()
        names = sorted(mail.attachment_ids.mapped("name"))
        self.assertEqual(names, ["Protocol Müller, Hans.pdf", "appointment.ics"])
        message = mail.mail_message_id
        for file in mail.attachment_ids:
            self.assertEqual(
                (file.res_model, file.res_id), ("mail.message", message.id)
            )

    def test_call_is_saved_although_the_pdf_fails(self):
        self.env.ref(REPORT).report_name = "survey_callcenter.no_such_report"
        with mute_logger(LOGGER):
            [mail] = self.queue()
        self.assertEqual(mail.attachment_ids.mapped("name"), ["appointment.ics"])

    # === THE PDF === #

    @unittest.skipUnless(pypdfium2, "pypdfium2 is not there")
    def test_pdf_is_one_page_with_the_answers(self):
        appointment = self.agree()
        words = self._print(appointment, self.rep_1)
        for expected in (
            "Protocol",
            "Satisfaction",
            "Müller, Hans",
            "12/08/2026",
            "10115 Berlin",
            "Ring twice",
            "Positive",
            "Satisfied?",
            "Very <b>much</b>",
        ):
            self.assertIn(expected, words)
        self.assertNotIn(self.answers.access_token, words)

    @unittest.skipUnless(pypdfium2, "pypdfium2 is not there")
    def test_manager_prints_several_at_once(self):
        appointments = self.agree() | self.agree(self.p2, rep_id=self.rep_2.id)
        words = self._print(appointments, self.manager)
        self.assertEqual(len(re.findall("Question", words)), 1)
        self.assertIn("Schulze, Eva", words)
        self.assertIn("No questions were answered.", words)

    def test_only_those_who_see_the_appointment_print_it(self):
        appointment = self.agree()
        reports = self.env["ir.actions.report"]
        for user in (self.rep_2, self.employee):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                reports.with_user(user)._render_qweb_html(REPORT, appointment.ids)

    def _print(self, appointments, user):
        """Return the words of the PDF that a user prints."""
        reports = self.env["ir.actions.report"].with_user(user)
        with (
            # without a server there are no style sheets, and no headers here at all
            mute_logger("odoo.addons.base.models.ir_actions_report"),
            self.allow_pdf_render(),
        ):
            pdf, _type = reports.with_context(
                force_report_rendering=True
            )._render_qweb_pdf(REPORT, appointments.ids)
        self.assertEqual(pdf[:5], b"%PDF-")
        pages = pypdfium2.PdfDocument(pdf)
        return " ".join(
            " ".join(page.get_textpage().get_text_range().split()) for page in pages
        )
