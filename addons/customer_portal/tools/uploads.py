"""Files that customers send: which are taken, and under which name they are kept.

A list of what is allowed, and not of what is not: a name must have one of the endings,
and the content must be what the ending says.
"""

import io
import re
import unicodedata
import zipfile

from PIL import Image

from odoo.tools.image import IMAGE_MAX_RESOLUTION, ImageProcess
from odoo.tools.mimetypes import guess_mimetype

MAX_NAME_LENGTH = 128
MAX_PIXELS = int(IMAGE_MAX_RESOLUTION)

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
# Programs tell the old formats of an office, and those of videos, from each other by
# details that may stand anywhere in the file.
_OLD_OFFICE = {
    *("application/msword", "application/vnd.ms-excel", "application/vnd.ms-office"),
    *("application/x-ole-storage", "application/CDFV2"),
}
_VIDEO = {"video/mp4", "video/quicktime", "video/x-m4v"}
_HEIF = {
    *("image/heic", "image/heif"),
    *("image/heic-sequence", "image/heif-sequence"),
}

# {ending: (mimetype, what else the content may look like)}
_TYPES = {
    "jpg": ("image/jpeg", ()),
    "jpeg": ("image/jpeg", ()),
    "png": ("image/png", ()),
    "gif": ("image/gif", ()),
    "webp": ("image/webp", ()),
    "heic": ("image/heic", _HEIF),
    "pdf": ("application/pdf", ()),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "doc": ("application/msword", _OLD_OFFICE),
    "docx": (f"{_OPEN_XML}.wordprocessingml.document", ()),
    "xls": ("application/vnd.ms-excel", _OLD_OFFICE),
    "xlsx": (f"{_OPEN_XML}.spreadsheetml.sheet", ()),
    "odt": (f"{_OPEN_DOCUMENT}.text", ()),
    "ods": (f"{_OPEN_DOCUMENT}.spreadsheet", ()),
    "mp4": ("video/mp4", _VIDEO),
    "mov": ("video/quicktime", _VIDEO),
}
_OFFICE_ARCHIVES = ("docx", "xlsx", "odt", "ods")

# What a printer needs besides, known by how it begins: no program here opens it, and
# printers know more kinds of it than any program here.
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_POSTSCRIPT = b"%!PS"
_DOS_EPS = b"\xc5\xd0\xd3\xc6"
_ARCHIVE = b"PK\x03\x04"

# {ending: (mimetype, possible beginnings)}
_PRINT_TYPES = {
    "tif": ("image/tiff", _TIFF),
    "tiff": ("image/tiff", _TIFF),
    "ai": ("application/illustrator", (b"%PDF-", _POSTSCRIPT)),
    "eps": ("application/postscript", (_POSTSCRIPT, _DOS_EPS)),
    "zip": ("application/zip", (_ARCHIVE,)),
}
_MIMETYPES = {
    extension: mimetype
    for extension, (mimetype, _details) in (_TYPES | _PRINT_TYPES).items()
}
# What every form and chat takes; what a form may take besides; and all of them.
ALLOWED_EXTENSIONS = tuple(_TYPES)
PRINT_EXTENSIONS = tuple(_PRINT_TYPES)
KNOWN_EXTENSIONS = ALLOWED_EXTENSIONS + PRINT_EXTENSIONS


def get_accept(extensions):
    """Return the attribute of an input, so that the browser offers no other files."""
    return ",".join(f".{extension}" for extension in extensions)


ACCEPT = get_accept(ALLOWED_EXTENSIONS)

# Pictures that Odoo opens, and makes smaller, while it keeps them.
_DECODED = ("image/jpeg", "image/png", "image/gif")
# What a text may look like: a log, a list, a letter, a program; no page and no drawing.
_TEXTLIKE = ("application/csv", "application/json", "message/rfc822")
_NO_TEXT = ("text/html", "text/xml")
_NOT_IN_A_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# Control characters and halves of characters; what nobody sees; and what turns the
# direction of reading, so that "photo<RLO>gpj.exe" is read as a picture.
_NOT_IN_A_NAME = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\ufeff"
    r"\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
