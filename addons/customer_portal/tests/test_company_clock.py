from datetime import datetime

from odoo import fields
from odoo.tests import freeze_time

from .common import PortalTransactionCase


class TestCompanyClock(PortalTransactionCase):
    """Rules and words about days and hours follow the company's clock."""

    def setUp(self):
        super().setUp()
        self.env.company.portal_tz = "Europe/Berlin"

    def _written(self, lang, moment):
        text = self.env.company.with_context(lang=lang)._portal_format_datetime(moment)
        return text.replace("\u202f", " ")

    def test_moment_is_written_without_seconds(self):
        morning = datetime(2026, 12, 1, 9, 0, 5)
        self.assertEqual(self._written("en_US", morning), "12/01/2026 10:00 AM")

    def test_day_is_the_one_on_the_company_s_clock(self):
        self.assertEqual(
            self._written("en_US", datetime(2026, 12, 31, 23, 30)),
            "01/01/2027 12:30 AM",
        )

    def test_what_has_not_happened_is_written_as_nothing(self):
        self.assertEqual(self._written("en_US", False), "")

    def test_the_day_is_the_companys_not_the_users(self):
        company = self.env.company.with_user(self.erik)
        company.sudo().portal_tz = "Europe/Berlin"
        self.erik.tz = "America/New_York"
        with freeze_time("2026-11-30 23:30:00"):
            self.assertEqual(company._portal_today(), fields.Date.to_date("2026-12-01"))
            self.assertEqual(company._portal_now().hour, 0)
        local = company._portal_local(
            fields.Datetime.to_datetime("2026-07-01 10:00:00")
        )
        self.assertEqual(local.hour, 12)
