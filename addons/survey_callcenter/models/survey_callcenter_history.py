from odoo import fields, models


class SurveyCallcenterHistory(models.Model):
    """An entry in the contact history of a person (Kontakt-Historie).

    Written by the program only; nobody changes or deletes it.
    """

    _name = "survey.callcenter.history"
    _description = "Contact History"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade", index=True
    )
    contact_id = fields.Many2one(
        "survey.callcenter.contact",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    survey_id = fields.Many2one(
        "survey.survey", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", readonly=True, string="By")
    date = fields.Datetime(required=True, readonly=True)
    kind = fields.Selection(
        [("done", "Survey done"), ("protocol", "Protocol sent")],
        required=True,
        readonly=True,
    )
    rating_id = fields.Many2one("survey.callcenter.rating", readonly=True)
    note = fields.Text(readonly=True)
