from odoo import models


class CustomerServiceChatMixin(models.AbstractModel):
    """A document of a service location: its team and the customer write to each other.

    A model has ``location_id``.
    """

    _name = "customer.service.chat.mixin"
    _description = "Document of a Service Location"
    _inherit = "customer.chat.mixin"

    def _get_administrators(self):
        # Customers may not read who looks after them, but their documents reach them.
        location_sudo = self.location_id.sudo()
        return self.company_id._portal_administrators(
            location_sudo.user_ids,
            location_sudo.email,
            "customer_portal.customer_portal_group_service_user",
        )
