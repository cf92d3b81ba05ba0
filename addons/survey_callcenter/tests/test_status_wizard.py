from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .common import GROUP
from .dialog_case import DAY_AFTER_TOMORROW, NOW, WIZARD, DialogCase


@freeze_time(NOW)
class TestStatusWizard(DialogCase):
    """Who may open the dialog; done and rating."""

    # --- entry and title ---

    def test_title_names_the_person_and_not_the_company(self):
        company = self.env["res.partner"].create({"name": "ACME", "is_company": True})
        self.p1.partner_id.parent_id = company
        self.assertEqual(self.p1.partner_id.display_name, "ACME, Müller, Hans")
        action = self.p1.with_user(self.manager).action_change_status()
        self.assertEqual(action["name"], "Change contact status: Müller, Hans")
        self.assertEqual(action["target"], "new")
        self.assertEqual(action["context"], {"default_contact_id": self.p1.id})

    def test_sections_stand_in_the_order_of_the_book(self):
        form = self._form_of(self.p1)
        titles = [
            group.get("string")
            for group in form._view["tree"].iter("group")
            if group.get("string")
        ]
        self.assertEqual(titles, ["Call Center", "Follow-Up", "Field Service"])

    def test_field_service_is_absent_where_the_survey_has_none(self):
        form = self._form_of(self.p1)
        form.appointment_address = "Ring 5"
        self.survey.cc_field_service = False
        form = self._form_of(self.p1)
        for name in ("rep_id", "appointment_start", "appointment_address"):
            self._assert_hidden(form, name)

    def test_follow_up_is_absent_where_the_contact_is_done_or_excluded(self):
        form = self._form_of(self.p1)
        form.callback_note = "Asks for Eva"
        form.done = True
        names = ("callback_at", "callback_user_id", "callback_note")
        for name in names:
            self._assert_hidden(form, name)
        self.p2.write({"state": "excluded", "close_reason": "max_attempts"})
        form = self._form_of(self.p2)
        for name in names:
            self._assert_hidden(form, name)
        form.reopen = True
        form.callback_note = "Asks for Eva"

    def _assert_hidden(self, form, name):
        with (
            self.subTest(name),
            self.assertRaisesRegex(AssertionError, f"on invisible field '{name}'"),
        ):
            setattr(form, name, False)

    def _form_of(self, contact):
        action = contact.with_user(self.manager).action_change_status()
        wizards = self.env[WIZARD].with_user(self.manager)
        return Form(wizards.with_context(**action["context"]))

    def test_dialog_starts_with_what_the_contact_is_like(self):
        self.p1.write(
            {
                "rating_id": self.neutral.id,
                "callback_at": DAY_AFTER_TOMORROW,
                "callback_user_id": self.agent_b.id,
                "callback_note": "Asks for Eva",
                "version": 4,
            }
        )
        self.assertRecordValues(
            self._form_of(self.p1).save(),
            [
                {
                    "done": False,
                    "rating_id": self.neutral.id,
                    "callback_at": DAY_AFTER_TOMORROW,
                    "callback_user_id": self.agent_b.id,
                    "callback_note": "Asks for Eva",
                    "version": 4,
                    "create_history": True,
                    "include_notes": True,
                }
            ],
        )

    def test_dialog_opens_from_the_contact_that_is_shown(self):
        wizards = (
            self.env[WIZARD]
            .with_user(self.manager)
            .with_context(
                active_model="survey.callcenter.contact", active_id=self.p2.id
            )
        )
        self.assertEqual(Form(wizards).contact_id, self.p2)

    # --- rights ---

    def test_agent_and_employee_can_neither_open_nor_create_the_dialog(self):
        self.p1.callback_user_id = self.agent_a  # so he may read the contact
        for user in (self.agent_a, self.employee, self.rep_1):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    self.p1.with_user(user).action_change_status()
                with self.assertRaises(AccessError):
                    self.open_dialog(self.p1, user, done=True)
        self.assertEqual(self.p1.state, "open")
        self.assertFalse(self.calls_of(self.p1))

    def test_manager_without_access_to_the_survey_is_refused(self):
        dialog = self.open_dialog(self.p1, done=True)
        self.survey.restrict_user_ids = [Command.set(self.env.user.ids)]
        self.p1.lock_user_id = self.manager  # so he may read the contact
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.p1.with_user(self.manager).action_change_status()
        with self.assertRaises(AccessError):
            self.open_dialog(self.p1)
        with self.assertRaises(AccessError):
            dialog.action_apply()
        self.assertEqual(self.p1.state, "open")

    def test_right_that_was_lost_meanwhile_counts(self):
        dialog = self.open_dialog(self.p1, done=True)
        manager = self.env.ref(f"{GROUP}manager")
        self.manager.group_ids -= manager
        with self.assertRaises(AccessError):
            dialog.action_apply()
        self.assertEqual(self.p1.state, "open")

    def test_dialog_of_a_contact_of_another_survey_cannot_be_smuggled_in(self):
        other = self._create_survey(restrict_user_ids=[Command.set(self.env.user.ids)])
        foreign = self._create_contact("Foreign", survey=other)
        self.env.flush_all()
        dialog = self.open_dialog(self.p1)
        with self.assertRaises(AccessError):
            dialog.contact_id = foreign
        with self.assertRaises(AccessError):
            self.open_dialog(foreign)

    # --- done ---

    def test_done_is_noted_down_without_counting_an_attempt(self):
        self.p1.attempt_count = 3
        self.apply(
            self.p1, done=True, rating_id=self.positive.id, note="Called back already"
        )
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "done",
                    "close_reason": "manual",
                    "rating_id": self.positive.id,
                    "done_user_id": self.manager.id,
                    "attempt_count": 3,
                    "version": 1,
                    "changed_by_id": self.manager.id,
                }
            ],
        )
        self.assertRecordValues(
            self.calls_of(self.p1),
            [
                {
                    "source": "dialog",
                    "user_id": self.manager.id,
                    "note": "Called back already",
                    "counts_attempt": False,
                    "rating_id": self.positive.id,
                    "summary": "Set to done\nRating: Positive (before: –)",
                }
            ],
        )

    def test_excluded_contact_can_be_set_to_done(self):
        self.p1.write({"state": "excluded", "close_reason": "max_attempts"})
        self.apply(self.p1, done=True)
        self.assertEqual(self.p1.state, "done")

    def test_apply_without_a_change_notes_nothing_down(self):
        self.apply(self.p1)
        self.assertFalse(self.calls_of(self.p1))
        self.assertEqual(self.p1.version, 0)

    def test_notes_alone_are_kept(self):
        self.apply(self.p1, note="Phoned the secretary")
        self.assertRecordValues(
            self.calls_of(self.p1),
            [{"source": "dialog", "note": "Phoned the secretary", "summary": False}],
        )

    # --- reopened ---

    def test_reopening_is_noted_down_and_deletes_nothing(self):
        self.apply(self.p1, done=True, rating_id=self.positive.id, note="Done")
        done_at = self.p1.done_at
        self.apply(self.p1, done=False)
        self.assertRecordValues(
            self.p1,
            [
                {
                    "state": "open",
                    "close_reason": False,
                    "rating_id": self.positive.id,
                    "done_at": done_at,
                }
            ],
        )
        self.assertEqual(
            self.calls_of(self.p1).mapped("summary"),
            [
                "Set to done\nRating: Positive (before: –)",
                "Put back on the list (was: Set by hand)",
            ],
        )
        self.assertEqual(len(self.entries_of(self.p1)), 1)

    def test_reopened_contact_is_called_again(self):
        (self.p2 | self.p3).write({"state": "done"})
        self.apply(self.p1, done=True)
        self.assertFalse(self.pick(self.agent_a))
        self.apply(self.p1, done=False)
        self.assertEqual(self.pick(self.agent_a)["contact_id"], self.p1.id)

    def test_excluded_contact_stays_excluded_unless_it_is_put_back(self):
        self.p1.write({"state": "excluded", "close_reason": "max_attempts"})
        self.apply(self.p1, note="Looked at it")
        self.assertEqual(self.p1.state, "excluded")
        self.apply(self.p1, reopen=True)
        self.assertRecordValues(self.p1, [{"state": "open", "close_reason": False}])

    def test_number_that_must_not_be_called_is_not_put_back(self):
        self.p1.write({"state": "excluded", "close_reason": "dnc"})
        self.env["phone.blacklist"]._add([self.p1.phone_e164])
        with self.assertRaisesRegex(UserError, "is on the do-not-call list"):
            self.apply(self.p1, reopen=True)
        self.assertEqual(self.p1.state, "excluded")

    def test_notice_tells_that_the_person_has_refused(self):
        self.p1.write({"state": "done", "close_reason": "refused"})
        self.assertFalse(self.open_dialog(self.p1).notice)
        self.assertEqual(
            self.open_dialog(self.p1, done=False).notice,
            "The person has refused to be called.",
        )

    # --- rating ---

    def test_rating_is_changed_although_the_contact_is_done(self):
        self.apply(self.p1, done=True, rating_id=self.positive.id)
        done_at = self.p1.done_at
        with freeze_time("2026-12-08 10:00:00"):
            self.apply(self.p1, rating_id=self.negative.id)
        self.assertRecordValues(
            self.p1,
            [{"state": "done", "rating_id": self.negative.id, "done_at": done_at}],
        )
        self.assertEqual(len(self.entries_of(self.p1)), 1)
        self.assertEqual(
            self.calls_of(self.p1)[-1].summary, "Rating: Negative (before: Positive)"
        )

    def test_rating_of_another_survey_is_refused(self):
        foreign = self.env["survey.callcenter.rating"].create(
            {"name": "Foreign", "value": "neutral"}
        )
        with self.assertRaisesRegex(ValidationError, "not one of the ratings"):
            self.apply(self.p1, done=True, rating_id=foreign.id)
        self.assertRecordValues(self.p1, [{"state": "open", "rating_id": False}])
        self.assertFalse(self.calls_of(self.p1))

    def test_rating_that_the_survey_no_longer_has_may_stay(self):
        self.p1.rating_id = self.neutral
        self.survey.cc_rating_ids -= self.neutral
        self.apply(self.p1, done=True)
        self.assertEqual(self.p1.rating_id, self.neutral)
