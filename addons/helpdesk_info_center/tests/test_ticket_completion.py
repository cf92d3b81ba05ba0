from odoo.fields import Datetime
from odoo.tests import freeze_time

from .common import CenterCase

NOON = Datetime.to_datetime("2027-03-01 12:00:00")


@freeze_time(NOON)
class TestTicketCompletion(CenterCase):
    """A ticket knows its dates and its customer, however it came about."""

    def _create_by_call(self, user=None, **values):
        """Create a ticket as another program does: no form fills anything."""
        tickets = self.env["helpdesk.ticket"].with_user(user or self.manager)
        return tickets.create({"name": "Call", "description": "Text", **values})

    def test_ticket_that_is_created_closed_was_closed_then(self):
        ticket = self._create_by_call(stage_id=self._stage("done").id)
        self.assertEqual(ticket.closed_date, NOON)

    def test_given_date_of_closing_stays(self):
        yesterday = Datetime.subtract(NOON, days=1)
        ticket = self._create_by_call(
            stage_id=self._stage("done").id, closed_date=yesterday
        )
        self.assertEqual(ticket.closed_date, yesterday)

    def test_open_ticket_has_no_date_of_closing(self):
        ticket = self._create_by_call(stage_id=self._stage("in_progress").id)
        self.assertFalse(ticket.closed_date)

    def test_reopened_ticket_loses_its_date_of_closing(self):
        self.assertTrue(self.t10.closed_date)
        self.t10.with_user(self.agent_a).stage_id = self._stage("in_progress")
        self.assertFalse(self.t10.closed_date)
        self.assertEqual(self.t10.state_type, "open")
        self.t10.with_user(self.agent_a).stage_id = self._stage("done")
        self.assertEqual(self.t10.closed_date, NOON)

    def test_several_tickets_are_closed_and_reopened_at_once(self):
        tickets = self.t3 | self.t4 | self.t10
        tickets.stage_id = self._stage("done")
        self.assertTrue(all(tickets.mapped("closed_date")))
        tickets.stage_id = self._stage("new")
        self.assertFalse(any(tickets.mapped("closed_date")))

    def test_automatic_assignment_has_a_date(self):
        self.env.company.helpdesk_mgmt_ticket_auto_assign = True
        ticket = self._create_by_call(self.agent_a)
        self.assertEqual(ticket.user_id, self.agent_a)
        self.assertEqual(ticket.assigned_date, NOON)

    def test_ticket_of_nobody_has_no_date_of_assignment(self):
        self.env.company.helpdesk_mgmt_ticket_auto_assign = False
        self.assertFalse(self._create_by_call().assigned_date)

    def test_contact_gives_name_and_email(self):
        ticket = self._create_by_call(partner_id=self.anna.id)
        self.assertRecordValues(
            ticket,
            [
                {
                    "partner_name": "Anna Adam",
                    "partner_email": "anna@muster.example",
                    "customer_company_id": self.muster.id,
                    "sender_domain": "muster.example",
                }
            ],
        )

    def test_given_sender_stays(self):
        ticket = self._create_by_call(
            partner_id=self.anna.id,
            partner_name="A. Adam",
            partner_email="Anna <private@home.example>",
        )
        self.assertRecordValues(
            ticket,
            [
                {
                    "partner_name": "A. Adam",
                    "partner_email": "Anna <private@home.example>",
                    "sender_domain": "home.example",
                }
            ],
        )

    def test_sender_without_contact_has_no_company(self):
        ticket = self._create_by_call(partner_email="x@muster.example")
        self.assertFalse(ticket.customer_company_id)
        self.assertEqual(ticket.sender_domain, "muster.example")

    def test_company_stays_when_the_contact_moves(self):
        self.anna.parent_id = self.beta
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.t3.commercial_partner_id, self.beta)
        self.assertEqual(self.t3.customer_company_id, self.muster)
        ticket = self._create_by_call(partner_id=self.anna.id)
        self.assertEqual(ticket.customer_company_id, self.beta)

    def test_other_contact_brings_his_company(self):
        self.t3.partner_id = self.dora
        self.assertEqual(self.t3.customer_company_id, self.beta)

    def test_company_of_a_ticket_without_contact_can_be_chosen(self):
        ticket = self._create_by_call(customer_company_id=self.muster.id)
        self.assertEqual(ticket.customer_company_id, self.muster)
        self.t3.partner_id = False
        self.assertEqual(self.t3.customer_company_id, self.muster)

    def test_private_customer_is_his_own_company(self):
        emil = self.env["res.partner"].create({"name": "Emil"})
        ticket = self._create_by_call(partner_id=emil.id)
        self.assertEqual(ticket.customer_company_id, emil)


@freeze_time(NOON)
class TestStageOfAnotherKind(CenterCase):
    """Whatever kind a manager gives a stage, its tickets are in order."""

    def _set_kind(self, stage, kind):
        self._stage(stage).with_user(self.manager).state_type = kind
        self.env.flush_all()
        self.env.invalidate_all()

    def test_tickets_of_a_stage_that_closes_are_closed(self):
        self.t4.is_customer_waiting = True
        self._set_kind("in_progress", "closed")
        tickets = self.t3 | self.t4
        self.assertEqual(tickets.mapped("state_type"), ["closed"] * 2)
        self.assertEqual(tickets.mapped("closed_date"), [NOON] * 2)
        self.assertEqual(tickets.mapped("is_locked"), [False] * 2)
        self.assertFalse(self.t3.locked_date)
        self.assertFalse(self.t4.is_customer_waiting)
        self.assertTrue(self.t7.is_locked, "It is in another stage.")

    def test_tickets_of_a_stage_that_closes_no_more_are_open(self):
        self.assertTrue(self.t12.closed_date)
        self._stage("done").with_user(self.manager).closed = False
        self.assertEqual(
            (self.t10 | self.t12).mapped("closed_date"), [False] * 2, "Archived, too."
        )

    def test_tickets_of_a_stage_that_waits_no_more_have_no_reminder(self):
        reminder = self.t7.activity_schedule(
            "helpdesk_info_center.mail_activity_type_reminder",
            user_id=self.agent_a.id,
        )
        self._set_kind("awaiting", "open")
        self.assertEqual((self.t7 | self.t8).mapped("pending_until"), [False] * 2)
        self.assertFalse(reminder.exists())

    def test_ticket_that_another_team_opens_again_is_closed_no_more(self):
        solved = self.env["helpdesk.ticket.stage"].create(
            {"name": "Solved", "closed": True, "team_ids": self.support.ids}
        )
        ticket = self._create_ticket(partner=self.anna)
        ticket.stage_id = solved
        self.assertEqual(ticket.closed_date, NOON)
        ticket.team_id = self.field
        self.assertEqual(ticket.state_type, "new")
        self.assertFalse(ticket.closed_date)
