from odoo.tools import mute_logger

from .portal_common import JUNK, PortalTicketCase


class TestPortalTicketPage(PortalTicketCase):
    """A customer sees his ticket, and nothing of what agents tell each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ticket = cls.t3
        cls.note_file = cls._create_file("note.txt")
        cls.answer_file = cls._create_file("answer.txt")
        cls.box_file = cls._create_file("box.txt")
        cls.own_file = cls._create_file("own.txt", cls.anna_user)
        cls.mail_file = cls._create_file("mail.txt")
        cls._post("mail.mt_note", cls.note_file)
        cls._post("mail.mt_comment", cls.answer_file)
        cls._post(
            "helpdesk_mgmt.hlp_tck_created",
            cls.mail_file,
            message_type="email",
            author_id=cls.anna.id,
        )

    @classmethod
    def _create_file(cls, name, user=None):
        files = cls.env["ir.attachment"].with_user(user or cls.agent_a).sudo()
        return files.create(
            {
                "name": name,
                "raw": name.encode(),
                "res_model": "helpdesk.ticket",
                "res_id": cls.ticket.id,
            }
        )

    @classmethod
    def _post(cls, subtype, files, **values):
        tickets = cls.ticket.with_user(cls.agent_a)
        return tickets.message_post(
            body="Look at this.",
            subtype_xmlid=subtype,
            attachment_ids=files.ids,
            **{"message_type": "comment"} | values,
        )

    def _get_names(self, user, url=None):
        page = self.page_as(user, url or f"/my/ticket/{self.ticket.id}")
        return sorted(
            name.strip()
            for name in page.xpath("//*[@class='oe_attachments']//a//text()")
            if name.strip()
        )

    def test_customer_sees_his_files_and_those_sent_to_him(self):
        self.assertEqual(
            self._get_names(self.anna_user), ["answer.txt", "mail.txt", "own.txt"]
        )

    def test_colleague_sees_the_same(self):
        self.assertEqual(
            self._get_names(self.bernd_user), ["answer.txt", "mail.txt", "own.txt"]
        )

    def test_links_of_the_page_work(self):
        page = self.page_as(self.anna_user, f"/my/ticket/{self.ticket.id}")
        links = page.xpath("//*[@class='oe_attachments']//a/@href")
        self.assertEqual(
            sorted(self.url_open(link).content for link in links),
            [b"answer.txt", b"mail.txt", b"own.txt"],
        )

    def test_internal_files_get_no_link(self):
        self.open_as(self.anna_user, f"/my/ticket/{self.ticket.id}")
        internal = self.note_file | self.box_file
        self.assertEqual(internal.mapped("access_token"), [False, False])
        for file in internal:
            response = self.open_as(self.anna_user, f"/web/content/{file.id}")
            self.assertEqual(response.status_code, 404)

    def test_file_of_a_note_that_is_sent_later_is_shown(self):
        self._post("mail.mt_comment", self.note_file)
        self.assertIn("note.txt", self._get_names(self.anna_user))

    def test_own_file_that_an_agent_notes_something_about_stays(self):
        self._post("mail.mt_note", self.own_file)
        self.assertIn("own.txt", self._get_names(self.anna_user))

    def test_internal_answer_shows_no_file(self):
        message = self._post("mail.mt_comment", self.box_file)
        message.is_internal = True
        self.assertNotIn("box.txt", self._get_names(self.anna_user))

    def test_ticket_without_files_shows_none(self):
        self.assertEqual(
            self._get_names(self.anna_user, f"/my/ticket/{self.t1.id}"), []
        )

    def test_side_of_the_page_is_there(self):
        """Number, buttons and contacts, which Odoo 19 leaves out of OCA's page."""
        page = self.page_as(self.anna_user, f"/my/ticket/{self.ticket.id}")
        side = page.get_element_by_id("sidebar_content")
        self.assertIn(self.ticket.number, side.text_content())
        self.assertIn("Anna Adam", side.text_content())

    def test_stranger_is_led_away(self):
        for url in (
            f"/my/ticket/{self.ticket.id}",
            f"/my/ticket/{self.ticket.id}/abc",
            f"/my/ticket/{self.ticket.id}/%C3%A4",
            f"/my/ticket/{self.ticket.id}?access_token=%C3%A4",
            f"/my/ticket/{2**31 - 1}",
            f"/my/ticket/{2**31}",
            f"/my/ticket/{'9' * 30}",
        ):
            for user in (self.dora_user, None):
                with self.subTest(url=url, user=user and user.name):
                    response = self.open_as(user, url, allow_redirects=False)
                    self.assertEqual(response.status_code, 303)
                    self.assertURLEqual(response.headers["Location"], "/my")

    def test_link_with_token_shows_the_page(self):
        url = f"/my/ticket/{self.ticket.id}/{self.ticket._portal_ensure_token()}"
        for user in (None, self.dora_user):
            self.assertEqual(
                self._get_names(user, url), ["answer.txt", "mail.txt", "own.txt"]
            )

    @mute_logger("odoo.http")
    def test_junk_is_answered(self):
        names = ("values", "ticket", "document", "session_history", "pid", "hash")
        for name in (*names, "error", "no_breadcrumbs", "access_token", "sortby"):
            for junk in JUNK:
                with self.subTest(name=name, junk=junk):
                    self.authenticate(self.anna_user.login, self.anna_user.login)
                    response = self.url_open(
                        f"/my/ticket/{self.ticket.id}", params={name: junk}
                    )
                    self.assertEqual(response.status_code, 200)
                    self.assertNotIn("<script>alert(1)", response.text)

    def test_no_other_site_and_no_cache_keeps_the_page(self):
        for url in (f"/my/ticket/{self.ticket.id}", "/my/tickets"):
            headers = self.open_as(self.anna_user, url).headers
            self.assertEqual(headers["X-Frame-Options"], "SAMEORIGIN")
            self.assertEqual(headers["Cache-Control"], "private, no-store")
