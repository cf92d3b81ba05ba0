from datetime import datetime, timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from .survey_callcenter_appointment import format_period

LONGEST = timedelta(hours=8)
# What is agreed with a person is at most two years ahead.
FARTHEST = timedelta(days=730)
TEXT_LENGTHS = {"address": 1000, "notes": 10_000}


class SurveyCallcenterContact(models.Model):
    """The rules for an appointment: the same in a call and in the dialog."""

    _inherit = "survey.callcenter.contact"

    def _cc_check_appointment(self, vals):
        """Refuse what cannot be agreed with the person.

        :param vals: rep_id, start, stop, address, notes; what is missing stays as it is
        :raise ValidationError: says what is wrong, in one sentence
        """
        self.ensure_one()
        contact_sudo = self.sudo()  # reads the calendars of representatives
        appointment = contact_sudo._cc_active_appointment()
        vals = contact_sudo._read_appointment_vals(vals)
        contact_sudo._check_appointment_service(vals)
        if contact_sudo._is_new_period(appointment, vals):
            contact_sudo._check_appointment_period(appointment, vals)
            contact_sudo._check_appointment_rep_free(appointment, vals)

    def _cc_appointment_warning(self, vals):
        """Return what the agent should know about the time although it is allowed.

        :return: a sentence, or False
        """
        self.ensure_one()
        contact_sudo = self.sudo()  # reads the calendars of representatives
        vals = contact_sudo._read_appointment_vals(vals)
        if contact_sudo.survey_id.cc_busy_policy != "warn":
            return False
        if not (vals["rep_id"] and vals["start"] and vals["stop"]):
            return False
        appointment = contact_sudo._cc_active_appointment()
        meetings = vals["rep_id"]._cc_get_meetings(
            vals["start"], vals["stop"], appointment.event_id
        )
        return bool(meetings) and self._get_meeting_text(vals)

    # === VALUES === #

    def _read_appointment_vals(self, vals):
        """Return the values that an appointment has, as records, times and texts."""
        if not isinstance(vals, dict):
            raise ValidationError(self.env._("This is not an appointment."))
        appointment = self._cc_active_appointment()
        return {
            "rep_id": self._read_rep(vals.get("rep_id", appointment.rep_id)),
            "start": self._read_time(vals.get("start", appointment.start)),
            "stop": self._read_time(vals.get("stop", appointment.stop)),
            **{
                name: self._read_text(name, vals.get(name, appointment[name]))
                for name in TEXT_LENGTHS
            },
        }

    def _read_rep(self, value):
        reps = self.survey_id.cc_rep_ids
        if isinstance(value, models.BaseModel):
            return value if value in reps else reps.browse()
        return reps.filtered(lambda rep: type(value) is int and rep.id == value)

    def _read_time(self, value):
        if isinstance(value, datetime) and not value.tzinfo:
            return value.replace(microsecond=0)
        try:
            return isinstance(value, str) and fields.Datetime.to_datetime(value)
        except ValueError:
            return False

    def _read_text(self, name, value):
        value = value or ""
        if not isinstance(value, str) or "\0" in value:
            raise ValidationError(self.env._("The text contains unknown characters."))
        if len(value) > TEXT_LENGTHS[name]:
            label = self.env["survey.callcenter.appointment"]._fields[name]
            raise ValidationError(
                self.env._(
                    "“%(field)s” is longer than %(length)s characters.",
                    field=label._description_string(self.env),
                    length=TEXT_LENGTHS[name],
                )
            )
        return value.strip() or False

    def _is_new_period(self, appointment, vals):
        """Whether something is agreed anew, so that it must be possible now.

        A later correction of the notes need not fail because time went by.
        """
        return not appointment or any(
            appointment[name] != vals[name] for name in ("rep_id", "start", "stop")
        )

    # === RULES === #

    def _check_appointment_service(self, vals):
        survey = self.survey_id
        if not survey.cc_field_service:
            raise ValidationError(
                self.env._("No appointments are agreed in this survey.")
            )
        if not vals["rep_id"]:
            raise ValidationError(
                self.env._("Choose a representative of this survey's field service.")
            )
        if not (vals["start"] and vals["stop"]):
            raise ValidationError(
                self.env._("Say when the appointment begins and ends.")
            )
        if survey.cc_address_required and not vals["address"]:
            raise ValidationError(self.env._("Say where the appointment is."))

    def _check_appointment_period(self, appointment, vals):
        start, stop = vals["start"], vals["stop"]
        if stop <= start:
            raise ValidationError(self.env._("An appointment ends after it begins."))
        if stop - start > LONGEST:
            raise ValidationError(
                self.env._("An appointment takes at most eight hours.")
            )
        if start == appointment.start:
            return
        hours = self.survey_id.cc_appointment_notice_hours
        now = fields.Datetime.now()
        if start < now + timedelta(hours=hours):
            raise ValidationError(self._get_notice_text(hours))
        if start > now + FARTHEST:
            raise ValidationError(
                self.env._("An appointment is at most two years ahead.")
            )

    def _get_notice_text(self, hours):
        if not hours:
            return self.env._("An appointment cannot be in the past.")
        return self.env._(
            "An appointment begins at the earliest %(hours)s hours from now.",
            hours=hours,
        )

    def _check_appointment_rep_free(self, appointment, vals):
        rep, start, stop = vals["rep_id"], vals["start"], vals["stop"]
        if not rep._cc_is_working(start, stop, self.company_id):
            raise ValidationError(
                self.env._(
                    "%(name)s does not work at that time (%(period)s).",
                    name=rep.name,
                    period=format_period(self.env, self.env.user, start, stop),
                )
            )
        if appointment._find_others(rep, start, stop):
            raise ValidationError(self._get_double_booking_text(vals))
        if self.survey_id.cc_busy_policy == "block" and rep._cc_get_meetings(
            start, stop, appointment.event_id
        ):
            raise ValidationError(self._get_meeting_text(vals))

    def _get_double_booking_text(self, vals):
        return self.env._(
            "%(name)s has another appointment at that time (%(period)s)."
            " Choose another time.",
            name=vals["rep_id"].name,
            period=format_period(self.env, self.env.user, vals["start"], vals["stop"]),
        )

    def _get_meeting_text(self, vals):
        return self.env._(
            "%(name)s has a meeting at that time (%(period)s).",
            name=vals["rep_id"].name,
            period=format_period(self.env, self.env.user, vals["start"], vals["stop"]),
        )
