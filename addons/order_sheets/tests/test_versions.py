from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class TestVersions(SheetPeople, PortalTransactionCase):
    """A sheet that customers have ordered with changes in a new version only."""

    def _new_version(self, sheet=None):
        action = (sheet or self.sheet).with_user(self.mia).action_new_version()
        return self.sheets.browse(action["res_id"])

    def test_version_is_a_draft_beside_the_former_one(self):
        self.sheet.code = "F"
        version = self._new_version()
        self.assertRecordValues(
            version,
            [
                {
                    "name": "Spring Campaign",
                    "code": "F",
                    "state": "draft",
                    "version": 2,
                    "root_id": self.sheet.id,
                    "parent_version_id": self.sheet.id,
                    "audience": "tags",
                    "category_ids": self.tag.ids,
                }
            ],
        )
        self.assertEqual(self.sheet.state, "published")

    def test_versions_count_on_from_the_newest(self):
        second = self._new_version()
        third = self._new_version()
        fourth = self._new_version(second)
        self.assertEqual((third.version, fourth.version), (3, 4))
        self.assertEqual(fourth.root_id, self.sheet)
        self.assertEqual(fourth.parent_version_id, second)

    def test_number_of_a_version_is_there_once(self):
        self._new_version()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.sheet.copy({"version": 2, "root_id": self.sheet.id}).flush_recordset()

    def test_published_version_replaces_the_others(self):
        second, third = self._new_version(), self._new_version()
        second.action_publish()
        self.assertEqual(self._states(second, third), ["closed", "published", "draft"])
        third.action_publish()
        self.assertEqual(self._states(second, third), ["closed", "closed", "published"])
        self.sheet.with_user(self.mia).action_reopen()
        self.assertEqual(self._states(second, third), ["published", "closed", "closed"])

    def test_of_two_published_at_once_the_newest_stays(self):
        second, third = self._new_version(), self._new_version()
        (second | third).action_publish()
        self.assertEqual(self._states(second, third), ["closed", "closed", "published"])

    def _states(self, *versions):
        return [sheet.state for sheet in (self.sheet, *versions)]

    # === WHAT CUSTOMERS HAVE BEGUN === #

    def test_drafts_follow_by_the_keys_of_their_questions(self):
        request = self._draft_as(self.anna, **{f"poster__{self.poster_b.id}": "2"})
        version = self._new_version()
        question = self._question("flyer", version)
        question.write({"label": "Leaflet", "page_id": version.page_ids[0].id})
        self._question("logo", version).unlink()
        self._question("center", version).field_type = "text"
        version.action_publish()
        self.assertEqual(request.sudo().sheet_id, version)
        answers = request.sudo().answer_ids
        self.assertEqual(answers.field_id.sheet_id, version)
        self.assertEqual(
            {it.key: it._get_value() for it in answers}, {"flyer": 100, "poster": 2}
        )

    def test_what_does_not_follow_is_deleted_at_once(self):
        request = self._draft_as(self.anna)
        version = self._new_version()
        self._question("flyer", version).unlink()
        self._question("logo", version).unlink()
        answers = self.env["order.sheet.answer"]
        delete = type(answers).unlink
        with patch.object(
            type(answers), "unlink", autospec=True, side_effect=delete
        ) as deleting:
            request.sudo()._follow_to(version)
        [[[deleted], _kwargs]] = deleting.call_args_list
        self.assertEqual(len(deleted), 2)
        self.assertEqual(request.sudo().answer_ids.mapped("key"), ["center"])

    def test_what_was_submitted_stays_with_its_version(self):
        request = self._submit_as(self.anna)
        version = self._new_version()
        version.action_publish()
        self.assertEqual(request.sudo().sheet_id, self.sheet)
        request.with_user(self.erik)._return("Please correct")
        self._fill(request, center="Nord")
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(request.state, "submitted")

    def test_optional_pages_follow_by_name(self):
        self.sheet.action_revise()
        pages = self.sheet.page_ids
        pages[1:].is_selectable = True
        self.sheet.action_publish()
        request = self._start_as(self.anna)
        request.sudo()._select_pages(pages[1:].ids)
        version = self._new_version()
        version.page_ids[2].is_selectable = False
        version.action_publish()
        self.assertEqual(request.sudo().selected_page_ids, version.page_ids[1])

    def test_limit_counts_over_all_versions(self):
        self._submit_as(self.anna)
        version = self._new_version()
        version.action_publish()
        with self.assertRaisesRegex(UserError, "has ordered with “Spring Campaign” al"):
            self._start_as(self.bert, version)

    def test_stricter_version_takes_drafts_along_all_the_same(self):
        self._submit_as(self.anna)
        second = self._new_version()
        second.max_per_customer = 0
        second.action_publish()
        request = self._draft_as(self.bert, second)
        third = self._new_version(second)
        third.max_per_customer = 1
        third.action_publish()
        self.assertEqual(request.sudo().sheet_id, third)
        with self.assertRaisesRegex(UserError, "has ordered with"):
            request.sudo()._submit(self.bert.partner_id.sudo())

    def test_draft_that_was_begun_while_a_version_was_published_follows(self):
        request = self._draft_as(self.anna)
        version = self._new_version()
        version.action_publish()
        request.sudo()._follow_to(self.sheet)  # as if it had come too late
        self.assertEqual(self._start_as(self.bert, version), request)
        self.assertEqual(request.sudo().sheet_id, version)

    # === COPIES === #

    def _rich_sheet(self):
        """Return a sheet with all that points from one question to another."""
        sheet = self._create_sheet()
        sheet.page_ids[1].field_ids = [
            Command.create(
                {
                    "key": key,
                    "label": key.title(),
                    "sequence": sequence,
                    "required": True,
                    **values,
                }
            )
            for key, sequence, values in (
                ("number", 30, {"field_type": "integer"}),
                (
                    *("which", 40),
                    {
                        "field_type": "product_choice",
                        "product_ids": [Command.set(self.flyer.ids)],
                    },
                ),
            )
        ]
        self._question("which", sheet).qty_field_id = self._question("number", sheet)
        self.env["order.sheet.condition"].create(
            {
                "field_id": self._question("which", sheet).id,
                "source_field_id": self._question("number", sheet).id,
                "operator": ">",
                "value": "5",
            }
        )
        return sheet

    def _links(self, sheet):
        """Return which question points to which, by their keys."""
        links = [
            (it.key, it.qty_field_id.key) for it in sheet.field_ids if it.qty_field_id
        ]
        for condition in (sheet.page_ids | sheet.field_ids.page_id).condition_ids:
            links.append((condition.page_id.name, condition.source_field_id.key))
        for condition in sheet.field_ids.condition_ids:
            source = condition.source_field_id
            self.assertEqual(source.sheet_id, sheet)
            links.append((condition.field_id.key, source.key, condition.operator))
        self.assertTrue(all(it.sheet_id == sheet for it in sheet.field_ids))
        return sorted(links)

    def test_copy_has_links_of_its_own(self):
        sheet = self._rich_sheet()
        links = [("Logo", "logo"), ("which", "number"), ("which", "number", ">")]
        self.assertEqual(self._links(sheet), links)
        for copy in (sheet.copy(), sheet._create_version()):
            self.assertEqual(self._links(copy), links)
            self.assertFalse(copy.field_ids & sheet.field_ids)
            self.assertEqual(
                copy.field_ids.qty_field_id.sheet_id | copy.field_ids.sheet_id, copy
            )
            options = self._question("logo", copy).option_ids
            self.assertEqual(options.mapped("key"), ["yes", "no"])
            copy.action_publish()

    def test_copy_in_another_order_than_it_was_made(self):
        sheet = self._rich_sheet()
        sheet.page_ids[2].condition_ids.unlink()
        for page, sequence in zip(sheet.page_ids, (3, 2, 1), strict=True):
            page.sequence = sequence
        self._question("center", sheet).sequence = 50
        links = self._links(sheet)
        self.assertEqual(self._links(sheet.copy()), links)
        self.env.invalidate_all()
        self.assertEqual(self._links(sheet.copy()), links)

    def test_copy_is_a_sheet_of_its_own(self):
        self._submit_as(self.anna)
        copy = self._new_version().copy()
        self.assertRecordValues(
            copy,
            [
                {
                    "name": "Spring Campaign (copy)",
                    "version": 1,
                    "root_id": False,
                    "parent_version_id": False,
                    "state": "draft",
                    "code": False,
                }
            ],
        )
        copy.action_publish()
        self.assertEqual(self.sheet.state, "published")
        self.assertTrue(self._start_as(self.anna, copy))

    def test_copied_page_has_keys_and_links_of_its_own(self):
        sheet = self._rich_sheet()
        page = sheet.page_ids[1]
        page.with_user(self.mia).action_duplicate()
        copy = sheet.page_ids.sorted()[2]
        self.assertEqual(
            copy.field_ids.mapped("key"), ["flyer_2", "poster_2", "number_2", "which_2"]
        )
        self.assertEqual(
            self._links(sheet),
            [
                *(("Logo", "logo"), ("which", "number"), ("which", "number", ">")),
                *(("which_2", "number_2"), ("which_2", "number_2", ">")),
            ],
        )
        sheet.action_publish()

    def test_copied_page_keeps_its_conditions(self):
        sheet = self._create_sheet()
        sheet.page_ids[2].with_user(self.mia).action_duplicate()
        copy = sheet.page_ids.sorted()[3]
        self.assertEqual(copy.condition_ids.source_field_id.key, "logo")
        self.assertEqual(copy.condition_ids.value, "yes")

    def test_copied_question_has_a_key_and_links_of_its_own(self):
        sheet = self._rich_sheet()
        copy = self._question("which", sheet).with_user(self.mia).copy()
        self.assertEqual(copy.key, "which_2")
        self.assertEqual(copy.qty_field_id.key, "number")
        self.assertEqual(copy.condition_ids.source_field_id.key, "number")
        logo = self._question("logo", sheet).copy()
        self.assertEqual(logo.option_ids.mapped("key"), ["yes", "no"])

    def test_translations_are_copied(self):
        self.env["res.lang"]._activate_lang("de_DE")
        sheet = self._create_sheet()
        self._question("center", sheet).with_context(lang="de_DE").label = "Zentrum"
        copies = (self._question("center", sheet.copy()),)
        sheet.page_ids[0].action_duplicate()
        for copy in (*copies, self._question("center_2", sheet)):
            self.assertEqual(copy.with_context(lang="de_DE").label, "Zentrum")
            self.assertEqual(copy.label, "Center")
