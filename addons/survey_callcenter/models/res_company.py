from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cc_agents_required = fields.Boolean(
        string="Agents Must Be Assigned",
        help="A call survey can only be released when agents are assigned to it."
        " Otherwise a survey without agents is open to all agents.",
    )
    cc_statistic_factor = fields.Integer(
        string="Factor of the Statistic",
        default=1000,
        help="The live board shows the ratio of positive to all other calls times this"
        " factor: 40 positive ones of 5000 are 40 / 4960 × 1000 = 8.06.",
    )
    cc_refresh_minutes = fields.Integer(
        string="Refresh Live Board (Minutes)",
        default=1,
        help="After how many minutes the live board reads its figures again."
        " 0: only when the page is opened.",
    )

    _cc_statistic_factor_positive = models.Constraint(
        "CHECK (cc_statistic_factor > 0)",
        "The factor of the statistic must be positive.",
    )
    _cc_refresh_minutes_positive = models.Constraint(
        "CHECK (cc_refresh_minutes >= 0)", "Minutes cannot be negative."
    )
