from odoo.tests import freeze_time

from ..models.order_sheet_request_submit import IncompleteRequestError
from .sheet_page_case import SummaryCase


class TestSummary(SummaryCase):
    """The last page says what is complete, keeps a remark, and orders."""

    def _pages(self, page):
        """Return the rows of the pages: ``(complete or not, name, what is missing)``"""
        row = "//section[@name='pages']/ul/li"
        return list(
            zip(
                self._attributes(page, f"{row}//i", "aria-label"),
                self._texts(page, f"{row}/div/div/a"),
                self._missing(page),
                strict=True,
            )
        )

    def _missing(self, page):
        rows = self._texts(page, "//section[@name='pages']/ul/li/div/div")
        names = self._texts(page, "//section[@name='pages']/ul/li/div/div/a")
        pairs = zip(rows, names, strict=True)
        return [row.removeprefix(name).strip() for row, name in pairs]

    def _assert_not_submitted(self, order, mails):
        self.assertEqual(order.state, "draft")
        self.assertEqual(self.env["customer.mail.event"].search_count([]), mails)

    def _count_events(self):
        return self.env["customer.mail.event"].search_count([])

    # === SCENARIO 2: COMPLETENESS === #

    def test_tick_and_cross_say_which_pages_are_complete(self):
        order = self._start_as(self.anna)
        self._fill(order, center="Mitte", logo="no")
        page = self._summary(order, self.bert)
        self.assertEqual(
            self._pages(page),
            [("complete", "Center", ""), ("incomplete", "Material", "Flyer")],
        )
        icons = self._attributes(page, "//section[@name='pages']//i", "class")
        self.assertEqual(
            [it.split()[2:4] for it in icons],
            [["fa-check", "text-success"], ["fa-times", "text-danger"]],
        )
        self._fill(order, logo="yes", flyer="100")
        self.assertEqual(
            self._pages(self._summary(order)),
            [
                ("complete", "Center", ""),
                ("complete", "Material", ""),
                ("incomplete", "Logo", "Logo file"),
            ],
        )

    def test_what_is_missing_leads_to_its_question(self):
        order = self._start_as(self.anna)
        page = self._summary(order)
        url = f"{order.access_url}/page"
        center, material, _logo = self.sheet.page_ids
        self.assertEqual(
            self._links(page, "//section[@name='pages']//a"),
            [
                f"{url}/{center.id}",
                f"{url}/{center.id}?check=1#field_center",
                f"{url}/{material.id}",
                f"{url}/{material.id}?check=1#field_flyer",
            ],
        )
        form = self.open_as(self.anna, f"{url}/{material.id}?check=1")
        self.assertEqual(len(self._texts(form, "//*[@id='field_flyer']")), 1)

    def test_what_is_wrong_says_how(self):
        order = self._start_as(self.anna)
        self._fill(order, center="Mitte", flyer="120")
        self.assertEqual(
            self._pages(self._summary(order))[1],
            ("incomplete", "Material", "Flyer Steps of 50"),
        )

    def test_incomplete_sheet_is_not_submitted_and_nobody_gets_a_mail(self):
        order = self._start_as(self.anna)
        self._fill(order, center="Mitte", logo="no")
        mails = self._count_events()
        self.assertEqual(
            self._button(self._summary(order)), ("Submit Order", "btn btn-light")
        )
        page = self._submit(order, remark="By Friday")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(
            self._texts(page, "//*[@name='faults']//li"),
            ["Page “Material” is incomplete."],
        )
        self._assert_not_submitted(order, mails)
        self.assertEqual(order.remark, "By Friday")
        self.assertEqual(self._texts(page, "//textarea[@name='remark']"), ["By Friday"])
        self._fill(order, flyer="100")
        answer = self._submit(order, remark="By Friday")
        self._assert_leads(answer, f"{order.access_url}?sent=1")

    def test_what_is_missing_is_told_in_the_language_of_the_page(self):
        material = self.sheet.page_ids[1]
        material.with_context(lang="de_DE").name = "Werbemittel"
        self.anna.lang = "de_DE"  # of his mails
        order_sudo = self._start_as(self.anna).with_context(lang="en_US").sudo()
        self._fill(order_sudo, center="Mitte")
        with self.assertRaisesRegex(IncompleteRequestError, "“Material”"):
            order_sudo._submit(self.anna.partner_id)

    # === SUBMITTING === #

    def test_complete_sheet_becomes_an_order(self):
        order = self._draft_as(self.anna)
        page = self._summary(order, self.bert)
        self.assertEqual(self._button(page), ("Submit Order", "btn btn-primary"))
        self.assertEqual(self._section(page, "is_complete"), "All pages are complete.")
        edition = self._attributes(page, "//input[@name='edition']", "value")[0]
        answer = self._submit(order, self.bert, edition, remark=" By Friday\r\nplease ")
        self._assert_leads(answer, f"{order.access_url}?sent=1")
        self.assertEqual(order.state, "submitted")
        self.assertEqual(order.remark, "By Friday\nplease")
        self.assertEqual(order.submitted_by_id, self.bert.partner_id)
        page = self._page(order, self.bert, sent="1")
        self.assertTrue(self._section(page, "thanks"))

    def test_second_click_leads_to_the_order(self):
        order = self._draft_as(self.anna)
        edition = self._edition(order)
        self._submit(order, edition=edition)
        mails = self._count_events()
        answer = self._submit(order, edition=edition, remark="Again")
        self._assert_leads(answer, f"{order.access_url}?sent=1")
        self.assertEqual(self._count_events(), mails)
        self.assertFalse(order.remark)
        answer = self.open_as(
            self.anna, f"{order.access_url}/summary", allow_redirects=False
        )
        self._assert_leads(answer, order.access_url)

    def test_corrected_order_is_submitted_again(self):
        order = self._returned_order(self.anna)
        self._fill(order, center="Nord")
        page = self._summary(order)
        pairs = self._pairs(page, "//section[@name='content']")
        self.assertEqual(pairs["Center"], "Nord")
        self.assertIsNone(self._section(page, "discard"))
        self._submit(order)
        self.assertEqual(order.state, "submitted")
        pairs = self._pairs(self._page(order), "//section[@name='content']")
        self.assertEqual(pairs["Center"], "Nord")

    # === COLLEAGUES === #

    def test_what_a_colleague_has_changed_is_looked_at_first(self):
        order = self._draft_as(self.anna)
        seen = self._edition(order)
        self._fill(self._start_as(self.bert), center="Nord")
        self.env.flush_all()
        mails = self._count_events()
        page = self._submit(order, edition=seen, remark="Mine")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Nothing was submitted.", self._section(page, "changed"))
        self.assertIn("Last saved by: Bert", self._section(page, "changed"))
        self._assert_not_submitted(order, mails)
        self.assertEqual(self._texts(page, "//textarea[@name='remark']"), ["Mine"])
        edition = self._attributes(page, "//input[@name='edition']", "value")[0]
        self._submit(order, edition=edition, remark="Mine")
        self.assertEqual((order.state, order.remark), ("submitted", "Mine"))

    def _assert_looked_at_first(self, change):
        """Check that nobody orders what has changed since he has opened the page."""
        order = self._draft_as(self.anna)
        page = self._summary(order)
        [edition] = self._attributes(page, "//input[@name='edition']", "value")
        change()
        self.env.flush_all()
        mails = self._count_events()
        page = self._submit(order, edition=edition)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Nothing was submitted.", self._section(page, "changed"))
        self._assert_not_submitted(order, mails)
        [edition] = self._attributes(page, "//input[@name='edition']", "value")
        self._submit(order, edition=edition, legal="1")
        self.assertEqual(order.state, "submitted")

    def test_price_that_has_changed_is_looked_at_first(self):
        self._assert_looked_at_first(lambda: self.flyer.write({"list_price": 0.3}))

    def test_terms_that_have_changed_are_looked_at_first(self):
        self.sheet.legal_text = "<p>Binding</p>"
        self._assert_looked_at_first(
            lambda: self.sheet.write({"legal_text": "<p>Binding at once</p>"})
        )

    def test_box_that_is_new_is_looked_at_first(self):
        self.sheet.legal_text = "<p>Binding</p>"
        self._assert_looked_at_first(lambda: self.sheet.write({"legal_required": True}))

    def test_new_version_is_looked_at_first(self):
        version = self.sheet._create_version()
        self._assert_looked_at_first(version._publish)

    def test_remark_of_a_colleague_is_shown_beside_the_own_one(self):
        order = self._draft_as(self.anna)
        seen = self._edition(order)
        order.sudo()._save_remark("Theirs", self.bert.partner_id)
        page = self._submit(order, edition=seen, remark="Mine")
        self.assertEqual(self._section(page, "their_remark"), "Saved meanwhile: Theirs")
        self.assertEqual(order.remark, "Theirs")

    # === CLOSED SHEETS, AND WHOSE === #

    @freeze_time("2026-11-01 12:00:00")
    def test_closed_sheet_says_so_and_keeps_everything(self):
        order = self._draft_as(self.anna)
        order.sudo()._save_remark("By Friday")
        self.sheet._move_to("closed")
        page = self._summary(order)
        self.assertEqual(self._section(page, "locked"), order._get_lock_reason())
        self.assertEqual(self._texts(page, "//form[@name='submit']"), [])
        self.assertEqual(self._section(page, "remark_kept"), "Remark By Friday")
        pairs = self._pairs(page, "//section[@name='content']")
        self.assertEqual(pairs["Center"], "Mitte")
        mails = self._count_events()
        page = self._submit(order, remark="Now")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._section(page, "locked"), order._get_lock_reason())
        self._assert_not_submitted(order, mails)
        self.assertEqual(order.remark, "By Friday")

    def test_limit_that_was_lowered_is_told(self):
        self._allow_many()
        self._submit_as(self.bert)
        order = self._draft_as(self.anna)
        self.sheet.max_per_customer = 1
        page = self._submit(order)
        self.assertEqual(
            self._section(page, "error"),
            "Your company has ordered with “Spring Campaign” already.",
        )
        self.assertEqual(order.state, "draft")

    def test_nobody_else_submits_it(self):
        order = self._draft_as(self.anna)
        self.assertEqual(self._submit(order, self.carla).status_code, 404)
        for user in (self.erik, self.mia):
            self.assertEqual(self._submit(order, user).status_code, 403)
        answer = self.open_as(
            self.erik, f"{order.access_url}/summary", allow_redirects=False
        )
        self._assert_leads(answer, order.access_url)
        answer = self.post_as(None, f"{order.access_url}/submit")
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertEqual(order.state, "draft")

    # === COST === #

    def test_ten_pages_cost_as_many_queries_as_one(self):
        counts = []
        for number in (1, 10):
            pages = [self._numbered_page(index) for index in range(number)]
            sheet = self.sheets.create(
                {"name": "Many", "audience": "all", "page_ids": pages}
            )
            sheet._publish()
            order = self._start_as(self.anna, sheet)
            typed = {f"flyer_{index}": str(100 + index) for index in range(number)}
            self._fill(order, **typed)
            self._summary(order)
            counts.append(self.count_queries(f"{order.access_url}/summary"))
        self.assertEqual(counts[1], counts[0])

    def _numbered_page(self, number):
        question = {
            "key": f"flyer_{number}",
            "label": f"Flyer {number}",
            "field_type": "product_qty",
            "product_ids": [(6, 0, self.flyer.ids)],
            "required": True,
        }
        text = {"key": f"text_{number}", "label": "Text", "required": True}
        fields = [(0, 0, question), (0, 0, text)]
        return (0, 0, {"name": f"Page {number}", "field_ids": fields})
