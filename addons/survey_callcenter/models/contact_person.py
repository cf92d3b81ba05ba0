from odoo import api, fields, models


class SurveyCallcenterContact(models.Model):
    """The person behind a contact, as lists show him."""

    _inherit = "survey.callcenter.contact"

    person_name = fields.Char(string="Person", compute="_compute_person")
    company_name = fields.Char(string="Employer", compute="_compute_person")
    zip_city = fields.Char(string="ZIP / City", compute="_compute_person")

    @api.depends(
        "partner_id.name",
        "partner_id.complete_name",
        "partner_id.commercial_company_name",
        "partner_id.zip",
        "partner_id.city",
    )
    def _compute_person(self):
        for contact in self:
            person = contact.partner_id
            # An address without a name shows what kind of address it is.
            contact.person_name = person.name or person.complete_name
            contact.company_name = person.commercial_company_name
            contact.zip_city = " ".join(filter(None, (person.zip, person.city)))
