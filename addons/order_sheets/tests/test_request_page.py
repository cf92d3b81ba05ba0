from odoo.tests import freeze_time

from .sheet_page_case import SheetPageCase


class TestRequestPage(SheetPageCase):
    """A customer reads what he has ordered, and writes about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poster = f"poster__{cls.poster_a.id}"

    def _post(self, order, user=None, act=None):
        data = {"act": act} if act else {}
        return self.post_as(user or self.anna, f"{order.access_url}/cancel", data)

    # === WHAT IT SAYS === #

    @freeze_time("2026-11-01 12:00:00")
    def test_header_says_what_it_is_who_has_submitted_it_and_how_far_it_is(self):
        order = self._submit_as(self.bert)
        page = self._page(order)
        self.assertEqual(self._texts(page, "//h1"), [f"Order {order.name}"])
        self.assertEqual(self._section(page, "status"), "Received")
        self.assertEqual(
            self._pairs(page, "//dl[@name='details']"),
            {
                "Order Sheet": "Spring Campaign",
                "Submitted on": "11/01/2026 1:00 PM",
                "Submitted by": "Bert",
            },
        )
        crumbs = self._texts(page, "//ol[contains(@class, 'o_portal_submenu')]/li")
        self.assertEqual(crumbs[1:], ["My Orders", order.name])
        self.assertEqual(
            self._links(page, "//a[@name='pdf']"), [f"{order.access_url}/pdf"]
        )

    def test_content_is_what_was_submitted_whatever_becomes_of_the_sheet(self):
        order = self._submit_as(self.anna, **{self.poster: "2"})
        self._question("center").label = "Studio"
        self.sheet.page_ids[1].name = "Print"
        self.sheet._move_to("closed")
        self.flyer.list_price = 99
        page = self._page(order)
        self.assertEqual(self._texts(page, "//h3"), ["Center", "Material"])
        self.assertEqual(
            self._pairs(page, "//section[@name='content']"),
            {
                "Center": "Mitte",
                "Own logo": "No",
                "Flyer": "Quantity Product 100 Units Flyer",
                "Poster": "Quantity Product 2 Units Poster A",
            },
        )
        self.assertIsNone(self._section(page, "total"))

    def test_terms_are_those_that_were_read(self):
        self.sheet.legal_text = "<p>Paid <b>within</b> 14 days.</p>"
        order = self._submit_as(self.anna)
        self.sheet.legal_text = "<p>Paid at once.</p>"
        page = self._page(order)
        self.assertEqual(self._section(page, "terms"), "Terms Paid within 14 days.")

    def test_order_without_terms_shows_none(self):
        page = self._page(self._submit_as(self.anna))
        self.assertIsNone(self._section(page, "terms"))

    def test_prices_and_total_are_those_of_the_moment(self):
        self.sheet.price_display = "net_total"
        order = self._submit_as(self.anna, **{self.poster: "2"})
        self.flyer.list_price = 99
        page = self._page(order)
        cells = "//section[@name='content']//tbody/tr/td"
        self.assertEqual(
            self._texts(page, cells),
            [
                *("100 Units", "Flyer", "$ 0.20", "$ 20.00"),
                *("2 Units", "Poster A", "$ 3.00", "$ 6.00"),
            ],
        )
        self.assertEqual(self._section(page, "total"), "Total without taxes: $ 26.00")

    def test_prices_without_total_have_no_total(self):
        self.sheet.price_display = "net"
        page = self._page(self._submit_as(self.anna))
        cells = "//section[@name='content']//tbody/tr/td"
        self.assertEqual(
            self._texts(page, cells), ["100 Units", "Flyer", "$ 0.20", "$ 20.00"]
        )
        self.assertIsNone(self._section(page, "total"))

    def test_what_was_not_answered_is_a_dash(self):
        page = self._page(self._submit_as(self.anna))
        pairs = self._pairs(page, "//section[@name='content']")
        self.assertEqual(pairs["Poster"], "–")

    def test_words_of_the_customer_are_text(self):
        order = self._draft_as(self.anna, center="<script>alert(1)</script>")
        order.sudo()._save_remark("One\n<b>two</b>")
        order.sudo()._submit(self.anna.partner_id.sudo())
        page = self._page(order)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertEqual(self._section(page, "remark"), "Remark One <b>two</b>")

    def test_whoever_has_just_submitted_is_thanked(self):
        order = self._submit_as(self.anna)
        thanks = self._section(self._page(order, sent="1"), "thanks")
        self.assertTrue(thanks.startswith("Thank you! We have received your order."))
        for sent in ("", "0", "2"):
            self.assertIsNone(self._section(self._page(order, sent=sent), "thanks"))
        self._work_on(order)
        self.assertIsNone(self._section(self._page(order, sent="1"), "thanks"))

    # === WHAT CAME BACK === #

    def test_remark_is_the_submitted_one_until_the_order_is_submitted_again(self):
        order = self._draft_as(self.anna)
        order.sudo()._save_remark("Before Easter")
        order.sudo()._submit(self.anna.partner_id.sudo())
        order.sudo()._return("Wrong center")
        order.sudo()._save_remark("After Easter")
        self.assertEqual(
            self._section(self._page(order), "remark"), "Remark Before Easter"
        )
        order.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(
            self._section(self._page(order), "remark"), "Remark After Easter"
        )

    def test_returned_order_says_why_and_leads_to_the_form(self):
        order = self._returned_order(self.anna, "Wrong\ncenter")
        page = self._page(order)
        self.assertEqual(
            self._section(page, "return_reason"),
            "Please correct your order Wrong center Correct Now",
        )
        self.assertEqual(
            self._links(page, "//a[@name='correct']"), [f"{order.access_url}?correct=1"]
        )
        answer = self.open_as(
            self.bert, f"{order.access_url}?correct=1", allow_redirects=False
        )
        first = self.sheet.page_ids[0].id
        self._assert_leads(answer, f"{order.access_url}/page/{first}")

    def test_rejected_order_says_why(self):
        order = self._submit_as(self.anna)
        order.with_user(self.erik)._reject("Too late")
        page = self._page(order)
        self.assertEqual(
            self._section(page, "reject_reason"), "We cannot accept this order Too late"
        )
        self.assertIsNone(self._section(page, "cancel"))

    def test_order_that_is_worked_on_is_not_corrected(self):
        order = self._work_on(self._submit_as(self.anna))
        page = self._page(order, correct="1")
        self.assertIsNone(self._section(page, "return_reason"))

    def test_draft_leads_to_its_first_incomplete_page(self):
        order = self._start_as(self.anna)
        pages = self.sheet.page_ids
        for typed, page in (({}, pages[0]), ({"center": "Mitte"}, pages[1])):
            self._fill(order, **typed)
            answer = self.open_as(self.bert, order.access_url, allow_redirects=False)
            self._assert_leads(answer, f"{order.access_url}/page/{page.id}")

    # === TAKING IT BACK === #

    def test_order_can_be_cancelled_while_it_can_be(self):
        order = self._submit_as(self.anna)
        page = self._page(order)
        forms = self._attributes(page, "//details[@name='cancel']/form", "action")
        self.assertEqual(forms, [f"{order.access_url}/cancel"])
        self._assert_leads(self._post(order, self.bert), order.access_url)
        self.assertEqual(order.state, "cancelled")
        self.assertIsNone(self._section(self._page(order), "cancel"))

    def test_order_that_is_worked_on_cannot_be_cancelled(self):
        order = self._work_on(self._submit_as(self.anna))
        self.assertIsNone(self._section(self._page(order), "cancel"))
        page = self._post(order)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(
            self._section(page, "error"),
            f"{order.name} is “In progress” and cannot become “Cancelled”.",
        )
        self.assertEqual(order.state, "in_progress")

    def test_draft_that_a_colleague_has_submitted_is_not_discarded(self):
        order = self._draft_as(self.anna)
        order.sudo()._submit(self.bert.partner_id.sudo())
        page = self._post(order, act="discard")
        self.assertIn("“Submitted”", self._section(page, "error"))
        self.assertEqual(order.state, "submitted")

    # === COST === #

    def test_page_costs_the_same_for_many_pages_as_for_one(self):
        order = self._submit_as(self.anna)
        self._page(order)
        few = self.count_queries(order.access_url)
        content = order.sudo().snapshot
        content["pages"] *= 5
        order.sudo().snapshot = content
        self._page(order)
        self.assertEqual(self.count_queries(order.access_url), few)
