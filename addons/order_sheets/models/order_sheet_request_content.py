from odoo import models
from odoo.tools import formatLang

from ..tools.numbers import format_number


class OrderSheetRequest(models.Model):
    """What was filled in, as plain data: shown, printed, and kept when it is submitted.

    Call all of it with sudo, on a request that the reader may see.
    """

    _inherit = "order.sheet.request"

    def _get_content(self):
        """Return what the customer has ordered: the snapshot, or the draft as it is.

        :return: dict with ``sheet``, ``pages``: list of dicts with ``name`` and
            ``fields``: list of dicts with ``label``, ``type``, ``text``, ``files``
            (``id``, ``name``) and ``rows`` (products); ``amount``, ``price_display``
        """
        self.ensure_one()
        return self.snapshot or self._make_content(self._get_filled())

    def _make_content(self, filled):
        """Return the visible pages and questions with their answers, as JSON data."""
        sheet = filled.sheet
        prices = self._get_prices(filled)
        pages = [
            {
                "id": page.id,
                "name": page.name,
                "fields": [
                    self._make_field(field, prices)
                    for field in page.fields
                    if field.type != "info"
                ],
            }
            for page in filled.pages
        ]
        return {
            "sheet": sheet.name,
            "version": sheet.version,
            "lang": self.env.lang,
            "pages": pages,
            "price_display": sheet.price_display,
            "amount": sum(
                row["amount"]
                for page in pages
                for field in page["fields"]
                for row in field["rows"]
            ),
            "legal_text": str(sheet.legal_text or ""),
        }

    def _make_field(self, field, prices):
        return {
            "id": field.id,
            "key": field.key,
            "label": field.label,
            "type": field.type,
            "text": field.text,
            "files": [{"id": file.id, "name": file.name} for file in field.files],
            "rows": [
                self._make_row(product, quantity, prices[product.id, quantity])
                for product, quantity in field.ordered
            ],
        }

    def _make_row(self, product, quantity, price):
        return {
            "product_id": product.id,
            "name": product.display_name,
            "quantity": quantity,
            "quantity_text": format_number(self.env, quantity),
            "unit": product.uom_id.name,
            "price_unit": price,
            "amount": self.currency_id.round(price * quantity),
        }

    # === PRICES === #

    def _get_prices(self, filled):
        """Return what the customer pays for what he has ordered, without taxes.

        :return: ``{(product id, quantity): price of one unit}``
        """
        ordered = {
            (product.id, quantity): product
            for page in filled.pages
            for field in page.fields
            for product, quantity in field.ordered
        }
        by_quantity = {}
        for (_product_id, quantity), product in ordered.items():
            by_quantity[quantity] = by_quantity.get(quantity, product) | product
        return {
            (product_id, quantity): price
            for quantity, products in by_quantity.items()
            for product_id, price in self._get_unit_prices(products, quantity).items()
        }

    def _get_unit_prices(self, products, quantity=1.0):
        """Return what the customer pays for one unit, without taxes.

        :param quantity: so many units are ordered
        :return: ``{product id: price}``
        """
        pricelist = self.commercial_partner_id.with_company(
            self.company_id
        ).property_product_pricelist
        prices = pricelist._get_products_price(
            products, quantity, currency=self.currency_id
        )
        return {
            product.id: self._without_taxes(product, prices[product.id])
            for product in products
        }

    def _without_taxes(self, product, price):
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return taxes.compute_all(price, self.currency_id)["total_excluded"]
