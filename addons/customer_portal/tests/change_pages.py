"""What the tests of the customers' pages have in common; it holds no tests itself."""

from lxml import html

from .change_common import ChangePeople
from .common import PortalHttpCase

COMPANY_URL = "/my/company"
EDIT_URL = "/my/company/edit"
SUBMIT_URL = "/my/company/submit"
ADDRESS_URL = "/my/company/address"
ADDRESS_SUBMIT_URL = "/my/company/address/submit"
ARCHIVE_URL = "/my/company/address/archive"
CHANGES_URL = "/my/changes"

JUNK = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"),
    *("'; select pg_sleep(3) --", "[('id','>',0)]", "%", "_", "**", "\x00", "a\x00b"),
    *("-1", "0", "1e308", "NaN", "٣", "9" * 30, "a" * 5000, "=1+1", "👩‍👧", "\u202e"),
)


class ChangePageCase(ChangePeople, PortalHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.usa = cls.env.ref("base.us")

    # === FORMS === #

    def _form_of(self, page):
        """Return what the form on a page would send: ``{name: value}``."""
        [form] = html.fromstring(page.content).xpath(
            "//form[contains(@action, '/my/company')]"
        )
        return {
            name: value
            for name, value in form.form_values()
            if name not in ("csrf_token", "step")
        }

    def _preview(self, user, url=EDIT_URL, /, **values):
        """Return the answer to the form of a page, with some values typed."""
        page = self.open_as(user, url)
        self.assertURLEqual(page.url, url)
        data = self._form_of(page) | values | {"step": "preview"}
        return self.post_as(user, self._get_submit_url(url), data)

    def _confirm(self, user, page, /, **values):
        """Return the answer to a confirmed preview."""
        data = self._form_of(page) | {"step": "confirm"} | values
        action = html.fromstring(page.content).xpath(
            "//form[contains(@action, '/my/company')]/@action"
        )[0]
        return self.post_as(user, action, data)

    def _send(self, user, url=EDIT_URL, **values):
        """Return the request that a form and its confirmation led to."""
        known = self.requests.search([])
        page = self._preview(user, url, **values)
        answer = self._confirm(user, page)
        self.assertEqual(answer.status_code, 303, self._messages(answer))
        request = (self.requests.search([]) - known) or known[:1]
        return request

    def _get_submit_url(self, url):
        return ADDRESS_SUBMIT_URL if url.startswith(ADDRESS_URL) else SUBMIT_URL

    def _change(self, user, **values):
        """Return the answer to a bare POST of the company's form."""
        return self.post_as(user, SUBMIT_URL, values)

    # === PAGES === #

    def _texts(self, page, xpath):
        """Return the texts of some nodes of a page, without the space around them."""
        nodes = html.fromstring(page.content).xpath(xpath)
        return [" ".join(node.text_content().split()) for node in nodes]

    def _messages(self, page):
        """Return the messages at the fields of a form."""
        return self._texts(page, "//*[contains(@class, 'invalid-feedback')]")

    def _notice(self, page):
        return " ".join(self._texts(page, "//*[@name='notice']"))

    def _errors(self, page):
        return " ".join(self._texts(page, "//*[@name='errors']"))

    def _typed(self, page, name):
        """Return what a field of the form holds."""
        return self._form_of(page).get(name)

    def _rows(self, page):
        """Return the rows of the table, each as the texts of its cells."""
        rows = []
        for row in html.fromstring(page.content).xpath("//tbody/tr"):
            for label in row.xpath(".//*[@class='o_cell_label']"):
                label.drop_tree()
            rows.append([" ".join(cell.text_content().split()) for cell in row])
        return rows

    def _badges(self, page):
        return self._texts(page, "//*[contains(@class, 'o_change_badge')]")

    def _mails(self, subject):
        """Return the mails that were written whose subject contains some words."""
        self.write_mails()
        return self.env["mail.mail"].sudo().search([("subject", "ilike", subject)])
