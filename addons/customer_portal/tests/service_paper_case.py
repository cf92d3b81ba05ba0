"""Papers of service orders for the tests; it holds no tests itself."""

from lxml import html

from odoo.fields import Command

from .service_shipment_common import ShipmentPeople

AMOUNT = r"129|\$|€"


class PaperCase(ShipmentPeople):
    """Papers as their readers see them."""

    def _pages(self, content):
        """Return the pages of a paper, one element per page."""
        return html.fromstring(content).xpath("//div[hasclass('page')]")

    def _print(self, report, records, user=None, **data):
        """Return the pages of a paper that Erik prints."""
        reports = self.env["ir.actions.report"].with_user(user or self.erik)
        return self._pages(reports._render_qweb_html(report, records.ids, data)[0])

    def _words(self, page):
        return " ".join(" ".join(page.itertext()).split())

    def _part(self, page, name):
        """Return the words of a named part of a page."""
        return " ".join(
            self._words(node) for node in page.xpath(f".//*[@name='{name}']")
        )

    def _quote(self, order, state="sale"):
        product = self.env["product.product"].create({"name": "Display"})
        quotation = self.env["sale.order"].create(
            {
                "partner_id": order.partner_id.id,
                "service_order_id": order.id,
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "Repair"}),
                    Command.create(
                        {
                            "name": "New display",
                            "product_id": product.id,
                            "product_uom_qty": 2,
                            "price_unit": 129.0,
                            "tax_ids": [Command.clear()],
                        }
                    ),
                ],
            }
        )
        quotation.state = state
        return quotation
