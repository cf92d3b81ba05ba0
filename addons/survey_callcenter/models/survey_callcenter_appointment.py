from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_time

ACTIVE_STATES = ("planned", "changed")


class SurveyCallcenterAppointment(models.Model):
    """A visit of the field service that was agreed on the phone.

    A person has one appointment at a time, and the database itself keeps a
    representative from being in two places at once. What an appointment is about is
    agreed with the person, so only a call or the dialog changes it; its representative
    says how it went.
    """

    _name = "survey.callcenter.appointment"
    _description = "Field Service Appointment"
    _order = "start desc, id desc"
    _rec_name = "partner_id"

    _transitions = {
        "planned": {"changed", "held", "no_show", "cancelled"},
        "changed": {"changed", "held", "no_show", "cancelled"},
        "held": {"no_show"},
        "no_show": {"held"},
        "cancelled": set(),
    }

    contact_id = fields.Many2one(
        "survey.callcenter.contact",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    survey_id = fields.Many2one(
        related="contact_id.survey_id", store=True, index=True, string="Survey"
    )
    partner_id = fields.Many2one(
        related="contact_id.partner_id",
        store=True,
        index="btree_not_null",
        string="Person",
    )
    phone = fields.Char(related="contact_id.phone_e164", string="Phone")
    company_id = fields.Many2one(
        related="contact_id.company_id", store=True, index="btree_not_null"
    )
    rep_id = fields.Many2one(
        "res.users", string="Representative", required=True, index=True, readonly=True
    )
    start = fields.Datetime(required=True, readonly=True)
    stop = fields.Datetime(string="End", required=True, readonly=True)
    address = fields.Text(readonly=True)
    notes = fields.Text(readonly=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("changed", "Changed"),
            ("held", "Held"),
            ("no_show", "Not Met"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        readonly=True,
        index=True,
        group_expand=True,
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, ondelete="set null", index="btree_not_null"
    )
    previous_rep_id = fields.Many2one(
        "res.users", string="Previous Representative", readonly=True
    )

    _stop_after_start = models.Constraint(
        "CHECK (stop > start)", "An appointment ends after it begins."
    )
    _rep_free = models.Constraint(
        "EXCLUDE USING gist (rep_id WITH =, tsrange(start, stop) WITH &&)"
        " WHERE (state IN ('planned', 'changed'))",
        "The representative has another appointment at that time.",
    )
    _contact_active_unique = models.UniqueIndex(
        "(contact_id) WHERE state IN ('planned', 'changed')",
        "This person has an appointment already.",
    )

    # === ACTION METHODS === #

    def action_held(self):
        """Say that the visit took place."""
        self._check_may_report()._report("held")

    def action_no_show(self):
        """Say that nobody was met."""
        self._check_may_report()._report("no_show")

    def action_cancel(self):
        """Say that the visit will not take place."""
        appointments_sudo = self._check_may_report()
        appointments_sudo._move_to("cancelled")
        appointments_sudo._drop_event()

    # === BUSINESS METHODS === #

    def _check_may_report(self):
        """Return these appointments (of the superuser) if the user may report on them.

        Representatives report on their own, managers on those of their surveys.
        """
        is_manager = self.env.user.has_group("survey_callcenter.group_cc_manager")
        is_rep = self.env.user.has_group("survey_callcenter.group_cc_rep")
        if not (is_manager or is_rep):
            raise AccessError(
                self.env._("Only managers and the field service may do this.")
            )
        self.check_access("read")
        # an agent who is a representative too also reads those of his contacts
        if not is_manager and any(app.rep_id != self.env.user for app in self):
            raise AccessError(self.env._("This is somebody else's appointment."))
        return self.sudo()  # checked above; no group may write appointments

    def _report(self, state):
        if any(appointment.start > fields.Datetime.now() for appointment in self):
            raise UserError(self.env._("This appointment has not begun yet."))
        self._move_to(state)

    def _find_others(self, rep, start, stop):
        """Return what a representative has agreed in a period beside this.

        Appointments that touch do not overlap.
        """
        return self.search(
            Domain("rep_id", "=", rep.id)
            & Domain("state", "in", ACTIVE_STATES)
            & Domain("start", "<", stop)
            & Domain("stop", ">", start)
            & Domain("id", "not in", self.ids)
        )

    def _move_to(self, state):
        """Move all appointments to ``state``, or none of them.

        :raise UserError: an appointment is not where this step starts
        """
        self._lock_or_refuse()
        for appointment in self:
            if state not in self._transitions[appointment.state]:
                raise UserError(appointment._get_refusal(state))
        self.write({"state": state})

    def _lock_or_refuse(self):
        """Hold these appointments until the transaction ends.

        :raise LockError: somebody else holds one of them; says so in a sentence
        """
        try:
            self.lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is changing this appointment right now."
                    " Please try again."
                )
            ) from error

    def _get_refusal(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "The appointment with %(name)s is “%(state)s”; it cannot become “%(new)s”.",
            name=self.display_name,
            state=labels[self.state],
            new=labels[state],
        )

    def _get_time_text(self):
        """Return day and hours, in the time zone and language of the representative."""
        return format_period(self.env, self.rep_id, self.start, self.stop)


def format_period(env, user, start, stop):
    """Return day and hours of a period, in the time zone and language of a user."""
    tz, lang = user.tz or "UTC", user.lang or env.lang
    local = fields.Datetime.context_timestamp(user.with_context(tz=tz), start)
    hours = [format_time(env, at, tz, "short", lang) for at in (start, stop)]
    return f"{format_date(env, local.date(), lang)}, {hours[0]} – {hours[1]}"
