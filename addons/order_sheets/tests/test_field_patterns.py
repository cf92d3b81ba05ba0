import re
import time

from odoo.exceptions import ValidationError

from ..tools.patterns import is_quick
from .question_case import QuestionCase

ENDLESS = (
    *("(a|a)+", "(a+)+", "((a+))+", "(?:a*)*", "(.*a){20}", "(a|aa)+", "(a?){30}a*"),
    *("([a-z]+)*x", r"(\w+\s?)+", "(x+x+)+y", "a*a*a*a*b", "(a{1,250}){1,250}"),
    *("(?=(a+)+b)a*", "(a+?)+?b", "(a|b|ab)*c", "((a?)+)+b", "a{99999999999}"),
    *("(" * 90 + "a+" + ")+" * 90, "a" * 201),
)
QUICK = (
    *("[0-9]{5}", "DE[0-9]{9}", r"[A-Z]{2}-?\d+", r"(Mr|Mrs) \w+", ".*", "(?i)[a-z]*"),
    *(r"[^@]+@[^@]+\.[a-z]+", "([0-9]{3} ?){1,4}", "(foo|bar){1,5}", "a*a*a*b"),
    *("[A-Z]{3}(-[0-9]{2}){3}", r"([a-z])\1", ".*.*.*x", "(?:.*x){3}", "a|b", ""),
)
TEXTS = ("a" * 255, "a" * 254 + "!", "x" * 255, "ab" * 127, "0" * 254 + "!", "a@" * 127)


class TestPatterns(QuestionCase):
    """Regular expressions of those who build sheets, for texts of customers."""

    def test_patterns_that_could_take_for_ever_are_found(self):
        for pattern in ENDLESS:
            with self.subTest(pattern=pattern[:20]):
                self.assertFalse(is_quick(pattern))

    def test_patterns_that_are_taken_are_quick_for_each_text(self):
        for pattern in QUICK:
            with self.subTest(pattern=pattern):
                self.assertTrue(is_quick(pattern))
                start = time.monotonic()
                for text in TEXTS:
                    re.fullmatch(pattern, text)
                self.assertLess(time.monotonic() - start, 2)

    def test_pattern_is_checked_when_it_is_saved(self):
        request = self.ask("char")
        self.asked_sheet.action_revise()
        field = request.sudo().sheet_id.field_ids
        with self.assertRaises(ValidationError) as caught:
            field.regex = "(a+)+"
        self.assertEqual(
            str(caught.exception),
            "The pattern of “Q” could take for ever. Say how often something may come"
            " at most, like {1,20} instead of +.",
        )
        with self.assertRaisesRegex(ValidationError, "“Q” is no regular expression"):
            field.regex = "[a"

    def test_whole_text_has_to_match(self):
        for field_type in ("char", "text", "phone"):
            request = self.ask(
                field_type, regex="[0-9]{5}", regex_message="Five digits, please."
            )
            self.assertTaken(request, "93047", "93047")
            for wrong in ("9304", "930470", "93047 5"):
                self.assertRefused(request, wrong, "Five digits, please.")

    def test_there_is_a_message_where_none_was_written(self):
        request = self.ask("char", regex="[A-Z]+")
        self.assertRefused(request, "abc", "This is not in the expected form.")

    def test_no_text_is_too_long_for_its_pattern(self):
        request = self.ask("text", regex="[a-z ]*")
        self.assertRefused(
            request, "X" * 256, "At most 255 characters, please; these are 256."
        )
