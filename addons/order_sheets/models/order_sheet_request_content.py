from odoo import fields, models
from odoo.tools import html_sanitize

from ..tools.numbers import format_number


class OrderSheetRequest(models.Model):
    """What was filled in, as plain data: shown, printed, and kept when it is submitted.

    Call all of it with sudo, on a request that the reader may see.
    """

    _inherit = "order.sheet.request"

    def _get_content(self):
        """Return what the customer has ordered: the snapshot, or the draft as it is.

        :return: dict with ``sheet``, ``pages``: list of dicts with ``name``,
            ``description``, ``infos`` (texts between questions: ``key``, ``label``,
            ``content``) and ``fields``: list of dicts with ``label``, ``type``,
            ``text``, ``files`` (``id``, ``name``) and ``rows`` (products); ``remark``,
            ``amount``, ``price_display``
        """
        self.ensure_one()
        return self.snapshot or self._make_content(self._get_filled())

    def _make_content(self, filled):
        """Return the visible pages and questions with their answers, as JSON data."""
        sheet = filled.sheet
        prices = self._get_prices(filled)
        pages = [self._make_page(page, prices) for page in filled.pages]
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
            "remark": self.remark or "",
            "legal_text": str(sheet.legal_text or ""),
        }

    def _make_page(self, page, prices):
        return {
            "id": page.id,
            "name": page.name,
            # nobody shows it again, but these are the words that he has ordered on
            "description": str(page.record.description or ""),
            "infos": [
                {
                    "key": field.key,
                    "label": field.label,
                    "content": str(field.record.content or ""),
                }
                for field in page.fields
                if field.type == "info"
            ],
            "fields": [
                self._make_field(field, prices)
                for field in page.fields
                if field.type != "info"
            ],
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

    def _get_terms(self, content):
        """Return the terms that the customer has read, to be shown as they were."""
        return html_sanitize(content["legal_text"])

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
        products = self.env["product.product"].union(*ordered.values())
        find_price = self._get_price_finder(products)
        by_id = products.grouped("id")  # and read all at once
        return {
            (product_id, quantity): find_price(by_id[product_id], quantity)
            for product_id, quantity in ordered
        }

    def _get_unit_prices(self, products):
        """Return what the customer pays for one unit: ``{product id: price}``."""
        find_price = self._get_price_finder(products)
        return {product.id: find_price(product, 1.0) for product in products}

    def _get_price_finder(self, products):
        """Return a function of product and quantity that returns the price of a unit.

        A pricelist would read its rules again for each quantity.
        """
        customer = self.commercial_partner_id.with_company(self.company_id)
        pricelist = customer.property_product_pricelist.with_company(self.company_id)
        now = fields.Datetime.now()
        rules = pricelist._get_applicable_rules(products, now)

        def find_price(product, quantity):
            fitting = (it for it in rules if it._is_applicable_for(product, quantity))
            price = next(fitting, rules.browse())._compute_price(
                product, quantity, product.uom_id, date=now, currency=self.currency_id
            )
            return self._without_taxes(product, price)

        return find_price

    def _without_taxes(self, product, price):
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        # a flyer may cost less than a cent
        exact = taxes.with_context(round_base=False)
        return exact.compute_all(price, self.currency_id)["total_excluded"]
