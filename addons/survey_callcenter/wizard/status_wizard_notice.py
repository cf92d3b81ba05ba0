from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_time


class SurveyCallcenterStatusWizard(models.TransientModel):
    """Notices: what a manager should know before he applies; nothing is refused."""

    _inherit = "survey.callcenter.status.wizard"

    notice = fields.Text(compute="_compute_notice")
    phone_notice = fields.Char(compute="_compute_phone_notice")

    @api.depends("contact_id", "done", "reopen", "callback_at", "callback_user_id")
    def _compute_notice(self):
        for wizard in self:
            wizard.notice = "\n".join(filter(None, wizard._get_notices())) or False

    @api.depends("contact_id")
    def _compute_phone_notice(self):
        for wizard in self:
            wizard.phone_notice = wizard._get_phone_notice()

    # === BUSINESS METHODS === #

    def _get_notices(self):
        """Return the notices one below the other; some of them are empty."""
        if not self.contact_id:
            return []
        notices = [self._get_refusal_notice()]
        if not self.done and (self.callback_at or self.callback_user_id):
            notices += [
                self._get_change_notice(),
                self._get_survey_notice(),
                self._get_absence_notice(),
                self._get_hours_notice(),
            ]
        return notices

    def _get_refusal_notice(self):
        contact = self.contact_id
        is_reopened = contact.state == "done" and not self.done
        if is_reopened and contact.close_reason == "refused":
            return self.env._("The person has refused to be called.")
        return False

    def _get_change_notice(self):
        """ "User may change" (Benutzer darf wechseln) is off and the agent changes."""
        contact_sudo = (
            self.contact_id.sudo()
        )  # names of a colleague's private selection
        if contact_sudo.allow_user_change or not contact_sudo.contact_established:
            return False
        if self.callback_user_id == contact_sudo.first_user_id:
            return False
        notice = self.env._(
            "“User May Change” is not enabled for the selection “%(selection)s”."
            " Previous agent: %(agent)s.",
            selection=contact_sudo.selection_id.name,
            agent=contact_sudo.first_user_id.name,
        )
        if self.callback_user_id:
            return notice
        return notice + " " + self.env._("The follow-up goes to this agent.")

    def _get_survey_notice(self):
        agents = self.survey_id.cc_agent_ids
        if not agents or not self.callback_user_id or self.callback_user_id in agents:
            return False
        return self.env._(
            "%(agent)s is not assigned to this survey.",
            agent=self.callback_user_id.name,
        )

    def _get_absence_notice(self):
        agent = self.callback_user_id
        if not agent or not self.callback_at:
            return False
        if agent._cc_is_absent(self.callback_at):
            return self.env._("%(agent)s is absent at that time.", agent=agent.name)
        # That a colleague has a meeting is said, not which.
        calls_until = self.callback_at + timedelta(minutes=5)
        if agent.sudo()._cc_get_meetings(
            self.callback_at, calls_until, self.env["calendar.event"]
        ):
            return self.env._(
                "%(agent)s has another meeting at that time.", agent=agent.name
            )
        return False

    def _get_hours_notice(self):
        at = self.callback_at
        return at and self.contact_id._cc_callback_warning(at)

    def _get_phone_notice(self):
        contact_sudo = self.contact_id.sudo()  # the agent may be another company's
        if not contact_sudo.lock_user_id:
            return False
        return self.env._(
            "%(agent)s has been on the phone with this person since %(time)s.",
            agent=contact_sudo.lock_user_id.name,
            time=self._format_time(contact_sudo.locked_at),
        )

    def _format_time(self, at):
        """Return the time of day in the manager's time zone."""
        if not at:
            return ""
        zone = self.env.user.tz or "UTC"
        return format_time(self.env, at, tz=zone, time_format="HH:mm")
