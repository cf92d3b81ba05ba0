from odoo.tests import freeze_time

from .sheet_form_case import SheetFormCase


class TestFormSave(SheetFormCase):
    """What the server answers to a page that keeps what is typed by itself."""

    @freeze_time("2026-11-27 09:42:00")
    def test_answer_says_what_there_is_to_see(self):
        request = self._start_as(self.anna)
        answer = self._save(self.anna, request, center="Mitte", logo="yes")
        self.assertEqual(answer["saved_at"], "10:42 AM")  # in Berlin
        self.assertEqual(answer["saved"], ["center", "logo"])
        self.assertEqual(answer["errors"], {})
        self.assertEqual(answer["visible"], {"center": True, "logo": True})
        center, material, logo = self.sheet.page_ids.ids
        self.assertEqual(
            answer["pages"],
            [
                self._entry(center, complete=True),
                self._entry(material),
                self._entry(logo),
            ],
        )
        answer = self._save(self.anna, request, logo="no")
        self.assertEqual(
            answer["pages"][2],
            self._entry(logo, is_offered=False, visible=False, complete=True),
        )

    def _entry(self, page_id, is_offered=True, visible=True, complete=False):
        return {
            **{"id": page_id, "is_offered": is_offered},
            **{"visible": visible, "complete": complete},
        }

    def test_wrong_answers_are_named_and_kept(self):
        request = self._start_as(self.anna)
        answer = self._save(self.anna, request, "Material", flyer="120")
        self.assertEqual(answer["errors"], {"flyer": "Steps of 50"})
        self.assertEqual((answer["saved"], answer["rev"]), ([], 2))
        self.assertEqual(self._typed(request, "flyer"), "120")
        self.assertFalse(answer["pages"][1]["complete"])
        answer = self._save(self.anna, request, "Material", flyer="100")
        self.assertEqual((answer["errors"], answer["saved"]), ({}, ["flyer"]))
        self.assertTrue(answer["pages"][1]["complete"])

    def test_questions_appear_with_the_answer_that_leads_to_them(self):
        sheet = self._create_page(
            {"key": "logo", "label": "Logo", "sequence": 1},
            {"key": "color", "label": "Color", "sequence": 2},
        )
        self._show_if(sheet, "color", "logo")
        request = self._start_as(self.anna, sheet)
        answer = self._save(self.anna, request, "Only Page", logo="")
        self.assertEqual(answer["visible"], {"logo": True, "color": False})
        answer = self._save(self.anna, request, "Only Page", logo="Round")
        self.assertEqual(answer["visible"], {"logo": True, "color": True})

    def test_nothing_new_counts_no_revision(self):
        request = self._start_as(self.anna)
        self._save(self.anna, request, center="Mitte")
        self.assertEqual(self._save(self.anna, request, center="Mitte")["rev"], 2)
        self.assertEqual(self._save(self.anna, request)["rev"], 2)

    def test_optional_pages(self):
        sheet = self._create_sheet()
        sheet.page_ids[1].is_selectable = True
        sheet._publish()
        request = self._start_as(self.anna, sheet)
        self._sign_in(self.anna)
        url = f"{request.access_url}/pages"
        center, material, _logo = sheet.page_ids.ids
        answer = self.call_json(url, selected=[material, center, 2**31 - 1])
        self.assertEqual(
            [page["visible"] for page in answer["pages"]], [True, True, False]
        )
        answer = self.call_json(url, selected=[])
        self.assertEqual(
            answer["pages"][1], self._entry(material, visible=False, complete=True)
        )

    # === SHAPES === #

    def test_json_of_another_shape_is_not_read(self):
        request = self._start_as(self.anna)
        page_id, url = self.sheet.page_ids[0].id, f"{request.access_url}/save"
        good = {"page_id": page_id, "values": {"center": "Mitte"}, "rev": 1}
        for bad in (
            *({"page_id": junk} for junk in ("x", None, [1], {}, 1.5, -1, 2**70)),
            *({"rev": junk} for junk in ("1", None, [1], {}, 1.5, -1, 2**70, True)),
            *({"values": junk} for junk in ("x", None, [1], 7, [["center", "x"]])),
            *(
                {"values": {"center": junk}}
                for junk in ({"a": 1}, [["x"]], [{"a": 1}], [None, {}])
            ),
            *({"before": junk} for junk in ("x", [1], {"center": {}}, 7)),
        ):
            answer = self._post_json(self.anna, url, good | bad)
            self.assertEqual(answer.status_code, 422, bad)
            self.assertEqual(self._typed(request, "center"), "")
        for junk in ("x", None, {}, [None], ["1"], [1.5], [2**70], [True], [[1]]):
            url = f"{request.access_url}/pages"
            answer = self._post_json(self.anna, url, {"selected": junk})
            self.assertEqual(answer.status_code, 422, junk)
        for name in ("rev", "values", "page_id"):
            left = {key: value for key, value in good.items() if key != name}
            url = f"{request.access_url}/save"
            self.assertEqual(self._post_json(self.anna, url, left).status_code, 422)

    def test_numbers_and_ticks_may_come_as_such(self):
        sheet = self._create_page(
            {"key": "count", "label": "Count", "field_type": "integer"},
            {"key": "tick", "label": "Tick", "field_type": "boolean"},
        )
        request = self._start_as(self.anna, sheet)
        self._save(self.anna, request, "Only Page", count=7, tick=True)
        self.assertEqual(self._typed(request, "count"), "7")
        self.assertEqual(self._typed(request, "tick"), "1")
        self._save(self.anna, request, "Only Page", count=None, tick=False)
        self.assertEqual(self._typed(request, "count"), "")
        self.assertEqual(self._typed(request, "tick"), "")
