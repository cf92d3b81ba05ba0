from odoo.exceptions import UserError

from .question_case import QuestionCase


class TestSaving(QuestionCase):
    """What is kept of what several people type at once, and who learns of whom."""

    def setUp(self):
        super().setUp()
        self.request = self._start_as(self.anna)
        self.theirs = self._start_as(self.bert)
        self.sudo = self.request.sudo()

    def _value(self, name):
        return self.slot(self.request, name).value

    def _save(self, typed, rev, user=None, **kwargs):
        request_sudo = self.request.with_user(user or self.anna).sudo()
        return request_sudo._save_typed(typed, rev, **kwargs)

    def test_each_change_has_a_number(self):
        self.assertEqual(self.request.rev, 1)
        self._save({"center": "Mitte", "logo": "no"}, 1)
        self.assertEqual(self.request.rev, 2)
        self._save({"center": "Mitte"}, 2)
        self.assertEqual(self.request.rev, 2)  # nothing has changed
        self._save({"center": ""}, 2)
        self.assertEqual(self.request.rev, 3)
        self.assertEqual(set(self.sudo.answer_ids.mapped("rev")), {2, 3})

    def test_who_and_when_is_noted(self):
        self._save({"center": "Mitte"}, 1, self.bert)
        self.assertEqual(self.sudo.saved_by_id, self.bert.partner_id)
        self._save({"center": "Nord"}, 2, contact=self.anna.partner_id)
        self.assertEqual(self.sudo.saved_by_id, self.anna.partner_id)
        self.assertTrue(self.sudo.saved_at)

    def test_unknown_names_are_ignored(self):
        names = ("", "x", "state", "flyer-1", "poster", "poster-0", "logo_file", "\x00")
        saved = self._save(dict.fromkeys(names, "x"), 1)
        self.assertEqual(saved, ({}, {}))
        self.assertFalse(self.sudo.answer_ids)

    def test_what_stands_there_as_before_was_not_typed(self):
        """A page is sent as a whole; a colleague has typed in another input of it."""
        self._save({"center": "Mitte"}, 1)
        self._save({"center": "West"}, 2, self.bert)
        page = {"center": "Mitte", "logo": "no"}
        before = {"center": "Mitte", "logo": ""}
        saved = self._save(page, 2, before=before)
        self.assertEqual(saved.conflicts, {})
        self.assertEqual((self._value("center"), self._value("logo")), ("West", "no"))

    def test_what_was_wrong_before_is_said_again(self):
        fault = {"flyer": "Steps of 50"}
        self.assertEqual(self._save({"flyer": "120"}, 1).faults, fault)
        saved = self._save({"flyer": "120"}, 2, before={"flyer": "120"})
        self.assertEqual(saved, (fault, {}))
        self.assertEqual(self.request.rev, 2)

    def test_both_read_what_the_other_has_typed(self):
        self._save({"center": "Mitte"}, 1)
        self._save({"center": "West"}, 2, self.bert)
        saved = self._save({"center": "Ost", "logo": "yes"}, 2)
        conflict = {"mine": "Ost", "theirs": "West", "by": "Bert"}
        self.assertEqual(saved.conflicts, {"center": conflict})
        self.assertEqual((self._value("center"), self._value("logo")), ("West", "yes"))

    def test_what_a_colleague_has_deleted_is_a_conflict_too(self):
        self._save({"center": "Mitte"}, 1)
        self._save({"center": ""}, 2, self.bert)
        saved = self._save({"center": "Ost"}, 2)
        conflict = {"mine": "Ost", "theirs": "", "by": "Bert"}
        self.assertEqual(saved.conflicts, {"center": conflict})

    def test_same_answer_of_both_is_no_conflict(self):
        self._save({"center": "Mitte"}, 1)
        self._save({"center": "West"}, 2, self.bert)
        saved = self._save({"center": "West "}, 2)
        self.assertEqual(saved, ({}, {}))

    def test_wrong_answer_of_a_colleague_is_shown_as_he_typed_it(self):
        self._save({"flyer": "100"}, 1)
        self._save({"flyer": "lots"}, 2, self.bert)
        saved = self._save({"flyer": "150"}, 2)
        self.assertEqual(saved.conflicts["flyer"]["theirs"], "lots")

    def test_rows_of_a_table_do_not_meet(self):
        first, second = f"poster-{self.poster_a.id}", f"poster-{self.poster_b.id}"
        self._save({first: "1"}, 1)
        self._save({second: "2"}, 1, self.bert)
        self.assertEqual((self._value(first), self._value(second)), (1, 2))

    def test_several_choices_of_both(self):
        self.request = self.ask("multi", options=("a", "b", "c"))
        self._save({"q": ["a"]}, 1)
        self._save({"q": ["a", "b"]}, 2, self.bert)
        saved = self._save({"q": ["c", "a"]}, 2)
        conflict = {"mine": ["a", "c"], "theirs": ["a", "b"], "by": "Bert"}
        self.assertEqual(saved.conflicts, {"q": conflict})
        saved = self._save({"q": ["b", "a"]}, 3, before={"q": ["a", "b"]})
        self.assertEqual((saved, self.request.rev), (({}, {}), 3))

    def test_optional_pages_and_the_remark_count_as_changes(self):
        self.sudo._save_remark("Hello")
        self.assertEqual((self.request.remark, self.request.rev), ("Hello", 2))
        self.sudo._save_remark("Hello ")
        self.assertEqual(self.request.rev, 2)
        self.sudo._save_remark("")
        self.assertEqual((self.request.remark, self.request.rev), (False, 3))

    def test_remark_is_a_text_that_can_be_kept(self):
        for typed, remark in (
            ("a\x00b\ud800", "a\ufffdb\ufffd"),
            ("x" * 6000, "x" * 5000),
            ("<b>1\r\n2", "<b>1\n2"),
            (None, False),
            ([], False),
        ):
            self.sudo._save_remark(typed)
            self.sudo.flush_recordset()
            self.assertEqual(self.request.remark, remark)

    def test_nothing_is_kept_once_it_was_submitted(self):
        self._save({"center": "Mitte", "logo": "no", "flyer": "100"}, 1)
        self.sudo._submit(self.anna.partner_id.sudo())
        for act in (
            lambda: self._save({"center": "Nord"}, 9),
            lambda: self.sudo._save_remark("x"),
            lambda: self.sudo._select_pages([]),
            lambda: self.sudo._discard(),
        ):
            with self.assertRaises(UserError):
                act()
        self.assertEqual(self._value("center"), "Mitte")

    def test_discarded_draft_leaves_nothing(self):
        self._save({"center": "Mitte"}, 1)
        answers = self.sudo.answer_ids
        self.sudo._discard()
        self.assertFalse(answers.exists() or self.request.exists())
        self.assertTrue(self._start_as(self.anna))
