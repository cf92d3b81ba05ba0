from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .sheet_office import SHEET_FORM, SHEET_SEARCH, SheetOffice

QUESTION_FORM = "order_sheets.order_sheet_field_view_form"
PAGE_FORM = "order_sheets.order_sheet_page_view_form"


class TestBuilder(SheetOffice):
    """Mia builds a sheet from nothing, without a developer."""

    def _build(self):
        """Return a sheet with two pages, made in the form."""
        with Form(self.sheets.with_user(self.mia), SHEET_FORM) as form:
            form.name = "Summer"
            with form.page_ids.new() as page:
                page.name = "Center"
                with page.field_ids.new() as question:
                    question.label = "Your center"
                with page.field_ids.new() as question:
                    question.label = "Own logo"
                    question.field_type = "boolean"
            with form.page_ids.new() as page:
                page.name = "Material"
                with page.field_ids.new() as question:
                    question.label = "Flyer"
                    question.field_type = "product_qty"
                    question.product_ids.add(self.flyer)
                    question.min_value = 100
        return form.record

    def test_sheet_is_built_from_nothing_and_published(self):
        sheet = self._build()
        self.assertEqual(
            sheet.field_ids.mapped("key"), ["your_center", "own_logo", "flyer"]
        )
        self.assertEqual(sheet.page_ids.mapped("field_count"), [2, 1])
        sheet.action_publish()
        self.assertEqual(sheet.state, "published")

    def test_what_is_missing_is_said_before_customers_see_it(self):
        with Form(self.sheets.with_user(self.mia), SHEET_FORM) as form:
            form.name = "Empty"
        message = form.record.action_check()["params"]
        self.assertEqual(message["type"], "warning")
        self.assertIn("at least one question", message["message"])

    def test_conditions_choose_among_what_stands_before(self):
        sheet = self._build()
        center, logo, flyer = sheet.field_ids
        self.assertEqual(logo.offered_field_ids, center)
        self.assertEqual(flyer.offered_field_ids, center | logo)
        self.assertFalse(sheet.page_ids[0].offered_field_ids)
        self.assertEqual(sheet.page_ids[1].offered_field_ids, center | logo)

    def test_new_question_depends_on_one_that_is_saved(self):
        sheet = self._build()
        questions = self.env["order.sheet.field"].with_user(self.mia)
        new = questions.new({"page_id": sheet.page_ids[0].id})
        self.assertEqual(new.offered_field_ids._origin, sheet.field_ids[:2])
        page = self.env["order.sheet.page"].with_user(self.mia)
        new = page.new({"sheet_id": sheet.id})
        self.assertEqual(new.offered_field_ids._origin, sheet.field_ids)

    def test_condition_on_a_tick_box_is_read_as_a_sentence(self):
        sheet = self._build()
        page, logo = sheet.page_ids[1], sheet.field_ids[1]
        with Form(page, PAGE_FORM) as form:
            with form.condition_ids.new() as condition:
                condition.source_field_id = logo
                self.assertEqual(condition.value, "yes")
        self.assertEqual(page.condition_summary, "Own logo is Yes")

    def test_condition_on_a_choice_names_its_options(self):
        sheet = self._build()
        with Form(sheet.field_ids[1], QUESTION_FORM) as form:
            form.field_type = "choice"
            for label in ("Yes, of course", "No", "Perhaps"):
                with form.option_ids.new() as option:
                    option.label = label
        source = form.record
        with Form(sheet.field_ids[2], QUESTION_FORM) as form:
            with form.condition_ids.new() as condition:
                condition.source_field_id = source
                condition.option_ids.add(source.option_ids[0])
                self.assertEqual(condition.operator, "=")
                condition.option_ids.add(source.option_ids[2])
                self.assertEqual(condition.operator, "in")
        [condition] = form.record.condition_ids
        self.assertEqual(condition.value, "yes_of_course, perhaps")
        self.assertTrue(condition._holds("perhaps"))
        self.assertEqual(
            form.record.condition_summary,
            "Own logo is one of “Yes, of course”, “Perhaps”",
        )

    def test_several_conditions_say_how_they_belong_together(self):
        flyer = self._question("flyer", self._create_sheet())
        sheet = flyer.sheet_id.with_user(self.mia)
        with Form(flyer.with_user(self.mia), QUESTION_FORM) as form:
            for operator in ("set", "not_set"):
                with form.condition_ids.new() as condition:
                    condition.source_field_id = self._question("center", sheet)
                    condition.operator = operator
        flyer = form.record
        self.assertEqual(
            flyer.condition_summary, "Center is answered and Center is not answered"
        )
        flyer.condition_mode = "any"
        self.assertIn(" or ", flyer.condition_summary)

    def test_form_shows_the_settings_of_the_type(self):
        sheet = self._build()
        with Form(sheet.field_ids[0], QUESTION_FORM) as form:
            for kind, name, other in (
                ("date", "date_limit", "max_length"),
                ("file", "file_ext", "date_limit"),
                ("product_qty", "step", "file_ext"),
                ("text", "max_length", "step"),
                ("info", "content", "required"),
            ):
                with self.subTest(kind=kind):
                    form.field_type = kind
                    self.assertTrue(form.type_help)
                    self.assertFalse(form._get_modifier(name, "invisible"))
                    self.assertTrue(form._get_modifier(other, "invisible"))
            form.field_type = "char"

    def test_every_type_is_explained(self):
        questions = self.env["order.sheet.field"]
        self.assertEqual(
            set(questions._get_type_helps()),
            set(dict(questions._fields["field_type"].selection)),
        )

    def test_words_are_corrected_while_customers_fill_it_in(self):
        with Form(self.sheet.with_user(self.mia), SHEET_FORM) as form:
            with form.page_ids.edit(0) as page:
                page.name = "Your Center"
                with page.field_ids.edit(0) as question:
                    question.label = "Name of the center"
        self.assertEqual(self._question("center").label, "Name of the center")
        with self.assertRaisesRegex(UserError, "set it back to draft"):
            with Form(self.sheet.with_user(self.mia), SHEET_FORM) as form:
                with form.page_ids.new() as page:
                    page.name = "More"


