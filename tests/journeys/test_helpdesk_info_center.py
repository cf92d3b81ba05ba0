"""Source 004: an agent sees everything about a customer at a glance, and can act."""

from .support import DESKTOP, PHONE, Journey

CUSTOMER = "Brauerei Kastner GmbH"
TICKET_WIDGETS = {
    "reminder": "Erinnerungs-Tickets",
    "escalated": "Eskalierte Tickets",
    "new": "Neue Tickets",
    "open": "Offene Tickets",
}
WIDGETS = {
    "contacts": "Kundenbenutzer",
    **TICKET_WIDGETS,
    "status": "Firmenstatus",
    "info": "Kundeninformationen",
}


class TestInfoCenter(Journey):
    """Ines has a customer on the phone; Heike manages the helpdesk."""

    def test_an_agent_serves_a_customer_from_his_center(self):
        ines = self.open_page("ines")
        self._menu_asks_for_the_customer(ines)
        self._agent_searches(ines)
        self._everything_is_at_a_glance(ines)
        self._widgets_have_filters(ines)
        self._every_number_is_a_list(ines)
        self._widgets_are_arranged(ines)
        self._widgets_are_switched_off_and_on(ines)
        self._contact_is_added_and_edited(ines)
        self._contact_has_a_center_of_his_own(ines)

    def test_tickets_are_made_for_who_calls_and_who_gets_a_mail(self):
        ines = self.open_page("ines")
        self._open_center(ines)
        self._phone_ticket_is_created(ines)
        self._open_center(ines)
        self._email_ticket_sends_one_mail(ines)

    def test_what_a_colleague_does_appears_by_itself(self):
        ines, heike = self.open_page("ines"), self.open_page("heike")
        self._open_center(ines)
        self._open_center(heike)
        before = self._count(ines, "new")
        row = heike.locator("[data-key=new] tbody tr").first
        row.locator("input[type=checkbox]").check()
        heike.click("[data-key=new] .o_tickets_bulk [data-action=close]")
        heike.click(".modal-footer .btn-primary")
        ines.wait_for_function(
            "before => document.querySelector('[data-key=new] [data-tab=all]"
            " .o_ticket_tab_count').textContent == before - 1",
            arg=before,
        )

    def test_the_center_fits_on_a_phone(self):
        ines = self.open_page("ines", PHONE)
        self._open_center(ines)
        self.shot(ines, "info-center-phone")
        width = ines.evaluate("document.scrollingElement.scrollWidth")
        self.assertLessEqual(width, PHONE["viewport"]["width"])
        self.assertEqual(ines.locator(".o_center_widget_handle").count(), 0)

    def test_the_keyboard_is_enough(self):
        ines = self.open_page("ines")
        ines.goto("/odoo/customer-center")
        search = ines.locator(".o_customer_search input")
        search.fill("kastner gm")
        ines.wait_for_selector(".o_customer_search_total")
        search.press("ArrowDown")
        search.press("Enter")
        ines.wait_for_selector(".o_center_widget")
        first = self._order(ines)[0]
        handle = ines.locator(f"[data-key={first}] .o_center_widget_handle")
        handle.focus()
        with ines.expect_response("**/save_layout"):
            handle.press("Alt+ArrowDown")
        self.assertEqual(self._order(ines)[1], first)

    # === SEARCH === #

    def _menu_asks_for_the_customer(self, page):
        page.goto("/odoo/helpdesk-tickets")
        page.get_by_role("button", name="Kunden", exact=True).click()
        page.get_by_role("menuitem", name="Kunden-Informationszentrum").click()
        page.wait_for_selector(".o_customer_search input")
        self.shot(page, "info-center-empty-search")

    def _agent_searches(self, page):
        search = page.locator(".o_customer_search input")
        requests = []
        page.on(
            "request",
            lambda request: (
                requests.append(request.url)
                if "search_customers" in request.url
                else None
            ),
        )
        search.press_sequentially("k")
        page.wait_for_timeout(600)
        self.assertEqual(requests, [])
        self.assertIn("2 Zeichen", page.inner_text(".o_customer_search_hint"))
        for term in ("**", "brau*kast", "KASTN"):
            with page.expect_response("**/search_customers"):
                search.fill(term)
            page.wait_for_selector(f".o_customer_search_row:has-text('{CUSTOMER}')")
            self.shot(page, f"info-center-search-{len(term)}")
        row = page.locator(".o_customer_search_row", has_text=CUSTOMER).first
        self.assertRegex(row.inner_text(), r"\d+ offen, \d+ eskaliert")
        row.locator(".o_customer_search_option").click()
        page.wait_for_selector(".o_center_widget")
        self.assertRegex(page.url, r"/odoo/.*customer-center/\d+$")

    def _open_center(self, page):
        if not hasattr(self, "customer_id"):
            code = f"print(env['res.partner'].search([('name', '=', '{CUSTOMER}')]).id)"
            self.customer_id = self.site.shell(code).splitlines()[-1]
        page.goto(f"/odoo/customer-center/{self.customer_id}")
        page.wait_for_selector("[data-key=open] tbody tr")

    # === WHAT IS THERE === #

    def _everything_is_at_a_glance(self, page):
        page.wait_for_selector("[data-key=open] tbody tr")
        titles = {
            key: page.inner_text(f"[data-key={key}] .o_center_widget_title")
            for key in WIDGETS
        }
        self.assertEqual(titles, WIDGETS)
        side = page.locator(".o_center_zone_side").inner_text()
        self.assertIn("Einstellungen", side)
        self.assertIn(CUSTOMER, side)
        self.shot(page, "info-center")
        address = page.url
        page.reload()
        page.wait_for_selector("[data-key=open] tbody tr")
        self.assertEqual(page.url, address)

    def _widgets_have_filters(self, page):
        for key in TICKET_WIDGETS:
            tabs = page.locator(f"[data-key={key}] [role=tab]").all_inner_texts()
            names = {tab.rsplit(maxsplit=1)[0] for tab in tabs}
            self.assertLessEqual(
                {
                    "Meine gesperrten Tickets",
                    "Tickets in meinen Queues",
                    "Alle Tickets",
                },
                names,
            )
        page.click("[data-key=open] [data-tab=locked]")
        page.wait_for_selector("[data-key=open] [data-tab=locked][aria-selected=true]")
        count = int(page.inner_text("[data-key=open] [data-tab=locked] .badge"))
        self.assertEqual(page.locator("[data-key=open] tbody tr").count(), count)
        page.click("[data-key=open] [data-tab=all]")
        page.wait_for_selector("[data-key=open] [data-tab=all][aria-selected=true]")

    def _every_number_is_a_list(self, page):
        for status in ("escalated", "open", "closed", "archived"):
            row = page.locator(f"[data-status={status}]")
            number = int(row.locator(".o_center_number").inner_text())
            self.assertGreater(number, 0)
            row.click()
            page.wait_for_selector(".o_list_view .o_data_row")
            self.assertEqual(page.locator(".o_data_row").count(), number)
            page.go_back()
            page.wait_for_selector("[data-key=open] tbody tr")

    def _count(self, page, key):
        selector = f"[data-key={key}] [data-tab=all] .o_ticket_tab_count"
        return int(page.inner_text(selector))

    # === ARRANGING === #

    def _order(self, page, zone="main"):
        return page.locator(
            f".o_center_list[data-zone={zone}] .o_center_widget"
        ).evaluate_all("widgets => widgets.map(widget => widget.dataset.key)")

    def _drag(self, page, key, target):
        handle = page.locator(f"[data-key={key}] .o_center_widget_header")
        handle.scroll_into_view_if_needed()
        start = handle.bounding_box()
        page.mouse.move(start["x"] + 60, start["y"] + start["height"] / 2)
        page.mouse.down()
        end = page.locator(
            f"[data-key={target}] .o_center_widget_header"
        ).bounding_box()
        for part in (0.3, 0.7, 1):
            page.mouse.move(
                start["x"] + 60 + (end["x"] - start["x"]) * part,
                start["y"] + (end["y"] + 5 - start["y"]) * part,
                steps=8,
            )
        with page.expect_response("**/save_layout"):
            page.mouse.up()

    def _widgets_are_arranged(self, page):
        # high enough for all widgets, so that nothing scrolls on the way
        page.set_viewport_size({"width": 1280, "height": 2600})
        self._drag(page, "escalated", "contacts")
        order = self._order(page)
        self.assertLess(order.index("escalated"), order.index("contacts"))
        self._drag(page, "reminder", "status")
        self.assertIn("reminder", self._order(page, "side"))
        page.set_viewport_size(DESKTOP["viewport"])
        colleague = self.open_page("ines")
        self._open_center(colleague)
        self.assertEqual(self._order(colleague), self._order(page))
        other = self.open_page("heike")
        self._open_center(other)
        self.assertIn("reminder", self._order(other))

    def _widgets_are_switched_off_and_on(self, page):
        with page.expect_response("**/save_layout"):
            page.click("[data-key=new] .o_center_widget_close")
        self.assertNotIn("new", self._order(page))
        page.click(".o_center_settings_toggle")
        self.shot(page, "info-center-settings")
        page.check("#o_center_show_new")
        self.assertNotIn("new", self._order(page))
        page.get_by_role("button", name="Einstellungen speichern").click()
        page.wait_for_selector("[data-key=new] tbody tr")
        page.click(".o_center_reset")
        page.click(".modal-footer .btn-primary")
        page.wait_for_selector(".o_center_list[data-zone=main] [data-key=reminder]")

    # === CONTACTS === #

    def _contact_is_added_and_edited(self, page):
        page.get_by_role("button", name="Kundenbenutzer hinzufügen").click()
        dialog = page.locator(".modal-dialog")
        dialog.get_by_role("button", name="Speichern und abschließen").click()
        page.wait_for_selector(".modal .o_field_invalid")
        self.shot(page, "info-center-contact-missing")
        dialog.locator("[name=name] input").fill("Zita Zapf")
        dialog.locator("[name=email] input").fill("zita@brauerei-kastner.example")
        dialog.get_by_role("button", name="Speichern und abschließen").click()
        dialog.wait_for(state="detached")
        page.fill(".o_center_contact_search", "zita")
        row = page.locator(".o_center_contact", has_text="Zita Zapf")
        row.wait_for()
        row.locator(".o_center_edit").click()
        dialog = page.locator(".modal-dialog")
        dialog.locator("[name=phone] input").fill("+49 941 4711")
        dialog.get_by_role("button", name="Speichern", exact=True).click()
        page.wait_for_timeout(500)
        self.assertTrue(dialog.is_visible())
        dialog.get_by_role("button", name="Speichern und abschließen").click()
        page.wait_for_selector(".o_center_contact:has-text('4711')")
        page.fill(".o_center_contact_search", "")

    def _contact_has_a_center_of_his_own(self, page):
        page.wait_for_selector(".o_center_contact:has-text('Kathi')")
        row = page.locator(".o_center_contact", has_text="Kathi").first
        active = int(row.locator(".o_center_open").inner_text())
        row.locator(".o_center_name").click()
        page.wait_for_selector("[data-key=companies]")
        self.assertIn("contact-center", page.url)
        self.assertIn(CUSTOMER, page.inner_text("[data-key=companies]"))
        number = page.inner_text("[data-status=open] .o_center_number")
        self.assertEqual(int(number), active)
        page.get_by_role("button", name="Zugänglich").click()
        page.wait_for_selector(".o_center_mode .active:has-text('Zugänglich')")
        self.shot(page, "info-center-contact")

    # === NEW TICKETS === #

    def _phone_ticket_is_created(self, page):
        row = page.locator(".o_center_contact", has_text="Kathi").first
        row.locator(".o_center_phone").click()
        form = page.locator(".o_form_view")
        form.locator("[name=name] input").fill("Zapfanlage kühlt nicht")
        self.assertIn("Kathi", form.locator("[name=partner_id] input").input_value())
        form.locator(
            "[name=description] .note-editable, [name=description] [contenteditable]"
        ).first.fill("Seit heute früh.")
        page.click(".o_form_button_save")
        page.wait_for_selector(
            ".o_form_saved, .o_form_button_save:not(:visible)", state="attached"
        )
        self.shot(page, "info-center-phone-ticket")

    def _email_ticket_sends_one_mail(self, page):
        row = page.locator(".o_center_contact", has_text="Kathi").first
        row.locator(".o_center_email").click()
        form = page.locator(".o_form_view")
        form.locator("[name=name] input").fill("Wartung am Montag")
        form.locator(
            "[name=description] .note-editable, [name=description] [contenteditable]"
        ).first.fill("Wir kommen um neun.")
        page.click(".o_form_button_save")
        page.wait_for_selector(".modal .o_mail_send")
        self.shot(page, "info-center-mail")
        page.click(".modal .o_mail_send")
        page.wait_for_selector(".modal", state="detached")
        mail = self.wait_for_mail("kathi.kastner@brauerei-kastner.example", "HT")
        self.assertRegex(mail["Subject"], r"HT\d+")
