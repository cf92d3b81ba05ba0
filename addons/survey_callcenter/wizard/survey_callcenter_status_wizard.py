from odoo import fields, models


class SurveyCallcenterStatusWizard(models.TransientModel):
    """The dialog "Change contact status" (Kontaktstatus ändern) of managers."""

    _name = "survey.callcenter.status.wizard"
    _description = "Change Contact Status"

    contact_id = fields.Many2one(
        "survey.callcenter.contact", required=True, readonly=True, ondelete="cascade"
    )
    version = fields.Integer(readonly=True)
