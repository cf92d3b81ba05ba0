from functools import cached_property

from odoo.fields import Domain
from odoo.http import request

from ..tools.device_ids import NUMBERS, clean_numbers
from .service_task_form import ServiceTaskForm

DEVICE = (
    *("device_name", "manufacturer", "configuration"),
    *("serial_number", "imei", "imei2", "accessories", "device_condition"),
    *("purchase_date", "under_warranty", "device_passcode"),
)
# Which numbers a service wants, by what identifies a device for it.
IDENTIFIERS = {
    "serial_or_imei": ("serial_number", "imei"),
    "serial": ("serial_number",),
    "imei": ("imei",),
}
# What is known of a device that was in service before.
KNOWN = {
    "device_name": "name",
    "manufacturer": "manufacturer",
    "configuration": "configuration",
    "serial_number": "serial_number",
    "imei": "imei",
    "imei2": "imei2",
    "purchase_date": "purchase_date",
    "end_customer_name": "end_customer",
}
MAX_DEVICES = 100  # more are not chosen from a list, but typed


class ServiceDeviceForm(ServiceTaskForm):
    """What a customer says about a device, and what is known about it already."""

    device_fields = DEVICE

    # === WHAT IS ASKED FOR === #

    @property
    def identifiers(self):
        """The numbers of the device that this service asks for, or one of them."""
        return IDENTIFIERS.get(self.order_sudo.service_type_id.identifier, ())

    def is_alternative(self, name):
        """Return whether another field will do as well."""
        return name in self.identifiers and len(self.identifiers) > 1

    def is_number(self, name):
        return name in NUMBERS

    def typing(self, name):
        """Return how a browser helps to type a field: it does not know such things."""
        if name == "device_passcode" or self.is_number(name):
            plain = {"autocomplete": "off", "autocapitalize": "off"}
            return plain | {"spellcheck": "false"}
        return {}

    @property
    def today(self):
        return self.order_sudo.company_id._portal_today()

    # === DEVICES OF THE CUSTOMER === #

    @cached_property
    def devices_sudo(self):
        """The devices that the visitor can take over, the newest first."""
        contact_sudo = self.contact_sudo
        own = Domain(
            "commercial_partner_id", "=", contact_sudo.commercial_partner_id.id
        )
        if contact_sudo.service_scope == "own":
            own &= Domain("order_ids.partner_id", "=", contact_sudo.id)
        # Customers do not read the registry, but choose what they sent in before.
        devices_sudo = request.env["customer.service.device"].sudo()
        return devices_sudo.search(own, limit=MAX_DEVICES)

    def take_device_over(self):
        """Fill in what is known about the chosen device."""
        label = request.env._("One of Your Devices")
        device_sudo = self.record("device", label, self.devices_sudo)
        if device_sudo:
            for name, source in KNOWN.items():
                self.typed[name] = str(device_sudo[source] or "")
            is_covered = device_sudo.warranty_state == "valid"
            self._sent["under_warranty"] = "1" if is_covered else ""

    # === WHAT IS WRONG WITH A DEVICE === #

    def _look_device_up(self):
        """Let a registry outside say what it knows about the device."""
        numbers = self.vals["serial_number"], self.vals["imei"]
        if self.ok and any(numbers):
            found = clean_numbers(self.draft_sudo._lookup_device(*numbers))
            self.vals |= found
            self.typed |= {name: str(value or "") for name, value in found.items()}

    @cached_property
    def twin(self):
        """An open order for the same device which the visitor sees; maybe none."""
        orders = request.env["customer.service.order"]
        if not self.order_sudo._get_duplicate_faults():
            return orders
        twin_sudo = self.order_sudo._find_twin_sudo()
        return orders.browse(twin_sudo.id)._filtered_access("read")

    # === THE SECRET === #

    @property
    def has_passcode(self):
        """Whether one was kept; it is shown to nobody but technicians."""
        return bool(self.draft_sudo.device_passcode)

    def _keep_passcode(self):
        """Leave a kept passcode as it is, unless the customer said otherwise."""
        is_deleted = self.flag("device_passcode_delete")
        if self.has_passcode and not (self.vals["device_passcode"] or is_deleted):
            del self.vals["device_passcode"]
