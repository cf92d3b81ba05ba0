from odoo import fields, models


class SurveyCallcenterSelection(models.Model):
    """Stored criteria that choose whom a survey calls (Selektierung)."""

    _name = "survey.callcenter.selection"
    _description = "Selection of Contacts"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        readonly=True,
        index=True,
        help="Only the owner changes the criteria.",
    )
    shared = fields.Boolean(
        default=True, help="Colleagues may see the selection and use it in their surveys."
    )
    mode = fields.Selection(
        [("dynamic", "Dynamic"), ("static", "Static")],
        required=True,
        default="dynamic",
        help="Dynamic: who fits the criteria at the time of use."
        " Static: the contacts that were marked.",
    )
    domain = fields.Char(required=True, default="[]", string="Criteria")
    partner_ids = fields.Many2many("res.partner", string="Members")
    country_id = fields.Many2one("res.country")
    zip_from = fields.Char(string="ZIP From")
    zip_to = fields.Char(string="ZIP To")
    exclude_dnc = fields.Boolean(string="Without Do-Not-Call Numbers", default=True)
    require_phone = fields.Boolean(string="Only With a Phone Number", default=True)
    dedupe_phone = fields.Boolean(string="Each Number Once", default=True)
    exclude_other_open_surveys = fields.Boolean(
        string="Not in Other Open Surveys",
        help="Leave out who still waits for a call of another survey.",
    )
    allow_user_change = fields.Boolean(
        string="User May Change",
        default=True,
        help="Off: once an agent has reached the person, only this agent goes on.",
    )

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "Another selection has this name."
    )
