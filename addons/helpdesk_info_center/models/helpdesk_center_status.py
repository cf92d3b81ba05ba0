from odoo import models
from odoo.fields import Domain

from ..tools.states import ACTIVE


class HelpdeskCenter(models.AbstractModel):
    """How many tickets a customer has, by status; each number is a list."""

    _inherit = "helpdesk.center"

    def _get_status_domain(self, key):
        """Return the tickets that a line of the company status counts."""
        return {
            "escalated": self.env["helpdesk.ticket"]._escalated_domain(),
            "open": Domain("state_type", "in", ACTIVE),
            "closed": Domain("state_type", "=", "closed"),
            "all": Domain.TRUE,
            "archived": Domain("active", "=", False),
        }.get(key, Domain.FALSE)

    def _ask_status_numbers(self, numbers, scope, widgets, options):
        for key in self._get_status_labels():
            numbers.count(("status", key), self._get_status_domain(key))

    def _get_status_data(self, scope, widgets, options, numbers):
        """Return how many tickets there are, by status; archived ones by themselves."""
        rows = [
            {"key": key, "label": label, "count": numbers["status", key]}
            for key, label in self._get_status_labels().items()
        ]
        return {key: {"rows": rows} for key in widgets.mapped("key")}

    def _get_status_labels(self):
        return {
            "escalated": self.env._("Escalated Tickets"),
            "open": self.env._("Open Tickets"),
            "closed": self.env._("Closed Tickets"),
            "all": self.env._("All Tickets"),
            "archived": self.env._("Archived Tickets"),
        }
