from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveyCallcenterRating(models.Model):
    """How a talk went for the survey (Beurteilung): positive, neutral or negative."""

    _name = "survey.callcenter.rating"
    _inherit = "survey.callcenter.remembered"
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Also those that the user may not see need their rating.
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()
        calls_sudo = self.env["survey.callcenter.call"].sudo()
        for rating in self:
            domain = [("rating_id", "=", rating.id)]
            if any(
                records.search_count(domain, limit=1)
                for records in (contacts_sudo, calls_sudo)
            ):
                raise UserError(
                    self.env._(
                        "Contacts have the rating “%(name)s”. Archive it: it is offered"
                        " no more, and the contacts keep it.",
                        name=rating.name,
                    )
                )
