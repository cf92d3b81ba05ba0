from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .appointment_check import FARTHEST
from .contact_lock import NOTE_LENGTH

# A follow-up "now" takes a moment to be typed and saved.
TOLERANCE = timedelta(minutes=5)


class SurveyCallcenterContact(models.Model):
    """What an agent enters at the end of a call, checked and saved."""

    _inherit = "survey.callcenter.contact"

    def _cc_save_call(self, values):
        """Save the call of this contact: the agent holds it, the caller locked it.

        Runs as the superuser from here: agents may neither read surveys nor write.
        """
        call = self._prepare_agent_call(values)
        if call["appointment"]:
            self._cc_check_appointment(call["appointment"])
        vals = self._prepare_saved_vals(call)
        self._cc_apply_call(call, vals, self._cc_call_start(), fields.Datetime.now())
        if vals["state"] == "done":
            self._cc_write_history(
                call["note"], call["create_history"], call["include_notes"]
            )
        if call["appointment"]:
            self._cc_set_appointment(call["appointment"])._cc_queue_protocol()

    def _cc_apply_call(self, call, vals, start, stop):
        """Make of the contact what the call means, and note down the call."""
        outcome = call["outcome"]
        if outcome.close_reason == "dnc" and self.phone_e164:
            # Agents have no right on the list, but what the person says counts.
            self.env["phone.blacklist"]._add([self.phone_e164])
        self._cc_apply(
            vals,
            "agent",
            call_uuid=self.call_uuid,
            call_at=start,
            duration=(stop - start).total_seconds() / 60,
            note=call["note"],
            outcome_id=outcome.id,
            rating_id=call["rating"].id,
            counts_attempt=outcome.counts_attempt,
            is_contact=outcome.is_contact,
            is_completed=outcome.close_reason == "completed",
        )

    def _cc_call_start(self):
        """Return when the call began, also where the job took the contact away."""
        lost_sudo = self._cc_calls(self.call_uuid, ["system"])
        return self.locked_at or lost_sudo.call_at or fields.Datetime.now()

    def _prepare_agent_call(self, values):
        """Return what the agent entered, checked.

        :raise UserError: says in plain words what is missing or wrong
        """
        survey = self.survey_id
        outcome = self._cc_choose(survey.cc_outcome_ids, values.get("outcome_id"))
        if not outcome:
            raise UserError(self.env._("Please choose what came of the call."))
        rating = outcome.default_rating_id & survey.cc_rating_ids
        if values.get("rating_id"):
            rating = self._cc_choose(survey.cc_rating_ids, values["rating_id"])
            if not rating:
                raise UserError(
                    self.env._("This rating does not belong to the survey.")
                )
        call = {
            "outcome": outcome,
            "rating": rating,
            "note": self._cc_clean_text(values.get("note")),
            "callback_at": self._cc_read_callback(values.get("callback_at")),
            "callback_bound": values.get("callback_bound", True),
            "callback_note": self._cc_clean_text(values.get("callback_note")),
            "create_history": bool(values.get("create_history", True)),
            "include_notes": bool(
                values.get("include_notes", survey.cc_history_include_notes)
            ),
            "appointment": values.get("appointment") or False,
        }
        self._cc_check_call(call)
        return call

    def _cc_choose(self, records, record_id):
        return records.filtered(lambda record: record.id == record_id)

    def _cc_read_callback(self, value):
        if not value:
            return False
        try:
            return fields.Datetime.to_datetime(value)
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("This is no date and time for a follow-up.")
            ) from error

    def _cc_check_call(self, call):
        outcome = call["outcome"]
        if len(call["note"]) > NOTE_LENGTH or len(call["callback_note"]) > NOTE_LENGTH:
            raise UserError(
                self.env._("A note can have %(count)s characters.", count=NOTE_LENGTH)
            )
        if outcome.require_note and not call["note"]:
            raise UserError(
                self.env._("“%(outcome)s” needs a note.", outcome=outcome.name)
            )
        if outcome.require_callback and not call["callback_at"]:
            raise UserError(
                self.env._("“%(outcome)s” needs a follow-up.", outcome=outcome.name)
            )
        if outcome.close_reason and call["callback_at"]:
            raise UserError(
                self.env._("A contact that is closed cannot have a follow-up.")
            )
        is_refused = outcome.close_reason and outcome.close_reason != "completed"
        if call["appointment"] and is_refused:
            raise UserError(
                self.env._(
                    "“%(outcome)s” does not go with an appointment.",
                    outcome=outcome.name,
                )
            )
        is_agreed = call["appointment"] or self._cc_active_appointment()
        if outcome.type == "appointment" and not is_agreed:
            raise UserError(
                self.env._("“%(outcome)s” needs an appointment.", outcome=outcome.name)
            )
        self._cc_check_callback_at(call["callback_at"])

    @api.model
    def _cc_check_callback_at(self, at):
        """Refuse a follow-up that nobody would see come up.

        :raise ValidationError: the moment has passed, or is years away
        """
        if at and at < fields.Datetime.now() - TOLERANCE:
            raise ValidationError(
                self.env._(
                    "The follow-up lies in the past. Please choose another date."
                )
            )
        if at and at > fields.Datetime.now() + FARTHEST:
            raise ValidationError(self.env._("A follow-up is at most two years ahead."))
