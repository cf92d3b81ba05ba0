"""People and orders for the tests of service orders."""

from odoo.fields import Command

IMEI = "354178036859789"
OTHER_IMEI = "490154203237518"


class ServicePeople:
    """A workshop with two locations; Adler is a reseller, Krone a customer.

    Anna and Bert (Hotel Adler GmbH) may use both ways of shipping, Carla (Gasthof Krone
    GmbH) brings her devices herself. Erik works in the workshop, Mia manages it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.erik.group_ids |= cls.env.ref(
            "customer_portal.customer_portal_group_service_user"
        )
        cls.mia = cls._create_user(
            "Mia", "customer_portal.customer_portal_group_service_manager"
        )
        cls.company = cls.env.company
        cls.company.portal_tz = "Europe/Berlin"
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "DHL",
                "product_id": cls.env["product.product"]
                .create({"name": "Parcel", "type": "service"})
                .id,
                "tracking_url": "https://t.example/?n=<shipmenttrackingnumber>",
            }
        )
        shipping_types = cls.env["customer.service.shipping.type"]
        cls.pickup = shipping_types.create(
            {
                "name": "DHL pickup",
                "inbound_method": "portal_shipment",
                "carrier_id": cls.carrier.id,
            }
        )
        cls.bring = shipping_types.create(
            {"name": "I bring it myself", "inbound_method": "bring"}
        )
        cls.repair = cls.env["customer.service.type"].create(
            {"name": "Repair", "estimated_days": 5}
        )
        cls.warranty = cls.env["customer.service.type"].create({"name": "Warranty"})
        cls.berlin = cls._create_location("Berlin")
        cls.wien = cls._create_location("Wien")
        tasks = cls.env["customer.service.task"]
        cls.find_my = tasks.create(
            {
                "name": "Is “Find my iPhone” off?",
                "answer_type": "yes_no",
                "required": True,
                "service_type_ids": [Command.set(cls.repair.ids)],
            }
        )
        cls.damage = tasks.create(
            {
                "name": "Visible damage",
                "answer_type": "longtext",
                "service_type_ids": [Command.set(cls.repair.ids)],
            }
        )
        cls.adler.write(
            {
                "service_role": "reseller",
                "service_shipping_type_ids": [
                    Command.set((cls.pickup | cls.bring).ids)
                ],
            }
        )
        cls.krone.service_shipping_type_ids = cls.bring
        cls.orders = cls.env["customer.service.order"]

    @classmethod
    def _create_location(cls, name, **values):
        team = cls._create_user(
            f"Team {name}", "customer_portal.customer_portal_group_service_user"
        )
        address = cls.env["res.partner"].create(
            {"name": f"Workshop {name}", "street": "Werkstr. 1", "city": name}
        )
        return cls.env["customer.service.location"].create(
            {
                "name": name,
                "partner_id": address.id,
                "user_ids": [Command.set(team.ids)],
                "portal_published": True,
                "service_type_ids": [Command.set((cls.repair | cls.warranty).ids)],
                "shipping_type_ids": [Command.set((cls.pickup | cls.bring).ids)],
            }
            | values
        )

    @classmethod
    def _draft_as(cls, user, **values):
        """Return a complete draft of a portal user, seen with his eyes."""
        vals = {
            "partner_id": user.partner_id.id,
            "location_id": cls.berlin.id,
            "service_type_id": cls.repair.id,
            "device_name": "iPhone 15",
            "imei": IMEI,
            "issue": "Does not charge",
            "answer_ids": [
                Command.create(
                    cls.env["customer.service.answer"]._prepare_answer_vals(
                        cls.find_my, value_boolean=True
                    )
                )
            ],
        } | values
        return cls.orders.with_user(user).sudo()._start_draft(vals).sudo(False)

    @classmethod
    def _order_as(cls, user, **values):
        """Return an order that a portal user has just sent, seen with his eyes."""
        order = cls._draft_as(user, **values)
        order.sudo()._submit()
        return order

    @classmethod
    def _order_in(cls, state, user=None, **values):
        """Return an order, by default Carla's, that has come so far, as Erik sees it.

        Orders of resellers are never ``submitted`` for long.
        """
        order = cls._draft_as(user or cls.carla, **values).with_user(cls.erik)
        if state != "draft":
            order.with_user(order.partner_id.user_ids).sudo()._submit()
        if state == "cancelled":
            order._cancel("No longer needed")
        if state in ("confirmed", "at_location", "completed"):
            order.filtered(lambda it: it.state == "submitted").action_confirm()
        if state in ("at_location", "completed"):
            order.action_receive()
        if state == "completed":
            order._complete(resolution="New battery")
        return order

    @classmethod
    def _next_imei(cls):
        """Return a valid IMEI that no other order of the tests has."""
        cls.imei_count = getattr(cls, "imei_count", 0) + 1
        digits = f"35417803{cls.imei_count:06d}"
        total = sum(
            sum(divmod(int(digit) * (2 if index % 2 else 1), 10))
            for index, digit in enumerate(digits)
        )
        return f"{digits}{-total % 10}"
