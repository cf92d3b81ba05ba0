from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import GROUP
from .dialog_case import NOW, DialogCase


@freeze_time(NOW)
class TestHistory(DialogCase):
    """Contact history (Kontakt-Historie): the survey says whether there is an entry."""

    def _set_done(self, history_on_done, **values):
        self.survey.cc_history_on_done = history_on_done
        self.apply(self.p1, done=True, note="Wants the offer", **values)
        return self.entries_of(self.p1)

    def test_entry_says_who_set_it_to_done_and_how_it_went(self):
        entry = self._set_done("ask", rating_id=self.positive.id)
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "done",
                    "user_id": self.manager.id,
                    "contact_id": self.p1.id,
                    "survey_id": self.survey.id,
                    "company_id": self.p1.company_id.id,
                    "rating_id": self.positive.id,
                    "note": "Wants the offer",
                }
            ],
        )

    def test_managers_see_no_entries_of_surveys_that_they_may_not_see(self):
        colleague = self._create_user("Eva", f"{GROUP}manager")
        entry = self._set_done("always")
        theirs = entry.with_user(colleague)
        self.assertEqual(theirs.search([("id", "=", entry.id)]), entry)
        self.survey.restrict_user_ids = self.manager
        self.env.flush_all()
        self.assertFalse(theirs.search([("id", "=", entry.id)]))

    def test_never_means_no_entry(self):
        self.assertFalse(self._set_done("never", create_history=True))
        self.assertEqual(self.calls_of(self.p1).note, "Wants the offer")

    def test_ask_means_no_entry_without_the_tick(self):
        self.assertFalse(self._set_done("ask", create_history=False))

    def test_always_means_an_entry_even_without_the_tick(self):
        self.assertEqual(len(self._set_done("always", create_history=False)), 1)

    def test_notes_are_left_out_unless_they_are_wanted(self):
        entry = self._set_done("ask", include_notes=False)
        self.assertRecordValues(entry, [{"note": False}])
        self.assertEqual(self.calls_of(self.p1).note, "Wants the offer")

    def test_survey_says_whether_notes_are_proposed(self):
        self.survey.cc_history_include_notes = False
        self.assertFalse(self.open_dialog(self.p1).include_notes)
        self.assertRecordValues(self._set_done("ask"), [{"note": False}])

    def test_entry_comes_with_done_only_and_once(self):
        self.apply(self.p1, rating_id=self.positive.id, note="Not yet")
        self.assertFalse(self.entries_of(self.p1))
        self._set_done("always")
        self.apply(self.p1, note="Later")
        self.assertEqual(self.entries_of(self.p1).mapped("note"), ["Wants the offer"])

    def test_done_once_more_is_another_entry(self):
        self._set_done("always")
        self.apply(self.p1, done=False)
        self._set_done("always")
        self.assertEqual(len(self.entries_of(self.p1)), 2)

    def test_call_of_an_agent_leaves_an_entry_too(self):
        self.survey.cc_history_on_done = "ask"
        self.pick(self.agent_a, self._let_wait(self.p1))
        self.save_call(self.agent_a, "complete", note="Answered all")
        self.assertRecordValues(
            self.entries_of(self.p1),
            [{"note": "Answered all", "user_id": self.agent_a.id, "kind": "done"}],
        )

    def test_ticks_of_an_agent_count_where_the_survey_asks(self):
        for history, create, include, notes in (
            ("never", True, True, []),
            ("ask", False, True, []),
            ("ask", True, True, ["Answered all"]),
            ("ask", True, False, [False]),
            ("always", False, True, ["Answered all"]),
            ("always", False, False, [False]),
        ):
            with self.subTest(history=history, create=create, include=include):
                self.survey.cc_history_on_done = history
                contact = self._create_contact("Weber, Anna")
                self.pick(self.agent_a, self._let_wait(contact))
                self.save_call(
                    self.agent_a,
                    "complete",
                    note="Answered all",
                    create_history=create,
                    include_notes=include,
                )
                self.assertEqual(self.entries_of(contact).mapped("note"), notes)

    def _let_wait(self, contact):
        self.give_follow_up(contact, self.agent_a, contact.next_call_at)
        return contact

    def test_nobody_writes_or_deletes_entries_by_hand(self):
        entry = self._set_done("always").with_user(self.manager)
        with self.assertRaises(AccessError):
            entry.note = "Changed"
        with self.assertRaises(AccessError):
            entry.unlink()

    # --- at the person ---

    def test_company_counts_what_belongs_to_its_people(self):
        company = self.env["res.partner"].create({"name": "ACME", "is_company": True})
        (self.p1 | self.p2).partner_id.parent_id = company
        self._set_done("always")
        counted = (company | self.p1.partner_id | self.p2.partner_id).with_user(
            self.manager
        )
        self.assertEqual(counted.mapped("cc_history_count"), [1, 1, 0])
        self.assertEqual(counted.mapped("cc_contact_count"), [2, 1, 1])

    def test_buttons_at_the_person_show_what_they_count(self):
        entry = self._set_done("always")
        person = self.p1.partner_id.with_user(self.manager)
        for action, records in (
            (person.action_cc_history(), entry),
            (person.action_cc_contacts(), self.p1),
        ):
            model = self.env[action["res_model"]].with_user(self.manager)
            self.assertEqual(model.search(action["domain"]), records)

    def test_agent_counts_only_his_own_entries(self):
        self._set_done("always")
        person = self.p1.partner_id
        self.assertEqual(person.with_user(self.agent_a).cc_history_count, 0)
        self.p1.with_user(self.agent_a)._cc_write_history("Mine", True, True)
        self.env.invalidate_all()
        self.assertEqual(person.with_user(self.agent_a).cc_history_count, 1)
        self.assertEqual(person.with_user(self.manager).cc_history_count, 2)
        with self.assertRaises(AccessError):
            person.with_user(self.employee).read(["cc_history_count"])

    def test_manager_of_another_company_sees_none(self):
        self._set_done("always")
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        entries = self.env["survey.callcenter.history"].with_user(self.manager)
        self.assertFalse(entries.search([]))
