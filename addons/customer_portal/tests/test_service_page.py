from odoo.fields import Command
from odoo.tests import freeze_time

from .service_page_case import URL, ServicePageCase


class TestServicePage(ServicePageCase):
    """A customer follows his order on its page, from top to bottom as in the source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kitchen = cls.env["res.partner"].create(
            {
                "name": "Kitchen",
                "street": "Adlergasse 3",
                "city": "Regensburg",
                "parent_id": cls.adler.id,
                "type": "delivery",
            }
        )
        cls.berlin.opening_hours = "Mo–Fr 8–18"
        cls.pickup.instructions = "Pack it well."

    def _page(self, order, user=None, **params):
        page = self.open_as(user or self.anna, order.access_url, params=params)
        self.assertEqual(page.status_code, 200)
        self.assertURLEqual(page.url.partition("?")[0], order.access_url)
        return page

    def _pairs(self, page, name):
        """Return the rows of a part of the page: ``{label: text}``."""
        part = f"//*[@name='{name}']//dl"
        labels = self._texts(page, f"{part}/dt")
        return dict(zip(labels, self._texts(page, f"{part}/dd"), strict=True))

    # === HEADER === #

    def test_title_is_the_number_beside_it_the_status(self):
        page = self._page(self._received_order(self.anna))
        order = self.orders.search([])
        self.assertEqual(self._texts(page, "//h1"), [f"Service Order {order.name}"])
        badge = "//h1/following-sibling::*[contains(@class, 'badge')]"
        self.assertEqual(self._texts(page, badge), ["Device received"])
        crumbs = self._texts(page, "//ol[contains(@class, 'o_portal_submenu')]/li")
        self.assertEqual(crumbs[1:], ["Service Orders", order.name])

    @freeze_time("2026-12-01 23:30:00")
    def test_other_numbers_and_the_day_stand_below(self):
        order = self._new_order(self.anna, client_order_ref="PO-7", internal_ref="W-9")
        self.assertEqual(
            self._texts(self._page(order), "//*[@name='numbers']/li"),
            ["Date: 12/02/2026", "Reference: PO-7", "Internal Reference: W-9"],
        )

    @freeze_time("2026-12-01 23:30:00")
    def test_timeline_says_what_is_done_and_what_comes(self):
        page = self._page(self._received_order(self.carla), self.carla)
        steps = "//ol[@aria-label='Progress']/li"
        self.assertEqual(
            self._texts(page, steps),
            [
                "Sent 12/02/2026",
                "Confirmed",
                "Device received 12/02/2026",
                "Completed",
            ],
        )
        current = f"{steps}[@aria-current='step']"
        self.assertEqual(self._texts(page, current), ["Device received 12/02/2026"])

    def test_who_has_just_sent_the_order_is_thanked(self):
        order = self._new_order(self.anna)
        thanks = self._section(self._page(order, sent="1"), "thanks")
        self.assertEqual(
            thanks,
            "Thank you! Your order is confirmed. You can follow it on this page.",
        )
        for sent in ("", "0", "2"):
            self.assertIsNone(self._section(self._page(order, sent=sent), "thanks"))

    def test_pdf_is_one_click_away(self):
        order = self._new_order(self.anna)
        page = self._page(order)
        self.assertEqual(self._section(page, "pdf"), "Show Order as PDF")
        links = self._links(page, "//a[@name='pdf']")
        self.assertEqual(links, [f"{order.access_url}/pdf"])

    def test_order_can_be_cancelled_while_it_can_be(self):
        order = self._new_order(self.anna)
        page = self._page(order)
        forms = self._attributes(page, "//*[@name='cancel']//form", "action")
        self.assertEqual(forms, [f"{order.access_url}/cancel"])
        order.with_user(self.erik).action_receive()
        self.assertIsNone(self._section(self._page(order), "cancel"))

    def test_attachments_are_one_click_away(self):
        order = self._new_order(self.anna)
        order.sudo()._add_files([("note.txt", b"a", "text/plain")])
        page = self._page(order)
        self.assertEqual(self._section(page, "to_files"), "Order Attachments (1)")
        [link] = self._links(page, "//a[@name='to_files']")
        heading = self._texts(page, f"//*[@id='{link[1:]}']")
        self.assertEqual(heading, ["Order Attachments"])

    # === WHAT IS AWAITED === #

    def test_quotation_waits_for_a_decision(self):
        order = self._received_order(self.anna)
        self.assertIsNone(self._section(self._page(order), "awaited"))
        quotation = self._quote(order)
        page = self._page(order)
        self.assertIn("sent you a quotation", self._section(page, "awaited"))
        self.assertEqual(
            self._links(page, "//*[@name='awaited']//a"), [f"/my/orders/{quotation.id}"]
        )
        self.assertEqual(
            self.open_as(self.anna, f"/my/orders/{quotation.id}").status_code, 200
        )

    def test_contact_without_prices_leaves_the_decision_to_others(self):
        order = self._received_order(self.anna)
        self._quote(order)
        self.anna.partner_id.service_hide_prices = True
        page = self._page(order)
        self.assertIn("A colleague who may see prices", self._section(page, "awaited"))
        self.assertEqual(self._links(page, "//*[@name='awaited']//a"), [])

    def test_question_waits_for_an_answer(self):
        status = self.env["customer.service.status"].create(
            {
                "name": "Code needed",
                "state": "at_location",
                "waiting_for": "customer",
            }
        )
        order = self._received_order(self.anna)
        order.with_user(self.erik)._set_status(status)
        page = self._page(order)
        self.assertTrue(self._section(page, "awaited").startswith("Code needed:"))
        self.assertEqual(
            self._links(page, "//*[@name='awaited']//a"), ["#service_notes"]
        )

    # === FIRST SECTION: DEVICE, CUSTOMER, ANSWERS === #

    def test_device_is_described_as_the_customer_did(self):
        order = self._new_order(
            self.anna,
            manufacturer="Apple",
            configuration="128 GB, black",
            serial_number="F2LX",
            imei="354178036859789",
            imei2="490154203237518",
            accessories="Case",
            device_condition="Scratched",
            purchase_date="2026-03-01",
            under_warranty=True,
        )
        self.assertEqual(
            self._pairs(self._page(order), "device"),
            {
                "Device": "iPhone 15",
                "Manufacturer": "Apple",
                "Configuration": "128 GB, black",
                "Serial Number": "F2LX",
                "IMEI": "354178036859789",
                "Second IMEI": "490154203237518",
                "Accessories": "Case",
                "Condition": "Scratched",
                "Purchase Date": "03/01/2026",
                "Under Warranty": "Yes",
            },
        )

    def test_what_the_customer_left_out_is_left_out(self):
        order = self._new_order(self.anna, imei="354178036859789")
        self.assertEqual(
            self._pairs(self._page(order), "device"),
            {"Device": "iPhone 15", "IMEI": "354178036859789"},
        )

    def test_customer_is_named_with_the_address_of_the_return(self):
        order = self._new_order(
            self.anna,
            end_customer_name="Frau Maier",
            delivery_address_id=self.kitchen.id,
        )
        rows = self._pairs(self._page(order), "customer")
        self.assertEqual(
            rows,
            {
                "Contact": "Anna",
                "Customer": "Hotel Adler GmbH",
                "End Customer": "Frau Maier",
                "Return to": rows["Return to"],
            },
        )
        self.assertIn("Kitchen Adlergasse 3", rows["Return to"])

    def test_device_goes_to_the_customer_where_no_address_was_chosen(self):
        rows = self._pairs(self._page(self._new_order(self.anna)), "customer")
        self.assertIn("Hotel Adler GmbH Marktplatz 1", rows["Return to"])

    def test_address_that_belongs_to_others_by_now_is_not_shown(self):
        order = self._new_order(self.anna, delivery_address_id=self.kitchen.id)
        self.kitchen.parent_id = self.krone
        page = self._page(order)
        self.assertNotIn("Return to", self._pairs(page, "customer"))
        self.assertNotIn("Adlergasse", page.text)

    @freeze_time("2026-12-01 12:00:00")
    def test_service_says_where_how_and_until_when(self):
        order = self._new_order(self.anna, shipping_type_id=self.pickup.id)
        expected = {
            "Service": "Repair",
            "Service Location": "Berlin Workshop Berlin Werkstr. 1 Berlin",
            "Opening Hours": "Mo–Fr 8–18",
            "Delivery of the Device": "DHL pickup",
        }
        self.assertEqual(
            self._pairs(self._page(order), "service"),
            expected | {"How to Send the Device": "Pack it well."},
        )
        order.with_user(self.erik).action_receive()
        self.assertEqual(
            self._pairs(self._page(order), "service"),
            expected | {"Promised Date": "12/06/2026"},
        )

    def test_parcels_can_be_followed(self):
        order = self._completed_order(self.anna, shipping_type_id=self.pickup.id)
        page = self._page(order)
        [link] = self._links(page, "//section[@name='service']//a")
        self.assertEqual(link, "https://t.example/?n=AB%201%26x")

    def test_answers_are_those_that_were_given(self):
        order = self._new_order(
            self.anna,
            answer_ids=[
                Command.create(
                    self.env["customer.service.answer"]._prepare_answer_vals(
                        task, **value
                    )
                )
                for task, value in (
                    (self.find_my, {"value_boolean": False}),
                    (self.damage, {"value_text": "Left\nand <b>right</b>"}),
                )
            ],
        )
        self.find_my.name = "Asked in other words"
        self.assertEqual(
            self._pairs(self._page(order), "answers"),
            {
                "Is “Find my iPhone” off?": "No",
                "Visible damage": "Left and <b>right</b>",
            },
        )

    def test_issue_keeps_its_lines(self):
        order = self._new_order(self.anna, issue="One\n<script>alert(1)</script>")
        page = self._page(order)
        self.assertEqual(
            self._section(page, "issue"), "Issue One <script>alert(1)</script>"
        )
        self.assertNotIn("<script>alert(1)", page.text)

    # === SECOND SECTION: NOTES AND COMMUNICATION === #

    def test_notes_are_read_where_the_messages_are(self):
        order = self._received_order(self.anna)
        order.sudo().diagnosis = "Battery is empty"
        order.with_user(self.erik)._complete(resolution="New battery")
        page = self._page(order)
        self.assertEqual(self._section(page, "diagnosis"), "Diagnosis Battery is empty")
        self.assertEqual(self._section(page, "resolution"), "Repair Notes New battery")
        chat = "//section[@name='notes']//*[@id='discussion']"
        self.assertEqual(
            [
                self._attributes(page, chat, name)
                for name in ("data-res_model", "data-res_id", "data-allow_composer")
            ],
            [["customer.service.order"], [str(order.id)], ["1"]],
        )

    def test_reason_of_the_end_is_told(self):
        order = self._new_order(self.carla)
        order.with_user(self.erik)._refuse("Too old")
        page = self._page(order, self.carla)
        self.assertIn("Too old", self._section(page, "cancel_reason"))

    @freeze_time("2026-12-01 12:00:00")
    def test_history_lists_every_status_without_naming_colleagues(self):
        order = self._received_order(self.anna)
        history = self._section(self._page(order), "history")
        for label in ("Waiting for confirmation", "Confirmed", "Device received"):
            self.assertIn(label, history)
        self.assertNotIn("Erik", history)
        self.assertIn("12/01/2026 1:00 PM Confirmed", history)

    # === LAST SECTION: PRODUCTS AND SERVICES === #

    def test_quotation_that_was_not_sent_is_not_shown(self):
        order = self._received_order(self.anna)
        self._quote(order, price=4711, state="draft")
        page = self._page(order)
        self.assertIsNone(self._section(page, "products"))
        self.assertNotIn("4,711", page.text)
        self.assertNotIn("New display", page.text)

    def test_quotation_is_shown_with_lines_and_total(self):
        order = self._received_order(self.anna)
        quotation = self._quote(order, price=129)
        page = self._page(order)
        self.assertEqual(
            self._rows(page), [["New display", "1.00 Units", "$ 129.00", "$ 129.00"]]
        )
        totals = {"Untaxed Amount": "$ 129.00", "Taxes": "$ 0.00", "Total": "$ 129.00"}
        self.assertEqual(self._pairs(page, "products"), totals)
        products = self._section(page, "products")
        self.assertIn(f"{quotation.name} Waiting for your decision", products)
        quotation.state = "sale"
        products = self._section(self._page(order), "products")
        self.assertIn(f"{quotation.name} Accepted", products)
        self.assertNotIn("decide", products)

    def test_contact_without_prices_reads_what_is_done_and_no_amount(self):
        order = self._received_order(self.anna)
        self._quote(order, price=4711)
        self.anna.partner_id.service_hide_prices = True
        page = self._page(order)
        self.assertEqual(self._rows(page), [["New display", "1.00 Units"]])
        self.assertEqual(self._pairs(page, "products"), {})
        self.assertNotIn("4,711", page.text)
        self.assertIn("4,711", self._page(order, self.bert).text)

    def test_discount_is_taken_off_the_price(self):
        order = self._received_order(self.anna)
        self._quote(order, price=200).order_line.discount = 25
        self.assertEqual(self._rows(self._page(order))[0][2:], ["$ 150.00"] * 2)

    def test_prices_that_a_section_sums_up_stay_within_it(self):
        order = self._received_order(self.anna)
        section = {"display_type": "line_section", "name": "Repair", "sequence": 1}
        quotation = self._quote(order, price=4711)
        quotation.order_line.sequence = 3
        quotation.order_line = [
            Command.create(section | {"collapse_prices": True}),
            Command.create(
                {"display_type": "line_note", "name": "Note", "sequence": 2}
            ),
        ]
        self.assertEqual(
            self._rows(self._page(order)),
            [
                ["Repair", "", "", "$ 4,711.00"],
                ["Note", "", "", ""],
                ["New display", "1.00 Units", "", ""],
            ],
        )
        quotation.order_line.filtered("collapse_prices").write(
            {"collapse_prices": False, "collapse_composition": True}
        )
        self.assertEqual(
            self._rows(self._page(order)), [["Repair", "", "", "$ 4,711.00"]]
        )

    # === COST === #

    def test_page_costs_the_same_for_many_answers_files_and_lines(self):
        order = self._received_order(self.anna)
        quotation = self._quote(order)
        self._page(order)
        short = self.count_queries(order.access_url)
        line = {"product_id": self.display.id, "name": "x", "price_unit": 1}
        quotation.order_line = [Command.create(line) for _number in range(9)]
        order.sudo()._add_files([(f"{n}.txt", b"x", "text/plain") for n in range(9)])
        self._page(order)
        self.assertLessEqual(self.count_queries(order.access_url), short + 1)

    def test_own_draft_leads_to_its_summary(self):
        draft = self._draft_as(self.anna)
        answer = self.open_as(self.anna, draft.access_url, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], f"{URL}/{draft.id}/summary")
