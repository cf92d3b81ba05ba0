"""What a visitor must not achieve, tried through every door that is open to him."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.customer_portal.controllers.portal_form import new_form_token

from .common import ContainerCase
from .test_portal_case import (
    CHECK_URL,
    ONSITE_URL,
    REQUESTS_URL,
    SUBMIT_URL,
    ContainerPortalCase,
)

HANDOVER_URL = "/report/html/container_rental.report_container_handover"


class TestContainerDoors(ContainerPortalCase):
    def assertDenied(self, method, *args, model="container.request", user=None):  # noqa: N802
        with (
            self.assertRaisesRegex(JsonRpcException, "AccessError"),
            mute_logger("odoo.http"),
        ):
            self.rpc_as(user or self.anna, model, method, *args)

    # === CHANNELS BESIDE THE PAGES === #

    def test_words_of_internal_notes_cannot_be_guessed(self):
        rental = self._approved_as(self.anna).rental_ids
        request = rental.request_id
        for record in (request, rental):
            record.message_post(body="Pays late", subtype_xmlid="mail.mt_note")
            for field in ("message_ids", "website_message_ids"):
                domain = [(f"{field}.body", "ilike", "late")]
                self.assertDenied("search", domain, model=record._name)
                self.assertDenied("read", record.ids, [field], model=record._name)
        self.assertDenied(
            "search",
            [("request_id.message_ids.body", "ilike", "late")],
            model="container.rental",
        )

    def test_chat_shows_no_internal_note(self):
        request = self._request_as(self.anna)
        for body, subtype in (
            ("Pays late", "mail.mt_note"),
            ("Welcome", "mail.mt_comment"),
        ):
            request.message_post(
                body=body, message_type="comment", subtype_xmlid=subtype
            )
        self._sign_in(self.anna)
        thread = {"thread_model": "container.request", "thread_id": request.id}
        chat = str(self.call_json("/mail/chatter_fetch", **thread))
        self.assertIn("Welcome", chat)
        self.assertNotIn("Pays late", chat)
        self._sign_in(self.carla)
        self.assertNotIn(
            "Welcome", str(self.call_json("/mail/chatter_fetch", **thread))
        )

    def test_how_the_laundry_works_inside_is_not_the_customers_to_read(self):
        self.company.container_admin_email = "boss@test.example"
        for field in (
            "container_admin_email",
            "container_admin_user_ids",
            "container_auto_release",
            "container_reminder_days",
        ):
            company = self.company.ids
            self.assertDenied("read", company, [field], model="res.company")

    def test_papers_are_printed_by_staff_alone(self):
        own = self._approved_as(self.anna)
        undecided = self._request_as(self.anna)
        foreign = self._request_as(self.carla)
        colleague = self._create_user("Ivo", "base.group_user")
        with mute_logger("odoo.http"):
            for number in (own.id, undecided.id, foreign.id, 2**31 - 1, 0):
                for user in (self.anna, colleague):
                    page = self.open_as(user, f"{HANDOVER_URL}/{number}")
                    self.assertEqual(page.status_code, 403, number)
        page = self.open_as(self.erik, f"{HANDOVER_URL}/{own.id}")
        self.assertIn("C-001", page.text)

    def test_link_of_a_mail_leads_to_the_request(self):
        """The button of each mail about the chat; nobody may read its token."""
        request = self._request_as(self.anna)
        link = f"/mail/view?model=container.request&res_id={request.id}"
        with_token = f"{link}&access_token={request.sudo()._portal_ensure_token()}"
        for url in (link, with_token):
            page = self.open_as(self.bert, url)
            self.assertEqual(page.status_code, 200)
            self.assertURLEqual(page.url.split("?")[0], request.access_url)
            self.assertNotIn(request.sudo().access_token, page.url)
        page = self.open_as(self.carla, link, allow_redirects=False)
        self.assertMissing(page)
        with self.assertRaisesRegex(JsonRpcException, "AccessError"):
            with mute_logger("odoo.http"):
                self.rpc_as(
                    self.carla, "container.request", "get_portal_url", request.ids
                )

    # === WHO MAY ASK === #

    def test_employee_without_the_role_asks_for_nothing(self):
        ivo = self._create_user("Ivo", "base.group_user")
        data = {
            "form_token": new_form_token(),
            "quantity": "1",
            "type_id": self.type_600.id,
        }
        with mute_logger("odoo.http"):
            self.assertEqual(self.post_as(ivo, SUBMIT_URL, data).status_code, 403)
            self.assertEqual(self.open_as(ivo, REQUESTS_URL).status_code, 403)
            with self.assertRaisesRegex(JsonRpcException, "AccessError"):
                self.call_json(CHECK_URL)
        self.assertFalse(self._requests())

    def test_contact_of_an_archived_company(self):
        self.adler.active = False
        for url in (ONSITE_URL, REQUESTS_URL):
            self.assertEqual(self.open_as(self.anna, url).status_code, 200, url)
        self.assertIn("delivery_text", self.call_json(CHECK_URL))
        request, _page = self._send_and_read(self.anna)
        self.assertEqual(request.address_id, self.adler)

    def test_archived_address_is_not_offered(self):
        kitchen = self._create_address(self.adler)
        self.assertIn("Kitchen", self.open_as(self.anna, REQUESTS_URL).text)
        kitchen.active = False
        self.assertNotIn("Kitchen", self.open_as(self.anna, REQUESTS_URL).text)
        answer = self._send(self.anna, address_id=kitchen.id)
        self.assertEqual(len(self._messages(answer)), 1)
        self.assertFalse(self._requests())

    def test_type_that_is_out_of_use_is_no_standard(self):
        self.type_1000.active = False
        answer = self._send(self.anna)
        self.assertEqual(self._messages(answer), ["Please fill in “Container Type”."])
        answer = self._send(self.anna, type_id=self.type_1000.id)
        self.assertEqual(len(self._messages(answer)), 1)
        request, _page = self._send_and_read(self.anna, type_id=self.type_600.id)
        self.assertEqual(request.type_id, self.type_600)

    def test_contact_takes_nothing_to_his_next_company(self):
        request = self._request_as(self.carla)
        self.assertEqual(self.open_as(self.carla, request.access_url).status_code, 200)
        self.carla.partner_id.parent_id = self.adler
        self.assertMissing(self.open_as(self.carla, request.access_url))
        own = self._request_as(self.anna)
        page = self.open_as(self.carla, own.access_url)
        self.assertURLEqual(page.url, own.access_url)

    # === WITHOUT A TOKEN === #

    def test_no_token_finds_nothing(self):
        """What staff typed in has no token, and was found by an empty one."""
        requests = self.env["container.request"].with_user(self.anna)
        for _request in range(2):
            self.env["container.request"].create(
                {"partner_id": self.anna.partner_id.id, "type_id": self.type_600.id}
            )
        for token in ("", None, False):
            self.assertFalse(requests._find_by_token(token))


class TestContainerStaffDoors(ContainerCase):
    def test_container_at_a_customer_cannot_be_archived(self):
        container = self._issued_as(self.anna).container_id
        for nothing in (False, 0, None, ""):
            with self.assertRaises(UserError):
                container.write({"active": nothing})

    def test_agreements_are_the_business_of_container_staff(self):
        ivo = new_test_user(
            self.env, "ivo", "base.group_user,base.group_partner_manager"
        )
        adler = self.adler.with_user(ivo)
        fields = [name for name in adler._fields if name.startswith("container_")]
        self.assertTrue(fields)
        for name in fields:
            with self.assertRaises(AccessError, msg=name):
                adler.read([name])
            with self.assertRaises(AccessError, msg=name):
                adler.write({name: False})
        self.assertTrue(adler.copy())

    def test_customer_with_containers_cannot_be_deleted(self):
        self._approved_as(self.anna)
        self.anna.partner_id.parent_id = False
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.adler.unlink()
