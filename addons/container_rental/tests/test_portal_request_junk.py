from odoo.tests import freeze_time, tagged

from odoo.addons.customer_portal.controllers.portal_form import new_form_token

from .common import TUESDAY_MORNING
from .test_portal_case import REQUESTS_URL, SUBMIT_URL, ContainerPortalCase

JUNK = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}"),
    *("'; select pg_sleep(3) --", "[('id','>',0)]", "%", "_", "**", "\x00", "a\x00b"),
    *("-1", "0", "1e308", "NaN", "٣", "9" * 30, "a" * 4000, "=1+1", "👩‍👧", "\u202e"),
)
FIELDS = ("type_id", "address_id", "requested_date", "quantity", "remark", "form_token")


@tagged("-at_install", "post_install")
@freeze_time(TUESDAY_MORNING)
class TestPortalRequestJunk(ContainerPortalCase):
    """Whatever a browser sends, the customer reads what is wrong and loses nothing."""

    def assertRefused(self, message, **values):  # noqa: N802
        page = self._send(self.anna, **values)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._messages(page), [message], values)
        self.assertFalse(self._requests())
        return page

    # === SINGLE FIELDS === #

    def test_days_that_do_not_exist_are_refused(self):
        for day in ("2026-02-30", "abc", "0000-00-00", "10000-01-01", "2026-12-03\x00"):
            self.assertRefused(
                "“Requested Day” is not a valid date.", requested_date=day
            )

    def test_days_in_the_past_are_refused(self):
        for day in ("2026-11-30", "1999-12-31"):
            self.assertRefused(
                "The requested day lies in the past.", requested_date=day
            )

    def test_days_too_far_ahead_are_refused(self):
        for day in ("2028-01-06", "9999-12-31"):
            self.assertRefused(
                "The requested day is too far ahead.", requested_date=day
            )

    def test_today_is_only_too_early(self):
        page = self._send(self.anna, requested_date="2026-12-01")
        self.assertEqual(self._messages(page), [])
        self.assertIn("Tuesday is no delivery day", page.text)

    def test_quantities_that_cannot_be_are_refused(self):
        for quantity in (
            "0",
            "-1",
            "1.5",
            "1e308",
            "NaN",
            "٣",
            "21",
            "9" * 30,
            "1\x00",
        ):
            message = "“Quantity” must be a whole number from 1 to 20."
            page = self.assertRefused(message, quantity=quantity, remark="Keep me")
            self.assertEqual(self._typed(page, "remark"), "Keep me")
        self.assertRefused("Please fill in “Quantity”.", quantity="")

    def test_the_largest_quantity_is_a_setting(self):
        self.company.container_max_qty = 2
        message = "“Quantity” must be a whole number from 1 to 2."
        self.assertRefused(message, quantity="3")
        request, _page = self._send_and_read(self.anna, quantity="2")
        self.assertEqual(request.quantity, 2)

    def test_a_remark_has_an_end_and_no_secret_characters(self):
        message = "“Remark” may have 2000 characters, not 2001."
        self.assertRefused(message, remark="a" * 2001)
        message = "“Remark” contains characters that cannot be used."
        self.assertRefused(message, remark="a\x00b")
        request, _page = self._send_and_read(self.anna, remark="ä" * 2000)
        self.assertEqual(len(request.remark), 2000)

    def test_what_a_customer_writes_is_never_live(self):
        text = "<script>alert(1)</script><b>bold</b> {{7*7}}"
        request, page = self._send_and_read(self.anna, remark=text)
        self.assertEqual(request.remark, text)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertIn(text, self._texts(page, "//dd"))
        page = self._send(self.anna, remark=text, quantity="0")
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertEqual(self._typed(page, "remark"), text)

    def test_a_wrong_field_is_marked_for_every_reader(self):
        page = self.assertRefused("Please fill in “Quantity”.", quantity="")
        xpath = "//input[@name='quantity' and @aria-invalid='true' and @autofocus]"
        self.assertEqual(len(self._texts(page, xpath)), 1)
        self.assertIn('aria-describedby="quantity_error"', page.text)
        self.assertIn('id="quantity_error"', page.text)

    # === FORGED FIELDS === #

    def test_the_type_is_the_customers_whatever_the_browser_says(self):
        for forged in (str(self.type_600.id), "0", "abc", "\x00"):
            request, _page = self._send_and_read(self.anna, type_id=forged)
            self.assertEqual(request.type_id, self.type_1000)

    def test_the_type_is_chosen_where_customers_may_choose(self):
        self.company.container_type_choice = "any"
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertEqual(self._typed(page, "type_id"), str(self.type_1000.id))
        request, _page = self._send_and_read(self.anna, type_id=str(self.type_600.id))
        self.assertEqual(request.type_id, self.type_600)

    def test_types_of_another_company_cannot_be_chosen(self):
        other = self.env["res.company"].create({"name": "Other Laundry"})
        foreign = self.env["container.type"].create(
            {"name": "Foreign", "company_id": other.id}
        )
        page = self._send(self.carla, type_id=str(foreign.id))
        message = "Please choose “Container Type” from the list."
        self.assertEqual(self._messages(page), [message])
        self.assertNotIn("Foreign", page.text)

    def test_only_own_delivery_addresses_can_be_named(self):
        mine = self._create_address(self.adler, name="Mine")
        archived = self._create_address(self.adler, active=False)
        foreign = (
            *(self.krone, self._create_address(self.krone), self.carla.partner_id),
            *(self.bert.partner_id, self.erik.partner_id, archived),
        )
        message = "Please choose “Delivery Address” from the list."
        for address in foreign:
            page = self.assertRefused(message, address_id=str(address.id))
            self.assertNotIn("Gasthof Krone", page.text)
        for forged in ("0", "-1", "abc", "\x00", "9" * 30):
            self.assertRefused(message, address_id=forged)
        request, _page = self._send_and_read(self.anna)
        self.assertEqual(
            request.address_id, mine, "the delivery address is the default"
        )

    def test_fields_that_the_form_does_not_have_are_ignored(self):
        other = self.env["res.company"].create({"name": "Other Laundry"})
        forged = {
            "partner_id": self.carla.partner_id.id,
            "commercial_partner_id": self.krone.id,
            "company_id": other.id,
            "state": "approved",
            "delivery_date": "2026-12-02",
            "is_late": "1",
            "source": "backoffice",
            "container_ids": self.c1.id,
            "access_token": "x",
            "name": "CA/1",
            "create_uid": 1,
            "sudo": "1",
            "context": "{}",
            "active": "",
        }
        request, _page = self._send_and_read(self.anna, **forged)
        self.assertEqual(
            (request.state, request.company_id, request.source, request.access_token),
            ("created", self.company, "portal", False),
        )
        self.assertEqual(request.commercial_partner_id, self.adler)
        self.assertEqual(request.partner_id, self.anna.partner_id)
        self.assertEqual(str(request.delivery_date), "2026-12-03")
        self.assertFalse(request.container_ids)
        self.assertRegex(request.name, r"^CA/2026/\d{5}$")

    # === EVERYTHING === #

    def test_each_field_may_be_missing(self):
        for name in FIELDS:
            answer = self._send(self.anna, **{name: None})
            self.assertIn(answer.status_code, (200, 303), name)
        self.assertEqual(len(self._requests()), 4, "without quantity or token: none")

    def test_junk_in_any_field_is_answered_with_a_page(self):
        for junk in JUNK:
            for name in (*FIELDS, "confirm_warnings", "nope"):
                with self.subTest(name=name, junk=junk[:20]):
                    answer = self._send(self.carla, **{name: junk})
                    self.assertIn(answer.status_code, (200, 303))
                    self.assertNotIn("<script>alert(1)", answer.text)

    def test_other_methods_than_post_do_nothing(self):
        self._sign_in(self.anna)
        url = f"{SUBMIT_URL}?quantity=1&form_token={new_form_token()}"
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
            answer = self.url_open(url, method=method)
            self.assertIn(answer.status_code, (400, 404, 405), method)
        self.assertFalse(self._requests())
