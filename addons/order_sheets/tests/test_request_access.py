from markupsafe import Markup

from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.page_reader import JUNK

from .sheet_page_case import URL, SheetPageCase


class TestRequestAccess(SheetPageCase):
    """The page of an order, its files and its chat are for its customer and staff."""

    def _post(self, order, user=None, act=None):
        data = {"act": act} if act else {}
        return self.post_as(user or self.anna, f"{order.access_url}/cancel", data)

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
