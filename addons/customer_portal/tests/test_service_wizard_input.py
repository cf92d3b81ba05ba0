from lxml import html

from odoo.tools import mute_logger

from .service_common import IMEI
from .service_wizard_pages import NEW_URL, ORDERS_URL, ServiceWizardCase

TEXTS = (
    *("", "   ", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'),
    *("' onmouseover='alert(1)", "<svg/onload=alert(1)>", "javascript:alert(1)"),
    *("</textarea><script>", "{{7*7}}", "${7*7}", "<iframe srcdoc>", "]]><script>"),
    *('<t t-out="request.env.cr.dbname"/>', "<form action=//evil>", "&lt;b&gt;"),
    *("'", '"', "\\", "');--", "1;select pg_sleep(3)", "') OR 1=1--", '{"a":1}'),
    *("[('id','>',0)]", "|", "%", "_", "**", "a\x00b", "a\r\nBcc: a@b", "\u202ecod"),
    *("👩‍👩‍👧‍👦", "a" * 4000, "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1"),
)
NUMBERS = (
    *("-1", "0", "2147483648", "9" * 20, "1e308", "NaN", "inf", "1,5", "1.5", "٣"),
    *("abc", "1 OR 1=1", "[1]"),
)
DATES = (
    *("2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2027-03-28 02:30"),
    *("29.02.2028", "02/29/2028"),
)
CORPUS = (*TEXTS, *NUMBERS, *DATES, "../../etc/passwd", "%2e%2e%2f", "%00")
WHERE = ("location_id", "service_type_id", "shipping_type_id", "delivery_address_id")
LINES = (
    *("device_name", "manufacturer", "configuration", "serial_number"),
    *("accessories", "device_condition", "device_passcode", "client_order_ref"),
    "end_customer_name",
)
FIELDS = (
    *WHERE,
    *LINES,
    *("imei", "imei2", "purchase_date", "under_warranty", "issue", "form_token"),
    *("device", "device_passcode_delete"),
)

GET_PAGES = ("edit", "summary")


class TestServiceWizardInput(ServiceWizardCase):
    """Whatever a browser sends, the customer reads what is wrong and loses nothing."""

    def assertRefused(self, messages, **values):  # noqa: N802
        page = self._send_whole(self.anna, **values)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._messages(page), messages, values)
        self.assertEqual(self._form_of(page).get("issue"), "Does not charge")
        self.assertFalse(self.orders.search([]))
        return page

    # === FIELD BY FIELD === #

    def test_texts_have_an_end_and_no_secret_characters(self):
        label = self.orders._get_label
        for name in LINES:
            longest = f"“{label(name)}” may have 128 characters, not 129."
            self.assertRefused({name: longest}, **{name: "a" * 129})
            unusable = f"“{label(name)}” contains characters that cannot be used."
            self.assertRefused({name: unusable}, **{name: "a\x00b"})
            self.assertRefused({name: unusable}, **{name: "a\nb"})
        page = self._send_whole(self.anna, issue="a" * 10_001)
        message = "“Issue” may have 10000 characters, not 10001."
        self.assertEqual(self._messages(page), {"issue": message})
        order = self._draft_by_form(self.anna, issue="ä" * 10_000)
        self.assertEqual(len(order.issue), 10_000)

    def test_wrong_imeis_are_refused(self):
        for number in (
            *("354178036859780", "35417803685978", "3541780368597812", "0" * 15),
            *("354178O36859789", "٣" * 15, "'; --"),
        ):
            for name in ("imei", "imei2"):
                page = self._send_whole(self.anna, **{name: number})
                self.assertEqual(list(self._messages(page)), [name])
                self.assertIn("is not a valid IMEI.", self._messages(page)[name])
                self.assertEqual(self._form_of(page)[name], number)
        self.assertFalse(self.orders.search([]))

    def test_imeis_are_kept_without_their_separators(self):
        for number in ("35 4178 0368 59789", "35-417803-685978-9", f" {IMEI} "):
            order = self._draft_by_form(self.anna, imei=number)
            self.assertEqual(order.imei, IMEI)

    def test_days_of_purchase_that_cannot_be_are_refused(self):
        for day in ("2026-02-30", "0000-00-00", "abc", "2020-01-01\x00"):
            message = "“Purchase Date” is not a valid date."
            self.assertRefused({"purchase_date": message}, purchase_date=day)
        message = "The day of the purchase lies in the future."
        self.assertRefused({"purchase_date": message}, purchase_date="2999-12-31")

    # === TAMPERED CHOICES === #

    def test_what_is_not_offered_cannot_be_chosen(self):
        unpublished = self._create_location("Secret", portal_published=False)
        reserved = self._create_location("Reserved")
        reserved.allowed_partner_ids = self.krone
        for location in (str(unpublished.id), str(reserved.id), *NUMBERS):
            page = self._send_whole(self.anna, location_id=location)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(
                self._messages(page)["location_id"],
                "Please choose “Service Location” from the list.",
            )
            self.assertNotIn("Secret", page.text)
        other = self.env["customer.service.type"].create({"name": "Other Service"})
        message = {"service_type_id": "Please choose “Service” from the list."}
        self.assertRefused(message, service_type_id=str(other.id))

    def test_shipping_types_and_addresses_of_others_cannot_be_chosen(self):
        message = {
            "shipping_type_id": "Please choose “Delivery of the Device” from the list."
        }
        self.adler.service_shipping_type_ids = self.pickup
        self.assertRefused(message, shipping_type_id=str(self.bring.id))
        message = {"delivery_address_id": "Please choose “Return to” from the list."}
        for partner in (self.krone, self.carla.partner_id, self.erik.partner_id):
            page = self.assertRefused(message, delivery_address_id=str(partner.id))
            self.assertNotIn("Gasthof Krone", page.text)

    def test_an_offer_that_went_away_is_not_replaced_in_silence(self):
        data = self._type()
        self.berlin.portal_published = False
        page = self._send(self.anna, **data)
        self.assertEqual(
            self._messages(page)["location_id"],
            "Please choose “Service Location” from the list.",
        )
        self.assertEqual(self._options(page, "location_id"), (["Wien"], []))
        self.assertFalse(self.orders.search([]))

    def test_fields_that_the_form_does_not_have_are_ignored(self):
        forged = {
            "state": "completed",
            "name": "SRV99999999",
            "partner_id": self.carla.partner_id.id,
            "commercial_partner_id": self.krone.id,
            "company_id": "99",
            "user_id": self.erik.id,
            "internal_ref": "Forged",
            "internal_note": "Forged",
            "diagnosis": "Forged",
            "promised_date": "2030-01-01",
            "access_token": "forged",
            "create_uid": "1",
            "is_exclusive": "1",
            "answer_ids": "[(5,)]",
            "sudo": "1",
            "context": "{'lang': 'de_DE'}",
            "self": "1",
            "order_id": "1",
            "active": "",
        }
        order = self._draft_by_form(self.anna, **forged).sudo()
        self.assertEqual((order.state, order.name), ("draft", "/"))
        self.assertEqual(order.partner_id, self.anna.partner_id)
        self.assertEqual(order.commercial_partner_id, self.adler)
        self.assertEqual(order.company_id, self.company)
        for name in ("user_id", "internal_ref", "internal_note", "diagnosis"):
            self.assertFalse(order[name], name)
        self.assertFalse(order.promised_date)
        self.assertNotEqual(order.access_token, "forged")
        self._send(self.anna, f"{order.access_url}/edit", **forged)
        self.assertEqual(order.partner_id, self.anna.partner_id)
        self.assertEqual(order.state, "draft")

    # === ALL KINDS OF JUNK === #

    def test_junk_in_all_fields_breaks_no_page(self):
        tasks = (self._task(self.find_my), self._task(self.damage))
        for value in CORPUS:
            junk = dict.fromkeys((*FIELDS, *tasks), value)
            for step in ("summary", "refresh", "device"):
                page = self._post_whole(self.anna, step=step, **junk)
                self.assertEqual(page.status_code, 200, value)
        self.assertFalse(self.orders.search([]))

    def test_junk_in_single_fields_breaks_no_page(self):
        tasks = (self._task(self.find_my), self._task(self.damage))
        for name in (*FIELDS, *tasks):
            for value in ("\x00", "9" * 20, "<script>alert(1)</script>", "٣"):
                answer = self._post_whole(self.anna, step="save", **{name: value})
                self.assertIn(answer.status_code, (200, 303), (name, value))

    def test_texts_are_kept_as_they_are_and_never_live(self):
        names = ("device_name", "manufacturer", "client_order_ref", "issue")
        for value in TEXTS:
            typed = dict.fromkeys((*names, self._task(self.damage)), value)
            answer = self._post_whole(self.anna, **typed)
            self.assertIn(answer.status_code, (200, 303), value)
            if answer.status_code == 200:
                self.assertTrue(self._messages(answer))
                continue
            order = self.orders.search([], limit=1)
            self.assertEqual(order.device_name, value.strip())
            for page in ("summary", "edit"):
                page = self.open_as(self.anna, f"{order.access_url}/{page}")
                self.assertEqual(page.status_code, 200)
                self.assertNotIn("<script>alert(1)", page.text)
                self.assertNotIn("<img src=x", page.text)
                live = html.fromstring(page.content).xpath("//svg[@onload] | //iframe")
                self.assertFalse(live)

    def test_strange_steps_and_parameters_break_no_page(self):
        order = self._draft_by_form(self.anna)
        pages = (NEW_URL, *(f"{order.access_url}/{it}" for it in GET_PAGES))
        for value in CORPUS[::3]:
            for page in pages:
                params = dict.fromkeys(("saved", "sent", "step", "context"), value)
                self.assertEqual(self._get(page, params).status_code, 200, value)
            answer = self._post_whole(self.anna, step=value, issue="")
            self.assertEqual(answer.status_code, 200, value)
            for act in ("approve", "cancel"):
                url = f"{ORDERS_URL}/{2**31 - 1}/{act}"
                answer = self.post_as(self.anna, url, {"edition": value})
                self.assertEqual(answer.status_code, 404, value)

    def _get(self, url, params):
        self._sign_in(self.anna)
        return self.url_open(url, params=params)

    def test_a_form_of_another_shape_breaks_no_page(self):
        extra = {f"extra_{number}": "x" for number in range(900)}
        answer = self._send_whole(self.anna, **extra)
        self.assertIn(answer.status_code, (303, 413))
        answer = self.post_as(self.anna, NEW_URL, {"step": "summary"})
        self.assertEqual(answer.status_code, 200)
        for name in self._type():
            data = self._type() | {"step": "summary"}
            del data[name]
            self.assertEqual(self.post_as(self.anna, NEW_URL, data).status_code, 200)
        twice = [("location_id", str(self.berlin.id)), ("location_id", "0")]
        token = self._form_of(self.open_as(self.anna, NEW_URL))["form_token"]
        data = [("csrf_token", self._csrf()), ("form_token", token), *twice]
        answer = self.url_open(NEW_URL, data=data, allow_redirects=False)
        self.assertEqual(answer.status_code, 200)

    def _csrf(self):
        page = self.open_as(self.anna, NEW_URL)
        return self._value(page, "csrf_token")

    def test_only_forms_of_ours_are_taken(self):
        order = self._draft_by_form(self.anna)
        self._sign_in(self.anna)
        urls = (NEW_URL, *(f"{order.access_url}/{it}" for it in ("edit", "approve")))
        with mute_logger("odoo.http"):
            for url in urls:
                answer = self.url_open(url, data=self._type(), allow_redirects=False)
                self.assertEqual(answer.status_code, 400, url)
                answer = self.url_open(url, json={"a": 1}, allow_redirects=False)
                self.assertEqual(answer.status_code, 400, url)
            for act in ("approve", "cancel"):
                answer = self.url_open(f"{order.access_url}/{act}")
                self.assertIn(answer.status_code, (404, 405))
        self.assertEqual(order.state, "draft")

    # === WHAT AN OUTSIDE REGISTRY KNOWS === #

    def test_what_the_lookup_knows_stands_instead_of_what_was_typed(self):
        asked = []

        def look_up(_orders, serial_number, imei):
            asked.append((serial_number, imei))
            return {"device_name": "iPhone 15 Pro", "serial_number": "dx 3"}

        self.patch(type(self.orders), "_lookup_device", look_up)
        order = self._draft_by_form(
            self.anna, imei="35 4178 0368 59789", device_name=""
        )
        self.assertEqual(asked, [(False, IMEI)])
        self.assertEqual(order.device_name, "iPhone 15 Pro")
        self.assertEqual(order.serial_number, "DX3")
        page = self._send_whole(self.anna, issue="")
        self.assertEqual(self._form_of(page)["device_name"], "iPhone 15 Pro")
