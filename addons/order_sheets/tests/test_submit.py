from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.order_sheet_request_submit import IncompleteRequestError
from .question_case import QuestionCase


class TestSubmit(QuestionCase):
    """The moment in which a filled-in sheet becomes a binding order."""

    def _submit(self, request, user=None, **kwargs):
        request.sudo()._submit((user or self.anna).partner_id.sudo(), **kwargs)

    def assertIncomplete(self, request, *faults, **kwargs):  # noqa: N802
        with self.assertRaises(IncompleteRequestError) as caught:
            self._submit(request, **kwargs)
        self.assertEqual(str(caught.exception).splitlines(), list(faults))
        self.assertEqual((request.state, request.name), ("draft", "/"))
        self.assertFalse(request.sudo().line_ids)

    # === WHETHER === #

    def test_each_incomplete_page_is_named(self):
        request = self._start_as(self.anna)
        center = "Page “Center” is incomplete."
        material = "Page “Material” is incomplete."
        self.assertIncomplete(request, center, material)
        self._fill(request, center="Mitte", logo="yes", flyer="120")
        self.assertIncomplete(request, material, "Page “Logo” is incomplete.")
        self._fill(request, logo="no", flyer="100")
        self._submit(request)
        self.assertEqual(request.state, "submitted")

    def test_terms_have_to_be_accepted(self):
        self.sheet.write({"legal_required": True, "legal_text": "<p>Binding</p>"})
        request = self._draft_as(self.anna)
        self.assertIncomplete(request, "Please accept the terms.")
        self._submit(request, is_legal_accepted=True)
        content = request.sudo()._get_content()
        self.assertEqual(content["legal_text"], "<p>Binding</p>")

    def test_closed_sheet(self):
        request = self._draft_as(self.anna)
        self.sheet.action_close()
        with self.assertRaisesRegex(UserError, "“Spring Campaign” is closed"):
            self._submit(request)

    def test_submitted_order_is_not_submitted_again(self):
        request = self._submit_as(self.anna)
        with self.assertRaisesRegex(UserError, "cannot become “Submitted”"):
            self._submit(request, self.bert)

    # === WHAT === #

    def test_who_and_when(self):
        request = self._draft_as(self.anna)
        with freeze_time("2027-01-01 10:00:00"):
            self._submit(request, self.bert)
        self.assertRecordValues(
            request.sudo(),
            [
                {
                    "partner_id": self.anna.partner_id.id,
                    "submitted_by_id": self.bert.partner_id.id,
                    "submitted_at": self._moment("2027-01-01 10:00:00"),
                    "name": "BS/2027/00001",
                    "sheet_name": "Spring Campaign",
                    "stage_id": self.env.ref(
                        "order_sheets.order_sheet_stage_submitted"
                    ).id,
                }
            ],
        )

    def _moment(self, text):
        return self.requests._fields["submitted_at"].to_datetime(text)

    def test_hidden_answers_are_forgotten(self):
        request = self._draft_as(self.anna, logo="yes")
        request.sudo()._add_files(
            self._question("logo_file"), [("logo.png", b"x", "image/png")]
        )
        file = request.sudo().answer_ids.attachment_ids
        self._fill(request, logo="no")
        self.assertTrue(file.exists())
        self._submit(request)
        self.assertEqual(
            request.sudo().answer_ids.mapped("key"), ["center", "logo", "flyer"]
        )
        self.assertFalse(file.exists())

    def test_rows_that_are_not_offered_any_more_are_forgotten(self):
        row = f"poster__{self.poster_a.id}"
        request = self._draft_as(self.anna, **{row: "2"})
        self.poster_a.active = False
        self.env.invalidate_all()
        self._submit(request)
        self.assertEqual(
            request.sudo().answer_ids.mapped("key"), ["center", "logo", "flyer"]
        )
        self.assertEqual(request.sudo().line_ids.product_id, self.flyer)

    def test_lines_are_what_was_ordered(self):
        names = {f"poster__{self.poster_a.id}": "0", f"poster__{self.poster_b.id}": "2"}
        request = self._submit_as(self.anna, **names)
        self.assertRecordValues(
            request.sudo().line_ids,
            [
                {
                    "product_id": product.id,
                    "quantity": quantity,
                    "price_unit": price,
                    "amount": amount,
                    "sheet_id": self.sheet.id,
                    "state": "submitted",
                    "commercial_partner_id": self.adler.id,
                }
                for product, quantity, price, amount in (
                    (self.flyer, 100, 0.2, 20),
                    (self.poster_b, 2, 4, 8),
                )
            ],
        )
        self.assertEqual(request.sudo().amount_untaxed, 28)

    def test_order_without_products(self):
        request = self.ask("char")
        self._fill(request, q="Hello")
        self._submit(request)
        self.assertFalse(request.sudo().line_ids)
        self.assertEqual(request.sudo().amount_untaxed, 0)

    def test_lines_tell_what_the_customer_has_said_on_their_page(self):
        target = {"sale_target": "line_description"}
        request = self.ask_all(
            self.question("text", "char", **target),
            self.question("color", "choice", options=("red",), **target),
            self.question("empty", "char", **target),
            self.question("q", "product_qty", products=self.flyer),
        )
        self._fill(request, text="Open daily", color="red", q="1")
        self._submit(request)
        self.assertEqual(
            request.sudo().line_ids.description, "Text: Open daily\nColor: Red"
        )

    # === PRICES === #

    def test_prices_are_those_of_the_customer_and_the_quantity(self):
        self._give_pricelist({"min_quantity": 200, "fixed_price": 0.125})
        request = self._submit_as(self.anna, flyer="200")
        line = request.sudo().line_ids
        self.assertEqual((line.price_unit, line.amount), (0.125, 25))
        row = request.sudo().snapshot["pages"][1]["fields"][0]["rows"][0]
        self.assertEqual((row["price_unit"], row["amount"]), (0.125, 25))

    def _give_pricelist(self, *items):
        self.adler.property_product_pricelist = self.env["product.pricelist"].create(
            {
                "name": "Adler",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.flyer.id,
                            "compute_price": "fixed",
                        }
                        | item
                    )
                    for item in items
                ],
            }
        )

    def test_taxes_in_the_price_are_left_out(self):
        tax = self.env["account.tax"].create(
            {"name": "20 %", "amount": 20, "price_include_override": "tax_included"}
        )
        self.poster_a.taxes_id = tax
        request = self._submit_as(self.anna, **{f"poster__{self.poster_a.id}": "2"})
        self.assertEqual(request.sudo().line_ids[1].price_unit, 2.5)

    # === WHAT WAS READ STAYS === #

    def test_order_stays_as_it_was_read(self):
        file = ("logo.png", b"x", "image/png")
        request = self._draft_as(self.anna, logo="yes")
        request.sudo()._add_files(self._question("logo_file"), [file])
        self._submit(request)
        before = request.sudo()._get_content()
        self.assertEqual(
            [(page["name"], len(page["fields"])) for page in before["pages"]],
            [("Center", 2), ("Material", 2), ("Logo", 1)],
        )
        self.flyer.write({"name": "Leaflet", "list_price": 9, "active": False})
        self._question("logo").write({"label": "L"})
        self._question("logo").option_ids.label = "O"
        self.sheet.page_ids.name = "P"
        self.sheet.write({"name": "S", "legal_text": "T", "price_display": "net"})
        self.sheet.action_close()
        self.sheet.action_put_away()
        self.env.invalidate_all()
        self.assertEqual(request.sudo()._get_content(), before)
        self.assertEqual(request.sudo().amount_untaxed, 20)
        self.assertEqual(request._get_sheet_name(), "Spring Campaign")

    def test_words_around_the_questions_are_kept(self):
        request = self.ask_pages(
            {
                "name": "Page",
                "description": "<p>Free of charge</p>",
                "field_ids": [
                    self.question("note", "info", content="<p>Ships in May</p>"),
                    self.question("q", "char"),
                ],
            }
        )
        self._fill(request, q="Hello")
        self._submit(request)
        self.asked_sheet.page_ids.description = "<p>Not free</p>"
        self._question("note", self.asked_sheet).content = "<p>Ships in June</p>"
        self.env.invalidate_all()
        [page] = request.sudo()._get_content()["pages"]
        self.assertEqual(page["description"], "<p>Free of charge</p>")
        self.assertEqual(
            page["infos"],
            [{"key": "note", "label": "Note", "content": "<p>Ships in May</p>"}],
        )
        self.assertEqual([field["key"] for field in page["fields"]], ["q"])

    def test_snapshot_is_in_the_language_of_who_submits(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self._question("flyer").with_context(lang="de_DE").label = "Handzettel"
        self.anna.lang = "de_DE"
        request = self._submit_as(self.anna)
        content = request.sudo()._get_content()
        self.assertEqual(content["lang"], "de_DE")
        self.assertEqual(content["pages"][1]["fields"][0]["label"], "Handzettel")

    def test_numbers_are_those_of_the_page_whatever_language_the_mails_have(self):
        self.env["res.lang"]._activate_lang("de_DE")
        request = self._draft_as(self.anna)
        self.anna.lang = "en_US"
        self.assertTrue(self._fill(request, flyer="1.500").faults)  # it is 1.5
        self._submit(request.with_context(lang="de_DE"))
        self.assertEqual(request.sudo().line_ids.quantity, 1500)
        flyer = request.sudo()._get_content()["pages"][1]["fields"][0]
        self.assertEqual(flyer["rows"][0]["quantity"], 1500)
        self.assertFalse(any(request.sudo().answer_ids.mapped("typed")))
        self.assertEqual(self.slot(request, "flyer").value, 1500)

    def test_what_was_right_on_that_day_stays_an_answer(self):
        request = self.ask("date", date_limit="relative", days_min=1)
        with freeze_time("2027-01-01 10:00:00"):
            self._fill(request, q="2027-01-02")
            self._submit(request)
        with freeze_time("2027-02-01 10:00:00"):
            self.assertEqual(str(self.slot(request).value), "2027-01-02")

    def test_products_that_are_archived_later_stay_in_the_answers(self):
        request = self.ask_all(
            self.question("q", "product_qty", products=self.flyer),
            self.question("table", "product_matrix", products=self.poster_a),
            self.question("choice", "product_choice", products=self.poster_b),
        )
        poster = f"table__{self.poster_a.id}"
        self._fill(request, q="5", choice=str(self.poster_b.id), **{poster: "2"})
        self._submit(request)
        (self.flyer | self.poster_a | self.poster_b).active = False
        self.env.invalidate_all()
        fields = request.sudo()._get_filled().fields
        self.assertEqual(
            {key: field.counting_value for key, field in fields.items()},
            {
                "q": 5,
                "table": {self.poster_a.id: 2},
                "choice": self.poster_b.id,
            },
        )

    # === AGAIN === #

    def test_corrected_order_replaces_the_former_one(self):
        request = self._submit_as(self.anna)
        number, first_lines = request.name, request.sudo().line_ids
        request.with_user(self.erik)._return(" More flyers? ")
        self.assertEqual(request.return_reason, "More flyers?")
        self._fill(request, flyer="120")
        with self.assertRaises(IncompleteRequestError):
            self._submit(request)
        self.assertEqual(request.sudo().line_ids, first_lines)
        self._fill(request, flyer="150")
        self._submit(request, self.bert)
        self.assertEqual((request.name, request.state), (number, "submitted"))
        self.assertFalse(first_lines.exists() or request.return_reason)
        self.assertEqual(request.sudo().line_ids.quantity, 150)
        flyer = request.sudo()._get_content()["pages"][1]["fields"][0]
        self.assertEqual(flyer["rows"][0]["quantity"], 150)
        self.assertEqual(request.submitted_by_id, self.bert.partner_id)

    def test_files_of_the_former_order_go_with_it(self):
        first, second = (
            (f"{name}.png", name.encode(), "image/png") for name in ("old", "new")
        )
        logo = self._question("logo_file")
        request = self._draft_as(self.anna, logo="yes")
        [old] = request.sudo()._add_files(logo, [first])
        self._submit(request)
        request.with_user(self.erik)._return("A better one")
        request.sudo()._remove_file(old.id)
        [new] = request.sudo()._add_files(logo, [second])
        self.assertTrue(old.exists())  # it belongs to what was submitted
        self._submit(request)
        self.assertEqual((old | new).exists(), new)
        self.assertEqual(request.sudo()._get_submitted_file_ids(), {new.id})
