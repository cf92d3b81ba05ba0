from datetime import timedelta

from odoo import fields, models

from .survey_callcenter_contact import FOLLOW_UP, NORMAL


class SurveyCallcenterContact(models.Model):
    """What becomes of a contact after a call: done, excluded, or called again."""

    _inherit = "survey.callcenter.contact"

    def _prepare_saved_vals(self, call):
        """Return the contact's values after the call."""
        outcome = call["outcome"]
        now = fields.Datetime.now()
        vals = self._prepare_free_vals() | {
            "draft_note": False,
            "call_uuid": False,
            "outcome_id": outcome.id,
            "rating_id": call["rating"].id or self.rating_id.id,
            "attempt_count": self.attempt_count + outcome.counts_attempt,
            "last_call_at": now,
            "last_user_id": self.env.uid,
        }
        if outcome.is_contact and not self.contact_established:
            vals |= {"contact_established": True, "first_user_id": self.env.uid}
        return vals | self._prepare_next_vals(call, vals)

    def _prepare_next_vals(self, call, vals):
        """Return whether the contact is done, excluded, or when it is called again.

        A refusal goes before the limit of attempts: it must never look like somebody
        who was just not at home.
        """
        outcome = call["outcome"]
        limit = self.survey_id.cc_max_attempts
        if outcome.close_reason:
            state = "done" if outcome.sets_done else "excluded"
            return {"state": state, "close_reason": outcome.close_reason}
        if call["callback_at"]:
            return self._prepare_callback_vals(call)
        if limit and vals["attempt_count"] >= limit:
            return {"state": "excluded", "close_reason": "max_attempts"}
        return self._prepare_retry_vals(outcome)

    def _prepare_callback_vals(self, call):
        return {
            "state": "open",
            "close_reason": False,
            "priority": FOLLOW_UP,
            "callback_at": call["callback_at"],
            "next_call_at": call["callback_at"],
            "callback_user_id": self.env.uid
            if call["callback_bound"]
            else self._cc_keeper(),
            "callback_note": call["callback_note"] or False,
        }

    def _prepare_retry_vals(self, outcome):
        return {
            "state": "open",
            "close_reason": False,
            "priority": self._cc_usual_priority(),
            "callback_at": False,
            "callback_user_id": self._cc_keeper(),
            "callback_note": False,
            "next_call_at": self._cc_next_attempt(outcome),
        }

    def _cc_usual_priority(self):
        """Return how early the contact comes, where no follow-up was agreed."""
        if self.priority == FOLLOW_UP:
            return self.selection_id.priority or NORMAL
        return self.priority

    def _cc_keeper(self):
        """Return who keeps a contact that the manager gave to another agent.

        Where users may not change it would otherwise go back to the agent it was taken
        from, who is ill.
        """
        is_bound = self.contact_established and not self.allow_user_change
        if is_bound and self.first_user_id != self.env.user:
            return self.callback_user_id.id
        return False

    def _cc_next_attempt(self, outcome):
        """Return when to call again: the delay, the gap, the day's limit, the hours."""
        survey, now = self.survey_id, fields.Datetime.now()
        gap = 0 if outcome.ignore_gap else survey.cc_min_gap_minutes
        at = now + timedelta(minutes=max(outcome.delay_minutes, gap))
        if survey.cc_max_per_day:
            midnight = survey._cc_local_midnight(now, self.tz)
            today = self.env["survey.callcenter.call"].search_count(
                [
                    ("contact_id", "=", self.id),
                    ("call_at", ">=", midnight),
                    ("counts_attempt", "=", True),
                ]
            )
            if today + outcome.counts_attempt >= survey.cc_max_per_day:
                tomorrow = survey._cc_local_midnight(
                    midnight + timedelta(hours=36), self.tz
                )
                at = max(at, tomorrow)
        return survey._cc_next_calling_time(at, self.tz)
