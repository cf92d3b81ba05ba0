from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    """Whether an agent is there when he should call somebody again."""

    _inherit = "res.users"

    def _cc_is_absent(self, at):
        """Whether the agent is on leave; approved time off is such a leave too."""
        self.ensure_one()
        # That a colleague is away is said, not why.
        resources_sudo = self.sudo().resource_ids
        own = Domain("resource_id", "in", resources_sudo.ids)
        holiday = Domain("resource_id", "=", False) & Domain(
            "calendar_id", "in", resources_sudo.calendar_id.ids
        )
        at_that_time = Domain(
            [("time_type", "=", "leave"), ("date_from", "<=", at), ("date_to", ">", at)]
        )
        leaves_sudo = self.env["resource.calendar.leaves"].sudo()
        return bool(leaves_sudo.search_count(at_that_time & (own | holiday), limit=1))
