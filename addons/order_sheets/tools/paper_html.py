"""Rich text on paper."""

from lxml import html

from odoo.tools import html_sanitize

# One picture that cannot be loaded, and there is no paper at all.
LOADED = ("img", "picture", "svg", "video", "audio", "object", "embed", "iframe")


def to_paper(text):
    """Return rich text without what a printer would have to load.

    :param text: HTML of a field, which Odoo has cleaned
    """
    if not text:
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    for node in list(root.iter(*LOADED)):
        node.drop_tree()
    for node in root.iter():
        node.attrib.pop("background", None)
        if "url" in node.get("style", ""):
            del node.attrib["style"]
    return html_sanitize(html.tostring(root, encoding="unicode"))
