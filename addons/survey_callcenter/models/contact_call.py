from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .contact_lock import NOTE_LENGTH

# A follow-up "now" takes a moment to be typed and saved.
TOLERANCE = timedelta(minutes=5)


class SurveyCallcenterContact(models.Model):
    """What an agent saves at the end of a call."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_save(self, call_uuid, values):
        """Save the call that the agent holds, once, and give the contact free.

        Saving the same call again changes nothing. Who has lost the contact meanwhile
        is told so, and what he typed is kept.

        :param call_uuid: the id of the call, from ``cc_next``
        :param values: what the agent entered: ``outcome_id``, ``rating_id``, ``note``,
            ``callback_at`` (UTC), ``callback_bound``, ``callback_note``,
            ``create_history``, ``include_notes``, ``appointment``
        :raise UserError: something is missing or wrong
        """
        self._cc_check_agent()
        values = values if isinstance(values, dict) else {}
        if self._cc_saved_call(call_uuid):
            return self._cc_saved_answer()
        contact_sudo = self._cc_lock_call(call_uuid)
        if not contact_sudo:
            return self._cc_gone(call_uuid, values)
        contact_sudo._cc_save_call(values)
        return self._cc_saved_answer()

    def _cc_saved_answer(self):
        message = self.env._("The call is saved.")
        return {"status": "saved", "message": message} | self._cc_side()

    # === WHOSE CALL === #

    def _cc_calls(self, call_uuid, sources):
        """Return what is on record about a call of this agent."""
        if not isinstance(call_uuid, str) or not call_uuid:
            return self.env["survey.callcenter.call"]
        calls_sudo = self.env["survey.callcenter.call"].sudo()  # the agent's own only
        return calls_sudo.search(
            [
                ("call_uuid", "=", call_uuid.replace("\0", "")),
                ("user_id", "=", self.env.uid),
                ("source", "in", sources),
            ],
            limit=1,
        )

    def _cc_saved_call(self, call_uuid):
        return self._cc_calls(call_uuid, ["agent"])

    def _cc_lock_call(self, call_uuid):
        """Lock and return the contact of a call (of the superuser), or none.

        An agent who was away too long still has it while nobody else does.
        """
        if not isinstance(call_uuid, str) or not call_uuid:
            return self.sudo()
        contact_sudo = self.sudo().search(  # whoever knows the id got it from cc_next
            [("call_uuid", "=", call_uuid.replace("\0", ""))], limit=1
        )
        if not contact_sudo:
            return contact_sudo
        if not contact_sudo.try_lock_for_update():
            raise UserError(
                self.env._("This contact is being changed right now. Please try again.")
            )
        contact_sudo.invalidate_recordset()
        is_mine = contact_sudo.lock_user_id == self.env.user
        was_mine = not contact_sudo.lock_user_id and self._cc_calls(
            call_uuid, ["system"]
        )
        is_there = contact_sudo.call_uuid == call_uuid and contact_sudo.state == "open"
        return contact_sudo if is_there and (is_mine or was_mine) else self.sudo()

    def _cc_gone(self, call_uuid, values):
        """Tell an agent that he has lost the contact; keep what he typed."""
        lost_sudo = self._cc_calls(call_uuid, ["system", "take_over"])
        note = self._cc_clean_text(values.get("note"))[:NOTE_LENGTH]
        if lost_sudo and note and note != lost_sudo.note:
            lost_sudo.note = "\n\n".join(filter(None, [lost_sudo.note, note]))
        message = self._cc_gone_message(call_uuid)
        return {"status": "gone", "message": message} | self._cc_side()

    def _cc_gone_message(self, call_uuid):
        lost_sudo = self._cc_calls(call_uuid, ["system", "take_over"])
        holder_sudo = lost_sudo.contact_id.lock_user_id or (
            lost_sudo.contact_id.changed_by_id
            if lost_sudo.source == "take_over"
            else lost_sudo.user_id.browse()
        )
        if holder_sudo and holder_sudo != self.env.user:
            return self.env._(
                "%(user)s has taken this contact over. Your notes are kept in the call"
                " list.",
                user=holder_sudo.name,
            )
        return self.env._(
            "You do not hold this contact any more."
            " Your notes are kept in the call list."
        )

    # === SAVE === #

    def _cc_save_call(self, values):
        """Save the call of this contact: the agent holds it, the caller locked it.

        Runs as the superuser from here: agents may neither read surveys nor write.
        """
        call = self._prepare_agent_call(values)
        if call["appointment"]:
            self._cc_check_appointment(call["appointment"])
        vals = self._prepare_saved_vals(call)
        was_done = self.state == "done"
        started = self.locked_at or fields.Datetime.now()
        if call["outcome"].adds_dnc and self.phone_e164:
            # Agents have no right on the list, but what the person says counts.
            self.env["phone.blacklist"].sudo()._add([self.phone_e164])
        self._cc_apply(
            vals,
            "agent",
            call_uuid=self.call_uuid,
            call_at=started,
            duration=(fields.Datetime.now() - started).total_seconds() / 60,
            note=call["note"],
            outcome_id=call["outcome"].id,
            counts_attempt=call["outcome"].counts_attempt,
            is_contact=call["outcome"].is_contact,
            is_completed=vals["state"] == "done"
            and vals["close_reason"] == "completed",
        )
        if vals["state"] == "done" and not was_done:
            self._cc_write_history(
                call["note"], call["create_history"], call["include_notes"]
            )
        if call["appointment"]:
            self._cc_set_appointment(call["appointment"])._cc_queue_protocol()

    def _prepare_agent_call(self, values):
        """Return what the agent entered, checked.

        :raise UserError: says in plain words what is missing or wrong
        """
        survey = self.survey_id
        outcome = self._cc_choose(survey.cc_outcome_ids, values.get("outcome_id"))
        if not outcome:
            raise UserError(self.env._("Please choose what came of the call."))
        rating = outcome.default_rating_id
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
        closes = outcome.sets_done or outcome.close_reason or outcome.adds_dnc
        if closes and call["callback_at"]:
            raise UserError(
                self.env._("A contact that is closed cannot have a follow-up.")
            )
        is_agreed = call["appointment"] or self._cc_active_appointment()
        if outcome.type == "appointment" and not is_agreed:
            raise UserError(
                self.env._("“%(outcome)s” needs an appointment.", outcome=outcome.name)
            )
        self._cc_check_callback_at(call["callback_at"])

    def _cc_active_appointment(self):
        return self.appointment_ids.filtered(
            lambda appointment: appointment.state in ("planned", "changed")
        )[:1]

    @api.model
    def _cc_check_callback_at(self, at):
        """Refuse a follow-up in the past: nobody would see it come up.

        :raise UserError: the moment has passed
        """
        if at and at < fields.Datetime.now() - TOLERANCE:
            raise UserError(self.env._("A follow-up cannot lie in the past."))

    # === WHAT FOLLOWS === #

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
        if outcome.adds_dnc:
            return {"state": "excluded", "close_reason": "dnc"}
        if outcome.sets_done:
            reason = outcome.close_reason or "completed"
            return {"state": "done", "close_reason": reason}
        if outcome.close_reason:
            return {"state": "excluded", "close_reason": outcome.close_reason}
        if call["callback_at"]:
            return self._prepare_callback_vals(call)
        if limit and vals["attempt_count"] >= limit:
            return {"state": "excluded", "close_reason": "max_attempts"}
        return self._prepare_retry_vals(outcome)

    def _prepare_callback_vals(self, call):
        return {
            "state": "open",
            "close_reason": False,
            "priority": "3",
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
            "priority": "1" if self.priority == "3" else self.priority,
            "callback_at": False,
            "callback_user_id": self._cc_keeper(),
            "callback_note": False,
            "next_call_at": self._cc_next_attempt(outcome),
        }

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
        at = now + timedelta(
            minutes=max(outcome.delay_minutes, survey.cc_min_gap_minutes)
        )
        if survey.cc_max_per_day:
            midnight = survey._cc_local_midnight(now, self.tz)
            today = (
                self.env["survey.callcenter.call"]
                .sudo()
                ._read_group(
                    [
                        ("contact_id", "=", self.id),
                        ("call_at", ">=", midnight),
                        ("counts_attempt", "=", True),
                    ],
                    aggregates=["__count"],
                )
            )
            if today[0][0] + outcome.counts_attempt >= survey.cc_max_per_day:
                tomorrow = survey._cc_local_midnight(
                    midnight + timedelta(hours=36), self.tz
                )
                at = max(at, tomorrow)
        return survey._cc_next_calling_time(at, self.tz)
