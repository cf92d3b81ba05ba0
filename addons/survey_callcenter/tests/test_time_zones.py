from odoo.tests import BaseCase, tagged

from ..tools.time_zones import time_zone

BERLIN = "Europe/Berlin"


@tagged("post_install", "-at_install")
class TestTimeZones(BaseCase):
    def test_numbers_of_a_country_with_one_zone_are_there(self):
        self.assertEqual(time_zone("+43171234567", "DE", BERLIN), "Europe/Vienna")

    def test_the_exchange_decides_where_a_country_has_many_zones(self):
        self.assertEqual(time_zone("+12125550100", "US", BERLIN), "America/New_York")
        self.assertEqual(time_zone("+13105550100", "US", BERLIN), "America/Los_Angeles")

    def test_mobile_numbers_of_a_country_with_one_zone_are_there(self):
        self.assertEqual(time_zone("+447400123456", "GB", BERLIN), "Europe/London")

    def test_the_number_names_its_country_where_the_address_names_none(self):
        self.assertEqual(time_zone("+447400123456", False, BERLIN), "Europe/London")

    def test_numbers_that_may_be_in_many_zones_get_the_fallback(self):
        self.assertEqual(time_zone("+18005550100", "US", BERLIN), BERLIN)

    def test_the_country_decides_where_there_is_no_number(self):
        self.assertEqual(time_zone(False, "fr", BERLIN), "Europe/Paris")

    def test_a_country_with_several_zones_decides_nothing(self):
        self.assertEqual(time_zone(False, "US", BERLIN), BERLIN)

    def test_junk_gets_the_fallback(self):
        for junk in (None, "", "+", "+0", "abc", "+999", "+1", "+1x", "030 123", 42):
            with self.subTest(junk=junk):
                self.assertEqual(time_zone(junk, "??", BERLIN), BERLIN)

    def test_numbers_of_one_exchange_do_not_depend_on_which_comes_first(self):
        zones = {time_zone(f"+1907555{end:04}", "US", BERLIN) for end in range(50)}
        self.assertEqual(zones, {time_zone("+19075559999", "US", BERLIN)})
