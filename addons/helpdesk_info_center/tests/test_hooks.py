from datetime import timedelta

from odoo.tests import freeze_time
from odoo.tools import SQL

from ..hooks import MESSAGES, STAGES, TARGETS, TICKETS
from .common import CenterCase

COLUMNS = {
    "helpdesk_ticket_stage": ["state_type"],
    "helpdesk_ticket_sla": ["is_target_reached"],
    "helpdesk_ticket": [
        *("state_type", "customer_company_id", "sender_domain"),
        *("escalation_date", "escalation_warning_date"),
    ],
}
SENDERS = (
    *("emil@home.example", "Emil <Emil@Home.Example>", "<emil@home.example>"),
    *("emil", "", " emil@home.example ", '"E, M" <emil@home.example>'),
    *("a@one.example, b@two.example", "emil@", "@home.example", "emil@münchen.example"),
)


class TestHooks(CenterCase):
    """At the installation SQL fills in what the ORM computes afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.late = cls._create_ticket(partner=cls.anna)
        cls._let_escalate(cls.late, cls.now - timedelta(hours=3))
        cls._let_escalate(cls.late, cls.now + timedelta(hours=3))
        cls.kept = cls._create_ticket(partner=cls.anna)
        cls._let_escalate(cls.kept, cls.now).state = "accomplished"
        cls.reopened = cls._create_ticket(partner=cls.anna, stage="done")
        line = cls._let_escalate(cls.reopened, cls.now - timedelta(hours=3))
        cls.reopened.stage_id = cls._stage("in_progress")
        line.state = "expired"
        cls.senders = cls.env["helpdesk.ticket"].concat(
            *(cls._create_ticket(partner_email=sender) for sender in SENDERS)
        )
        cls.alone = cls._create_ticket(
            partner=cls.env["res.partner"].create({"name": "E"})
        )
        cls.env.flush_all()
        # OCA keeps the date of closing when a ticket is opened again.
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET closed_date = now() WHERE id = %s",
            [cls.reopened.id],
        )
        cls.env.invalidate_all()

    def _read_column(self, table, column):
        query = SQL(
            "SELECT id, %s FROM %s ORDER BY id",
            SQL.identifier(column),
            SQL.identifier(table),
        )
        return dict(self.env.execute_query(query))

    def _read(self):
        return {
            (table, column): self._read_column(table, column)
            for table, columns in COLUMNS.items()
            for column in columns
        }

    def _forget(self):
        for table, column in self._read():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = NULL",
                    SQL.identifier(table),
                    SQL.identifier(column),
                )
            )

    def _fill(self):
        for statement in (STAGES, TARGETS, TICKETS):
            self.env.cr.execute(statement)
        self.env.invalidate_all(flush=False)

    def test_sql_fills_in_what_the_orm_computes(self):
        computed = self._read()
        self._forget()
        self._fill()
        for key, filled in self._read().items():
            with self.subTest(column=".".join(key)):
                different = {
                    record: (filled[record], value)
                    for record, value in computed[key].items()
                    if (filled[record] or None) != (value or None)
                }
                self.assertFalse(different, "{id: (by SQL, by the ORM)}")

    def test_every_column_has_something_to_compare(self):
        for key, values in self._read().items():
            with self.subTest(column=".".join(key)):
                self.assertGreater(len({*values.values()}), 1)

    def test_stored_fields_that_are_filled_stand_here(self):
        """A new stored field of a ticket needs a place in the SQL, or a reason."""
        computed = {
            name
            for name, field in self.env["helpdesk.ticket"]._fields.items()
            if field._modules == ("helpdesk_info_center",)
            and field.store
            and (field.compute or field.related)
        }
        self.assertEqual(computed, {*COLUMNS["helpdesk_ticket"]})

    def test_dates_of_closing_are_mended(self):
        """OCA sets none on what is created closed, and keeps it at the reopening."""
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET closed_date = CASE WHEN id = %s THEN now() END",
            [self.t3.id],
        )
        self._fill()
        self.assertFalse(self.t3.closed_date)
        self.assertEqual(self.t11.closed_date, self.t11.last_stage_update)

    def test_reopened_ticket_does_not_escalate_by_what_ran_out(self):
        """OCA's date of closing tells that the ticket was closed once."""
        self._forget()
        self._fill()
        self.assertFalse(self.reopened.escalation_date)
        self.assertTrue(self.reopened.ticket_sla_ids.is_target_reached)
        self.assertTrue(self.late.escalation_date)

    def test_waiting_stage_is_known_by_its_name(self):
        self._forget()
        self._fill()
        self.assertEqual(self._stage("awaiting").state_type, "pending")
        self._stage("awaiting").name = "In the workshop"
        self.env.flush_all()
        self._fill()
        self.assertEqual(self._stage("awaiting").state_type, "open")

    def test_ticket_without_stage_is_filled_too(self):
        self.late.stage_id = False
        self.env.flush_all()
        expected = self.late.escalation_date
        self.assertTrue(expected)
        self._forget()
        self._fill()
        self.assertEqual(self.late.escalation_date, expected)


