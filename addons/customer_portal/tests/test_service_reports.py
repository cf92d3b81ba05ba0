import unittest

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..models.customer_service_order_pdf import ORDER_PAPER
from ..models.customer_service_shipment_paper import LABEL, PACKING_LIST
from .common import PortalTransactionCase
from .service_page_case import ServicePageCase
from .service_shipment_common import ShipmentPeople

try:  # independent of what draws the codes; see setup/requirements/tools.txt
    import pypdfium2
    import zxingcpp
except ImportError:
    pypdfium2 = zxingcpp = None

A4 = (595, 842)
A6 = (297, 420)
AMOUNT = r"129|\$|€"


class PaperCase(ShipmentPeople):
    """Papers as their readers see them."""

    def _pages(self, content):
        """Return the pages of a paper, one element per page."""
        return html.fromstring(content).xpath("//div[hasclass('page')]")

    def _print(self, report, records, user=None, **data):
        """Return the pages of a paper that Erik prints."""
        reports = self.env["ir.actions.report"].with_user(user or self.erik)
        return self._pages(reports._render_qweb_html(report, records.ids, data)[0])

    def _words(self, page):
        return " ".join(" ".join(page.itertext()).split())

    def _part(self, page, name):
        """Return the words of a named part of a page."""
        return " ".join(self._words(node) for node in page.xpath(f".//*[@name='{name}']"))

    def _quote(self, order, state="sale"):
        product = self.env["product.product"].create({"name": "Display"})
        quotation = self.env["sale.order"].create(
            {
                "partner_id": order.partner_id.id,
                "service_order_id": order.id,
                "order_line": [
                    Command.create({"display_type": "line_section", "name": "Repair"}),
                    Command.create(
                        {
                            "name": "New display",
                            "product_id": product.id,
                            "product_uom_qty": 2,
                            "price_unit": 129.0,
                            "tax_ids": [Command.clear()],
                        }
                    ),
                ],
            }
        )
        quotation.state = state
        return quotation


