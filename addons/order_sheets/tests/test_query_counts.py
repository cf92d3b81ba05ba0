from odoo.fields import Command

from .question_case import QuestionCase

SMALL = (1, 5)
LARGE = (10, 60)  # pages, questions


class TestQueryCounts(QuestionCase):
    """What the size of a sheet costs: nothing in the number of queries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"].create(
            [{"name": f"Product {number}", "list_price": 3} for number in range(30)]
        )
        cls.adler.property_product_pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Steps",
                "item_ids": [
                    Command.create({"min_quantity": least, "fixed_price": 2})
                    for least in (10, 20)
                ],
            }
        )
        cls.env["res.partner"].create(
            {"name": "Kitchen", "parent_id": cls.adler.id, "type": "delivery"}
        )

    def _fill_in(self, pages, questions):
        """Return a draft with so many pages and questions, of many types, filled in."""
        per_page = questions // pages
        request = self.ask_pages(
            *(
                {
                    "name": f"Page {page}",
                    "sequence": page,
                    "field_ids": [
                        self._question_of(page * per_page + number)
                        for number in range(per_page)
                    ],
                }
                for page in range(pages)
            )
        )
        self.asked_sheet.max_per_customer = 0
        self._add_conditions()
        self.assertEqual(self._fill(request, **self._typed(questions)).faults, {})
        return request

    def _question_of(self, number):
        kind = number % 5
        product = self.products[number // 5 % 30]
        values = {"sequence": number}
        if kind == 0:
            return self.question(f"q{number}", "char", **values)
        if kind == 1:
            options = ("a", "b")
            return self.question(f"q{number}", "choice", options=options, **values)
        if kind == 2:
            return self.question(f"q{number}", "address", **values)
        field_type = "product_qty" if kind == 3 else "product_choice"
        return self.question(f"q{number}", field_type, products=product, **values)

    def _add_conditions(self):
        """Let all that follows depend on the first question."""
        self.asked_sheet.action_revise()
        first = self._question("q0", self.asked_sheet)
        self.env["order.sheet.condition"].create(
            [
                {"field_id": field.id, "source_field_id": first.id, "value": "x"}
                for field in self.asked_sheet.field_ids - first
            ]
        )
        self.asked_sheet.action_publish()

    def _typed(self, questions):
        typed = {}
        for number in range(questions):
            product = self.products[number // 5 % 30]
            typed[f"q{number}"] = {
                0: "x",
                1: "a",
                2: str(self.adler.id),
                3: str(number + 1),  # each one another quantity, and so price
                4: str(product.id),
            }[number % 5]
        return typed

    def _count(self, request, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act(request.sudo())
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assertSame(self, act):  # noqa: N802
        """Check that a small and a large sheet cost the same."""
        warm, small, large = (self._fill_in(*it) for it in (SMALL, SMALL, LARGE))
        self._count(warm, act)  # the caches are warm
        few, many = self._count(small, act), self._count(large, act)
        self.assertEqual(many, few)

    def test_completeness(self):
        self.assertSame(lambda request: request._get_filled().is_complete)

    def test_content_with_prices(self):
        def read(request):
            content = request._get_content()
            self.assertTrue(content["amount"])

        self.assertSame(read)

    def test_saving_an_answer(self):
        self.assertSame(lambda request: request._save_typed({"q0": "y"}, request.rev))

    def test_prices(self):
        self.assertSame(lambda request: request._get_prices(request._get_filled()))

    def test_submitting(self):
        contact = self.anna.partner_id.sudo()
        small, large = self._fill_in(*SMALL), self._fill_in(*LARGE)
        warm = self._fill_in(*SMALL)

        def submit(request):
            request._submit(contact)

        self._count(warm, submit)
        self.assertEqual(self._count(large, submit), self._count(small, submit))

    def test_sale_order_costs_what_odoo_costs(self):
        """More lines cost more in Odoo; ours add nothing."""
        contact = self.anna.partner_id.sudo()
        requests = [self._fill_in(*it) for it in (SMALL, SMALL, LARGE)]
        for request in requests:
            request.sudo()._submit(contact)
        _warm, few, many = (
            self._count(request, self._create_sale_order) for request in requests
        )
        _warm, few_bare, many_bare = (
            self._count(request, self._create_bare_order) for request in requests
        )
        self.assertLessEqual(many - few, many_bare - few_bare)

    def _create_sale_order(self, request):
        request._create_sale_order()._action_cancel()

    def _create_bare_order(self, request):
        """Create the same sale order without us."""
        self.env["sale.order"].create(
            {
                "partner_id": self.adler.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "product_uom_qty": line.quantity,
                        }
                    )
                    for line in request.line_ids
                ],
            }
        )._action_cancel()
