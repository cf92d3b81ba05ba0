from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .contact_queue import CANDIDATES, FREE, LEVELS


class SurveyCallcenterContact(models.Model):
    """Why there is no next contact, and when there will be one."""

    _inherit = "survey.callcenter.contact"

    def _cc_why_empty(self, surveys_sudo, own_sudo):
        """Say why there is no next contact, and when there will be one.

        :param surveys_sudo, own_sudo: see ``_cc_surveys``
        """
        calling_sudo = surveys_sudo._cc_calling()
        waiting = self._cc_waiting(calling_sudo, own_sudo)
        if waiting:
            return self._cc_when(calling_sudo | own_sudo, waiting)
        if not surveys_sudo and not self._cc_surveys()[0]:
            return self._cc_empty(
                "no_survey", self.env._("You are not assigned to a survey that runs.")
            )
        if not calling_sudo:
            return self._cc_empty(
                "stopped",
                self.env._("No calls are being made for the surveys you have chosen."),
            )
        return self._cc_empty(
            "done", self.env._("Nobody is left for you to call in your surveys.")
        )

    def _cc_empty(self, reason, message, next_at=False):
        return {
            "reason": reason,
            "message": message,
            "next_at": fields.Datetime.to_string(next_at),
        }

    def _cc_waiting(self, surveys_sudo, own_sudo):
        """Return ``(survey id, time zone, next call, is agreed)`` of the first ones."""
        return self.env.execute_query(
            SQL(
                """
                SELECT lane.survey_id, lane.tz, first.next_call_at, first.is_agreed
                FROM %(lanes)s CROSS JOIN %(levels)s
                CROSS JOIN LATERAL (
                    SELECT next_call_at, callback_at IS NOT NULL AS is_agreed
                    FROM survey_callcenter_contact
                    WHERE survey_id = lane.survey_id AND priority = level.priority
                        AND tz = lane.tz AND queue_user_id IS NULL AND %(free)s
                    ORDER BY next_call_at LIMIT 1
                ) AS first
                UNION ALL (
                    SELECT survey_id, tz, next_call_at, callback_at IS NOT NULL
                    FROM survey_callcenter_contact
                    WHERE queue_user_id = %(user)s AND survey_id = ANY(%(own_ids)s)
                        AND %(free)s
                    ORDER BY next_call_at LIMIT %(candidates)s
                )
                """,
                lanes=self._cc_lanes(surveys_sudo),
                levels=LEVELS,
                own_ids=own_sudo.ids,
                user=self.env.uid,
                free=FREE,
                candidates=CANDIDATES,
            )
        )

    def _cc_when(self, surveys_sudo, waiting):
        """Say when the first of the waiting contacts can be called."""
        now = fields.Datetime.now()
        surveys = {survey.id: survey for survey in surveys_sudo}
        moments = [
            at if is_agreed else surveys[survey_id]._cc_next_calling_time(at, zone)
            for survey_id, zone, at, is_agreed in (
                (survey_id, zone, max(at, now), is_agreed)
                for survey_id, zone, at, is_agreed in waiting
            )
        ]
        if min(moments) <= now:
            message = self.env._("Colleagues are just taking the last contacts.")
            return self._cc_empty("taken", message, now + timedelta(seconds=5))
        if any(at <= now for _survey, _zone, at, _agreed in waiting):
            message = self.env._(
                "It is not the time to call people now. The calling hours begin later."
            )
            return self._cc_empty("outside_hours", message, min(moments))
        message = self.env._("Nobody is due now. The next call is due later.")
        return self._cc_empty("later", message, min(moments) + timedelta(seconds=1))
