"""Files that customers send with a ticket: which are taken, and under which name.

A list of what is allowed, and not of what is not: a name must have one of the endings,
and the file must begin as such files do.
"""

import io
import re
import unicodedata

from PIL import Image

from odoo.tools.image import IMAGE_MAX_RESOLUTION

MAX_FILES = 10
MAX_BYTES = 10 * 1024 * 1024
MAX_NAME_LENGTH = 128

_JPEG = b"\xff\xd8\xff"
_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# {ending: how the file begins}
_BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "jpg": (_JPEG,),
    "jpeg": (_JPEG,),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "docx": (_ARCHIVE,),
    "xlsx": (_ARCHIVE,),
    "pptx": (_ARCHIVE,),
    "odt": (_ARCHIVE,),
    "ods": (_ARCHIVE,),
    "doc": (_OLD_OFFICE,),
    "xls": (_OLD_OFFICE,),
    "msg": (_OLD_OFFICE,),
    "zip": (_ARCHIVE,),
}
_VIDEOS = ("mp4", "mov")
_TEXTS = ("txt", "log", "csv", "eml")
ALLOWED_EXTENSIONS = (*_BEGINNINGS, *_VIDEOS, *_TEXTS)
ACCEPT = ",".join(f".{extension}" for extension in ALLOWED_EXTENSIONS)

# Odoo makes them smaller while it keeps them, and stumbles over damaged ones.
_PICTURES = ("jpg", "jpeg", "png")
_NOT_IN_A_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Control characters and halves of characters; what nobody sees; and what turns the
# direction of reading, so that "photo<RLO>gpj.exe" is read as a picture.
_NOT_IN_A_NAME = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b\ufeff"
    r"\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)
_NOT_IN_A_FILE_SYSTEM = re.compile(r'[<>:"|?*]')


def clean_filename(filename):
    """Return a name without path and without characters that do something."""
    name = _NOT_IN_A_NAME.sub("", unicodedata.normalize("NFC", filename))
    name = re.split(r"[/\\]", name)[-1]
    name = _NOT_IN_A_FILE_SYSTEM.sub("_", name).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME_LENGTH] or "file"
    return f"{stem[: MAX_NAME_LENGTH - len(extension) - 1]}.{extension}"[
        :MAX_NAME_LENGTH
    ]


def find_mistake(name, content):
    """Return why a file is not taken, or None.

    :param name: its cleaned name
    :param content: bytes; one more than ``MAX_BYTES`` of a longer file is enough
    :return: ``type``, ``empty``, ``size`` or ``content`` (damaged, or not what its name
        says)
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in ALLOWED_EXTENSIONS:
        return "type"
    if not content:
        return "empty"
    if len(content) > MAX_BYTES:
        return "size"
    return None if _is_what_it_says(extension, content) else "content"


def _is_what_it_says(extension, content):
    if extension in _TEXTS:
        is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return is_utf_16 or not _NOT_IN_A_TEXT.search(content)
    if extension in _VIDEOS:
        return content[4:8] == b"ftyp"
    if not content.startswith(_BEGINNINGS[extension]):
        return False
    return extension not in _PICTURES or _is_picture(content)


def _is_picture(content):
    """Whether a picture can be opened, and does not fill the memory then."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            if width * height > IMAGE_MAX_RESOLUTION:
                return False
            picture.load()
    except Exception:  # whatever it is that the decoder stumbles over
        return False
    return True
