"""Pages of shipments for the tests; it holds no tests itself."""

from lxml import html

from .service_page_case import ServicePageCase
from .service_shipment_common import TOKEN, ShipmentPeople

URL = "/my/service-shipments"


class ShipmentPageCase(ShipmentPeople, ServicePageCase):
    """The pages of shipments, taken apart."""

    def setUp(self):
        super().setUp()
        self.shipments = self.env["customer.service.shipment"]

    def _groups(self, page):
        """Return what can be shipped: ``{title: [(order number, ticked)]}``."""
        forms = html.fromstring(page.content).xpath(f"//form[@action='{URL}/create']")
        return {
            " ".join(form.xpath(".//h3")[0].text_content().split()): [
                (
                    box.getparent().text_content().strip(),
                    box.get("checked") is not None,
                )
                for box in form.xpath(".//input[@type='checkbox']")
            ]
            for form in forms
        }

    def _tokens(self, page):
        return html.fromstring(page.content).xpath("//input[@name='form_token']/@value")

    def _create(self, user, order_ids, number=1, **values):
        data = {"form_token": TOKEN.format(number), "order_ids": order_ids} | values
        return self.post_as(user, f"{URL}/create", data)

    def _post(self, user, shipment, act, **data):
        return self.post_as(user, f"{URL}/{shipment.id}/{act}", data)

    def _confirm(self, user, shipment, **data):
        vals = {"package_count": "1", "is_ready": "1"} | data
        return self._post(user, shipment, "confirm", **vals)

    def _messages(self, page):
        return self._texts(page, "//*[contains(@class, 'invalid-feedback')]")

    def _error(self, page):
        return self._section(page, "error")

    def _list(self, page):
        """Return the shipments of the list, each as the texts of its cells."""
        rows = []
        for row in html.fromstring(page.content).xpath(
            "//section[@name='shipments']//tbody/tr"
        ):
            for label in row.xpath(".//*[@class='o_cell_label']"):
                label.drop_tree()
            rows.append([" ".join(cell.text_content().split()) for cell in row])
        return rows
