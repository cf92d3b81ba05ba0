from datetime import date

from lxml import html

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING, ContainerCase

WEDNESDAY = date(2026, 12, 2)  # no delivery day of Hotel Adler
THURSDAY = date(2026, 12, 3)
ADDRESS = "Hotel Adler GmbH, Marktplatz 1, 93047 Regensburg"


@tagged("-at_install", "post_install")
@freeze_time(TUESDAY_MORNING)
class TestAdministratorsMail(ContainerCase):
    """Who decides reads everything in the mail, and the chat afterwards."""

    def _read(self, subject="New container request"):
        """Return the lines of the table in a mail, as ``(name, text)``."""
        body = html.fromstring(self._mails(subject).ensure_one().body_html)
        rows = []
        for row in body.xpath("//table[.//td='Number']//tr[count(td)=2]"):
            if not row.xpath(".//table"):
                texts = [" ".join(cell.text_content().split()) for cell in row]
                rows.append(tuple(texts))
        return rows

    def test_mail_lists_everything_about_the_request(self):
        request = self._request_as(self.anna, WEDNESDAY, quantity=2, remark="Ring")
        self.assertEqual(
            dict(self._read()),
            {
                "Number": request.name,
                "Customer": "Hotel Adler GmbH (Anna)",
                "Delivery address": ADDRESS,
                "Container": "2 × 1000 l",
                "Requested day": "Wednesday, 12/02/2026",
                "Delivery": "Thursday, 12/03/2026",
                "Note": "The requested day is no delivery day of the customer",
                "Remark": "Ring",
            },
        )

    def test_mail_says_that_nobody_delivers_on_the_requested_day(self):
        self._close(THURSDAY, "St. Barbara")
        request = self._request_as(self.anna, THURSDAY)
        self.assertTrue(request.is_holiday)
        self.assertFalse(request.is_off_day)
        rows = self._read()
        self.assertIn(("Requested day", "Thursday, 12/03/2026"), rows)
        self.assertIn(("Delivery", "Monday, 12/07/2026"), rows)
        notes = [text for name, text in rows if name == "Note"]
        self.assertEqual(notes, ["Nobody delivers on the requested day"])

    def test_mail_notes_nothing_about_an_ordinary_request(self):
        self._request_as(self.anna)
        names = [name for name, _text in self._read()]
        self.assertIn("Container", names)
        self.assertNotIn("Note", names)
        self.assertNotIn("Requested day", names)
        self.assertNotIn("Remark", names)

    @freeze_time("2026-12-01 12:00:01")
    def test_customer_reads_no_notes_of_the_office(self):
        request = self._request_as(self.anna, WEDNESDAY, quantity=2)
        self.assertTrue(request.is_late and request.is_off_day)
        names = [name for name, _text in self._read("We received")]
        self.assertIn("Requested day", names)
        self.assertNotIn("Note", names)
        self.assertNotIn("Customer", names)

    def test_administrators_follow_the_chat_once_they_were_told(self):
        self.company.container_admin_user_ids |= self.marta
        request = self._request_as(self.anna)
        administrators = (self.erik | self.marta).partner_id
        self.assertFalse(request.message_partner_ids & administrators)
        self.write_mails()
        self.assertLessEqual(administrators, request.message_partner_ids)
        chat = request.with_user(self.anna).sudo()  # as the route of the chat does
        message = chat.message_post(
            body="Where is it?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertLessEqual(administrators, message.notified_partner_ids)

    def test_other_staff_do_not_follow(self):
        request = self._request_as(self.anna)
        self.write_mails()
        self.assertNotIn(self.marta.partner_id, request.message_partner_ids)

    def test_without_administrators_the_group_follows(self):
        self.company.container_admin_user_ids = False
        request = self._request_as(self.anna)
        self.write_mails()
        followers = (self.erik | self.marta).partner_id
        self.assertLessEqual(followers, request.message_partner_ids)
