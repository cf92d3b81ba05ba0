from odoo import fields, models


class SurveySurvey(models.Model):
    """A call survey: a questionnaire for the phone, and whom agents call for it."""

    _inherit = "survey.survey"

    cc_enabled = fields.Boolean(
        string="Call Survey", help="Agents call the contacts of a list for this survey."
    )
    cc_company_id = fields.Many2one(
        "res.company",
        string="Call Center Company",
        default=lambda self: self.env.company,
        index=True,
    )
    cc_state = fields.Selection(
        [
            ("planning", "Planning"),
            ("training", "Training"),
            ("released", "Released"),
            ("running", "Running"),
            ("stopped", "Stopped"),
            ("closed", "Closed"),
        ],
        string="Call State",
        default="planning",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    cc_agent_ids = fields.Many2many(
        "res.users",
        "survey_callcenter_agent_rel",
        string="Agents",
        help="Who calls for this survey. Empty: all agents.",
    )
    cc_selection_ids = fields.Many2many(
        "survey.callcenter.selection", string="Selections"
    )
    cc_rating_ids = fields.Many2many(
        "survey.callcenter.rating",
        string="Ratings",
        default=lambda self: self._cc_all("rating"),
    )
    cc_outcome_ids = fields.Many2many(
        "survey.callcenter.outcome",
        string="Outcomes",
        default=lambda self: self._cc_all("outcome"),
    )
    cc_script = fields.Html(
        string="Script", help="What agents see above the questionnaire."
    )
    cc_history_on_done = fields.Selection(
        [("never", "Never"), ("ask", "Ask"), ("always", "Always")],
        string="Entry in the Contact History",
        default="ask",
        required=True,
        help="Whether a contact that becomes done gets an entry in the contact"
        " history.",
    )
    cc_history_include_notes = fields.Boolean(
        string="Notes in the Contact History", default=True
    )
    cc_field_service = fields.Boolean(
        string="Field Service Appointments",
        help="Agents agree appointments for the field service.",
    )
    cc_rep_ids = fields.Many2many(
        "res.users",
        "survey_callcenter_rep_rel",
        string="Field Service",
    )
    cc_appointment_minutes = fields.Integer(string="Length (Minutes)", default=60)
    cc_appointment_notice_hours = fields.Integer(string="Notice (Hours)", default=24)
    cc_busy_policy = fields.Selection(
        [("warn", "Warn"), ("block", "Refuse")],
        string="Other Meetings at That Time",
        default="warn",
        required=True,
    )
    cc_address_required = fields.Boolean(string="Address Required", default=True)
    cc_protocol_mail = fields.Boolean(
        string="Protocol by E-Mail",
        help="The representative gets the protocol of the call by e-mail.",
    )
    cc_protocol_template_id = fields.Many2one(
        "mail.template",
        string="Template of the Protocol",
        domain=[("model", "=", "survey.callcenter.appointment")],
    )
    cc_protocol_rating_ids = fields.Many2many(
        "survey.callcenter.rating",
        "survey_callcenter_protocol_rating_rel",
        string="Protocol for These Ratings",
        help="Empty: for all.",
    )
    cc_max_attempts = fields.Integer(string="Attempts at Most", default=10)
    cc_max_per_day = fields.Integer(
        string="Attempts a Day", default=2, help="0: no limit."
    )
    cc_min_gap_minutes = fields.Integer(string="Gap (Minutes)", default=120)
    cc_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Calling Hours",
        default=lambda self: self.env.ref(
            "survey_callcenter.resource_calendar_calling_hours",
            raise_if_not_found=False,
        ),
        help="Hours and holidays are those where the contact is. Empty: at any time.",
    )
    cc_lock_minutes = fields.Integer(
        string="Give Back After (Minutes)",
        default=30,
        help="A contact whose agent has vanished goes to another agent after this"
        " time.",
    )
    cc_callback_move_minutes = fields.Integer(
        string="Follow-Ups to Anyone After (Minutes)",
        help="A follow-up of an agent that is overdue by this time goes to anyone."
        " 0: never.",
    )
    # The time zones that contacts of the list live in; the list job adds to it.
    cc_time_zones = fields.Json(copy=False, readonly=True)

    _cc_limits_positive = models.Constraint(
        "CHECK (cc_max_attempts >= 0 AND cc_max_per_day >= 0"
        " AND cc_min_gap_minutes >= 0 AND cc_callback_move_minutes >= 0"
        " AND cc_appointment_notice_hours >= 0)",
        "Attempts, minutes and hours of a call survey cannot be negative.",
    )
    _cc_lock_minutes_positive = models.Constraint(
        "CHECK (cc_lock_minutes > 0)",
        "Agents need at least a minute for a call before the contact is given back.",
    )
    _cc_appointment_minutes_sensible = models.Constraint(
        "CHECK (cc_appointment_minutes BETWEEN 5 AND 480)",
        "An appointment takes between 5 minutes and 8 hours.",
    )

    def _cc_all(self, kind):
        """Return all ratings or outcomes that the current company has."""
        companies = [False, self.env.company.id]
        return self.env[f"survey.callcenter.{kind}"].search(
            [("company_id", "in", companies)], limit=80
        )
