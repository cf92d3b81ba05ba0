"""What the tests of the pages about order sheets share; it holds no tests itself."""

from odoo.addons.customer_portal.tests.common import PortalHttpCase
from odoo.addons.customer_portal.tests.page_reader import PageReader

from .sheet_common import SheetPeople

URL = "/my/order-sheets"


class SheetPageCase(PageReader, SheetPeople, PortalHttpCase):
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


class SummaryCase(SheetPageCase):
    """The last page of a sheet, and the button on it."""

    def _summary(self, order, user=None):
        return self.open_as(user or self.anna, f"{order.access_url}/summary")

    def _edition(self, order):
        """Return what the page says it shows, in English."""
        return order.with_context(lang="en_US").sudo()._get_edition()

    def _submit(self, order, user=None, edition=None, **data):
        data["edition"] = self._edition(order) if edition is None else edition
        return self.post_as(user or self.anna, f"{order.access_url}/submit", data)

    def _button(self, page):
        """Return the label of the button that orders, and its look."""
        xpath = "//button[@name='step' and @value='submit']"
        [label], [look] = (
            self._texts(page, xpath),
            self._attributes(page, xpath, "class"),
        )
        return label, look
