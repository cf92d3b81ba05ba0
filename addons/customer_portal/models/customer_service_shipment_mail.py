from odoo import models


class CustomerServiceShipment(models.Model):
    """What the mails about a shipment need to know."""

    _inherit = "customer.service.shipment"

    def _get_mail_rows(self, for_staff=False):
        """Return what a mail says about the shipment: pairs of a label and a text.

        Call it with sudo.
        """
        rows = [
            ("name", self.name),
            ("commercial_partner_id", for_staff and self._get_customer_text()),
            ("location_id", self.location_id.name),
            ("shipping_type_id", self.shipping_type_id.name),
            ("package_count", str(self.package_count)),
            ("tracking_number", self.tracking_number),
        ]
        return [
            (self._fields[name]._description_string(self.env), text)
            for name, text in rows
            if text
        ]
