from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .question_case import QuestionCase


class TestConditions(QuestionCase):
    """When pages and questions are shown: as earlier answers say."""

    def ask_about(self, field_type, **values):
        """Return a draft: the question ``target`` depends on ``q`` before it."""
        return self.ask_all(
            self.question("q", field_type, **values),
            self.question("target", "char", sequence=20),
        )

    def depend(self, *conditions, mode="all", owner="target"):
        """Let a question be shown if conditions hold: pairs of operator and value."""
        owner = self._question(owner, self.asked_sheet)
        self._replace(owner, conditions, mode)

    def _replace(self, owner, conditions, mode):
        source = self._question("q", self.asked_sheet)
        if self.asked_sheet.state == "published":
            self.asked_sheet.action_revise()
        owner.condition_ids.unlink()
        owner.condition_mode = mode
        link = "page_id" if owner._name == "order.sheet.page" else "field_id"
        self.env["order.sheet.condition"].create(
            [
                {
                    link: owner.id,
                    "source_field_id": source.id,
                    "operator": operator,
                    "value": value,
                }
                for operator, value in conditions
            ]
        )
        self.asked_sheet.action_publish()

    def is_shown(self, request, key="target"):
        request.invalidate_recordset()
        return request.sudo()._get_filled().fields[key].is_visible

    def assertHolds(self, request, condition, typed, holds):  # noqa: N802
        self.depend(condition)
        for text in typed:
            self._fill(request, q=text)
            self.assertEqual(self.is_shown(request), holds, (condition, text))

    # === OPERATORS === #

    def test_choice(self):
        request = self.ask_about("choice", options=("red", "blue", "bluish"))
        for condition, right, wrong in (
            (("=", "red"), ["red"], ["blue", "bluish", ""]),
            (("=", " RED "), ["red"], ["blue", ""]),
            (("!=", "red"), ["blue", ""], ["red"]),
            (("in", "red, blue"), ["red", "blue"], ["bluish", ""]),
            (("not_in", "red,blue"), ["bluish", ""], ["red", "blue"]),
            (("contains", "blu"), ["blue", "bluish"], ["red", ""]),
            (("set", False), ["red"], [""]),
            (("not_set", False), [""], ["red"]),
        ):
            self.assertHolds(request, condition, right, True)
            self.assertHolds(request, condition, wrong, False)

    def test_several_choices(self):
        request = self.ask_about("multi", options=("a", "b", "c"))
        for condition, right, wrong in (
            (("=", "a"), [["a"], ["a", "b"]], [["b"], []]),
            (("!=", "a"), [["b"], []], [["a", "b"]]),
            (("in", "a,b"), [["b", "c"]], [["c"], []]),
            (("not_in", "a,b"), [["c"], []], [["b", "c"]]),
            (("set", False), [["c"]], [[]]),
        ):
            self.assertHolds(request, condition, right, True)
            self.assertHolds(request, condition, wrong, False)

    def test_number(self):
        request = self.ask_about("float", min_value=-10)
        for condition, right, wrong in (
            ((">", "2.5"), ["2.6", "10"], ["2.5", "0", ""]),
            ((">=", "2.5"), ["2.5"], ["2.4", ""]),
            (("<", "10"), ["9", "0", "-1"], ["10", ""]),
            (("<=", "10"), ["10"], ["10.1", ""]),
            (("=", "10.0"), ["10", "10.00"], ["1", "100", ""]),
            (("!=", "10"), ["9", ""], ["10"]),
            (("in", "1, 2.5"), ["1", "2.5"], ["2", "5", ""]),
            (("set", False), ["0", "1"], ["", "abc"]),
            (("not_set", False), ["", "abc"], ["0"]),
        ):
            self.assertHolds(request, condition, right, True)
            self.assertHolds(request, condition, wrong, False)

    def test_number_of_a_condition_is_written_in_no_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        request = self.ask_about("float").with_context(lang="de_DE")
        self.assertHolds(request, (">", "1.5"), ["1,6"], True)
        self.assertHolds(request, (">", "1.5"), ["1,5"], False)

    def test_quantity(self):
        request = self.ask_about("product_qty", products=self.flyer)
        self.assertHolds(request, (">=", "100"), ["100"], True)
        self.assertHolds(request, ("set", False), ["1"], True)
        self.assertHolds(request, ("set", False), ["0", ""], False)

    def test_day(self):
        request = self.ask_about("date")
        for condition, right, wrong in (
            ((">", "2026-12-31"), ["2027-01-01"], ["2026-12-31", ""]),
            (("<=", "2026-12-31"), ["2026-12-31"], ["2027-01-01", ""]),
            (("=", "2026-12-31"), ["2026-12-31"], ["2027-01-01", ""]),
        ):
            self.assertHolds(request, condition, right, True)
            self.assertHolds(request, condition, wrong, False)

    def test_tick(self):
        request = self.ask_about("boolean")
        self.assertHolds(request, ("=", "yes"), ["1"], True)
        self.assertHolds(request, ("=", "yes"), [""], False)
        self.assertHolds(request, ("!=", "yes"), [""], True)
        self.assertHolds(request, ("set", False), [""], False)

    def test_text(self):
        request = self.ask_about("char")
        for condition, right, wrong in (
            (("=", "Münch"), ["MÜNCH", "münch"], ["München", ""]),
            (("contains", "ünch, berg"), ["München", "Nürnberg"], ["Köln", ""]),
            (("in", "köln,bonn"), ["Köln", "BONN"], ["Köln, Bonn", ""]),
        ):
            self.assertHolds(request, condition, right, True)
            self.assertHolds(request, condition, wrong, False)

    # === SEVERAL CONDITIONS === #

    def test_all_or_any(self):
        request = self.ask_about("integer")
        between = ((">", "5"), ("<", "10"))
        outside = (("<", "5"), (">", "10"))
        self.depend(*between)
        self._fill(request, q="7")
        self.assertTrue(self.is_shown(request))
        self._fill(request, q="11")
        self.assertFalse(self.is_shown(request))
        self.depend(*outside, mode="any")
        self.assertTrue(self.is_shown(request))
        self._fill(request, q="7")
        self.assertFalse(self.is_shown(request))

    # === WHAT IS NOT SHOWN IS NOT ANSWERED === #

    def test_hidden_answer_counts_for_nothing(self):
        request = self.ask_all(
            self.question("first", "boolean"),
            self.question("q", "char", sequence=20, required=True),
            self.question("target", "char", sequence=30, required=True),
        )
        self.depend(("=", "x"))
        self.asked_sheet.action_revise()
        self.env["order.sheet.condition"].create(
            {
                "field_id": self._question("q", self.asked_sheet).id,
                "source_field_id": self._question("first", self.asked_sheet).id,
                "value": "yes",
            }
        )
        self.asked_sheet.action_publish()
        self._fill(request, first="1", q="x")
        self.assertTrue(self.is_shown(request))
        self.assertFalse(self.is_complete(request))
        self._fill(request, first="")
        self.assertFalse(self.is_shown(request, "q"))
        self.assertFalse(self.is_shown(request))
        self.assertTrue(self.is_complete(request))
        self.assertEqual(self.slot(request, "q").value, "x")  # it is kept meanwhile

    def test_wrong_answer_is_no_answer(self):
        request = self.ask_about("integer")
        self.depend(("not_set", False))
        self._fill(request, q="abc")
        self.assertTrue(self.is_shown(request))

    def test_hidden_page_hides_its_questions(self):
        request = self._two_pages()
        self._replace(self.asked_sheet.page_ids[1], [("=", "x")], "all")
        self.assertEqual(self._pages(request), ["First"])
        self._fill(request, q="x")
        self.assertEqual(self._pages(request), ["First", "Second"])
        self._fill(request, q="y", target="kept")
        self.assertEqual(self._pages(request), ["First"])

    def test_optional_page_is_there_if_it_was_ticked(self):
        request = self._two_pages(is_selectable=True)
        page = self.asked_sheet.page_ids[1]
        self._replace(page, [("=", "x")], "all")
        request.sudo()._select_pages([page.id, 0, -1, self.sheet.page_ids[0].id])
        self.assertEqual(request.sudo().selected_page_ids, page)
        self.assertEqual(self._pages(request), ["First"])
        self._fill(request, q="x")
        self.assertEqual(self._pages(request), ["First", "Second"])
        rev = request.rev
        request.sudo()._select_pages([page.id])
        self.assertEqual(request.rev, rev)
        request.sudo()._select_pages([])
        self.assertEqual(self._pages(request), ["First"])

    def _two_pages(self, **values):
        return self.ask_pages(
            {"name": "First", "sequence": 1, "field_ids": [self.question("q", "char")]},
            {
                "name": "Second",
                "sequence": 2,
                "field_ids": [self.question("target", "char", required=True)],
                **values,
            },
        )

    def _pages(self, request):
        request.invalidate_recordset()
        return [page.name for page in request.sudo()._get_filled().pages]

    # === ORDER === #

    def test_question_depends_on_earlier_ones_alone(self):
        self.ask_about("char")
        first, last = self._two_questions()
        for owner, source in ((first, last), (first, first)):
            with self.assertRaises(ValidationError) as caught:
                self._condition(owner, source)
            self.assertEqual(
                str(caught.exception),
                f"“{owner.label}” depends on “{source.label}”, which comes later.",
            )

    def test_page_depends_on_earlier_pages_alone(self):
        self._two_pages()
        self.asked_sheet.action_revise()
        for number, key in ((0, "q"), (0, "target"), (1, "target")):
            page, source = (
                self.asked_sheet.page_ids[number],
                self._question(key, self.asked_sheet),
            )
            with self.assertRaisesRegex(ValidationError, "which comes later"):
                self.env["order.sheet.condition"].create(
                    {"page_id": page.id, "source_field_id": source.id, "value": "x"}
                )

    def test_order_that_was_changed_afterwards_is_found_at_publishing(self):
        request = self.ask_about("char")
        self.depend(("=", "x"))
        self.asked_sheet.action_revise()
        first, last = self._two_questions()
        first.sequence = 99
        message = "“Target” depends on “Q”, which comes later."
        with self.assertRaises(UserError) as caught:
            self.asked_sheet.action_publish()
        self.assertEqual(str(caught.exception), f"Questions\n{message}")
        self.assertFalse(self.is_shown(request))  # and nothing runs in a circle

    def test_circle_ends(self):
        request = self.ask_about("char")
        self.depend(("=", "x"))
        self.asked_sheet.action_revise()
        first, last = self._two_questions()
        first.sequence, last.sequence = 20, 10
        self._condition(first, last)
        self.assertFalse(self.is_shown(request))
        self.assertFalse(self.is_shown(request, "q"))
        self.assertEqual(len(self.asked_sheet._get_publish_faults()), 1)

    def test_conditions_stay_within_their_sheet(self):
        self.ask_about("char")
        first, last = self._two_questions()
        with self.assertRaisesRegex(ValidationError, "“Center” is a question of anoth"):
            self._condition(last, self._question("center"))

    def _two_questions(self):
        if self.asked_sheet.state == "published":
            self.asked_sheet.action_revise()
        return [self._question(key, self.asked_sheet) for key in ("q", "target")]

    def _condition(self, owner, source):
        return self.env["order.sheet.condition"].create(
            {"field_id": owner.id, "source_field_id": source.id, "value": "x"}
        )

    # === CONDITIONS THAT NOBODY CAN MEAN === #

    def test_impossible_condition_is_found_at_publishing(self):
        for field_type, operator, value in (
            *(("choice", "=", "Yes, please"), ("multi", "in", "a, x")),
            *(("choice", "=", False), ("char", "contains", " ")),
            *(("integer", ">", "many"), ("date", "<", "31.12.2026")),
            *(("boolean", "=", "no"), ("char", ">", "5"), ("choice", ">", "a")),
            *(("file", "set", False), ("address", "=", "1")),
        ):
            options = ("a", "b") if field_type in ("choice", "multi") else ()
            self.ask_about(field_type, options=options)
            with self.subTest(field_type=field_type, operator=operator):
                with self.assertRaises(UserError) as caught:
                    self.depend((operator, value))
                self.assertEqual(
                    str(caught.exception),
                    "Questions\n“Target” depends on “Q”, which is never"
                    f" “{value or ''}”.",
                )

    def test_junk_never_stops_a_customer(self):
        """Builders may change a question after its condition was written."""
        request = self.ask_about("char")
        self.depend(("=", "x"))
        condition = self._question("target", self.asked_sheet).condition_ids
        for value in (None, "x", 0, 1.5, True, ["a"], request.create_date.date()):
            for operator, _label in condition._fields["operator"].selection:
                for text in (False, "", ",", "x", "1", "2026-12-31", "9" * 30):
                    junk = condition.new({"operator": operator, "value": text})
                    self.assertIsInstance(junk._holds(value), bool)

    def test_conditions_can_be_written_in_the_form_of_the_question(self):
        self.ask_about("char")
        first, last = self._two_questions()
        last.condition_ids = [
            Command.create({"source_field_id": first.id, "value": "x"})
        ]
        self.asked_sheet.action_publish()
        with self.assertRaisesRegex(UserError, "set it back to draft"):
            last.condition_ids = [Command.clear()]
