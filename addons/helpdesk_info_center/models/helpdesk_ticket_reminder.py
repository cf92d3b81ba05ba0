import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

REMINDER = "helpdesk_info_center.mail_activity_type_reminder"


class HelpdeskTicket(models.Model):
    """A pending ticket waits until a date, when somebody is reminded of it."""

    _inherit = "helpdesk.ticket"

    pending_until = fields.Datetime(
        string="Remind on", copy=False, tracking=True, groups="base.group_user"
    )
    is_reminder_sent = fields.Boolean(copy=False, groups="base.group_user")

    def write(self, vals):
        if "pending_until" in vals:
            vals = {"is_reminder_sent": False, **vals}
        result = super().write(vals)
        if "pending_until" in vals:
            # The activity may be another agent's.
            self.sudo().activity_unlink([REMINDER])
        return result

    def _apply_state(self):
        self.filtered(
            lambda ticket: ticket.pending_until and ticket.state_type != "pending"
        ).pending_until = False
        return super()._apply_state()

    def _remind_on(self, until):
        """Let tickets wait until a date; those that wait already keep their stage."""
        if not until or until <= fields.Datetime.now():
            raise UserError(self.env._("Choose a date in the future for the reminder."))
        for ticket in self.filtered(lambda ticket: ticket.state_type == "closed"):
            raise UserError(
                self.env._(
                    "Ticket %(number)s is closed. Open it before you set a reminder.",
                    number=ticket.number,
                )
            )
        waiting = self.filtered(lambda ticket: ticket.state_type == "pending")
        (self - waiting)._move_to("pending", pending_until=until)
        waiting.pending_until = until

    def _end_reminder(self):
        """Pending tickets are worked on again."""
        for ticket in self.filtered(lambda ticket: ticket.state_type == "pending"):
            stage = ticket._get_first_stage("open") or ticket._get_first_stage("new")
            # Without any other stage the ticket stays, but nothing is due any more.
            ticket.write({"stage_id": stage.id} if stage else {"pending_until": False})

    @api.model
    def _cron_remind(self):
        domain = self._due_reminder_domain()
        tickets = self.search(domain, order="pending_until, id")
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(tickets))
        for ticket in tickets:
            ticket._remind_if_due(domain)
            if not progress(1):
                break

    @api.model
    def _due_reminder_domain(self):
        has_somebody = Domain.OR(
            Domain(name, "!=", False)
            for name in ("user_id", "responsible_id", "team_id.user_id")
        )
        is_new = Domain("is_reminder_sent", "=", False)
        return has_somebody & self._due_domain() & is_new

    @api.model
    def _due_domain(self):
        """Return which tickets wait no longer: their reminder date is reached."""
        is_due = Domain("pending_until", "<=", fields.Datetime.now())
        return Domain("state_type", "=", "pending") & is_due

    def _remind_if_due(self, domain):
        """Remind of a ticket; one that fails does not keep others from their turn."""
        try:
            with self.env.cr.savepoint():
                # Another run may have reminded of it, or the customer has answered.
                self.try_lock_for_update().filtered_domain(domain)._remind()
        except Exception:
            _logger.exception("A reminder of a ticket failed")

    def _remind(self):
        """Give the agent an activity. A ticket that nobody has is kept for later."""
        # A mail server that is down must not cost the reminder.
        for ticket in self.with_context(mail_notify_force_send=False):
            user = ticket._get_user_to_remind()
            if user:
                today = fields.Date.context_today(ticket.with_context(tz=user.tz))
                ticket.activity_schedule(REMINDER, today, user_id=user.id)
                ticket.is_reminder_sent = True
                ticket._send_queued_mails()

    def _get_user_to_remind(self):
        """Return the owner, else the responsible, else the team's leader."""
        for user in (self.user_id, self.responsible_id, self.team_id.user_id):
            # Nobody can have an activity on a ticket that he may not open.
            if user.active and self.with_user(user).has_access("read"):
                return user
        return self.env["res.users"]
