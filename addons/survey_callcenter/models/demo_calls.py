from datetime import timedelta

from pytz import timezone, utc

from odoo import fields, models

ZONE = timezone("Europe/Berlin")


class SurveySurvey(models.Model):
    """The days before today in a call center, for the demo data only.

    The contacts become what they would have become on those days: by the same rules as
    calls that agents save.
    """

    _inherit = "survey.survey"

    def _cc_load_demo_list(self):
        """Release the survey and write its contact list at once."""
        self._cc_move_to("released")
        for job in self.cc_list_job_ids.sorted("id"):
            job._write_batch()
        self._cc_start_running()

    def _cc_load_demo_calls(self, partner_id, calls):
        """Call a person of the contact list.

        :param calls: ``(agent, day, time, minutes, outcome, more)`` of each, the oldest
            first. Agent and outcome are named as in the demo data; the day counts
            working days back from today, on which the time is "how long ago".
            ``more`` may have rating, note, callback_at and callback_note.
        """
        contact = self.env["survey.callcenter.contact"].search(
            [("survey_id", "=", self.id), ("partner_id", "=", partner_id)]
        )
        contact.user_input_id = self.env["survey.user_input"].search(
            [("survey_id", "=", self.id), ("partner_id", "=", partner_id)], limit=1
        )
        for agent, day, time, minutes, outcome, more in calls:
            user = self.env.ref(f"survey_callcenter.user_{agent}")
            start = _get_moment(day, time)
            call = contact._prepare_demo_call(outcome, more)
            contact.with_user(user).sudo()._save_demo_call(call, start, minutes)

    def _cc_load_demo_visits(self):
        """Enter the visits into the calendars; their protocols have been sent."""
        visits = self.env["survey.callcenter.appointment"]
        for visit in visits.search([("survey_id", "=", self.id)], order="id"):
            visit._sync_event()
            visit.protocol_sent_at = visit.contact_id.done_at
            visit.protocol_rep_ids = visit.previous_rep_id or visit.rep_id


class SurveyCallcenterContact(models.Model):
    """One call of the demo data."""

    _inherit = "survey.callcenter.contact"

    def _prepare_demo_call(self, outcome, more):
        outcome = self.env.ref(f"survey_callcenter.outcome_{outcome}")
        rating = outcome.default_rating_id
        if more.get("rating"):
            rating = self.env.ref(f"survey_callcenter.rating_{more['rating']}")
        return {
            "outcome": outcome,
            "rating": rating,
            "note": more.get("note", ""),
            "callback_at": more.get("callback_at", False),
            "callback_bound": True,
            "callback_note": more.get("callback_note", ""),
        }

    def _save_demo_call(self, call, start, minutes):
        """Save a call of the past; the user is the agent, with all rights."""
        stop = start + timedelta(minutes=minutes)
        self._cc_apply_call(call, self._prepare_demo_vals(call, stop), start, stop)
        self.changed_at = stop
        if self.state == "done":
            self._note_demo_done(call["note"], start, stop)

    def _prepare_demo_vals(self, call, stop):
        """Return what the call makes of the contact, as if it had just ended."""
        vals = self._prepare_saved_vals(call) | {"last_call_at": stop}
        if vals.get("next_call_at") and not call["callback_at"]:
            delay = timedelta(minutes=call["outcome"].delay_minutes)
            survey = self.survey_id
            vals["next_call_at"] = survey._cc_next_calling_time(stop + delay, self.tz)
        return vals

    def _note_demo_done(self, note, start, stop):
        self.done_at = stop
        self._cc_write_history(note, True, True).date = stop
        self.user_input_id.write({"start_datetime": start, "end_datetime": stop})


def _get_moment(day, time):
    """Return a time of the last working days, or one that was so long ago."""
    hours, minutes = map(int, time.split(":"))
    now = fields.Datetime.now().replace(second=0)
    if not day:
        return now - timedelta(hours=hours, minutes=minutes)
    local = utc.localize(now).astimezone(ZONE).replace(tzinfo=None)
    while day:
        local -= timedelta(days=1)
        day -= local.weekday() < 5
    local = local.replace(hour=hours, minute=minutes)
    return ZONE.localize(local).astimezone(utc).replace(tzinfo=None)
