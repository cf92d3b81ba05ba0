from odoo.tests import BaseCase, tagged

from ..tools.device_ids import clean_imei, clean_numbers, clean_serial, is_imei

IMEI = "354178036859789"


@tagged("post_install", "-at_install")
class TestDeviceIds(BaseCase):
    """Numbers of devices, as people write and scanners read them."""

    def test_imei_is_known_however_it_is_written(self):
        for text in (
            *(IMEI, "35-417803-685978-9", "35 417803 685978 9", f"  {IMEI}\n"),
            *("35/417803/685978/9", "35.417803.685978.9", "35 - 417803 - 685978 - 9"),
            *("35–417803–685978–9", "35‑417803‑685978‑9", "35—417803—685978—9"),
            *("35\u00a0417803\u00a0685978\u00a09", "\t35417803\t6859789"),
        ):
            with self.subTest(text=text):
                self.assertEqual(clean_imei(text), IMEI)
                self.assertTrue(is_imei(clean_imei(text)))

    def test_number_that_is_no_imei_stays_as_it_is_and_is_refused(self):
        for text in (
            "354178036859780",  # the last digit is the wrong one
            "35417803685978",  # 14 digits, without the last one
            "3541780368597812",  # 16 digits: an IMEI with the version of the software
            "000000000000000",  # what a phone shows that has lost its identity
            "354178O36859789",  # the letter O
            "354178o36859789",
            "35417803685978X",
            "３５４１７８０３６８５９７８９",  # full width
            "٣٥٤١٧٨٠٣٦٨٥٩٧٨٩",
            "354178036859789\0",
            "-354178036859789",
            "3.54178036859789E+14",  # what a spreadsheet makes of it
        ):
            with self.subTest(text=text):
                self.assertFalse(is_imei(text))
        self.assertEqual(clean_imei("354178o36859789"), "354178O36859789")

    def test_nothing_is_no_imei(self):
        for text in (None, False, "", " ", "-", "\n"):
            with self.subTest(text=text):
                self.assertEqual(clean_imei(text), "")
                self.assertFalse(is_imei(text))

    def test_another_imei_is_one_as_well(self):
        self.assertTrue(is_imei("490154203237518"))

    def test_serial_number_is_in_capitals_and_without_spaces(self):
        for text, serial in (
            ("c02xk0abjhd3", "C02XK0ABJHD3"),
            (" C02 XK0A BJHD3\n", "C02XK0ABJHD3"),
            ("c02\u00a0xk0", "C02XK0"),
            ("ab-12/3_x.9", "AB-12/3_X.9"),  # dashes and dots belong to it
            ("ß1", "SS1"),
            ("00123", "00123"),
        ):
            with self.subTest(text=text):
                self.assertEqual(clean_serial(text), serial)

    def test_nothing_is_no_serial_number(self):
        for text in (None, False, "", " \t\n"):
            with self.subTest(text=text):
                self.assertEqual(clean_serial(text), "")

    def test_numbers_that_come_as_numbers(self):
        """As an import of a spreadsheet, or a remote call, may send them."""
        self.assertEqual(clean_imei(354178036859789), IMEI)
        self.assertEqual(clean_serial(123), "123")

    def test_values_of_a_record_are_cleaned_and_others_left_alone(self):
        vals = {
            "device_name": " iPhone ",
            "serial_number": " ab 1",
            "imei": "35-417803-685978-9",
            "imei2": " ",
        }
        self.assertEqual(
            clean_numbers(vals),
            {
                "device_name": " iPhone ",
                "serial_number": "AB1",
                "imei": IMEI,
                "imei2": False,
            },
        )
        self.assertEqual(vals["imei2"], " ", "the caller's values stay his own")
        self.assertEqual(clean_numbers({"device_name": "x"}), {"device_name": "x"})
