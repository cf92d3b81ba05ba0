from collections import Counter

from odoo import api, fields, models

from ..tools.trigram import trigram


class ResPartner(models.Model):
    """What the call center noted down about a person, or about a company's people."""

    _inherit = "res.partner"

    cc_history_count = fields.Integer(
        string="Contact History",
        compute="_compute_cc_counts",
        groups="survey_callcenter.group_cc_agent",
    )
    cc_contact_count = fields.Integer(
        string="Call Surveys",
        compute="_compute_cc_counts",
        groups="survey_callcenter.group_cc_agent",
    )

    # A contact is found by a part of his name among a million.
    _cc_name_index = models.Index(trigram("complete_name"))

    @api.depends_context("uid")
    def _compute_cc_counts(self):
        entries = self._count_below("survey.callcenter.history")
        contacts = self._count_below("survey.callcenter.contact")
        for partner in self:
            partner.cc_history_count = entries[partner._origin.id]
            partner.cc_contact_count = contacts[partner._origin.id]

    def _count_below(self, model):
        """Return how many records each partner has, with the people below him."""
        counts = Counter()
        if not self.ids:
            return counts
        groups = self.env[model]._read_group(
            [("partner_id", "child_of", self.ids)], ["partner_id"], ["__count"]
        )
        # Where a person belongs may be known by whoever counts what is his.
        for partner, count in groups:
            ancestor_sudo = partner.sudo()
            while ancestor_sudo:
                counts[ancestor_sudo.id] += count
                ancestor_sudo = ancestor_sudo.parent_id
        return counts

    # === ACTION METHODS === #

    def action_cc_history(self):
        self.ensure_one()
        return self._open_below("survey_callcenter.action_contact_history")

    def action_cc_contacts(self):
        self.ensure_one()
        return self._open_below("survey_callcenter.action_contacts")

    def _open_below(self, action):
        """Return the action for this partner and the people below him only."""
        return self.env["ir.actions.act_window"]._for_xml_id(action) | {
            "domain": [("partner_id", "child_of", self.ids)],
            "context": {},
        }
