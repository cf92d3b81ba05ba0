from odoo import fields, models


class SurveyCallcenterCall(models.Model):
    """One call of a contact, or one change of its status: who did what, when.

    Written by the program only; nobody changes or deletes it.
    """

    _name = "survey.callcenter.call"
    _description = "Call"
    _order = "call_at desc, id desc"
    _rec_name = "contact_id"

    contact_id = fields.Many2one(
        "survey.callcenter.contact",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", string="Person"
    )
    # Kept here: the statistics would otherwise join all contacts.
    selection_id = fields.Many2one(related="contact_id.selection_id", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", readonly=True, string="Agent")
    source = fields.Selection(
        [
            ("agent", "Call"),
            ("release", "Given back"),
            ("dialog", "Status changed"),
            ("system", "Automatic"),
            ("take_over", "Notes after a take-over"),
        ],
        required=True,
        readonly=True,
    )
    call_at = fields.Datetime(string="Start", required=True, readonly=True)
    duration = fields.Float(string="Minutes", readonly=True, aggregator="sum")
    outcome_id = fields.Many2one("survey.callcenter.outcome", readonly=True)
    rating_id = fields.Many2one("survey.callcenter.rating", readonly=True)
    counts_attempt = fields.Boolean(readonly=True)
    is_contact = fields.Boolean(string="Contact Established", readonly=True)
    is_completed = fields.Boolean(string="Completed", readonly=True)
    note = fields.Text(readonly=True)
    summary = fields.Text(
        string="What Happened", readonly=True, help="What was changed, in words."
    )
    call_uuid = fields.Char(readonly=True, copy=False)

    # Losing a contact to somebody else leaves a row with the id of the call too.
    _call_uuid_unique = models.UniqueIndex(
        "(call_uuid) WHERE source = 'agent' AND call_uuid IS NOT NULL",
        "This call is saved already.",
    )
    _call_uuid_index = models.Index("(call_uuid) WHERE call_uuid IS NOT NULL")
    # The list of all calls, the latest first.
    _call_at_index = models.Index("(call_at, id)")
    _survey_call_at_index = models.Index("(survey_id, call_at)")
    _user_call_at_index = models.Index("(user_id, call_at)")
    # The ratio of the live board: without it each reading would go through all calls.
    _survey_rating_index = models.Index("(survey_id, rating_id) WHERE source = 'agent'")
