import unittest

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import (
    PortalHttpCase,
    PortalTransactionCase,
)

from ..models.order_sheet_request_pdf import PAPER
from .sheet_common import SheetPeople

try:  # independent of what draws the codes
    import pypdfium2
    import zxingcpp
except ImportError:
    pypdfium2 = zxingcpp = None

A4 = (595, 842)
MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin


class PaperReader(SheetPeople):
    """Papers as their readers see them."""

    def _print(self, orders, user=None):
        """Return the pages of a paper that Erik prints."""
        reports = self.env["ir.actions.report"].with_user(user or self.erik)
        return self._pages(reports._render_qweb_html(PAPER, orders.ids)[0])

    def _pages(self, content):
        return html.fromstring(content).xpath("//div[hasclass('page')]")

    def _words(self, node):
        return " ".join(" ".join(node.itertext()).split())

    def _part(self, page, name):
        (node,) = page.xpath(f".//*[@name='{name}']")
        return self._words(node)

    def _rows(self, page, kind):
        """Return the cells of all tables of a kind."""
        rows = page.xpath(f".//table[hasclass('{kind}')]//tr")
        return [[self._words(cell) for cell in row] for row in rows]


@freeze_time(MORNING)
class TestPrintedSheet(PaperReader, PortalTransactionCase):
    """The order sheet on paper, as the customer has submitted it."""

    def _submit(self, sheet=None, remark=None, **typed):
        order = self._draft_as(self.anna, sheet, **typed)
        if remark:
            order.sudo()._save_remark(remark)
        order.sudo()._submit(self.anna.partner_id, is_legal_accepted=True)
        return order

    def _sheet(self, **values):
        sheet = self._create_sheet(name="Autumn Campaign", **values)
        sheet._publish()
        return sheet

    def test_paper_says_who_ordered_what(self):
        poster = f"poster__{self.poster_a.id}"
        order = self._submit(remark="Ring\ntwice", **{poster: "2"})
        (page,) = self._print(order)
        self.assertEqual(
            self._part(page, "head"),
            f"Order Sheet Spring Campaign {order.name} Received",
        )
        self.assertEqual(
            self._part(page, "customer"),
            "Customer Hotel Adler GmbH Marktplatz 1 93047 Regensburg Germany",
        )
        self.assertEqual(
            self._part(page, "submitted"),
            "Submitted on 12/01/2026 10:00 AM Submitted by Anna",
        )
        headings = [node.text for node in page.xpath(".//h3")]
        self.assertEqual(headings, ["Center", "Material", "Remark"])
        self.assertEqual(
            self._rows(page, "o_paper_answers"),
            [["Center", "Mitte"], ["Own logo", "No"]],
        )
        self.assertEqual(
            self._rows(page, "o_sheet_products"),
            [
                ["Product", "Quantity"],
                ["Flyer"],
                ["Flyer", "100 Units"],
                ["Poster"],
                ["Poster A", "2 Units"],
            ],
        )
        (remark,) = page.xpath(".//*[@name='remark']")
        self.assertEqual(remark.text_content(), "Ring\ntwice")
        self.assertTrue(
            self._part(page, "link").endswith(f"/my/order-sheets/requests/{order.id}")
        )

    def test_prices_are_printed_as_the_form_shows_them(self):
        self.flyer.list_price = 0.255
        for display, row, has_total in (
            ("none", ["Flyer", "100 Units"], False),
            ("net", ["Flyer", "100 Units", "$ 0.255", "$ 25.50"], False),
            ("net_total", ["Flyer", "100 Units", "$ 0.255", "$ 25.50"], True),
        ):
            (page,) = self._print(self._submit(self._sheet(price_display=display)))
            with self.subTest(display=display):
                self.assertIn(row, self._rows(page, "o_sheet_products"))
                total = page.xpath(".//*[@name='total']")
                self.assertEqual(
                    [self._words(node) for node in total],
                    ["Amount without Taxes $ 25.50"] if has_total else [],
                )

    def test_price_is_the_one_with_which_the_amount_was_computed(self):
        self.flyer.list_price = 0.0425
        order = self._submit(self._sheet(price_display="net_total"), flyer="4500")
        (page,) = self._print(order)
        row = ["Flyer", "4500 Units", "$ 0.0425", "$ 191.25"]
        self.assertIn(row, self._rows(page, "o_sheet_products"))
        self.assertEqual(self._part(page, "total"), "Amount without Taxes $ 191.25")
        self.assertEqual(order.sudo().amount_untaxed, 191.25)

    def test_question_that_was_not_answered_is_printed(self):
        (page,) = self._print(self._submit(logo=""))
        self.assertIn(["Own logo", "–"], self._rows(page, "o_paper_answers"))

    def test_files_are_printed_by_their_names(self):
        order = self._draft_as(self.anna, logo="yes")
        order.sudo()._add_files(
            self._question("logo_file"), [("Logo ä&b.pdf", b"x", "application/pdf")]
        )
        order.sudo()._submit(self.anna.partner_id)
        (page,) = self._print(order)
        self.assertIn(
            ["Logo file", "Logo ä&b.pdf"], self._rows(page, "o_paper_answers")
        )

    def test_questions_stay_in_their_order(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        sheet.page_ids[1].field_ids = [
            Command.create({"label": "First", "sequence": 5}),
            Command.create({"label": "Last", "sequence": 90}),
        ]
        sheet._publish()
        (page,) = self._print(self._submit(sheet))
        words = self._words(page)
        places = [words.index(text) for text in ("First", "100 Units", "Last")]
        self.assertEqual(places, sorted(places))

    def test_product_of_a_choice_is_printed_with_the_choice(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        options = self._question("logo", sheet).option_ids
        options[1].product_id = self.poster_b
        sheet._publish()
        (page,) = self._print(self._submit(sheet))
        rows = self._rows(page, "o_sheet_products")
        self.assertEqual(rows[1:3], [["Own logo: No"], ["Poster B", "1 Units"]])

    def test_paper_keeps_the_words_of_the_submission(self):
        self.env["res.lang"]._activate_lang("de_DE")
        question = self._question("center").with_context(lang="de_DE")
        question.label = "Studio"
        self.anna.lang = "de_DE"
        order = self._submit()
        question.label = "Filiale"
        self.anna.lang = "en_US"
        (page,) = self._print(order)
        self.assertIn(["Studio", "Mitte"], self._rows(page, "o_paper_answers"))
        self.assertIn("01.12.2026", self._part(page, "submitted"))

    def test_words_of_a_customer_are_no_markup(self):
        text = "<script>alert(1)</script><b>x</b>"
        (page,) = self._print(self._submit(remark=text, center=text))
        self.assertFalse(page.xpath(".//script | .//b"))
        self.assertEqual(self._part(page, "remark"), text)

    def test_terms_are_printed_without_what_has_to_be_loaded(self):
        sheet = self._sheet(
            legal_required=True,
            legal_text='<p>Net <b>30 days</b></p><img src="https://x.example/y.png"/>'
            '<p style="background: url(https://x.example/z.png)">No refund</p>',
        )
        order = self._submit(sheet)
        sheet.legal_text = "<p>Other terms</p>"
        (page,) = self._print(order)
        (terms,) = page.xpath(".//*[@name='terms']")
        self.assertEqual(self._words(terms), "Net 30 days No refund")
        self.assertEqual(terms.xpath(".//b")[0].text, "30 days")
        self.assertNotIn(b"x.example", html.tostring(page))

    def test_order_that_does_not_count_says_so(self):
        order = self._submit()
        order.with_user(self.erik)._return("Logo too small")
        (page,) = self._print(order)
        notice = self._part(page, "notice")
        self.assertTrue(notice.startswith("This order was returned for correction."))
        self.assertIn("Logo too small", notice)
        self._fill(order, center="Nord")
        order.sudo()._submit(self.bert.partner_id)
        (page,) = self._print(order)
        self.assertFalse(page.xpath(".//*[@name='notice']"))
        self.assertIn(["Center", "Nord"], self._rows(page, "o_paper_answers"))

    def test_each_order_ends_its_page_but_the_last(self):
        orders = self._submit() | self._submit(self._sheet())
        first, last = self._print(orders)
        self.assertIn("page-break-after", first.get("style"))
        self.assertNotIn("page-break-after", last.get("style") or "")

    def test_drafts_are_not_printed(self):
        draft = self._draft_as(self.anna)
        with self.assertRaisesRegex(UserError, "has not submitted it yet"):
            self._print(draft)
        with self.assertRaisesRegex(UserError, "has not submitted it yet"):
            draft.sudo()._get_pdf()

    def test_nobody_but_staff_prints(self):
        order = self._submit()
        self.erik.group_ids = self.env.ref("base.group_user")
        for user in (self.anna, self.erik):
            with self.subTest(user=user.name):
                with self.assertRaisesRegex(AccessError, "Only staff"):
                    self._print(order, user)


@freeze_time(MORNING)
class TestPdfRoute(PaperReader, PortalHttpCase):
    """Who gets which paper; tests get it as HTML, which can be read."""

    def setUp(self):
        super().setUp()
        self.order = self._submit_as(self.anna)
        self.url = f"/my/order-sheets/requests/{self.order.id}/pdf"

    def test_contacts_of_the_customer_see_or_save_it(self):
        answer = self.open_as(self.bert, self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        self.assertIn(self.order.name, self._words(self._pages(answer.content)[0]))
        name = f"filename*=UTF-8''{self.order.name.replace('/', '-')}.pdf"
        self.assertEqual(answer.headers["Content-Disposition"], f"inline; {name}")
        answer = self.open_as(self.bert, f"{self.url}?download=1")
        self.assertEqual(answer.headers["Content-Disposition"], f"attachment; {name}")

    def test_strangers_find_nothing(self):
        for order_id in (self.order.id, 2**31 - 1, 2**40):
            url = f"/my/order-sheets/requests/{order_id}/pdf"
            with self.subTest(order_id=order_id):
                self.assertEqual(self.open_as(self.carla, url).status_code, 404)

    def test_draft_leads_to_its_page(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        sheet._publish()
        draft = self._draft_as(self.anna, sheet)
        answer = self.open_as(
            self.anna, f"{draft.access_url}/pdf", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], draft.access_url)

    def test_employees_are_led_to_the_back_office(self):
        answer = self.open_as(self.erik, self.url, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(
            answer.headers["Location"].endswith(
                "/odoo/action-order_sheets.order_sheet_request_action"
            )
        )

    @mute_logger("odoo.http")
    def test_customers_do_not_reach_the_paper_by_its_name(self):
        for kind in ("html", "pdf"):
            url = f"/report/{kind}/order_sheets.report_order_sheet/{self.order.id}"
            with self.subTest(kind=kind):
                self.assertEqual(self.open_as(self.anna, url).status_code, 403)


@unittest.skipUnless(zxingcpp, "pypdfium2 and zxing-cpp read the PDF")
class TestRealPdf(PaperReader, PortalHttpCase):
    """Real PDF files, read with another program than the one that wrote them."""

    def _read(self, orders):
        """Return the pages of a PDF: pairs of its text and the codes on it."""
        reports = self.env["ir.actions.report"].with_user(self.erik)
        reports = reports.with_context(force_report_rendering=True)
        pdf, kind = reports._render_qweb_pdf(PAPER, orders.ids)
        self.assertEqual(kind, "pdf")
        document = pypdfium2.PdfDocument(pdf)
        self.addCleanup(document.close)
        return [self._read_page(page) for page in document]

    def _read_page(self, page):
        for length, wanted in zip(page.get_size(), A4, strict=True):
            self.assertAlmostEqual(length, wanted, delta=2)
        codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        text = page.get_textpage().get_text_range()
        return " ".join(text.split()), [code.text for code in codes]

    def _link(self, order):
        return f"{order.get_base_url()}/my/order-sheets/requests/{order.id}"

    def test_several_orders_are_one_file(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        sheet._publish()
        orders = self._submit_as(self.anna) | self._submit_as(self.anna, sheet)
        pages = self._read(orders)
        self.assertEqual(
            [codes for _text, codes in pages], [[self._link(it)] for it in orders]
        )
        for (text, _codes), order in zip(pages, orders, strict=True):
            self.assertIn(
                f"{order.sheet_name} {order.name}", text, "it can be searched"
            )

    def test_long_order_goes_on_on_the_next_page(self):
        sheet = self._create_sheet(name="Long")
        sheet.page_ids[0].field_ids = [
            Command.create({"label": f"Question {number}", "sequence": 100})
            for number in range(60)
        ]
        self._question("center", sheet).field_type = "text"
        sheet._publish()
        typed = {f"question_{number}": "Answer" for number in range(60)}
        order = self._submit_as(self.anna, sheet, center="Long word " * 400, **typed)
        pages = self._read(order)
        self.assertGreater(len(pages), 2)
        text = " ".join(text for text, _codes in pages)
        self.assertEqual(text.count("Long word"), 400)
        self.assertEqual(text.count("Answer"), 60)
        self.assertEqual(pages[-1][1], [self._link(order)])
