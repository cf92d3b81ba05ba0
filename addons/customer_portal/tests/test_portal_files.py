from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from . import upload_files
from .common import PortalHttpCase, PortalTransactionCase

URL = "/my/kit_test/upload"
MEGABYTE = 1024 * 1024


class TestUploadLimit(PortalTransactionCase):
    def test_limit_lies_within_its_limits(self):
        company = self.env.company
        self.assertEqual(company.portal_upload_max_mb, 10)
        for value in (1, 100):
            company.portal_upload_max_mb = value
            company.flush_recordset()
        for value in (0, -1, 101):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                company.portal_upload_max_mb = value
                company.flush_recordset()

    def test_limit_is_a_setting(self):
        values = {"portal_upload_max_mb": 25}
        self.env["res.config.settings"].create(values).execute()
        self.assertEqual(self.env.company._portal_upload_max_bytes(), 25 * MEGABYTE)

    def test_limit_applies_to_customers_who_cannot_read_it(self):
        company = self.env.company.with_user(self.anna)
        self.assertEqual(company._portal_upload_max_bytes(), 10 * MEGABYTE)
        with self.assertRaises(AccessError):
            company.read(["portal_upload_max_mb"])


class TestUploadForm(PortalHttpCase):
    """Files that arrive with a form."""

    def _send(self, *files, **data):
        """Return what a form makes of files: ``(name, content)`` each."""
        response = self.post_as(
            self.anna, URL, data, files=[("photos", file) for file in files]
        )
        self.assertEqual(response.status_code, 200)
        return response.json()

    def test_several_files_of_one_field_arrive(self):
        photo = upload_files.picture()
        answer = self._send(("a.jpg", photo), ("a.jpg", photo), ("../b.txt", b"b"))
        self.assertEqual(
            answer["files"],
            [
                ["a.jpg", "image/jpeg", len(photo)],
                ["a.jpg", "image/jpeg", len(photo)],
                ["b.txt", "text/plain", 1],
            ],
        )
        self.assertEqual(answer["errors"], {})

    def test_files_are_not_among_what_was_typed(self):
        answer = self._send(("a.txt", b"a"), title="Hotel")
        self.assertEqual(answer["typed"]["title"], "Hotel")
        self.assertNotIn("photos", answer["typed"])

    def test_no_file_is_no_mistake_unless_one_is_required(self):
        for files in ((), (("", b""),)):
            answer = self._send(*files)
            self.assertEqual((answer["files"], answer["errors"]), ([], {}))
            answer = self._send(*files, required="1")
            message = "Please fill in “Photos”."
            self.assertEqual(answer["errors"], {"photos": message})

    def test_text_in_place_of_a_file_is_no_file(self):
        answer = self._send(photos="a.jpg")
        self.assertEqual((answer["files"], answer["errors"]), ([], {}))

    def test_all_files_are_taken_or_none(self):
        self.env.company.portal_upload_max_mb = 1
        answer = self._send(
            ("good.txt", b"good"),
            ("a.exe", upload_files.EXE),
            ("b.txt", b""),
            ("c.jpg", upload_files.HTML),
            ("d.txt", b"d" * (MEGABYTE + 1)),
            ("e.png", upload_files.picture_of_one_colour("PNG", (9000, 9000))),
        )
        self.assertEqual(answer["files"], [])
        self.assertEqual(
            answer["errors"]["photos"].split("\n"),
            [
                "“a.exe” is of a type that cannot be sent. Possible are: jpg, jpeg,"
                " png, gif, webp, heic, pdf, txt, csv, doc, docx, xls, xlsx, odt, ods,"
                " mp4, mov.",
                "“b.txt” is empty.",
                "“c.jpg” is damaged, or it is not what its name says.",
                "“d.txt” is too large. A file may have 1 MB.",
                "The picture “e.png” has too many pixels.",
            ],
        )

    def test_file_of_the_greatest_size_is_taken(self):
        self.env.company.portal_upload_max_mb = 1
        answer = self._send(("a.txt", b"a" * MEGABYTE))
        self.assertEqual(answer["files"], [["a.txt", "text/plain", MEGABYTE]])

    def test_a_form_has_its_own_types_and_its_own_greatest_size(self):
        self.env.company.portal_upload_max_mb = 1
        packed = upload_files.archive(("a.txt", "a" * MEGABYTE))
        answer = self._send(("a.zip", packed), print="1")
        files = [["a.zip", "application/zip", len(packed)]]
        self.assertEqual((answer["files"], answer["errors"]), (files, {}))
        answer = self._send(
            ("a.txt", b"a"),
            ("b.svg", upload_files.SVG),
            ("c.zip", packed + b"c" * MEGABYTE),
            print="1",
        )
        self.assertEqual(
            answer["errors"]["photos"].split("\n"),
            [
                "“a.txt” is of a type that cannot be sent. Possible are: pdf, zip.",
                "“b.svg” is of a type that cannot be sent. Possible are: pdf, zip.",
                "“c.zip” is too large. A file may have 2 MB.",
            ],
        )

    def test_too_many_files_are_refused(self):
        files = [(f"{number}.txt", b"a") for number in range(11)]
        self.assertEqual(len(self._send(*files[:10])["files"]), 10)
        answer = self._send(*files)
        self.assertEqual(answer["files"], [])
        message = "Please send at most 10 files."
        self.assertEqual(answer["errors"], {"photos": message})


class TestDownload(PortalHttpCase):
    def test_download_is_saved_and_never_shown(self):
        for name, content in (
            ("photo.jpg", upload_files.picture()),
            ("page.html", upload_files.HTML),
            ("drawing.svg", upload_files.SVG),
            ("Größe \u202e.pdf", upload_files.pdf()),
        ):
            attachment = self.env["ir.attachment"].create(
                {"name": name, "raw": content}
            )
            url = f"/my/kit_test/download/{attachment.id}"
            response = self.open_as(self.anna, url)
            self.assertEqual(response.status_code, 200, name)
            self.assertEqual(response.content, attachment.raw)
            disposition = response.headers["Content-Disposition"]
            self.assertEqual(disposition.split(";")[0], "attachment")
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(response.headers["Cache-Control"], "private, no-store")
