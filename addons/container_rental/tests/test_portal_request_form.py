from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING
from .test_portal_case import REQUESTS_URL, WEDNESDAY, ContainerPortalCase

LATE = (
    "Orders after 13:00 can only be processed with the delivery after next. Expected"
    " delivery: Monday, 12/07/2026."
)
OFF_DAY = (
    "Wednesday is no delivery day of your company (delivery days: Monday, Thursday)."
    " Next delivery day: Thursday, 12/03/2026."
)


@tagged("-at_install", "post_install")
class TestPortalRequestForm(ContainerPortalCase):
    """A customer asks for a container, and the server decides when it comes."""

    # === WHAT THE FORM SAYS === #

    @freeze_time(TUESDAY_MORNING)
    def test_the_form_says_what_the_customer_must_know(self):
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertIn("Your delivery days: Monday, Thursday", page.text)
        delivery = self._texts(page, "//*[@data-name='delivery']")
        self.assertEqual(delivery, ["Thursday, 12/03/2026"])
        self.assertEqual(
            self._texts(page, "//div[@name='type_id']/div")[1:2], ["1000 l"]
        )
        self.assertEqual(self._alerts(page), [])

    @freeze_time("2026-12-01 12:00:01")
    def test_the_form_says_that_it_is_too_late_for_the_next_delivery(self):
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertEqual(self._alerts(page), [LATE])

    def test_a_customer_without_delivery_days_reads_so_and_may_ask(self):
        self.adler.container_weekday_ids = False
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertIn("No delivery days are set for your company.", page.text)
        request, page = self._send_and_read(self.anna)
        self.assertFalse(request.delivery_date)
        self.assertIn("not yet known", page.text)

    def test_a_customer_without_a_standard_container_chooses_one(self):
        page = self.open_as(self.carla, REQUESTS_URL)
        self.assertIn("No standard container is set for your company yet", page.text)
        options = self._texts(page, "//select[@name='type_id']/option")
        self.assertEqual(options, ["Please choose", "1000 l", "600 l"])
        page = self._send(self.carla)
        self.assertEqual(self._messages(page), ["Please fill in “Container Type”."])
        request, _page = self._send_and_read(self.carla, type_id=str(self.type_600.id))
        self.assertEqual(request.type_id, self.type_600)

    def test_types_that_customers_may_not_choose_are_not_offered(self):
        self.type_600.portal_selectable = False
        page = self.open_as(self.carla, REQUESTS_URL)
        options = self._texts(page, "//select[@name='type_id']/option")
        self.assertEqual(options, ["Please choose", "1000 l"])
        page = self._send(self.carla, type_id=str(self.type_600.id))
        self.assertEqual(
            self._messages(page), ["Please choose “Container Type” from the list."]
        )

    def test_without_any_type_there_is_a_friendly_word_instead_of_the_form(self):
        (self.type_1000 + self.type_600).portal_selectable = False
        for page in (self.open_as(self.carla, REQUESTS_URL), self._send(self.carla)):
            self.assertEqual(page.status_code, 200)
            self.assertIn(
                "At the moment no container can be requested here.", page.text
            )
            self.assertNotIn("o_container_request", page.text)

    def test_an_address_with_a_standard_of_its_own_says_so(self):
        kitchen = self._create_address(self.adler, container_type_id=self.type_600.id)
        page = self.open_as(self.anna, REQUESTS_URL)
        self.assertEqual(
            self._texts(page, "//select[@name='address_id']/option"),
            [
                "Kitchen, Adlergasse 3 – 600 l",
                "Hotel Adler GmbH, Marktplatz 1, 93047 Regensburg – 1000 l",
            ],
        )
        request, _page = self._send_and_read(self.anna, address_id=str(kitchen.id))
        self.assertEqual(
            (request.type_id, request.address_id), (self.type_600, kitchen)
        )

    # === ON TIME AND LATE === #

    @freeze_time(TUESDAY_MORNING)
    def test_a_request_is_created_and_everybody_is_told(self):
        request, page = self._send_and_read(
            self.anna, quantity="2", remark="At the back door, please"
        )
        self.assertRecordValues(
            request,
            [
                {
                    "state": "created",
                    "partner_id": self.anna.partner_id.id,
                    "address_id": self.adler.id,
                    "type_id": self.type_1000.id,
                    "quantity": 2,
                    "delivery_date": date(2026, 12, 3),
                    "requested_date": False,
                    "is_late": False,
                    "remark": "At the back door, please",
                    "source": "portal",
                }
            ],
        )
        self.assertIn("Thank you!", page.text)
        self.assertNotIn("Thank you!", self.open_as(self.anna, request.access_url).text)
        mail = self._mails("New container request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        for word in ("1000 l", "2 ×", "12/03/2026", "Hotel Adler"):
            self.assertIn(word, mail.body_html)

    @freeze_time("2026-12-01 12:00:00")
    def test_the_very_second_of_the_cutoff_is_on_time(self):
        request, page = self._send_and_read(self.anna)
        self.assertEqual(request.delivery_date, date(2026, 12, 3))
        self.assertNotIn("delivery after next", page.text)

    @freeze_time("2026-12-01 12:00:01")
    def test_a_second_later_it_goes_with_the_delivery_after_next(self):
        request, page = self._send_and_read(self.anna)
        self.assertEqual(
            (request.is_late, request.delivery_date), (True, date(2026, 12, 7))
        )
        self.assertIn(LATE, page.text)
        why = "Thursday, 12/03/2026: the order came after the cut-off time."
        self.assertIn(why, page.text)

    def test_what_counts_is_when_the_form_is_sent_not_when_it_was_opened(self):
        with freeze_time("2026-12-01 11:58:00"):
            page = self.open_as(self.anna, REQUESTS_URL)
            self.assertEqual(self._alerts(page), [])
        with freeze_time("2026-12-01 12:01:00"):
            token = self.form_token(page)
            request, page = self._send_and_read(self.anna, form_token=token)
        self.assertTrue(request.is_late)
        self.assertIn(LATE, page.text)

    @freeze_time("2026-12-01 12:30:00")
    def test_the_hour_of_the_cutoff_is_a_setting(self):
        self.company.container_cutoff = 14.5
        request, _page = self._send_and_read(self.anna)
        self.assertFalse(request.is_late)

    def test_summer_and_winter_time_and_no_other_zone_decide(self):
        self.anna.tz = "Asia/Tokyo"
        self.env["container.delivery.exception"].create(
            {"name": "Easter Monday", "date": "2027-03-29", "kind": "closed"}
        )
        for now, is_late, delivery in (
            ("2026-10-24 11:30:00", True, date(2026, 10, 29)),
            ("2026-10-25 11:30:00", False, date(2026, 10, 26)),
            ("2027-03-28 11:30:00", True, date(2027, 4, 5)),
        ):
            with self.subTest(now=now), freeze_time(now):
                self._sign_in(None)  # the session of another year is over
                request, _page = self._send_and_read(self.anna)
                found = (request.is_late, request.delivery_date)
                self.assertEqual(found, (is_late, delivery))

    # === OTHER DAYS === #

    @freeze_time(TUESDAY_MORNING)
    def test_another_day_is_warned_of_until_the_customer_insists(self):
        page = self._send(self.anna, requested_date=WEDNESDAY, remark="Keep me")
        self.assertEqual((page.status_code, self._alerts(page)), (200, [OFF_DAY]))
        self.assertEqual(self._typed(page, "remark"), "Keep me")
        self.assertEqual(self._typed(page, "requested_date"), WEDNESDAY)
        self.assertFalse(self._requests())
        request, _page = self._send_and_read(
            self.anna,
            requested_date=self._typed(page, "requested_date"),
            form_token=self.form_token(page),
            confirm_warnings=self._typed(page, "confirm_warnings"),
        )
        found = (request.is_off_day, request.delivery_date)
        self.assertEqual(found, (True, date(2026, 12, 3)))

    @freeze_time(TUESDAY_MORNING)
    def test_another_day_is_refused_where_that_is_the_policy(self):
        self.company.container_off_day_policy = "block"
        page = self._send(self.anna, requested_date=WEDNESDAY, confirm_warnings="1")
        self.assertEqual((page.status_code, self._messages(page)), (200, [OFF_DAY]))
        self.assertNotIn("confirm_warnings", page.text)
        self.assertFalse(self._requests())

    @freeze_time("2026-12-21 09:00:00")
    def test_a_holiday_is_warned_of(self):
        self.adler.container_weekday_ids = self._weekdays(4)
        self._close("2026-12-25", "Christmas Day")
        self._close("2027-01-01", "New Year")
        wish = {"requested_date": "2026-12-25"}
        page = self._send(self.anna, **wish)
        warning = "12/25/2026 is a holiday (Christmas Day)."
        self.assertIn(warning, self._alerts(page))
        request, _page = self._send_and_read(self.anna, confirm_warnings="1", **wish)
        found = (request.is_holiday, request.delivery_date)
        self.assertEqual(found, (True, date(2027, 1, 8)))

    @freeze_time("2026-12-01 12:00:01")
    def test_a_delivery_day_that_is_too_early_is_warned_of(self):
        page = self._send(self.anna, requested_date="2026-12-03")
        warning = "The earliest delivery possible is on Monday, 12/07/2026."
        self.assertEqual(self._alerts(page), [LATE, warning])
        self.assertFalse(self._requests())
