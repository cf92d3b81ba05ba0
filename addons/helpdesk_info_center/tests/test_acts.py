"""What agents do with the tickets of a center."""

from odoo.exceptions import AccessError, UserError

from .common import CenterCase


class TestActs(CenterCase):
    def act(self, tickets, action, user=None, **params):
        center = self.center_as(user or self.agent_a)
        return center.ticket_action(tickets.ids, action, params)

    def test_several_tickets_are_locked_and_unlocked(self):
        answer = self.act(self.t1 | self.t4, "lock")
        self.assertEqual((self.t1 | self.t4).mapped("is_locked"), [True, True])
        self.assertEqual(self.t1.user_id, self.agent_a)
        self.assertIn(self.t1.number, answer["message"])
        self.act(self.t1, "unlock")
        self.assertFalse(self.t1.is_locked)

    def test_ticket_locked_by_another_agent_stays_his(self):
        self.field.user_ids |= self.manager
        with self.assertRaisesRegex(UserError, "agent_b"):
            self.act(self.t5, "lock", self.manager)
        self.assertEqual(self.t5.user_id, self.agent_b)

    def test_several_tickets_are_closed(self):
        self.act(self.t1 | self.t9, "close")
        self.assertEqual((self.t1 | self.t9).mapped("state_type"), ["closed", "closed"])
        self.assertFalse(self.t9.escalation_date)

    def test_ticket_is_duplicated(self):
        answer = self.act(self.t4, "duplicate")
        copy = self.env["helpdesk.ticket"].search([], order="id desc", limit=1)
        self.assertIn(copy.number, answer["message"])
        self.assertEqual(copy.customer_company_id, self.muster)

    def test_agent_takes_tickets(self):
        self.act(self.t1, "assign_to_me")
        self.assertEqual(self.t1.user_id, self.agent_a)

    def test_reminding_and_assigning_ask_for_more(self):
        for name in ("remind", "assign"):
            action = self.act(self.t1 | self.t4, name)["action"]
            self.assertEqual(action["res_model"], f"helpdesk.ticket.{name}")
            self.assertEqual(
                {*action["context"]["active_ids"]}, {self.t1.id, self.t4.id}
            )

    def test_tickets_that_the_agent_may_not_see_are_as_missing(self):
        with self.assertRaises(UserError):
            self.act(self.t1, "close", self.agent_b)
        self.act(self.t1 | self.t2, "close", self.agent_b)
        self.assertEqual(self.t1.state_type, "new")
        self.assertEqual(self.t2.state_type, "closed")

    def test_junk_is_refused_in_plain_words(self):
        center = self.center_as(self.agent_a)
        for ids, action in (
            (self.t1.ids, "unlink"),
            (self.t1.ids, "_close"),
            (self.t1.ids, None),
            (self.t1.ids, ["close"]),
            ([], "close"),
            ("x", "close"),
            ([2**40], "close"),
            ([{"a": 1}, "1", True], "close"),
        ):
            with self.subTest(ids=ids, action=action), self.assertRaises(UserError):
                center.ticket_action(ids, action)
        with self.assertRaises(UserError):
            center.ticket_action(self.t1.ids, "link", {"partner_id": 2**40})
        with self.assertRaises(UserError):
            center.ticket_action(self.t1.ids, "link", "x")

    def test_sender_becomes_a_contact_of_the_company(self):
        ticket = self._create_ticket(
            partner_email="Nina Neu <nina@muster.example>", team=self.support
        )
        self.agent_a.group_ids |= self.env.ref("base.group_partner_manager")
        self.act(ticket, "link_new", partner_id=self.muster.id)
        contact = ticket.partner_id
        self.assertEqual(
            (contact.name, contact.email, contact.parent_id),
            ("Nina Neu", "nina@muster.example", self.muster),
        )
        self.assertEqual(ticket.customer_company_id, self.muster)

    def test_sender_becomes_one_contact_however_he_is_written(self):
        tickets = self.t1.browse()
        senders = (
            "Neu <neu@muster.example>",
            "neu@muster.example",
            "NEU@MUSTER.example",
        )
        for sender in senders:
            tickets |= self._create_ticket(partner_email=sender)
        known = self._create_ticket(partner_email="Bernd@muster.example")
        self.agent_a.group_ids |= self.env.ref("base.group_partner_manager")
        self.act(tickets | known, "link_new", partner_id=self.muster.id)
        self.assertEqual(len(tickets.partner_id), 1)
        self.assertEqual(known.partner_id, self.bernd)

    def test_agent_without_the_right_creates_no_contact(self):
        ticket = self._create_ticket(partner_email="nina@muster.example")
        with self.assertRaises(AccessError):
            self.act(ticket, "link_new", partner_id=self.muster.id)

    def test_only_unlinked_tickets_are_linked(self):
        with self.assertRaises(UserError):
            self.act(self.t1, "link", partner_id=self.dora.id)
        self.assertEqual(self.t1.customer_company_id, self.muster)

    def test_phone_ticket_is_prefilled(self):
        for channel in ("phone", "email"):
            action = self.center_as(self.agent_a).create_ticket_action(
                self.bernd.id, channel
            )
            defaults = action["context"]
            self.assertEqual(
                (
                    defaults["default_partner_id"],
                    defaults["default_partner_name"],
                    defaults["default_partner_email"],
                ),
                (self.bernd.id, "Bernd Bach", "bernd@muster.example"),
            )
            kind = self.env["helpdesk.ticket.channel"].browse(
                defaults["default_channel_id"]
            )
            self.assertEqual(kind.kind, channel)

    def test_ticket_for_nobody_is_refused_in_plain_words(self):
        center = self.center_as(self.agent_a)
        for partner_id, channel in (
            (2**40, "phone"),
            ("x", "phone"),
            (self.anna.id, "fax"),
            (self.anna.id, None),
        ):
            with self.assertRaises(UserError):
                center.create_ticket_action(partner_id, channel)
