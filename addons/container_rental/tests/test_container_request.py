from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase


@tagged("-at_install", "post_install")
class TestContainerRequest(ContainerCase):
    """What happens when a customer asks for a container."""

    # === ASKING === #

    @freeze_time(TUESDAY_MORNING)
    def test_a_request_keeps_when_and_why_it_is_delivered(self):
        request = self._request_as(self.anna)
        self.assertRecordValues(
            request,
            [
                {
                    "state": "created",
                    "partner_id": self.anna.partner_id.id,
                    "commercial_partner_id": self.adler.id,
                    "type_id": self.type_1000.id,
                    "delivery_date": date(2026, 12, 3),
                    "earliest_date": date(2026, 12, 3),
                    "is_late": False,
                    "source": "portal",
                    "cutoff_info": "13:00 Europe/Berlin, rule: Every day",
                }
            ],
        )

    @freeze_time(TUESDAY_MORNING)
    def test_numbers_count_per_year_of_the_company(self):
        self.env["ir.sequence"].search([("code", "=", "container.request")]).write(
            {"date_range_ids": [(5, 0, 0)]}
        )
        self.assertEqual(self._request_as(self.anna).name, "CA/2026/00001")
        self.assertEqual(self._request_as(self.anna).name, "CA/2026/00002")
        with freeze_time("2026-12-31 23:30:00"):  # 00:30 on the first of January
            self.assertEqual(self._request_as(self.anna).name, "CA/2027/00001")

    @freeze_time("2026-12-01 12:00:01")
    def test_a_request_after_the_cutoff_says_which_delivery_it_missed(self):
        request = self._request_as(self.anna)
        self.assertTrue(request.is_late)
        self.assertEqual(request.delivery_date, date(2026, 12, 7))
        self.assertEqual(
            request.delivery_explanation,
            "Thursday, 12/03/2026: the order came after the cut-off time.",
        )

    def test_the_hour_is_the_companys_whatever_zone_the_customer_is_in(self):
        self.anna.tz = "Asia/Tokyo"
        self.env["container.delivery.exception"].create(
            {"name": "Easter Monday", "date": "2027-03-29"}
        )
        for now, late, day in [
            ("2026-10-24 11:30:00", True, date(2026, 10, 29)),
            ("2026-10-25 11:30:00", False, date(2026, 10, 26)),
            ("2027-03-28 11:30:00", True, date(2027, 4, 5)),
        ]:
            with self.subTest(now=now), freeze_time(now):
                request = self._request_as(self.anna)
                self.assertEqual(request.is_late, late)
                self.assertEqual(request.delivery_date, day)

    @freeze_time("2026-12-01 12:30:00")
    def test_the_cutoff_can_be_configured(self):
        self.assertTrue(self._request_as(self.anna).is_late)
        self.company.container_cutoff = 14.5
        self.assertFalse(self._request_as(self.anna).is_late)

    def test_a_cutoff_that_no_clock_shows_is_refused(self):
        for hour in (24.0, -1.0):
            with self.subTest(hour=hour), self.assertRaises(ValidationError):
                self.company.container_cutoff = hour

    @freeze_time("2026-12-24 10:00:00")
    def test_public_holidays_are_no_delivery_days(self):
        self.adler.container_weekday_ids = self._weekdays(4)
        self._close("2026-12-25", "1. Weihnachtstag")
        self._close("2027-01-01", "Neujahr")
        request = self._request_as(self.anna)
        self.assertEqual(request.delivery_date, date(2027, 1, 8))
        self.assertEqual(
            request.delivery_explanation,
            "Friday, 12/25/2026: no delivery (1. Weihnachtstag).\n"
            "Friday, 01/01/2027: no delivery (Neujahr).",
        )

    @freeze_time(TUESDAY_MORNING)
    def test_the_day_off_of_one_employee_closes_nothing(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Erik",
                "date_from": "2026-12-03 00:00:00",
                "date_to": "2026-12-03 20:00:00",
                "resource_id": self.env["resource.resource"].create({"name": "E"}).id,
            }
        )
        self.assertEqual(self._request_as(self.anna).delivery_date, date(2026, 12, 3))

    @freeze_time(TUESDAY_MORNING)
    def test_exceptions_hold_for_everybody_or_for_those_they_name(self):
        exception = self.env["container.delivery.exception"].create(
            {"name": "Stocktaking", "date": "2026-12-03", "partner_ids": self.krone.ids}
        )
        self.assertEqual(self._request_as(self.anna).delivery_date, date(2026, 12, 3))
        exception.partner_ids = False
        self.assertEqual(self._request_as(self.anna).delivery_date, date(2026, 12, 7))
        exception.write({"kind": "extra", "date": "2026-12-02"})
        self.assertEqual(self._request_as(self.anna).delivery_date, date(2026, 12, 2))

    @freeze_time(TUESDAY_MORNING)
    def test_what_is_agreed_for_an_address_wins_over_the_customer(self):
        yard = self.env["res.partner"].create(
            {
                "name": "Yard",
                "type": "delivery",
                "parent_id": self.adler.id,
                "container_weekday_ids": self._weekdays(4).ids,
                "container_type_id": self.type_600.id,
            }
        )
        settings = yard._get_container_settings()
        self.assertEqual(settings["type"], self.type_600)
        decision = self.env["container.request"]._decide_for(yard, self.company)
        self.assertEqual(decision.delivery, date(2026, 12, 4))

    @freeze_time("2026-12-01 20:00:00")
    def test_a_customer_without_days_is_served_by_the_companys_days_or_not_planned(
        self,
    ):
        request = self._request_as(self.carla)
        self.assertFalse(request.delivery_date or request.is_late)
        self.company.container_default_weekday_ids = self._weekdays(2)
        self.assertEqual(self._request_as(self.carla).delivery_date, date(2026, 12, 9))

    def test_the_same_form_creates_one_request(self):
        token = "11111111-2222-4333-8444-555555555555"
        self.assertTrue(self._request_as(self.anna, form_token=token))
        with self.assertLogs("odoo.sql_db", "ERROR"):
            self.assertFalse(self._request_as(self.anna, form_token=token))

    # === STAFF TYPE IT IN === #

    @freeze_time(TUESDAY_MORNING)
    def test_staff_type_in_a_request_that_a_customer_phoned_in(self):
        with Form(self.env["container.request"].with_user(self.erik)) as form:
            form.partner_id = self.anna.partner_id
            self.assertEqual(form.type_id, self.type_1000, "from the customer's record")
            form.quantity = 2
        request = form.save()
        self.assertEqual(request.delivery_date, date(2026, 12, 3))
        self.assertEqual(request.source, "backoffice")

    @freeze_time(TUESDAY_MORNING)
    def test_staff_are_warned_about_a_day_without_delivery(self):
        request = self._request_as(self.anna)
        request.delivery_date = date(2026, 12, 4)
        warning = request._onchange_delivery_date()["warning"]
        self.assertEqual(
            warning["message"],
            "Friday is no delivery day of this customer (delivery days: Monday,"
            " Thursday). Next delivery day: Monday, 12/07/2026.",
        )
        request.delivery_date = date(2026, 12, 7)
        self.assertIsNone(request._onchange_delivery_date())

    @freeze_time(TUESDAY_MORNING)
    def test_staff_cannot_request_for_the_past(self):
        with self.assertRaisesRegex(ValidationError, "lies in the past"):
            self.env["container.request"].with_user(self.erik).create(
                {
                    "partner_id": self.anna.partner_id.id,
                    "type_id": self.type_1000.id,
                    "requested_date": "2026-11-30",
                }
            )

    def test_an_address_of_another_customer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "is no address of"):
            self._request_as(self.anna, address_id=self.krone.id)

    @freeze_time(TUESDAY_MORNING)
    def test_a_request_that_staff_type_in_is_told_to_everybody(self):
        self.env["container.request"].with_user(self.erik).create(
            {"partner_id": self.anna.partner_id.id}
        )
        mail = self._mails("New container request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.erik.partner_id)
        mail = self._mails("We received your container request").ensure_one()
        self.assertEqual(mail.recipient_ids, self.anna.partner_id)

    @freeze_time(TUESDAY_MORNING)
    def test_the_policy_for_other_days_holds_for_staff_too(self):
        requests = self.env["container.request"].with_user(self.erik)
        vals = {"partner_id": self.anna.partner_id.id, "requested_date": "2026-12-02"}
        self.assertTrue(requests.create(vals).is_off_day)
        self.company.container_off_day_policy = "block"
        with self.assertRaisesRegex(ValidationError, "Wednesday is no delivery day"):
            requests.create(vals)
        form = requests.new(vals)
        warning = form._onchange_delivery_date()["warning"]["message"]
        self.assertIn("Wednesday is no delivery day", warning)

    @freeze_time(TUESDAY_MORNING)
    def test_a_duplicate_is_planned_anew(self):
        request = self._request_as(self.anna, wish=date(2026, 12, 7))
        with freeze_time("2026-12-15 09:00:00"):
            copied = request.copy()
            self.assertFalse(copied.requested_date)
            self.assertEqual(copied.delivery_date, date(2026, 12, 17))

    @freeze_time(TUESDAY_MORNING)
    def test_an_exception_is_not_called_a_holiday(self):
        self.env["container.delivery.exception"].create(
            {"name": "Stocktaking", "date": "2026-12-03"}
        )
        requests = self.env["container.request"].with_user(self.anna)
        decision = requests._decide_for(self.adler, self.company, date(2026, 12, 3))
        self.assertEqual(
            requests._get_day_warnings(decision),
            ["There is no delivery on 12/03/2026 (Stocktaking)."],
        )

    # === RIGHTS === #

    def test_staff_without_the_group_see_nothing_and_decide_nothing(self):
        request = self._request_as(self.anna)
        self.erik.group_ids -= self.env.ref(
            "container_rental.container_rental_group_user"
        )
        with self.assertRaises(AccessError):
            request.action_approve()
        with self.assertRaises(AccessError):
            request.invalidate_recordset()
            request.read(["name"])

    def test_customers_cannot_call_what_the_buttons_call(self):
        request = self._request_as(self.anna).with_user(self.anna)
        for button in (
            "action_approve",
            "action_reject",
            "action_cancel",
            "action_revoke",
            "action_issue",
            "action_propose",
        ):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(request, button)()
        self.assertEqual(request.state, "created")

    def test_the_status_changes_through_buttons_only(self):
        request = self._request_as(self.anna)
        with self.assertRaisesRegex(UserError, "through its buttons only"):
            request.with_context(customer_state_writer=True).state = "approved"
        with self.assertRaisesRegex(UserError, "starts as “Created”"):
            self._request_as(self.anna, state="approved")
        copied = request.with_context(default_state="approved").copy()
        self.assertEqual(copied.state, "created")

    def test_staff_of_another_company_see_nothing(self):
        request = self._request_as(self.anna)
        other = self.env["res.company"].create({"name": "Other Laundry"})
        self.erik.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.env["container.request"].with_user(self.erik).search([]))
        with self.assertRaises(AccessError):
            request.with_user(self.erik).action_approve()

    # === TOMORROW === #

    @freeze_time("2026-12-02 09:00:00")
    def test_an_undecided_request_for_tomorrow_is_put_on_somebodys_list_once(self):
        request = self._request_as(self.anna)
        later = self._request_as(self.anna, wish=date(2026, 12, 7))
        for _run in range(2):
            self.env["container.request"]._cron_schedule_decisions()
        self.assertEqual(request.activity_ids.user_id, self.erik)
        self.assertEqual(len(request.activity_ids), 1)
        self.assertFalse(later.activity_ids)
        request.action_approve()
        self.assertFalse(request.activity_ids)

    def test_settings_that_no_calendar_holds_are_refused(self):
        for record, name, value in [
            (self.company, "container_lead_days", -1),
            (self.company, "container_lead_days", 366),
            (self.company, "container_rental_days", 0),
            (self.company, "container_reminder_days", -1),
            (self.company, "container_max_qty", 0),
            (self.adler, "container_rental_days", 10**9),
            (self.adler, "container_limit", -1),
        ]:
            # A message, and the value from before.
            with self.subTest(name=name), self.assertRaises(ValidationError):
                record[name] = value
