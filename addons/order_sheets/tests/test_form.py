from odoo.fields import Command

from .sheet_form_case import SheetFormCase


class TestForm(SheetFormCase):
    """Customers fill in a sheet page by page, without JavaScript."""

    def test_start_leads_to_the_first_page_that_is_not_complete(self):
        answer = self._start_by_form(self.anna)
        request = self.requests.search([("sheet_id", "=", self.sheet.id)])
        self.assertEqual(request.partner_id, self.anna.partner_id)
        self._assert_leads(answer, self._page_url(request, "Center"))
        answer = self._send(self.anna, request, "Center", center="Mitte")
        self._assert_leads(answer, self._page_url(request, "Material"))
        answer = self._start_by_form(self.bert)
        self._assert_leads(answer, self._page_url(request, "Material"))
        self.assertEqual(
            self.requests.search([("sheet_id", "=", self.sheet.id)]), request
        )

    def test_page_says_where_it_is(self):
        request = self._start_as(self.anna)
        page = self.open_as(self.anna, self._page_url(request, "Center"))
        crumbs = self._texts(page, "//ol[contains(@class, 'o_portal_submenu')]/li")
        self.assertEqual(crumbs[1:], ["My Orders", "Spring Campaign"])

    def test_the_way_through_all_pages(self):
        request = self._start_as(self.anna)
        page = self.open_as(self.anna, self._page_url(request, "Center"))
        self.assertEqual(self._contents(page), {"Center": False, "Material": False})
        self.assertEqual(self._questions(page), ["center", "logo"])
        answer = self._send(self.anna, request, "Center", center="Mitte", logo="no")
        self._assert_leads(answer, self._page_url(request, "Material"))
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertEqual(self._contents(page), {"Center": True, "Material": False})
        answer = self._send(
            self.anna,
            request,
            "Material",
            flyer="100",
            **{f"poster__{self.poster_b.id}": "2"},
        )
        self._assert_leads(answer, f"{request.access_url}/summary")
        self.assertEqual(self._complete(request), {"Center": True, "Material": True})
        self.assertEqual(self._typed(request, f"poster-{self.poster_b.id}"), "2")

    def test_hidden_questions_do_not_count(self):
        request = self._start_as(self.anna)
        self._send(self.anna, request, "Center", center="Mitte", logo="no")
        page = self.open_as(self.anna, self._page_url(request, "Material"))
        self.assertEqual(self._contents(page), {"Center": True, "Material": False})
        self._send(self.anna, request, "Center", logo="yes")
        page = self.open_as(self.anna, self._page_url(request, "Material"))
        self.assertEqual(
            self._contents(page), {"Center": True, "Material": False, "Logo": False}
        )
        self._send(self.anna, request, "Center", logo="no")
        page = self.open_as(self.anna, self._page_url(request, "Logo"))
        self.assertURLEqual(page.url, self._page_url(request, "Material"))

    # === MISTAKES === #

    def test_mistakes_are_shown_where_they_are_and_nothing_is_lost(self):
        request = self._start_as(self.anna)
        poster = f"poster-{self.poster_a.id}"
        typed = {"flyer": "120", poster.replace("-", "__"): "three"}
        page = self._send(self.anna, request, "Material", **typed)
        self.assertEqual(page.status_code, 200)
        faults = {"flyer": "Steps of 50", poster: "Please enter a number."}
        self.assertEqual(self._faults(page), faults)
        self.assertEqual(
            self._attributes(page, "//*[@aria-invalid='true']", "name"),
            ["answer.flyer", f"answer.{poster}"],
        )
        form = self._form_of(page)
        self.assertEqual(form["answer.flyer"], "120")
        self.assertEqual(form[f"answer.{poster}"], "three")
        self.assertEqual(self._complete(request)["Material"], False)
        answer = self._send(self.anna, request, "Material", "next", form, flyer="150")
        self.assertEqual(self._faults(answer), {poster: faults[poster]})
        answer = self._send(self.anna, request, "Material", **{poster: "3"})
        self._assert_leads(answer, f"{request.access_url}/summary")

    def test_nothing_is_lost_by_going_back(self):
        request = self._start_as(self.anna)
        answer = self._send(self.anna, request, "Material", step="back", flyer="120")
        self._assert_leads(answer, self._page_url(request, "Center"))
        page = self.open_as(self.anna, self._page_url(request, "Material"))
        self.assertEqual(self._form_of(page)["answer.flyer"], "120")
        self.assertEqual(self._faults(page), {"flyer": "Steps of 50"})

    def test_buttons_lead_where_they_say(self):
        request = self._start_as(self.anna)
        center, material = (
            self._page_url(request, it) for it in ("Center", "Material")
        )
        last = material.rpartition("/")[2]
        for step, target in (
            *(("next", material), ("stay", center), ("back", center)),
            *((f"page-{last}", material), ("summary", f"{request.access_url}/summary")),
            *(("page-0", center), ("nonsense", center), ("page-x", center)),
        ):
            answer = self._send(self.anna, request, "Center", step, center=step)
            self._assert_leads(answer, target)
            self.assertEqual(self._typed(request, "center"), step)

    def test_what_is_missing_is_said_when_it_is_looked_for(self):
        request = self._start_as(self.anna)
        url = self._page_url(request, "Material")
        self.assertEqual(self._faults(self.open_as(self.anna, url)), {})
        page = self.open_as(self.anna, url, params={"check": "1"})
        self.assertEqual(self._faults(page), {"flyer": "Please fill this in."})

    def test_answers_that_lead_to_more_questions_show_them(self):
        sheet = self._create_page(
            {"key": "logo", "label": "Logo", "sequence": 1},
            {"key": "color", "label": "Color", "sequence": 2, "required": True},
        )
        self._show_if(sheet, "color", "logo")
        request = self._start_as(self.anna, sheet)
        url = self._page_url(request, "Only Page")
        self.assertEqual(self._questions(self.open_as(self.anna, url)), ["logo"])
        page = self._send(self.anna, request, "Only Page", logo="Round")
        self.assertEqual(
            self._texts(page, "//*[@name='notice']"),
            ["Your answers have led to more questions on this page."],
        )
        self.assertEqual(self._questions(page), ["logo", "color"])
        answer = self._send(self.anna, request, "Only Page", color="Red")
        self._assert_leads(answer, f"{request.access_url}/summary")

    def test_optional_pages_are_ticked_in_the_contents(self):
        sheet = self._create_sheet()
        sheet.page_ids[1].is_selectable = True
        sheet._publish()
        request = self._start_as(self.anna, sheet)
        self._send(self.anna, request, "Center", center="Mitte")
        self.assertEqual(self._complete(request), {"Center": True})
        ticked = {"selected": sheet.page_ids[1].id}
        form = self._form_of(self.open_as(self.anna, self._page_url(request, "Center")))
        self._send(self.anna, request, "Center", "stay", form | ticked)
        self.assertEqual(self._complete(request), {"Center": True, "Material": False})
        foreign = {"selected": [self.sheet.page_ids[0].id, sheet.page_ids[0].id, "x"]}
        self._send(self.anna, request, "Center", "stay", form | foreign)
        self.assertEqual(self._complete(request), {"Center": True})

    def test_boxes_and_buttons_can_be_cleared(self):
        options = [Command.create({"key": key, "label": key}) for key in "abc"]
        sheet = self._create_page(
            {"key": "yes", "label": "Yes", "field_type": "boolean"},
            {
                **{"key": "some", "label": "Some", "field_type": "multi"},
                "option_ids": options,
                "choice_max": 2,
            },
            {
                **{"key": "one", "label": "One", "field_type": "choice"},
                "option_ids": options,
            },
        )
        request = self._start_as(self.anna, sheet)
        send = {"yes": "1", "some": ["a", "c"], "one": "b"}
        self._send(self.anna, request, "Only Page", **send)
        for name, typed in send.items():
            self.assertEqual(self._typed(request, name), typed)
        page = self.open_as(self.anna, self._page_url(request, "Only Page"))
        form = self._form_of(page)
        self.assertEqual(form["answer.some"], ["", "a", "c"])
        page = self._send(self.anna, request, "Only Page", some=["a", "b", "c"])
        self.assertEqual(self._faults(page), {"some": "Please choose at most 2."})
        self.assertEqual(self._form_of(page)["answer.some"], ["", "a", "b", "c"])
        self._send(self.anna, request, "Only Page", yes="", some="", one="")
        for name, typed in {"yes": "", "some": [], "one": ""}.items():
            self.assertEqual(self._typed(request, name), typed)
