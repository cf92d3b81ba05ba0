import base64

from odoo.fields import Command

from odoo.addons.customer_portal.tests.upload_files import picture

from ..models.order_sheet_field import FIELD_TYPES
from .sheet_form_case import SheetFormCase

# What has several inputs, and so a legend.
GROUPS = (
    *("choice", "multi", "image_choice", "address"),
    *("product_choice", "product_matrix"),
)


class TestFormTypes(SheetFormCase):
    """Every type of question can be answered, and is understood without seeing it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet = cls._create_page(
            *(cls._prepare(name, label) for name, label in FIELD_TYPES),
            price_display="net",
        )
        cls.request = cls._start_as(cls.anna, cls.sheet)
        cls.url = cls._page_url(cls, cls.request, "Only Page")

    @classmethod
    def _prepare(cls, field_type, label):
        values = {"key": field_type, "label": label, "field_type": field_type}
        if field_type in ("choice", "multi", "image_choice"):
            values["option_ids"] = [
                Command.create({"key": key, "label": f"Option {key}"}) for key in "ab"
            ]
        if field_type.startswith("product"):
            products = cls.poster_a | cls.poster_b
            products = products[:1] if field_type == "product_qty" else products
            values["product_ids"] = [Command.set(products.ids)]
        if field_type == "info":
            values["content"] = "<p>Between <b>questions</b></p>"
        return values | {"help": f"Help for {label}", "required": field_type != "info"}

    def test_every_type_is_kept(self):
        matrix = f"product_matrix-{self.poster_b.id}"
        typed = {
            **{"char": "Mitte", "text": "One\nTwo", "integer": "7", "float": "1.5"},
            **{"boolean": "1", "date": "2026-12-24", "email": "anna@test.example"},
            **{"phone": "+49 941 123", "url": "www.example.com", "choice": "a"},
            **{"multi": ["a", "b"], "image_choice": "b"},
            **{"address": str(self.adler.id), "product_qty": "3", matrix: "2"},
            "product_choice": str(self.poster_b.id),
        }
        form = self._form_of(self.open_as(self.anna, self.url))
        answers = {f"answer.{name}": value for name, value in typed.items()}
        data = form | answers | {"step": "next"}
        files = {"file.file": ("logo.png", picture("PNG"), "image/png")}
        answer = self.post_as(self.anna, self.url, data, files=files)
        self._assert_leads(answer, f"{self.request.access_url}/summary")
        self.assertEqual(self._complete(self.request), {"Only Page": True})
        page = self.open_as(self.anna, self.url)
        shown = self._form_of(page)
        for name, value in typed.items():
            kept = shown[f"answer.{name}"]
            last = [it for it in kept if it] if isinstance(kept, list) else kept
            expected = (
                [value] if isinstance(kept, list) and value != kept[1:] else value
            )
            self.assertEqual(last, expected, name)
        self.assertEqual(self._texts(page, "//form//li[@data-id]/a"), ["logo.png"])

    def test_every_input_has_a_name_that_is_read_aloud(self):
        page = self.open_as(self.anna, self.url)
        form = self._form(page)
        inputs = form.xpath(
            ".//*[self::input or self::select or self::textarea]"
            "[starts-with(@name, 'answer.') or starts-with(@name, 'file.')]"
            "[not(@type='hidden')]"
        )
        self.assertEqual(len(inputs), 22)
        ids = [node.get("id") for node in inputs]
        self.assertEqual(len(ids), len(set(ids)))
        for node in inputs:
            labels = form.xpath(f".//label[@for='{node.get('id')}']")
            self.assertEqual(len(labels), 1, node.get("id"))
            self.assertTrue(labels[0].text_content().strip(), node.get("id"))
            for described_by in node.get("aria-describedby").split():
                self.assertEqual(len(form.xpath(f".//*[@id='{described_by}']")), 1)
        legends = self._texts(page, "//form//legend")
        self.assertEqual(
            legends,
            [f"{label} *(required)" for name, label in FIELD_TYPES if name in GROUPS],
        )

    def test_choice_can_be_a_list(self):
        self.sheet.action_revise()
        self._question("choice", self.sheet).choice_display = "select"
        self.sheet._publish()
        page = self.open_as(self.anna, self.url)
        options = self._attributes(page, "//select/option", "value")
        self.assertEqual(options, ["", "a", "b"])
        self._send(self.anna, self.request, "Only Page", choice="b")
        page = self.open_as(self.anna, self.url)
        self.assertEqual(self._form_of(page)["answer.choice"], "b")

    def test_prices_are_the_customers(self):
        page = self.open_as(self.anna, self.url)
        prices = self._texts(page, "//*[@name='price']")
        self.assertEqual(prices, ["$ 3.00 / Units"])
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Adler",
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 2.5})
                ],
            }
        )
        group = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.group_user")._apply_group(group)
        self.adler.property_product_pricelist = pricelist
        page = self.open_as(self.anna, self.url)
        prices = self._texts(page, "//*[@name='price']")
        self.assertEqual(prices, ["$ 2.50 / Units"])
        self.assertNotIn("$\xa03.00", page.text)
        self.sheet.price_display = "none"
        page = self.open_as(self.anna, self.url)
        self.assertNotIn("2.50", page.text)

    def test_pictures_of_options_are_shown(self):
        option = self._question("image_choice", self.sheet).option_ids[0]
        page = self.open_as(self.anna, self.url)
        self.assertFalse(self._attributes(page, "//form//img", "src"))
        option.image = base64.b64encode(picture("PNG"))
        page = self.open_as(self.anna, self.url)
        self.assertEqual(
            self._attributes(page, "//form//img", "src"),
            [f"/my/order-sheets/{self.sheet.id}/image/option/{option.id}"],
        )

    def test_questions_without_products_are_left_out(self):
        before = self._questions(self.open_as(self.anna, self.url))
        self.flyer.active = self.poster_a.active = self.poster_b.active = False
        page = self.open_as(self.anna, self.url)
        self.assertEqual(page.status_code, 200)
        gone = set(before) - set(self._questions(page))
        self.assertEqual(gone, {"product_qty", "product_choice", "product_matrix"})
