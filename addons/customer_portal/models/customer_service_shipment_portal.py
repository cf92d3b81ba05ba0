from odoo import models
from odoo.tools import formatLang


class CustomerServiceShipment(models.Model):
    """What resellers do with their shipments in the portal, and read about them."""

    _inherit = "customer.service.shipment"

    # === WHAT THEY DO === #

    def _note_tracking_number(self, number):
        """Keep the number that the carrier gave to a shipment; call it with sudo.

        :param number: empty: there is none any more
        :raise UserError: it is not on its way
        """
        self._lock_for("received")
        self.tracking_number = number

    def _cancel_by_customer(self):
        """Take back a shipment that was announced; call it with sudo.

        :raise UserError: a part of it has arrived, or it was cancelled already
        """
        self._cancel()
        self._mail_administrators("cancelled_by_customer")

    # === WHAT THEY READ === #

    def _get_way_text(self):
        """Return where the shipment goes, and how."""
        # Names of locations and shipping types are all that customers see of them.
        shipment_sudo = self.sudo()
        return shipment_sudo.location_id._get_way_text(shipment_sudo.shipping_type_id)

    def _get_date_text(self):
        """Return since when it is ready, else when it was begun."""
        local = self.company_id._portal_local(self.ready_on or self.create_date)
        return self.company_id._portal_format_date(local.date())

    def _get_devices_sudo(self):
        """Return the devices, whose lines are read through their shipment only."""
        return self.sudo().line_ids

    def _get_weight_text(self):
        """Return the weight as the reader's language writes it, or an empty text."""
        if not self.weight:
            return ""
        weight = formatLang(self.env, self.weight, digits=2)
        return self.env._("%(weight)s kg", weight=weight)

    # === WHAT THEY MAY === #

    def _may_be_cancelled(self):
        """Return whether the customer may still take the shipment back."""
        return self.state == "confirmed" and not self.received_count
