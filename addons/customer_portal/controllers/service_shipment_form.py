import re

from odoo.http import request

from ..models.customer_service_order import MAX_LINE
from ..models.customer_service_shipment import MAX_PACKAGES
from .portal_form import PortalForm

MAX_WEIGHT = 10_000  # kilograms; more than any parcel, and a typing error is found
# Three digits behind the point: 1.000 kg means one kilogram here and a ton there.
_WEIGHT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")


class ServiceShipmentForm(PortalForm):
    """What a reseller says about a shipment that is packed."""

    field_order = ("package_count", "weight", "tracking_number", "is_ready")
    max_packages = MAX_PACKAGES

    def parse(self):
        """Return the values with which the shipment is confirmed."""
        _ = request.env._
        if not self.flag("is_ready"):
            self.fail("is_ready", _("Please confirm that everything is packed."))
        return {
            "package_count": self.natural(
                "package_count", _("Packages"), maximum=MAX_PACKAGES, required=True
            ),
            "weight": self.weight("weight", _("Weight (kg)")),
            "tracking_number": self.parse_tracking_number(),
        }

    def parse_tracking_number(self):
        label = request.env._("Tracking Number")
        return self.text("tracking_number", label, max_length=MAX_LINE) or False

    def weight(self, name, label):
        """Return kilograms; both a point and a comma stand before the decimals."""
        value = self._value(name)
        if not value:
            return 0.0
        match = _WEIGHT.fullmatch(value)
        weight = match and float(f"{match[1]}.{match[2] or 0}")
        if weight is not None and weight <= MAX_WEIGHT:
            return weight
        return self.fail(
            name,
            request.env._(
                "“%(label)s” must be a number such as 2.5, at most %(maximum)s.",
                label=label,
                maximum=MAX_WEIGHT,
            ),
        )
