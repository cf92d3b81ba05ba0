from odoo.http import Request
from odoo.tools import mute_logger

from . import upload_files
from .change_common import ChangePeople
from .common import PortalHttpCase

URL = "/mail/attachment/upload"
MISSING_ID = 2**31 - 1
MULTIPART = """\
--border\r
Content-Disposition: form-data; name="{field}"\r
\r
{value}\r
"""
MULTIPART_FILE = """\
--border\r
Content-Disposition: form-data; name="ufile"; filename="{filename}"\r
Content-Type: image/jpeg\r
\r
"""


class TestPortalUpload(ChangePeople, PortalHttpCase):
    """Files in the chat of a document, by the route of Odoo's chatter."""

    def setUp(self):
        super().setUp()
        self.request = self._ask(self.anna, self.adler, street="Neue Str. 5")

    def _send(self, user, name, content, thread=None, **data):
        """Return the answer to a file that a user puts into a chat."""
        thread = self.request if thread is None else thread
        data = {
            "thread_model": thread._name,
            "thread_id": thread.id,
            "is_pending": "true",
        } | data
        return self.post_as(user, URL, data, files={"ufile": (name, content)})

    def _get_attachment(self, response):
        self.assertEqual(response.status_code, 200)
        return self.env["ir.attachment"].browse(
            response.json()["data"]["attachment_id"]
        )

    def assertRefused(self, response, message):  # noqa: N802 (named like its siblings)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json(), {"error": message})

    # === WHAT IS TAKEN === #

    def test_customer_and_colleague_send_a_photo(self):
        photo = upload_files.picture()
        for user in (self.anna, self.bert):
            kept = self._get_attachment(self._send(user, "photo.jpg", photo))
            self.assertEqual((kept.name, kept.raw), ("photo.jpg", photo))
            self.assertEqual(kept.mimetype, "image/jpeg")

    def test_name_is_cleaned(self):
        response = self._send(self.anna, "../../<b>\u202ephoto.jpg", b"")
        self.assertRefused(response, "“_b_photo.jpg” is empty.")
        photo = upload_files.picture()
        kept = self._get_attachment(self._send(self.anna, "../../<b>.jpg", photo))
        self.assertEqual(kept.name, "_b_.jpg")

    def test_name_with_control_characters_is_cleaned(self):
        """As no browser and no library sends it, but somebody may."""
        self.open_as(self.anna, "/my")
        fields = {
            "csrf_token": Request.csrf_token(self),
            "thread_model": self.request._name,
            "thread_id": self.request.id,
            "is_pending": "true",
        }
        for filename, kept in (
            ("pho\x00to.jpg", "photo.jpg"),
            ("photo.jpg\x00.exe\x00.jpg", "photo.jpg.exe.jpg"),
            ("pho\u202eto\x7f\x1b.jpg", "photo.jpg"),
        ):
            head = "".join(
                MULTIPART.format(field=field, value=value)
                for field, value in fields.items()
            ) + MULTIPART_FILE.format(filename=filename)
            body = head.encode() + upload_files.picture() + b"\r\n--border--\r\n"
            headers = {"Content-Type": "multipart/form-data; boundary=border"}
            response = self.url_open(URL, data=body, headers=headers)
            self.assertEqual(self._get_attachment(response).name, kept)

    # === WHAT IS NOT === #

    def test_other_types_are_refused_in_words(self):
        before = self._count_attachments()
        for name, content in (
            ("virus.exe", upload_files.EXE),
            ("page.html", upload_files.HTML),
            ("x.svg", upload_files.SVG),
            ("x.xml", upload_files.XML),
            ("x.zip", upload_files.archive(("a.txt", "a"))),
        ):
            error = self._send(self.anna, name, content).json()["error"]
            self.assertIn(f"“{name}” is of a type that cannot be sent.", error)
        message = "“photo.jpg” is damaged, or it is not what its name says."
        for content in (upload_files.HTML, upload_files.SVG, upload_files.EXE):
            self.assertRefused(self._send(self.anna, "photo.jpg", content), message)
        self.assertEqual(self._count_attachments(), before)

    def test_file_has_a_greatest_size(self):
        self.request.company_id.portal_upload_max_mb = 1
        kept = self._send(self.anna, "log.txt", b"a" * 1024 * 1024)
        self.assertEqual(self._get_attachment(kept).file_size, 1024 * 1024)
        refused = self._send(self.anna, "log.txt", b"a" * (1024 * 1024 + 1))
        message = "“log.txt” is too large. A file may have 1 MB."
        self.assertRefused(refused, message)

    # === WHO === #

    @mute_logger("odoo.http")
    def test_stranger_gets_the_answer_of_what_is_missing(self):
        missing = self.request.browse(MISSING_ID)
        before = self._count_attachments()
        for user, thread in (
            (self.carla, self.request),
            (self.carla, missing),
            (self.anna, missing),
            (None, self.request),
        ):
            for name, content in (("a.txt", b"a"), ("a.exe", upload_files.EXE)):
                response = self._send(user, name, content, thread)
                self.assertEqual(response.status_code, 404)
        self.assertEqual(self._count_attachments(), before)

    @mute_logger("odoo.http")
    def test_link_of_a_mail_opens_the_chat_but_takes_no_more(self):
        token = self.request._portal_ensure_token()
        self._get_attachment(self._send(None, "a.txt", b"a", token=token))
        error = self._send(None, "a.exe", upload_files.EXE, token=token).json()["error"]
        self.assertIn("“a.exe” is of a type", error)
        for junk in ("nope", "ä", token[:-1]):
            response = self._send(None, "a.txt", b"a", token=junk)
            self.assertEqual(response.status_code, 404)
        self.request.access_token = False
        response = self._send(self.carla, "a.txt", b"a", token=token)
        self.assertEqual(response.status_code, 404)

    @mute_logger("odoo.http")
    def test_junk_is_no_failure_of_the_server(self):
        for junk in ("0", "-1", "abc", "9" * 30, "1.0", ""):
            response = self._send(self.anna, "a.txt", b"a", thread_id=junk)
            self.assertEqual(response.status_code, 404)
        response = self._send(self.anna, "a.txt", b"a", hash="ä", pid="x")
        self.assertIn(response.status_code, (200, 404))
        data = {"thread_model": self.request._name, "thread_id": self.request.id}
        response = self.post_as(self.anna, URL, data | {"ufile": "no file"})
        self.assertEqual(response.status_code, 400)

    def test_employees_send_what_they_want(self):
        for name, content in (
            ("a.zip", upload_files.archive(("a.txt", "a"))),
            ("empty.txt", b""),
        ):
            kept = self._get_attachment(self._send(self.erik, name, content))
            self.assertEqual(kept.name, name)

    def test_other_chats_are_left_alone(self):
        channel = self.env["discuss.channel"].create(
            {"name": "Open day", "group_public_id": False}
        )
        channel._add_members(users=self.anna)
        content = upload_files.archive(("a.txt", "a"))
        kept = self._get_attachment(self._send(self.anna, "a.zip", content, channel))
        self.assertEqual(kept.name, "a.zip")

    def _count_attachments(self):
        return self.env["ir.attachment"].search_count([])
