from odoo import fields, models


class SurveyCallcenterListJob(models.Model):
    """Writes the people of a selection into the contact list of a survey, bit by bit."""

    _name = "survey.callcenter.list.job"
    _description = "Contact List Job"
    _order = "id desc"
    _rec_name = "selection_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="cascade", index=True
    )
    selection_id = fields.Many2one(
        "survey.callcenter.selection", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("running", "Running"), ("done", "Done")],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    total = fields.Integer(readonly=True)
    processed = fields.Integer(readonly=True)
    added = fields.Integer(readonly=True)
    last_partner_id = fields.Integer(readonly=True)
