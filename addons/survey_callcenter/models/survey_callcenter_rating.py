from odoo import fields, models


class SurveyCallcenterRating(models.Model):
    """How a talk went for the survey (Beurteilung): positive, neutral or negative."""

    _name = "survey.callcenter.rating"
    _description = "Call Rating"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    value = fields.Selection(
        [("positive", "Positive"), ("neutral", "Neutral"), ("negative", "Negative")],
        required=True,
        default="neutral",
        help="What the statistics count a contact with this rating as.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
