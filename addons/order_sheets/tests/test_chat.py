from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from odoo.addons.customer_portal.tests.common import (
    PortalHttpCase,
    PortalTransactionCase,
)
from odoo.addons.customer_portal.tests.service_chat import COMMENT, NOTE, REPLIED

from .sheet_mails import MORNING, SheetMailReader


class SheetChat(SheetMailReader):
    """What people write to an order. Mia, who was to review it, follows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._submit_as(cls.anna)

    def _write(self, user, body="Is it printed yet?", **values):
        """Return what somebody writes, as the chat of the pages posts it."""
        order = self.order.with_user(user)
        if user.share:  # customers may read the order, not write it
            order = order.with_context(mail_post_autofollow_author_skip=True).sudo()
        return order.message_post(body=body, **(COMMENT | values))


@freeze_time(MORNING)
class TestSheetChat(SheetChat, PortalTransactionCase):
    """Both sides are told what the other one writes."""

    def _readers(self, message):
        return sorted(message.notification_ids.res_partner_id.mapped("name"))

    def _waiting(self):
        """Return whom “Customer replied” reminds to answer: names."""
        activity_type = self.env.ref(REPLIED)
        activities = self.order.sudo().activity_ids
        return activities.filtered(
            lambda it: it.activity_type_id == activity_type
        ).user_id.mapped("name")

    def test_those_in_charge_read_what_a_customer_writes(self):
        message = self._write(self.anna)
        self.assertEqual(self._readers(message), ["Mia"])
        self.assertEqual(self._waiting(), ["Mia"])
        self.assertTrue(self.order.with_user(self.erik).customer_reply_pending)

    def test_whoever_works_on_it_reads_it_and_is_to_answer(self):
        self.order.with_user(self.erik).action_take()
        message = self._write(self.bert)
        self.assertEqual(self._readers(message), ["Erik", "Mia"])
        self.assertEqual(self._waiting(), ["Erik"])

    def test_all_who_work_on_orders_read_it_where_nobody_is_in_charge(self):
        self.sheet.admin_user_ids = False
        readers = self._write(self.anna).notification_ids.res_partner_id
        group = self.env.ref("order_sheets.order_sheets_group_user")
        self.assertLessEqual((self.erik | self.mia).partner_id, readers)
        self.assertLessEqual(readers, group.all_user_ids.partner_id)

    def test_it_is_mailed_with_the_name_of_the_campaign(self):
        message = self._write(self.anna)
        mail = (
            self.env["mail.mail"].sudo().search([("mail_message_id", "=", message.id)])
        )
        self.assertEqual(mail.recipient_ids, self.mia.partner_id)
        self.assertEqual(mail.state, "outgoing", "the queue sends it")
        self.assertEqual(mail.subject, f"{self.order.name}: Spring Campaign")

    def test_contact_reads_what_staff_answer(self):
        self.order.with_user(self.erik).action_take()
        self._write(self.anna)
        message = self._write(self.erik, "Tomorrow")
        self.assertEqual(self._readers(message), ["Anna", "Mia"])
        self.assertEqual(self._waiting(), [])
        self.assertFalse(self.order.with_user(self.erik).customer_reply_pending)

    def test_who_began_and_who_submitted_both_read_the_answer(self):
        self.order = self._draft_as(self.anna, self._another_sheet())
        self.order.sudo()._submit(self.bert.partner_id)
        message = self._write(self.erik, "Tomorrow")
        self.assertEqual(self._readers(message), ["Anna", "Bert"])

    def test_note_of_staff_reaches_no_customer(self):
        self.order.sudo().message_subscribe(self.anna.partner_id.ids)
        message = self._write(self.erik, "They pay late", **NOTE)
        self.assertEqual(self._readers(message), [])
        with self.assertRaises(AccessError):
            message.with_user(self.anna).read(["body"])

    def test_nobody_writes_to_a_draft_nor_to_what_belongs_to_others(self):
        draft = self._start_as(self.anna, self._another_sheet())
        for user, order in ((self.anna, draft), (self.carla, self.order)):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                order.with_user(user).message_post(body="x", **COMMENT)

    def _another_sheet(self):
        sheet = self._create_sheet(name="Autumn Campaign")
        sheet._publish()
        return sheet


class TestSheetChatMails(SheetChat, PortalHttpCase):
    """Where the mail about an answer leads to."""

    def setUp(self):
        super().setUp()
        self.order.sudo().submitted_by_id = self.bert.partner_id
        self._write(self.erik, "Tomorrow")

    def _link(self, user):
        """Return where the mail leads to that somebody has got."""
        mails = self.env["mail.mail"].sudo().search([("body_html", "like", "Tomorrow")])
        mail = mails.filtered(lambda it: user.partner_id in it.recipient_ids)
        links = self._body(mail).xpath("//a[contains(@href, '/mail/view')]/@href")
        return links[0].removeprefix(self.order.get_base_url())

    def test_each_contact_finds_the_page_of_the_order(self):
        for user in (self.anna, self.bert):
            answer = self.open_as(user, self._link(user))
            with self.subTest(user=user.name):
                self.assertEqual(answer.status_code, 200)
                self.assertURLEqual(answer.url.split("?")[0], self.order.access_url)

    def test_whoever_is_not_signed_in_has_to_sign_in(self):
        answer = self.open_as(None, self._link(self.anna))
        self.assertURLEqual(answer.url.split("?")[0], "/web/login")
        self.assertNotIn("Tomorrow", answer.text)
