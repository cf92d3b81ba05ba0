from markupsafe import Markup

from odoo.tests import JsonRpcException, freeze_time
from odoo.tools import mute_logger

from .sheet_page_case import JUNK, URL, SheetPageCase


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

    # === FILES === #

    def test_files_of_the_order_can_be_saved(self):
        order = self._draft_as(self.anna, logo="yes")
        upload = ("logo.png", b"\x89PNG", "image/png")
        file = order.sudo()._add_files(self._question("logo_file"), [upload])
        order.sudo()._submit(self.anna.partner_id.sudo())
        page = self._page(order)
        links = self._links(page, "//section[@name='content']//a")
        self.assertEqual(links, [f"{order.access_url}/attachment/{file.id}"])
        answer = self.open_as(self.bert, links[0])
        self.assertEqual((answer.status_code, answer.content), (200, b"\x89PNG"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(self.open_as(self.carla, links[0]).status_code, 404)

    def test_file_of_something_else_is_missing(self):
        order = self._submit_as(self.anna)
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"a"})
        for file_id in (file.id, 0, 2**31, 10**20):
            url = f"{order.access_url}/attachment/{file_id}"
            self.assertEqual(self.open_as(self.anna, url).status_code, 404, file_id)

    # === CHAT === #

    def test_chat_is_for_both_sides(self):
        order = self._submit_as(self.anna)
        page = self._page(order)
        chat = "//section[@name='chat']//*[@id='discussion']"
        self.assertEqual(
            [
                self._attributes(page, chat, name)
                for name in ("data-res_model", "data-res_id", "data-allow_composer")
            ],
            [["order.sheet.request"], [str(order.id)], ["1"]],
        )
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        self.call_json(
            "/mail/message/post",
            thread_model="order.sheet.request",
            thread_id=order.id,
            post_data={"body": "Is it printed?", **comment},
        )
        messages = order.with_user(self.erik).message_ids
        self.assertEqual(messages[0].body, Markup("<p>Is it printed?</p>"))

    def test_notes_of_staff_are_not_in_it(self):
        order = self._submit_as(self.anna)
        office = order.with_user(self.erik)
        office.message_post(body="He never pays", subtype_xmlid="mail.mt_note")
        comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        office.message_post(body="Which color?", **comment)
        page = self._page(order)
        self.assertNotIn("never pays", page.text)
        messages = self.call_json(
            "/mail/chatter_fetch",
            thread_model="order.sheet.request",
            thread_id=order.id,
        )
        self.assertIn("Which color?", str(messages))
        self.assertNotIn("never pays", str(messages))

    def test_page_notes_that_the_customer_has_read_it(self):
        order = self._submit_as(self.anna)
        page = self._page(order)
        urls = self._attributes(page, "//*[@data-order-seen]", "data-order-seen")
        self.assertEqual(urls, [f"{order.access_url}/seen"])
        self.assertFalse(order.sudo().customer_seen_at)
        self.assertFalse(self.call_json(urls[0]))
        self.assertTrue(order.sudo().customer_seen_at)

    # === WHOSE === #

    def test_stranger_has_no_such_order(self):
        order = self._submit_as(self.anna, center="Top secret")
        for url in (order.access_url, f"{order.access_url}/summary"):
            page = self.open_as(self.carla, url)
            self.assertMissing(page)
            self.assertNotIn("Top secret", page.text)
        self.assertEqual(self._post(order, self.carla).status_code, 404)
        self._sign_in(self.carla)
        with self.assertRaisesRegex(JsonRpcException, "NotFound"):
            self.call_json(f"{order.access_url}/seen")
        self.assertEqual(order.state, "submitted")
        self.assertFalse(order.sudo().customer_seen_at)

    def test_employee_reads_the_page_of_the_customer_and_does_nothing_on_it(self):
        order = self._submit_as(self.anna)
        page = self._page(order, self.erik)
        office = f"/odoo/action-order_sheets.order_sheet_request_action/{order.id}"
        self.assertEqual(self._links(page, "//*[@name='preview']/a"), [office])
        self.assertIsNone(self._section(page, "cancel"))
        self.assertEqual(self._attributes(page, "//*[@data-order-seen]", "class"), [])
        composer = self._attributes(
            page, "//*[@id='discussion']", "data-allow_composer"
        )
        self.assertEqual(composer, ["0"])
        self.assertEqual(self._post(order, self.erik).status_code, 403)
        draft = self._start_as(self.carla, self._sheet_for_all())
        answer = self.open_as(self.erik, draft.access_url, allow_redirects=False)
        office = f"/odoo/action-order_sheets.order_sheet_request_action/{draft.id}"
        self._assert_leads(answer, office)

    def _sheet_for_all(self):
        sheet = self._create_sheet(audience="all")
        sheet._publish()
        return sheet

    def test_employee_of_another_team_has_no_such_order(self):
        tom = self._create_user("Tom", "base.group_user")
        order = self._submit_as(self.anna)
        self.assertMissing(self.open_as(tom, order.access_url))

    def test_visitors_have_to_sign_in(self):
        order = self._submit_as(self.anna)
        answer = self.open_as(None, order.access_url, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    @mute_logger("odoo.http")
    def test_junk_is_no_order_and_no_error(self):
        order = self._submit_as(self.anna)
        for junk in JUNK:
            for name in ("sent", "correct", "access_token", "hash", "pid"):
                page = self.open_as(self.anna, order.access_url, params={name: junk})
                self.assertEqual(page.status_code, 200, (name, junk))
        for number in (0, 2**31, 10**20):
            url = f"{URL}/requests/{number}"
            self.assertMissing(self.open_as(self.anna, url))
            self.assertEqual(self.post_as(self.anna, f"{url}/cancel").status_code, 404)

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
