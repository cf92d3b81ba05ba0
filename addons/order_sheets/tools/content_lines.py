"""What a customer has ordered, as lines of text: for mails and for papers.

``page`` and ``field`` are parts of what ``OrderSheetRequest._get_content`` returns.
"""

LONGEST = 200  # characters of an answer, where it is told in short


def get_answer(field):
    """Return the answer to a question as a text; products are listed on their own."""
    if field["type"].startswith("product_"):
        return ""
    names = [file["name"] for file in field["files"]]
    return "\n".join(filter(None, [field["text"], *names]))


def get_blocks(page):
    """Return the questions of a page in their order, those with products by themselves.

    :return: list of ``(are there products, list of questions)``
    """
    blocks = []
    for field in page["fields"]:
        has_products = bool(field["rows"])
        if not blocks or blocks[-1][0] != has_products:
            blocks.append((has_products, []))
        blocks[-1][1].append(field)
    return blocks


def shorten(text):
    """Return a text that is not longer than a glance."""
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST - 1].rstrip()}…"
