from markupsafe import Markup
from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from .survey_callcenter_appointment import ACTIVE_STATES

# Nobody gets a mail about the event: the person never, the representative the protocol.
QUIET = {
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "skip_attendee_notification": True,
    "skip_contact_description": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class SurveyCallcenterContact(models.Model):
    """Agreeing an appointment with a person, or another time for it."""

    _inherit = "survey.callcenter.contact"

    def _cc_active_appointment(self):
        """Return the appointment that is agreed with the person, if any."""
        return self.appointment_ids.filtered(
            lambda appointment: appointment.state in ACTIVE_STATES
        )[:1]

    def _cc_set_appointment(self, vals):
        """Agree an appointment, or change the one agreed; no mail leaves because of it.

        Callers have checked the rights and hold the row lock. The same values once more
        change nothing.

        :param vals: rep_id, start, stop, address, notes; what is missing stays as it is
        :return: the appointment (of the superuser)
        :raise ValidationError: see ``_cc_check_appointment``
        """
        self.ensure_one()
        self._cc_check_appointment(vals)
        contact_sudo = self.sudo()  # no group may write appointments
        vals = contact_sudo._read_appointment_vals(vals)
        appointment = contact_sudo._cc_active_appointment()
        if appointment and not appointment._get_changes(vals):
            return appointment
        return contact_sudo._save_appointment(appointment, vals)

    def _save_appointment(self, appointment, vals):
        """Save an appointment together with its event, or say that the rep is taken."""
        self._queue_up_for_rep(vals)
        try:
            with self.env.cr.savepoint():
                if appointment:
                    appointment._change(vals)
                else:
                    appointment = appointment.create(
                        {"contact_id": self.id, "rep_id": vals["rep_id"].id}
                        | {key: vals[key] for key in vals if key != "rep_id"}
                    )
                appointment.flush_recordset()
                appointment._sync_event()
        except (ExclusionViolation, UniqueViolation) as error:
            # the other agent was a moment earlier, the check could not see it yet
            raise ValidationError(self._get_double_booking_text(vals)) from error
        return appointment

    def _queue_up_for_rep(self, vals):
        """Let two agents who book a representative on one day pass one by one.

        Else each could wait for the other's row, and the database would end one of the
        two calls with a deadlock instead of a sentence.
        """
        for day in sorted({vals["start"].date(), vals["stop"].date()}):
            key = f"survey_callcenter.appointment:{vals['rep_id'].id}:{day}"
            self.env.cr.execute(
                SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", key)
            )


class SurveyCallcenterAppointment(models.Model):
    """What an agreement changes: the appointment, and the representative's calendar."""

    _inherit = "survey.callcenter.appointment"

    def _get_changes(self, vals):
        return {key: value for key, value in vals.items() if self[key] != value}

    def _change(self, vals):
        changes = self._get_changes(vals)
        if "rep_id" in changes:
            changes["rep_id"] = vals["rep_id"].id
            changes["previous_rep_id"] = self.rep_id.id
        self._move_to("changed")
        self.write(changes)

    def _sync_event(self):
        """Enter the visit into the calendar of its representative.

        An event that somebody deleted or archived comes back.
        """
        events = self.env["calendar.event"].with_context(**QUIET)
        event = self.event_id.exists().with_context(**QUIET)
        vals = self._prepare_event_vals()
        if event:
            event.write(vals)
        else:
            event = events.create(vals)
            self.event_id = event.id
        # agreed with the person already, nothing that he would have to answer
        event.attendee_ids.write({"state": "accepted"})

    def _prepare_event_vals(self):
        lang = self.rep_id.lang or self.env.lang
        local = self.with_context(lang=lang)
        return {
            "name": local.env._("Field service: %(name)s", name=self.partner_id.name),
            "start": self.start,
            "stop": self.stop,
            "allday": False,
            "active": True,
            "user_id": self.rep_id.id,
            "partner_ids": [Command.set(self.rep_id.partner_id.ids)],
            "location": ", ".join((self.address or "").split("\n")),
            "description": local._get_event_description(),
            "show_as": "busy",
            # name, address and phone of the person are nobody else's business
            "privacy": "private",
        }

    def _get_event_description(self):
        lines = [
            self.partner_id.display_name,
            *(self.address or "").split("\n"),
            self.phone,
            self.notes,
        ]
        return Markup("<br/>").join(line for line in lines if line)

    def _drop_event(self):
        """Take the visit out of the calendar."""
        events = self.event_id.exists().with_context(**QUIET)
        events.unlink()
