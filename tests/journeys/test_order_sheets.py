"""Source 000: a customer orders with the order sheet of a campaign and follows it."""

import re
from datetime import timedelta

from .support import DESKTOP, PHONE, Journey, today

NO_JAVASCRIPT = DESKTOP | {"java_script_enabled": False}
ANNA = "anna@hotel-adler.example"
CAMPAIGN = "Frühlingskampagne"
CARDS = "Geschenkkarten"


class TestOrderSheets(Journey):
    """Anna orders for the spring campaign; Erik makes a sale order of it."""

    def test_an_order_sheet_becomes_a_sale_order_and_is_archived(self):
        anna = self.open_page("anna")
        self._everything_is_under_my_orders(anna)
        self._draft_can_be_discarded(anna)
        self._customer_fills_in_page_by_page(anna)
        self._summary_says_what_is_missing(anna)
        number = self._customer_submits_the_order(anna)
        self._customer_and_administrator_get_mails(number)

        erik = self.open_page("erik")
        self._staff_take_the_order(erik, number)
        self._customer_and_staff_chat(anna, erik, number)
        self._staff_create_the_sale_order(erik, number)
        self._status_search_finds_it(anna, number)
        self._customer_sees_what_was_submitted(anna, number)
        self._staff_complete_and_archive(erik, number)
        self._order_is_in_the_archive(anna, number)

    def test_colleagues_are_told_before_one_overwrites_the_other(self):
        carla = self.open_page("carla")
        self._open_sheet(carla, CARDS)
        colleague = self.open_page("carla")
        colleague.goto(carla.url)
        self._type(carla, "name", "Gasthof Krone")
        self._type(colleague, "name", "Krone am See")
        conflict = colleague.locator(".o_sheet_conflict:visible")
        conflict.wait_for()
        self.assertIn("Gasthof Krone", conflict.inner_text())
        self.shot(colleague, "order-sheet-conflict")
        with colleague.expect_response("**/save"):
            conflict.locator(".o_sheet_keep").click()
        carla.reload()
        self.assertEqual(carla.input_value("[name='answer.name']"), "Krone am See")

    def test_a_sheet_is_filled_in_without_javascript(self):
        # Odoo's login page needs JavaScript, ours do not.
        signed_in = self.open_page("kim").context.storage_state()
        page = self.open_page(device=NO_JAVASCRIPT | {"storage_state": signed_in})
        self._open_sheet(page, CARDS)
        page.fill("[name='answer.name']", "FitPoint Regensburg")
        row = page.locator("[name^='answer.cards-']").first
        row.fill("25")
        page.get_by_role("button", name="Zur Zusammenfassung").click()
        self._wait_for_summary(page)
        self.assertEqual(self._count_ticks(page), (0, 1))
        page.locator("[name=missing] a").first.click()
        self.shot(page, "order-sheet-fault")
        # what was typed is there, with what is wrong with it
        self.assertEqual(row.input_value(), "25")
        self.assertIn("Schritte von 10", page.inner_text("main"))
        row.fill("30")
        page.get_by_role("button", name="Zur Zusammenfassung").click()
        self._wait_for_summary(page)
        self.assertEqual(self._count_ticks(page), (1, 0))
        page.get_by_role("button", name="Bestellung abschicken").click()
        page.wait_for_load_state()
        self.assertRegex(page.inner_text("main"), r"BS/\d{4}/\d{5}")

    def test_the_pages_fit_on_a_phone(self):
        page = self.open_page("nora", PHONE)
        page.goto("/my/order-sheets?tab=running")
        order = page.locator("main tbody th a").first.get_attribute("href")
        for name, url in {
            "forms": "/my/order-sheets",
            "running": "/my/order-sheets?tab=running",
            "archived": "/my/order-sheets?tab=archived",
            "order": order,
        }.items():
            page.goto(url)
            self._check_width(page, name)
        self._open_sheet(page, CAMPAIGN)
        self._check_width(page, "page")
        page.get_by_role("button", name="Weiter", exact=True).click()
        page.wait_for_selector("#sheet_page_title:has-text('Werbemittel')")
        self._check_width(page, "page-2")
        page.get_by_role("button", name="Zur Zusammenfassung").click()
        self._wait_for_summary(page)
        self._check_width(page, "summary")

    def _check_width(self, page, name):
        self.shot(page, f"order-sheet-{name}-phone")
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, PHONE["viewport"]["width"], name)

    # === THE CUSTOMER FILLS IN === #

    def _everything_is_under_my_orders(self, page):
        page.goto("/my")
        page.get_by_role("link", name="Meine Aufträge: Bestellscheine").click()
        tabs = page.locator("main .nav-tabs .nav-link").all_inner_texts()
        self.assertEqual(
            [re.sub(r"[\s\d()]+$", "", tab) for tab in tabs],
            ["Bestellscheine", "Laufende Aufträge", "Archivierte Aufträge"],
        )
        self.shot(page, "order-sheets")

    def _draft_can_be_discarded(self, page):
        offer = self._get_offer(page, CAMPAIGN)
        offer.locator("details[name=discard] summary").click()
        offer.get_by_role("button", name="Ja, Entwurf verwerfen").click()
        page.wait_for_selector("[name=discarded]")

    def _customer_fills_in_page_by_page(self, page):
        self._get_offer(page, CAMPAIGN).get_by_role(
            "button", name="Jetzt ausfüllen"
        ).click()
        page.wait_for_selector(".o_sheet_form")
        for key, text in {
            "center": "FitPoint im Hotel Adler",
            "reference": "FP-4711",
            "email": ANNA,
        }.items():
            self._type(page, key, text)
        day = today() + timedelta(days=30)
        page.fill("[name='answer.delivery_date']", day.isoformat())
        page.locator("[type=radio][name='answer.delivery']").first.check()
        page.select_option("[name='answer.open_day']", "no")
        page.wait_for_selector(".o_sheet_status:has-text('Gespeichert')")
        self.shot(page, "order-sheet-page-1")
        page.get_by_role("button", name="Weiter", exact=True).click()
        page.wait_for_selector("#sheet_page_title:has-text('Werbemittel')")
        page.locator("[name='answer.motif'][value=sun]").check()
        self._type(page, "booklet_count", "0")
        self._type(page, "flyer", "120")
        page.wait_for_selector(".o_sheet_fault:has-text('Schritte von 50')")
        self.shot(page, "order-sheet-page-2")

    def _summary_says_what_is_missing(self, page):
        page.get_by_role("button", name="Zur Zusammenfassung").click()
        self._wait_for_summary(page)
        self.assertEqual(self._count_ticks(page), (1, 1))
        self.assertEqual(page.locator("[name=missing] a").all_inner_texts(), ["Flyer"])
        self.shot(page, "order-sheet-summary-incomplete")
        page.get_by_label("Ich akzeptiere die Bestellbedingungen").check()
        page.get_by_role("button", name="Bestellung abschicken").click()
        page.wait_for_selector("text=Seite „Werbemittel“ ist unvollständig.")
        page.locator("[name=missing] a").click()
        page.wait_for_selector(".o_sheet_form")
        self._type(page, "flyer", "150")
        page.get_by_role("button", name="Zur Zusammenfassung").click()
        self._wait_for_summary(page)
        self.assertEqual(self._count_ticks(page), (2, 0))

    def _customer_submits_the_order(self, page):
        """Return the number of the order."""
        page.get_by_label("Bemerkung").fill("Bitte an der Rampe abgeben.")
        page.get_by_label("Ich akzeptiere die Bestellbedingungen").check()
        self.shot(page, "order-sheet-summary")
        page.get_by_role("button", name="Bestellung abschicken").click()
        page.wait_for_url(re.compile(r"/my/order-sheets/requests/\d+(\?|$)"))
        self.shot(page, "order-sheet-submitted")
        return re.search(r"BS/\d{4}/\d{5}", page.inner_text("main")).group()

    # === THE CUSTOMER FOLLOWS === #

    def _customer_and_administrator_get_mails(self, number):
        mail = self.wait_for_mail(ANNA, f"{number} ist eingegangen")
        self.assertEqual(
            [part.get_content_type() for part in mail.iter_attachments()],
            ["application/pdf"],
        )
        text = self.wait_for_mail_text("erik@laundry.example", number)
        self.assertIn("Hotel Adler GmbH", text)

    def _customer_and_staff_chat(self, customer, staff, number):
        self._open_tab(customer, "Laufende Aufträge")
        row = customer.locator(f"tr:has-text('{number}')")
        row.get_by_role("link", name="Chat").click()
        composer = customer.locator("#chatterRoot .o-mail-Composer-input")
        composer.fill("Kommen die Flyer gefalzt?")
        customer.locator("#chatterRoot .o-mail-Composer-send").first.click()
        customer.wait_for_selector("#chatterRoot >> text=Kommen die Flyer gefalzt?")
        self._open_request(staff, number)
        staff.wait_for_selector("text=Kommen die Flyer gefalzt?")
        self.site.shell(
            f"order = env['order.sheet.request'].search([('name', '=', '{number}')])\n"
            "order.with_user(env.ref('customer_portal.user_erik')).message_post(\n"
            "    body='Ja, auf DIN lang.', message_type='comment',\n"
            "    subtype_xmlid='mail.mt_comment')"
        )
        self._open_tab(customer, "Laufende Aufträge")
        self.assertRegex(row.locator("[name=unread]").inner_text(), r"\b1\s*$")
        self.shot(customer, "order-sheets-running")

    def _status_search_finds_it(self, page, number):
        self._open_tab(page, "Laufende Aufträge")
        for status, is_found in (("In Bearbeitung", True), ("Eingegangen", False)):
            page.get_by_label("Statussuche").select_option(label=status)
            page.locator("main form[name=search] button[type=submit]").click()
            page.wait_for_load_state("networkidle")
            found = page.locator("main tbody th a").all_inner_texts()
            self.assertEqual(number in found, is_found, status)

    def _customer_sees_what_was_submitted(self, page, number):
        self._open_tab(page, "Laufende Aufträge")
        row = page.locator(f"tr:has-text('{number}')")
        row.get_by_role("link", name="Anzeigen").click()
        page.wait_for_selector("#chatterRoot")
        self.shot(page, "order-sheet-order")
        text = page.inner_text("main")
        for word in ("FP-4711", "150", "Bitte an der Rampe abgeben.", "Sonne"):
            self.assertIn(word, text)
        self.assertIn("In Bearbeitung", text)

    def _order_is_in_the_archive(self, page, number):
        self._open_tab(page, "Laufende Aufträge")
        self.assertNotIn(number, page.inner_text("main"))
        self._open_tab(page, "Archivierte Aufträge")
        self.shot(page, "order-sheets-archived")
        self.assertIn("Archiv", page.inner_text(f"tr:has-text('{number}')"))

    # === THE STAFF === #

    def _staff_take_the_order(self, page, number):
        page.goto("/odoo/action-order_sheets.order_sheet_request_action")
        page.wait_for_selector(f".o_kanban_record:has-text('{number}')")
        self.shot(page, "order-sheets-office")
        page.locator(f".o_kanban_record:has-text('{number}')").click()
        page.wait_for_selector(".o_form_view")
        self._press(page, "action_take")
        self._wait_for_stage(page, "In Bearbeitung")
        self.shot(page, "order-sheets-office-order")

    def _staff_create_the_sale_order(self, page, number):
        self._press(page, "action_create_sale_order")
        page.wait_for_selector(".o_field_widget[name=order_line]")
        self.assertIn("Sonne", page.inner_text(".o_form_view"))
        self.assertEqual(
            self.site.shell(
                "order = env['sale.order'].search([('origin', '=', "
                f"'{number}')])\nprint(order.client_order_ref, order.order_line."
                "mapped('product_uom_qty'))"
            ),
            "FP-4711 [150.0]",
        )
        self.shot(page, "order-sheets-sale-order")

    def _staff_complete_and_archive(self, page, number):
        self._open_request(page, number)
        self._press(page, "action_complete")
        self._wait_for_stage(page, "Abgeschlossen")
        self._press(page, "action_put_away")
        self._wait_for_stage(page, "Archiv")

    # === HELPERS === #

    def _get_offer(self, page, name):
        return page.locator(f"article[name=offer]:has(h3:has-text('{name}'))")

    def _open_sheet(self, page, name):
        page.goto("/my/order-sheets")
        offer = self._get_offer(page, name)
        begin = offer.locator(
            "form[name=start] button, a[name=continue], a[name=correct]"
        )
        begin.first.click()
        page.wait_for_selector(".o_sheet_form")

    def _open_tab(self, page, name):
        page.goto("/my/order-sheets")
        page.locator("main .nav-tabs").get_by_role("link", name=name).click()
        page.wait_for_load_state("networkidle")

    def _type(self, page, key, text):
        """Type into an input and leave it, so that it is saved."""
        field = page.locator(f"[name='answer.{key}']")
        field.fill(text)
        field.blur()
        page.wait_for_load_state("networkidle")

    def _wait_for_summary(self, page):
        page.wait_for_selector("h1:has-text('Zusammenfassung')")

    def _count_ticks(self, page):
        """Return how many pages are complete, and how many are not."""
        pages = page.locator("section[name=pages]")
        return tuple(
            pages.locator(f"[aria-label={label}]").count()
            for label in ("vollständig", "unvollständig")
        )

    def _open_request(self, page, number):
        found = self.site.shell(
            f"print(env['order.sheet.request'].search([('name', '=', '{number}')]).id)"
        )
        page.goto(f"/odoo/order.sheet.request/{found.splitlines()[-1]}")
        page.wait_for_selector(".o_form_view")

    def _press(self, page, button):
        page.click(f".o_form_statusbar button[name={button}]")
        page.wait_for_timeout(500)
        confirm = page.locator(".modal-footer button.btn-primary")
        if confirm.count():
            confirm.click()

    def _wait_for_stage(self, page, label):
        page.wait_for_selector(
            f".o_arrow_button_current:has-text('{label}')", state="attached"
        )
