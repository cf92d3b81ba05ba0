from .sheet_form_case import SheetFormCase


class TestFormColleagues(SheetFormCase):
    """Anna and Bert fill in the same sheet, and nobody overwrites the other."""

    def test_what_one_types_the_other_sees(self):
        request = self._start_as(self.anna)
        self._send(self.anna, request, "Center", center="Mitte")
        page = self.open_as(self.bert, self._page_url(request, "Center"))
        self.assertEqual(self._form_of(page)["answer.center"], "Mitte")

    def test_other_answers_merge(self):
        request = self._start_as(self.anna)
        form = self._form_of(self.open_as(self.anna, self._page_url(request, "Center")))
        self._send(self.bert, request, "Center", logo="yes")
        answer = self._send(self.anna, request, "Center", "next", form, center="Mitte")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._typed(request, "center"), "Mitte")
        self.assertEqual(self._typed(request, "logo"), "yes")

    def test_same_answer_shows_both_until_somebody_decides(self):
        request = self._start_as(self.anna)
        form = self._form_of(self.open_as(self.anna, self._page_url(request, "Center")))
        self._send(self.bert, request, "Center", center="Nord")
        page = self._send(self.anna, request, "Center", "next", form, center="Süd")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._typed(request, "center"), "Nord")
        box = "//form//*[contains(@class, 'o_sheet_conflict')]"
        self.assertEqual(self._texts(page, f"{box}//b"), ["Bert"])
        self.assertEqual(self._texts(page, f"{box}//q"), ["Nord", "Süd"])
        form = self._form_of(page)
        self.assertEqual(form["answer.center"], "Süd")
        answer = self._send(self.anna, request, "Center", "next", form)
        self._assert_leads(answer, self._page_url(request, "Material"))
        self.assertEqual(self._typed(request, "center"), "Süd")

    def test_conflict_keeps_who_wants_to_leave(self):
        request = self._start_as(self.anna)
        url = self._page_url(request, "Material")
        form = self._form_of(self.open_as(self.anna, url))
        self._send(self.bert, request, "Material", flyer="100")
        page = self._send(self.anna, request, "Material", "back", form, flyer="150")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._form_of(page)["answer.flyer"], "150")

    def test_form_that_does_not_say_what_it_showed_overwrites_nothing(self):
        request = self._start_as(self.anna)
        self._send(self.bert, request, "Center", center="Nord")
        for junk in ({}, {"rev": "x", "before": "["}, {"rev": "-1", "before": "7"}):
            url = self._page_url(request, "Center")
            page = self.post_as(self.anna, url, {"answer.center": "Süd"} | junk)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(self._typed(request, "center"), "Nord")

    # === WHILE THEY TYPE === #

    def test_saving_while_typing_merges(self):
        request = self._start_as(self.anna)
        first = self._save(self.anna, request, center="Mitte")
        self.assertEqual((first["rev"], first["saved"]), (2, ["center"]))
        second = self._save(self.bert, request, "Material", rev=2, flyer="100")
        self.assertEqual(second["rev"], 3)
        third = self._save(self.anna, request, rev=2, center="Nord")
        self.assertEqual((third["rev"], third["conflicts"]), (4, {}))

    def test_who_is_slower_reads_who_was_faster(self):
        request = self._start_as(self.anna)
        self._save(self.bert, request, rev=1, center="Nord")
        answer = self._save(self.anna, request, rev=1, center="Süd")
        self.assertEqual((answer["conflict"], answer["saved_by"]), (True, "Bert"))
        self.assertEqual(
            answer["conflicts"],
            {"center": {"mine": "Süd", "theirs": "Nord", "text": "Nord", "by": "Bert"}},
        )
        self.assertEqual((answer["saved"], answer["rev"]), ([], 2))
        self.assertEqual(self._typed(request, "center"), "Nord")
        self._save(self.anna, request, rev=2, center="Süd")
        self.assertEqual(self._typed(request, "center"), "Süd")

    def test_who_types_elsewhere_on_the_page_sees_the_others_answers(self):
        request = self._start_as(self.anna)
        self._save(self.bert, request, rev=1, logo="yes")
        answer = self._save(self.anna, request, rev=1, center="Mitte")
        self.assertEqual(
            answer["changed"], {"logo": {"theirs": "yes", "text": "Yes", "by": "Bert"}}
        )
        answer = self._save(self.anna, request, rev=answer["rev"], center="Nord")
        self.assertEqual(answer["changed"], {})
