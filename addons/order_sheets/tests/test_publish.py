from unittest.mock import Mock, patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople

DRAFT_FIRST = "set it back to draft before you change its questions"
JOB = "odoo.addons.customer_portal.models.customer_document_job"
NEW_VERSION = "Create a new version to change its questions"


class TestPublish(SheetPeople, PortalTransactionCase):
    """What a sheet needs before customers see it, and what may change afterwards."""

    def assertFaults(self, sheet, *faults):  # noqa: N802
        with self.assertRaises(UserError) as caught:
            sheet.with_user(self.mia).action_publish()
        self.assertEqual(str(caught.exception).splitlines(), [sheet.name, *faults])
        self.assertEqual(sheet.state, "draft")
        check = sheet.with_user(self.mia).action_check()
        self.assertEqual(check["params"]["message"], "\n".join(faults))

    # === BEFORE === #

    def test_sheet_without_question(self):
        sheet = self.sheets.create({"name": "Empty"})
        self.assertFaults(sheet, "Add a page with at least one question.")
        sheet.page_ids = [Command.create({"name": "First"})]
        self.assertFaults(
            *(sheet, "Add a page with at least one question."),
            "Page “First” is empty.",
        )
        info = {"label": "Hello", "field_type": "info"}
        sheet.page_ids.field_ids = [Command.create(info)]
        self.assertFaults(sheet, "Add a page with at least one question.")

    def test_questions_without_what_they_ask_for(self):
        sheet = self._create_sheet()
        sheet.page_ids[0].field_ids = [
            Command.create({"label": field_type.title(), "field_type": field_type})
            for field_type in ("choice", "multi", "product_qty", "product_choice")
        ]
        fields = sheet.page_ids[0].field_ids
        fields[-2].product_ids = self.poster_a | self.poster_b
        self.assertFaults(
            sheet,
            "“Choice” has no options.",
            "“Multi” has no options.",
            "“Product_Qty” has several products; make it a table of products.",
            "“Product_Choice” has no products.",
        )
        self.poster_a.active = self.poster_b.active = False
        sheet.page_ids[0].field_ids = [Command.unlink(it.id) for it in fields[-4:]]
        self.assertFaults(sheet, "“Poster” has no products.")

    def test_quantity_comes_from_a_number_that_has_to_be_answered(self):
        sheet = self._create_sheet()
        vals = {"key": "number", "label": "Number", "field_type": "integer"}
        chosen = {"key": "which", "label": "Which", "field_type": "product_choice"}
        chosen["product_ids"] = [Command.set(self.flyer.ids)]
        sheet.page_ids[0].field_ids = [Command.create(vals), Command.create(chosen)]
        number = self._question("number", sheet)
        self._question("which", sheet).qty_field_id = number
        fault = (
            "“Which” takes its quantity from “Number”, which has to be a required"
            " number."
        )
        self.assertFaults(sheet, fault)
        number.write({"required": True, "field_type": "char"})
        self.assertFaults(sheet, fault)
        number.field_type = "float"
        sheet.action_publish()

    def test_sheet_that_nobody_could_use(self):
        sheet = self._create_sheet(category_ids=False, legal_required=True)
        self.assertFaults(
            sheet,
            "Choose the tags of the customers who may order.",
            "Write the terms that customers have to accept.",
        )
        sheet.write({"audience": "partners", "legal_required": False})
        self.assertFaults(sheet, "Choose the customers who may order.")
        sheet.write({"audience": "all", "date_end": "2027-01-01 10:00:00"})
        with freeze_time("2027-01-01 10:00:00"):
            self.assertFaults(sheet, "“Until” is over already.")
        with freeze_time("2027-01-01 09:59:59"):
            sheet.action_publish()

    def test_one_wrong_sheet_keeps_all_unpublished(self):
        right, wrong = self._create_sheet(), self.sheets.create({"name": "Empty"})
        with self.assertRaises(UserError):
            (right | wrong).action_publish()
        self.assertEqual(right.state, "draft")

    # === AFTERWARDS === #

    def test_words_may_be_corrected_any_time(self):
        self._submit_as(self.anna)
        sheet = self.sheet.with_user(self.mia)
        page, field = sheet.page_ids[0], self._question("logo").with_user(self.mia)
        page.write({"name": "Centre", "description": "<p>x</p>", "image": False})
        field.write({"label": "L", "help": "h", "placeholder": "p", "content": "<p/>"})
        field.regex_message = "m"
        field.option_ids[0].write({"label": "Ja", "image": False})
        sheet.write({"name": "S", "description": "x", "submit_label": "Go"})

    def test_structure_is_settled_while_customers_use_it(self):
        self._assert_settled(DRAFT_FIRST)

    def test_structure_is_settled_once_customers_have_ordered(self):
        request = self._submit_as(self.anna)
        self._assert_settled(DRAFT_FIRST)
        with self.assertRaisesRegex(UserError, NEW_VERSION):
            self.sheet.with_user(self.mia).action_revise()
        self.sheet._as_state_writer().state = "draft"
        self._assert_settled(NEW_VERSION)
        request.with_user(self.erik)._reject("No")
        self._assert_settled(NEW_VERSION)

    def _assert_settled(self, message):
        for change in self._get_changes():
            with self.assertRaisesRegex(UserError, message):
                with self.env.cr.savepoint():
                    change()
            self.env.invalidate_all()

    def _get_changes(self):
        sheet = self.sheet.with_user(self.mia)
        page, logo = sheet.page_ids[0], self._question("logo", sheet)
        option, flyer = logo.option_ids[0], self._question("flyer", sheet)
        condition = sheet.page_ids[2].condition_ids
        other = self._create_sheet().with_user(self.mia)
        foreign = other.page_ids[0].field_ids[0]
        return (
            lambda: page.write({"sequence": 99}),
            lambda: page.write({"name": "x", "is_selectable": True}),
            lambda: page.write({"condition_mode": "any"}),
            lambda: page.unlink(),
            lambda: page.copy(),
            lambda: page.action_duplicate(),
            lambda: page.create({"name": "New", "sheet_id": sheet.id}),
            lambda: page.write({"sheet_id": other.id}),
            lambda: other.page_ids[1].write({"sheet_id": sheet.id}),
            lambda: sheet.write({"page_ids": [Command.clear()]}),
            lambda: sheet.write({"page_ids": [Command.create({"name": "New"})]}),
            lambda: sheet.write(
                {"page_ids": [Command.update(page.id, {"sequence": 3})]}
            ),
            lambda: page.write({"field_ids": [Command.delete(logo.id)]}),
            lambda: page.write({"field_ids": [Command.create({"label": "New"})]}),
            lambda: logo.write({"required": True}),
            lambda: logo.write({"label": "x", "key": "x"}),
            lambda: logo.write({"field_type": "char"}),
            lambda: logo.copy(),
            lambda: logo.unlink(),
            lambda: logo.write({"page_id": other.page_ids[0].id}),
            lambda: foreign.write({"page_id": page.id}),
            lambda: logo.write({"option_ids": [Command.create({"label": "x"})]}),
            lambda: logo.write({"option_ids": [Command.clear()]}),
            lambda: option.write({"key": "x"}),
            lambda: option.write({"product_id": self.flyer.id}),
            lambda: option.write({"field_id": foreign.id}),
            lambda: option.unlink(),
            lambda: flyer.write({"product_ids": [Command.clear()]}),
            lambda: condition.write({"value": "no"}),
            lambda: condition.unlink(),
            lambda: condition.copy(),
            lambda: page.write(
                {"condition_ids": [Command.create({"source_field_id": logo.id})]}
            ),
        )

    def test_draft_of_a_sheet_can_be_changed_in_each_way(self):
        draft = self._create_sheet()
        self.sheet = draft
        for number, change in enumerate(self._get_changes()):
            with self.env.cr.savepoint() as savepoint:
                try:
                    change()
                except UserError as error:  # its conditions would come too early
                    self.assertRegex(str(error), "comes later|another", number)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_options_are_added_with_keys_of_their_own(self):
        sheet = self._create_sheet().with_user(self.mia)
        question = self._question("logo", sheet)
        for _time in range(2):
            question.option_ids = [Command.create({"label": "Yes"})]
        self.assertEqual(
            question.option_ids.mapped("key"), ["yes", "no", "yes_2", "yes_3"]
        )

    def _revised_with_file(self):
        """Return the file of a draft whose sheet is being revised."""
        request = self._draft_as(self.anna, logo="yes")
        [file] = request.sudo()._add_files(
            self._question("logo_file"), [("logo.png", b"x", "image/png")]
        )
        self.sheet.with_user(self.mia).action_revise()
        return file

    def test_deleted_question_takes_the_files_of_drafts_along(self):
        file = self._revised_with_file()
        self._question("logo_file").with_user(self.mia).unlink()
        self.assertFalse(file.exists())

    def test_deleted_page_takes_the_files_of_drafts_along(self):
        file = self._revised_with_file()
        self.sheet.page_ids[2].with_user(self.mia).unlink()
        self.assertFalse(file.exists())

    def test_revised_sheet_keeps_what_customers_have_begun(self):
        request = self._draft_as(self.anna)
        sheet = self.sheet.with_user(self.mia)
        sheet.action_revise()
        with self.assertRaisesRegex(UserError, "is being revised"):
            self._fill(request, center="Nord")
        self._question("logo", sheet).unlink()
        sheet.action_publish()
        values = {it.key: it._get_value() for it in request.sudo().answer_ids}
        self.assertEqual(values, {"center": "Mitte", "flyer": 100})

    # === STATES === #

    def test_life_of_a_sheet(self):
        sheet = self.sheet.with_user(self.mia)
        for action, state in (
            *(("action_revise", "draft"), ("action_publish", "published")),
            *(("action_close", "closed"), ("action_put_away", "archived")),
            *(("action_take_out", "closed"), ("action_reopen", "published")),
        ):
            getattr(sheet, action)()
            self.assertEqual(sheet.state, state)
        with self.assertRaises(UserError):
            sheet.action_put_away()
        with self.assertRaisesRegex(UserError, "through its buttons only"):
            sheet.state = "draft"

    def test_used_sheet_is_not_deleted(self):
        self._start_as(self.anna)
        with self.assertRaisesRegex(UserError, "Close it instead"):
            self.sheet.with_user(self.mia).unlink()
        unused = self._create_sheet().with_user(self.mia)
        pages = unused.page_ids
        unused.unlink()
        self.assertFalse(pages.exists())

    def test_job_closes_what_is_over_with_all_grace(self):
        now = "2027-01-01 10:00:00"
        with freeze_time("2026-12-01"):
            over = self._create_sheet(date_end=now)
            patient = self._create_sheet(date_end=now, grace_minutes=30)
            (over | patient)._publish()
        for moment, states in (
            ("2027-01-01 10:00:00", ("published", "published", "published")),
            ("2027-01-01 10:30:00", ("closed", "published", "published")),
            ("2027-01-01 10:30:01", ("closed", "closed", "published")),
        ):
            with freeze_time(moment), self.enter_registry_test_mode():
                self.env.ref("order_sheets.order_sheet_cron").method_direct_trigger()
            self.env.invalidate_all()
            sheets = (over, patient, self.sheet)
            self.assertEqual(tuple(it.state for it in sheets), states, moment)

    def _close_while(self, first, act):
        """Run the job while something happens with the first sheet that it closes."""
        move = type(self.sheets)._move_to

        def move_to(sheet, *args, **values):
            if sheet == first:
                act()
                self.env.flush_all()  # the job has an environment of its own
            return move(sheet, *args, **values)

        with (
            freeze_time("2027-01-01 10:00:01"),
            patch.object(type(self.sheets), "_move_to", move_to),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("order_sheets.order_sheet_cron").method_direct_trigger()
        self.env.invalidate_all()

    def _two_that_end(self):
        with freeze_time("2026-12-01"):
            sheets = self.sheets.union(
                *(
                    self._create_sheet(date_end="2027-01-01 10:00:00", sequence=number)
                    for number in (1, 2)
                )
            )
            sheets._publish()
        return sheets

    def test_job_leaves_a_sheet_that_gets_more_time_meanwhile(self):
        first, second = self._two_that_end()
        self._close_while(first, lambda: second.write({"date_end": "2027-02-01"}))
        self.assertEqual((first.state, second.state), ("closed", "published"))

    def test_sheet_that_cannot_be_closed_does_not_keep_the_others_open(self):
        first, second = self._two_that_end()
        refuse = Mock(side_effect=UserError("Another addon says no"))
        with self.assertLogs(JOB, "WARNING"):
            self._close_while(first, refuse)
        self.assertEqual((first.state, second.state), ("published", "closed"))

    def test_sheet_is_built_in_its_form(self):
        with Form(self.sheets.with_user(self.mia)) as form:
            form.name = "Autumn"
        self.assertEqual(form.record.state, "draft")
