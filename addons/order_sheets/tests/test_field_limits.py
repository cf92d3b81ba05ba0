from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .question_case import QuestionCase


class TestFieldLimits(QuestionCase):
    """Rules that nobody could keep are not saved."""

    def setUp(self):
        super().setUp()
        self.ask("char")
        self.asked_sheet.action_revise()
        self.field = self.asked_sheet.field_ids

    def assertImpossible(self, message, **values):  # noqa: N802
        with self.assertRaises(ValidationError) as caught:
            self.field.write(values)
        self.assertEqual(str(caught.exception), message)

    def test_most_is_not_less_than_least(self):
        for least, most, message in (
            ("min_value", "max_value", "“Q”: “At Most” is less than “At Least”."),
            (
                *("min_length", "max_length"),
                "“Q”: “Characters, at Most” is less than “Characters, at Least”.",
            ),
            (
                *("choice_min", "choice_max"),
                "“Q”: “Choices, at Most” is less than “Choices, at Least”.",
            ),
            (
                *("days_min", "days_max"),
                "“Q”: “Last Day in … Days” is less than “First Day in … Days”.",
            ),
        ):
            self.assertImpossible(message, **{least: 5, most: 4})
            self.field.write({least: 5, most: 0})  # 0: there is no limit
            self.field.write({least: 5, most: 5})
        self.assertImpossible(
            "“Q”: “Last Day” is less than “First Day”.",
            date_min="2027-01-02",
            date_max="2027-01-01",
        )
        self.field.write({"date_min": False, "date_max": "2027-01-01"})
        self.field.write({"date_min": "2027-01-01", "date_max": False})

    def test_numbers_have_sense(self):
        for values in (
            *({"min_length": -1}, {"max_length": -1}, {"step": -1}, {"choice_min": -1}),
            *({"choice_max": -1}, {"file_max_mb": 0}, {"file_max_mb": 101}),
            *({"file_max_count": 0}, {"file_max_count": 21}),
            *({"days_min": 3651}, {"days_max": 10**6}, {"days_min": -3651}),
        ):
            with self.subTest(values=values), self.assertRaises(IntegrityError):
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.field.write(values)
                    self.field.flush_recordset()

    def test_endings_of_files_are_those_that_are_checked(self):
        self.field.file_ext = " PDF, .png;jpg  tif "
        self.assertEqual(self.field._get_extensions(), ["pdf", "png", "jpg", "tif"])
        for ending in ("exe", "svg", "html"):
            with self.assertRaisesRegex(ValidationError, f"cannot be sent: {ending}."):
                self.field.file_ext = f"pdf, {ending}"

    def test_key_is_short_and_plain(self):
        for key in ("a" * 41, "Ä", "a b", "a-b", "A", "a\n"):
            with self.assertRaises(ValidationError):
                self.field.key = key
        self.field.key = "a_" + "9" * 38

    def test_key_is_made_from_the_label(self):
        page = self.asked_sheet.page_ids
        labels = ("Größe & Farbe!", "Größe & Farbe", "Q", "中文", "x" * 80)
        fields = page.field_ids.create(
            [{"page_id": page.id, "label": label} for label in labels]
        )
        self.assertEqual(
            fields.mapped("key"),
            ["grosse_farbe", "grosse_farbe_2", "q_2", "key", "x" * 36],
        )

    def test_two_questions_have_not_the_same_key(self):
        page = self.asked_sheet.page_ids
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            page.field_ids.create({"page_id": page.id, "label": "Q", "key": "q"})
            self.env.flush_all()

    def test_answer_goes_only_where_it_fits(self):
        for target, field_type in (
            ("commitment_date", "char"),
            ("shipping_partner", "text"),
            ("note", "date"),
            ("client_order_ref", "text"),
            ("line_description", "file"),
        ):
            with self.subTest(target=target), self.assertRaises(ValidationError):
                self.field.write({"field_type": field_type, "sale_target": target})

    def test_chosen_product_has_a_quantity(self):
        with self.assertRaisesRegex(ValidationError, "must be more than 0"):
            self.field.fixed_qty = 0
        with self.assertRaisesRegex(ValidationError, "comes from another sheet"):
            self.field.qty_field_id = self._question("flyer")
