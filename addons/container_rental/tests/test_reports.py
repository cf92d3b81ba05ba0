import unittest

from lxml import html

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase, ContainerHttpCase

try:  # independent of what draws the codes; see setup/requirements/tools.txt
    import pypdfium2
    import zxingcpp
except ImportError:
    pypdfium2 = zxingcpp = None

HANDOVER = "container_rental.container_request_report_handover"
LABEL = "container_rental.container_container_report_label"
STOCK = "container_rental.res_partner_report_containers"


@freeze_time(TUESDAY_MORNING)
class TestReports(ContainerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")

    def _render(self, report, records):
        """Return the pages of a report that Erik prints, one element per page."""
        reports = self.env["ir.actions.report"].with_user(self.erik)
        content, _type = reports._render_qweb_html(report, records.ids)
        return html.fromstring(content).xpath("//div[hasclass('page')]")

    def _words(self, page):
        return " ".join(page.text_content().split())

    def test_slip_names_customer_day_and_containers(self):
        request = self._approved_as(self.anna, quantity=2)
        (page,) = self._render(HANDOVER, request)
        words = self._words(page)
        for expected in (
            request.name,
            "Hotel Adler GmbH",
            "Marktplatz 1",
            "Thursday, 12/03/2026",
            "C-001",
            "C-002",
            "1000 l",
            "12/17/2026",  # 14 days later, a delivery day
        ):
            self.assertIn(expected, words)
        self.assertEqual(len(page.xpath(".//img[contains(@alt, 'C-00')]")), 2)

    def test_slip_speaks_the_language_of_the_customer(self):
        self.carla.lang = "de_DE"
        days = {"delivery_date": "2026-12-04"}
        german = self._request_as(self.carla)
        german.write(days)
        english = self._request_as(self.anna)
        english.write(days)
        pages = self._render(HANDOVER, german | english)
        self.assertIn("Freitag, 04.12.2026", self._words(pages[0]))
        self.assertIn("Friday, 12/04/2026", self._words(pages[1]))

    def test_every_slip_but_the_last_ends_its_page(self):
        requests = self._request_as(self.anna) | self._request_as(self.anna)
        first, last = self._render(HANDOVER, requests)
        self.assertIn("page-break-after", first.get("style"))
        self.assertNotIn("page-break-after", last.get("style") or "")

    def test_words_of_a_customer_are_no_markup(self):
        remark = "<script>alert('x')</script> & <b>more</b>"
        request = self._request_as(self.anna, remark=remark)
        (page,) = self._render(HANDOVER, request)
        self.assertEqual(page.xpath(".//script | .//b"), [])
        self.assertIn(remark, self._words(page))

    def test_slip_without_containers_says_so(self):
        (page,) = self._render(HANDOVER, self._request_as(self.anna))
        self.assertIn("No containers are reserved yet.", self._words(page))

    def test_label_shows_number_and_type(self):
        first, second = self._render(LABEL, self.c1 | self.c2)
        self.assertIn("C-001 1000 l", self._words(first))
        self.assertIn("C-002 1000 l", self._words(second))

    def test_stock_list_marks_what_is_overdue(self):
        self._issued_as(self.anna)
        (page,) = self._render(STOCK, self.anna.partner_id)
        self.assertIn("C-001", self._words(page))
        self.assertNotIn("overdue", self._words(page))
        with freeze_time("2026-12-18 09:00:00"):
            self.env.invalidate_all()
            (page,) = self._render(STOCK, self.adler)
        self.assertIn("12/14/2026 overdue", self._words(page))

    def test_stock_list_shows_only_what_is_there(self):
        self._approved_as(self.anna)  # not delivered yet
        (page,) = self._render(STOCK, self.adler)
        self.assertIn("No containers are at this customer.", self._words(page))


@unittest.skipUnless(zxingcpp, "pypdfium2 and zxing-cpp read the PDF")
@tagged("post_install", "-at_install")
class TestPrintedReports(ContainerHttpCase):
    """Real PDF files, read with another program than the one that wrote them."""

    def _print(self, report, records):
        """Return a picture of each page."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        pdf, kind = reports._render_qweb_pdf(report, records.ids)
        self.assertEqual(kind, "pdf")
        document = pypdfium2.PdfDocument(pdf)
        self.addCleanup(document.close)
        return [page.render(scale=3).to_pil() for page in document]

    def _codes(self, picture):
        return sorted(code.text for code in zxingcpp.read_barcodes(picture))

    def test_each_label_is_one_page_that_a_scanner_can_read(self):
        self.c2.barcode = "https://laundry.example/c/2?a=1&b=2"
        pages = self._print(LABEL, self.c1 | self.c2)
        self.assertEqual(
            [self._codes(page) for page in pages],
            [["C-001"], ["https://laundry.example/c/2?a=1&b=2"]],
        )

    def test_label_with_a_long_number_stays_on_its_page(self):
        self.c1.name = "ROLLCONTAINER-2026-000001"
        self.assertEqual(len(self._print(LABEL, self.c1)), 1)

    def test_slips_of_many_requests_are_one_file(self):
        first, second = self._approved_as(self.anna), self._approved_as(self.bert)
        pages = self._print(HANDOVER, first | second)
        self.assertEqual([self._codes(page) for page in pages], [["C-001"], ["C-002"]])

    def test_stock_list_is_printed(self):
        self._issued_as(self.anna)
        self.assertEqual(len(self._print(STOCK, self.adler)), 1)
