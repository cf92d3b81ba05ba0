from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from .starting_value import starts_with

FIELDS = {
    "rep_id": "rep_id",
    "appointment_start": "start",
    "appointment_stop": "stop",
    "appointment_address": "address",
    "appointment_notes": "notes",
}


class SurveyCallcenterStatusWizard(models.TransientModel):
    """Field service (Außendienst): the appointment is entered later, or changed.

    The rules are those of a call. The protocol is not sent from here: usually there is
    more to do, such as telling the representative who was entered first.
    """

    _inherit = "survey.callcenter.status.wizard"

    has_field_service = fields.Boolean(related="survey_id.cc_field_service")
    appointment_id = fields.Many2one(
        "survey.callcenter.appointment", compute="_compute_appointment_id"
    )
    allowed_rep_ids = fields.Many2many(related="survey_id.cc_rep_ids")
    rep_id = fields.Many2one(
        "res.users",
        string="Representative",
        **starts_with("rep_id", lambda wizard: wizard.appointment_id.rep_id),
        domain="[('id', 'in', allowed_rep_ids)]",
    )
    appointment_start = fields.Datetime(
        string="Start",
        **starts_with("appointment_start", lambda wizard: wizard.appointment_id.start),
    )
    appointment_stop = fields.Datetime(
        string="End",
        **starts_with(
            "appointment_stop", lambda wizard: wizard._get_stop(), "appointment_start"
        ),
    )
    appointment_address = fields.Text(
        string="Address",
        **starts_with("appointment_address", lambda wizard: wizard._get_address()),
    )
    appointment_notes = fields.Text(
        string="Notes on the Appointment",
        **starts_with("appointment_notes", lambda wizard: wizard.appointment_id.notes),
    )
    appointment_notice = fields.Char(compute="_compute_appointment_notice")
    previous_rep_id = fields.Many2one(related="appointment_id.previous_rep_id")
    protocol_info = fields.Char(
        string="Protocol", compute="_compute_protocol_info", compute_sudo=False
    )

    # === COMPUTE METHODS === #

    @api.depends("contact_id")
    def _compute_appointment_id(self):
        for wizard in self:
            wizard.appointment_id = wizard.contact_id._cc_active_appointment()

    @api.depends("rep_id", "appointment_start", "appointment_stop")
    def _compute_appointment_notice(self):
        for wizard in self:
            wizard.appointment_notice = (
                wizard._is_appointment_changed()
                and wizard.contact_id._cc_appointment_warning(
                    wizard._prepare_appointment_vals()
                )
            )

    @api.depends("contact_id")
    def _compute_protocol_info(self):
        for wizard in self:
            wizard.protocol_info = wizard._get_protocol_info()

    # === ACTION METHODS === #

    def action_write_email(self):
        """Apply the changes, then open an e-mail to who was entered first.

        It leaves when the manager sends it, and only then.
        """
        self.ensure_one()
        self._apply()
        appointment = self.contact_id._cc_active_appointment()
        rep = appointment.previous_rep_id or appointment.rep_id
        if not rep:
            raise UserError(self.env._("There is no appointment to write about."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write E-Mail"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": self._prepare_email_context(appointment, rep),
        }

    # === BUSINESS METHODS === #

    def _prepare_email_context(self, appointment, rep):
        return {
            "default_composition_mode": "comment",
            "default_model": appointment._name,
            "default_res_ids": appointment.ids,
            # The person is not written to.
            "default_partner_ids": rep.partner_id.ids,
            "default_reply_to": self.env.user.email_formatted,
            "default_subject": self.env._(
                "Appointment with %(person)s", person=self.contact_id.person_name
            ),
        }

    def _get_stop(self):
        """Return the end: an appointment that is moved takes as long as before."""
        appointment, start = self.appointment_id, self.appointment_start
        if appointment:
            length = appointment.stop - appointment.start
        else:
            length = timedelta(minutes=self.survey_id.cc_appointment_minutes)
        return start and start + length

    def _get_address(self):
        """Return where the appointment is, at first at the person's address."""
        if self.appointment_id:
            return self.appointment_id.address
        return self.contact_id._cc_get_address() or False

    def _prepare_appointment_vals(self):
        vals = {name: self[field] for field, name in FIELDS.items()}
        return vals | {"rep_id": self.rep_id.id}

    def _is_appointment_changed(self):
        """Whether there is something to agree; a mere address agrees nothing."""
        if not self.has_field_service:
            return False
        appointment = self.appointment_id
        if not appointment:
            return bool(self.rep_id or self.appointment_start or self.appointment_notes)
        return any(
            (self[field] or False) != (appointment[name] or False)
            for field, name in FIELDS.items()
        )

    def _apply_appointment(self):
        """Agree or change the appointment as in a call, but send nothing.

        :return: what happened, in words
        """
        if not self._is_appointment_changed():
            return False
        self._check_appointment_is_kept()
        vals = self._prepare_appointment_vals()
        contact = self.contact_id
        contact._cc_check_appointment(vals)
        old_rep = self.appointment_id.rep_id
        appointment_sudo = contact._cc_set_appointment(vals)
        if old_rep and old_rep != appointment_sudo.rep_id:
            return self.env._(
                "Appointment: %(time)s, %(rep)s (before: %(old)s)",
                time=self._format_datetime(appointment_sudo.start),
                rep=appointment_sudo.rep_id.name,
                old=old_rep.name,
            )
        return self.env._(
            "Appointment: %(time)s, %(rep)s",
            time=self._format_datetime(appointment_sudo.start),
            rep=appointment_sudo.rep_id.name,
        )

    def _check_appointment_is_kept(self):
        if self.appointment_id and not (self.rep_id or self.appointment_start):
            raise ValidationError(
                self.env._(
                    "An appointment is not removed here. Please cancel it in the list"
                    " of appointments."
                )
            )

    def _get_protocol_info(self):
        """Return who gets or got the protocol, or that it could not be sent."""
        appointment_sudo = self.appointment_id.sudo()  # names of other companies too
        receivers = appointment_sudo.protocol_rep_ids
        if not receivers:
            return self.env._("No protocol has been sent.")
        names = ", ".join(receivers.mapped("name"))
        if appointment_sudo.protocol_state == "queued":
            return self.env._("To be sent to %(reps)s.", reps=names)
        if appointment_sudo.protocol_state == "failed":
            return self.env._("Could not be sent to %(reps)s.", reps=names)
        return self.env._(
            "Sent to %(reps)s, last on %(time)s.",
            reps=names,
            time=self._format_datetime(appointment_sudo.protocol_sent_at),
        )

    def _format_datetime(self, at):
        """Return date and time in the manager's language and time zone."""
        zone = self.env.user.tz or "UTC"
        return format_datetime(self.env, at, tz=zone, dt_format="short")
