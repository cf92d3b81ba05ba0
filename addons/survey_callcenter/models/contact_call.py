from odoo import api, models
from odoo.tools import SQL

from .contact_lock import NOTE_LENGTH

# How an agent may have lost a contact.
LOST = ["system", "take_over", "release"]


class SurveyCallcenterContact(models.Model):
    """Which call an agent saves, and whether it is still his."""

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
        saved_sudo = self._cc_saved_call(call_uuid)
        if saved_sudo:
            return self._cc_saved_before(saved_sudo, values)
        contact_sudo = self._cc_lock_call(call_uuid)
        if not contact_sudo:
            return self._cc_gone(call_uuid, values)
        contact_sudo._cc_save_call(values)
        return self._cc_saved_answer()

    def _cc_saved_answer(self, message=None):
        message = message or self.env._("The call is saved.")
        return {"status": "saved", "message": message} | self._cc_side()

    def _cc_saved_before(self, call_sudo, values):
        """Answer who sends a call again; he may have changed it after a lost answer."""
        note = self._cc_clean_text(values.get("note"))
        is_same = values.get("outcome_id") == call_sudo.outcome_id.id
        if is_same and note == (call_sudo.note or ""):
            return self._cc_saved_answer()
        return self._cc_saved_answer(
            self.env._(
                "This call was saved already, as you first sent it. Later changes are"
                " not in it."
            )
        )

    def _cc_calls(self, call_uuid, sources):
        """Return what is on record about a call of this agent."""
        calls_sudo = self.env["survey.callcenter.call"].sudo()  # the agent's own only
        call_uuid = self._cc_clean_text(call_uuid)
        if not call_uuid:
            return calls_sudo
        return calls_sudo.search(
            [
                ("call_uuid", "=", call_uuid),
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
        call_uuid = self._cc_clean_text(call_uuid)
        if not call_uuid:
            return self.sudo()
        contact_sudo = self.sudo().search(  # whoever knows the id got it from cc_next
            [("call_uuid", "=", call_uuid)], limit=1
        )
        if not contact_sudo:
            return contact_sudo
        contact_sudo._cc_wait_for_others()
        is_mine = contact_sudo.lock_user_id == self.env.user
        was_mine = not contact_sudo.lock_user_id and self._cc_calls(
            call_uuid, ["system"]
        )
        is_there = contact_sudo.call_uuid == call_uuid and contact_sudo.state == "open"
        may_return = was_mine and contact_sudo.survey_id.cc_state != "closed"
        return contact_sudo if is_there and (is_mine or may_return) else self.sudo()

    def _cc_wait_for_others(self):
        """Lock the contact as soon as whoever is changing it has done so.

        If it was changed, the database refuses and Odoo repeats the request, which then
        sees what has become of it: a call that is sent twice at once is saved once.
        """
        self.env.cr.execute(
            SQL(
                "SELECT FROM survey_callcenter_contact WHERE id = %s FOR NO KEY UPDATE",
                self.id,
            )
        )
        self.invalidate_recordset()

    def _cc_gone(self, call_uuid, values):
        """Tell an agent that he has lost the contact; keep what he typed."""
        lost_sudo = self._cc_calls(call_uuid, LOST)
        note = self._cc_clean_text(values.get("note"))[:NOTE_LENGTH]
        if lost_sudo and note and note not in (lost_sudo.note or ""):
            lost_sudo.note = "\n\n".join(filter(None, [lost_sudo.note, note]))
        message = self._cc_gone_message(call_uuid)
        return {"status": "gone", "message": message} | self._cc_side()

    def _cc_gone_message(self, call_uuid):
        lost_sudo = self._cc_calls(call_uuid, LOST)
        holder_sudo = lost_sudo.contact_id.lock_user_id or (
            lost_sudo.contact_id.changed_by_id
            if lost_sudo.source == "take_over"
            else lost_sudo.user_id.browse()
        )
        if holder_sudo and holder_sudo != self.env.user:
            return self.env._(
                "%(user)s has taken this contact over. You find your notes in “My"
                " Calls”.",
                user=holder_sudo.name,
            )
        if not lost_sudo:
            return self.env._("You do not hold this contact any more.")
        return self.env._(
            "You do not hold this contact any more. You find your notes in “My Calls”."
        )
