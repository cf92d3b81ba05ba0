from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase

TUESDAY_LATE = "2026-12-01 12:00:01"
THURSDAY_MORNING = "2026-12-03 07:00:00"


@tagged("-at_install", "post_install")
class TestSettingsReachPlan(ContainerCase):
    """What is set for the company or a customer decides about the next request."""

    def _delivery(self, user, **values):
        return self._request_as(user, **values).delivery_date

    def _create_kitchen(self, **values):
        return self.env["res.partner"].create(
            {
                "name": "Kitchen",
                "type": "delivery",
                "parent_id": self.adler.id,
                **values,
            }
        )

    def _back_by(self, **values):
        """Return by when a container has to be back that leaves on 3 December."""
        with freeze_time(THURSDAY_MORNING):
            return self._issued_as(self.anna, **values).back_by

    # === WHEN IT COMES === #

    def test_cutoff_may_count_on_the_day_before_a_delivery_only(self):
        with freeze_time(TUESDAY_LATE):
            self.assertEqual(self._delivery(self.anna), date(2026, 12, 7))
            self.company.container_cutoff_rule = "before_delivery"
            request = self._request_as(self.anna)
            self.assertEqual(request.delivery_date, date(2026, 12, 3))
            self.assertFalse(request.is_late)
            self.assertEqual(
                request.cutoff_info,
                "13:00 Europe/Berlin, rule: Only on the day before a delivery",
            )
        with freeze_time("2026-12-02 12:00:01"):
            request = self._request_as(self.anna)
            self.assertEqual(request.delivery_date, date(2026, 12, 7))
            self.assertTrue(request.is_late)

    @freeze_time(TUESDAY_MORNING)
    def test_lead_time_skips_a_delivery_that_comes_too_soon(self):
        for days, delivery in (
            (0, date(2026, 12, 3)),
            (2, date(2026, 12, 3)),
            (3, date(2026, 12, 7)),
            (7, date(2026, 12, 10)),
        ):
            with self.subTest(days=days):
                self.company.container_lead_days = days
                request = self._request_as(self.anna)
                self.assertEqual(request.delivery_date, delivery)
                self.assertEqual(request.earliest_date, delivery)

    @freeze_time("2026-12-03 09:00:00")
    def test_without_lead_time_the_lorry_comes_on_the_same_day(self):
        self.assertEqual(self._delivery(self.anna), date(2026, 12, 7))
        self.company.container_lead_days = 0
        self.assertEqual(self._delivery(self.anna), date(2026, 12, 3))

    @freeze_time(TUESDAY_MORNING)
    def test_usual_delivery_days_serve_those_who_have_none_of_their_own(self):
        self.assertFalse(self._delivery(self.carla))
        self.company.container_default_weekday_ids = self._weekdays(2, 4)
        self.assertEqual(self._delivery(self.carla), date(2026, 12, 2))
        self.assertEqual(self._delivery(self.anna), date(2026, 12, 3))

    # === BY WHEN IT HAS TO BE BACK === #

    def test_rental_period_of_the_company(self):
        self.assertEqual(self._back_by(), date(2026, 12, 17))
        self.company.container_rental_days = 21
        self.assertEqual(self._back_by(), date(2026, 12, 24))

    def test_rental_period_of_an_address_wins_over_the_customers(self):
        kitchen = self._create_kitchen(container_rental_days=7)
        self.adler.container_rental_days = 28
        self.assertEqual(self._back_by(address_id=kitchen.id), date(2026, 12, 10))
        kitchen.container_rental_days = 0
        self.assertEqual(self._back_by(address_id=kitchen.id), date(2026, 12, 31))

    def test_rental_period_of_an_address_does_not_hold_at_another(self):
        self._create_kitchen(container_rental_days=7)
        self.assertEqual(self._back_by(), date(2026, 12, 17))

    def test_collection_is_on_a_delivery_day_of_the_address(self):
        kitchen = self._create_kitchen(container_weekday_ids=self._weekdays(4).ids)
        self.assertEqual(self._back_by(address_id=kitchen.id), date(2026, 12, 11))

    # === REMINDERS === #

    def test_reminder_comes_so_many_days_before_as_is_set(self):
        self.company.container_reminder_days = 5
        self.assertEqual(self._back_by(), date(2026, 12, 17))
        self.write_mails()
        for now, expected in (
            ("2026-12-11 10:00:00", False),
            ("2026-12-12 10:00:00", True),
        ):
            self.env["mail.mail"].sudo().search([]).unlink()
            with freeze_time(now), self.enter_registry_test_mode():
                self.env.ref("container_rental.ir_cron_remind").method_direct_trigger()
                mails = self._mails("Please have your containers ready")
            with self.subTest(now=now):
                self.assertEqual(bool(mails), expected)

    # === THE FORM OF THE SETTINGS === #

    def test_form_of_the_settings_changes_the_company(self):
        calendar = self.env["resource.calendar"].create({"name": "Drivers"})
        values = {
            "container_cutoff": 14.5,
            "container_cutoff_rule": "before_delivery",
            "container_lead_days": 3,
            "container_off_day_policy": "block",
            "container_type_choice": "any",
            "container_default_weekday_ids": self._weekdays(2).ids,
            "container_admin_user_ids": self.marta.ids,
            "container_admin_email": "lorry@test.example",
            "container_rental_days": 21,
            "container_reminder_days": 5,
            "container_auto_release": True,
            "container_max_qty": 7,
            "container_calendar_id": calendar.id,
        }
        self.env["res.config.settings"].create(values).execute()
        for name, value in values.items():
            with self.subTest(name=name):
                found = self.company[name]
                if name.endswith("_ids"):
                    found = found.ids
                elif name.endswith("_id"):
                    found = found.id
                self.assertEqual(found, value)
