from .sheet_page_case import URL, SheetPageCase


class TestPreview(SheetPageCase):
    """Whoever builds a sheet sees it as customers do, and changes nothing."""

    def _preview(self, user=None, sheet=None, page=None):
        url = f"{URL}/{(sheet or self.sheet).id}/preview"
        return self.open_as(user or self.mia, f"{url}/{page.id}" if page else url)

    def _inputs(self, page):
        return self._attributes(
            page, "//*[starts-with(@id, 'field_')][not(@hidden)]", "id"
        )

    def test_preview_begins_with_the_first_page(self):
        page = self._preview()
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._texts(page, "//h1"), ["Spring Campaign"])
        self.assertEqual(self._texts(page, "//*[@id='sheet_page_title']"), ["Center"])
        self.assertEqual(self._inputs(page), ["field_center", "field_logo"])

    def test_bar_says_that_nothing_is_saved_and_leads_back(self):
        page = self._preview()
        self.assertIn("Nothing is saved here.", self._section(page, "preview"))
        office = f"/odoo/action-order_sheets.order_sheet_action/{self.sheet.id}"
        self.assertEqual(self._links(page, "//*[@name='preview']/a"), [office])

    def test_draft_can_be_looked_at_before_it_is_published(self):
        draft = self._create_sheet(name="Summer Campaign")
        page = self._preview(sheet=draft)
        self.assertEqual(self._texts(page, "//h1"), ["Summer Campaign"])

    def test_every_page_can_be_reached_whatever_its_conditions_say(self):
        pages = self.sheet.page_ids
        url = f"{URL}/{self.sheet.id}/preview"
        links = self._links(self._preview(), "//*[@name='contents']//a")
        self.assertEqual(links, [f"{url}/{page.id}" for page in pages[1:]])
        for page, inputs in zip(
            pages,
            (
                ["field_center", "field_logo"],
                ["field_flyer", "field_poster"],
                ["field_logo_file"],
            ),
            strict=True,
        ):
            self.assertEqual(self._inputs(self._preview(page=page)), inputs)

    def test_links_stay_in_the_preview(self):
        for page in self.sheet.page_ids:
            links = self._links(self._preview(page=page), "//form//a")
            self.assertTrue(links)
            outside = [
                it
                for it in links
                if not it.startswith(f"{URL}/{self.sheet.id}/preview/")
            ]
            self.assertEqual(outside, [])

    def test_nothing_is_kept(self):
        for page in self.sheet.page_ids:
            self._preview(page=page)
        self.assertFalse(self.requests.search([]))
        page = self._preview()
        self.assertEqual(self._texts(page, "//form//button[not(@hidden)]"), [])
        self.assertEqual(
            len(self._texts(page, "//*[@name='page']//fieldset[@disabled]")), 1
        )
        url = f"{URL}/{self.sheet.id}/preview"
        self.assertEqual(self.post_as(self.mia, url).status_code, 200)
        self.assertFalse(self.requests.search([]))

    def test_sheet_without_pages_says_so(self):
        sheet = self.sheets.create({"name": "Empty"})
        page = self._preview(sheet=sheet)
        self.assertEqual(
            self._section(page, "notice"), "This order sheet has no pages yet."
        )

    def test_page_of_another_sheet_is_none(self):
        other = self._create_sheet()
        page = self._preview(page=other.page_ids[1])
        self.assertEqual(self._texts(page, "//*[@id='sheet_page_title']"), ["Center"])

    def test_preview_is_for_those_who_build_sheets(self):
        for user in (self.anna, self.carla, self.erik):
            self.assertMissing(self._preview(user))
        answer = self.open_as(
            None, f"{URL}/{self.sheet.id}/preview", allow_redirects=False
        )
        self.assertIn("/web/login", answer.headers["Location"])
        for number in (0, 2**31, 10**20):
            url = f"{URL}/{number}/preview"
            self.assertMissing(self.open_as(self.mia, url))
