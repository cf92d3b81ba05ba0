import unittest

from odoo.tools import mute_logger

from ..models.customer_service_shipment_paper import LABEL, PACKING_LIST
from .service_page_case import ServicePageCase
from .service_paper_case import PaperCase

try:  # independent of what draws the codes; see setup/requirements/tools.txt
    import pypdfium2
    import zxingcpp
except ImportError:
    pypdfium2 = zxingcpp = None

A4 = (595, 842)
A6 = (297, 420)


@unittest.skipUnless(zxingcpp, "pypdfium2 and zxing-cpp read the PDF")
class TestPrintedServicePapers(PaperCase, ServicePageCase):
    """Real PDF files, read with another program than the one that wrote them."""

    def setUp(self):
        super().setUp()
        self.devices = self._devices_of(self.anna, client_order_ref="PO-7")
        self.shipment = self._confirmed_as(self.anna, self.devices, package_count=2)

    def _read(self, pdf):
        """Return the pages of a PDF: ``[(size, codes)]``."""
        document = pypdfium2.PdfDocument(pdf)
        self.addCleanup(document.close)
        pages = []
        for page in document:
            codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
            pages.append((page.get_size(), sorted(code.text for code in codes)))
        return pages

    def _paper(self, report, shipments):
        reports = self.env["ir.actions.report"].sudo()
        reports = reports.with_context(force_report_rendering=True)
        pdf, kind = reports._render_qweb_pdf(report, shipments.ids)
        self.assertEqual(kind, "pdf")
        return self._read(pdf)

    def _assert_size(self, size, expected):
        for length, wanted in zip(size, expected, strict=True):
            self.assertAlmostEqual(length, wanted, delta=2)

    def test_each_label_is_a_page_of_its_own_that_a_scanner_can_read(self):
        pages = self._paper(LABEL, self.shipment)
        self.assertEqual([codes for _size, codes in pages], [[self.shipment.name]] * 2)
        for size, _codes in pages:
            self._assert_size(size, A6)

    def test_label_with_long_names_stays_on_its_page(self):
        self.adler.name = (
            "Elektronik-Großhandel und Reparaturannahme GmbH & Co. KG " * 2
        )
        self.berlin.name = "Werkstatt Berlin-Charlottenburg, Wareneingang Tor 7 " * 2
        self.berlin.partner_id.street2 = "Gebäude 5, Halle 12, Eingang über den Hof"
        self.carrier.name = (
            "Express Worldwide Premium with insurance until nine o'clock"
        )
        pages = self._paper(LABEL, self.shipment)
        self.assertEqual([codes for _size, codes in pages], [[self.shipment.name]] * 2)

    def test_packing_list_can_be_scanned(self):
        (page,) = self._paper(PACKING_LIST, self.shipment)
        self._assert_size(page[0], A4)
        numbers = [self.shipment.name, *self.devices.mapped("name")]
        self.assertEqual(page[1], sorted(numbers))

    def test_long_packing_list_goes_on_on_the_next_page(self):
        devices = self._many_orders(self.anna, 40)
        shipment = self._confirmed_as(self.anna, devices, 2)
        pages = self._paper(PACKING_LIST, shipment)
        self.assertGreater(len(pages), 1)
        numbers = [shipment.name, *devices.mapped("name")]
        self.assertEqual(
            sorted(sum((codes for _size, codes in pages), [])), sorted(numbers)
        )

    def test_label_of_the_carrier_is_printed_instead_of_ours(self):
        other = self._confirmed_as(self.anna, self._devices_of(self.anna), 3)
        theirs = (
            self.env["ir.actions.report"]
            .sudo()
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(PACKING_LIST, self.shipment.ids)[0]
        )
        shipments = type(self.shipment)
        self.patch(
            shipments,
            "_get_carrier_label",
            lambda shipment: shipment == self.shipment and theirs,
        )
        alone = self._paper(LABEL, self.shipment)
        self.assertEqual(len(alone), 1)
        self._assert_size(alone[0][0], A4)
        both = self._paper(LABEL, self.shipment | other)
        self.assertEqual([codes for _size, codes in both][1:], [[other.name]])
        self._assert_size(both[1][0], A6)

    def test_order_carries_its_number_and_the_link_of_its_page(self):
        order = self.devices[0].with_context(force_report_rendering=True)
        pdf = order.sudo()._get_pdf(self.anna.partner_id.sudo())
        ((size, codes),) = self._read(pdf)
        self._assert_size(size, A4)
        link = f"{order.get_base_url()}/my/service-orders/{order.id}"
        self.assertEqual(codes, sorted([order.name, link]))


