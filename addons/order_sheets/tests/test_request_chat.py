from odoo.exceptions import UserError

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople


class TestRequestChat(SheetPeople, PortalTransactionCase):
    """What is new for the customer: what people of staff write to him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.max_per_customer = 0
        cls.order = cls._submit_as(cls.anna)

    def _write(self, user, order=None, **values):
        values = {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        } | values
        # Customers may read an order, not write it; its chat takes their words.
        order = (order or self.order).with_user(user).sudo(user.share)
        order.message_post(body="Hello", author_id=user.partner_id.id, **values)

    def _unread(self, orders=None):
        return (orders or self.order).with_user(self.bert)._get_unread_counts()

    def test_words_of_staff_are_new_until_the_customer_reads_them(self):
        self.assertEqual(self._unread(), {})
        self._write(self.erik)
        self._write(self.mia, message_type="email")
        self.assertEqual(self._unread(), {self.order.id: 2})
        self.order.sudo()._note_seen()
        self.assertTrue(self.order.sudo().customer_seen_at)
        self.assertEqual(self._unread(), {})
        self._write(self.erik)  # within the same second
        self.assertEqual(self._unread(), {self.order.id: 1})

    def test_notes_and_what_the_server_writes_are_not_new(self):
        self._write(self.erik, subtype_xmlid="mail.mt_note")
        self._write(self.erik, message_type="notification")
        self._write(self.erik, message_type="auto_comment")
        self._write(self.erik, is_internal=True)
        self.order.with_user(self.erik).action_take()
        self.env["base"].flush_model()
        self.assertEqual(self._unread(), {})

    def test_words_of_customers_are_not_new_for_their_colleagues(self):
        self._write(self.anna)
        self.assertEqual(self._unread(), {})

    def test_words_of_staff_who_left_are_still_new(self):
        self._write(self.erik)
        self.erik.active = False
        self.assertEqual(self._unread(), {self.order.id: 1})

    def test_each_order_has_its_own_number_and_all_cost_one_query(self):
        other, silent = self._submit_as(self.bert), self._submit_as(self.bert)
        self._write(self.erik)
        self._write(self.erik, other)
        self._write(self.erik, other)
        orders = self.order | other | silent
        self.env.flush_all()
        with self.assertQueryCount(1):
            unread = self._unread(orders)
        self.assertEqual(unread, {self.order.id: 1, other.id: 2})

    def test_nothing_to_ask_about_asks_nothing(self):
        with self.assertQueryCount(0):
            self.assertEqual(self.requests.browse()._get_unread_counts(), {})

    def test_nobody_says_by_hand_that_the_customer_has_read_it(self):
        for values in (
            {"customer_seen_at": "2026-01-01 10:00:00"},
            {"customer_seen_message_id": 1},
        ):
            with self.assertRaisesRegex(UserError, "not written by hand"):
                self.order.with_user(self.erik).write(values)