_NOT_IN_A_FILE_SYSTEM = re.compile(r'[<>:"|?*]')


class UploadRefused(Exception):
    """A file that is not taken.

    :ivar reason: ``type``, ``empty``, ``size``, ``pixels`` (a picture that is too large
        once it is unpacked), or ``content`` (damaged, or not what its name says)
    :ivar name: its cleaned name
    :ivar allowed: what would be taken: endings (``type``), so many bytes (``size``)
    """

    def __init__(self, reason, name, allowed=None):
        super().__init__(f"{name}: {reason}")
        self.reason = reason
        self.name = name
        self.allowed = allowed


def check_upload(filename, content, max_bytes, extensions=ALLOWED_EXTENSIONS):
    """Return the name under which a file is kept, and its mimetype.

    :param filename: as the browser sent it: anything
    :param content: bytes; one more than ``max_bytes`` of a longer file is enough
    :param extensions: endings that are taken, without dot and in small letters; those
        that are not in ``KNOWN_EXTENSIONS`` are refused all the same
    :raise UploadRefused: the file is not taken
    """
    name = clean_filename(filename)
    extension = name.rpartition(".")[2].lower()
    allowed = [known for known in KNOWN_EXTENSIONS if known in extensions]
    if extension not in allowed:
        raise UploadRefused("type", name, allowed)
    if not content:
        raise UploadRefused("empty", name)
    if len(content) > max_bytes:
        raise UploadRefused("size", name, max_bytes)
    if not _is_what_it_says(extension, content):
        raise UploadRefused("content", name)
    mimetype = _MIMETYPES[extension]
    if mimetype in _DECODED:
        _check_picture(name, content)
    return name, mimetype


def clean_filename(filename):
    """Return a file name that every page, mail and file system can take.

    No path, no characters that do something, at most 128 characters, of which the
    ending stays.
    """
    name = _NOT_IN_A_NAME.sub("", str(filename or ""))
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    name = _NOT_IN_A_FILE_SYSTEM.sub("_", name).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = ("", name) if name.lower() in _MIMETYPES else (name, "")
    ending = f".{extension}"[:MAX_NAME_LENGTH] if extension else ""
    stem = stem.strip()[: MAX_NAME_LENGTH - len(ending)].strip()
    return f"{stem or 'file'}{ending}"[:MAX_NAME_LENGTH]


def _is_what_it_says(extension, content):
    if extension in _PRINT_TYPES:
        return _is_print_data(extension, content)
    if content.startswith(_ARCHIVE) and extension not in _OFFICE_ARCHIVES:
        return False  # whoever guesses what it is would open it
    mimetype, others = _TYPES[extension]
    found = guess_mimetype(content)
    if mimetype.startswith("text/"):
        return _is_text(found, content)
    return found == mimetype or found in others


def _is_print_data(extension, content):
    _mimetype, beginnings = _PRINT_TYPES[extension]
    if not content.startswith(beginnings):
        return False
    # only looks for its end: what it holds may fill the memory once it is unpacked
    return extension != "zip" or zipfile.is_zipfile(io.BytesIO(content))


def _is_text(found, content):
    # a text of one letter is no format that any program knows
    is_textlike = found.startswith("text/") or found in _TEXTLIKE or len(content) < 4
    if not is_textlike or found in _NO_TEXT:
        return False
    return content.startswith(_UTF_16) or not _NOT_IN_A_TEXT.search(content)


def _check_picture(name, content):
    """:raise UploadRefused: Odoo would fail on this picture, or run out of memory"""
    try:
        is_huge = _is_huge(content)
        if not is_huge:
            ImageProcess(content).image.load()
    except Exception as error:  # whatever it is that the decoder stumbles over
        raise UploadRefused("content", name) from error
    if is_huge:
        raise UploadRefused("pixels", name)


def _is_huge(content):
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except Image.DecompressionBombError:
        return True
    return width * height > MAX_PIXELS
