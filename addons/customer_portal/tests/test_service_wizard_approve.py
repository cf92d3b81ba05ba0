from lxml import html

from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .service_common import IMEI, OTHER_IMEI
from .service_wizard_pages import NEW_URL, ORDERS_URL, ServiceWizardCase


class TestServiceWizardApprove(ServiceWizardCase):
    """The draft: kept, gone on with, approved once, or thrown away."""

    # === SAVING A DRAFT === #

    def test_a_draft_may_have_gaps(self):
        answer = self._send(self.anna, step="save", device_name="iPhone 15")
        [order] = self.orders.search([])
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(
            answer.headers["Location"], f"{order.access_url}/edit?saved=1"
        )
        self.assertEqual((order.state, order.device_name), ("draft", "iPhone 15"))
        page = self.open_as(self.anna, f"{order.access_url}/edit?saved=1")
        self.assertIn("Your draft is saved.", self._named(page, "saved"))
        page = self.open_as(self.anna, f"{order.access_url}/edit")
        self.assertFalse(self._named(page, "saved"))

    def test_a_draft_may_hold_nothing_wrong(self):
        page = self._send(self.anna, step="save", imei="123", issue="Keep me")
        self.assertEqual(list(self._messages(page)), ["imei"])
        self.assertEqual(self._form_of(page)["issue"], "Keep me")
        self.assertFalse(self.orders.search([]))

    def test_a_draft_goes_on_where_it_was_left(self):
        typed = self._type(
            client_order_ref="PO-7",
            manufacturer="Apple",
            configuration="128 GB",
            serial_number="C02X1",
            imei2=OTHER_IMEI,
            accessories="Cable",
            device_condition="Scratched",
            purchase_date="2024-02-29",
            under_warranty="1",
            end_customer_name="Ms Miller",
            shipping_type_id=str(self.pickup.id),
        )
        order = self._draft_by_form(self.anna, step="save", **typed)
        page = self.open_as(self.anna, f"{order.access_url}/edit")
        shown = self._form_of(page)
        self.assertEqual({name: shown[name] for name in typed}, typed)
        url = f"{order.access_url}/edit"
        answer = self._send(self.anna, url, issue="Does not start", under_warranty="")
        self.assertURLEqual(answer.headers["Location"], f"{order.access_url}/summary")
        self.assertEqual(order.issue, "Does not start")
        self.assertEqual(order.client_order_ref, "PO-7")
        self.assertFalse(order.under_warranty)
        self.assertEqual(self.orders.search_count([]), 1)

    def test_a_draft_can_be_emptied_again(self):
        order = self._draft_by_form(self.anna, shipping_type_id=str(self.pickup.id))
        url = f"{order.access_url}/edit"
        self._send(self.anna, url, step="save", shipping_type_id="", issue="")
        self.assertFalse(order.issue)
        self.assertFalse(order.sudo().shipping_type_id)

    # === THE PASSCODE === #

    def test_a_stored_passcode_never_goes_to_the_browser(self):
        order = self._draft_by_form(self.anna, device_passcode="Geheim77")
        url = f"{order.access_url}/edit"
        for page in (url, f"{order.access_url}/summary"):
            self.assertNotIn("Geheim77", self.open_as(self.anna, page).text)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertEqual(self._rows(page)["Passcode"], "stored")
        page = self.open_as(self.anna, url)
        self.assertIn("Leave the field empty", self._named(page, "passcode_kept"))
        self._send(self.anna, url, device_name="iPhone 16")
        self.assertEqual(order.sudo().device_passcode, "Geheim77")
        self._send(self.anna, url, device_passcode="Neu88")
        self.assertEqual(order.sudo().device_passcode, "Neu88")
        self._send(self.anna, url, device_passcode_delete="1")
        self.assertFalse(order.sudo().device_passcode)

    # === APPROVING === #

    def test_approving_twice_sends_once(self):
        order = self._draft_by_form(self.anna)
        edition = order._get_edition()
        self._approve(self.anna, order)
        number = order.name
        url = f"{order.access_url}/approve"
        answer = self.post_as(self.anna, url, {"edition": edition})
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], order.access_url)
        self.assertEqual(order.name, number)
        self.write_mails()
        mails = self.env["mail.mail"].sudo().search([("subject", "ilike", number)])
        to_anna = mails.filtered(lambda it: self.anna.partner_id in it.recipient_ids)
        self.assertEqual(len(to_anna), 1)

    def test_what_changed_meanwhile_is_looked_at_once_more(self):
        order = self._draft_by_form(self.anna)
        edition = order._get_edition()
        self._send(self.anna, f"{order.access_url}/edit", issue="Smells burnt")
        url = f"{order.access_url}/approve"
        for outdated in ({"edition": edition}, {}, {"edition": "\x00"}):
            page = self.post_as(self.anna, url, outdated)
            self.assertEqual(page.status_code, 200)
            self.assertIn("has changed in the meantime", self._named(page, "notice"))
            self.assertIn("Smells burnt", page.text)
            self.assertEqual(order.state, "draft")
        answer = self.post_as(self.anna, url, {"edition": self._value(page, "edition")})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(order.state, "confirmed")

    def test_an_incomplete_order_says_what_is_missing_and_where(self):
        self._send(self.anna, step="save", **self._type(issue=""))
        order = self.orders.search([]).with_user(self.anna)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertEqual(self._faults(page), {"issue": "Please fill in “Issue”."})
        self.assertFalse(self._named(page, "approve"))
        url = f"{order.access_url}/approve"
        page = self.post_as(self.anna, url, {"edition": order._get_edition()})
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._faults(page), {"issue": "Please fill in “Issue”."})
        self.assertEqual(order.state, "draft")

    def _faults(self, page):
        """Return what keeps an order from being sent: ``{field: message}``."""
        links = html.fromstring(page.content).xpath("//*[@name='faults']//a")
        return {link.get("href").split("/edit#")[1]: link.text for link in links}

    def test_a_task_that_came_later_must_be_answered_as_well(self):
        order = self._draft_by_form(self.anna)
        edition = order._get_edition()
        task = self.find_my.copy({"name": "Is there a backup?"})
        page = self.post_as(
            self.anna, f"{order.access_url}/approve", {"edition": edition}
        )
        self.assertEqual(
            self._faults(page),
            {self._task(task): "Please answer “Is there a backup?”."},
        )
        self.assertEqual(order.state, "draft")

    def test_of_two_drafts_for_one_device_one_is_sent(self):
        first, second = self._draft_by_form(self.anna), self._draft_by_form(self.bert)
        edition = second._get_edition()
        self._approve(self.anna, first)
        message = f"There is an open order for this device already: {first.name}."
        page = self.open_as(self.bert, f"{second.access_url}/summary")
        self.assertEqual(self._faults(page), {"imei": message})
        url = f"{second.access_url}/approve"
        page = self.post_as(self.bert, url, {"edition": edition})
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._faults(page), {"imei": message})
        self.assertEqual((first.state, second.state), ("confirmed", "draft"))

    def test_terms_of_the_service_stand_on_the_summary(self):
        self.repair.terms = "We repair.\n<b>You</b> pay."
        order = self._draft_by_form(self.anna)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertIn("We repair. <b>You</b> pay.", self._named(page, "terms"))
        self.repair.terms = False
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertFalse(self._named(page, "terms"))

    # === ONE FORM, ONE DRAFT === #

    def test_a_form_sent_twice_leads_to_one_draft(self):
        data = self._form_of(self.open_as(self.anna, NEW_URL)) | self._type()
        data["step"] = "summary"
        self.post_as(self.anna, NEW_URL, data)
        order = self.orders.search([]).with_user(self.anna)
        answer = self.post_as(self.anna, NEW_URL, data)
        self.assertEqual(self.orders.search_count([]), 1)
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertURLEqual(page.url, f"{order.access_url}/summary")
        self._approve(self.anna, order)
        answer = self.post_as(self.anna, NEW_URL, data)
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertURLEqual(page.url, order.access_url)
        self.assertEqual(self.orders.search_count([]), 1)

    def test_a_form_without_a_token_is_renewed(self):
        for token in ("", "abc", "\x00"):
            page = self._send_whole(self.anna, form_token=token)
            self.assertIn("has been renewed", self._named(page, "errors"))
            self.assertEqual(self._form_of(page)["device_name"], "iPhone 15")
        self.assertFalse(self.orders.search([]))
        data = self._form_of(page) | {"step": "summary"}
        self.assertEqual(self.post_as(self.anna, NEW_URL, data).status_code, 303)

    def test_strange_tokens_lead_home(self):
        self._draft_by_form(self.anna)
        for token in ("abc", "%00", "a" * 300, "0" * 36):
            url = f"{ORDERS_URL}/by_token/{token}"
            self.assertMissing(self.open_as(self.anna, url, allow_redirects=False))

    # === THROWING AWAY === #

    def test_a_discarded_draft_is_gone(self):
        order = self._draft_by_form(self.anna)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertIn("Discard Draft", self._named(page, "discard"))
        answer = self.post_as(self.anna, f"{order.access_url}/cancel")
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], ORDERS_URL)
        self.assertFalse(order.exists())

    def test_a_sent_order_can_be_cancelled_until_it_arrives(self):
        order = self._draft_by_form(self.anna)
        self._approve(self.anna, order)
        answer = self.post_as(self.anna, f"{order.access_url}/cancel")
        self.assertURLEqual(answer.headers["Location"], order.access_url)
        self.assertEqual(order.state, "cancelled")

        order = self._draft_by_form(self.anna)
        self._approve(self.anna, order)
        order.with_user(self.erik).action_receive()
        page = self.post_as(self.anna, f"{order.access_url}/cancel")
        self.assertEqual(page.status_code, 200)
        self.assertIn("cannot become", page.text)
        self.assertEqual(order.state, "at_location")

    # === ONCE IT IS SENT === #

    def test_the_wizard_of_a_sent_order_leads_to_its_page(self):
        order = self._draft_by_form(self.anna)
        self._approve(self.anna, order)
        for page in ("edit", "summary"):
            answer = self.open_as(
                self.anna, f"{order.access_url}/{page}", allow_redirects=False
            )
            self.assertEqual(answer.status_code, 303)
            self.assertURLEqual(answer.headers["Location"], order.access_url)
        data = self._type(step="save", issue="Changed too late")
        answer = self.post_as(self.anna, f"{order.access_url}/edit", data)
        self.assertURLEqual(answer.headers["Location"], order.access_url)
        self.assertEqual(order.issue, "Does not charge")

    def test_nothing_of_it_works_by_remote_call(self):
        order = self._draft_by_form(self.anna)
        for method in ("_submit", "_save_draft", "_discard", "write"):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.rpc_as(self.anna, order._name, method, order.ids, {"issue": "x"})
        self.assertEqual((order.state, order.imei), ("draft", IMEI))
