from odoo import api, fields, models
from odoo.fields import Domain

# So many people are looked up one by one among the contacts.
FEW = 1000


class SurveyCallcenterContact(models.Model):
    """The person behind a contact, as lists show him."""

    _inherit = "survey.callcenter.contact"

    person_name = fields.Char(
        string="Person", compute="_compute_person", search="_search_person_name"
    )
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

    def _cc_get_address(self):
        """Return the address of the person, a part per line, without names."""
        lines = self.partner_id._display_address(without_company=True).split("\n")
        return "\n".join(" ".join(line.split()) for line in lines if line.strip())

    def _search_person_name(self, operator, value):
        """Find contacts by a part of the name of the person or his company.

        PostgreSQL cannot guess how many people have a part of a name. If they are few,
        it is told who they are; if there are many, the first contacts have some.
        """
        if operator not in ("ilike", "like", "=ilike", "=like", "in"):
            return NotImplemented
        people = self.env["res.partner"].with_context(active_test=False)
        named = Domain("complete_name", operator, value)
        ids = people._search(named, limit=FEW + 1).get_result_ids()
        if len(ids) <= FEW:
            return Domain("partner_id", "in", ids)
        return Domain("partner_id.complete_name", operator, value)
