from odoo import models
from odoo.tools import human_size

from ..tools import field_values
from .customer_service_order import NEW_STATES, OPEN_STATES

NUMBERS = ("client_order_ref", "internal_ref")
DEVICE = (
    *("device_name", "manufacturer", "configuration"),
    *("serial_number", "imei", "imei2", "accessories", "device_condition"),
    *("purchase_date", "under_warranty"),
)


class CustomerServiceOrder(models.Model):
    """Everything about an order, as its customer reads it on its page.

    What is read through the order has no rights of its own: call all of it with sudo,
    on an order that the visitor may see. Rows are pairs of a label and a text; what is
    empty is left out.
    """

    _inherit = "customer.service.order"

    def _get_number_rows(self):
        """Return when the order was made, and what else it is called."""
        date = (self._get_label("date_order"), self._get_date_text())
        return [date, *self._get_rows(NUMBERS)]

    def _get_device_rows(self):
        """Return what the customer says about the device."""
        return self._get_rows(DEVICE)

    def _get_passcode_rows(self):
        """Return that there is a passcode: what it is, only technicians read."""
        label = self._get_label("device_passcode")
        return [(label, self.env._("stored"))] if self.device_passcode else []

    def _get_customer_rows(self):
        """Return for whom the device is repaired, and where it goes then."""
        customer, contact = self.commercial_partner_id, self.partner_id
        rows = [
            (self._get_label("partner_id"), contact.name),
            (self._get_label("commercial_partner_id"), customer.name),
            (self._get_label("end_customer_name"), self.end_customer_name),
            (self._get_label("delivery_address_id"), self._get_return_address_text()),
        ]
        return [row for row in rows[contact == customer :] if row[1]]

    def _get_service_rows(self):
        """Return what is done with the device, where, and until when."""
        shipping_type = self.shipping_type_id
        instructions = shipping_type.instructions if self.state in NEW_STATES else ""
        promise = self.promised_date if self.state in OPEN_STATES else None
        rows = [
            (self._get_label("service_type_id"), self.service_type_id.name),
            (self._get_label("location_id"), self._get_location_text()),
            (self.env._("Opening Hours"), self.location_id.opening_hours),
            (self._get_label("shipping_type_id"), shipping_type.name),
            (self.env._("How to Send the Device"), instructions),
            (
                self._get_label("promised_date"),
                self.company_id._portal_format_date(promise),
            ),
        ]
        return [row for row in rows if row[1]]

    def _get_location_text(self):
        location = self.location_id
        address = location.partner_id
        names = dict.fromkeys((location.name, address.name))
        return "\n".join(filter(None, (*names, address._get_portal_address_text())))

    def _get_return_address_text(self):
        address = self.delivery_address_id or self.commercial_partner_id
        if address.commercial_partner_id != self.commercial_partner_id:
            return ""  # it was given to another customer, whose business it is now
        lines = (address.name, address._get_portal_address_text())
        return "\n".join(filter(None, lines))

    def _get_rows(self, names):
        return [
            (self._get_label(name), field_values.show(self, name, self[name]))
            for name in names
            if self[name]
        ]

    # === FILES === #

    def _get_files(self):
        """Return the files that the customer may have: ``id``, ``name``, ``size``."""
        return [
            {"id": file.id, "name": file.name, "size": human_size(file.file_size)}
            for file in self.public_attachment_ids.sorted("id")
        ]

    def _get_answer_file(self, answer):
        """Return the file that is an answer, if the customer may have it."""
        file = self._find_file(answer.attachment_id.id)
        return file.with_prefetch(self.public_attachment_ids._ids)
