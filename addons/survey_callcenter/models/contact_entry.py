from datetime import datetime, timedelta

from odoo import api, fields, models


class SurveyCallcenterContact(models.Model):
    """What the work screen asks while an agent enters a follow-up or a visit."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_check_callback(self, call_uuid, at):
        """Warn of a follow-up outside the hours in which the person may be called."""
        self._cc_check_agent()
        contact_sudo = self._cc_held()
        at = self._cc_read_callback(at)
        if not at or contact_sudo.call_uuid != call_uuid:
            return {"warning": False}
        return {"warning": contact_sudo._cc_callback_warning(at)}

    def _cc_callback_warning(self, at):
        """Return a sentence if people are not called then, else ``False``.

        A follow-up that was agreed with the person is called all the same.
        """
        if self.survey_id._cc_is_calling_time(at, self.tz):
            return False
        return self.env._("This is outside the calling hours where the person is.")

    @api.model
    def cc_follow_up_days(self, date_from, date_to):
        """Return how many follow-ups wait for the agent on each day."""
        self._cc_check_agent()
        return self._cc_count_follow_ups(self.env.user, date_from, date_to)

    def _cc_count_follow_ups(self, user, date_from, date_to):
        """Return ``{day: number}`` of a user's follow-ups, in the zone of who asks.

        :param user: whose; nobody's: those for anyone
        :param date_from, date_to: ISO dates; junk gives nothing
        """
        try:
            first, last = map(datetime.fromisoformat, (date_from, date_to))
            first, last = first - timedelta(days=1), last + timedelta(days=2)
        except (TypeError, ValueError, OverflowError):
            return {}
        zone = self.env.tz or "UTC"
        contacts_sudo = self.sudo().with_context(tz=str(zone))  # only numbers
        groups = contacts_sudo._read_group(
            [
                ("callback_at", ">=", first),
                ("callback_at", "<", last),
                ("callback_user_id", "=", user.id or False),
                ("survey_id.cc_state", "in", ("released", "running")),
                ("company_id", "in", self.env.companies.ids),
                ("state", "=", "open"),
            ],
            ["callback_at:day"],
            ["__count"],
        )
        return {day.date().isoformat(): count for day, count in groups}

    @api.model
    def cc_free_slots(self, call_uuid, rep_id, date):
        """Return when a representative of the survey has time on a day."""
        self._cc_check_agent()
        contact_sudo = self._cc_held()
        survey_sudo = contact_sudo.survey_id
        rep_sudo = self._cc_choose(survey_sudo.cc_rep_ids, rep_id)
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = False
        if not rep_sudo or not day or contact_sudo.call_uuid != call_uuid:
            return {"slots": [], "message": self.env._("Please choose a day.")}
        moving = contact_sudo._cc_active_appointment()
        slots = survey_sudo._cc_free_slots(rep_sudo, day, moving=moving)
        message = False if slots else self.env._("There is no free time on this day.")
        return {"slots": slots, "message": message}