class TestPageCopy(SheetOffice):
    """A page that is needed twice is made once."""

    def test_copy_stands_behind_its_page(self):
        sheet = self._create_sheet().with_user(self.mia)
        sheet.page_ids[1].action_duplicate()
        self.assertEqual(
            sheet.page_ids.sorted().mapped("name"),
            ["Center", "Material", "Material (copy)", "Logo"],
        )
        self.assertEqual(
            sheet.page_ids.sorted()[2].field_ids.mapped("key"), ["flyer_2", "poster_2"]
        )
        self.assertFalse(sheet._get_publish_faults())

    def test_copy_depends_on_its_own_questions_and_on_those_before(self):
        sheet = self._create_sheet().with_user(self.mia)
        logo = self._question("logo", sheet)
        material = sheet.page_ids[1]
        flyer, poster = material.field_ids
        conditions = self.env["order.sheet.condition"].with_user(self.mia)
        conditions.create(
            [
                {"field_id": poster.id, "source_field_id": flyer.id, "operator": "set"},
                {"field_id": poster.id, "source_field_id": logo.id, "value": "no"},
                {"page_id": material.id, "source_field_id": logo.id, "value": "no"},
            ]
        )
        copy = material._duplicate()
        flyer_2, poster_2 = copy.field_ids
        self.assertEqual(poster_2.condition_ids.source_field_id, flyer_2 | logo)
        self.assertEqual(copy.condition_ids.source_field_id, logo)

    def test_translations_come_along(self):
        self.env["res.lang"]._activate_lang("de_DE")
        sheet = self._create_sheet().with_user(self.mia)
        german = {"lang": "de_DE"}
        sheet.page_ids[1].field_ids[0].with_context(**german).label = "Handzettel"
        copy = sheet.page_ids[1]._duplicate()
        self.assertEqual(copy.field_ids[0].with_context(**german).label, "Handzettel")

    def test_sheet_in_use_gets_no_page(self):
        page = self.sheet.page_ids[0]
        with self.assertRaisesRegex(UserError, "set it back to draft"):
            page.with_user(self.mia).action_duplicate()
        with self.assertRaises(AccessError):
            page.with_user(self.erik).action_duplicate()


class TestSheetOffice(SheetOffice):
    """What leads from a sheet to its orders, and what finds it."""

    def test_orders_drafts_and_what_is_done_are_one_click_away(self):
        done = self._request_in("done")
        request = self._request(self.bert)
        draft = self._draft_as(self.carla).with_user(self.erik)
        sheet = self.sheet.with_user(self.erik)
        for action, name, expected in (
            (sheet.action_open_requests(), "without_drafts", done | request),
            (sheet.action_open_drafts(), "drafts", draft),
            (sheet.action_open_done(), "finished", done),
        ):
            with self.subTest(name=name):
                self.assertEqual(action["context"], {f"search_default_{name}": 1})
                self.assertEqual(action["domain"], [("sheet_id", "in", sheet.ids)])
                self.assertFound(expected, name)
        with Form(sheet, SHEET_FORM) as form:
            counts = (form.request_count, form.draft_count, form.done_count)
        self.assertEqual(counts, (2, 1, 1))

    def test_manager_looks_at_it_as_a_customer(self):
        action = self.sheet.with_user(self.mia).action_preview()
        self.assertEqual(
            (action["url"], action["target"]),
            (f"/my/order-sheets/{self.sheet.id}/preview", "new"),
        )
        with self.assertRaises(AccessError):
            self.sheet.with_user(self.erik).action_preview()

    def test_export_is_a_download(self):
        requests = self._request() | self._request(self.carla)
        url = f"/order_sheets/{self.sheet.id}/export.csv"
        self.assertEqual(self.sheet.with_user(self.erik).action_export()["url"], url)
        self.assertEqual(requests.action_export()["url"], url)
        other = self._create_sheet()
        other._publish()
        requests |= self._submit_as(self.anna, other).with_user(self.erik)
        with self.assertRaisesRegex(UserError, "the same order sheet"):
            requests.action_export()

    def test_sheet_that_can_be_filled_in_now_is_found(self):
        future = self._create_sheet(date_start="2099-01-01")
        future._publish()
        draft = self._create_sheet()
        put_away = self._create_sheet()
        put_away._publish()
        put_away._move_to("closed")
        put_away._move_to("archived")
        found = {"xmlid": SHEET_SEARCH}
        self.assertFound(self.sheet, "open_now", **found)
        self.assertFound(self.sheet | future, "published", **found)
        self.assertFound(draft, "draft", **found)
        self.assertFound(put_away, "archived", **found)
        self.assertFound(self.sheet | future | draft, "current", **found)
