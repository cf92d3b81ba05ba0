from odoo.tests import BaseCase, tagged

from ..tools.tracking import get_tracking_url

TEMPLATE = "https://t.example/?n=<shipmenttrackingnumber>"


@tagged("post_install", "-at_install")
class TestTrackingUrl(BaseCase):
    """The link with which a customer follows a parcel."""

    def test_number_is_put_into_the_link_of_the_carrier(self):
        self.assertEqual(
            get_tracking_url(TEMPLATE, "JD01"), "https://t.example/?n=JD01"
        )

    def test_whatever_was_typed_as_a_number_stays_within_the_link(self):
        for number, quoted in (
            ("AB 1&x", "AB%201%26x"),
            ("  AB1 ", "AB1"),
            ("a/b?c#d", "a%2Fb%3Fc%23d"),
            ("../../x", "..%2F..%2Fx"),
            ('"><script>', "%22%3E%3Cscript%3E"),
            ("100%", "100%25"),
            ("ä", "%C3%A4"),
            ("<shipmenttrackingnumber>", "%3Cshipmenttrackingnumber%3E"),
        ):
            with self.subTest(number=number):
                self.assertEqual(
                    get_tracking_url(TEMPLATE, number), f"https://t.example/?n={quoted}"
                )

    def test_number_may_stand_in_the_link_more_than_once(self):
        template = "https://t.example/<shipmenttrackingnumber>/<shipmenttrackingnumber>"
        self.assertEqual(get_tracking_url(template, "1"), "https://t.example/1/1")

    def test_link_without_a_place_for_the_number_leads_to_the_carrier(self):
        self.assertEqual(
            get_tracking_url("https://t.example/", "JD01"), "https://t.example/"
        )

    def test_there_is_no_link_without_number_or_carrier(self):
        for template, number in (
            *((TEMPLATE, None), (TEMPLATE, False), (TEMPLATE, ""), (TEMPLATE, "  ")),
            *((None, "1"), (False, "1"), ("", "1"), ("  ", "1")),
        ):
            with self.subTest(template=template, number=number):
                self.assertIsNone(get_tracking_url(template, number))

    def test_nothing_but_a_page_of_the_web_is_a_link(self):
        for template in (
            *("javascript:alert(1)//", " JavaScript:alert(1)", "java\nscript:x"),
            *("data:text/html,x", "file:///etc/passwd", "ftp://t.example/"),
            *(
                "//t.example/",
                "t.example/",
                "https:t.example",
                "<shipmenttrackingnumber>",
            ),
        ):
            with self.subTest(template=template):
                self.assertIsNone(get_tracking_url(template, "JD01"))

    def test_number_cannot_be_the_scheme(self):
        self.assertIsNone(
            get_tracking_url("<shipmenttrackingnumber>", "javascript:alert(1)")
        )

    def test_scheme_may_be_in_capitals_and_after_spaces(self):
        self.assertEqual(
            get_tracking_url(" HTTPS://T.example/<shipmenttrackingnumber> ", "1"),
            "HTTPS://T.example/1",
        )
        self.assertEqual(
            get_tracking_url("http://t.example/", "1"), "http://t.example/"
        )
