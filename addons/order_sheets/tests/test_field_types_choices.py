from odoo.fields import Command

from .question_case import QuestionCase

FROM_LIST = "Please choose from the list."


class TestChoices(QuestionCase):
    """Ticks, choices, addresses and products: what is not offered is not taken."""

    def test_information_asks_for_nothing(self):
        request = self.ask_all(
            self.question("q", "info", required=True, content="<p>Hello</p>"),
            self.question("other", "char"),
        )
        filled = request.sudo()._get_filled()
        self.assertEqual(list(filled.slots), ["other"])
        self.assertTrue(filled.is_complete)
        self.assertEqual(self._fill(request, q="x").faults, {})
        self.assertFalse(request.sudo().answer_ids)

    def test_tick(self):
        request = self.ask("boolean", required=True)
        for typed in ("1", "on", "true", True, 1):
            self.assertTaken(request, typed, True)
            self.assertTrue(self.is_complete(request))
            self.assertShown(request, "1", "Yes")
            self.assertTaken(request, "", None)
        for typed in ("0", "false", False, None, [], 0):
            self.assertTaken(request, typed, None)
            self.assertFalse(self.is_complete(request))
        self.assertShown(request, "", "")

    def test_one_of_several(self):
        for field_type in ("choice", "image_choice"):
            request = self.ask(field_type, options=("red", "blue"))
            self.assertTaken(request, "red", "red")
            self.assertShown(request, "red", "Red")
            for wrong in ("green", "Red", "red,blue", "1", "\x00", "x" * 300):
                self.assertRefused(request, wrong, FROM_LIST)
            self.assertTaken(request, ["red", "blue"], "blue")
            self.assertTaken(request, "", None)

    def test_several(self):
        request = self.ask("multi", options=("a", "b", "c"), choice_min=2, choice_max=2)
        self.assertTaken(request, ["b", "a", "a", ""], ["a", "b"])
        self.assertShown(request, ["a", "b"], "A, B")
        slot = self.assertRefused(request, ["a"], "Please choose at least 2.")
        self.assertEqual(slot.typed, ["a"])  # the tick stays where it was put
        slot = self.assertRefused(request, ["c", "b", "a"], "Please choose at most 2.")
        self.assertEqual(slot.typed, ["a", "b", "c"])
        slot = self.assertRefused(request, ["a", "x"], FROM_LIST)
        self.assertEqual(slot.typed, ["a", "x"])
        self.assertTaken(request, [], None)
        self.assertShown(request, [], "")

    def test_one_of_several_may_come_without_a_list(self):
        request = self.ask("multi", options=("a", "b"))
        self.assertTaken(request, "a", ["a"])
        self.assertTaken(request, [], None)

    def test_wrong_choices_typed_again_change_nothing(self):
        request = self.ask("multi", options=("a", "b"), choice_min=2)
        self.assertRefused(request, ["a"], "Please choose at least 2.")
        rev = request.rev
        self.assertRefused(request, ["a"], "Please choose at least 2.")
        self.assertEqual(request.rev, rev)

    def test_thousands_of_choices_are_cut(self):
        request = self.ask("multi", options=("a", "b"))
        slot = self.assertRefused(request, [str(it) for it in range(5000)], FROM_LIST)
        self.assertEqual(len(slot.typed), 200)
        self.assertRefused(request, ["a\nb", {"c": 1}], FROM_LIST)

    def test_option_that_was_taken_away_has_to_be_chosen_anew(self):
        request = self.ask("choice", options=("red", "blue"))
        self.assertTaken(request, "red", "red")
        self.asked_sheet.action_revise()
        option = self.asked_sheet.field_ids.option_ids[0]
        option.unlink()
        self.asked_sheet.action_publish()
        slot = self.slot(request)
        self.assertEqual((slot.value, slot.fault), (None, FROM_LIST))
        self.assertFalse(self.is_complete(request))

    def test_options_can_order_a_product(self):
        request = self.ask_all(self._stand_question())
        self.assertTaken(request, ["stand", "none"], ["none", "stand"], "stand")
        field = request.sudo()._get_filled().fields["stand"]
        self.assertEqual(field.ordered, [(self.poster_a, 1)])

    def test_option_of_a_product_out_of_sale_is_not_offered(self):
        request = self.ask_all(self._stand_question())
        self.assertTaken(request, "stand", ["stand"], "stand")
        self.poster_a.active = False
        slot = self.slot(request, "stand")
        self.assertEqual(slot.fault, FROM_LIST)
        self.assertEqual(slot.field.options.mapped("key"), ["none"])
        self.poster_a.write({"active": True, "sale_ok": False})
        self.assertEqual(self.slot(request, "stand").fault, FROM_LIST)

    def _stand_question(self):
        product = {"product_id": self.poster_a.id}
        options = [
            Command.create({"key": "stand", "label": "Stand", **product}),
            Command.create({"key": "none", "label": "None"}),
        ]
        return self.question("stand", "multi", option_ids=options)

    # === ADDRESSES === #

    def test_own_addresses(self):
        kitchen = self._address(self.adler, "Kitchen")
        request = self.ask("address")
        for address in (self.adler, kitchen):
            self.assertTaken(request, str(address.id), address.id)
        text = self.slot(request).text
        self.assertEqual(text.splitlines()[:2], ["Kitchen", "Weg 1"])
        self.assertShown(request, str(kitchen.id), text)

    def test_addresses_of_others(self):
        request = self.ask("address")
        invoice = self._address(self.adler, "Invoices", type="invoice")
        foreign = self._address(self.krone, "Cellar")
        for wrong in (self.krone, foreign, invoice, self.bert.partner_id):
            self.assertRefused(request, str(wrong.id), FROM_LIST)
        for wrong in ("0", "-1", "٣", "1.0", "abc", "9" * 9, "9" * 30, "\x00"):
            self.assertRefused(request, wrong, FROM_LIST)

    def test_address_that_is_gone_has_to_be_chosen_anew(self):
        kitchen = self._address(self.adler, "Kitchen")
        request = self.ask("address")
        self.assertTaken(request, str(kitchen.id), kitchen.id)
        kitchen.active = False
        self.assertEqual(self.slot(request).fault, FROM_LIST)
        kitchen.unlink()
        slot = self.slot(request)
        self.assertEqual((slot.value, slot.fault), (None, None))

    def _address(self, customer, name, **values):
        vals = {"name": name, "parent_id": customer.id, "street": "Weg 1"}
        return self.env["res.partner"].create({"type": "delivery"} | vals | values)

    # === PRODUCTS === #

    def test_one_of_several_products(self):
        posters = self.poster_a | self.poster_b
        request = self.ask("product_choice", products=posters, fixed_qty=5)
        self.assertTaken(request, str(self.poster_b.id), self.poster_b.id)
        self.assertShown(request, str(self.poster_b.id), "Poster B")
        field = request.sudo()._get_filled().fields["q"]
        self.assertEqual(field.ordered, [(self.poster_b, 5)])
        for wrong in (str(self.flyer.id), "0", "-1", "abc", "9" * 30):
            self.assertRefused(request, wrong, FROM_LIST)

    def test_quantity_of_the_chosen_product_is_another_answer(self):
        request = self.ask_all(
            self.question("number", "integer", required=True),
            self.question("q", "product_choice", products=self.poster_a),
        )
        self.asked_sheet.action_revise()
        number = self._question("number", self.asked_sheet)
        self._question("q", self.asked_sheet).qty_field_id = number
        self.asked_sheet.action_publish()
        for typed, ordered in (
            ("3", [(self.poster_a, 3)]),
            ("0", []),
            ("abc", []),
            ("", []),
        ):
            self._fill(request, number=typed, q=str(self.poster_a.id))
            request.invalidate_recordset()
            field = request.sudo()._get_filled().fields["q"]
            self.assertEqual(field.ordered, ordered, typed)

    def test_product_out_of_sale_cannot_be_chosen(self):
        posters = self.poster_a | self.poster_b
        for change in ({"active": False}, {"sale_ok": False}):
            request = self.ask("product_choice", products=posters)
            self.assertTaken(request, str(self.poster_a.id), self.poster_a.id)
            with self.subTest(change=change):
                self.poster_a.write(change)
                self.assertEqual(self.slot(request).fault, FROM_LIST)
                self.poster_a.write({"active": True, "sale_ok": True})

    def test_row_of_a_product_out_of_sale_disappears(self):
        posters = self.poster_a | self.poster_b
        request = self.ask("product_matrix", products=posters)
        self._fill(request, **{f"q__{it.id}": "2" for it in posters})
        self.poster_a.active = False
        request.invalidate_recordset()
        filled = request.sudo()._get_filled()
        self.assertEqual(list(filled.slots), [f"q-{self.poster_b.id}"])
        self.assertEqual(filled.fields["q"].ordered, [(self.poster_b, 2)])

    def test_question_without_anything_to_order_is_not_asked(self):
        """Nobody could answer it, and a required one would block the order."""
        for field_type in ("product_qty", "product_choice", "product_matrix"):
            request = self.ask_all(
                self.question("other", "char"),
                self.question("q", field_type, products=self.flyer, required=True),
            )
            self.assertFalse(self.is_complete(request))
            self.flyer.active = False
            with self.subTest(field_type=field_type):
                self.assertTrue(self.is_complete(request))
                filled = request.sudo()._get_filled()
                shown = [field.key for field in filled.pages[0].fields]
                self.assertEqual(shown, ["other"])
            self.flyer.active = True
