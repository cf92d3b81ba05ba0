from odoo.exceptions import UserError

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class TestFilling(SheetPeople, PortalTransactionCase):
    """Which pages are complete, what is kept, and who overwrites whom."""

    def _complete(self, request):
        request.invalidate_recordset()
        filled = request.sudo()._get_filled()
        return {page.name: page.is_complete for page in filled.pages}

    def test_pages_that_are_not_shown_count_for_nothing(self):
        request = self._start_as(self.anna)
        self._fill(request, center="Mitte", logo="no")
        self.assertEqual(self._complete(request), {"Center": True, "Material": False})
        self._fill(request, logo="yes")
        self.assertEqual(
            self._complete(request),
            {"Center": True, "Material": False, "Logo": False},
        )

    def test_wrong_answer_is_kept_as_it_was_typed_and_page_is_incomplete(self):
        request = self._start_as(self.anna)
        saved = self._fill(request, center="Mitte", logo="no", flyer="100")
        self.assertEqual(saved.faults, {})
        saved = self._fill(request, flyer="120")
        self.assertEqual(saved.faults, {"flyer": "Steps of 50"})
        self.assertEqual(self._complete(request), {"Center": True, "Material": False})
        slot = request.sudo()._get_filled().slots["flyer"]
        self.assertEqual((slot.typed, slot.value), ("120", None))
        self._fill(request, flyer="150")
        self.assertEqual(self._complete(request), {"Center": True, "Material": True})

    def test_colleagues_merge_and_do_not_overwrite_each_other(self):
        request = self._start_as(self.anna)
        self._fill(request, rev=1, center="Mitte")
        theirs = self._start_as(self.bert)
        self.assertEqual(theirs, request)
        self._fill(theirs, rev=2, flyer="100")
        self._fill(request, rev=2, center="Nord")
        self.assertEqual(request.rev, 4)
        self._fill(theirs, rev=4, center="West")
        saved = self._fill(request, rev=4, center="Ost")
        self.assertEqual(
            saved.conflicts,
            {"center": {"mine": "Ost", "theirs": "West", "by": "Bert"}},
        )
        self.assertEqual(request.sudo()._get_filled().slots["center"].value, "West")

    def test_submitted_order_has_lines_and_words_of_its_moment(self):
        request = self._submit_as(self.anna, **{f"poster__{self.poster_a.id}": "2"})
        self.assertEqual(request.state, "submitted")
        self.assertRegex(request.name, r"^BS/\d{4}/\d{5}$")
        lines = request.sudo().line_ids.mapped(lambda it: (it.product_id, it.quantity))
        self.assertEqual(lines, [(self.flyer, 100), (self.poster_a, 2)])
        self.assertEqual(request.sudo().amount_untaxed, 26)
        self._question("flyer").label = "Leaflet"
        labels = [
            field["label"]
            for page in request.sudo()._get_content()["pages"]
            for field in page["fields"]
        ]
        self.assertEqual(labels, ["Center", "Own logo", "Flyer", "Poster"])
        order = request.with_user(self.env.ref("base.user_admin"))._create_sale_order()
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [100, 2])
        with self.assertRaises(UserError):
            request.with_user(self.env.ref("base.user_admin"))._create_sale_order()

    def test_carla_is_not_the_audience(self):
        self.assertEqual(self.sheets.with_user(self.anna).search([]), self.sheet)
        self.assertFalse(self.sheets.with_user(self.carla).search([]))
        with self.assertRaises(UserError):
            self._start_as(self.carla)

    def test_new_version_takes_drafts_along(self):
        request = self._draft_as(self.anna)
        version = self.sheet._create_version()
        version._publish()
        self.assertEqual(request.sudo().sheet_id, version)
        self.assertEqual(self._complete(request), {"Center": True, "Material": True})
        self.assertEqual(self.sheet.state, "closed")
