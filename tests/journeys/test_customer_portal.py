"""Source 002, first half: a customer changes his company data, staff confirm it."""

import re

from .support import DESKTOP, PHONE, Journey

NO_JAVASCRIPT = DESKTOP | {"java_script_enabled": False}


class TestCustomerPortal(Journey):
    """Anna changes the data of Hotel Adler, Erik confirms or refuses."""

    def setUp(self):
        super().setUp()
        # The demo tells stories of its own; each journey begins without open requests.
        self.site.shell(
            "env['customer.change.request'].search("
            "[('state', 'in', ('pending', 'scheduled'))])._cancel_by_customer()"
        )

    def test_company_data_change_once_the_administrator_confirms(self):
        anna = self.open_page("anna")
        self._customer_lands_on_the_company_page(anna)
        self._customer_changes_the_street(anna)
        number = self._customer_confirms(anna)
        self._portal_still_shows_the_old_street(anna)
        self._administrator_and_customer_get_mails(number)

        erik = self.open_page("erik")
        self._administrator_confirms(erik, number)
        self._portal_shows_the_new_street(anna, number)

    def test_a_delivery_address_is_added(self):
        anna = self.open_page("anna")
        number = self._customer_adds_a_delivery_address(anna, "Lager Süd")
        anna.goto("/my/company")
        self.shot(anna, "company-address-requested")
        self.assertIn("Neue Adresse beantragt", anna.inner_text("main"))
        self.assertEqual(self._count_partners("Lager Süd"), "0")

        self._administrator_confirms(self.open_page("erik"), number)
        self.assertEqual(self._count_partners("Lager Süd"), "1")
        anna.goto("/my/company")
        self.assertIn("Lager Süd", anna.inner_text("main"))
        self.assertNotIn("beantragt", anna.inner_text("main"))

    def test_a_refused_address_comes_with_a_reason(self):
        anna = self.open_page("anna")
        number = self._customer_adds_a_delivery_address(anna, "Lager West")
        erik = self.open_page("erik")
        self._open_in_office(erik, number)
        erik.click(".o_form_statusbar button[name=action_reject]")
        erik.fill(".modal [name=reason] textarea", "Dorthin liefern wir leider nicht.")
        erik.click(".modal-footer button.btn-primary")
        self._wait_for_status(erik, "Abgelehnt")
        mail = self.wait_for_mail_text(
            "anna@hotel-adler.example", f"{number} können wir nicht erfüllen"
        )
        self.assertIn("Dorthin liefern wir leider nicht.", mail)
        anna.goto("/my/changes?filterby=rejected")
        anna.get_by_role("link", name=number).click()
        self.shot(anna, "change-rejected")
        self.assertIn("Dorthin liefern wir leider nicht.", anna.inner_text("main"))
        self.assertEqual(self._count_partners("Lager West"), "0")

    def test_it_works_without_javascript(self):
        # Odoo's login page needs JavaScript, ours do not.
        signed_in = self.open_page("bert").context.storage_state()
        page = self.open_page(device=NO_JAVASCRIPT | {"storage_state": signed_in})
        page.goto("/my/company/edit")
        page.fill("input[name=phone]", "+49 941 777")
        page.get_by_role("button", name="Speichern").click()
        self.shot(page, "company-confirmation-page")
        confirmation = page.inner_text(".o_change_confirmation")
        self.assertIn("+49 941 777", confirmation)
        page.get_by_role("button", name="Zurück").click()
        self.assertEqual(page.input_value("input[name=phone]"), "+49 941 777")
        page.get_by_role("button", name="Speichern").click()
        page.get_by_role("button", name="Anfrage senden").click()
        page.wait_for_url(re.compile(r"/my/changes/\d+\?sent=1"))
        page.goto("/my/company")
        self.assertIn("Änderung beantragt", page.inner_text("main"))

    def test_the_pages_fit_on_a_phone(self):
        page = self.open_page("anna", PHONE)
        for name, url in {
            "company": "/my/company",
            "edit": "/my/company/edit",
            "address": "/my/company/address",
            "changes": "/my/changes?filterby=all",
            "account": "/my/account",
        }.items():
            page.goto(url)
            self.shot(page, f"change-{name}-phone")
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, PHONE["viewport"]["width"], url)

    # === THE CUSTOMER === #

    def _customer_lands_on_the_company_page(self, page):
        page.wait_for_url("**/my/company")
        self.shot(page, "company")
        text = page.inner_text("main")
        for word in ("Unternehmensdaten", "Hotel Adler GmbH", "Lieferadressen"):
            self.assertIn(word, text)

    def _customer_changes_the_street(self, page):
        page.get_by_role("link", name="Bearbeiten").first.click()
        page.wait_for_selector("form.o_change_form")
        page.fill("input[name=street]", "Neue Str. 5")
        self.shot(page, "company-edit")
        self._save(page)
        self.shot(page, "company-confirmation")
        confirmation = page.inner_text(".modal.show")
        for word in ("Bestätigung", "Marktplatz 1", "Neue Str. 5"):
            self.assertIn(word, confirmation)

    def _customer_confirms(self, page):
        """Return the number of the request."""
        page.locator(".modal.show").get_by_role("button", name="Anfrage senden").click()
        page.wait_for_url(re.compile(r"/my/changes/\d+\?sent=1"))
        self.shot(page, "change-sent")
        return re.search(r"CR/\d{4}/\d{5}", page.inner_text("main")).group()

    def _customer_adds_a_delivery_address(self, page, name):
        page.goto("/my/company")
        page.get_by_role("link", name="Lieferadresse hinzufügen").click()
        page.wait_for_selector("form.o_change_form")
        for field, value in {
            "name": name,
            "street": "Donaulände 8",
            "zip": "93047",
            "city": "Regensburg",
            "phone": "+49 941 2010",
            "email": "lager@hotel-adler.example",
        }.items():
            page.fill(f"input[name={field}]", value)
        self.shot(page, "company-new-address")
        self._save(page)
        return self._customer_confirms(page)

    def _portal_still_shows_the_old_street(self, page):
        page.goto("/my/company")
        self.shot(page, "company-requested")
        text = page.inner_text("main")
        self.assertIn("Marktplatz 1", text)
        self.assertIn("Änderung beantragt", text)

    def _portal_shows_the_new_street(self, page, number):
        mail = self.wait_for_mail_text(
            "anna@hotel-adler.example", f"{number} ist bestätigt"
        )
        self.assertIn("Neue Str. 5", mail)
        page.goto("/my/company")
        self.shot(page, "company-approved")
        text = page.inner_text("main")
        self.assertIn("Neue Str. 5", text)
        self.assertNotIn("Marktplatz 1", text)
        self.assertNotIn("beantragt", text)

    def _save(self, page):
        # The page works before its scripts are there; the dialog is what they add.
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Speichern").click()
        page.wait_for_selector(".modal.show .o_change_confirmation")
        page.wait_for_timeout(400)  # the dialog slides in

    # === THE STAFF === #

    def _administrator_and_customer_get_mails(self, number):
        mail = self.wait_for_mail_text("erik@laundry.example", number)
        for text in ("Hotel Adler GmbH", "Marktplatz 1", "Neue Str. 5"):
            self.assertIn(text, mail)
        self.wait_for_mail_text("anna@hotel-adler.example", number)

    def _administrator_confirms(self, page, number):
        self._open_in_office(page, number)
        self.shot(page, "change-office-request")
        page.click(".o_form_statusbar button[name=action_approve]")
        self._wait_for_status(page, "Bestätigt")

    def _open_in_office(self, page, number):
        page.goto("/odoo/change-requests")
        page.wait_for_selector(".o_list_view")
        self.shot(page, "change-office-list")
        page.click(f".o_data_row td:has-text('{number}')")
        page.wait_for_selector(".o_form_view")

    def _wait_for_status(self, page, label):
        page.wait_for_selector(
            f".o_arrow_button_current:has-text('{label}')", state="attached"
        )

    # === HELPERS === #

    def _count_partners(self, name):
        code = f"print(env['res.partner'].search_count([('name', '=', '{name}')]))"
        return self.site.shell(code).splitlines()[-1]
