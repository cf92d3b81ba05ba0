"""Open centers learn whose tickets have changed, once, and nothing more."""

from .common import CenterCase


class TestChange(CenterCase):
    def sent(self):
        """Return what is told to open centers when the transaction is committed."""
        self.env.cr.precommit.run()
        messages = self.env["bus.bus"].sudo().search([])
        found = [
            message.message
            for message in messages
            if "helpdesk_center/changed" in message.message
        ]
        messages.unlink()
        return found

    def setUp(self):
        super().setUp()
        self.sent()

    def test_one_message_names_the_customers_of_a_transaction(self):
        self.t1.name = "Changed"
        self.t1.priority = "3"
        self.t2.name = "Changed"
        (message,) = self.sent()
        ids = sorted((self.muster | self.anna | self.bernd).ids)
        self.assertIn(str(ids).replace(" ", ""), message.replace(" ", ""))
        self.assertNotIn("Changed", message)

    def test_former_customer_is_told_too(self):
        self.t1.partner_id = self.dora
        (message,) = self.sent()
        for partner in (self.muster, self.beta, self.anna, self.dora):
            self.assertRegex(message, rf"\b{partner.id}\b")

    def test_new_and_deleted_tickets_are_told(self):
        ticket = self._create_ticket(partner=self.dora)
        self.assertEqual(len(self.sent()), 1)
        ticket.unlink()
        self.assertEqual(len(self.sent()), 1)

    def test_ticket_of_nobody_is_not_told(self):
        self._create_ticket(partner_email="x@other.example")
        self.assertEqual(self.sent(), [])

    def test_what_centers_do_not_show_is_not_told(self):
        self.t1._portal_ensure_token()
        self.t1.write({"sequence": 3, "color": 2, "kanban_state": "done"})
        self.assertEqual(self.sent(), [])
        self.t1.write({"sequence": 4, "priority": "2"})
        self.assertEqual(len(self.sent()), 1)

    def test_many_customers_are_told_as_all(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}", "is_company": True} for n in range(501)]
        )
        tickets = self.t1.browse()
        for partner in partners:
            tickets |= self._create_ticket(partner=partner)
        (message,) = self.sent()
        self.assertIn('"all":true', message.replace(" ", ""))

    def test_stage_of_another_kind_is_told_as_all(self):
        self._stage("awaiting").with_user(self.manager).state_type = "open"
        (message,) = self.sent()
        self.assertIn('"all":true', message.replace(" ", ""))
        self._stage("awaiting").with_user(self.manager).name = "Waiting"
        self.assertEqual(self.sent(), [])

    def test_message_goes_to_agents_only(self):
        self.t1.name = "Changed"
        self.env.cr.precommit.run()
        (message,) = (
            self.env["bus.bus"]
            .sudo()
            .search([])
            .filtered(lambda one: "helpdesk_center/changed" in one.message)
        )
        group = self.env.ref("helpdesk_mgmt.group_helpdesk_user_own")
        self.assertIn("res.groups", message.channel)
        self.assertIn(str(group.id), message.channel)
