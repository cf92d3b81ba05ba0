import zipfile
from unittest import mock

from odoo.tests import BaseCase
from odoo.tools.image import ImageProcess

from ..tools import uploads
from ..tools.uploads import UploadRefused, check_upload, clean_filename
from . import upload_files

MAX_BYTES = 1024 * 1024
OPEN_XML = "application/vnd.openxmlformats-officedocument"


class TestUploads(BaseCase):
    """Which files of customers are taken, by real files."""

    def _refused(self, filename, content, max_bytes=MAX_BYTES, **limits):
        """Return why a file is not taken."""
        with self.assertRaises(UploadRefused) as caught:
            check_upload(filename, content, max_bytes, **limits)
        return caught.exception.reason

    # === CONTENT === #

    def test_what_customers_send_is_taken(self):
        files = {
            "photo.jpg": (upload_files.picture("JPEG"), "image/jpeg"),
            "photo.jpeg": (upload_files.picture("JPEG"), "image/jpeg"),
            "screen.png": (upload_files.picture("PNG"), "image/png"),
            "screen.gif": (upload_files.picture("GIF"), "image/gif"),
            "screen.webp": (upload_files.picture("WEBP"), "image/webp"),
            "photo.heic": (upload_files.media(b"heic"), "image/heic"),
            "bill.pdf": (upload_files.pdf(), "application/pdf"),
            "log.txt": (upload_files.TEXT, "text/plain"),
            "devices.csv": (upload_files.CSV, "text/csv"),
            "letter.doc": (upload_files.doc(), "application/msword"),
            "letter.docx": (
                upload_files.docx(),
                f"{OPEN_XML}.wordprocessingml.document",
            ),
            "devices.xls": (upload_files.xls(), "application/vnd.ms-excel"),
            "devices.xlsx": (
                upload_files.xlsx(),
                f"{OPEN_XML}.spreadsheetml.sheet",
            ),
            "letter.odt": (
                upload_files.open_document("text"),
                "application/vnd.oasis.opendocument.text",
            ),
            "devices.ods": (
                upload_files.open_document("spreadsheet"),
                "application/vnd.oasis.opendocument.spreadsheet",
            ),
            "film.mp4": (upload_files.media(b"isom"), "video/mp4"),
            "film.mov": (upload_files.media(b"qt  "), "video/quicktime"),
        }
        endings = {name.rpartition(".")[2] for name in files}
        self.assertEqual(endings, set(uploads.ALLOWED_EXTENSIONS))
        for name, (content, mimetype) in files.items():
            with self.subTest(name=name):
                taken = check_upload(name, content, MAX_BYTES)
                self.assertEqual(taken, (name, mimetype))

    def test_ending_may_be_in_capitals(self):
        content = upload_files.picture("JPEG")
        taken = check_upload("IMG_0001.JPG", content, MAX_BYTES)
        self.assertEqual(taken, ("IMG_0001.JPG", "image/jpeg"))

    def test_other_types_are_not_taken(self):
        for name, content in (
            ("virus.exe", upload_files.EXE),
            ("page.html", upload_files.HTML),
            ("page.htm", upload_files.HTML),
            ("page.xhtml", upload_files.HTML),
            ("drawing.svg", upload_files.SVG),
            ("data.xml", upload_files.XML),
            ("archive.zip", upload_files.archive(("a.txt", "a"))),
            ("app.apk", upload_files.archive(("a.txt", "a"))),
            ("macro.docm", upload_files.docx()),
            ("script.js", b"alert(1)"),
            ("run.bat", b"del *"),
            ("photo.jpg.exe", upload_files.picture()),
            ("photo", upload_files.picture()),
            ("", upload_files.picture()),
            (None, upload_files.picture()),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._refused(name, content), "type")

    def test_content_must_be_what_the_name_says(self):
        contents = {
            "html": upload_files.HTML,
            "svg": upload_files.SVG,
            "xml": upload_files.XML,
            "exe": upload_files.EXE,
            "zip": upload_files.archive(("a.txt", "a")),
        }
        for ending in uploads.ALLOWED_EXTENSIONS:
            for kind, content in contents.items():
                with self.subTest(ending=ending, kind=kind):
                    reason = self._refused(f"photo.{ending}", content)
                    self.assertEqual(reason, "content")

    def test_wrong_ending_is_noticed(self):
        for name, content in (
            ("photo.png", upload_files.picture("JPEG")),
            ("photo.jpg", upload_files.pdf()),
            ("bill.pdf", upload_files.picture("JPEG")),
            ("letter.docx", upload_files.xlsx()),
            ("devices.xlsx", upload_files.docx()),
            ("letter.odt", upload_files.open_document("spreadsheet")),
            ("log.txt", upload_files.picture("GIF")),
            ("log.txt", b"log\x00"),
            ("photo.heic", upload_files.media(b"isom")),
            ("film.mp4", upload_files.media(b"heic")),
            ("film.mp4", upload_files.TEXT),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._refused(name, content), "content")

    def test_texts_are_taken_in_any_encoding(self):
        for content in (
            *(b"x", b"\n", b"1;2", b"a\r\n\tb", b"import os\n", b'{"a": 1}'),
            *("Grüße\n".encode("latin-1"), "Grüße\n".encode("utf-16")),
        ):
            for name in ("log.txt", "list.csv"):
                with self.subTest(name=name, content=content):
                    self.assertEqual(check_upload(name, content, MAX_BYTES)[0], name)

    def test_empty_file_is_not_taken(self):
        for name in ("photo.jpg", "log.txt", "bill.pdf"):
            self.assertEqual(self._refused(name, b""), "empty")

    def test_file_has_a_greatest_size(self):
        self.assertEqual(check_upload("log.txt", b"a" * 9, 9)[0], "log.txt")
        self.assertEqual(self._refused("log.txt", b"a" * 10, 9), "size")

    # === WHAT A FORM ALLOWS === #

    def _print_data(self):
        pdf = upload_files.pdf()
        packed = upload_files.archive(("a.pdf", pdf))
        return [
            *(
                (name, beginning.ljust(99, b"\x00"), "image/tiff")
                for name in ("flyer.tif", "flyer.tiff")
                for beginning in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
            ),
            ("logo.ai", pdf, "application/illustrator"),
            ("logo.ai", upload_files.EPS, "application/illustrator"),
            ("logo.eps", upload_files.EPS, "application/postscript"),
            ("logo.eps", upload_files.DOS_EPS, "application/postscript"),
            ("all.zip", packed, "application/zip"),
            ("all.zip", upload_files.docx(), "application/zip"),
            ("all.zip", upload_files.open_document("text"), "application/zip"),
        ]

    def test_print_data_is_taken_where_a_form_allows_it(self):
        endings = {name.rpartition(".")[2] for name, *_rest in self._print_data()}
        self.assertEqual(endings, set(uploads.PRINT_EXTENSIONS))
        for name, content, mimetype in self._print_data():
            with self.subTest(name=name, content=content[:8]):
                taken = check_upload(name, content, MAX_BYTES, uploads.KNOWN_EXTENSIONS)
                self.assertEqual(taken, (name, mimetype))
                self.assertEqual(self._refused(name, content), "type")

    def test_a_form_may_allow_less(self):
        limits = {"extensions": ("pdf", "zip")}
        taken = check_upload("a.pdf", upload_files.pdf(), MAX_BYTES, **limits)
        self.assertEqual(taken, ("a.pdf", "application/pdf"))
        photo = upload_files.picture()
        self.assertEqual(self._refused("a.jpg", photo, **limits), "type")

    def test_what_is_harmful_is_not_taken_whatever_a_form_allows(self):
        for ending, content in (
            ("svg", upload_files.SVG),
            ("html", upload_files.HTML),
            ("xml", upload_files.XML),
            ("exe", upload_files.EXE),
            ("", upload_files.HTML),
        ):
            with self.assertRaises(UploadRefused) as caught:
                name = f"a.{ending}"
                check_upload(name, content, MAX_BYTES, (ending, f".{ending}", "zip"))
            with self.subTest(ending=ending):
                self.assertEqual(caught.exception.reason, "type")
                self.assertEqual(caught.exception.allowed, ["zip"])

    def test_print_data_must_be_what_its_name_says(self):
        packed = upload_files.archive(("a.txt", "a"))
        wrong = {
            "html": upload_files.HTML,
            "svg": upload_files.SVG,
            "exe": upload_files.EXE,
            "text": upload_files.TEXT,
            "photo": upload_files.picture(),
            "hidden pdf": upload_files.HTML + upload_files.pdf(),
            "half an archive": packed[:-30],
            "page in an archive": b"PK\x03\x04" + upload_files.HTML,
            "archive after a page": upload_files.HTML + packed,
        }
        for ending in uploads.PRINT_EXTENSIONS:
            for kind, content in wrong.items():
                with self.subTest(ending=ending, kind=kind):
                    reason = self._refused(
                        f"a.{ending}", content, extensions=uploads.KNOWN_EXTENSIONS
                    )
                    self.assertEqual(reason, "content")

    def test_no_archive_is_opened(self):
        bomb = upload_files.bomb()
        with mock.patch.object(zipfile, "ZipFile") as opened:
            taken = check_upload("a.zip", bomb, MAX_BYTES, ("zip",))
            for ending in ("pdf", "jpg", "txt", "mp4", "doc", "ai", "tif"):
                reason = self._refused(
                    f"a.{ending}", bomb, extensions=uploads.KNOWN_EXTENSIONS
                )
                self.assertEqual(reason, "content", ending)
        self.assertEqual(taken, ("a.zip", "application/zip"))
        opened.assert_not_called()

    # === PICTURES === #

    def test_picture_that_would_fill_the_memory_is_not_taken(self):
        for size in ((9000, 6000), (20_000, 15_000)):
            for kind, name in (("PNG", "bomb.png"), ("GIF", "bomb.gif")):
                content = upload_files.picture_of_one_colour(kind, size)
                self.assertLess(len(content), MAX_BYTES)
                with self.subTest(size=size, kind=kind):
                    self.assertEqual(self._refused(name, content), "pixels")

    def test_large_photo_is_taken(self):
        content = upload_files.picture_of_one_colour("PNG", (8064, 6048))
        self.assertEqual(check_upload("a.png", content, MAX_BYTES)[1], "image/png")

    def test_damaged_picture_breaks_nothing(self):
        """Whatever of it is taken, Odoo can make smaller, as it does to keep it."""
        whole = upload_files.picture("PNG", size=(60, 60))
        taken = refused = 0
        for position in range(8, len(whole)):
            content = bytearray(whole)
            content[position] ^= 0xFF
            try:
                check_upload("a.png", bytes(content), MAX_BYTES)
            except UploadRefused:
                refused += 1
            else:
                taken += 1
                ImageProcess(bytes(content)).resize(30, 30).image_quality()
        self.assertGreater(taken, 0)
        self.assertGreater(refused, 0)

    def test_half_a_picture_is_kept(self):
        content = upload_files.picture("JPEG", size=(400, 400))
        name, _mimetype = check_upload("a.jpg", content[: len(content) // 2], MAX_BYTES)
        self.assertEqual(name, "a.jpg")

    # === NAMES === #

    def test_name_has_no_path(self):
        for sent in (
            *("../../../tmp/evil.txt", "/etc/evil.txt", "C:\\fakepath\\evil.txt"),
            *("..\\..\\evil.txt", "./evil.txt", "a/b\\evil.txt", "../evil.txt\x00"),
        ):
            self.assertEqual(clean_filename(sent), "evil.txt", sent)

    def test_name_has_no_characters_that_do_something(self):
        for sent, kept in (
            ("a\r\nContent-Type: text/html\r\n\r\n.txt", "html.txt"),
            ("a\x00.txt", "a.txt"),
            ("a.txt\x00.exe", "a.txt.exe"),
            ("photo\u202egpj.exe", "photogpj.exe"),
            ("a\u2028b\u200b\ufeff.txt", "ab.txt"),
            ("a\ud800.txt", "a.txt"),
            ("<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"),
            ('a"b|c?d*e:f.txt', "a_b_c_d_e_f.txt"),
        ):
            self.assertEqual(clean_filename(sent), kept)

    def test_name_in_any_script_is_welcome(self):
        for name in (
            "Größe (1).pdf",
            "写真.jpg",
            "фото №2.png",
            "👩‍👧.jpg",
            "a.b-c_d.txt",
        ):
            self.assertEqual(clean_filename(name), name)
        self.assertEqual(clean_filename("Gro\u0308\u00dfe.pdf"), "Größe.pdf")

    def test_name_is_never_empty(self):
        for sent, kept in (
            *(("", "file"), (None, "file"), ("..", "file"), ("/", "file")),
            *((".pdf", "file.pdf"), ("  .pdf ", "file.pdf"), ("\x00.jpg", "file.jpg")),
            *(("photo.jpg. .", "photo.jpg"), (".htaccess", "htaccess")),
        ):
            self.assertEqual(clean_filename(sent), kept, sent)

    def test_long_name_keeps_its_ending(self):
        self.assertEqual(clean_filename("a" * 400 + ".jpeg"), "a" * 123 + ".jpeg")
        self.assertEqual(clean_filename("a" * 123 + ".jpeg"), "a" * 123 + ".jpeg")
        self.assertEqual(clean_filename("a" * 400), "a" * 128)
        self.assertEqual(len(clean_filename("a." + "b" * 400)), 128)

    def test_refusal_names_the_file(self):
        with self.assertRaises(UploadRefused) as caught:
            check_upload("../a\x00.exe", b"x", MAX_BYTES)
        self.assertEqual(caught.exception.name, "a.exe")