class TestServicePdfRoutes(PaperCase, ServicePageCase):
    """Who gets which paper; tests get it as HTML, which can be read."""

    def setUp(self):
        super().setUp()
        self.order = self._new_order(self.anna)
        self.url = f"{self.order.access_url}/pdf"

    def _shown(self, answer):
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Cache-Control"], "private, no-store")
        return self._words(self._pages(answer.content)[0])

    def test_order_is_shown_or_saved(self):
        answer = self.open_as(self.anna, self.url)
        self.assertIn(self.order.name, self._shown(answer))
        name = f"filename*=UTF-8''{self.order.name}.pdf"
        self.assertEqual(answer.headers["Content-Disposition"], f"inline; {name}")
        answer = self.open_as(self.anna, f"{self.url}?download=1")
        self.assertEqual(answer.headers["Content-Disposition"], f"attachment; {name}")

    def test_second_time_the_file_is_the_same(self):
        first = self.open_as(self.anna, self.url)
        kept = self.env["ir.attachment"].search([("res_field", "=", "pdf_cache")])
        self.assertEqual(self.open_as(self.anna, self.url).content, first.content)
        self.assertEqual(
            self.env["ir.attachment"].search([("res_field", "=", "pdf_cache")]), kept
        )

    def test_strangers_find_nothing(self):
        for url in (
            self.url,
            f"{self.url}?access_token=nope",
            f"{self.url}?access_token=ä",
            f"/my/service-orders/{2**31 - 1}/pdf",
            f"/my/service-orders/{2**40}/pdf",
        ):
            with self.subTest(url=url):
                self.assertMissing(self.open_as(self.carla, url))

    def test_draft_is_no_paper(self):
        draft = self._draft_as(self.anna)
        self.assertMissing(self.open_as(self.anna, f"{draft.access_url}/pdf"))

    def test_link_of_a_mail_needs_no_account(self):
        self._quote(self.order)
        token = self.order.sudo()._portal_ensure_token()
        url = f"{self.url}?access_token={token}"
        words = self._shown(self.open_as(None, url))
        self.assertIn("258.00", words)
        self.anna.partner_id.service_hide_prices = True
        self.assertNotIn("258.00", self._shown(self.open_as(None, url)))

    def test_colleague_without_prices_sees_none(self):
        self._quote(self.order)
        self.bert.partner_id.service_hide_prices = True
        self.assertIn("258.00", self._shown(self.open_as(self.anna, self.url)))
        self.assertNotIn("258.00", self._shown(self.open_as(self.bert, self.url)))

    def test_papers_of_a_shipment_are_saved(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna, 1))
        for paper, name in [("packing-list", "Packing_List"), ("label", "Label")]:
            with self.subTest(paper=paper):
                answer = self.open_as(self.anna, f"{shipment.access_url}/{paper}")
                self.assertIn(shipment.name, self._shown(answer))
                self.assertEqual(
                    answer.headers["Content-Disposition"],
                    f"attachment; filename*=UTF-8''{name}_{shipment.name}.pdf",
                )

    @mute_logger("odoo.http")
    def test_customers_do_not_reach_the_papers_by_their_names(self):
        for kind in ("html", "pdf"):
            url = f"/report/{kind}/customer_portal.report_service_order/{self.order.id}"
            with self.subTest(kind=kind):
                self.assertEqual(self.open_as(self.anna, url).status_code, 403)
