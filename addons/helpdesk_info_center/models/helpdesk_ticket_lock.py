from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ..tools.groups import AGENT, MANAGER


class HelpdeskTicket(models.Model):
    """An agent who works on a ticket locks it, so that nobody else works on it too."""

    _inherit = "helpdesk.ticket"

    is_locked = fields.Boolean(
        string="Locked",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The assigned agent works on this ticket; others leave it to him.",
    )
    locked_date = fields.Datetime(
        string="Locked on", readonly=True, copy=False, groups="base.group_user"
    )

    _locked_idx = models.Index("(locked_date) WHERE is_locked")

    def write(self, vals):
        is_given_away = not {"user_id", "team_id"}.isdisjoint(vals)
        # Who gives a ticket away may not be allowed to see it any more.
        tickets_sudo = self.sudo() if is_given_away else self.browse()
        locked_sudo = tickets_sudo.filtered("is_locked")
        holders = {ticket: ticket.user_id for ticket in locked_sudo}
        result = super().write(vals)
        if "is_locked" not in vals:
            locked_sudo.filtered(
                lambda ticket: ticket.user_id != holders[ticket]
            )._release()
        return result

    def _apply_state(self):
        self.filtered(
            lambda ticket: ticket.is_locked and ticket.state_type == "closed"
        )._release()
        return super()._apply_state()

    # === ACTION METHODS === #

    def action_lock(self):
        """Take tickets: all of them, or none if another agent has locked one."""
        me = self.env.user
        self._check_agent_can_have(me)
        self._lock_rows()
        for ticket in self:
            ticket._check_is_lockable(me)
        self.filtered(lambda ticket: not ticket._is_held())._give_to(me, is_locked=True)

    def action_unlock(self):
        locked = self.filtered("is_locked")
        if not self._is_lock_manager():
            for ticket in locked.filtered(lambda t: t._is_held_by_other(self.env.user)):
                raise UserError(
                    self.env._(
                        "Ticket %(number)s is locked by %(holder)s. Only this agent or"
                        " a helpdesk manager can unlock it.",
                        number=ticket.number,
                        holder=ticket.user_id.name,
                    )
                )
        locked._unlock()

    def action_force_unlock(self):
        """Give tickets free that others have locked."""
        if not self._is_lock_manager():
            raise AccessError(
                self.env._("Only a helpdesk manager can unlock other agents' tickets.")
            )
        self.filtered("is_locked")._unlock()

    # === BUSINESS METHODS === #

    def _assign(self, user, is_locked=False):
        """Give tickets to an agent, and lock them for him if so wished."""
        self._check_agent_can_have(user)
        self._lock_rows()
        self._give_to(user, is_locked=is_locked)

    def _check_agent_can_have(self, user):
        if not self.has_access("write"):
            raise UserError(
                self.env._("You are not allowed to change all of these tickets.")
            )
        if not user.has_group(AGENT):
            raise UserError(
                self.env._(
                    "%(name)s is no helpdesk agent and cannot have tickets.",
                    name=user.name,
                )
            )
        for team in self.team_id:
            if user not in team.user_ids:
                raise UserError(
                    self.env._(
                        "%(agent)s is not a member of the team %(team)s and cannot have"
                        " its tickets.",
                        agent=user.name,
                        team=team.display_name,
                    )
                )

    def _lock_rows(self):
        """Two agents who take the same ticket at once do not both get it."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._("Somebody else is changing this ticket. Please try again.")
            ) from error

    def _is_held(self):
        """Whether somebody holds the lock; an agent who left holds nothing."""
        return self.is_locked and self.user_id.active

    def _is_held_by_other(self, user):
        return self._is_held() and self.user_id != user

    def _check_is_lockable(self, user):
        if self._is_held_by_other(user):
            raise UserError(
                self.env._(
                    "Ticket %(number)s is locked by %(holder)s.",
                    number=self.number,
                    holder=self.user_id.name,
                )
            )
        if self.state_type == "closed":
            raise UserError(
                self.env._(
                    "Ticket %(number)s is closed. Open it before you lock it.",
                    number=self.number,
                )
            )

    def _give_to(self, user, is_locked=False):
        """Make an agent the owner.

        Each ticket is written once: afterwards it may be out of the sight of who gave
        it away.
        """
        # A closed ticket can be given to somebody, but there is nothing to lock.
        lockable = self.filtered(lambda t: is_locked and t.state_type != "closed")
        foreign = self.filtered(lambda ticket: ticket.user_id != user)
        lockable.filtered(lambda t: not t.is_locked or t in foreign)._lock_for(user)
        (foreign - lockable).write({"user_id": user.id})

    def _lock_for(self, user):
        self._note_lock(self.env._("Ticket locked for %(agent)s.", agent=user.name))
        lock = {"is_locked": True, "locked_date": fields.Datetime.now()}
        owned = self.filtered(lambda ticket: ticket.user_id == user)
        owned.write(lock)
        (self - owned).write({"user_id": user.id, **lock})

    def _unlock(self):
        me = self.env.user
        held = self.filtered(lambda ticket: ticket.user_id == me)
        held._note_lock(self.env._("Ticket unlocked."))
        for ticket in self - held:
            ticket._note_lock(
                self.env._(
                    "Ticket unlocked. It was locked by %(holder)s.",
                    holder=ticket.user_id.name,
                )
            )
        self._release()

    def _release(self):
        self.write({"is_locked": False, "locked_date": False})

    def _note_lock(self, text):
        """Log a note in the ticket; nobody gets a mail."""
        self._message_log_batch({ticket.id: text for ticket in self})

    def _is_lock_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)
