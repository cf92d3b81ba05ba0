from .question_case import QuestionCase

NO_NUMBER = "Please enter a number."


class TestNumbers(QuestionCase):
    """Numbers and quantities, as each language writes them."""

    def test_whole_number(self):
        request = self.ask("integer")
        self.assertTaken(request, " 12 ", 12)
        self.assertShown(request, "12", "12")
        self.assertTaken(request, "0", 0)
        self.assertShown(request, "0", "0")
        self.assertTaken(request, "12.0", 12)
        self.assertRefused(request, "1.5", "Please enter a whole number.")
        self.assertRefused(request, "-1", "At least 0")

    def test_what_is_no_number(self):
        for field_type in ("integer", "float", "product_qty"):
            products = self.flyer if field_type == "product_qty" else None
            request = self.ask(field_type, products=products)
            for wrong in (
                *("abc", "1e9", "1e308", "NaN", "inf", "٣", "½", "1_000", "+1", "--1"),
                *("1 OR 1=1", "0x10", "1.2.3", "9" * 20, "9" * 300, "1.1234567"),
                *("-", ".", ",", "1 2", "1,2,3", "2147483648"),
            ):
                self.assertRefused(request, wrong, NO_NUMBER)

    def test_numbers_that_json_can_send(self):
        request = self.ask("float")
        self.assertTaken(request, 12, 12)
        self.assertTaken(request, 1.5, 1.5)
        for wrong in (float("nan"), float("inf"), 1e308):
            self.assertRefused(request, wrong, NO_NUMBER)

    def test_number(self):
        request = self.ask("float", min_value=-10)
        for typed, value, shown in (
            ("1.5", 1.5, "1.5"),
            ("1,234.5", 1234.5, "1234.5"),
            ("1 234.50", 1234.5, "1234.5"),
            ("0.1", 0.1, "0.1"),
            ("0.000001", 0.000001, "0.000001"),
            ("-2", -2, "-2"),
            ("-0", 0, "0"),
            ("999,999,999", 999999999, "999999999"),
        ):
            self.assertTaken(request, typed, value)
            self.assertShown(request, shown, shown)

    def test_german_number(self):
        self.env["res.lang"]._activate_lang("de_DE")
        request = self.ask("float").with_context(lang="de_DE")
        for typed, value, shown in (
            ("1,5", 1.5, "1,5"),
            ("1.234,5", 1234.5, "1234,5"),
            ("1.500", 1500, "1500"),
            ("1.5", 1.5, "1,5"),
            ("0.125", 0.125, "0,125"),
            ("1234.567", 1234.567, "1234,567"),
            ("1.234.567", 1234567, "1234567"),
        ):
            self.assertTaken(request, typed, value)
            self.assertShown(request, shown, shown)
            self.assertTaken(request, shown, value)  # shown again, typed again
        self._fill(request, q="1,5,5")
        self.assertShown(request, "1,5,5", "")

    def test_least_and_most(self):
        request = self.ask("float", min_value=2.5, max_value=10)
        self.assertRefused(request, "2.4", "At least 2.5")
        self.assertRefused(request, "10.1", "At most 10")
        for typed in ("2.5", "10"):
            self.assertTaken(request, typed, float(typed))

    def test_steps_are_counted_from_the_least(self):
        request = self.ask("integer", min_value=10, step=50)
        self.assertTaken(request, "10", 10)
        self.assertTaken(request, "110", 110)
        self.assertRefused(request, "50", "Steps of 50")

    def test_steps_are_not_spoiled_by_the_machine(self):
        request = self.ask("float", step=0.1)
        for typed in ("0.3", "0.7", "123456.7"):
            self.assertTaken(request, typed, float(typed))
        self.assertRefused(request, "0.35", "Steps of 0.1")

    # === QUANTITIES === #

    def test_quantity_of_zero_is_no_order(self):
        request = self.ask("product_qty", products=self.flyer, min_value=100)
        self.assertTaken(request, "0", None)
        self.assertTaken(request, "", None)
        self.assertTrue(self.is_complete(request))
        self.assertEqual(self._ordered(request), [])

    def test_required_quantity_is_more_than_zero(self):
        request = self.ask("product_qty", products=self.flyer, required=True)
        self.assertTaken(request, "0", None)
        self.assertFalse(self.is_complete(request))
        self.assertTaken(request, "1", 1)
        self.assertTrue(self.is_complete(request))
        self.assertEqual(self._ordered(request), [(self.flyer, 1)])

    def test_quantity_keeps_to_its_limits(self):
        request = self.ask(
            "product_qty", products=self.flyer, min_value=100, max_value=500, step=50
        )
        for typed, fault in (
            ("-1", "At least 100"),
            ("99", "At least 100"),
            ("120", "Steps of 50"),
            ("550", "At most 500"),
        ):
            self.assertRefused(request, typed, fault)
            self.assertEqual(self._ordered(request), [])
        self.assertTaken(request, "150", 150)
        self.assertShown(request, "150", "150")

    def test_quantity_is_no_finer_than_the_unit(self):
        request = self.ask("product_qty", products=self.flyer)
        self.assertRefused(request, "0.125", "At most 2 decimal places.")
        self.assertTaken(request, "0.25", 0.25)

    def test_table_has_a_quantity_for_each_product(self):
        products = self.poster_a | self.poster_b
        request = self.ask("product_matrix", products=products, required=True)
        first, second = (f"q-{product.id}" for product in products)
        self.assertFalse(self.is_complete(request))
        self.assertTaken(request, "2", 2, first)
        self.assertTrue(self.is_complete(request))
        self.assertRefused(request, "-1", "At least 0", second)
        self.assertTaken(request, "0", None, second)
        self.assertEqual(self._ordered(request), [(self.poster_a, 2)])
        self.assertTaken(request, "3", 3, second)
        self.assertEqual(
            self._ordered(request), [(self.poster_a, 2), (self.poster_b, 3)]
        )

    def test_rows_that_are_not_in_the_table_are_ignored(self):
        request = self.ask("product_matrix", products=self.poster_a)
        for name in (f"q-{self.poster_b.id}", "q", "q-", "q-0", "x", "q-٣"):
            self.assertEqual(self._fill(request, **{name: "5"}).faults, {})
        self.assertFalse(request.sudo().answer_ids)

    def _ordered(self, request):
        request.invalidate_recordset()
        filled = request.sudo()._get_filled()
        return filled.fields["q"].ordered
