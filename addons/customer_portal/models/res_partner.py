from odoo import models


class ResPartner(models.Model):
    """A contact who changes to another company loses sight of the old one."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(("parent_id", "is_company")):
            self._forget_cached_rules()
        return result

    def _forget_cached_rules(self):
        """Let the record rules ask anew which company the users among us belong to.

        Odoo keeps ``user.commercial_partner_id`` in the rules of each user, and notices
        only what changes about the user himself.
        """
        # Whose account it is, is no secret to the server.
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        if self.ids and users_sudo.search_count(
            [("partner_id", "child_of", self.ids)], limit=1
        ):
            self.env.registry.clear_cache()
