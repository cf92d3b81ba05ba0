from odoo import fields, models


class SurveyCallcenterReport(models.Model):
    """Calls of all surveys, to count and compare."""

    _name = "survey.callcenter.report"
    _description = "Call Report"
    _auto = False

    survey_id = fields.Many2one("survey.survey", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    @property
    def _table_query(self):
        return "SELECT id, survey_id, company_id FROM survey_callcenter_call"
