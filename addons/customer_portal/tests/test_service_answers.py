from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.fields import Command
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_common import ServicePeople


class TestServiceAnswers(ServicePeople, PortalTransactionCase):
    """What a customer has answered stays as it was, in the words of that day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.colour = cls.env["customer.service.task"].create(
            {
                "name": "Which colours?",
                "answer_type": "multi",
                "option_ids": [Command.create({"name": it}) for it in ("Red", "Blue")],
            }
        )

    def _answer(self, task, user=None, **values):
        """Return the answer on an order that was sent."""
        answers = self.env["customer.service.answer"]
        user = user or self.carla
        task = task.with_context(lang=user.lang)
        order = self._order_as(
            user,
            service_type_id=self.warranty.id,
            imei=self._next_imei(),
            answer_ids=[Command.create(answers._prepare_answer_vals(task, **values))],
        )
        return order.with_user(self.erik).answer_ids

    def _read(self, answer):
        self.env.flush_all()
        self.env.invalidate_all()
        return answer.question, answer.display_value

    def test_question_that_is_put_otherwise_later(self):
        answer = self._answer(self.damage, value_text="A scratch")
        self.damage.with_user(self.mia).name = "Scratches"
        self.assertEqual(self._read(answer), ("Visible damage", "A scratch"))
        self.damage.with_user(self.mia).answer_type = "yes_no"
        self.assertEqual(self._read(answer), ("Visible damage", "A scratch"))

    def test_options_that_are_renamed_or_deleted_later(self):
        red, blue = self.colour.option_ids
        answer = self._answer(self.colour, option_ids=[Command.set((red | blue).ids)])
        self.assertEqual(self._read(answer), ("Which colours?", "Red, Blue"))
        red.with_user(self.mia).name = "Crimson"
        self.assertEqual(self._read(answer), ("Which colours?", "Red, Blue"))
        blue.with_user(self.mia).unlink()
        self.assertEqual(self._read(answer), ("Which colours?", "Red, Blue"))

    def test_question_that_is_deleted_later(self):
        answer = self._answer(self.damage, value_text="A scratch")
        self.damage.with_user(self.mia).unlink()
        self.assertFalse(answer.task_id)
        self.assertEqual(self._read(answer), ("Visible damage", "A scratch"))

    def test_question_and_answer_are_in_the_language_of_the_customer(self):
        self.carla.lang = "de_DE"
        german = self.damage.with_context(lang="de_DE")
        german.write({"name": "Sichtbare Schäden", "answer_type": "date"})
        answer = self._answer(self.damage, value_date=date(2026, 11, 27))
        self.assertEqual(self._read(answer), ("Sichtbare Schäden", "27.11.2026"))
        english = answer.with_context(lang="en_US")
        self.assertEqual(self._read(english), ("Sichtbare Schäden", "27.11.2026"))

    def test_question_is_answered_once(self):
        order = self._draft_as(self.carla).sudo()
        vals = order.answer_ids._prepare_answer_vals(self.find_my, value_boolean=False)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            order.write({"answer_ids": [Command.create(vals)]})
        self.assertEqual(order.answer_ids.display_value, "Yes")
