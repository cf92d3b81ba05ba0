from odoo.exceptions import AccessError
from odoo.tests import tagged

from .parcel_case import ParcelCase
from .service_chat import COMMENT, NOTE, REPLIED


@tagged("-at_install", "post_install")
class TestReplyMixin(ParcelCase):
    """Staff and customer write to each other, and somebody has to answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.letter = cls.env["test.letter"].create(
            {"partner_id": cls.anna.partner_id.id}
        )
        cls.letter._move_to("sent")

    def _write(self, user, **values):
        """Return what somebody writes, as the chat of the pages posts it."""
        letter = self.letter.with_user(user)
        if user.share:  # customers may read the letter, not write it
            letter = letter.with_context(mail_post_autofollow_author_skip=True).sudo()
        return letter.message_post(body="Is it ready?", **(COMMENT | values))

    def _activities(self):
        activity_type = self.env.ref(REPLIED)
        activities = self.letter.activity_ids
        return activities.filtered(lambda it: it.activity_type_id == activity_type)

    def test_a_customer_who_writes_waits_for_an_answer(self):
        message = self._write(self.anna)
        self.assertTrue(self.letter.customer_reply_pending)
        readers = message.notification_ids.res_partner_id
        self.assertEqual(readers, self.admin.partner_id)
        activity = self._activities().ensure_one()
        self.assertEqual(activity.user_id, self.admin)
        self.assertEqual(activity.summary, "Customer replied")
        self._write(self.bert)
        self.assertEqual(self._activities(), activity)

    def test_an_answer_reaches_the_contact_and_ends_the_waiting(self):
        self._write(self.anna)
        readers = self._write(self.erik).notification_ids.res_partner_id
        # whoever has it on his list follows it
        self.assertEqual(readers, self.anna.partner_id | self.admin.partner_id)
        self.assertFalse(self.letter.customer_reply_pending)
        self.assertFalse(self._activities())

    def test_the_contact_is_not_told_twice_what_a_mail_tells_him(self):
        self.letter = self.letter.with_context(note_is_mailed=True)
        message = self._write(self.erik)
        self.assertFalse(message.notification_ids)

    def test_a_note_is_no_answer(self):
        self._write(self.anna)
        message = self._write(self.erik, **NOTE)
        self.assertFalse(message.notification_ids)
        self.assertTrue(self.letter.customer_reply_pending)

    def test_who_ticks_it_off_has_answered(self):
        for act in ("action_done", "unlink"):
            self._write(self.anna)
            self.assertTrue(self.letter.customer_reply_pending)
            getattr(self._activities(), act)()
            with self.subTest(act=act):
                self.assertFalse(self.letter.customer_reply_pending)

    def test_the_reminder_on_any_other_document_can_be_ticked_off(self):
        parcel = self._parcel_of(self.anna)
        parcel.activity_schedule(REPLIED, user_id=self.erik.id)
        parcel.activity_ids.action_done()
        self.assertFalse(parcel.activity_ids)

    def test_whoever_looks_after_it_reads_more_about_what_is_to_be_done(self):
        self.letter.with_user(self.anna)._schedule_for_responsible(
            REPLIED, note="The printer is out of paper", user_id=self.erik.id
        )
        activity = self._activities().ensure_one()
        self.assertEqual(activity.note, "<p>The printer is out of paper</p>")
        self.assertEqual(activity.summary, "Customer replied")
        self.assertEqual(activity.user_id, self.erik)

    def test_nobody_writes_to_a_draft(self):
        draft = self.letter.copy()
        self.assertEqual((draft.name, draft.state), ("/", "draft"))
        for letter, is_open in ((self.letter, True), (draft, False)):
            mine = letter.with_user(self.anna)
            operation = mine._mail_get_operation_for_mail_message_operation("create")
            self.assertEqual(mine.has_access(operation[mine]), is_open)
        with self.assertRaises(AccessError):
            draft.with_user(self.anna).message_post(body="x", **COMMENT)
