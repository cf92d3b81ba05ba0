from markupsafe import Markup

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.http import Request
from odoo.tests import JsonRpcException, freeze_time
from odoo.tools import mute_logger

from .common import PortalHttpCase, PortalTransactionCase
from .service_common import ServicePeople

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
REPLIED = "customer_portal.mail_activity_type_customer_replied"
COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
NOTE = {"message_type": "comment", "subtype_xmlid": "mail.mt_note"}


class ServiceChat(ServicePeople):
    """What people write to an order, and who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.berlin.user_ids
        cls.order = cls._order_as(cls.anna)

    def _write(self, user, body="Is it ready?", **values):
        """Return what somebody writes, as the chat of the pages posts it."""
        order = self.order.with_user(user)
        if user.share:  # customers may read the order, not write it
            order = order.with_context(mail_post_autofollow_author_skip=True).sudo()
        return order.message_post(body=body, **(COMMENT | values))

    def _readers(self, message):
        """Return who is told about a message: names, each as often as he is told."""
        return sorted(message.notification_ids.res_partner_id.mapped("name"))

    def _activities(self):
        """Return whom “Customer replied” reminds to answer."""
        activity_type = self.env.ref(REPLIED)
        activities = self.order.sudo().activity_ids
        return activities.filtered(lambda it: it.activity_type_id == activity_type)

    def _is_pending(self):
        found = self.orders.with_user(self.erik).search(
            [("customer_reply_pending", "=", True)]
        )
        return found == self.order.with_user(self.erik)


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


@freeze_time(MORNING)
class TestServiceChatByMail(ServiceChat, PortalTransactionCase):
    """People answer the mail in place of the page."""

    def _reply(self, message, sender, body="Tomorrow at 9", attachment=""):
        """Let a mail arrive that answers the notification about a message.

        :return: what it has become, or an empty recordset
        """
        mails = [("message_type", "=", "email")]
        known = self.env["mail.message"].search(mails)
        mail = (
            f"From: {sender}\nTo: catchall@test.example\nSubject: Re: your order\n"
            f"Message-Id: <{sender.split('@')[0]}-{len(known)}@mailer.example>\n"
            f"In-Reply-To: {message.message_id}\nReferences: {message.message_id}\n"
            "MIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="part"\n\n'
            f"--part\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
            f"{attachment}--part--\n"
        )
        self.env["mail.thread"].message_process(None, mail)
        return self.env["mail.message"].search(mails) - known

    def test_a_customer_answers(self):
        question = self._write(self.erik, "When do you come?")
        answer = self._reply(question, "anna@test.example")
        self.assertEqual(
            (answer.model, answer.res_id), (self.order._name, self.order.id)
        )
        self.assertEqual(answer.author_id, self.anna.partner_id)
        self.assertFalse(answer._is_internal_note())
        self.assertEqual(self._readers(answer), ["Erik", "Team Berlin"])
        self.assertTrue(self._is_pending())
        self.assertEqual(len(self._activities()), 1)

    def test_a_colleague_of_the_customer_answers(self):
        question = self._write(self.erik, "When do you come?")
        answer = self._reply(question, "bert@test.example")
        self.assertFalse(answer._is_internal_note())
        self.assertTrue(self._is_pending())

    def test_a_customer_answers_the_mail_about_a_status(self):
        self.write_mails()
        mail = self.env["mail.mail"].sudo().search([("subject", "ilike", "confirmed")])
        answer = self._reply(mail.mail_message_id, "anna@test.example")
        self.assertEqual(answer.res_id, self.order.id)
        self.assertFalse(answer._is_internal_note())
        self.assertTrue(self._is_pending())

    def test_a_customer_sends_a_file(self):
        question = self._write(self.erik, "Do you have a picture?")
        answer = self._reply(
            question,
            "anna@test.example",
            attachment="--part\nContent-Type: text/plain\n"
            'Content-Disposition: attachment; filename="damage.txt"\n\nscratched\n',
        )
        files = self.order.with_user(self.erik).public_attachment_ids
        self.assertEqual(files.mapped("name"), ["damage.txt"])
        self.assertEqual(files, answer.attachment_ids)

    def test_a_technician_answers(self):
        question = self._write(self.anna)
        answer = self._reply(question, "erik@test.example")
        self.assertEqual(self._readers(answer), ["Anna", "Team Berlin"])
        self.assertFalse(answer._is_internal_note())
        self.assertFalse(self._is_pending())

    def test_who_follows_the_order_is_no_stranger(self):
        insurer = self.env["res.partner"].create(
            {"name": "Insurer", "email": "insurer@test.example"}
        )
        self.order.sudo().message_subscribe(insurer.ids)
        question = self._write(self.erik, "Do you pay?")
        answer = self._reply(question, "insurer@test.example")
        self.assertFalse(answer._is_internal_note())

    def test_a_stranger_writes_nothing_that_the_customer_reads(self):
        question = self._write(self.erik, "When do you come?")
        for sender in ("nobody@evil.example", "carla@test.example"):
            note = self._reply(question, sender, "Please pay to this account")
            self.assertTrue(note._is_internal_note(), sender)
            self.assertEqual(
                self._readers(note), ["Team Berlin"], "somebody looks at it"
            )
            self.assertFalse(self._is_pending())

    def test_a_stranger_gives_the_customer_no_files(self):
        question = self._write(self.erik, "When do you come?")
        note = self._reply(
            question,
            "nobody@evil.example",
            attachment="--part\nContent-Type: text/plain\n"
            'Content-Disposition: attachment; filename="bill.txt"\n\npay\n',
        )
        self.assertEqual(note.attachment_ids.mapped("name"), ["bill.txt"])
        self.assertFalse(self.order.with_user(self.erik).public_attachment_ids)

    def test_a_stranger_who_answers_nothing_reaches_no_order(self):
        unknown = self.env["mail.message"].new({"message_id": "<guessed@test.example>"})
        with self.assertRaises(ValueError):
            self._reply(unknown, "nobody@evil.example")
        mails = [("model", "=", self.order._name), ("message_type", "=", "email")]
        self.assertFalse(self.env["mail.message"].search(mails))


class TestServiceChatPage(ServiceChat, PortalHttpCase):
    """The chat of the pages, as browsers use it."""

    def _post(self, user, order=None, body="Is it ready?", **values):
        """Post like the chat of the portal, or of the back office."""
        self._sign_in(user)
        return self.call_json(
            "/mail/message/post",
            thread_model="customer.service.order",
            thread_id=(order or self.order).id,
            post_data={"body": body, **COMMENT, **values},
        )

    def _fetch(self, user):
        self._sign_in(user)
        result = self.call_json(
            "/mail/chatter_fetch",
            thread_model="customer.service.order",
            thread_id=self.order.id,
        )
        return str(result)

    def _last_message(self):
        return self.order.sudo().message_ids[:1]

    def test_both_sides_see_what_the_customer_writes(self):
        self._post(self.anna)
        message = self._last_message()
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertEqual(len(self._activities()), 1)
        self.assertTrue(self._is_pending())
        self.assertIn("Is it ready?", self._fetch(self.anna))
        self.assertIn("Is it ready?", self._fetch(self.bert))
        self.assertIn("Is it ready?", message.with_user(self.erik).body)

    def test_a_note_stays_within_the_house(self):
        self._post(self.erik, body="Pays late", **NOTE)
        self._write(self.erik, Markup("<p>Tomorrow</p>"))
        page = self._fetch(self.anna)
        self.assertIn("Tomorrow", page)
        self.assertNotIn("Pays late", page)

    def test_a_customer_names_no_readers(self):
        self._post(self.anna, partner_ids=self.carla.partner_id.ids)
        self.assertEqual(self._readers(self._last_message()), ["Team Berlin"])

    @mute_logger("odoo.http")
    def test_strangers_and_unknown_orders_look_alike(self):
        for order in (self.order, self.orders.browse(987654321)):
            with self.assertRaisesRegex(JsonRpcException, "404|NotFound"):
                self._post(self.carla, order)
        self.assertFalse(self._is_pending())

    @mute_logger("odoo.http")
    def test_a_draft_has_no_chat_for_its_customer(self):
        draft = self._draft_as(self.anna, imei=self._next_imei())
        with self.assertRaisesRegex(JsonRpcException, "404|NotFound"):
            self._post(self.anna, draft)
        self._post(self.erik, draft)

    def test_a_visitor_with_the_link_writes_for_the_contact(self):
        token = self.order.sudo()._portal_ensure_token()
        self._sign_in(None)
        self.call_json(
            "/mail/message/post",
            thread_model="customer.service.order",
            thread_id=self.order.id,
            post_data={"body": "From my phone", **COMMENT},
            token=token,
        )
        message = self._last_message()
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(self._readers(message), ["Team Berlin"])
        self.assertTrue(self._is_pending())

    def test_the_mail_about_an_answer_leads_to_the_order(self):
        self._write(self.erik, "Tomorrow")
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search(
                [("recipient_ids", "in", self.anna.partner_id.ids)],
                order="id desc",
                limit=1,
            )
        )
        self.assertIn("Tomorrow", mail.body_html)
        link = mail.body_html.split("/mail/view?")[1].split('"')[0]
        link = "/mail/view?" + link.replace("&amp;", "&")
        page = self.open_as(self.anna, link, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertIn(f"/my/service-orders/{self.order.id}", page.headers["Location"])

    def test_customers_do_not_read_who_has_to_answer(self):
        self._post(self.anna)
        for fields in (["customer_reply_pending"], ["activity_ids"], ["user_id"]):
            with (
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException, msg=fields),
            ):
                self.rpc_as(self.anna, self.order._name, "read", self.order.ids, fields)
        with self.assertRaises(AccessError):
            self.order.with_user(self.anna).customer_reply_pending = False

    def test_a_customer_sends_a_file_with_his_words(self):
        self._sign_in(self.anna)
        answer = self.url_open(
            "/mail/attachment/upload",
            data={
                "csrf_token": Request.csrf_token(self),
                "thread_id": self.order.id,
                "thread_model": self.order._name,
                "is_pending": "true",
            },
            files=[("ufile", ("damage.txt", b"scratched", "text/plain"))],
        ).json()
        uploaded = answer["data"]["store_data"]["ir.attachment"][0]
        self._post(
            self.anna,
            attachment_ids=[uploaded["id"]],
            attachment_tokens=[uploaded["ownership_token"]],
        )
        files = self.order.sudo().public_attachment_ids
        self.assertEqual(files.mapped("name"), ["damage.txt"])
        self.assertEqual(files, self._last_message().attachment_ids)


class TestServiceChatCompanies(ServiceChat, PortalTransactionCase):
    """Who looks after an order of another company."""

    def test_only_employees_of_the_company_are_told(self):
        other = self.env["res.company"].create({"name": "Werkstatt Süd"})
        self.team.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        message = self._write(self.anna)
        self.assertNotIn("Team Berlin", self._readers(message))
        self.assertIn("Erik", self._readers(message), "the group, in place of the team")
