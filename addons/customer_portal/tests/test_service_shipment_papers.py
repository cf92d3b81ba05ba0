from odoo.exceptions import UserError

from ..models.customer_service_shipment_paper import LABEL, PACKING_LIST
from .common import PortalTransactionCase
from .service_paper_case import AMOUNT, PaperCase


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
