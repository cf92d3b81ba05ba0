from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time

from .sheet_page_case import URL, SheetPageCase


class TestListOffers(SheetPageCase):
    """A customer finds the sheets that he can fill in, and what he has begun."""

    def _offers(self, page):
        return self._texts(page, "//*[@name='offer']//h3")

    def _buttons(self, page):
        """Return what can be done with each offer."""
        return self._texts(
            page, "//*[@name='offer']//*[contains(@class, 'btn-primary')]"
        )

    # === WHAT IS OFFERED === #

    def test_sheet_of_the_audience_can_be_filled_in(self):
        page = self._open()
        self.assertEqual(self._offers(page), ["Spring Campaign"])
        self.assertEqual(self._buttons(page), ["Fill In Now: Spring Campaign"])
        forms = "//*[@name='offer']//form"
        self.assertEqual(
            self._attributes(page, forms, "action"), [f"{URL}/{self.sheet.id}/start"]
        )
        self.assertEqual(self._attributes(page, forms, "method"), ["post"])
        answer = self.post_as(self.anna, f"{URL}/{self.sheet.id}/start")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.requests.search([]).partner_id, self.anna.partner_id)

    def test_stranger_is_offered_nothing(self):
        page = self._open(self.carla)
        self.assertEqual(self._offers(page), [])
        self.assertEqual(
            self._texts(page, "//*[@name='empty']/p"),
            ["There is nothing to fill in at the moment."],
        )
        self.assertNotIn("Spring", page.text)

    def test_whoever_is_excluded_is_offered_nothing(self):
        self.sheet.excluded_partner_ids = self.adler
        self.assertEqual(self._offers(self._open()), [])

    def test_sheet_that_is_not_open_is_not_offered(self):
        now = fields.Datetime.now()
        self.sheet.date_start = now + timedelta(hours=1)
        self.assertEqual(self._offers(self._open()), [])
        self.sheet.write(
            {"date_start": now - timedelta(2), "date_end": now - timedelta(1)}
        )
        self.assertEqual(self._offers(self._open()), [])

    def test_sheet_whose_limit_is_reached_is_not_offered(self):
        self._submit_as(self.bert)
        self.assertEqual(self._offers(self._open()), [])
        self.sheet.max_per_customer = 2
        self.assertEqual(self._buttons(self._open()), ["Fill In Now: Spring Campaign"])
        self._submit_as(self.bert)
        self.assertEqual(self._offers(self._open()), [])

    def test_orders_of_former_versions_count(self):
        self._submit_as(self.anna)
        self.sheet._create_version()._publish()
        self.assertEqual(self._offers(self._open()), [])

    # === WHAT A CARD SAYS === #

    @freeze_time("2026-11-01 12:00:00")
    def test_card_says_what_it_is_about_and_until_when(self):
        self.sheet.write(
            {
                "description": "<p>Posters and <b>flyers</b> for spring.</p>",
                "date_end": "2026-12-01 22:59:00",
            }
        )
        page = self._open()
        self.assertEqual(
            self._section(page, "teaser"), "Posters and flyers for spring."
        )
        self.assertEqual(self._section(page, "until"), "Until 12/01/2026 11:59 PM")
        self.assertIsNone(self._section(page, "description"))

    def test_long_description_is_cut_and_can_be_read(self):
        self.sheet.description = "<p>%s</p>" % ("Posters and flyers. " * 50)
        page = self._open()
        teaser = self._section(page, "teaser")
        self.assertLess(len(teaser), 250)
        self.assertTrue(teaser.endswith("…"), teaser)
        self.assertTrue(
            self._section(page, "description").startswith("Read all Posters and")
        )

    def test_sheets_stand_in_the_order_of_their_categories(self):
        categories = self.env["order.sheet.category"]
        last = categories.create({"name": "Equipment", "sequence": 20})
        first = categories.create({"name": "Advertising", "sequence": 10})
        for name, category in (("Desks", last), ("Towels", last), ("Radio", first)):
            values = {"name": name, "category_id": category.id}
            self._create_sheet(**values)._publish()
        page = self._open()
        self.assertEqual(
            self._texts(page, "//section[@name='category']/h2"),
            ["Advertising", "Equipment", "More Order Sheets"],
        )
        self.assertEqual(
            self._offers(page), ["Radio", "Towels", "Desks", "Spring Campaign"]
        )

    # === WHAT WAS BEGUN === #

    @freeze_time("2026-11-01 12:00:00")
    def test_colleagues_go_on_with_a_draft(self):
        draft = self._start_as(self.anna)
        page = self._open(self.bert)
        self.assertTrue(
            self._section(page, "draft").startswith("Draft, begun by Anna on "),
        )
        self._fill(self._start_as(self.bert), center="Mitte")
        page = self._open()
        self.assertEqual(
            self._section(page, "draft"),
            "Draft, last saved by Bert on 11/01/2026 1:00 PM",
        )
        self.assertEqual(self._buttons(page), ["Continue: Spring Campaign"])
        self.assertEqual(self._links(page, "//a[@name='continue']"), [draft.access_url])
        self.assertEqual(self._tabs(page)[0], "Order Sheets (1)")

    def test_draft_can_be_discarded(self):
        draft = self._draft_as(self.anna)
        page = self._open(self.bert)
        forms = "//details[@name='discard']/form"
        url = f"{draft.access_url}/cancel"
        self.assertEqual(self._attributes(page, forms, "action"), [url])
        answer = self.post_as(self.bert, url, {"act": "discard"})
        self._assert_leads(answer, f"{URL}?discarded=1")
        self.assertFalse(draft.exists())
        page = self._open(self.bert, discarded="1")
        self.assertEqual(self._section(page, "discarded"), "The draft was discarded.")
        self.assertEqual(self._buttons(page), ["Fill In Now: Spring Campaign"])

    def test_draft_of_a_closed_sheet_says_so_and_is_kept(self):
        draft = self._draft_as(self.anna)
        self.sheet._move_to("closed")
        page = self._open()
        self.assertEqual(self._offers(page), ["Spring Campaign"])
        self.assertEqual(self._section(page, "locked"), draft._get_lock_reason())
        self.assertEqual(self._buttons(page), ["Show: Spring Campaign"])

    def test_returned_order_asks_for_the_correction(self):
        self._allow_many()
        order = self._returned_order(self.anna, "The center\nis wrong")
        page = self._open(self.bert)
        self.assertEqual(self._offers(page), ["Spring Campaign", "Spring Campaign"])
        self.assertEqual(
            self._buttons(page),
            [f"Correct Now: {order.name}", "Fill In Now: Spring Campaign"],
        )
        self.assertEqual(
            self._section(page, "returned"),
            f"Returned for correction ({order.name}) The center is wrong",
        )
        self.assertEqual(
            self._links(page, "//a[@name='correct']"), [f"{order.access_url}?correct=1"]
        )
        self.assertEqual(
            self._tabs(page),
            ["Order Sheets (2)", "Running Orders (1)", "Archived Orders (0)"],
        )

    # === COST === #

    def test_many_sheets_cost_as_many_queries_as_one(self):
        self._draft_as(self.anna)
        self._create_sheet(name="Summer")._publish()
        self._open()
        few = self.count_queries(URL)
        for number in range(4):
            sheet = self._create_sheet(name=f"Sheet {number}", max_per_customer=2)
            sheet._publish()
            if number % 2:
                self._draft_as(self.anna, sheet)
        self._open()
        self.assertEqual(self.count_queries(URL), few)
