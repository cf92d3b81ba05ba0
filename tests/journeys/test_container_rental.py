"""Source 002, second half: a customer asks for a container and gives it back."""

import re
from datetime import timedelta

from .support import PHONE, Journey, today

OFF_DAY = (
    "Mittwoch ist kein Liefertag Ihres Unternehmens (Liefertage: Montag, Donnerstag)."
)


class TestContainerRental(Journey):
    """Anna asks in the portal, Erik decides in the back office, the lorry drives."""

    def test_a_container_is_requested_delivered_and_returned(self):
        anna = self.open_page("anna")
        number = self._request_a_container(anna)
        self._administrator_and_customer_get_mails(number)

        erik = self.open_page("erik")
        self._staff_approve(erik, number)
        container = self._customer_sees_what_will_come(anna, number)
        self._staff_issue(erik, number)
        self._customer_sees_when_it_is_due(anna, container)
        self._staff_take_it_back(erik, container)
        self._customer_finds_it_in_the_history(anna, container)

    def test_the_pages_fit_on_a_phone(self):
        page = self.open_page("anna", PHONE)
        for name, url in {
            "onsite": "/my/containers",
            "history": "/my/containers?filterby=history",
            "request": "/my/containers/requests",
        }.items():
            page.goto(url)
            self.shot(page, f"container-{name}-phone")
            width = page.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(width, PHONE["viewport"]["width"], url)

    # === THE CUSTOMER === #

    def _request_a_container(self, page):
        """Ask for a container after the cut-off time; return the request's number."""
        # From the first second of the day on, whenever this journey is made.
        self.site.shell("env['res.company'].search([]).container_cutoff = 0.0")
        page.goto("/my")
        page.click("a[href='/my/containers']")
        page.get_by_role("link", name="Container anfordern").click()
        page.wait_for_selector("text=Bestellungen nach 00:00 Uhr können erst mit der")
        self.assertIn("1000 l", page.inner_text("form.o_container_request"))

        page.fill("input[name=requested_date]", str(self._next_wednesday()))
        page.wait_for_selector(f"text={OFF_DAY}")
        page.fill("textarea[name=remark]", "Bitte an der Rampe abstellen.")
        page.fill("input[name=quantity]", "1")
        self._send(page)
        page.wait_for_selector("text=Trotzdem anfragen")
        self.assertIn(OFF_DAY, page.inner_text("form.o_container_request"))
        self.shot(page, "container-request-warning")
        self.assertEqual(
            page.input_value("textarea[name=remark]"), "Bitte an der Rampe abstellen."
        )
        page.get_by_label("Trotzdem anfragen").check()
        self._send(page)
        page.wait_for_url(re.compile(r"/my/containers/requests/\d+\?sent=1"))
        self.shot(page, "container-request-sent")
        text = page.inner_text("main")
        self.assertIn("erstellt", text)
        return re.search(r"CA/\d{4}/\d{5}", text).group()

    def _customer_sees_what_will_come(self, page, number):
        """Return the number of the container that is on its way."""
        mail = self.wait_for_mail_text(
            "anna@hotel-adler.example", f"{number} ist genehmigt"
        )
        self.assertIn("Sie erhalten Ihren Container am", mail)
        page.goto("/my/containers/requests")
        self.assertIn("genehmigt", page.inner_text(f"tr:has-text('{number}')"))
        page.get_by_role("link", name=number).click()
        container = page.inner_text("section:has-text('Ihre Container')")
        container = re.search(r"C-\d{4}", container).group()
        page.goto("/my/containers")
        row = page.inner_text(f"tr:has-text('{container}')")
        self.assertIn("genehmigt – Lieferung", row)
        return container

    def _customer_sees_when_it_is_due(self, page, container):
        page.goto("/my/containers")
        self.shot(page, "container-onsite")
        row = page.inner_text(f"tr:has-text('{container}')")
        self.assertNotIn("genehmigt – Lieferung", row)
        issued_on, back_by = re.findall(r"\d{2}\.\d{2}\.\d{4}", row)
        self.assertEqual(issued_on, f"{today():%d.%m.%Y}")
        self.assertEqual(back_by, self._get_from_odoo(container, "back_by"))

    def _customer_finds_it_in_the_history(self, page, container):
        page.goto("/my/containers")
        self.assertNotIn(container, page.inner_text("main"))
        page.goto("/my/containers?filterby=history")
        self.shot(page, "container-history")
        row = page.inner_text(f"tr:has-text('{container}')")
        self.assertIn(f"{today():%d.%m.%Y}", row)

    # === THE STAFF === #

    def _administrator_and_customer_get_mails(self, number):
        mail = self.wait_for_mail_text("erik@laundry.example", number)
        for text in ("Hotel Adler GmbH", "1000 l", "Bitte an der Rampe abstellen."):
            self.assertIn(text, mail)
        self.wait_for_mail_text("anna@hotel-adler.example", f"{number} ist bei uns")

    def _staff_approve(self, page, number):
        page.goto("/odoo/container-requests")
        page.wait_for_selector(".o_list_view, .o_kanban_view")
        self.shot(page, "container-office-requests")
        record = page.locator(f".o_data_row:has-text('{number}')")
        self.assertIn("erstellt", record.inner_text())
        record.locator("td").nth(1).click()
        page.wait_for_selector(".o_form_view")
        self._press(page, "action_approve")
        self._wait_for_status(page, "genehmigt")
        self.shot(page, "container-office-approved")

    def _staff_issue(self, page, number):
        self._press(page, "action_issue")
        self._wait_for_status(page, "geliefert")

    def _staff_take_it_back(self, page, container):
        rental_id = self._get_from_odoo(container, "id")
        page.goto(f"/odoo/container.rental/{rental_id}")
        page.wait_for_selector(".o_form_view")
        self._press(page, "action_return")
        self._wait_for_status(page, "Zurückgegeben an die Wäscherei")
        self.shot(page, "container-office-returned")

    # === HELPERS === #

    def _next_wednesday(self):
        start = today() + timedelta(days=14)
        return start + timedelta(days=(2 - start.weekday()) % 7)

    def _send(self, page):
        page.get_by_role("button", name="Anfrage senden").click()

    def _press(self, page, button):
        page.click(f".o_form_statusbar button[name={button}]")
        confirm = page.locator(".modal-footer button.btn-primary")
        page.wait_for_timeout(500)
        if confirm.count():
            confirm.click()

    def _wait_for_status(self, page, label):
        page.wait_for_selector(
            f".o_arrow_button_current:has-text('{label}')", state="attached"
        )

    def _get_from_odoo(self, container, field):
        code = (
            "rental = env['container.rental'].search("
            f"[('container_name', '=', '{container}')], order='id desc', limit=1)\n"
            f"value = rental.{field}\n"
            "print(value.strftime('%d.%m.%Y') if hasattr(value, 'strftime') else value)"
        )
        return self.site.shell(code).splitlines()[-1]
