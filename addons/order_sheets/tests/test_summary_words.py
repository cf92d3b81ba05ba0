from .sheet_page_case import SummaryCase


class TestSummaryWords(SummaryCase):
    """What a customer says about his order, agrees to, and reads on the button."""

    # === THE REMARK === #

    def test_remark_can_be_kept_without_submitting(self):
        order = self._draft_as(self.anna)
        answer = self._submit(order, step="save", remark="Later")
        self._assert_leads(answer, f"{order.access_url}/summary?saved=1")
        self.assertEqual((order.state, order.remark), ("draft", "Later"))
        page = self.open_as(self.anna, f"{order.access_url}/summary?saved=1")
        self.assertEqual(self._section(page, "saved"), "Your remark is saved.")
        self.assertEqual(self._texts(page, "//textarea[@name='remark']"), ["Later"])

    def test_remark_that_is_too_long_is_refused_and_stays_on_the_screen(self):
        order = self._draft_as(self.anna)
        long = "ä" * 5001
        page = self._submit(order, remark=long)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(order.state, "draft")
        self.assertEqual(self._texts(page, "//textarea[@name='remark']"), [long])
        self.assertEqual(
            self._texts(page, "//*[@id='remark_error']"),
            ["“Remark” may have 5000 characters, not 5001."],
        )
        self._submit(order, remark=long[1:])
        self.assertEqual((order.state, order.remark), ("submitted", long[1:]))

    def test_junk_is_no_remark_and_no_error(self):
        order = self._start_as(self.anna)
        for junk in ("\x00", "\u202e", "<script>", "{{7*7}}", "%s", "\x0b"):
            for name in ("remark", "edition", "legal", "step", "order", "form"):
                data = {"edition": self._edition(order)} | {name: junk}
                answer = self.post_as(self.anna, f"{order.access_url}/submit", data)
                self.assertIn(answer.status_code, (200, 303), (name, junk))
        self.assertEqual(order.state, "draft")

    # === TERMS, LABELS, PRICES === #

    def test_terms_must_be_accepted_where_the_sheet_says_so(self):
        self.sheet.write(
            {"legal_text": "<p>It is binding.</p>", "legal_required": True}
        )
        order = self._draft_as(self.anna)
        page = self._summary(order)
        self.assertEqual(
            self._section(page, "terms"), "Terms It is binding. I accept the terms."
        )
        page = self._submit(order)
        self.assertEqual(
            self._texts(page, "//*[@name='faults']//li"), ["Please accept the terms."]
        )
        self.assertEqual(
            self._texts(page, "//*[@id='legal_error']"), ["Please accept the terms."]
        )
        self.assertEqual(
            self._attributes(page, "//input[@id='legal']", "aria-invalid"), ["true"]
        )
        self.assertEqual(order.state, "draft")
        self._submit(order, legal="1")
        self.assertEqual(order.state, "submitted")

    def test_terms_may_be_there_to_read(self):
        self.sheet.legal_text = "<p>It is binding.</p>"
        order = self._draft_as(self.anna)
        page = self._summary(order)
        self.assertEqual(self._section(page, "terms"), "Terms It is binding.")
        self._submit(order)
        self.assertEqual(order.state, "submitted")

    def test_button_is_called_as_the_sheet_says(self):
        self.sheet.submit_label = "Order with costs"
        order = self._draft_as(self.anna)
        self.assertEqual(self._button(self._summary(order))[0], "Order with costs")

    def test_total_is_shown_where_the_sheet_says_so(self):
        order = self._draft_as(self.anna)
        self.assertIsNone(self._section(self._summary(order), "total"))
        self.sheet.price_display = "net_total"
        self.assertEqual(
            self._section(self._summary(order), "total"), "Total without taxes: $ 20.00"
        )
