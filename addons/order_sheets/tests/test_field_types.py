from odoo.tests import freeze_time

from .question_case import QuestionCase

TOO_LONG = "At most %s characters, please; these are %s."
ODD = "There are characters in it that cannot be used."


class TestTexts(QuestionCase):
    """Lines, texts, addresses in the net, phone numbers and days."""

    def test_empty_answer_is_none(self):
        for field_type in ("char", "text", "email", "phone", "url", "date"):
            request = self.ask(field_type)
            for nothing in ("", "  ", "\n", None, [], {}, {"a": 1}):
                self.assertTaken(request, nothing, None)
            self.assertShown(request, "", "")
            self.assertTrue(self.is_complete(request))

    def test_required_answer_is_missed_on_the_page(self):
        for field_type in ("char", "text", "email", "phone", "url", "date"):
            request = self.ask(field_type, required=True)
            self.assertFalse(self.is_complete(request))
            self.assertTaken(request, " ", None)
            self.assertFalse(self.is_complete(request))

    def test_line(self):
        request = self.ask("char")
        self.assertTaken(request, "  Hotel <b>Ädler</b> ", "Hotel <b>Ädler</b>")
        self.assertShown(request, "Hotel <b>Ädler</b>", "Hotel <b>Ädler</b>")
        self.assertTaken(request, "x" * 255, "x" * 255)
        self.assertRefused(request, "x" * 300, TOO_LONG % (255, 300))
        self.assertRefused(request, "a\nb", ODD)
        self.assertRefused(request, "a\x1bb", ODD)

    def test_what_the_database_cannot_keep_is_replaced(self):
        for field_type in ("char", "text"):
            request = self.ask(field_type)
            self.assertTaken(request, "a\x00b", "a\ufffdb")
            self.assertTaken(request, "a\ud800b", "a\ufffdb")
            request.flush_recordset()

    def test_wrong_type_of_what_was_sent_is_no_error(self):
        request = self.ask("char")
        self.assertTaken(request, 5, "5")
        self.assertTaken(request, ["first", "last"], "last")
        self.assertTaken(request, [["x"]], None)
        self.assertTaken(request, {"a": 1}, None)

    def test_megabytes_are_cut_before_anything_else(self):
        for field_type, most in (("char", 255), ("text", 5000)):
            request = self.ask(field_type)
            slot = self.assertRefused(request, "x" * 10**6, TOO_LONG % (most, 5001))
            self.assertEqual(len(slot.typed), 5001)

    def test_text_keeps_its_lines(self):
        request = self.ask("text")
        self.assertTaken(request, "a\r\nb\n\tc", "a\nb\n\tc")
        self.assertShown(request, "a\nb\n\tc", "a\nb\n\tc")
        self.assertTaken(request, "x" * 5000, "x" * 5000)

    def test_own_limits_of_length(self):
        for field_type in ("char", "text", "email", "phone", "url"):
            request = self.ask(field_type, min_length=9, max_length=12)
            self.assertRefused(request, "12345678", "At least 9 characters, please.")
            self.assertRefused(request, "1" * 13, TOO_LONG % (12, 13))

    def test_email(self):
        request = self.ask("email")
        self.assertTaken(request, " anna@adler.example ", "anna@adler.example")
        for wrong in ("anna", "a@b", "a@b.example, c@d.example", "<a@b.example>"):
            self.assertRefused(request, wrong, "Please enter a valid e-mail address.")
        self.assertRefused(request, "a@b.example\nBcc: c@d.example", ODD)

    def test_phone(self):
        request = self.ask("phone")
        for right in ("+49 (941) 20-10", "0941/2010", "1234"):
            self.assertTaken(request, right, right)
        for wrong in ("123", "abcd", "1" * 31, "٣٣٣٣٣", "++49 941"):
            self.assertRefused(request, wrong, "Please enter a phone number.")

    def test_website(self):
        request = self.ask("url")
        for right in ("www.adler.example", "https://adler.example:8080/a?b=c#d"):
            self.assertTaken(request, right, right)
        for wrong in ("javascript:alert(1)", "adler", "ftp://adler.example", "a b.de"):
            self.assertRefused(
                request, wrong, "Please enter an address such as www.example.com."
            )

    def test_wrong_answer_can_be_mended_and_taken_back(self):
        request = self.ask("email")
        self.assertRefused(request, "anna", "Please enter a valid e-mail address.")
        self.assertShown(request, "anna", "")
        self.assertTaken(request, "anna@adler.example", "anna@adler.example")
        self.assertRefused(request, "bert", "Please enter a valid e-mail address.")
        self.assertTaken(request, "", None)
        self.assertShown(request, "", "")

    # === DAYS === #

    def test_day(self):
        request = self.ask("date")
        self.assertTaken(request, "2028-02-29", self._day("2028-02-29"))
        self.assertShown(request, "2028-02-29", "02/29/2028")
        self.assertTaken(request, "02/29/2028", self._day("2028-02-29"))
        self.assertTaken(request, "9999-12-31", self._day("9999-12-31"))
        for wrong in (
            *("2026-02-30", "0000-00-00", "0026-01-01", "10000-01-01", "2026-٠٣-01"),
            *("tomorrow", "1", "2026-01-01 10:00", "x" * 300),
        ):
            self.assertRefused(request, wrong, "Please enter a day.")

    def test_day_is_written_and_read_as_the_language_does(self):
        self.env["res.lang"]._activate_lang("de_DE")
        request = self.ask("date").with_context(lang="de_DE")
        self.assertTaken(request, "29.02.2028", self._day("2028-02-29"))
        self.assertShown(request, "2028-02-29", "29.02.2028")

    def test_day_between_two_days(self):
        request = self.ask(
            "date", date_limit="fixed", date_min="2027-01-10", date_max="2027-01-20"
        )
        self.assertRefused(request, "2027-01-09", "Not before 01/10/2027, please.")
        self.assertRefused(request, "2027-01-21", "Not after 01/20/2027, please.")
        for day in ("2027-01-10", "2027-01-20"):
            self.assertTaken(request, day, self._day(day))

    def test_day_counted_from_today_on_the_clock_of_the_company(self):
        request = self.ask("date", date_limit="relative", days_min=2, days_max=5)
        with freeze_time("2027-01-09 23:30:00"):  # it is the 10th in Berlin
            self.assertRefused(request, "2027-01-11", "Not before 01/12/2027, please.")
            self.assertRefused(request, "2027-01-16", "Not after 01/15/2027, please.")
            self.assertTaken(request, "2027-01-12", self._day("2027-01-12"))
        with freeze_time("2027-01-12 12:00:00"):  # too late by now
            slot = self.slot(request)
            self.assertEqual(slot.fault, "Not before 01/14/2027, please.")
            self.assertEqual(slot.typed, "2027-01-12")

    def test_one_open_end(self):
        request = self.ask("date", date_limit="fixed", date_max="2027-01-20")
        self.assertTaken(request, "1999-01-01", self._day("1999-01-01"))
        request = self.ask("date", date_limit="relative", days_min=-1)
        self.assertTaken(request, "2999-01-01", self._day("2999-01-01"))

    def _day(self, text):
        return self.env["order.sheet.answer"]._fields["value_date"].to_date(text)
