from odoo.tools import mute_logger

from .service_common import IMEI, OTHER_IMEI
from .service_wizard_pages import NEW_URL, ORDERS_URL, ServiceWizardCase

ACTS = ("edit", "approve", "cancel")


class TestServiceWizardAccess(ServiceWizardCase):
    """Who creates orders in the portal, and whose drafts are whose."""

    # === DRAFTS ARE PRIVATE === #

    def test_a_draft_is_missing_for_everybody_else(self):
        order = self._draft_by_form(self.anna)
        for user in (self.bert, self.carla):
            self.assertAllMissing(user, order.id, order._get_edition())
        self.assertEqual((order.state, order.issue), ("draft", "Does not charge"))

    def test_orders_that_do_not_exist_are_missing(self):
        for order_id in (0, 2**31 - 1, 2**40):
            self.assertAllMissing(self.anna, order_id, "x")

    def assertAllMissing(self, user, order_id, edition):  # noqa: N802
        url = f"{ORDERS_URL}/{order_id}"
        for page in ("edit", "summary"):
            answer = self.open_as(user, f"{url}/{page}", allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertURLEqual(answer.headers["Location"], "/my")
        for act in ACTS:
            data = self._type(edition=edition, step="save", issue="Changed")
            self.assertEqual(self.post_as(user, f"{url}/{act}", data).status_code, 404)

    def test_a_sent_order_of_a_colleague_is_seen_but_not_edited(self):
        order = self._draft_by_form(self.anna)
        self._approve(self.anna, order)
        data = self._type(step="save", issue="Changed")
        answer = self.post_as(self.bert, f"{order.access_url}/edit", data)
        self.assertURLEqual(answer.headers["Location"], order.access_url)
        self.assertEqual(order.issue, "Does not charge")

    def test_a_token_leads_nobody_to_a_foreign_draft(self):
        page = self.open_as(self.anna, NEW_URL)
        token = self.form_token(page)
        self.post_as(self.anna, NEW_URL, self._form_of(page) | self._type())
        url = f"{ORDERS_URL}/by_token/{token}"
        answer = self.open_as(self.bert, url, allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/my")
        with mute_logger("odoo.sql_db"):
            answer = self._send_whole(self.bert, form_token=token, imei=OTHER_IMEI)
        page = self.open_as(self.bert, answer.headers["Location"])
        self.assertURLEqual(page.url, "/my")
        self.assertEqual(self.orders.search([]).partner_id, self.anna.partner_id)

    def test_nobody_creates_an_order_without_signing_in(self):
        for url in (NEW_URL, f"{ORDERS_URL}/1/edit", f"{ORDERS_URL}/1/summary"):
            answer = self.open_as(None, url, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertIn("/web/login", answer.headers["Location"])

    # === EMPLOYEES === #

    def test_employees_are_led_to_the_back_office(self):
        office = "/odoo/action-customer_portal.customer_service_order_action/new"
        for user in (self.erik, self._create_user("Ida", "base.group_user")):
            page = self.open_as(user, NEW_URL)
            self.assertEqual(page.status_code, 200)
            self.assertIn(f'href="{office}"', page.text)
            self.assertFalse(self._texts(page, "//input[@name='device_name']"))

    def test_employees_cannot_send_any_of_the_forms(self):
        order = self._draft_by_form(self.anna)
        urls = (NEW_URL, *(f"{order.access_url}/{it}" for it in ACTS))
        for user in (self.erik, self._create_user("Ida", "base.group_user")):
            for url in urls:
                data = self._type(edition=order._get_edition(), step="save")
                self.assertEqual(self.post_as(user, url, data).status_code, 403, url)
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.orders.search_count([]), 1)

    def test_employees_see_drafts_in_the_back_office(self):
        order = self._draft_by_form(self.anna)
        for page in ("edit", "summary"):
            answer = self.open_as(
                self.erik, f"{order.access_url}/{page}", allow_redirects=False
            )
            self.assertEqual(answer.status_code, 303)
            self.assertURLEqual(answer.headers["Location"], order.access_url)

    # === NOTHING IS OFFERED === #

    def test_without_a_location_there_is_no_form(self):
        order = self._draft_by_form(self.anna)
        (self.berlin | self.wien).portal_published = False
        answer = self.open_as(self.anna, NEW_URL, allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/my")
        answer = self.post_as(self.anna, NEW_URL, self._type(step="save"))
        self.assertEqual(answer.status_code, 403)
        self.assertEqual(self.orders.search_count([]), 1)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertIn("Please choose “Service Location”", self._named(page, "faults"))
        page = self.open_as(self.anna, f"{order.access_url}/edit")
        self.assertEqual(self._options(page, "location_id"), ([], []))

    def test_locations_are_offered_to_those_they_are_for(self):
        self.wien.allowed_partner_ids = self.krone
        page = self.open_as(self.anna, NEW_URL)
        self.assertNotIn("Wien", page.text)
        page = self.open_as(self.carla, NEW_URL)
        self.assertEqual(self._options(page, "location_id")[0], ["Berlin", "Wien"])
        self.krone.service_location_ids = self.wien
        page = self.open_as(self.carla, NEW_URL)
        self.assertEqual(self._form_of(page)["location_id"], str(self.wien.id))

    # === KNOWN DEVICES === #

    def test_a_known_device_is_taken_over(self):
        order = self._order_as(
            self.bert,
            manufacturer="Apple",
            serial_number="C02X1",
            purchase_date="2024-02-29",
            end_customer_name="Ms Miller",
            imei=IMEI,
        )
        device = order.sudo().device_id
        page = self._send(
            self.anna,
            step="device",
            device=str(device.id),
            issue="Keep me",
            device_name="Old",
        )
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._messages(page), {})
        shown = self._form_of(page)
        expected = {
            "device_name": "iPhone 15",
            "manufacturer": "Apple",
            "serial_number": "C02X1",
            "imei": IMEI,
            "purchase_date": "2024-02-29",
            "end_customer_name": "Ms Miller",
            "issue": "Keep me",
        }
        self.assertEqual({name: shown[name] for name in expected}, expected)
        self.assertNotIn("under_warranty", shown)
        device.warranty_end = "2999-12-31"
        page = self._send(self.anna, step="device", device=str(device.id))
        self.assertEqual(self._form_of(page)["under_warranty"], "1")

    def test_devices_of_others_cannot_be_taken_over(self):
        device = self._order_as(self.carla, device_name="Secret").sudo().device_id
        page = self.open_as(self.anna, NEW_URL)
        self.assertNotIn("One of Your Devices", page.text)
        for forged in (str(device.id), "0", "abc", "\x00"):
            page = self._send(self.anna, step="device", device=forged)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("Secret", page.text)

    def test_who_sees_his_own_orders_sees_his_own_devices(self):
        self._order_as(self.anna, device_name="Of Anna", imei=IMEI)
        self._order_as(self.bert, device_name="Of Bert", imei=OTHER_IMEI)
        page = self.open_as(self.bert, NEW_URL)
        names = [f"Of Bert ({OTHER_IMEI})", f"Of Anna ({IMEI})"]
        self.assertEqual(self._options(page, "device")[0], names)
        self.bert.partner_id.service_scope = "own"
        page = self.open_as(self.bert, NEW_URL)
        self.assertEqual(self._options(page, "device")[0], names[:1])

    # === ONE OPEN ORDER FOR A DEVICE === #

    def test_an_open_order_for_the_device_is_named(self):
        order = self._order_as(self.anna, imei=IMEI)
        page = self._send_whole(self.bert, imei="35 4178 0368 59789")
        self.assertEqual(
            self._messages(page),
            {"imei": f"There is an open order for this device already: {order.name}."},
        )
        self.assertIn(f'href="{order.access_url}"', page.text)
        self.bert.partner_id.service_scope = "own"
        page = self._send_whole(self.bert)
        self.assertEqual(list(self._messages(page)), ["imei"])
        self.assertNotIn(f'href="{order.access_url}"', page.text)

    def test_another_customers_order_for_the_device_is_not_mentioned(self):
        self._order_as(self.anna, imei=IMEI)
        order = self._draft_by_form(self.carla)
        self._approve(self.carla, order)
        self.assertEqual(order.state, "submitted")
