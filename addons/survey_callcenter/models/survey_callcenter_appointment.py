from odoo import fields, models


class SurveyCallcenterAppointment(models.Model):
    """A visit of the field service that was agreed on the phone."""

    _name = "survey.callcenter.appointment"
    _description = "Field Service Appointment"
    _order = "start desc, id desc"
    _rec_name = "partner_id"

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
        related="contact_id.partner_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="contact_id.company_id", store=True, index="btree_not_null"
    )
    rep_id = fields.Many2one(
        "res.users", string="Representative", required=True, index=True, readonly=True
    )
    start = fields.Datetime(required=True, readonly=True)
    stop = fields.Datetime(required=True, readonly=True)
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
    )
    event_id = fields.Many2one(
        "calendar.event", readonly=True, ondelete="set null", index="btree_not_null"
    )
    protocol_sent_at = fields.Datetime(readonly=True)
    protocol_mail_id = fields.Many2one("mail.mail", readonly=True, ondelete="set null")
    previous_rep_id = fields.Many2one("res.users", readonly=True)
