"""Real files, as customers send them, and such as should not be taken for them."""

import io
import zipfile

import xlsxwriter
import xlwt
from PIL import Image, WebPImagePlugin  # noqa: F401 (Odoo loads it for nobody else)

from odoo.tools import file_open

HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
XML = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    b"<a>&b;</a>"
)
EXE = b"MZ".ljust(60, b"\x00") + b"\x80\x00\x00\x00".ljust(68, b"\x00") + b"PE\x00\x00"
TEXT = "Grüße aus Zürich\n".encode()
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"
DOS_EPS = b"\xc5\xd0\xd3\xc6\x20\x00\x00\x00".ljust(32, b"\x00") + EPS
CSV = "Gerät;Preis\niPhone;12,5\n".encode()


def picture(kind="JPEG", size=(8, 8), **options):
    return _written(
        lambda file: Image.new("RGB", size, "red").save(file, kind, **options)
    )


def picture_of_one_colour(kind, size):
    """Return a picture that is small as a file and large in memory."""
    return _written(lambda file: Image.new("1", size).save(file, kind))


def pdf():
    return _read("base/tests/minimal.pdf")


def doc():
    return _read("test_mimetypes/tests/testfiles/case.doc")


def docx():
    return archive(
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", "<Relationships/>"),
        ("word/document.xml", "<document/>"),
    )


def xls():
    book = xlwt.Workbook()
    book.add_sheet("Devices").write(0, 0, "iPhone")
    return _written(book.save)


def xlsx():
    def write(file):
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("Devices").write(0, 0, "iPhone")

    return _written(write)


def open_document(kind):
    """Return an OpenDocument file: ``text`` or ``spreadsheet``."""
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive(("mimetype", mimetype), ("content.xml", "<office/>"))


def media(brand):
    """Return the beginning of a video or picture of the format ISO 14496-12."""
    return b"\x00\x00\x00\x18ftyp" + brand + b"\x00\x00\x00\x00mif1isom" + b"\x00" * 99


def archive(*entries):
    def write(file):
        with zipfile.ZipFile(file, "w") as opened:
            for name, content in entries:
                opened.writestr(name, content)

    return _written(write)


def bomb():
    """Return an archive that is small as a file and large once it is unpacked."""
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr("a.txt", "a")
            opened.writestr("mimetype", b"a" * 50_000_000)
        return file.getvalue()


def _written(write):
    with io.BytesIO() as file:
        write(file)
        return file.getvalue()


def _read(path):
    with file_open(path, "rb") as file:
        return file.read()
