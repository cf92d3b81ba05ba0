"""Source 001: a reseller creates, ships and follows service orders for devices."""

import csv
import re

import pypdfium2
import zxingcpp

from .support import DESKTOP, PHONE, Journey

NO_JAVASCRIPT = DESKTOP | {"java_script_enabled": False}
ANNA = "anna@hotel-adler.example"
IMEI = "353918057204139"
COLUMNS = [
    *("Bestellungen", "Referenz", "Interne Referenz", "Datum"),
    *("Gerät", "Status", "Trackingnummer"),
]


class TestServiceOrders(Journey):
    """Anna, a reseller, sends a device in; Tom, the technician, looks after it."""

    def test_a_device_goes_to_the_service_location_and_back(self):
        anna, tom = self.open_page("anna"), self.open_page("tom")
        number = self._customer_creates_an_order(anna)
        self._order_is_listed_as_new(anna, number)
        self._customer_finds_it_again(anna, number)
        self._customer_prints_the_order(anna, number)

        shipment = self._customer_ships_the_device(anna, number)
        self._papers_can_be_scanned(anna, shipment, number)

        self._technician_receives_the_device(tom, number)
        self._order_is_at_the_service_location(anna, number)
        self._customer_asks_and_the_technician_answers(anna, tom, number)
        self._technician_completes_the_order(tom, number)
        self._order_is_completed(anna, number)
        self._customer_exports_the_orders(anna, number)

    def test_a_customer_without_the_role_waits_for_confirmation(self):
        carla = self.open_page("carla")
        carla.goto("/my/service-orders")
        self.assertEqual(carla.get_by_role("link", name="Export Orders").count(), 0)
        self.assertEqual(carla.get_by_role("link", name="Shipments").count(), 0)
        answer = carla.goto("/my/service-shipments")
        self.allow_console_error("403")
        self.assertEqual(answer.status, 403)

    def test_an_order_is_created_without_javascript(self):
        # Odoo's login page needs JavaScript, ours do not.
        signed_in = self.open_page("bert").context.storage_state()
        page = self.open_page(device=NO_JAVASCRIPT | {"storage_state": signed_in})
        self._open_form(page, form=".o_service_form")
        # The browser would not send it; the server has to say the same.
        page.locator(".o_service_form").evaluate("form => form.noValidate = true")
        page.get_by_role("button", name="Zusammenfassung anzeigen").click()
        self.assertGreater(page.locator(".is-invalid").count(), 2)
        self.shot(page, "service-form-errors")
        self._fill_form(page, "352094087982671")
        page.get_by_role("button", name="Zusammenfassung anzeigen").click()
        page.get_by_role("button", name="Serviceauftrag genehmigen").click()
        page.wait_for_url(re.compile(r"/my/service-orders/\d+\?sent=1"))
        self.assertRegex(page.inner_text("main"), r"SRV\d{8}")

    def test_employees_are_led_to_the_back_office(self):
        tom = self.open_page("tom")
        tom.goto("/my/service-orders/new")
        self.shot(tom, "service-form-staff")
        tom.get_by_role("link", name="Im Backoffice erstellen").click()
        tom.wait_for_selector(".o_form_view")

    def test_the_pages_fit_on_a_phone(self):
        page = self.open_page("anna", PHONE)
        page.goto("/my/service-orders?tab=all")
        order = page.locator("main tbody th a:has-text('SRV')").first
        for name, url in {
            "list": "/my/service-orders?tab=all",
            "form": "/my/service-orders/new",
            "order": order.get_attribute("href"),
            "export": "/my/service-orders/export",
            "shipments": "/my/service-shipments",
        }.items():
            page.goto(url)
            self.shot(page, f"service-{name}-phone")
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, PHONE["viewport"]["width"], url)

    # === CREATING AN ORDER === #

    def _customer_creates_an_order(self, page):
        """Return the number of the order."""
        self._open_form(page)
        self._fill_form(page, IMEI[:8] + "-" + IMEI[8:])
        self.shot(page, "service-form")
        page.get_by_role("button", name="Zusammenfassung anzeigen").click()
        page.wait_for_url(re.compile(r"/my/service-orders/\d+/summary"))
        self.shot(page, "service-summary")
        text = page.inner_text("main")
        for word in ("Bestellbestätigung", IMEI, "PO-4711", "Akku lädt nicht"):
            self.assertIn(word, text)
        page.get_by_role("button", name="Serviceauftrag genehmigen").click()
        page.wait_for_url(re.compile(r"/my/service-orders/\d+\?sent=1"))
        self.shot(page, "service-order-sent")
        number = re.search(r"SRV\d{8}", page.inner_text("main")).group()
        self.assertIn("Bestätigt", page.inner_text("main"))
        mail = self.wait_for_mail(ANNA, f"{number} ist bestätigt")
        self.assertEqual(
            [part.get_content_type() for part in mail.iter_attachments()],
            ["application/pdf"],
        )
        return number

    def _open_form(self, page, form=".o_service_live"):
        page.goto("/my/service-orders")
        page.get_by_role("link", name="Neuen Serviceauftrag erstellen").first.click()
        page.wait_for_selector(form)  # with its script there, as a rule
        self._choose(page, "location_id", "Berlin")
        self._choose(page, "service_type_id", "Reparatur")

    def _choose(self, page, field, label):
        """Choose where or what; without JavaScript a button shows what is asked."""
        page.select_option(f"select[name={field}]", label=label)
        button = page.locator("button[value=refresh]")  # its name is “Übernehmen”
        if button.is_visible():
            button.click()
        page.wait_for_load_state("networkidle")

    def _fill_form(self, page, imei):
        for label in page.locator("form label:has-text('*')").all_inner_texts():
            self.assertTrue(label.strip().endswith("*"), label)
        pickup = page.locator("select[name=shipping_type_id]")
        pickup.select_option(label="Abholung durch den Paketdienst")
        for field, value in {
            "device_name": "iPhone 15",
            "imei": imei,
            "client_order_ref": "PO-4711",
        }.items():
            page.fill(f"input[name={field}]", value)
        page.fill("textarea[name=issue]", "Akku lädt nicht")
        page.locator("fieldset[name=tasks] input[type=radio][value=yes]").first.check()
        for select in page.locator("fieldset[name=tasks] select").all():
            select.select_option(index=1)
        for group in page.locator("fieldset[name=tasks] [role=radiogroup]").all():
            if not group.locator("input:checked").count():
                group.locator("input").first.check()

    # === FOLLOWING IT === #

    def _order_is_listed_as_new(self, page, number):
        self._open_section(page, "Neue Aufträge")
        self.shot(page, "service-orders")
        self.assertEqual(page.locator("main thead th").all_inner_texts(), COLUMNS)
        row = page.locator(f"main tbody tr:has-text('{number}')").inner_text()
        for word in ("PO-4711", "iPhone 15", IMEI, "Bestätigt"):
            self.assertIn(word, row)

    def _customer_finds_it_again(self, page, number):
        for words in (number, "po-4711", "35391805-720413-9"):
            page.goto("/my/service-orders?tab=completed")
            page.fill("main input[name=search]", words)
            page.locator("main form[name=search] button[type=submit]").click()
            page.wait_for_load_state("networkidle")
            self.assertEqual(self._listed(page), [number], words)
        self.shot(page, "service-search")

    def _customer_prints_the_order(self, page, number):
        self._open_order(page, number)
        link = page.get_by_role("link", name="Bestellung als PDF anzeigen")
        pages = self._download_pictures(page, link.get_attribute("href"))
        self.assertIn(number, self._codes(pages[0]))
        pages[0].save(self.picture_path("service-order-pdf"))

    def _order_is_at_the_service_location(self, page, number):
        self._open_section(page, "Am Service-Standort")
        self.assertIn(number, self._listed(page))

    def _order_is_completed(self, page, number):
        mail = self.wait_for_mail_text(ANNA, f"{number} ist abgeschlossen")
        self.assertIn("Akku getauscht", mail)
        self._open_section(page, "Abgeschlossen")
        self.assertIn(number, self._listed(page))
        self._open_order(page, number)
        self.shot(page, "service-order-completed")
        text = page.inner_text("main")
        for word in ("Akku getauscht", "RET 1&2", "Reparaturhinweise"):
            self.assertIn(word, text)

    def _customer_exports_the_orders(self, page, number):
        page.goto("/my/service-orders")
        page.get_by_role("link", name="Bestellungen exportieren").click()
        self.shot(page, "service-export")
        with page.expect_download() as download:
            page.get_by_role("link", name="Alle Bestellungen exportieren").click()
        with download.value.path().open(encoding="utf-8-sig", newline="") as file:
            (order,) = [row for row in csv.reader(file, delimiter=";") if number in row]
        for cell in ("iPhone 15", IMEI, "Akku getauscht"):
            self.assertIn(cell, order)

    # === SHIPPING === #

    def _customer_ships_the_device(self, page, number):
        """Return the number of the shipment."""
        page.goto("/my/service-orders")
        page.get_by_role("link", name="Sendungen").first.click()
        self.shot(page, "service-shipments")
        group = page.locator(f"main form:has-text('{number}')")
        for box in group.locator("input[name=order_ids]").all():
            box.set_checked(number in box.locator("xpath=ancestor::tr").inner_text())
        group.get_by_role("button", name="Sendung erstellen").click()
        page.wait_for_url(re.compile(r"/my/service-shipments/\d+"))
        page.fill("input[name=package_count]", "2")
        page.fill("input[name=tracking_number]", "AB 1&x")
        page.locator("input[name=is_ready]").check()
        self.shot(page, "service-shipment-draft")
        page.get_by_role("button", name="Versand bestätigen").click()
        page.wait_for_selector("a:has-text('Packliste')")
        self.shot(page, "service-shipment-confirmed")
        return re.search(r"SHP\d{8}", page.inner_text("main")).group()

    def _papers_can_be_scanned(self, page, shipment, number):
        link = page.get_by_role("link", name="Packliste").first
        (packing_list,) = self._download_pictures(page, link.get_attribute("href"))
        self.assertEqual({*self._codes(packing_list)}, {shipment, number})
        packing_list.save(self.picture_path("service-packing-list"))
        link = page.get_by_role("link", name="Versandetikett").first
        labels = self._download_pictures(page, link.get_attribute("href"))
        self.assertEqual([self._codes(label) for label in labels], [[shipment]] * 2)
        labels[0].save(self.picture_path("service-label"))
        self._open_order(page, number)
        link = page.get_by_role("link", name="AB 1&x").first
        self.assertTrue(link.get_attribute("href").endswith("AB%201%26x"))

    # === THE TECHNICIAN === #

    def _technician_receives_the_device(self, page, number):
        self._open_in_office(page, number)
        self.shot(page, "service-office-order")
        self._press(page, "action_receive")
        self._wait_for_state(page, "Am Service-Standort")

    def _technician_completes_the_order(self, page, number):
        self._open_in_office(page, number)
        self._press(page, "action_complete")
        page.fill(".modal [name=resolution] textarea", "Akku getauscht")
        page.fill(".modal [name=outbound_tracking] input", "RET 1&2")
        self.shot(page, "service-office-complete")
        page.click(".modal-footer button.btn-primary")
        self._wait_for_state(page, "Abgeschlossen")

    def _customer_asks_and_the_technician_answers(self, customer, technician, number):
        self._open_order(customer, number)
        composer = customer.locator("#chatterRoot .o-mail-Composer-input")
        composer.fill("Wann ist es fertig?")
        customer.locator("#chatterRoot .o-mail-Composer-send").click()
        customer.wait_for_selector("#chatterRoot .o-mail-Message")
        self._open_in_office(technician, number)
        technician.wait_for_selector(".o-mail-Message:has-text('Wann ist es fertig?')")
        self.shot(technician, "service-office-replied")
        technician.click(".o-mail-Chatter-sendMessage")
        technician.fill(".o-mail-Composer-input", "Morgen.")
        technician.click(".o-mail-Composer-send")
        technician.wait_for_selector(".o-mail-Message:has-text('Morgen.')")
        customer.reload()
        customer.wait_for_selector("#chatterRoot .o-mail-Message:has-text('Morgen.')")
        self.shot(customer, "service-order-chat")

    def _open_in_office(self, page, number):
        page.goto("/odoo/service-orders")
        page.wait_for_selector(".o_list_view")
        self.shot(page, "service-office-list")
        page.click(f".o_data_row td:has-text('{number}')")
        page.wait_for_selector(".o_form_view")

    def _press(self, page, action):
        page.click(f".o_form_statusbar button[name={action}]")

    def _wait_for_state(self, page, label):
        page.wait_for_selector(
            f".o_arrow_button_current:has-text('{label}')", state="attached"
        )

    # === HELPERS === #

    def _open_section(self, page, name):
        page.goto("/my/service-orders")
        page.locator(f"main .nav-tabs a:has-text('{name}')").click()
        page.wait_for_load_state("networkidle")

    def _open_order(self, page, number):
        page.goto(f"/my/service-orders?search={number}")
        page.get_by_role("link", name=number).click()
        page.wait_for_url(re.compile(r"/my/service-orders/\d+$"))

    def _listed(self, page):
        return page.locator("main tbody th a").all_inner_texts()

    def _download_pictures(self, page, url):
        """Return a picture of each page of a PDF that the visitor opens."""
        answer = page.request.get(url)
        self.assertEqual(answer.headers["content-type"], "application/pdf")
        document = pypdfium2.PdfDocument(answer.body())
        self.addCleanup(document.close)
        return [sheet.render(scale=3).to_pil() for sheet in document]

    def _codes(self, picture):
        codes = zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.Code128)
        return sorted(code.text for code in codes)
