from odoo import api, models
from odoo.fields import Domain

from ..tools import portal_fields
from .customer_change_request import OPEN_STATES


class CustomerChangeRequest(models.Model):
    """What customers read about their requests in the portal, and may do with them."""

    _inherit = "customer.change.request"

    @api.model
    def _find_all_open(self):
        """Return the open requests that the visitor may see, newest first."""
        return self.search(Domain("state", "in", OPEN_STATES))

    def _get_badge(self):
        """Return what stands at the data that this open request is about."""
        if self.state == "scheduled":
            return self.env._("Change approved for %(day)s", day=self._get_day_text())
        return {
            "update": self.env._("Change requested"),
            "create": self.env._("New address requested"),
            "archive": self.env._("Removal requested"),
        }[self.operation]

    def _get_day_text(self):
        return self.company_id._portal_format_date(self.effective_date)

    def _get_validity_text(self):
        """Return from when on it counts; empty if it never will."""
        if self.state in ("rejected", "cancelled"):
            return ""
        if self.effective_date:
            return self._get_day_text()
        if self.is_automatic:
            return self.env._("at once")
        if self.state == "pending":
            return self.env._("as soon as it is approved")
        return self._get_decided_on_text()

    def _get_asked_on_text(self):
        return self._get_date_text(self.create_date)

    def _get_decided_on_text(self):
        return self._get_date_text(self.decided_on)

    def _get_date_text(self, moment):
        company = self.company_id
        return company._portal_format_date(company._portal_local(moment).date())

    def _get_thanks(self):
        """Return what a customer reads who has just sent this request."""
        if self.state == "cancelled":
            return [self.env._("Your request is withdrawn. Everything stays as it is.")]
        if self.is_automatic:
            return [self.env._("Thank you! Your change has taken effect.")]
        return [
            self.env._("Thank you! We have received your request."),
            self.env._(
                "Until we have approved it, everything stays as it is. We tell you by"
                " mail as soon as it is decided; you can follow it on this page."
            ),
        ]

    def _get_lines_to_show(self):
        """Return the lines in the order in which customers know the fields."""
        return self.line_ids.sorted(
            lambda line: portal_fields.get_position(line.field_name)
        )

    def _may_be_withdrawn_by(self, contact):
        """Return whether a contact may take this open request back.

        :param contact: sudo, because his rights are not his to read
        """
        if contact.commercial_partner_id != self.commercial_partner_id:
            return False
        is_own = contact == self.partner_id
        return is_own or contact._may_request_changes(self.target_partner_id)
