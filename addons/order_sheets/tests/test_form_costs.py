from odoo.fields import Command

from .sheet_form_case import SheetFormCase

TYPED = {
    **{"char": "Mitte", "integer": "7", "date": "2026-12-24", "choice": "a"},
    **{"multi": ["a", "b"], "boolean": "1", "product_qty": "7", "product_matrix": "7"},
}
TYPES = tuple(TYPED)


class TestFormCosts(SheetFormCase):
    """A page of many questions costs no more queries than one of few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"].create(
            [{"name": f"Product {index}", "list_price": 2} for index in range(4)]
        )

    def _create_long_sheet(self, types, count):
        """Return a sheet of so many questions of some types on one page."""
        return self._create_page(
            *(
                self._prepare_question(index, types[index % len(types)])
                for index in range(count)
            ),
            name=f"{count} questions",
            price_display="net",
            max_per_customer=0,
        )

    def _prepare_question(self, index, field_type):
        options = [Command.create({"key": key, "label": key}) for key in "ab"]
        has_options = field_type in ("choice", "multi")
        products = {
            "product_qty": self.poster_a,
            "product_matrix": self.products[:4],
        }.get(field_type, self.products[:0])
        return {
            "key": f"key_{index}",
            "label": f"Question {index}",
            "field_type": field_type,
            "sequence": index,
            "required": index % 2 == 0,
            "option_ids": options if has_options else False,
            "product_ids": [Command.set(products.ids)],
        }

    def _costs_of(self, sheet):
        """Return what showing and saving a page costs, with warm caches."""
        request = self._start_as(self.anna, sheet)
        url = self._page_url(request, "Only Page")
        slots = request.sudo()._get_filled().slots
        typed = {name: TYPED.get(slot.field.type) for name, slot in slots.items()}
        typed = {name: text for name, text in typed.items() if text}
        self.open_as(self.anna, url)
        self._count_save(request, dict(list(typed.items())[:1]))
        return {
            "first answers": self._count_save(request, typed),
            "other answers": self._count_save(
                request, typed | {name: "9" for name in typed if typed[name] == "7"}
            ),
            "page": self.count_queries(url),
        }

    def _count_save(self, request, values):
        page_id = request.sudo().sheet_id.page_ids.id
        request.invalidate_recordset()
        params = {"page_id": page_id, "values": values, "rev": request.rev}
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = self.call_json(f"{request.access_url}/save", **params)
        count = self.env.cr.sql_log_count - before
        self.assertEqual(len(answer["saved"]), len(values), answer["errors"])
        return count

    def test_costs_do_not_grow_with_the_questions(self):
        self._costs_of(self._create_long_sheet(TYPES, 8))  # fills the caches
        few = self._costs_of(self._create_long_sheet(TYPES, 8))
        many = self._costs_of(self._create_long_sheet(TYPES, 64))
        self.assertEqual(few, many)

    def test_texts_cost_few_queries(self):
        self._costs_of(self._create_long_sheet(("char",), 2))
        costs = self._costs_of(self._create_long_sheet(("char",), 60))
        for act, most in (("first answers", 22), ("other answers", 20), ("page", 23)):
            self.assertLessEqual(costs[act], most, act)
