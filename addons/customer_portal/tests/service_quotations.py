"""Quotations for service orders, as salesmen make them."""

from odoo.fields import Command

from .service_common import ServicePeople

DECLINED = "customer_portal.mail_activity_type_quotation_declined"
REFUSAL = "The order is not in a state requiring customer signature."
SIGNATURE = (  # a picture of one point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class ServiceQuotations(ServicePeople):
    """Carla's device is in the workshop; Sam sells, and knows no service orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = cls._create_user("Sam", "sales_team.group_sale_salesman_all_leads")
        cls.erik.group_ids |= cls.env.ref("sales_team.group_sale_salesman_all_leads")
        cls.display = cls.env["product.product"].create(
            {"name": "Display", "taxes_id": False}
        )
        cls.order = cls._order_as(cls.carla).with_user(cls.erik)
        cls.order.action_receive()

    @classmethod
    def _quote(cls, price=129.0, **values):
        """Return a quotation as the technician writes it: a draft."""
        action = cls.order.action_create_quotation()
        quotation = cls.env["sale.order"].with_user(cls.erik).browse(action["res_id"])
        line = Command.create({"product_id": cls.display.id, "price_unit": price})
        quotation.write({"order_line": [line], "require_signature": True} | values)
        return quotation

    @classmethod
    def _send(cls, quotation):
        quotation.action_quotation_sent()
        return quotation

    def _notes(self):
        """Return what the order's chatter says, newest first."""
        self.env.flush_all()
        return "\n".join(self.order.sudo().message_ids.mapped("body"))

    def _declined_activities(self):
        activity_type = self.env.ref(DECLINED)
        activities = self.order.sudo().activity_ids
        return activities.filtered(lambda it: it.activity_type_id == activity_type)
