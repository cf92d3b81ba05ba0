"""Keys: short names of questions and options that never change with the language."""

import re
import unicodedata

KEY = re.compile(r"[a-z0-9_]{1,40}")
MAX_LENGTH = 40


def make_key(label, taken=()):
    """Return a key for a label that none of the others has."""
    text = (label or "").lower().translate(str.maketrans({"ß": "ss"}))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "_", text).strip("_")[: MAX_LENGTH - 4] or "key"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
