from odoo.tests import freeze_time

from .common import PortalTransactionCase
from .service_chat import MORNING, NOTE, REPLIED, ServiceChat


@freeze_time(MORNING)
class TestServiceChat(ServiceChat, PortalTransactionCase):
    """Who is told about a message, and who has to answer it."""

    def test_the_team_reads_what_the_customer_writes(self):
        message = self._write(self.anna)
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertTrue(self._is_pending())
        activity = self._activities().ensure_one()
        self.assertEqual(activity.user_id, self.team)
        self.assertEqual(activity.date_deadline.isoformat(), "2026-12-01")

    def test_the_whole_team_reads_it_and_one_of_them_is_to_answer(self):
        self.berlin.user_ids |= self.mia
        message = self._write(self.anna)
        self.assertEqual(self._readers(message), ["Mia", "Team Berlin"])
        self.assertEqual(len(self._activities()), 1)

    def test_the_technician_reads_it_in_place_of_the_team(self):
        self.order.sudo().user_id = self.erik
        message = self._write(self.anna)
        self.assertEqual(self._readers(message), ["Erik"])
        self.assertEqual(self._activities().user_id, self.erik)

    def test_the_team_reads_it_when_the_technician_has_left(self):
        self.order.sudo().user_id = self.erik
        self.erik.active = False
        message = self._write(self.anna)
        self.assertIn("Team Berlin", self._readers(message))
        self.assertEqual(self._activities().user_id, self.team)

    def test_a_technician_without_rights_keeps_no_customer_from_writing(self):
        self.order.sudo().user_id = self.erik
        self.erik.group_ids = self.env.ref("base.group_user")
        self._write(self.anna)
        self.assertTrue(self.order.sudo().customer_reply_pending)

    def test_a_location_with_nothing_but_an_address_is_told_there(self):
        self.berlin.write({"user_ids": False, "email": "desk@test.example"})
        self._write(self.anna)
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn("Is it ready?", mail.body_html)
        self.assertIn("desk@test.example", mail.email_to)
        self.assertEqual(self._activities().user_id, self.env.ref("base.user_admin"))

    def test_everybody_is_told_once_even_if_he_follows_the_order(self):
        self.order.sudo().message_subscribe(self.team.partner_id.ids)
        message = self._write(self.anna)
        self.assertEqual(self._readers(message), ["Team Berlin"])

    def test_a_second_message_is_read_but_adds_no_activity(self):
        self._write(self.anna)
        message = self._write(self.bert, "We are in a hurry.")
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertEqual(len(self._activities()), 1)

    def test_the_contact_reads_what_staff_answer(self):
        self._write(self.anna)
        message = self._write(self.erik, "Tomorrow")
        # and whoever was to answer: Odoo lets him follow the order
        self.assertEqual(self._readers(message), ["Anna", "Team Berlin"])
        self.assertFalse(self._is_pending())
        self.assertFalse(self._activities())

    def test_any_colleague_may_answer(self):
        self.order.sudo().user_id = self.erik
        self._write(self.anna)
        self._write(self.mia, "Tomorrow")
        self.assertFalse(self._is_pending())

    def test_an_answer_makes_room_for_the_next_question(self):
        self._write(self.anna)
        self._write(self.erik, "Tomorrow")
        self._write(self.anna, "When exactly?")
        self.assertTrue(self._is_pending())
        self.assertEqual(len(self._activities()), 1)

    def test_a_note_answers_nobody(self):
        self._write(self.anna)
        message = self._write(self.erik, "She is in a hurry", **NOTE)
        self.assertEqual(self._readers(message), [])
        self.assertTrue(self._is_pending())
        self.assertEqual(len(self._activities()), 1)

    def test_a_note_reaches_whom_it_names(self):
        told = {"partner_ids": self.mia.partner_id.ids}
        message = self._write(self.erik, "Please look", **NOTE, **told)
        self.assertEqual(self._readers(message), ["Mia"])

    def test_what_the_server_notes_is_no_answer(self):
        self._write(self.anna)
        self.order.with_user(self.erik).action_receive()
        self.assertTrue(self._is_pending())

    def test_an_answer_on_the_phone_is_ticked_off(self):
        self._write(self.anna)
        self._activities().with_user(self.team).action_done()
        self.assertFalse(self._is_pending())
        self._write(self.anna, "One more thing")
        self.assertEqual(len(self._activities()), 1)

    def test_an_activity_that_is_dropped_waits_for_no_answer(self):
        self._write(self.anna)
        self._activities().unlink()
        self.assertFalse(self._is_pending())

    def test_another_activity_says_nothing_about_the_answer(self):
        self._write(self.anna)
        todo = self.order.sudo().activity_schedule("mail.mail_activity_data_todo")
        todo.action_done()
        self.assertTrue(self._is_pending())

    def test_a_deleted_activity_type_is_wanted_by_nobody(self):
        self.env.ref(REPLIED).unlink()
        self._write(self.anna)
        self.assertTrue(self._is_pending())
        self.assertFalse(self.order.sudo().activity_ids)

    def test_the_activity_is_in_the_language_of_whose_it_is(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env.ref(REPLIED).with_context(lang="de_DE").summary = "Kunde fragt"
        self.team.lang = "de_DE"
        self._write(self.anna)
        self.assertEqual(self._activities().summary, "Kunde fragt")

    def test_the_company_reads_it_when_the_contact_has_left(self):
        self.adler.email = "office@adler.example"
        self.anna.partner_id.parent_id = self.krone
        message = self._write(self.erik, "Tomorrow")
        self.assertEqual(self._readers(message), ["Hotel Adler GmbH"])

    def test_who_answers_waits_no_longer(self):
        order = self.order.with_user(self.erik)
        order.action_receive()
        order._set_status(
            self.env.ref("customer_portal.customer_service_status_approval")
        )
        self.assertEqual(order.waiting_for, "customer")
        self._write(self.anna, "Yes, please")
        self.assertEqual(order.waiting_for, "us")
        self._write(self.erik, "And the battery?")
        self.assertEqual(order.waiting_for, "customer")

    def test_a_notification_is_mailed_by_the_queue(self):
        message = self._write(self.anna)
        mail = (
            self.env["mail.mail"].sudo().search([("mail_message_id", "=", message.id)])
        )
        self.assertEqual(mail.recipient_ids, self.team.partner_id)
        self.assertEqual(mail.state, "outgoing")

    def test_a_technician_who_reads_in_odoo_gets_no_mail(self):
        self.erik.notification_type = "inbox"
        self.order.sudo().user_id = self.erik
        message = self._write(self.anna)
        notification = message.notification_ids
        self.assertEqual(
            (notification.res_partner_id, notification.notification_type),
            (self.erik.partner_id, "inbox"),
        )


@freeze_time(MORNING)
class TestServiceChatFiles(ServiceChat, PortalTransactionCase):
    """Files in the chat: the customer sees those that are written to him."""

    def _attach(self, user, **values):
        message = self._write(user, attachments=[("photo.txt", b"photo")], **values)
        return message.sudo().attachment_ids

    def _public(self):
        return self.order.with_user(self.erik).public_attachment_ids

    def test_what_the_customer_sends(self):
        file = self._attach(self.anna)
        self.assertEqual(self._public(), file)
        self.assertEqual(self.order.sudo()._find_file(file.id), file)

    def test_what_staff_send_him(self):
        file = self._attach(self.erik)
        self.assertEqual(self._public(), file)

    def test_what_staff_note_is_theirs(self):
        file = self._attach(self.erik, **NOTE)
        self.assertFalse(self._public())
        self.assertFalse(self.order.sudo()._find_file(file.id))

    def _add_to(self, message):
        order = self.order.with_user(self.erik)
        attachments = self.env["ir.attachment"].with_user(self.erik)
        file = attachments.create(
            {"name": "late.txt", "raw": b"late", "res_model": "mail.compose.message"}
        )
        order._message_update_content(message, body=None, attachment_ids=file.ids)
        self.assertEqual(message.attachment_ids, file)
        return file

    def test_what_is_added_to_a_message_later(self):
        file = self._add_to(self._write(self.erik))
        self.assertEqual(self._public(), file)

    def test_what_is_added_to_a_note_later(self):
        self._add_to(self._write(self.erik, **NOTE))
        self.assertFalse(self._public())
