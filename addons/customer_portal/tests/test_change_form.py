from odoo.exceptions import UserError
from odoo.tests import Form

from .change_office import FORM, LIST, ChangeOffice


class TestChangeForm(ChangeOffice):
    """What an approver does in the form of a request."""

    def _open(self, user=None, request=None):
        return Form((request or self.request).with_user(user or self.erik))

    def _press(self, form, button):
        """Press a button as the web client does: save, then call with its context."""
        request = form.save()
        context = {"expected_revision": form.revision}
        return getattr(request.with_context(**context), button)()

    def _mark(self, form, **decisions):
        """Mark lines in the form: ``{field: reason of the rejection, or False}``."""
        for index, line in enumerate(self.request.line_ids):
            if line.field_name in decisions:
                with form.line_ids.edit(index) as row:
                    reason = decisions[line.field_name]
                    row.decision = "rejected" if reason else "approved"
                    if reason:
                        row.reason = reason

    def test_the_table_compares_before_now_and_new(self):
        self.adler.zip = "93051"
        form = self._open()
        rows = [
            {name: row[name] for name in ("label", "old_text", "current_text")}
            | {"new": row["new_text"], "situation": row["situation"]}
            for row in map(form.line_ids.edit, range(len(form.line_ids)))
        ]
        self.assertEqual(
            rows,
            [
                {
                    "label": "Street",
                    "old_text": "Marktplatz 1",
                    "current_text": "Marktplatz 1",
                    "new": "Neue Str. 5",
                    "situation": False,
                },
                {
                    "label": "Zip",
                    "old_text": "93047",
                    "current_text": "93051",
                    "new": "93059",
                    "situation": "conflict",
                },
            ],
        )

    def test_all_is_approved_with_one_click(self):
        self._press(self._open(), "action_approve")
        self.assertEqual(self.request.state, "approved")

    def test_lines_are_decided_one_by_one(self):
        form = self._open()
        self.assertFalse(form.has_rejected_line)
        self._mark(form, street=False, zip="There is no such place")
        self.assertTrue(form.has_rejected_line, "“Decide” takes the place of “Approve”")
        self._press(form, "action_decide")
        self.assertEqual(self.request.state, "partial")
        self.assertEqual(
            self.request.line_ids.mapped("reason"), [False, "There is no such place"]
        )

    def test_the_reason_of_a_rejection_is_asked_for(self):
        action = self._press(self._open(), "action_reject")
        self.assertEqual(self.request.state, "pending")
        wizard = self.env[action["res_model"]].with_user(self.erik)
        with Form(wizard.with_context(**action["context"])) as form:
            form.reason = "Please send us a letter."
        form.record.action_reject()
        self.assertRecordValues(
            self.request,
            [{"state": "rejected", "reject_reason": "Please send us a letter."}],
        )

    def test_what_is_approved_for_later_can_still_be_rejected(self):
        later = {"effective_date": "2099-01-01"}
        self._ask(self.anna, self.adler, later, street="Neue Str. 5")
        self._press(self._open(), "action_approve")
        self.assertEqual(self.request.state, "scheduled")
        action = self._press(self._open(), "action_reject")
        wizard = self.env[action["res_model"]].with_user(self.erik)
        wizard = wizard.with_context(**action["context"])
        wizard.create({"reason": "They will not move."}).action_reject()
        self.assertEqual(self.request.state, "rejected")
        self.assertEqual(self.request.line_ids.mapped("decision"), ["rejected"] * 2)

    def test_a_conflict_is_solved_in_the_table(self):
        self.adler.zip = "93051"
        form = self._open()
        self.assertTrue(form.has_conflict)
        with self.assertRaisesRegex(UserError, "93051"):
            self._press(form, "action_approve")
        line = self.request.line_ids.filtered("has_conflict")
        line.with_user(self.erik).action_override()
        form = self._open()
        self.assertFalse(form.has_conflict)
        self.assertEqual(line.with_user(self.erik).situation, "overridden")
        self._press(form, "action_approve")
        self.assertEqual(self.adler.zip, "93059")

    def test_what_is_so_already_is_marked(self):
        self.adler.street = "Neue Str. 5"
        self.assertEqual(
            self.request.line_ids.with_user(self.erik).mapped("situation"),
            ["applied", False],
        )
        self._press(self._open(), "action_approve")
        self.assertEqual(
            self.request.line_ids.with_user(self.erik).mapped("situation"),
            ["approved", "approved"],
        )

    def test_what_came_of_each_change_is_marked(self):
        form = self._open()
        self._mark(form, street=False, zip="There is no such place")
        self._press(form, "action_decide")
        self.assertEqual(
            self.request.line_ids.with_user(self.ulf).mapped("situation"),
            ["approved", "rejected"],
        )
        withdrawn = self._ask(self.carla, self.krone, street="Kai 1")
        withdrawn.sudo()._cancel_by_customer()
        self.assertFalse(withdrawn.line_ids.with_user(self.ulf).situation)

    # === WHAT WAS NOT ON THE SCREEN === #

    def test_an_approval_of_a_stale_form_is_refused(self):
        form = self._open()
        self._ask(self.bert, self.adler, phone="+49 9")
        with self.assertRaisesRegex(UserError, "changed by the customer"):
            self._press(form, "action_approve")
        self.assertEqual(self.adler.street, "Marktplatz 1")

    def test_lines_that_changed_before_they_were_marked_are_refused(self):
        form = self._open()
        self._ask(self.bert, self.adler, phone="+49 9")
        self._mark(form, street=False, zip="Unknown")
        with self.assertRaisesRegex(UserError, "changed by the customer"):
            self._press(form, "action_decide")

    def test_lines_that_changed_after_they_were_marked_are_refused(self):
        form = self._open()
        self._mark(form, street=False, zip="Unknown")
        self._ask(self.bert, self.adler, phone="+49 9")
        with self.assertRaisesRegex(UserError, "changed by the customer"):
            self._press(form, "action_decide")
        self.assertEqual(
            self.request.line_ids.mapped("decision"), ["open", "open", "open"]
        )

    def test_a_line_that_is_gone_is_refused_in_the_same_words(self):
        form = self._open()
        self._mark(form, zip="Unknown")
        self._ask(self.bert, self.adler, {"keep_open": False}, zip="93047")
        with self.assertRaisesRegex(UserError, "changed by the customer"):
            form.save()

    def test_a_rejection_of_a_stale_form_is_refused(self):
        action = self._press(self._open(), "action_reject")
        self._ask(self.bert, self.adler, phone="+49 9")
        # the web client hands the context of the button on to the dialog
        context = action["context"] | {"expected_revision": 1}
        wizard = self.env[action["res_model"]].with_user(self.erik)
        with Form(wizard.with_context(**context)) as form:
            form.reason = "Unknown"
        with self.assertRaisesRegex(UserError, "changed by the customer"):
            form.record.action_reject()
        self.assertEqual(self.request.state, "pending")

    # === WHO MAY DO WHAT === #

    def test_only_approvers_have_buttons(self):
        buttons = {"action_approve", "action_decide", "action_reject"}
        self.assertEqual(self._buttons(self.erik, FORM), buttons)
        self.assertEqual(self._buttons(self.ulf, FORM), set())
        self.assertEqual(self._buttons(self.erik, LIST), {"action_approve"})
        self.assertEqual(self._buttons(self.ulf, LIST), set())
        override = "//button[@name='action_override']"
        self.assertTrue(self._arch(self.erik, FORM).xpath(override))
        self.assertFalse(self._arch(self.ulf, FORM).xpath(override))

    def test_nobody_creates_or_deletes_requests(self):
        for xmlid in (FORM, LIST):
            for user in (self.erik, self.marta):
                root = self._arch(user, xmlid)
                for right in ("create", "delete"):
                    self.assertIn(root.get(right), ("0", "False", "false"), xmlid)

    def test_readers_edit_nothing(self):
        self.assertIn(self._arch(self.ulf, FORM).get("edit"), ("0", "False", "false"))

    # === NOTICES === #

    def test_form_says_what_became_of_the_target(self):
        request = self._ask(self.anna, self.warehouse, street="Kai 1")

        def notice():
            return self._open(request=request).target_notice

        self.assertFalse(notice())
        self.warehouse.active = False
        self.assertEqual(notice(), "“Lager Nord” is archived by now.")
        self.warehouse.write({"active": True, "parent_id": self.krone.id})
        self.assertEqual(
            notice(),
            "“Lager Nord” does not belong to Hotel Adler GmbH any more."
            " You can only reject it.",
        )
        self.warehouse.unlink()
        self.assertIn("does not exist any more", notice())

    def test_a_decided_request_needs_no_notice(self):
        request = self._ask_for_removal(self.anna, self.warehouse)
        request.with_user(self.erik).action_approve()
        self.assertFalse(self.warehouse.active)
        self.assertFalse(self._open(request=request).target_notice)

    def test_target_opens(self):
        action = self.request.with_user(self.ulf).action_open_target()
        self.assertEqual(action["res_id"], self.adler.id)
        address = self._ask_for_address(self.anna)
        self.assertEqual(address.action_open_target()["res_id"], self.adler.id)
        address.with_user(self.erik).action_approve()
        created = self.adler.child_ids.filtered(lambda p: p.name == "Lager Süd")
        self.assertEqual(address.action_open_target()["res_id"], created.id)

    def test_customers_read_nothing_about_the_office(self):
        self.adler.zip = "93051"
        as_anna = self.request.with_user(self.anna)
        self.assertFalse(as_anna.urgency)
        self.assertEqual(as_anna.line_ids.mapped("situation"), [False, False])