class TestHooksForMessages(CenterCase):
    """At the installation SQL tells who wrote last, as every message does later."""

    FIELDS = (
        *("last_customer_message_date", "last_agent_message_date"),
        "is_customer_waiting",
    )
    COMMENT = "mail.mt_comment"
    CREATED = "helpdesk_mgmt.hlp_tck_created"

    def setUp(self):
        super().setUp()
        self.minute = 0

    def _write(self, ticket, author, subtype=COMMENT, **values):
        """Write a message one minute after the last one."""
        self.minute += 1
        with freeze_time(f"2031-03-10 09:{self.minute:02}"):
            ticket.message_post(
                body="Hello",
                author_id=author and author.id,
                email_from="somebody@home.example",
                subtype_xmlid=subtype,
                **{"message_type": "email"} | values,
            )

    def _write_all(self):
        agent, employee = self.agent_a.partner_id, self.employee.partner_id
        self._write(self.t1, self.anna, subtype=self.CREATED)
        self._write(self.t2, self.bernd, subtype=self.CREATED)
        self._write(self.t2, self.bernd, message_type="comment")
        self._write(self.t3, self.anna)
        self._write(self.t3, agent)
        self._write(self.t4, agent)
        self._write(self.t4, False)
        self._write(self.t4, agent, subtype="mail.mt_note")
        self._write(self.t4, agent, message_type="notification")
        self._write(self.t5, agent, is_internal=True)
        self._write(self.t5, self.anna, is_internal=True)
        self._write(self.t6, employee)
        self.t9.partner_id = employee
        self._write(self.t9, employee)
        self.t7.partner_id = agent
        self._write(self.t7, agent)
        self._write(self.t8, self.bernd)
        self.t8.stage_id = self._stage("done")
        self._write(self.t10, agent)
        self.env.flush_all()

    def _read(self):
        rows = self.tickets.with_context(active_test=False).read(self.FIELDS)
        return {row["id"]: tuple(row[name] for name in self.FIELDS) for row in rows}

    def _fill_again(self):
        for name in self.FIELDS:
            self.env.cr.execute(
                SQL("UPDATE helpdesk_ticket SET %s = NULL", SQL.identifier(name))
            )
        self.env.cr.execute(MESSAGES)
        self.env.invalidate_all(flush=False)

    def test_sql_fills_in_what_messages_tell(self):
        self._write_all()
        noted = self._read()
        self._fill_again()
        self.assertEqual(self._read(), noted)
        waiting = self.tickets.filtered("is_customer_waiting")
        self.assertEqual(waiting, self.t2 | self.t4 | self.t9)

    def test_ticket_that_an_old_mail_made_is_not_to_be_written_again(self):
        self.t1.channel_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email")
        self.assertTrue(self.t1.is_email_to_send)
        self._write(self.t1, self.anna, subtype=self.CREATED)
        self.env.flush_all()
        self._fill_again()
        self.assertFalse(self.t1.is_email_to_send)