class TestServiceOrderPaper(PaperCase, PortalTransactionCase):
    """“Show Order as PDF”: all that the customer may know, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")

    def _full_order(self):
        order = self._order_as(
            self.anna,
            client_order_ref="PO-7",
            serial_number="f2lx",
            manufacturer="Apple",
            configuration="256 GB, black",
            accessories="Case",
            device_condition="Scratched",
            end_customer_name="Frau Müller",
            delivery_address_id=self.adler.id,
            shipping_type_id=self.pickup.id,
        )
        order.with_user(self.erik).action_receive()
        order.with_user(self.erik).write(
            {
                "internal_ref": "W-9",
                "diagnosis": "Battery swollen",
                "internal_note": "<p>Pays late</p>",
                "device_passcode": "987654",
            }
        )
        order.with_user(self.erik)._complete(
            resolution="New battery", outbound_tracking="AB 1&x"
        )
        return order

    def test_paper_says_what_the_order_says(self):
        order = self._full_order()
        self._quote(order)
        (page,) = self._print(ORDER_PAPER, order)
        words = self._words(page)
        for expected in (
            *(order.name, order._get_date_text(), "Completed", "Hotel Adler GmbH"),
            *("Marktplatz 1", "93047 Regensburg", "Berlin", "Werkstr. 1"),
            *("PO-7", "W-9", "Frau Müller", "Repair", "DHL pickup"),
            *("iPhone 15", "Apple", "256 GB, black", "F2LX", "354178036859789"),
            *("Case", "Scratched", "Does not charge", "Battery swollen"),
            *("New battery", "On its way back to you", "AB 1&x"),
            *("Is “Find my iPhone” off? Yes", "New display", "2.00", "258.00"),
            f"{order.get_base_url()}/my/service-orders/{order.id}",
        ):
            with self.subTest(expected=expected):
                self.assertIn(expected, words)

    def test_paper_is_silent_about_what_is_internal(self):
        order = self._full_order()
        order.sudo().device_passcode = "987654"
        order.with_user(self.erik).message_post(body="Not for him")
        self._quote(order, state="draft")
        order.sudo()._portal_ensure_token()
        reports = self.env["ir.actions.report"].sudo()
        content = reports._render_qweb_html(ORDER_PAPER, order.ids)[0].decode()
        for secret in (
            *("Pays late", "987654", "Not for him", "New display"),
            order.sudo().access_token,
        ):
            with self.subTest(secret=secret):
                self.assertNotIn(secret, content)

    def test_words_of_a_customer_are_no_markup(self):
        text = "<script>alert('x')</script> & <b>more</b>\nsecond line"
        order = self._order_as(self.anna, issue=text)
        (page,) = self._print(ORDER_PAPER, order)
        self.assertEqual(page.xpath(".//script | .//b"), [])
        self.assertEqual(page.xpath(".//*[@name='issue']")[0].text_content(), text)

    def test_prices_are_for_those_who_see_them(self):
        order = self._order_as(self.anna)
        self._quote(order)
        self.bert.partner_id.service_hide_prices = True
        for reader, sees in [(self.anna, True), (self.bert, False)]:
            with self.subTest(reader=reader.name):
                pdf = order.sudo()._get_pdf(reader.partner_id.sudo())
                words = self._words(self._pages(pdf)[0])
                self.assertIn("New display", words)
                self.assertIn("2.00", words)
                (self.assertRegex if sees else self.assertNotRegex)(words, AMOUNT)

    def test_staff_print_what_the_contact_may_see(self):
        order = self._order_as(self.anna)
        self._quote(order)
        self.anna.partner_id.service_hide_prices = True
        (page,) = self._print(ORDER_PAPER, order)
        self.assertNotRegex(self._words(page), AMOUNT)

    def test_paper_speaks_the_language_of_its_reader(self):
        self.env["ir.model.fields"]._get(
            "customer.service.order", "location_id"
        ).update_field_translations("field_description", {"de_DE": "Werkstatt"})
        order = self._order_as(self.anna)
        self.bert.lang = "de_DE"
        for reader, label in [(self.anna, "Service Location"), (self.bert, "Werkstatt")]:
            pdf = order.sudo()._get_pdf(reader.partner_id.sudo())
            with self.subTest(reader=reader.name):
                self.assertIn(label, self._part(self._pages(pdf)[0], "location"))

    def test_every_paper_but_the_last_ends_its_page(self):
        orders = self._devices_of(self.anna)
        first, last = self._print(ORDER_PAPER, orders)
        self.assertIn("page-break-after", first.get("style"))
        self.assertNotIn("page-break-after", last.get("style") or "")

    def test_drafts_are_not_printed(self):
        draft = self._draft_as(self.anna)
        with self.assertRaisesRegex(UserError, "Drafts are not printed"):
            self._print(ORDER_PAPER, draft)
        with self.assertRaisesRegex(UserError, "Drafts are not printed"):
            draft.sudo()._get_pdf(self.anna.partner_id.sudo())

    def test_nobody_but_staff_prints(self):
        order = self._order_as(self.anna)
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        self.erik.group_ids = self.env.ref("base.group_user")
        for user in (self.anna, self.erik):
            for report, record in [
                (ORDER_PAPER, order),
                (PACKING_LIST, shipment),
                (LABEL, shipment),
            ]:
                with self.subTest(user=user.name, report=report):
                    with self.assertRaisesRegex(AccessError, "Only staff"):
                        self._print(report, record, user)


class TestServiceOrderFile(PaperCase, PortalTransactionCase):
    """The file is drawn once for each kind of reader, until something changes."""

    def setUp(self):
        super().setUp()
        self.order = self._order_as(self.anna, delivery_address_id=self.adler.id)
        self.order.with_user(self.erik).action_receive()
        self.quotation = self._quote(self.order)
        self.contact = self.anna.partner_id.sudo()

    def _kept(self):
        """Return the files that are kept."""
        return self.env["ir.attachment"].search(
            [("res_field", "=", "pdf_cache"), ("res_id", "=", self.order.id)]
        )

    def _get(self, reader=None):
        """Return the file that a reader gets, as attachment."""
        before = self._kept()
        pdf = self.order.sudo()._get_pdf(reader or self.contact)
        kept = (self._kept() - before) or before
        self.assertIn(pdf, kept.mapped("raw"))
        return kept

    def _touch(self, records):
        """Write what is there already, in a later transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            f"UPDATE {records._table}"  # noqa: S608 (a table of ours)
            " SET write_date = write_date + interval '1 second' WHERE id IN %s",
            [tuple(records.ids)],
        )
        self.env.invalidate_all()

    def test_unchanged_order_is_drawn_once(self):
        first = self._get()
        self.assertEqual(self._get(), first)
        self.assertEqual(len(first), 1)

    def test_asking_for_the_kept_file_costs_three_queries(self):
        self._get()
        self.order.invalidate_recordset()
        order = self.order.sudo()
        order.mapped("name"), self.order.company_id.sudo().partner_id.ids
        before = self.env.cr.sql_log_count
        order._get_pdf(self.contact)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 3)

    def test_whatever_is_printed_is_drawn_anew_when_it_changes(self):
        order = self.order.sudo()
        view = self.env.ref("customer_portal.report_page")
        printed = {
            "order": order,
            "answers": order.answer_ids,
            "status": order.status_id,
            "service": order.service_type_id,
            "quotation": self.quotation,
            "product": self.quotation.order_line[1],
            "contact": order.partner_id,
            "customer": order.commercial_partner_id,
            "location": order.location_id,
            "address of the location": order.location_id.partner_id,
            "company": order.company_id,
            "address of the company": order.company_id.partner_id,
            "template": view,
        }
        known = self._get()
        for what, records in printed.items():
            with self.subTest(what=what):
                self._touch(records)
                drawn = self._get()
                self.assertNotEqual(drawn, known)
                self.assertEqual(self._kept(), drawn, "what is outdated is gone")
                known = drawn

    def test_template_of_another_addon_counts(self):
        known = self._get()
        extension = self.env["ir.ui.view"].create(
            {
                "name": "extension",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": self.env.ref("customer_portal.report_page").id,
                "arch": "<xpath expr='//strong' position='after'><i>new</i></xpath>",
            }
        )
        drawn = self._get()
        self.assertNotEqual(drawn, known)
        self.assertIn(b"<i>new</i>", drawn.raw)
        self._touch(extension)
        self.assertNotEqual(self._get(), drawn)

    def test_line_that_is_deleted_is_drawn_no_more(self):
        known = self._get()
        self.quotation.state = "draft"
        self.quotation.order_line[1].unlink()
        self.assertNotEqual(self._get(), known)

    def test_readers_with_other_rights_have_files_of_their_own(self):
        bert = self.bert.partner_id.sudo()
        shared = self._get()
        self.assertEqual(self._get(bert), shared)
        bert.service_hide_prices = True
        own = self._get(bert)
        self.assertNotEqual(own, shared)
        self.assertEqual(self._kept(), own | shared)
        self.assertEqual(self._get(), own | shared)  # neither was drawn again

    def test_file_that_a_full_disk_has_cut_off_is_drawn_anew(self):
        kept = self._get()
        path = kept._full_path(kept.store_fname)
        with open(path, "rb") as file:
            whole = file.read()
        self.addCleanup(self._write_file, path, whole)
        self._write_file(path, whole[:100])
        kept.invalidate_recordset()
        pdf = self.order.sudo()._get_pdf(self.contact)
        self.assertEqual(self._words(self._pages(pdf)[0]), self._words(self._pages(whole)[0]))

    def _write_file(self, path, content):
        with open(path, "wb") as file:
            file.write(content)

    def test_kept_file_is_no_file_of_the_customer_or_the_chat(self):
        kept = self._get()
        attachments = self.env["ir.attachment"]
        shown = attachments.search(
            [("res_model", "=", self.order._name), ("res_id", "=", self.order.id)]
        )
        self.assertNotIn(kept, shown)
        self.assertNotIn(kept, self.order.sudo().public_attachment_ids)
        for user in (self.anna, self.erik):
            with self.subTest(user=user.name):
                self.assertFalse(kept.with_user(user).has_access("read"))

    def test_keeping_a_file_does_not_touch_the_order(self):
        before = self.order.write_date
        self._get()
        self.env.flush_all()
        self.order.invalidate_recordset()
        self.assertEqual(self.order.write_date, before)


