import io
import uuid
from datetime import date

from werkzeug.datastructures import FileStorage

from odoo.addons.http_routing.tests.common import MockRequest

from ..controllers.portal_form import PortalForm, new_form_token, parse_id
from . import portal_kit_routes
from .common import PortalHttpCase, PortalTransactionCase

TOKEN = "0b5c1d1e-6a0f-4d52-9c3b-1f2e3d4c5b6a"


class TestPortalForm(PortalTransactionCase):
    def setUp(self):
        super().setUp()
        self._visit_in("en_US")

    def _visit_in(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        env = self.env(user=self.anna, context={"lang": lang})
        self.enterContext(MockRequest(env))

    def _read(self, field_type, value, **options):
        """Return what a field of a form gives for a value, and its message."""
        form = PortalForm({"field": value})
        result = getattr(form, field_type)("field", "The field", **options)
        return result, form.errors.get("field")

    def assertRefused(self, field_type, value, message, **options):  # noqa: N802
        result, error = self._read(field_type, value, **options)
        self.assertEqual((result or None, error), (None, message), repr(value))

    # === TEXT === #

    def test_text_comes_without_spaces_around_it(self):
        self.assertEqual(
            self._read("text", "  Hotel\xa0Adler "), ("Hotel\xa0Adler", None)
        )

    def test_empty_text_is_no_value(self):
        for value in ("", "   ", None):
            self.assertEqual(self._read("text", value), (None, None))

    def test_required_text_is_asked_for_by_its_name(self):
        for value in ("", "  ", None):
            message = "Please fill in “The field”."
            self.assertRefused("text", value, message, required=True)

    def test_text_has_a_greatest_length(self):
        self.assertEqual(self._read("text", "a" * 128), ("a" * 128, None))
        message = "“The field” may have 128 characters, not 129."
        self.assertRefused("text", "a" * 129, message)
        message = "“The field” may have 5 characters, not 6."
        self.assertRefused("text", "äöüßäö", message, max_length=5)

    def test_unprintable_characters_are_refused(self):
        message = "“The field” contains characters that cannot be used."
        for char in "\x00\x01\x08\x0b\x1b\x1f\x7f\x85\x9f\ud800\udfff":
            self.assertRefused("text", f"a{char}b", message)
            self.assertRefused("text", f"a{char}b", message, multiline=True)

    def test_line_has_no_breaks_and_no_tabs(self):
        message = "“The field” contains characters that cannot be used."
        for text in ("a\nb", "a\r\nBcc: x@y", "a\tb"):
            self.assertRefused("text", text, message)

    def test_textarea_has_breaks_and_tabs(self):
        text = self._read("text", "a\r\n\tb\n", multiline=True)
        self.assertEqual(text, ("a\n\tb", None))

    def test_text_in_any_script_is_welcome(self):
        for text in ("Zürich 数 👩‍👧 \u202e", "<script>", "'; --", "%_\\"):
            self.assertEqual(self._read("text", text), (text, None))

    # === DATE === #

    def test_date_comes_as_date_inputs_send_it(self):
        self.assertEqual(self._read("date", "2026-12-03"), (date(2026, 12, 3), None))

    def test_date_comes_as_the_language_writes_it(self):
        self.assertEqual(self._read("date", " 12/03/2026"), (date(2026, 12, 3), None))
        self._visit_in("de_DE")
        self.assertEqual(self._read("date", "03.12.2026"), (date(2026, 12, 3), None))
        self.assertEqual(self._read("date", "29.02.2028"), (date(2028, 2, 29), None))

    def test_what_is_no_date_is_refused(self):
        for value in (
            *("2026-02-30", "0000-00-00", "0000-01-01", "10000-01-01", "0026-12-03"),
            *("abc", "2026-12-03 10:00", "٢٠٢٦-12-03", "1", "2026-12-03\x00", "1e3"),
        ):
            self.assertRefused("date", value, "“The field” is not a valid date.")

    def test_last_date_of_the_calendar_is_a_date(self):
        self.assertEqual(self._read("date", "9999-12-31"), (date(9999, 12, 31), None))

    def test_required_date_is_asked_for(self):
        self.assertEqual(self._read("date", ""), (None, None))
        self.assertRefused("date", "", "Please fill in “The field”.", required=True)

    # === NUMBER === #

    def test_number_comes_as_digits(self):
        for value, number in (
            ("1", 1),
            (" 5 ", 5),
            ("007", 7),
            ("2147483647", 2**31 - 1),
        ):
            self.assertEqual(self._read("natural", value), (number, None))
        self.assertEqual(self._read("natural", 5), (5, None), "as JSON sends it")

    def test_what_is_no_number_is_refused(self):
        for value in (
            *(
                "0",
                "-1",
                "+1",
                "1e3",
                "1.5",
                "1,5",
                "1_000",
                "٣",
                "³",
                "abc",
                "NaN",
                "inf",
            ),
            *("2147483648", "9" * 30, "9" * 10_000, "5\x00", "1 OR 1=1", "[1]", "1 2"),
        ):
            message = "“The field” must be a whole number of at least 1."
            self.assertRefused("natural", value, message)

    def test_number_stays_within_its_limits(self):
        limits = {"minimum": 0, "maximum": 20}
        for value, number in (("0", 0), ("20", 20)):
            self.assertEqual(self._read("natural", value, **limits), (number, None))
        message = "“The field” must be a whole number from 0 to 20."
        self.assertRefused("natural", "21", message, **limits)

    def test_integer_may_be_negative(self):
        for value, number in (
            *(("-5", -5), (" -007 ", -7), ("0", 0), ("-0", 0), ("12", 12)),
            *(("-2147483647", -(2**31) + 1), (-3, -3)),
        ):
            self.assertEqual(self._read("integer", value), (number, None))
        for value in ("--5", "- 5", "5-", "−5", "-", "1,5", "-2147483648", "9" * 30):
            message = "“The field” must be a whole number."
            self.assertRefused("integer", value, message)

    def test_integer_stays_within_its_limits(self):
        for value, limits, words in (
            ("-4", {"minimum": -3}, "of at least -3"),
            ("-4", {"maximum": -5}, "of at most -5"),
            ("6", {"minimum": -5, "maximum": 5}, "from -5 to 5"),
        ):
            message = f"“The field” must be a whole number {words}."
            self.assertRefused("integer", value, message, **limits)
        limits = {"minimum": -5, "maximum": 5}
        for value in (-5, 0, 5):
            self.assertEqual(self._read("integer", str(value), **limits)[0], value)

    def test_required_number_is_asked_for(self):
        self.assertEqual(self._read("natural", ""), (None, None))
        self.assertRefused("natural", "", "Please fill in “The field”.", required=True)

    # === CHOICE === #

    def test_record_is_one_of_those_offered(self):
        contacts = self.anna.partner_id | self.bert.partner_id
        chosen = self._read("record", str(self.bert.partner_id.id), candidates=contacts)
        self.assertEqual(chosen, (self.bert.partner_id, None))

    def test_foreign_and_missing_records_get_the_same_answer(self):
        contacts = self.anna.partner_id | self.bert.partner_id
        foreign = str(self.carla.partner_id.id)
        for value in (foreign, "2147483647", "0", "-1", "abc", "9" * 30, "1.0", "[1]"):
            message = "Please choose “The field” from the list."
            self.assertRefused("record", value, message, candidates=contacts)

    def test_required_record_is_asked_for(self):
        nobody = self.env["res.partner"]
        form = PortalForm({})
        self.assertEqual(form.record("field", "The field", self.adler), nobody)
        self.assertTrue(form.ok)
        form.record("field", "The field", self.adler, required=True)
        self.assertEqual(form.errors, {"field": "Please fill in “The field”."})

    def test_choice_is_one_of_the_options(self):
        options = {"short": "Short", "long": "Long"}
        self.assertEqual(self._read("choice", "long", options=options), ("long", None))
        self.assertEqual(self._read("choice", "", options=options), (None, None))
        message = "Please choose “The field” from the list."
        self.assertRefused("choice", "Long", message, options=options)
        message = "Please fill in “The field”."
        self.assertRefused("choice", "", message, options=options, required=True)

    def test_choices_are_some_of_the_options(self):
        options = {"a": "A", "b": "B", "c": "C"}
        for sent, chosen in (
            (["c", "a"], ["a", "c"]),
            (["b", "b", " b "], ["b"]),
            ([], []),
        ):
            self.assertEqual(self._read("choices", sent, options=options)[0], chosen)

    def test_choice_that_was_not_offered_refuses_all(self):
        message = "Please choose “The field” from the list."
        options = ["a", "b"]
        for sent in (["a", "c"], ["A"], [""], ["ab"], ["a,b"], ["a\x00"], ["x" * 9999]):
            self.assertRefused("choices", sent, message, options=options)
        for sent in ([None], [["a"]], [{}], [1.5]):  # nothing that a form can send
            self.assertEqual(self._read("choices", sent, options=options), ([], None))

    def test_required_choices_are_asked_for(self):
        message = "Please fill in “The field”."
        self.assertRefused("choices", [], message, options=["a"], required=True)
        form = PortalForm({})
        self.assertEqual(form.choices("field", "The field", ["a"]), [])
        self.assertEqual((form.ok, form.typed), (True, {"field": []}))

    def test_boxes_can_be_shown_again_as_they_were_ticked(self):
        form = PortalForm({"boxes": ["b", "nope\x00"], "title": "Hotel"})
        form.choices("boxes", "Boxes", ["a", "b"])
        self.assertEqual(form.typed, {"boxes": ["b", "nope"], "title": "Hotel"})

    def test_question_is_answered_with_yes_or_no(self):
        for value, answer in (("yes", True), (" no ", False), ("", None)):
            result, error = self._read("yes_no", value)
            self.assertIs(result, answer)
            self.assertIsNone(error)
        message = "Please choose “The field” from the list."
        for value in ("1", "true", "Yes", "YES", "on", "yes no"):
            self.assertRefused("yes_no", value, message)
        message = "Please fill in “The field”."
        self.assertRefused("yes_no", "", message, required=True)
        self.assertEqual(self._read("yes_no", "no", required=True), (False, None))

    def test_flag_is_whether_a_box_was_ticked(self):
        for value in ("1", "on", "true", "yes", True):
            self.assertIs(PortalForm({"box": value}).flag("box"), True)
        for value in ("", "0", "false", "off", None, False):
            self.assertIs(PortalForm({"box": value}).flag("box"), False)
        self.assertIs(PortalForm({}).flag("box"), False)

    # === TOKEN === #

    def test_token_is_a_canonical_uuid4(self):
        form = PortalForm({"form_token": TOKEN})
        self.assertEqual((form.token(), form.errors), (TOKEN, {}))
        token = new_form_token()
        self.assertEqual(PortalForm({"form_token": token}).token(), token)

    def test_form_without_a_usable_token_is_renewed(self):
        message = "This form was outdated and has been renewed. Please send it again."
        for value in (
            *("", "abc", "ä", TOKEN.upper(), f"{TOKEN}0", TOKEN.replace("-", "")),
            *(f"{{{TOKEN}}}", str(uuid.uuid1()), f"{TOKEN}\x00", "' OR 1=1 --"),
        ):
            form = PortalForm({"form_token": value})
            self.assertIsNone(form.token())
            self.assertEqual(form.errors, {"form_token": message}, value)
            renewed = PortalForm({"form_token": form.typed["form_token"]})
            self.assertEqual(renewed.token(), form.typed["form_token"])

    # === THE WHOLE FORM === #

    def test_everything_typed_is_kept_for_showing_it_again(self):
        form = PortalForm({"a": " x ", "b": "1\x002\ud8003\r\n4", "c": "ä" * 5000})
        self.assertEqual(form.typed, {"a": " x ", "b": "123\n4", "c": "ä" * 5000})

    def test_files_and_lists_are_no_text(self):
        upload = FileStorage(io.BytesIO(b"x"), filename="x.txt")
        form = PortalForm({"file": upload, "list": ["x"], "dict": {}, "none": None})
        self.assertEqual(form.typed, {})
        self.assertIsNone(form.text("file", "File"))
        self.assertIsNone(form.natural("list", "List"))

    def test_first_mistake_at_a_field_is_shown(self):
        form = PortalForm({"day": "abc"})
        self.assertTrue(form.ok)
        form.date("day", "Day")
        form.fail("day", "We are closed.")
        form.fail("form", "Too late.")
        self.assertFalse(form.ok)
        message = "“Day” is not a valid date."
        self.assertEqual(form.errors, {"day": message, "form": "Too late."})

    def test_id_of_a_route_is_a_number_that_can_be_one(self):
        for value, record_id in (("1", 1), (7, 7), ("2147483647", 2**31 - 1)):
            self.assertEqual(parse_id(value), record_id)
        junk = ("0", 0, -1, "-1", 2**31, "9" * 30, 10**30, "٣", "1e3", "+1", "1_0", "")
        for value in (*junk, "abc", None, True, False, 1.0, [1], {"id": 1}, "\x00"):
            self.assertIsNone(parse_id(value), repr(value))


class TestPortalFormPage(PortalHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "customer_portal.test_form",
                "arch": portal_kit_routes.FORM_PAGE,
            }
        )

    def test_form_with_mistakes_is_shown_again_with_all_that_was_typed(self):
        data = {"title": "Hot\x00el", "remark": "a\r\nb</textarea><script>", "x": "y"}
        page = self.post_as(self.anna, "/my/kit_test/form", data)
        self.assertEqual(page.status_code, 200)
        self.assertIn('value="Hotel"', page.text)
        self.assertIn("a\nb&lt;/textarea&gt;&lt;script&gt;", page.text)
        self.assertIn('<p class="error">title</p>', page.text)
        self.assertIn('<p class="error">form_token</p>', page.text)

        data = {"title": "Hotel", "form_token": self.form_token(page)}
        page = self.post_as(self.anna, "/my/kit_test/form", data)
        self.assertNotIn('class="error"', page.text)

    def test_all_ticked_boxes_of_one_name_arrive(self):
        url = "/my/kit_test/boxes"
        for sent, chosen in ((["c", "a", "c"], ["a", "c"]), ("c", ["c"]), ([], [])):
            page = self.post_as(self.anna, url, {"boxes": sent})
            expected = {"chosen": chosen, "typed": list(sent)}
            self.assertEqual(page.json(), expected)

    def test_upload_in_place_of_a_text_is_a_missing_text(self):
        page = self.post_as(
            self.anna, "/my/kit_test/form", files={"title": ("x.txt", b"x")}
        )
        self.assertEqual(page.status_code, 200)
        self.assertIn('<p class="error">title</p>', page.text)
