from markupsafe import Markup

from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .common import PortalHttpCase
from .service_chat import COMMENT, NOTE, ServiceChat


class TestServiceChatPage(ServiceChat, PortalHttpCase):
    """The chat of the pages, as browsers use it."""

    def _post(self, user, order=None, body="Is it ready?", **values):
        """Post like the chat of the portal, or of the back office."""
        self._sign_in(user)
        return self.call_json(
            "/mail/message/post",
            thread_model="customer.service.order",
            thread_id=(order or self.order).id,
            post_data={"body": body, **COMMENT, **values},
        )

    def _fetch(self, user):
        self._sign_in(user)
        result = self.call_json(
            "/mail/chatter_fetch",
            thread_model="customer.service.order",
            thread_id=self.order.id,
        )
        return str(result)

    def _last_message(self):
        return self.order.sudo().message_ids[:1]

    def test_both_sides_see_what_the_customer_writes(self):
        self._post(self.anna)
        message = self._last_message()
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertEqual(len(self._activities()), 1)
        self.assertTrue(self._is_pending())
        self.assertIn("Is it ready?", self._fetch(self.anna))
        self.assertIn("Is it ready?", self._fetch(self.bert))
        self.assertIn("Is it ready?", message.with_user(self.erik).body)

    def test_a_note_stays_within_the_house(self):
        self._post(self.erik, body="Pays late", **NOTE)
        self._write(self.erik, Markup("<p>Tomorrow</p>"))
        page = self._fetch(self.anna)
        self.assertIn("Tomorrow", page)
        self.assertNotIn("Pays late", page)

    def test_a_customer_names_no_readers(self):
        self._post(self.anna, partner_ids=self.carla.partner_id.ids)
        self.assertEqual(self._readers(self._last_message()), ["Team Berlin"])

    @mute_logger("odoo.http")
    def test_strangers_and_unknown_orders_look_alike(self):
        for order in (self.order, self.orders.browse(987654321)):
            with self.assertRaisesRegex(JsonRpcException, "404|NotFound"):
                self._post(self.carla, order)
        self.assertFalse(self._is_pending())

    @mute_logger("odoo.http")
    def test_a_draft_has_no_chat_for_its_customer(self):
        draft = self._draft_as(self.anna, imei=self._next_imei())
        with self.assertRaisesRegex(JsonRpcException, "404|NotFound"):
            self._post(self.anna, draft)
        self._post(self.erik, draft)

    def test_a_visitor_with_the_link_writes_for_the_contact(self):
        token = self.order.sudo()._portal_ensure_token()
        self._sign_in(None)
        self.call_json(
            "/mail/message/post",
            thread_model="customer.service.order",
            thread_id=self.order.id,
            post_data={"body": "From my phone", **COMMENT},
            token=token,
        )
        message = self._last_message()
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertTrue(self._is_pending())

    def test_the_mail_about_an_answer_leads_to_the_order(self):
        self._write(self.erik, "Tomorrow")
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search(
                [("recipient_ids", "in", self.anna.partner_id.ids)],
                order="id desc",
                limit=1,
            )
        )
        self.assertIn("Tomorrow", mail.body_html)
        link = mail.body_html.split("/mail/view?")[1].split('"')[0]
        link = "/mail/view?" + link.replace("&amp;", "&")
        page = self.open_as(self.anna, link, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertIn(f"/my/service-orders/{self.order.id}", page.headers["Location"])

    def test_customers_do_not_read_who_has_to_answer(self):
        self._post(self.anna)
        for fields in (["customer_reply_pending"], ["activity_ids"], ["user_id"]):
            with (
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException, msg=fields),
            ):
                self.rpc_as(self.anna, self.order._name, "read", self.order.ids, fields)
        with self.assertRaises(AccessError):
            self.order.with_user(self.anna).customer_reply_pending = False

    def test_a_customer_sends_a_file_with_his_words(self):
        self._sign_in(self.anna)
        answer = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": Request.csrf_token(self),
                "thread_id": self.order.id,
                "thread_model": self.order._name,
                "is_pending": "true",
            },
            files=[("ufile", ("damage.txt", b"scratched", "text/plain"))],
        ).json()
        uploaded = answer["data"]["store_data"]["ir.attachment"][0]
        self._post(
            self.anna,
            attachment_ids=[uploaded["id"]],
            attachment_tokens=[uploaded["ownership_token"]],
        )
        files = self.order.sudo().public_attachment_ids
        self.assertEqual(files.mapped("name"), ["damage.txt"])
        self.assertEqual(files, self._last_message().attachment_ids)