class TestShipmentPapers(PaperCase, PortalTransactionCase):
    """What lies in the parcel, and what sticks on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = cls._devices_of(
            cls.anna, 2, client_order_ref="PO-7", accessories="Case"
        )
        cls.shipment = cls._confirmed_as(
            cls.anna, cls.devices, package_count=3, weight=2.5, tracking_number="AB 1"
        )

    def test_packing_list_says_what_is_in_the_parcel(self):
        self._quote(self.devices[0])
        (page,) = self._print(PACKING_LIST, self.shipment)
        words = self._words(page)
        rows = page.xpath(".//table[@name='devices']/tbody/tr")
        self.assertEqual(
            [self._words(row) for row in rows],
            [
                f"{number} {order.name} PO-7 iPhone 15 IMEI {order.imei} Case"
                for number, order in enumerate(self.devices, 1)
            ],
        )
        for expected in (
            *(self.shipment.name, "DHL pickup", "Packages 3", "2.50 kg", "AB 1"),
            *("Number of devices: 2", "signature of the sender"),
        ):
            with self.subTest(expected=expected):
                self.assertIn(expected, words)
        self.assertNotRegex(words, AMOUNT)

    def test_papers_name_sender_and_recipient(self):
        sender = "Hotel Adler GmbH Anna Marktplatz 1 93047 Regensburg Germany"
        recipient = "Berlin Workshop Berlin Werkstr. 1 Berlin"
        (page,) = self._print(PACKING_LIST, self.shipment)
        self.assertEqual(self._part(page, "sender"), f"Sender {sender}")
        self.assertEqual(self._part(page, "recipient"), f"Recipient {recipient}")
        for page in self._print(LABEL, self.shipment):
            self.assertEqual(
                self._part(page, "sender").replace(",", ""), f"Sender {sender}"
            )
            self.assertEqual(self._part(page, "recipient"), f"Recipient {recipient}")

    def test_each_package_has_a_label(self):
        pages = self._print(LABEL, self.shipment)
        self.assertEqual(
            [self._part(page, "package") for page in pages],
            [f"Package {number} / 3 Devices 2 Carrier DHL" for number in (1, 2, 3)],
        )
        self.assertEqual({self._part(it, "code") for it in pages}, {self.shipment.name})

    def test_papers_show_what_was_packed_whatever_is_edited_later(self):
        self.devices[0].with_user(self.erik).device_name = "Something else"
        (page,) = self._print(PACKING_LIST, self.shipment)
        self.assertNotIn("Something else", self._words(page))

    def test_papers_of_many_shipments_are_one_file(self):
        other = self._confirmed_as(self.anna, self._devices_of(self.anna), 2)
        pages = self._print(LABEL, self.shipment | other)
        breaks = ["page-break-after" in (page.get("style") or "") for page in pages]
        self.assertEqual(breaks, [True, True, True, False])

    def test_what_has_not_left_has_no_papers(self):
        draft = self._ship_as(self.anna, self._devices_of(self.anna), 3)
        cancelled = self._confirmed_as(self.anna, self._devices_of(self.anna), 4)
        cancelled.sudo()._cancel_by_customer()
        for shipment in (draft, cancelled):
            for report in (PACKING_LIST, LABEL):
                with self.subTest(state=shipment.state, report=report):
                    with self.assertRaisesRegex(UserError, "ready for pickup"):
                        self._print(report, shipment)
                    with self.assertRaisesRegex(UserError, "ready for pickup"):
                        shipment.sudo()._get_paper(report)

    def test_what_has_arrived_can_be_printed_again(self):
        self.shipment.with_user(self.erik).action_receive()
        self.assertEqual(len(self._print(PACKING_LIST, self.shipment)), 1)

    def test_mail_about_a_shipment_that_was_cancelled_meanwhile_is_not_written(self):
        orders = self._devices_of(self.anna)
        self.write_mails()
        shipment = self._confirmed_as(self.anna, orders, 5)
        shipment.sudo()._cancel()
        mails = self.env["mail.mail"].search([])
        self.write_mails()
        self.assertFalse(self.env["mail.mail"].search([]) - mails)
        self.assertFalse(self.env["customer.mail.event"].search([]))


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
        self.adler.name = "Elektronik-Großhandel und Reparaturannahme GmbH & Co. KG " * 2
        self.berlin.name = "Werkstatt Berlin-Charlottenburg, Wareneingang Tor 7 " * 2
        self.berlin.partner_id.street2 = "Gebäude 5, Halle 12, Eingang über den Hof"
        self.carrier.name = "Express Worldwide Premium with insurance until nine o'clock"
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
        self.assertEqual(sorted(sum((codes for _size, codes in pages), [])), sorted(numbers))

    def test_label_of_the_carrier_is_printed_instead_of_ours(self):
        other = self._confirmed_as(self.anna, self._devices_of(self.anna), 3)
        theirs = self.env["ir.actions.report"].sudo().with_context(
            force_report_rendering=True
        )._render_qweb_pdf(PACKING_LIST, self.shipment.ids)[0]
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
