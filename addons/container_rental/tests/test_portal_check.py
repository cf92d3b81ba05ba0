from odoo.tests import JsonRpcException, freeze_time, tagged
from odoo.tools import mute_logger

from .common import TUESDAY_MORNING
from .test_portal_case import CHECK_URL, REQUESTS_URL, WEDNESDAY, ContainerPortalCase
from .test_portal_request_form import LATE, OFF_DAY
from .test_portal_request_junk import JUNK


@tagged("-at_install", "post_install")
class TestPortalCheck(ContainerPortalCase):
    """What the server says about a wish while the customer still chooses."""

    def _check(self, user=None, **wish):
        self._sign_in(user or self.anna)
        return self.call_json(CHECK_URL, **wish)

    @freeze_time(TUESDAY_MORNING)
    def test_a_wish_is_answered_with_what_would_become_of_it(self):
        self.assertEqual(
            self._check(),
            {
                "next": "2026-12-03",
                "next_but_one": "2026-12-07",
                "earliest": "2026-12-03",
                "delivery": "2026-12-03",
                "late": False,
                "off_day": False,
                "holiday": False,
                "weekdays_text": "Your delivery days: Monday, Thursday",
                "delivery_text": "Thursday, 12/03/2026",
                "notices": [],
                "warnings": [],
            },
        )

    @freeze_time("2026-12-01 12:00:01")
    def test_lateness_is_a_notice(self):
        answer = self._check()
        found = (answer["late"], answer["delivery"], answer["notices"])
        self.assertEqual(found, (True, "2026-12-07", [LATE]))

    @freeze_time(TUESDAY_MORNING)
    def test_another_day_is_a_warning(self):
        answer = self._check(requested_date=WEDNESDAY)
        found = (answer["off_day"], answer["delivery"], answer["warnings"])
        self.assertEqual(found, (True, "2026-12-03", [OFF_DAY]))

    @freeze_time(TUESDAY_MORNING)
    def test_an_address_may_have_delivery_days_of_its_own(self):
        days = self._weekdays(2).ids
        kitchen = self._create_address(self.adler, container_weekday_ids=[(6, 0, days)])
        self.assertEqual(self._check(address_id=kitchen.id)["delivery"], WEDNESDAY)
        self.assertEqual(
            self._check(address_id=self.adler.id)["delivery"], "2026-12-03"
        )

    def test_a_customer_without_delivery_days_gets_no_day(self):
        answer = self._check(self.carla)
        found = (answer["late"], answer["delivery"], answer["delivery_text"])
        self.assertEqual(found, (False, None, "not yet known"))

    def test_addresses_of_others_are_no_addresses(self):
        message = "Please choose “Delivery Address” from the list."
        for address_id in (self.krone.id, self.carla.partner_id.id, 10**9, 0, -1):
            self.assertEqual(self._check(address_id=address_id), {"error": message})

    def test_junk_is_answered_with_an_error(self):
        message = "“Quantity” must be a whole number from 1 to 20."
        for quantity in (0, -1, 21, "1.5", "abc", "٣", 10**30):
            self.assertEqual(self._check(quantity=quantity), {"error": message})
        for junk in (*JUNK, [], {}, [1], True, 1.5, 10**30):
            for name in ("requested_date", "address_id", "quantity", "nope"):
                answer = self._check(**{name: junk})
                self.assertTrue("error" in answer or "delivery" in answer, (name, junk))

    @mute_logger("odoo.http")
    def test_nobody_is_told_anything_without_signing_in(self):
        with self.assertRaisesRegex(JsonRpcException, "Session"):
            self._sign_in(None)
            self.call_json(CHECK_URL)

    def test_a_check_costs_four_queries_of_its_own(self):
        for _address in range(3):
            self._create_address(self.adler)
        self._check(requested_date=WEDNESDAY)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._check(requested_date=WEDNESDAY)
        # The user, his contact and his company belong to every request; the test itself
        # adds a savepoint.
        self.assertEqual(self.env.cr.sql_log_count - before, 3 + 1 + 4)

    def test_the_page_shows_the_answer_while_the_customer_chooses(self):
        self.adler.container_weekday_ids = self._weekdays(0)
        self.browser_js(
            REQUESTS_URL,
            """
            const field = document.querySelector("input[name=requested_date]");
            const today = new Date();
            const wait = (8 - today.getDay()) % 7 + 8;  // a Tuesday
            today.setDate(today.getDate() + wait);
            field.value = today.toISOString().slice(0, 10);
            const change = new Event("change", { bubbles: true });
            setInterval(() => field.dispatchEvent(change), 300);  // until it listens
            const messages = document.querySelector("[data-name=messages]");
            const observer = new MutationObserver(() => {
                if (messages.textContent.includes("is no delivery day of your")) {
                    console.log("test successful");
                }
            });
            observer.observe(messages, { childList: true });
            """,
            "!!odoo.loader.modules.get('@container_rental/portal/container_request')",
            login=self.anna.login,
        )
