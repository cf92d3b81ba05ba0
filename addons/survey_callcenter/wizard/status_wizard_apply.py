from odoo import fields, models
from odoo.exceptions import LockError, UserError, ValidationError


class SurveyCallcenterStatusWizard(models.TransientModel):
    """Apply: all that was entered at once, or nothing of it and a sentence why."""

    _inherit = "survey.callcenter.status.wizard"

    # === ACTION METHODS === #

    def action_apply(self):
        self.ensure_one()
        self._apply()
        return {"type": "ir.actions.act_window_close"}

    # === BUSINESS METHODS === #

    def _apply(self):
        contact = self.contact_id
        contact._check_dialog_access()
        self._lock_contact()
        self._check_version()
        self._check_entries()
        vals = self._prepare_contact_vals()
        is_newly_done = self.is_newly_done
        summary = self._get_summary(vals)
        if self.take_over and contact.lock_user_id:
            contact._cc_take_away()
        if summary or self.note:
            contact._cc_apply(vals, "dialog", summary=summary, note=self.note)
        if is_newly_done:
            contact._cc_write_history(
                self.note, self.create_history, self.include_notes
            )

    # --- may it be applied? ---

    def _lock_contact(self):
        """Of two who apply at the same moment, one goes first."""
        try:
            self.contact_id.lock_for_update()
        except LockError as error:
            raise LockError(self._get_lock_text()) from error

    def _get_lock_text(self):
        contact_sudo = self.contact_id.sudo()  # who holds it is no secret
        if contact_sudo.lock_user_id:
            return self.env._(
                "%(agent)s is saving a call with %(person)s right now."
                " Please try again.",
                agent=contact_sudo.lock_user_id.name,
                person=contact_sudo.person_name,
            )
        return self.env._(
            "Somebody else is changing %(person)s right now. Please try again.",
            person=contact_sudo.person_name,
        )

    def _check_version(self):
        """Overwrite nothing that the manager has not seen."""
        contact_sudo = self.contact_id.sudo()  # who changed it is no secret
        if contact_sudo.version != self.version:
            raise UserError(
                self.env._(
                    "Changed by %(user)s at %(time)s. Please open the dialog again.",
                    user=contact_sudo.changed_by_id.name or "–",
                    time=self._format_time(contact_sudo.changed_at) or "–",
                )
            )
        if contact_sudo.lock_user_id and not self.take_over:
            raise UserError(
                self.env._(
                    "%(notice)s Tick “Take Over” to change the status all the same.",
                    notice=self._get_phone_notice(),
                )
            )

    def _check_entries(self):
        self._check_rating()
        self._check_survey_is_open()
        self._check_reopen()
        self._check_follow_up()

    def _check_survey_is_open(self):
        """Nobody calls for a closed survey again; how it went may be set right."""
        if self.survey_id.cc_state != "closed" or self.done:
            return
        is_planned = self.callback_at and self._is_follow_up_changed()
        if is_planned or self._is_reopened():
            raise UserError(
                self.env._("The survey is closed: nobody is called for it any more.")
            )

    def _check_rating(self):
        rating = self.rating_id
        if rating == self.contact_id.rating_id:
            return
        if rating and rating not in self.survey_id.cc_rating_ids:
            raise ValidationError(
                self.env._(
                    "“%(rating)s” is not one of the ratings of this survey.",
                    rating=rating.sudo().name,  # may be another company's
                )
            )

    def _check_reopen(self):
        """A person who does not want calls does not get back on the list."""
        number = self.contact_id.phone_e164
        if not self._is_reopened() or not number:
            return
        # Managers have no right on the list of numbers.
        numbers_sudo = self.env["phone.blacklist"].sudo()
        if numbers_sudo.search_count([("number", "=", number)], limit=1):
            raise UserError(
                self.env._(
                    "%(number)s is on the do-not-call list, so nobody may call it.",
                    number=number,
                )
            )

    def _is_reopened(self):
        """Whether agents call somebody again who was done or excluded."""
        if self.done:
            return False
        return self.state == "done" or (self.state == "excluded" and self.reopen)

    # --- what is written ---

    def _prepare_contact_vals(self):
        """Return the changed fields of the contact."""
        vals = self._prepare_state_vals() | self._prepare_follow_up_vals()
        if self.rating_id != self.contact_id.rating_id:
            vals["rating_id"] = self.rating_id.id
        if vals.keys() & {"state", "callback_at"}:
            # An agent who was away too long does not overwrite the decision.
            vals |= {"call_uuid": False, "draft_note": False}
        return vals

    def _prepare_state_vals(self):
        """Done and reopened are decisions; reopening deletes nothing."""
        if self.is_newly_done:
            return {"state": "done", "close_reason": self.close_reason or "manual"}
        if self._is_reopened():
            return {
                "state": "open",
                "close_reason": False,
                "next_call_at": fields.Datetime.now(),
            }
        return {}

    # --- what is told ---

    def _get_summary(self, vals):
        """Return in words what changes; agrees the appointment on the way."""
        changes = [
            self._describe_take_over(),
            self._describe_state(vals),
            self._describe_rating(vals),
            self._describe_follow_up(vals),
            self._apply_appointment(),
        ]
        return "\n".join(filter(None, changes)) or False

    def _describe_take_over(self):
        contact_sudo = self.contact_id.sudo()  # the agent may be another company's
        if not self.take_over or not contact_sudo.lock_user_id:
            return False
        return self.env._(
            "Taken over from %(agent)s", agent=contact_sudo.lock_user_id.name
        )

    def _describe_state(self, vals):
        if "state" not in vals:
            return False
        if vals["state"] == "done":
            return self.env._("Set to done")
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        return self.env._(
            "Put back on the list (was: %(reason)s)",
            reason=labels.get(self.close_reason) or "–",
        )

    def _describe_rating(self, vals):
        if "rating_id" not in vals:
            return False
        return self.env._(
            "Rating: %(new)s (before: %(old)s)",
            new=self.rating_id.name or "–",
            old=self.contact_id.rating_id.name or "–",
        )

    def _describe_follow_up(self, vals):
        is_cleared = vals.get("state") == "done" and self.contact_id.callback_at
        if not is_cleared and "callback_at" not in vals:
            return False
        if not self.callback_at:
            return self.env._("Follow-up removed")
        return self.env._(
            "Follow-up: %(time)s, %(agent)s",
            time=self._format_datetime(self.callback_at),
            agent=self.callback_user_id.name or self.env._("any agent"),
        )
