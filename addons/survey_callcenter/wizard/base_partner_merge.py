from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Merge the contacts first: a contact list has each person once.

        Who merges people need not work for the call center.
        """
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()
        contacts_sudo._cc_merge_people(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
