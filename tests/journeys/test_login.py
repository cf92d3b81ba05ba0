"""Customers arrive in the portal, staff in the back office, on each device."""

from .support import DESKTOP, PHONE, Journey


class TestLogin(Journey):
    def test_customer_sees_the_portal_in_german(self):
        for name, device in (("desktop", DESKTOP), ("phone", PHONE)):
            page = self.open_page("anna", device)
            page.goto("/my")
            page.wait_for_selector(".o_portal_my_home")
            self.assertIn("Mein Konto", page.inner_text("body"))
            self.shot(page, f"portal-home-{name}")

    def test_staff_see_the_back_office(self):
        page = self.open_page("erik")
        page.wait_for_selector(".o_main_navbar")

    def test_mails_are_really_sent(self):
        self.site.shell(
            "env['mail.mail'].create({'subject': 'Hello', 'body_html': '<p>Hi</p>',"
            " 'email_from': 'us@example.com', 'email_to': 'anna@example.com'})"
        )
        self.site.send_mails()
        mail = self.site.mailbox.wait_for_mail(to="anna@example.com", subject="Hello")
        self.assertIn("Hi", mail.get_body(("html",)).get_content())
