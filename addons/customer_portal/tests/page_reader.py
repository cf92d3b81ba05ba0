"""Pages of the portal taken apart, for the tests of any addon."""

from lxml import html

# What a browser can send, whoever wrote it.
JUNK = (
    *("", " ", "nope", "-1", "0", "99999999999999999999", "1.5", "٣", "[1]"),
    *("<script>alert(1)</script>", "' OR 1=1--", "%", "_", "\\", "\x00", "{{7*7}}"),
    *("\u202e", "😀", "a" * 4000),
)
JUNK_DAYS = ("2026-02-30", "0000-00-00", "9999-12-31")


class PageReader:
    """What a test reads of a page, whose texts have no space around them."""

    def _texts(self, page, xpath):
        """Return the texts of some nodes of a page."""
        nodes = html.fromstring(page.content).xpath(xpath)
        return [" ".join(node.text_content().split()) for node in nodes]

    def _attributes(self, page, xpath, name):
        return html.fromstring(page.content).xpath(f"{xpath}/@{name}")

    def _links(self, page, xpath):
        return self._attributes(page, xpath, "href")

    def _rows(self, page):
        """Return the rows of the list, each as the texts of its cells."""
        rows = []
        for row in html.fromstring(page.content).xpath("//tbody/tr"):
            for label in row.xpath(".//*[@class='o_cell_label']"):
                label.drop_tree()
            rows.append([" ".join(" ".join(cell.itertext()).split()) for cell in row])
        return rows

    def _numbers(self, page):
        return [row[0] for row in self._rows(page)]

    def _tabs(self, page):
        return self._texts(page, "//ul[contains(@class, 'nav-tabs')]//a")

    def _pairs(self, page, xpath):
        """Return the rows of a definition list: ``{label: text}``."""
        labels = self._texts(page, f"{xpath}//dt")
        return dict(zip(labels, self._texts(page, f"{xpath}//dd"), strict=True))

    def _section(self, page, name):
        """Return the text of a named part of the page, or None."""
        return next(iter(self._texts(page, f"//*[@name='{name}']")), None)
