from odoo import models
from odoo.tools import format_date


class ContainerRental(models.Model):
    """What a customer reads about a container in the portal."""

    _inherit = "container.rental"

    def _get_planned_text(self):
        """Return on which day an approved container will come."""
        self.ensure_one()
        if not self.delivery_date:
            return self.env._("Approved")
        weekday = format_date(self.env, self.delivery_date, date_format="ccc")
        return self.env._(
            "Approved – delivery %(day)s",
            day=f"{weekday} {format_date(self.env, self.delivery_date)}",
        )

    def _get_overdue_text(self):
        """Return for how long a container should have been back, or an empty text."""
        self.ensure_one()
        if not self.is_overdue:
            return ""
        days = (self.company_id._portal_today() - self.back_by).days
        if days == 1:
            return self.env._("overdue for 1 day")
        return self.env._("overdue for %(days)s days", days=days)
