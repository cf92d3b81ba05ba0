from odoo.exceptions import AccessError, ValidationError

from .common import PortalTransactionCase
from .service_common import ServicePeople

SETTINGS = (
    *("service_duplicate_policy", "service_draft_days"),
    *("service_remind", "service_remind_days"),
)


class TestServiceCompany(ServicePeople, PortalTransactionCase):
    """How a company deals with service orders."""

    def test_new_company_begins_with_what_suits_most(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.assertEqual([other[name] for name in SETTINGS], ["block", 14, True, 3])

    def test_days_lie_within_a_year(self):
        for name, label in (
            ("service_draft_days", "Keep Drafts (days)"),
            ("service_remind_days", "Remind after (days)"),
        ):
            for days in (-1, 0, 366):
                with self.subTest(name=name, days=days):
                    with self.assertRaises(ValidationError) as caught:
                        self.company[name] = days
                    self.assertEqual(
                        str(caught.exception), f"“{label}” lies between 1 and 365."
                    )
            for days in (1, 365):
                self.company[name] = days

    def test_customers_do_not_read_how_a_company_deals_with_them(self):
        for name in SETTINGS:
            self.assertIn(name, self.company.with_user(self.erik).read([name])[0])
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.company.with_user(self.carla).read([name])
