"""Where customers land after the login, and that signing up works as before."""

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .address_case import AddressCase

LOGIN_URL = "/web/login"


class TestLanding(AddressCase):
    def login(self, user, password=None, url=LOGIN_URL, **data):
        """Return where a visitor is led who sends the login form."""
        self.authenticate(None, None)
        page = self.post_as(
            None,
            url,
            {"login": user.login, "password": password or user.login, **data},
        )
        return page.headers.get("Location", "").removeprefix(self.base_url())

    def test_customers_land_on_the_data_of_their_company(self):
        self.assertEqual(self.login(self.anna), "/my/company")
        self.assertEqual(self.login(self.anna, redirect=""), "/my/company")

    def test_setting_leads_them_to_the_overview(self):
        self.company.portal_landing = "/my"
        self.assertEqual(self.login(self.anna), "/my")

    def test_overview_is_the_landing_where_nothing_is_asked_for(self):
        self.company.change_enabled = False
        self.assertEqual(self.login(self.anna), "/my")

    def test_what_the_visitor_was_looking_for_comes_first(self):
        self.assertEqual(self.login(self.anna, redirect="/my/changes"), "/my/changes")
        self.assertEqual(self.login(self.anna, redirect="/my"), "/my")
        url = f"{LOGIN_URL}?redirect=/my/security"
        self.assertEqual(self.login(self.anna, url=url), "/my/security")

    def test_employees_land_where_they_did(self):
        self.assertEqual(self.login(self.erik), "/odoo")
        self.assertEqual(self.login(self.erik, redirect="/my"), "/my")

    def test_wrong_password_leads_nowhere(self):
        with mute_logger("odoo.addons.base.models.res_users"):
            self.assertEqual(self.login(self.anna, password="wrong"), "")

    def test_each_company_decides_for_its_own_customers(self):
        other = self.env["res.company"].create({"name": "B", "portal_landing": "/my"})
        otto = new_test_user(
            self.env,
            "otto@test.example",
            "base.group_portal",
            company_id=other.id,
            company_ids=[other.id],
        )
        self.assertEqual(self.login(otto), "/my")

    # === SIGNING UP === #

    def test_invited_contact_signs_up(self):
        contact = self.env["res.partner"].create(
            {"name": "Ida", "email": "ida@adler.example", "parent_id": self.adler.id}
        )
        contact.signup_prepare()
        url = contact._get_signup_url_for_action()[contact.id]
        self.authenticate(None, None)
        self.assertEqual(self.open_as(None, url).status_code, 200)
        landing = self._choose_password("/web/signup", contact, "Ida Huber")
        self.assertEqual(landing, "/my/company")
        self.assertEqual(contact.user_ids.login, "ida@adler.example")
        self.assertTrue(contact.user_ids._is_portal())
        self.assertUntouched(contact)

    def test_forgotten_password_is_chosen_anew(self):
        contact = self.anna.partner_id
        contact.signup_prepare(signup_type="reset")
        self._choose_password("/web/reset_password", contact, "Evil")
        self.assertEqual(self.anna.name, "Anna")
        self.assertEqual(self.login(self.anna, "a new password"), "/my/company")
        self.assertUntouched(contact)

    def test_anybody_signs_up_where_this_is_allowed(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        self.authenticate(None, None)
        data = self._password() | {"login": "neu@test.example", "name": "Neu"}
        page = self.post_as(None, "/web/signup", data)
        self.assertEqual(page.headers["Location"], "/my/company")
        user = self.env["res.users"].search([("login", "=", "neu@test.example")])
        self.assertEqual(user.name, "Neu")
        self.assertUntouched(user.partner_id)

    def _choose_password(self, url, contact, name):
        """Return where a visitor is led who sends the form of an invitation."""
        data = {
            "login": contact.email,
            "name": name,
            "token": contact._generate_signup_token(),
        }
        self.authenticate(None, None)
        page = self.post_as(None, url, self._password() | data)
        return page.headers.get("Location")

    def _password(self):
        return {"password": "a new password", "confirm_password": "a new password"}

    def assertUntouched(self, contact):  # noqa: N802 (named like its siblings)
        """Check that there is neither a request nor a note."""
        self.assertFalse(self.asked())
        notes = contact.message_ids.mapped("preview")
        self.assertFalse([text for text in notes if "changed this" in text])
