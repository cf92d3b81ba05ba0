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
