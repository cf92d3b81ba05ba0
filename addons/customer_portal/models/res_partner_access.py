from odoo import models


class ResPartner(models.Model):
    """Which contacts and addresses a customer may ask to have changed."""

    _inherit = "res.partner"

    def _can_be_edited_by_current_customer(self, **kwargs):
        """Leave out the addresses for which a request of this contact is refused."""
        may_be_edited = super()._can_be_edited_by_current_customer(**kwargs)
        if not may_be_edited or not self.env.user._asks_for_changes():
            return may_be_edited
        # What a contact may do is for staff to read, and for the server to keep to.
        contact_sudo = self._get_current_partner(**kwargs).sudo()
        return self == contact_sudo or (
            # not of a company below theirs, which looks after its own addresses
            self.commercial_partner_id == contact_sudo.commercial_partner_id
            and contact_sudo._may_request_changes(self)
        )
