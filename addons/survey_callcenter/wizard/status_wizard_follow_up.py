from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.survey_callcenter_contact import FOLLOW_UP
from .starting_value import starts_with

AGENT = "survey_callcenter.group_cc_agent"


class SurveyCallcenterStatusWizard(models.TransientModel):
    """Follow-up (Wiedervorlage): when the person is called again, and by whom."""

    _inherit = "survey.callcenter.status.wizard"

    callback_at = fields.Datetime(
        string="Follow-Up",
        **starts_with(
            "callback_at", lambda wizard: wizard._get_follow_up("callback_at"), "done"
        ),
    )
    callback_user_id = fields.Many2one(
        "res.users",
        string="Agent",
        **starts_with(
            "callback_user_id",
            lambda wizard: wizard._get_follow_up("callback_user_id"),
            "done",
        ),
        help="Empty: any agent.",
    )
    callback_note = fields.Char(
        string="Note on the Follow-Up",
        **starts_with(
            "callback_note",
            lambda wizard: wizard._get_follow_up("callback_note"),
            "done",
        ),
    )

    # === BUSINESS METHODS === #

    @api.model
    def follow_up_days(self, user_id, date_from, date_to):
        """Return how many follow-ups an agent (none: anyone) has on each day."""
        contacts = self.env["survey.callcenter.contact"]
        contacts._check_dialog_group()
        return contacts._cc_count_follow_ups(user_id, date_from, date_to)

    def _get_follow_up(self, name):
        """Return what the follow-up is now; a contact that is done has none."""
        contact = self.contact_id.browse() if self.done else self.contact_id
        return contact[name]

    def _is_follow_up_changed(self):
        contact = self.contact_id
        return any(
            (self[name] or False) != (contact[name] or False)
            for name in ("callback_at", "callback_user_id", "callback_note")
        )

    def _check_follow_up(self):
        """Refuse follow-ups that cannot be: one place, whoever asks for them."""
        if self.done:
            return self._check_done_without_follow_up()
        if not self._is_follow_up_changed():
            return None
        if not self.callback_at:
            return self._check_no_agent_without_date()
        if self.state == "excluded" and not self.reopen:
            raise ValidationError(
                self.env._(
                    "%(person)s is excluded. Put the person back on the list first.",
                    person=self.contact_id.person_name,
                )
            )
        self._check_follow_up_date()
        return self._check_follow_up_agent()

    def _check_done_without_follow_up(self):
        if self.callback_at or self.callback_user_id:
            raise ValidationError(
                self.env._("A contact that is done cannot have a follow-up.")
            )

    def _check_no_agent_without_date(self):
        is_new_note = self.callback_note and not self.contact_id.callback_at
        if self.callback_user_id or is_new_note:
            raise ValidationError(
                self.env._(
                    "Please choose a date for the follow-up, or clear the agent too:"
                    " then there is no follow-up."
                )
            )

    def _check_follow_up_date(self):
        """An overdue follow-up may be given to another agent, as it is."""
        if self.callback_at != self.contact_id.callback_at:
            self.contact_id._cc_check_callback_at(self.callback_at)

    def _check_follow_up_agent(self):
        agent = self.callback_user_id
        if not agent or agent == self.contact_id.callback_user_id:
            return
        company = self.contact_id.company_id
        # Who may work for the company, and as what, is asked of a colleague.
        agent_sudo = agent.sudo()
        if (
            not agent_sudo.active
            or not agent_sudo.has_group(AGENT)
            or company not in agent_sudo.company_ids
        ):
            raise ValidationError(
                self.env._(
                    "%(user)s is not an agent of %(company)s.",
                    user=agent_sudo.name,
                    company=company.name,
                )
            )

    def _prepare_follow_up_vals(self):
        """Return what a changed follow-up means for the queue."""
        if self.done or not self._is_follow_up_changed():
            return {}
        return {
            "callback_at": self.callback_at,
            "callback_user_id": self.callback_user_id.id,
            "callback_note": self.callback_at and self.callback_note,
            **self._prepare_queue_vals(),
        }

    def _prepare_queue_vals(self):
        if self.callback_at:
            return {"next_call_at": self.callback_at, "priority": FOLLOW_UP}
        return {
            "next_call_at": self._get_next_call_at(),
            "priority": self.contact_id._cc_usual_priority(),
        }

    def _get_next_call_at(self):
        """Return when a contact without a follow-up may be called: after the gap."""
        now, last = fields.Datetime.now(), self.contact_id.last_call_at
        gap = timedelta(minutes=self.survey_id.cc_min_gap_minutes)
        return max(now, last + gap) if last else now
