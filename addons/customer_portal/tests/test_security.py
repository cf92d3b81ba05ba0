"""What a visitor must not achieve, tried through the doors that are open to him."""

from odoo.tools import mute_logger

from .common import PortalHttpCase, PortalTransactionCase


class TestChangedCompany(PortalTransactionCase):
    def test_contact_leaves_the_old_company_behind(self):
        """Record rules are cached by user; they must follow him to his company."""
        self.assertIn(self.krone, self._visible_to(self.carla))
        self.carla.partner_id.parent_id = self.adler
        self.assertIn(self.adler, self._visible_to(self.carla))
        self.assertNotIn(self.krone, self._visible_to(self.carla))

    def test_contact_of_a_company_that_moves(self):
        group = self._create_customer("Hotels", "Markt 1", "Regensburg")
        self.assertNotIn(group, self._visible_to(self.carla))
        self.krone.write({"is_company": False, "parent_id": group.id})
        self.assertIn(group, self._visible_to(self.carla))

    def test_contact_becomes_a_customer_of_his_own(self):
        self.assertIn(self.krone, self._visible_to(self.carla))
        self.carla.partner_id.parent_id = False
        self.assertEqual(self._visible_to(self.carla), self.carla.partner_id)

    def _visible_to(self, user):
        self.env.flush_all()
        partners = self.krone | self.adler | self.carla.partner_id
        partners |= self.env["res.partner"].search([("name", "=", "Hotels")])
        return partners.with_user(user)._filtered_access("read").sudo(False)


class TestOddAddresses(PortalHttpCase):
    @mute_logger("odoo.http")
    def test_control_characters_lead_nowhere(self):
        for path in (
            "/my/%00",
            "/my/orders/%00",
            "/%00",
            "/my/%0D%0ABcc:%20a@b",
            "/%7F",
        ):
            for user in (None, self.anna):
                response = self.open_as(user, path, allow_redirects=False)
                self.assertEqual(response.status_code, 404, path)

    @mute_logger("odoo.http")
    def test_control_character_behind_a_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.anna.lang = "de_DE"
        for path in ("/my/%0D%0ABcc:%20a@b", "/de/my/%00"):
            response = self.open_as(self.anna, path, allow_redirects=False)
            self.assertEqual(response.status_code, 404, path)

    @mute_logger("odoo.http")
    def test_error_page_tells_strangers_no_internals(self):
        """``?debug=1`` is no right: only employees read how the server failed."""
        for user, is_told in ((self.anna, False), (self.erik, True)):
            self.open_as(user, "/my")
            page = self.url_open("/my/kit_test/form?debug=1", data={"csrf_token": "x"})
            self.assertEqual(page.status_code, 400)
            self.assertEqual("Traceback" in page.text, is_told, user.name)
