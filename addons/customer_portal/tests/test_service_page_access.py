from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .service_page_case import JUNK, URL, ServicePageCase

OFFICE_URL = "/odoo/action-customer_portal.customer_service_order_action"
SECRETS = ("pays late", "geheim77", "angry customer")
# What customers read of an order by any way, the page or a remote call.
READABLE = {
    *("id", "display_name", "create_date", "create_uid", "write_date", "write_uid"),
    # of chatter, activities and the portal
    *("access_url", "access_warning", "activity_type_icon", "has_message"),
    *("message_has_error", "message_has_error_counter", "message_is_follower"),
    *("message_needaction", "message_needaction_counter"),
    # numbers and people
    *("name", "client_order_ref", "internal_ref", "date_order", "state"),
    *("partner_id", "commercial_partner_id", "company_id", "end_customer_name"),
    # what is to be done, where
    *("location_id", "service_type_id", "shipping_type_id", "delivery_address_id"),
    *("device_name", "manufacturer", "configuration", "serial_number", "imei"),
    *("imei2", "accessories", "device_condition", "purchase_date", "under_warranty"),
    *("issue", "diagnosis", "resolution", "cancel_reason"),
    # how far it is
    *("status_id", "waiting_for", "quote_state", "confirmed_on", "received_on"),
    *("completed_on", "promised_date", "shipment_id", "inbound_tracking"),
    *("outbound_tracking", "currency_id"),
}
# Listed, but they come from activities, which customers may not read.
ACTIVITY_FIELDS = {"activity_exception_decoration", "activity_exception_icon"}


