from collections import Counter

from odoo import models


class ResPartner(models.Model):
    """How many tickets a customer and his contacts have."""

    _inherit = "res.partner"

    def _compute_helpdesk_ticket_count(self):
        """Count in the database; OCA loads every ticket of every customer."""
        active, total = self._count_helpdesk_tickets()
        for partner in self:
            partner_id = partner._origin.id
            partner.helpdesk_ticket_count = total[partner_id]
            partner.helpdesk_ticket_active_count = active[partner_id]
            partner.helpdesk_ticket_count_string = (
                f"{active[partner_id]} / {total[partner_id]}"
            )

    def _count_helpdesk_tickets(self):
        """Return the numbers of active and of all tickets, of partners and below."""
        active, total = Counter(), Counter()
        groups = self.env["helpdesk.ticket"]._read_group(
            [("partner_id", "child_of", self.ids)],
            ["partner_id", "stage_id"],
            ["__count"],
        )
        # Whoever may count a ticket may know where its contact belongs, and whether its
        # stage closes it, also when these are another company's.
        for partner, stage, count in groups:
            ancestor_sudo = partner.sudo()
            while ancestor_sudo:
                total[ancestor_sudo.id] += count
                active[ancestor_sudo.id] += 0 if stage.sudo().closed else count
                ancestor_sudo = ancestor_sudo.parent_id
        return active, total
