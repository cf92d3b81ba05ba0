from odoo import fields, models
from odoo.tools import SQL


class SurveyCallcenterReport(models.Model):
    """Calls of all surveys, to count and compare: one row is one call of an agent.

    The hour of the day is that of the company's working hours: it says who has to be at
    work when. What was changed in the dialog, given back or closed by the program is no
    call.
    """

    _name = "survey.callcenter.report"
    _description = "Call Report"
    _auto = False
    _order = "call_at desc, id desc"
    _rec_name = "contact_id"

    call_at = fields.Datetime(string="Start", readonly=True)
    call_hour = fields.Integer(
        string="Hour of the Day",
        readonly=True,
        aggregator=None,
        help="By the clock of the company's working hours.",
    )
    survey_id = fields.Many2one("survey.survey", readonly=True)
    selection_id = fields.Many2one("survey.callcenter.selection", readonly=True)
    contact_id = fields.Many2one("survey.callcenter.contact", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    outcome_id = fields.Many2one("survey.callcenter.outcome", readonly=True)
    outcome_type = fields.Selection(
        lambda self: self._get_selection("survey.callcenter.outcome", "type"),
        readonly=True,
    )
    rating_id = fields.Many2one("survey.callcenter.rating", readonly=True)
    rating_value = fields.Selection(
        lambda self: self._get_selection("survey.callcenter.rating", "value"),
        readonly=True,
    )
    attempts = fields.Integer(readonly=True)
    contacts = fields.Integer(string="Contacts Established", readonly=True)
    completed = fields.Integer(readonly=True)
    positive = fields.Integer(string="Rated Positive", readonly=True)
    duration = fields.Float(string="Talk Minutes", readonly=True, aggregator="sum")

    def _get_selection(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    @property
    def _table_query(self):
        # PostgreSQL skips each of these joins when no figure needs it.
        return SQL(
            """
            SELECT call.id, call.call_at, call.survey_id, call.contact_id,
                call.company_id, call.user_id, call.outcome_id, call.rating_id,
                call.duration, call.selection_id, outcome.type AS outcome_type,
                rating.value AS rating_value,
                date_part(
                    'hour',
                    call.call_at AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(calendar.tz, 'UTC')
                )::int AS call_hour,
                COALESCE(call.counts_attempt, FALSE)::int AS attempts,
                COALESCE(call.is_contact, FALSE)::int AS contacts,
                COALESCE(call.is_completed, FALSE)::int AS completed,
                COALESCE(rating.value = 'positive', FALSE)::int AS positive
            FROM survey_callcenter_call AS call
            LEFT JOIN survey_callcenter_outcome AS outcome
                ON outcome.id = call.outcome_id
            LEFT JOIN survey_callcenter_rating AS rating ON rating.id = call.rating_id
            LEFT JOIN res_company AS company ON company.id = call.company_id
            LEFT JOIN resource_calendar AS calendar
                ON calendar.id = company.resource_calendar_id
            WHERE call.source = 'agent'
            """
        )
