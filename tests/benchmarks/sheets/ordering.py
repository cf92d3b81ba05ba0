"""From the filled-in sheet to the sale order, beside a sale order typed in by staff."""

from erp import database
from shared.measuring import Case, Person, form_values

SUBMIT = "POST: submit 30 products, with the sale order"
SUBMIT_ALONE = "POST: submit 30 products, to be reviewed"
CREATE = "office: Create Sale Order, of 30 products"
STOCK_ORDER = "stock: sale.order.web_save of the same 30 lines"

MODEL = "order.sheet.request"
PRODUCTS = 30
# What Odoo's form reads back of a sale order, in short.
READ_BACK = {
    "name": {},
    "state": {},
    "amount_total": {},
    "order_line": {"fields": {"name": {}, "price_unit": {}, "price_subtotal": {}}},
}


class OrderingQuestions:
    def prepare_ordering(self):
        self.ordering = Person(self.site, "pattern")
        self.ordering.token = self.ordering.csrf_token("/my/security")
        # Somebody who sells as well: the button creates the order as himself.
        self.clerk = Person(self.site, "clerk")
        self.products = self._ids(
            """
            SELECT p.id FROM product_product AS p
            JOIN product_template AS t ON t.id = p.product_tmpl_id
            WHERE t.name ->> 'en_US' LIKE 'Flyer %%' ORDER BY p.id
            """
        )
        (self.buyer,) = self._ids(
            """
            SELECT c.commercial_partner_id FROM res_users AS u
            JOIN res_partner AS c ON c.id = u.partner_id WHERE u.login = 'pattern'
            """
        )
        self.submitted, self.reviewed, self.typed_in = 0, 0, 0

    def get_ordering_cases(self):
        def is_sent(answer):
            return answer.status == 303 and answer.location.endswith("?sent=1")

        return [
            Case(SUBMIT, self._submit_with_order, is_sent),
            Case(SUBMIT_ALONE, self._submit_alone, is_sent),
            Case(
                CREATE,
                self._create_order,
                lambda answer: answer.result["res_model"] == "sale.order",
            ),
            Case(
                STOCK_ORDER,
                self._type_in,
                lambda answer: len(answer.result[0]["order_line"]) == PRODUCTS,
            ),
        ]

    def get_ordering_expectations(self):
        statement = """
            SELECT count(*) FROM (
                SELECT o.id FROM sale_order AS o
                JOIN order_sheet_request AS r ON r.id = o.order_sheet_request_id
                JOIN order_sheet AS s ON s.id = r.sheet_id
                JOIN sale_order_line AS line ON line.order_id = o.id
                WHERE s.name ->> 'en_US' = %s GROUP BY o.id HAVING count(*) = %s
            ) AS complete
        """
        return [
            (f"sale orders of sheet {sheet}", number, statement, sheet, PRODUCTS)
            for sheet, number in (
                *[("Thirty", self.submitted), ("Reviewed", self.reviewed)],
            )
        ]

    # === HELPERS === #

    def _fill_in(self, sheet):
        """Begin an order and fill it in; where it is, and what its last form sends."""
        url = self.start(sheet, self.ordering)
        typed = {f"flyer-{product}": "10" for product in self.products}
        page_id = self.first_page(sheet)
        self.ordering.call(f"{url}/save", page_id=page_id, values=typed, rev=1)
        summary = self.ordering.open(f"{url}/summary")
        return url, form_values(summary, f"{url}/submit")

    def _submit_with_order(self):
        url, values = self._fill_in("Thirty")
        self.submitted += 1
        return self.ordering.post(f"{url}/submit", **values)

    def _submit_alone(self):
        url, values = self._fill_in("Reviewed")
        return self.ordering.post(f"{url}/submit", **values)

    def _create_order(self):
        ((request_id,),) = database.query(
            self.site.database,
            """
            SELECT max(r.id) FROM order_sheet_request AS r
            JOIN order_sheet AS s ON s.id = r.sheet_id
            WHERE s.name ->> 'en_US' = 'Reviewed' AND r.state = 'submitted'
                AND NOT EXISTS (
                    SELECT FROM sale_order WHERE order_sheet_request_id = r.id
                )
            """,
        )
        if not request_id:
            self._submit_alone()
            return self._create_order()
        self.reviewed += 1
        return self.clerk.call_model(MODEL, "action_create_sale_order", [request_id])

    def _type_in(self):
        lines = [
            [0, 0, {"product_id": product, "product_uom_qty": 10}]
            for product in self.products
        ]
        return self.seller.call_model(
            "sale.order",
            "web_save",
            [],
            {"partner_id": self.buyer, "order_line": lines},
            specification=READ_BACK,
        )
