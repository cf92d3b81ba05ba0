from datetime import MAXYEAR, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.calling_window import to_utc
from .survey_life_cycle import CALLING

# The month view asks for a month, with the ends of the weeks around it.
MAX_DAYS = 62


class SurveyCallcenterContact(models.Model):
    """What the work screen asks while an agent enters a follow-up or a visit."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_check_callback(self, call_uuid, at):
        """Warn of a follow-up outside the hours in which the person may be called."""
        contact_sudo = self._cc_held_call(call_uuid)
        at = self._cc_read_callback(at)
        if not at or not contact_sudo:
            return {"warning": False}
        return {"warning": contact_sudo._cc_callback_warning(at)}

    def _cc_callback_warning(self, at):
        """Return a sentence if people are not called then, else ``False``.

        A follow-up that was agreed with the person is called all the same.
        """
        if self.survey_id._cc_is_calling_time(at, self.tz):
            return False
        return self.env._(
            "The follow-up lies outside the calling hours of the person (%(zone)s).",
            zone=self.tz or self.env._("time zone unknown"),
        )

    @api.model
    def cc_follow_up_days(self, date_from, date_to):
        """Return how many follow-ups wait for the agent on each day."""
        self._cc_check_agent()
        # Only numbers, and only his own.
        return self.sudo()._cc_count_follow_ups(self.env.uid, date_from, date_to)

    @api.model
    def _cc_count_follow_ups(self, user_id, date_from, date_to):
        """Return ``{day: number}`` of somebody's follow-ups that will come up.

        Days are those of who asks; both bounds belong to them.

        :param user_id: whose; false: those for anyone
        :raise ValidationError: these are no days, or too many
        """
        first, last = self._cc_read_days(date_from, date_to)
        zone = self.env.user.tz or "UTC"
        start, stop = (
            to_utc(datetime.combine(day, time.min), zone)
            for day in (first, last + timedelta(days=1))
        )
        groups = self.with_context(tz=zone)._read_group(
            [
                ("state", "=", "open"),
                ("survey_id.cc_state", "in", CALLING),
                ("company_id", "in", self.env.companies.ids),
                ("callback_user_id", "=", user_id or False),
                ("callback_at", ">=", start),
                ("callback_at", "<", stop),
            ],
            ["callback_at:day"],
            ["__count"],
        )
        return {day.date().isoformat(): count for day, count in groups}

    def _cc_read_days(self, date_from, date_to):
        try:
            first, last = (fields.Date.to_date(day) for day in (date_from, date_to))
            is_valid = first <= last <= first + timedelta(days=MAX_DAYS)
            is_valid = is_valid and last.year < MAXYEAR
        except (TypeError, ValueError, OverflowError):
            is_valid = False
        if not is_valid:
            raise ValidationError(self.env._("These days cannot be shown."))
        return first, last

    @api.model
    def cc_check_appointment(self, call_uuid, values):
        """Warn of another meeting of the representative, where the survey allows it."""
        contact_sudo = self._cc_held_call(call_uuid)
        if not contact_sudo:
            return {"warning": False}
        return {"warning": contact_sudo._cc_appointment_warning(values)}

    @api.model
    def cc_free_slots(self, call_uuid, rep_id, date):
        """Return when a representative of the survey has time on a day."""
        contact_sudo = self._cc_held_call(call_uuid)
        survey_sudo = contact_sudo.survey_id
        rep_sudo = self._cc_choose(survey_sudo.cc_rep_ids, rep_id)
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = False
        if not rep_sudo or not day:
            return {"slots": []}
        moving = contact_sudo._cc_active_appointment()
        return {"slots": survey_sudo._cc_free_slots(rep_sudo, day, moving=moving)}
