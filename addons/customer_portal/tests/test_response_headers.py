from odoo.tools import mute_logger

from . import portal_kit_routes
from .common import PortalHttpCase


class TestResponseHeaders(PortalHttpCase):
    def assertPrivate(self, response, status=200):  # noqa: N802
        self.assertEqual(response.status_code, status, response.url)
        self.assertEqual(response.headers.get("X-Frame-Options"), "SAMEORIGIN")
        self.assertEqual(response.headers.get("Cache-Control"), "private, no-store")

    def test_pages_about_a_customer_are_private(self):
        for url in ("/my", "/my/", "/my/home", "/my/account"):
            self.assertPrivate(self.open_as(self.anna, url))

    def test_pages_in_another_language_are_private(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.anna.lang = "de_DE"
        page = self.open_as(self.anna, "/de/my/home")
        self.assertURLEqual(page.url, "/de/my/home")
        self.assertPrivate(page)

    def test_answers_to_forms_are_private(self):
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "customer_portal.test_form",
                "arch": portal_kit_routes.FORM_PAGE,
            }
        )
        self.assertPrivate(self.post_as(self.anna, "/my/kit_test/form"))

    @mute_logger("odoo.http")
    def test_answers_in_json_are_private(self):
        self.open_as(self.anna, "/my")
        for params in ({}, {"fail": True}):
            payload = self.build_rpc_payload(params)
            self.assertPrivate(self.url_open("/my/kit_test/json", json=payload))

    @mute_logger("odoo.http")
    def test_errors_are_private(self):
        self.assertPrivate(self.open_as(self.anna, "/my/nowhere"), status=404)
        self.assertPrivate(self.open_as(self.anna, "/my/kit_test/failure"), status=422)
        page = self.open_as(self.anna, "/my/kit_test/plain_failure")
        self.assertPrivate(page, status=400)
        page = self.url_open("/my/kit_test/form", data={"title": "no csrf"})
        self.assertPrivate(page, status=400)

    def test_way_to_the_login_page_is_private(self):
        page = self.open_as(None, "/my/home", allow_redirects=False)
        self.assertPrivate(page, status=303)

    def test_stricter_headers_stay(self):
        page = self.open_as(self.anna, "/my/kit_test/strict")
        self.assertEqual(page.headers["X-Frame-Options"], "DENY")
        self.assertEqual(page.headers["Cache-Control"], "no-store, max-age=0")

    def test_laxer_caching_is_replaced(self):
        self.assertPrivate(self.open_as(self.anna, "/my/kit_test/public_cache"))

    def test_other_pages_are_left_alone(self):
        page = self.open_as(self.anna, "/mykit_test")
        self.assertEqual(page.text, "not below /my")
        self.assertNotIn("X-Frame-Options", page.headers)
        self.assertNotIn("Cache-Control", page.headers)
