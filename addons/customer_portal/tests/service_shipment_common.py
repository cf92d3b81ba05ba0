"""Shipments of resellers for the tests; it holds no tests itself."""

from .service_common import ServicePeople

TOKEN = "0b0e5e0e-0000-4000-8000-0000000000{:02}"


class ShipmentPeople(ServicePeople):
    """Orders of resellers on their way; the people are those of service orders."""

    @classmethod
    def _ship_as(cls, user, orders, number=1):
        """Return the draft of a shipment, seen with the eyes of its contact."""
        shipments = cls.env["customer.service.shipment"].with_user(user).sudo()
        return shipments._create_for(
            orders.sudo(),
            {"partner_id": user.partner_id.id, "form_token": TOKEN.format(number)},
        ).sudo(False)

    @classmethod
    def _confirmed_as(cls, user, orders, number=1, **values):
        """Return a shipment that a user has just announced."""
        shipment = cls._ship_as(user, orders, number)
        shipment.sudo()._confirm(**values)
        return shipment

    @classmethod
    def _devices_of(cls, user, count=2, **values):
        """Return confirmed orders that can be shipped together."""
        orders = [
            cls._order_as(
                user,
                imei=cls._next_imei(),
                **{"shipping_type_id": cls.pickup.id} | values,
            )
            for _number in range(count)
        ]
        return cls.orders.with_user(user).concat(*orders)
