from odoo import models


class MailMessage(models.Model):
    """What staff note about a customer's document is not for the customer.

    Odoo keeps from customers the internal messages that somebody has written. Those
    that it writes itself (who is to decide, why something was put back, what staff
    have changed) it shows to everybody who knows, or tries, their numbers.
    """

    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation != "read" or self.env.user._is_internal():
            return forbidden
        # What kind of message it is, is for this check to know.
        internal_sudo = (
            (self - forbidden).sudo().filtered(lambda it: it._is_internal_note())
        )
        return forbidden + internal_sudo.sudo(False)

    def _is_internal_note(self):
        """Return whether this is a note of staff about a customer's document."""
        document = self.env.registry.get(self.model)
        if not document or not issubclass(
            document, self.env.registry["customer.document.mixin"]
        ):
            return False
        return self.is_internal or not self.subtype_id or self.subtype_id.internal
