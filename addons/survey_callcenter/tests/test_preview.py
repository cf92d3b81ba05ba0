from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .list_case import ListCase


class TestPreview(ListCase):
    """How many people a selection would add is shown before the survey is released."""

    def counts(self, selection):
        """Return found, no phone, do not call, other survey, duplicate and added."""
        names = ("found", "no_phone", "dnc", "other_survey", "duplicate", "added")
        return tuple(selection[f"preview_{name}"] for name in names)

    def count(self, **values):
        selection = self._create_selection(**values)
        selection.action_preview()
        return self.counts(selection)

    def test_each_person_left_out_has_one_reason(self):
        self._create_difficult_people()
        self.assertEqual(self.count(), (4, 1, 1, 0, 1, 1))

    def test_selection_says_which_reasons_count(self):
        self._create_difficult_people()
        for number, (option, counts) in enumerate(
            {
                "require_phone": (4, 0, 1, 0, 1, 2),
                "exclude_dnc": (4, 1, 0, 0, 1, 2),
                "dedupe_phone": (4, 1, 1, 0, 0, 2),
            }.items()
        ):
            with self.subTest(option):
                selection = {"name": f"Without {number}", option: False}
                self.assertEqual(self.count(**selection), counts)

    def test_number_that_was_taken_off_the_blacklist_is_called(self):
        self._create_difficult_people()
        self.env["phone.blacklist"]._remove(["+49307654321"])
        self.assertEqual(self.count(), (4, 1, 0, 0, 1, 2))

    def test_who_waits_for_another_survey_is_left_out_if_wished(self):
        self._create_contact("x", partner_id=self.good.id)
        self.assertEqual(self.count(name="All"), (1, 0, 0, 0, 0, 1))
        wish = {"exclude_other_open_surveys": True}
        self.assertEqual(self.count(name="Not in others", **wish), (1, 0, 0, 1, 0, 0))
        self.survey.cc_state = "closed"
        self.assertEqual(self.count(name="Closed now", **wish), (1, 0, 0, 0, 0, 1))

    def test_first_person_left_out_does_not_take_the_number_from_the_next(self):
        self._create_contact("x", partner_id=self.good.id)
        self._create_difficult_people()
        counts = self.count(exclude_other_open_surveys=True)
        self.assertEqual(counts, (4, 1, 1, 1, 0, 1))

    def test_static_selection_counts_its_members(self):
        selection = self._create_selection(mode="static")
        selection.action_mark_members()
        self._create_difficult_people()
        selection.action_preview()
        self.assertEqual(self.counts(selection), (1, 0, 0, 0, 0, 1))

    @freeze_time("2026-12-07 09:00:00")
    def test_colleague_counts_a_selection_that_he_may_not_change(self):
        theirs = self.selection.with_user(self.colleague)
        theirs.action_preview()
        self.assertEqual(self.counts(theirs), (1, 0, 0, 0, 0, 1))
        self.assertEqual(theirs.preview_at, fields.Datetime.now())

    def test_selection_that_is_not_shared_is_not_counted_by_others(self):
        selection = self._create_selection(shared=False)
        with self.assertRaises(AccessError):
            selection.with_user(self.colleague).action_preview()

    def test_survey_shows_the_sum_of_its_selections(self):
        other = self._create_selection(domain="[('name', '=', 'Other')]")
        self._create_partner("Other", phone="+49301234502")
        self.choose(self.selection | other)
        survey = self.as_manager(self.planned)
        self.assertFalse(survey.cc_preview_at)
        survey.action_cc_preview()
        self.assertEqual(survey.cc_preview_added, 2)
        self.assertTrue(survey.cc_preview_at)

    def test_counting_50_people_costs_as_many_queries_as_counting_one(self):
        self._count_queries()
        self._create_partner("List second", phone="+49301234502")
        few = self._count_queries()
        for number in range(50):
            self._create_partner(f"List {number}", phone=f"+493012346{number:02}")
        self.assertEqual(self._count_queries(), few)
        self.assertEqual(self.selection.preview_added, 52)

    def _count_queries(self):
        return self.count_queries(self.as_manager(self.selection).action_preview)
