import io
from unittest.mock import patch

from PIL import Image

from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from ..controllers.ticket_form import MAX_DESCRIPTION, MAX_SUBJECT
from ..tools import uploads
from .portal_common import JUNK, PortalTicketCase


def picture(width=20, height=10):
    stream = io.BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


class TestPortalSubmit(PortalTicketCase):
    """A customer sends a ticket: it is saved, or he reads why not and loses nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.field.show_in_portal = False
        cls.category = cls.env["helpdesk.ticket.category"].create({"name": "Printers"})
        cls.hidden = cls.env["helpdesk.ticket.category"].create(
            {"name": "Internal", "show_in_portal": False}
        )
        cls.company = cls.env.company
        cls.company.write(
            {
                "helpdesk_mgmt_portal_select_team": True,
                "helpdesk_mgmt_portal_select_category": True,
                "helpdesk_mgmt_portal_team_id_required": True,
                "helpdesk_mgmt_portal_category_id_required": False,
            }
        )

    def _submit(self, files=None, **values):
        """Return the answer, and the tickets that have been created."""
        before = self.env["helpdesk.ticket"].search([]).ids
        typed = {
            "subject": "No paper",
            "description": "The printer\r\nhas no paper.",
            "team": self.support.id,
            "category": "",
        }
        data = {k: v for k, v in (typed | values).items() if v is not None}
        response = self.post_as(self.anna_user, "/submitted/ticket", data, files=files)
        created = self.env["helpdesk.ticket"].search([("id", "not in", before)])
        return response, created

    def _files(self, *files):
        return [("attachment", (name, content)) for name, content in files]

    def assertShownAgain(self, outcome, field):  # noqa: N802 (named like its siblings)
        """Check for the form, with a message at one field and all that was typed."""
        response, created = outcome
        self.assertEqual(response.status_code, 200)
        self.assertFalse(created)
        page = self.parse(response)
        marked = page.xpath("//form//*[@aria-invalid='true']")
        self.assertEqual([element.get("name") for element in marked], [field])
        message = page.get_element_by_id(marked[0].get("aria-describedby"))
        self.assertTrue(message.text_content().strip())
        self.assertTrue(page.xpath("//div[@name='ticket_errors'][@role='alert']"))
        return page

    # === WHAT BECOMES A TICKET === #

    def test_ticket_is_the_customers(self):
        response, ticket = self._submit(category=self.category.id)
        self.assertEqual(response.status_code, 302)
        self.assertURLEqual(response.headers["Location"], f"/my/ticket/{ticket.id}")
        self.assertRecordValues(
            ticket,
            [
                {
                    "name": "No paper",
                    "description": "<p>The printer<br>has no paper.</p>",
                    "partner_id": self.anna.id,
                    "customer_company_id": self.muster.id,
                    "team_id": self.support.id,
                    "category_id": self.category.id,
                    "user_id": False,
                    "state_type": "new",
                    "create_uid": self.anna_user.id,
                }
            ],
        )
        self.assertIn(self.anna, ticket.message_partner_ids)

    def test_form_without_choices_asks_for_none(self):
        self.company.helpdesk_mgmt_portal_select_team = False
        self.company.helpdesk_mgmt_portal_select_category = False
        _response, ticket = self._submit(team="abc", category=self.hidden.id)
        self.assertEqual(len(ticket), 1)
        self.assertFalse(ticket.team_id or ticket.category_id)

    def test_html_is_text(self):
        text = "<script>alert(1)</script> & {{7*7}}"
        _response, ticket = self._submit(subject=text, description=text)
        self.assertEqual(ticket.name, text)
        page = self.open_as(self.anna_user, f"/my/ticket/{ticket.id}").text
        self.assertNotIn("<script>alert(1)", page)

    def test_files_come_with_the_ticket(self):
        png = picture()
        files = self._files(("Label.PNG", png), ("log.txt", b"Out of paper\n"))
        _response, ticket = self._submit(files)
        self.assertEqual(
            ticket.attachment_ids.sorted("name").mapped("name"),
            ["Label.PNG", "log.txt"],
        )
        self.assertEqual(ticket.attachment_ids.sorted("name")[0].raw, png)
        page = self.page_as(self.anna_user, f"/my/ticket/{ticket.id}")
        self.assertEqual(len(page.xpath("//li[@class='oe_attachments']")), 2)

    def test_name_of_a_file_is_cleaned(self):
        names = {
            "../../../tmp/evil.txt": "evil.txt",
            "C:\\temp\\a.txt": "a.txt",
            "photo\u202egpj.txt": "photogpj.txt",
            "a\0b.txt": "ab.txt",
            "<img src=x onerror=alert(1)>.txt": "_img src=x onerror=alert(1)_.txt",
            f"{'a' * 400}.txt": f"{'a' * 124}.txt",
        }
        for name, cleaned in names.items():
            with self.subTest(name=name[:40]):
                self.assertEqual(uploads.clean_filename(name), cleaned)
        _response, ticket = self._submit(self._files(("../../evil.txt", b"x")))
        self.assertEqual(ticket.attachment_ids.name, "evil.txt")

    # === WHAT IS ASKED FOR AGAIN === #

    def test_what_is_missing_is_asked_for(self):
        for name in ("subject", "description", "team"):
            for value in ("", "  ", None):
                with self.subTest(name=name, value=value):
                    self.assertShownAgain(self._submit(**{name: value}), name)

    def test_texts_have_their_lengths(self):
        for name, most in (("subject", MAX_SUBJECT), ("description", MAX_DESCRIPTION)):
            with self.subTest(name=name):
                _response, ticket = self._submit(**{name: "ä" * most})
                self.assertEqual(len(ticket), 1)
                self.assertShownAgain(self._submit(**{name: "ä" * (most + 1)}), name)

    def test_line_breaks_count_once(self):
        _response, ticket = self._submit(description="a\r\n" * (MAX_DESCRIPTION // 2))
        self.assertEqual(len(ticket), 1)

    def test_control_characters_are_refused(self):
        for name, text in (
            ("subject", "a\0b"),
            ("subject", "a\r\nBcc: a@b.example"),
            ("description", "a\0b"),
            ("description", "a\x1bb"),
        ):
            with self.subTest(name=name, text=text):
                self.assertShownAgain(self._submit(**{name: text}), name)

    def test_only_offered_teams_and_categories_can_be_chosen(self):
        archived = self.category.copy({"active": False})
        for name, value in (
            ("team", self.field.id),
            ("team", 2**31 - 1),
            ("category", self.hidden.id),
            ("category", archived.id),
        ):
            with self.subTest(name=name, value=value):
                self.assertShownAgain(self._submit(**{name: value}), name)

    @mute_logger("odoo.http")
    def test_junk_is_answered(self):
        for junk in JUNK:
            for name in ("team", "category", "subject", "description"):
                with self.subTest(name=name, junk=junk):
                    response, _created = self._submit(**{name: junk})
                    self.assertIn(response.status_code, (200, 302))
        for files in ([("subject", ("a.txt", b"a"))], [("team", ("a.txt", b"a"))]):
            response, created = self._submit(files, subject=None, team=None)
            self.assertEqual(response.status_code, 200)
            self.assertFalse(created)

    def test_what_was_typed_stays(self):
        page = self.assertShownAgain(
            self._submit(
                subject='"><script>alert(1)</script>',
                description="  First line\r\nsecond </textarea>",
                category=self.category.id,
                team="",
            ),
            "team",
        )
        form = page.xpath("//form[@action='/submitted/ticket']")[0]
        typed = dict(form.form_values())
        self.assertEqual(typed["subject"], '"><script>alert(1)</script>')
        self.assertEqual(
            typed["description"].split(), "First line second </textarea>".split()
        )
        self.assertEqual(typed["category"], str(self.category.id))
        self.assertEqual(typed["team"], "")
        self.assertNotIn("<script>alert(1)", self._submit(team="")[0].text)

    def test_every_mistake_is_shown_at_once(self):
        response, _created = self._submit(
            self._files(("a.exe", b"MZ")), subject="", description="", team="x"
        )
        page = self.parse(response)
        marked = page.xpath("//form//*[@aria-invalid='true']/@name")
        self.assertEqual(set(marked), {"team", "subject", "attachment", "description"})
        self.assertIn("choose your files again", response.text)

    def test_first_form_has_no_messages(self):
        page = self.page_as(self.anna_user, "/new/ticket")
        self.assertFalse(page.xpath("//*[@aria-invalid] | //*[@name='ticket_errors']"))
        for name in ("subject", "description"):
            field = page.xpath(f"//form//*[@name='{name}']")[0]
            self.assertTrue(page.xpath(f"//label[@for='{field.get('id')}']"))

    # === FILES === #

    def test_files_that_are_not_taken(self):
        files = {
            "program": [("setup.exe", b"MZ")],
            "drawing": [("logo.svg", b"<svg onload='alert(1)'/>")],
            "no ending": [("readme", b"x")],
            "empty": [("empty.txt", b"")],
            "wrong ending": [("photo.png", b"%PDF-1.4")],
            "damaged": [("photo.png", picture()[:40])],
            "program as text": [("notes.txt", b"MZ\x00\x01")],
            "too large": [("log.txt", b"a" * (uploads.MAX_BYTES + 1))],
            "too many": [(f"{n}.txt", b"a") for n in range(uploads.MAX_FILES + 1)],
            "one of two": [("a.txt", b"a"), ("b.exe", b"MZ")],
        }
        for reason, sent in files.items():
            with self.subTest(reason=reason):
                outcome = self._submit(self._files(*sent))
                self.assertShownAgain(outcome, "attachment")
        self.assertFalse(
            self.env["ir.attachment"].search(
                [("create_uid", "=", self.anna_user.id)], limit=1
            )
        )

    def test_picture_that_would_fill_the_memory_is_not_opened(self):
        with patch.object(uploads, "IMAGE_MAX_RESOLUTION", 199):
            self.assertEqual(uploads.find_mistake("a.png", picture()), "content")
        self.assertIsNone(uploads.find_mistake("a.png", picture()))

    def test_largest_file_is_taken(self):
        _response, ticket = self._submit(
            self._files(("log.txt", b"a" * uploads.MAX_BYTES))
        )
        self.assertEqual(ticket.attachment_ids.file_size, uploads.MAX_BYTES)

    # === ATTACKS AND FAULTS === #

    @mute_logger("odoo.http")
    def test_only_a_form_of_ours_sends(self):
        self.authenticate(self.anna_user.login, self.anna_user.login)
        count = self.env["helpdesk.ticket"].search_count([])
        data = {"subject": "a", "description": "b", "team": self.support.id}
        response = self.url_open("/submitted/ticket", data=data, method="POST")
        self.assertEqual(response.status_code, 400)
        url = f"/submitted/ticket?subject=a&description=b&team={self.support.id}"
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
            with self.subTest(method=method):
                response = self.url_open(url, method=method, allow_redirects=False)
                self.assertGreaterEqual(response.status_code, 400)
                self.assertLess(response.status_code, 500)
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), count)

    def test_other_fields_of_a_ticket_cannot_be_sent(self):
        _response, ticket = self._submit(
            partner_id=self.dora.id,
            user_id=self.agent_a.id,
            stage_id=self._stage("done").id,
            customer_company_id=self.beta.id,
            is_locked="1",
            company_id="2",
            channel_id="1",
        )
        self.assertRecordValues(
            ticket,
            [
                {
                    "partner_id": self.anna.id,
                    "user_id": False,
                    "state_type": "new",
                    "customer_company_id": self.muster.id,
                    "is_locked": False,
                    "company_id": self.company.id,
                }
            ],
        )

    def test_mail_server_that_is_down_loses_no_ticket(self):
        """The mails wait in the queue, whose job is asked to run."""
        template = self.env.ref("helpdesk_mgmt.closed_ticket_template")
        self._stage("new").mail_template_id = template
        self.support.message_subscribe(
            self.agent_c.partner_id.ids,
            self.env.ref("helpdesk_mgmt.hlp_tck_team_created").ids,
        )
        job = self.env.ref("mail.ir_cron_mail_scheduler_action")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
        with (
            patch.object(IrMail_Server, "_disable_send", lambda self: False),
            patch.object(
                IrMail_Server, "_connect__", side_effect=ConnectionRefusedError
            ) as connect,
        ):
            _response, ticket = self._submit()
            self.write_mails()
        self.assertEqual(len(ticket), 1)
        connect.assert_not_called()
        mails = self.env["mail.mail"].search(
            [("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )
        self.assertTrue(mails)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        self.assertGreater(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)]),
            triggers,
        )