class TestServicePageAccess(ServicePageCase):
    """Who reads an order, and what nobody but the workshop reads."""

    def setUp(self):
        super().setUp()
        self.order = self._received_order(self.anna)
        self.order_sudo = self.order.sudo()
        self.order_sudo.write(
            {"internal_note": "<p>pays late</p>", "device_passcode": "geheim77"}
        )
        self.order.with_user(self.erik).message_post(body="angry customer")

    def _open(self, user, order=None, **params):
        url = (order or self.order).access_url
        return self.open_as(user, url, params=params, allow_redirects=False)

    def _token_page(self, user=None, order=None, **params):
        token = (order or self.order).sudo()._portal_ensure_token()
        return self._open(user, order, access_token=token, **params)

    # === SIGNED IN === #

    def test_colleagues_read_it_and_others_do_not(self):
        for user in (self.anna, self.bert):
            self.assertEqual(self._open(user).status_code, 200)
        self.assertMissing(self._open(self.carla))
        self.bert.partner_id.service_scope = "own"
        self.assertMissing(self._open(self.bert))

    def test_foreign_and_missing_orders_get_the_same_answer(self):
        draft = self._draft_as(self.anna, imei=self._next_imei())
        for user, url in (
            (self.carla, self.order.access_url),
            (self.carla, f"{URL}/99999999"),
            (self.bert, draft.access_url),
            (None, self.order.access_url),
            (None, f"{URL}/99999999"),
        ):
            answer = self.open_as(user, url, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, url)
            self.assertURLEqual(answer.headers["Location"], "/my")

    @mute_logger("odoo.http")
    def test_acts_of_strangers_find_nothing(self):
        for act in ("cancel", "upload"):
            answer = self.post_as(self.carla, f"{self.order.access_url}/{act}")
            self.assertEqual(answer.status_code, 404, act)
        self.assertEqual(self.order_sudo.state, "at_location")

    def test_junk_in_the_address_is_answered(self):
        for junk in JUNK:
            names = ("access_token", "sent", "nope", "context")
            params = dict.fromkeys(names, junk)
            self.assertEqual(self._open(self.anna, **params).status_code, 200)
            self.assertMissing(self._open(self.carla, **params))

    # === WHAT IS INTERNAL === #

    def test_no_page_shows_what_is_internal(self):
        for page in (self._open(self.anna), self._token_page(), self._open(self.erik)):
            self.assertEqual(page.status_code, 200)
            for secret in (*SECRETS, self.order_sudo.form_token or "form_token_x"):
                self.assertNotIn(secret, page.text)

    def test_page_of_who_is_signed_in_shows_no_token(self):
        token = self.order_sudo._portal_ensure_token()
        for user in (self.anna, self.erik):
            self.assertNotIn(token, self._open(user).text)

    def test_chat_shows_what_was_written_to_the_customer_alone(self):
        self.order.with_user(self.erik).message_post(
            body="Almost done", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self._sign_in(self.anna)
        found = self.call_json(
            "/mail/chatter_fetch",
            thread_model=self.order._name,
            thread_id=self.order.id,
        )
        bodies = str(found["data"])
        self.assertIn("Almost done", bodies)
        for secret in SECRETS:
            self.assertNotIn(secret, bodies)

    def test_customers_read_these_fields_and_no_others(self):
        name = self.order._name
        listed = set(self.rpc_as(self.anna, name, "fields_get", [], ["type"]))
        self.assertEqual(listed - ACTIVITY_FIELDS, READABLE)
        [values] = self.rpc_as(
            self.anna, name, "read", self.order.ids, sorted(READABLE)
        )
        self.assertEqual(set(values), READABLE)
        for field in sorted(set(self.orders._fields) - READABLE):
            with self.assertRaises(AccessError, msg=field):
                self.order.read([field])

    @mute_logger("odoo.http")
    def test_customers_neither_search_nor_group_by_what_they_cannot_read(self):
        name = self.order._name
        for field in ("internal_note", "device_passcode", "access_token", "form_token"):
            for method, args in (
                ("search_count", [[(field, "like", "a")]]),
                ("formatted_read_group", [[], [field], []]),
                ("search_read", [[], [field]]),
            ):
                with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                    self.rpc_as(self.anna, name, method, *args)

    # === EMPLOYEES === #

    def test_technicians_see_the_page_as_a_preview(self):
        page = self._open(self.erik)
        self.assertEqual(
            self._section(page, "preview"),
            "This is the page of the customer. Open in the back office",
        )
        links = self._links(page, "//*[@name='preview']//a")
        self.assertEqual(links, [f"{OFFICE_URL}/{self.order.id}"])
        for part in ("cancel", "upload", "sign_in"):
            self.assertIsNone(self._section(page, part), part)
        [allowed] = self._attributes(
            page, "//*[@id='discussion']", "data-allow_composer"
        )
        self.assertEqual(allowed, "0")

    def test_preview_shows_the_amounts_that_the_contact_sees(self):
        self._quote(self.order, price=4711)
        self.assertIn("4,711", self._open(self.erik).text)
        self.anna.partner_id.service_hide_prices = True
        self.assertNotIn("4,711", self._open(self.erik).text)

    def test_draft_leads_technicians_to_the_back_office(self):
        draft = self._draft_as(self.anna, imei=self._next_imei())
        answer = self._open(self.erik, draft)
        self.assertURLEqual(answer.headers["Location"], f"{OFFICE_URL}/{draft.id}")

    def test_employees_who_do_not_work_with_orders_see_none(self):
        clerk = self._create_user("Clerk", "base.group_user")
        self.assertMissing(self._open(clerk))

    # === BY THE LINK OF A MAIL === #

    def test_link_of_a_mail_shows_the_page_without_signing_in(self):
        self._quote(self.order, price=4711)
        page = self._token_page()
        self.assertEqual(page.status_code, 200)
        self.assertEqual(
            self._texts(page, "//h1"), [f"Service Order {self.order_sudo.name}"]
        )
        self.assertIn("4,711", page.text)
        for part in ("cancel", "upload", "preview"):
            self.assertIsNone(self._section(page, part), part)
        [allowed] = self._attributes(
            page, "//*[@id='discussion']", "data-allow_composer"
        )
        self.assertEqual(allowed, "0")
        links = self._links(page, "//*[@name='sign_in' or @name='awaited']//a")
        self.assertEqual(links, [f"/web/login?redirect={self.order.access_url}"] * 2)

    def test_link_of_a_mail_leads_to_its_files_and_its_paper(self):
        [file] = self.order_sudo._add_files([("note.txt", b"a", "text/plain")])
        page = self._token_page()
        token = self.order_sudo.access_token
        [link] = self._links(page, "//section[@name='files']//li/a")
        self.assertEqual(
            link,
            f"{self.order.access_url}/attachment/{file.id}?access_token={token}",
        )
        self.assertEqual(self.open_as(None, link).content, b"a")
        [link] = self._links(page, "//a[@name='pdf']")
        self.assertEqual(link, f"{self.order.access_url}/pdf?access_token={token}")
        wrong = f"{self.order.access_url}/attachment/{file.id}?access_token=x"
        with mute_logger("odoo.http"):
            self.assertEqual(self.open_as(None, wrong).status_code, 404)

    def test_wrong_token_opens_nothing(self):
        own = self.order_sudo._portal_ensure_token()
        other = self._new_order(self.carla)
        for token in ("", "x", own[:-1], own.upper(), "ä", "😀", own + "\x00"):
            for user in (None, self.carla):
                self.assertMissing(self._open(user, access_token=token))
        self.assertMissing(self._open(None, other, access_token=own))

    def test_order_without_a_token_is_not_opened_by_none(self):
        order = self._many_orders(self.anna, 1)
        self.assertFalse(order.sudo().access_token)
        for token in ("", "False", "None"):
            self.assertMissing(self._open(None, order, access_token=token))

    def test_no_link_opens_a_draft(self):
        draft = self._draft_as(self.anna, imei=self._next_imei())
        for user in (None, self.carla, self.bert):
            self.assertMissing(self._token_page(user, draft))

    def test_stranger_with_the_link_reads_the_page_and_does_nothing(self):
        page = self._token_page(self.carla)
        self.assertEqual(page.status_code, 200)
        for part in ("cancel", "upload", "preview", "sign_in"):
            self.assertIsNone(self._section(page, part), part)

    def test_link_shows_amounts_to_those_who_see_amounts(self):
        self._quote(self.order, price=4711)
        self.anna.partner_id.service_hide_prices = True
        self.assertNotIn("4,711", self._token_page().text)
        self.anna.partner_id.service_hide_prices = False
        self.bert.partner_id.write(
            {"service_hide_prices": True, "service_scope": "own"}
        )
        page = self._token_page(self.bert)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("4,711", page.text)

    def test_page_is_kept_by_no_browser_and_framed_by_no_site(self):
        for page in (self._open(self.anna), self._token_page()):
            self.assertIn("no-store", page.headers["Cache-Control"])
            self.assertEqual(page.headers["X-Frame-Options"], "SAMEORIGIN")
