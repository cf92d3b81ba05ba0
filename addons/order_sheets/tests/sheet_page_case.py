"""What the tests of the pages about order sheets share; it holds no tests itself."""

from lxml import html

from odoo.addons.customer_portal.tests.common import PortalHttpCase

from .sheet_common import SheetPeople

URL = "/my/order-sheets"
# What a browser can send, whoever wrote it.
JUNK = (
    *("", " ", "nope", "-1", "0", "99999999999999999999", "1.5", "٣", "[1]"),
    *("<script>alert(1)</script>", "' OR 1=1--", "%", "_", "\\", "\x00", "{{7*7}}"),
    *("\u202e", "😀", "a" * 4000),
)


class SheetPageCase(SheetPeople, PortalHttpCase):
    """Orders in every state, and pages taken apart."""

    # === ORDERS === #

    def _returned_order(self, user, reason="Wrong center", **values):
        order = self._submit_as(user, **values)
        order.with_user(self.erik)._return(reason)
        return order

    def _work_on(self, order):
        order.with_user(self.erik).action_take()
        return order

    def _archive(self, order):
        office = self._work_on(order).with_user(self.erik)
        office.action_complete()
        office.action_put_away()
        return order

    @classmethod
    def _allow_many(cls):
        """Let customers order as often as they like."""
        cls.sheet.max_per_customer = 0

    # === PAGES === #

    def _open(self, user=None, **params):
        """Return the list."""
        return self.open_as(user or self.anna, URL, params=params)

    def _page(self, order, user=None, **params):
        page = self.open_as(user or self.anna, order.access_url, params=params)
        self.assertEqual(page.status_code, 200)
        self.assertURLEqual(page.url.partition("?")[0], order.access_url)
        return page

    def _assert_leads(self, answer, url):
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], url)

    def _texts(self, page, xpath):
        """Return the texts of some nodes of a page, without the space around them."""
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


class SummaryCase(SheetPageCase):
    """The last page of a sheet, and the button on it."""

    def _summary(self, order, user=None):
        return self.open_as(user or self.anna, f"{order.access_url}/summary")

    def _submit(self, order, user=None, edition=None, **data):
        data["edition"] = order.rev if edition is None else edition
        return self.post_as(user or self.anna, f"{order.access_url}/submit", data)

    def _button(self, page):
        """Return the label of the button that orders, and its look."""
        xpath = "//button[@name='step' and @value='submit']"
        [label], [look] = (
            self._texts(page, xpath),
            self._attributes(page, xpath, "class"),
        )
        return label, look
