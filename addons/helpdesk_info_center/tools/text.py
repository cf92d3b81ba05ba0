"""Text that somebody typed, as the database takes it."""

MAX_TERM = 100


def clean_text(text, most=MAX_TERM):
    """Return what can be searched of a text; nothing of what is no text.

    A NUL and half a character (a lone surrogate) cannot be stored, so nothing has them.
    """
    if not isinstance(text, str):
        return ""
    storable = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return storable.strip()[:most]
