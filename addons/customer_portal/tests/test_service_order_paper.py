from odoo.exceptions import AccessError, UserError

from ..models.customer_service_order_pdf import ORDER_PAPER
from ..models.customer_service_shipment_paper import LABEL, PACKING_LIST
from .common import PortalTransactionCase
from .service_paper_case import AMOUNT, PaperCase


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
        for reader, label in [
            (self.anna, "Service Location"),
            (self.bert, "Werkstatt"),
        ]:
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
