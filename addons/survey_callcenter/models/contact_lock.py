from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

NOTE_LENGTH = 10_000
BATCH = 500
PAUSE = 5  # minutes


class SurveyCallcenterContact(models.Model):
    """Who holds a contact: signs of life, notes in between, giving it back."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_heartbeat(self, call_uuid):
        """Say that the agent is still there: the contact stays his."""
        self._cc_check_agent()
        return self._cc_touch(call_uuid, SQL("draft_note = contact.draft_note"))

    @api.model
    def cc_draft(self, call_uuid, text):
        """Keep what the agent has typed so far; nothing is decided by it."""
        self._cc_check_agent()
        note = self._cc_clean_text(text)[:NOTE_LENGTH]
        return self._cc_touch(call_uuid, SQL("draft_note = %s", note))

    @api.model
    def cc_release(self, call_uuid, reason="", note=None):
        """Give the contact back without an outcome; no attempt is counted.

        :param note: what the agent has typed, kept with the calls; ``None``: what was
            kept of it before
        """
        self._cc_check_agent()
        contact_sudo = self._cc_lock_call(call_uuid)
        if not contact_sudo:
            return self._cc_gone(call_uuid, {"note": note})
        reason = self._cc_clean_text(reason)[:200]
        summary = self.env._("Given back")
        if reason:
            summary = self.env._("Given back: %(reason)s", reason=reason)
        contact_sudo._cc_give_back(
            "release",
            call_uuid=call_uuid,
            note=contact_sudo.draft_note
            if note is None
            else self._cc_clean_text(note)[:NOTE_LENGTH],
            summary=summary,
        )
        return {"status": "released"}

    def _cc_clean_text(self, text):
        """Return typed text as the database can keep it."""
        return text.replace("\0", "").strip() if isinstance(text, str) else ""

    def _cc_touch(self, call_uuid, change):
        """Extend the lock of the agent's own call, and tell whether he still has it."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "UPDATE survey_callcenter_contact AS contact"
                " SET %(change)s, lock_until ="
                "     %(now)s + survey.cc_lock_minutes * interval '1 minute'"
                " FROM survey_survey AS survey"
                " WHERE survey.id = contact.survey_id AND contact.call_uuid = %(uuid)s"
                "     AND contact.lock_user_id = %(user)s"
                " RETURNING contact.id",
                now=fields.Datetime.now(),
                change=change,
                uuid=self._cc_clean_text(call_uuid),
                user=self.env.uid,
            )
        )
        self.invalidate_model(["lock_until", "draft_note"])
        if rows:
            return {"held": True, "message": False}
        return {"held": False, "message": self._cc_gone_message(call_uuid)}

    def _cc_give_back(self, source, **call_vals):
        """Let others have the contact; what was typed is kept in the call row."""
        return self._cc_apply(
            self._prepare_free_vals()
            | {"call_uuid": False, "draft_note": False}
            | self._prepare_pause_vals(),
            source,
            call_at=self.sudo().locked_at or fields.Datetime.now(),
            **call_vals,
        )

    def _prepare_pause_vals(self):
        """Let others come first, or who gives a contact back gets it again at once."""
        contact_sudo = self.sudo()
        if contact_sudo.callback_at:
            return {}
        minutes = max(contact_sudo.survey_id.cc_min_gap_minutes, PAUSE)
        at = fields.Datetime.now() + timedelta(minutes=minutes)
        return {"next_call_at": max(at, contact_sudo.next_call_at or at)}

    def _cc_take_away(self):
        """Take the contact from the agent who holds it; what he typed is kept."""
        contact_sudo = self.sudo()
        return self._cc_give_back(
            "take_over",
            user_id=contact_sudo.lock_user_id.id,
            call_uuid=contact_sudo.call_uuid,
            note=contact_sudo.draft_note,
            summary=self.env._(
                "%(user)s took the contact over.", user=self.env.user.name
            ),
        )

    # === JOBS === #

    @api.model
    def _cron_release_lost(self):
        """Give contacts back whose agents have vanished; no attempt is counted."""
        domain = [("lock_until", "<", fields.Datetime.now())]
        for contact in self._cc_each(domain, "lock_until"):
            contact._cc_release_lost()

    def _cc_release_lost(self):
        """The call id stays on the contact: who comes back may still save."""
        self._cc_apply(
            self._prepare_free_vals() | {"draft_note": False},
            "system",
            user_id=self.lock_user_id.id,
            call_at=self.locked_at,
            call_uuid=self.call_uuid,
            note=self.draft_note,
            summary=self.env._("Agent lost: the contact was given back."),
        )

    @api.model
    def _cron_move_follow_ups(self):
        """Let anyone have what its agent does not call.

        That are follow-ups which are late, where the survey wants it, and all contacts
        that wait for somebody who works here no more.
        """
        gone = [
            ("queue_user_id.active", "=", False),
            ("lock_user_id", "=", False),
            ("state", "=", "open"),
        ]
        for contact in self._cc_each(gone, "next_call_at"):
            contact._cc_free_from_agent()
        surveys = self.env["survey.survey"].search(
            [("cc_callback_move_minutes", ">", 0), ("cc_state", "=", "running")]
        )
        for survey in surveys:
            late = timedelta(minutes=survey.cc_callback_move_minutes)
            domain = [
                ("survey_id", "=", survey.id),
                ("callback_at", "<", fields.Datetime.now() - late),
                ("callback_user_id", "!=", False),
                ("lock_user_id", "=", False),
                ("state", "=", "open"),
            ]
            for contact in self._cc_each(domain, "callback_at"):
                contact._cc_free_from_agent()

    def _cc_free_from_agent(self):
        """Let anyone call the contact, also where users may not change."""
        name = self.queue_user_id.name
        self._cc_apply(
            {"callback_user_id": False, "allow_user_change": True, "call_uuid": False},
            "system",
            summary=self.env._("%(user)s did not call: now for anyone.", user=name),
        )

    def _cc_each(self, domain, order):
        """Yield contacts one by one, locked, and commit after each; skip busy ones."""
        contacts = self.search(domain, order=order, limit=BATCH)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(contacts))
        for contact in contacts:
            locked = contact.try_lock_for_update().filtered_domain(domain)
            if locked:
                yield locked
            if not cron._commit_progress(1):
                return
