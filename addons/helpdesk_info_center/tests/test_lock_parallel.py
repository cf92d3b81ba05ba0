from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import fields
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

AGENT = "helpdesk_mgmt.group_helpdesk_user"
REMINDER = "helpdesk_info_center.mail_activity_type_reminder"


@tagged("post_install", "-at_install")
class TestLockParallel(TransactionCase):
    """Two agents, or two runs of a job, at the same moment on real connections."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self._delete_committed)
        with self.registry.cursor() as cr:
            self._create_committed(self._env(cr))

    def _env(self, cr):
        context = {"tracking_disable": True, "no_reset_password": True}
        return self.env(cr=cr, su=True, context=context)

    def _create_committed(self, env):
        agents = env["res.users"]
        for name in ("Eva", "Otto"):
            login = f"{name.lower()}@parallel.example"
            agents |= new_test_user(env, login, groups=AGENT, name=name)
        team = env["helpdesk.ticket.team"].create(
            {"name": "Parallel", "user_ids": [Command.set(agents.ids)]}
        )
        ticket = env["helpdesk.ticket"].create(
            {"name": "Printer", "description": "No paper", "team_id": team.id}
        )
        self.agent_ids = agents.ids
        self.created = [ticket, team, team.alias_id, agents, agents.partner_id]
        self.ticket_id = ticket.id

    def _delete_committed(self):
        with self.registry.cursor() as cr:
            env = self._env(cr)
            ticket = env["helpdesk.ticket"].browse(self.ticket_id)
            ticket.activity_ids.unlink()
            for records in self.created:
                env[records._name].browse(records.ids).exists().unlink()

    def _ticket(self, cr, agent=None):
        ticket = self._env(cr)["helpdesk.ticket"].browse(self.ticket_id)
        if agent is None:
            return ticket
        return ticket.with_user(self.agent_ids[agent])

    def test_who_comes_second_is_told_that_somebody_is_at_it(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._ticket(first, agent=0).action_lock()
            first.flush()
            with self.assertRaisesRegex(LockError, "Somebody else is changing"):
                self._ticket(second, agent=1).action_lock()
            first.commit()
        with self.registry.cursor() as cr:
            self.assertEqual(self._ticket(cr).user_id.id, self.agent_ids[0])

    @mute_logger("odoo.sql_db")
    def test_who_looked_before_the_lock_is_served_again_and_told_who_has_it(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertFalse(self._ticket(second, agent=1).is_locked)
            self._ticket(first, agent=0).action_lock()
            first.commit()
            # This error makes the server repeat the request.
            with self.assertRaises(SerializationFailure):
                self._ticket(second, agent=1).action_lock()
            second.rollback()
            with self.assertRaisesRegex(UserError, "is locked by Eva"):
                self._ticket(second, agent=1).action_lock()

    def _let_wait(self):
        with self.registry.cursor() as cr:
            ticket = self._ticket(cr)
            ticket.user_id = self.agent_ids[0]
            ticket._remind_on(fields.Datetime.now() + timedelta(hours=1))
            cr.flush()
            ticket.pending_until = fields.Datetime.now() - timedelta(hours=1)

    def _count_reminders(self):
        with self.registry.cursor() as cr:
            ticket = self._ticket(cr)
            self.assertTrue(ticket.is_reminder_sent)
            reminder = ticket.env.ref(REMINDER)
            return ticket.activity_ids.activity_type_id == reminder and len(
                ticket.activity_ids
            )

    def test_run_that_began_before_another_ended_does_not_remind_again(self):
        self._let_wait()
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertFalse(self._ticket(second).is_reminder_sent)
            self._ticket(first)._cron_remind()
            self._ticket(second)._cron_remind()
        self.assertEqual(self._count_reminders(), 1)

    def test_run_leaves_alone_what_another_run_is_reminding_of(self):
        self._let_wait()
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self._ticket(first)._remind()
            first.flush()
            # Who waits for the other would wait for ever.
            second.execute("SET lock_timeout = '10s'")
            self._ticket(second)._cron_remind()
            second.execute("RESET lock_timeout")
            first.commit()
        self.assertEqual(self._count_reminders(), 1)
