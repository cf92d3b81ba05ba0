from datetime import datetime, timedelta

from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .sheet_form_case import URL, SheetFormCase

NOBODY = 2**31 - 1


class TestFormAccess(SheetFormCase):
    """Who may fill in which sheet, and when."""

    # === WHO === #

    def test_only_the_audience_begins(self):
        self.assertMissing(self._start_by_form(self.carla))
        self.assertFalse(self.requests.search([("sheet_id", "=", self.sheet.id)]))
        self.assertMissing(self.post_as(self.anna, f"{URL}/{NOBODY}/start"))
        self.sheet.excluded_partner_ids = self.adler
        answer = self._start_by_form(self.anna)
        self.assertEqual(
            self._texts(answer, "//*[@name='notice']"),
            ["“Spring Campaign” cannot be filled in now."],
        )
        self.assertFalse(self.requests.search([("sheet_id", "=", self.sheet.id)]))

    def test_customers_order_as_often_as_they_may(self):
        self._submit_as(self.anna)
        answer = self._start_by_form(self.bert)
        self.assertEqual(
            self._texts(answer, "//*[@name='notice']"),
            ["Your company has ordered with “Spring Campaign” already."],
        )

    def test_strangers_find_nothing(self):
        request = self._draft_as(self.anna)
        for page_id in (*self.sheet.page_ids.ids, NOBODY):
            url = f"{request.access_url}/page/{page_id}"
            self.assertMissing(self.open_as(self.carla, url, allow_redirects=False))
            answer = self.post_as(self.carla, url, {"answer.center": "Mine"})
            self.assertEqual(answer.status_code, 404)
        with mute_logger("odoo.http"):
            for route in ("save", "pages"):
                url = f"{request.access_url}/{route}"
                answer = self._post_json(
                    self.carla,
                    url,
                    {
                        "page_id": self.sheet.page_ids[0].id,
                        "values": {"center": "Mine"},
                        **{"rev": 9, "selected": []},
                    },
                )
                self.assertEqual(answer.json()["error"]["code"], 404)
        self.assertEqual(self._typed(request, "center"), "Mitte")

    def test_visitors_sign_in_first(self):
        request = self._draft_as(self.anna)
        page = self.open_as(None, self._page_url(request, "Center"))
        self.assertIn("/web/login", page.url)

    def test_employees_have_the_back_office(self):
        request = self._draft_as(self.anna)
        url = self._page_url(request, "Center")
        page = self.open_as(self.erik, url, allow_redirects=False)
        self._assert_leads(page, request.access_url)
        for path in (
            url,
            f"{URL}/{self.sheet.id}/start",
            f"{request.access_url}/upload",
        ):
            self.assertEqual(self.post_as(self.erik, path).status_code, 403)
        with mute_logger("odoo.http"):
            params = {"page_id": 1, "values": {"center": "Mine"}, "rev": 9}
            answer = self._post_json(self.erik, f"{request.access_url}/save", params)
        error = answer.json()["error"]["data"]["name"]
        self.assertEqual(error, "werkzeug.exceptions.Forbidden")
        self.assertEqual(self._typed(request, "center"), "Mitte")

    def test_pages_of_other_sheets_are_missing(self):
        request = self._draft_as(self.anna)
        other = self._create_page({"key": "center", "label": "Center"})
        url = self._page_url(request, other.page_ids)
        answer = self.open_as(self.anna, url, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        answer = self.post_as(self.anna, url, {"answer.center": "Other"})
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._typed(request, "center"), "Mitte")

    # === HOW === #

    def test_acts_are_posted(self):
        request = self._draft_as(self.anna)
        for path in (
            *(f"{URL}/{self.sheet.id}/start", f"{request.access_url}/upload"),
            f"{request.access_url}/file/1/delete",
        ):
            for method in ("GET", "HEAD", "OPTIONS"):
                answer = self.open_as(self.anna, path, method=method)
                self.assertIn(answer.status_code, (404, 405), path)
        url = self._page_url(request, "Center")
        data = {"answer.center": "Forged", "rev": 9}
        with mute_logger("odoo.http"):
            answer = self.open_as(self.anna, url, data=data, method="POST")
        self.assertEqual(answer.status_code, 400)  # without a token
        answer = self.open_as(self.anna, url, params=data)
        self.assertEqual(self._typed(request, "center"), "Mitte")

    # === WHEN === #

    def test_closed_sheet_shows_what_was_typed_and_keeps_nothing_more(self):
        request = self._draft_as(self.anna)
        url = self._page_url(request, "Center")
        form = self._form_of(self.open_as(self.anna, url))
        self.sheet.action_close()
        page = self.open_as(self.anna, url)
        reason = (
            "“Spring Campaign” is closed. What you have filled in is kept, but cannot"
            " be submitted any more."
        )
        self.assertEqual(self._texts(page, "//*[@name='locked']"), [reason])
        self.assertEqual(self._form_of(page)["answer.center"], "Mitte")
        self.assertTrue(self._attributes(page, "//fieldset", "disabled"))
        self.assertFalse(self._texts(page, "//form//button[@name='step']"))
        page = self._send(self.anna, request, "Center", "next", form, center="Nord")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._texts(page, "//*[@name='locked']"), [reason])
        self.assertEqual(self._form_of(page)["answer.center"], "Nord")
        answer = self._save(self.anna, request, center="Nord")
        self.assertEqual(answer, {"locked": reason})
        self.assertEqual(self._typed(request, "center"), "Mitte")

    def test_who_has_begun_has_a_little_longer(self):
        end = datetime(2026, 11, 27, 17)
        self.sheet.write({"date_end": end, "grace_minutes": 30})
        with freeze_time(end - timedelta(minutes=1)):
            request = self._start_as(self.anna)
        with freeze_time(end + timedelta(minutes=29)):
            self.assertEqual(self._save(self.anna, request, center="Nord")["rev"], 2)
        with freeze_time(end + timedelta(minutes=31)):
            answer = self._save(self.anna, request, center="Ost")
        self.assertEqual(list(answer), ["locked"])
        self.assertEqual(self._typed(request, "center"), "Nord")

    def test_sheet_that_is_revised_waits(self):
        request = self._draft_as(self.anna)
        form = self._form_of(self.open_as(self.anna, self._page_url(request, "Center")))
        self.sheet.action_revise()
        page = self._send(self.anna, request, "Center", "next", form, center="Nord")
        self.assertEqual(
            self._texts(page, "//*[@name='locked']"),
            [
                "“Spring Campaign” is being revised. What you have filled in is kept;"
                " please come back later."
            ],
        )
        self.assertEqual(self._form_of(page)["answer.center"], "Nord")
        self.sheet._publish()
        self._send(self.anna, request, "Center", "next", form, center="Nord")
        self.assertEqual(self._typed(request, "center"), "Nord")

    def test_page_of_the_former_version_keeps_what_was_typed(self):
        request = self._draft_as(self.anna)
        url = self._page_url(request, "Center")
        form = self._form_of(self.open_as(self.anna, url))
        version = self.sheet._create_version()
        version._publish()
        data = form | {"answer.center": "Nord", "step": "next"}
        answer = self.post_as(self.anna, url, data)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(request.sudo().sheet_id, version)
        self.assertEqual(self._typed(request, "center"), "Nord")
        answer = self.open_as(self.anna, url, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_submitted_order_shows_what_a_colleague_typed_too_late(self):
        request = self._draft_as(self.anna)
        url = self._page_url(request, "Center")
        form = self._form_of(self.open_as(self.bert, url))
        request.sudo()._submit(self.anna.partner_id.sudo())
        page = self._send(self.bert, request, "Center", "next", form, center="Nord")
        self.assertEqual(page.status_code, 200)
        self.assertIn("cannot be changed any more", self._section(page, "locked"))
        self.assertEqual(self._typed(request, "center"), "Mitte")
        page = self.open_as(self.bert, url, allow_redirects=False)
        self._assert_leads(page, request.access_url)

    def test_page_that_was_not_ordered_is_gone_for_who_still_types_on_it(self):
        request = self._draft_as(self.anna, logo="yes")
        form = self._form_of(self.open_as(self.bert, self._page_url(request, "Logo")))
        self._fill(request, logo="no")
        request.sudo()._submit(self.anna.partner_id.sudo())
        answer = self._send(self.bert, request, "Logo", "next", form)
        self._assert_leads(answer, request.access_url)

    def test_late_typing_on_products_out_of_sale_is_shown_as_well(self):
        self.sheet.price_display = "net"
        request = self._draft_as(self.anna)
        url = self._page_url(request, "Material")
        form = self._form_of(self.open_as(self.bert, url))
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.flyer.sale_ok = False
        page = self._send(self.bert, request, "Material", "next", form, flyer="200")
        self.assertEqual(page.status_code, 200)
        self.assertIn("cannot be changed any more", self._section(page, "locked"))

    def test_returned_order_is_corrected(self):
        request = self._returned_order(self.anna, "Which center?")
        page = self.open_as(self.bert, self._page_url(request, "Center"))
        self.assertEqual(
            self._section(page, "return_reason"),
            "Please correct your order: Which center?",
        )
        self._send(self.bert, request, "Center", center="Nord")
        self.assertEqual(self._typed(request, "center"), "Nord")
