from odoo import models


class CustomerServiceOrder(models.Model):
    """What customer and technicians write to each other, and who has to answer."""

    _inherit = "customer.service.order"

    # Few of all orders, which the office looks for all day.
    _replied_idx = models.Index(
        "(company_id, date_order DESC, id DESC) WHERE customer_reply_pending IS TRUE"
    )

    def _message_compute_subject(self):
        """Name the device as well: a customer may have many in service."""
        return ": ".join(filter(None, (self.name, self.device_name)))

    def _get_responsible(self):
        """Return the technician, and as long as there is none the team."""
        # Customers may not read who it is, but their words reach somebody.
        technician_sudo = self.sudo().user_id.filtered("active")
        if technician_sudo:
            return technician_sudo, False
        return super()._get_responsible()
