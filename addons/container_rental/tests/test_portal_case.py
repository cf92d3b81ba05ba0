"""What the tests of the customer's pages have in common; it holds no tests itself."""

from lxml import html

from odoo.addons.customer_portal.controllers.portal_form import new_form_token

from .common import ContainerHttpCase

ONSITE_URL = "/my/containers"
REQUESTS_URL = "/my/containers/requests"
SUBMIT_URL = "/my/containers/request"
CHECK_URL = "/my/containers/check"

WEDNESDAY = "2026-12-02"  # no delivery day of Hotel Adler


class ContainerPortalCase(ContainerHttpCase):
    def _send(self, user, **values):
        """Return the answer to the form; a value None leaves a field out."""
        values = {"quantity": "1", "form_token": new_form_token()} | values
        data = {name: value for name, value in values.items() if value is not None}
        return self.post_as(user, SUBMIT_URL, data)

    def _send_and_read(self, user, **values):
        """Return the request that a sent form led to, after its page was opened."""
        answer = self._send(user, **values)
        self.assertEqual(answer.status_code, 303, self._messages(answer))
        page = self.open_as(user, answer.headers["Location"])
        self.assertEqual(page.status_code, 200)
        request = self._requests()[:1]
        self.assertURLEqual(page.url, f"{request.access_url}?sent=1")
        return request, page

    def _requests(self):
        return self.env["container.request"].search([])

    def _texts(self, page, xpath):
        """Return the texts of some nodes of a page, without the space around them."""
        nodes = html.fromstring(page.content).xpath(xpath)
        return [" ".join(node.text_content().split()) for node in nodes]

    def _messages(self, page):
        """Return the messages at the fields of a form."""
        return self._texts(page, "//*[contains(@class, 'invalid-feedback')]")

    def _alerts(self, page):
        xpath = (
            "//*[contains(@class, 'o_container_preview')]//*[contains(@class, 'alert')]"
        )
        return self._texts(page, xpath)

    def _rows(self, page):
        """Return the rows of the list, each as the texts of its cells."""
        body = html.fromstring(page.content).xpath("//tbody/tr")
        rows = []
        for row in body:
            for label in row.xpath(".//*[@class='o_cell_label']"):
                label.drop_tree()
            rows.append([" ".join(cell.text_content().split()) for cell in row])
        return rows

    def _typed(self, page, name):
        """Return what a field of the form holds."""
        [field] = html.fromstring(page.content).xpath(f"//*[@name='{name}']")[-1:]
        if field.tag == "select":
            return (field.xpath("./option[@selected]/@value") or [""])[0]
        return field.get("value") if field.tag == "input" else field.text

    def _create_address(self, customer, **values):
        return self.env["res.partner"].create(
            {
                "name": "Kitchen",
                "street": "Adlergasse 3",
                "parent_id": customer.id,
                "type": "delivery",
                **values,
            }
        )
