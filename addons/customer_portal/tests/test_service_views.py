from lxml import etree

from .common import PortalTransactionCase
from .service_common import ServicePeople

OUR_MODELS = (
    *("customer.service.order", "customer.service.shipment"),
    *("customer.service.device", "customer.service.answer"),
    *("customer.service.location", "customer.service.type"),
    *("customer.service.shipping.type", "customer.service.status"),
    *("customer.service.task", "customer.service.reason"),
    *("customer.service.complete", "customer.service.set.status"),
)


class TestServiceViews(ServicePeople, PortalTransactionCase):
    """Which views there are, and for whom."""

    def test_every_view_opens_for_the_least_user(self):
        for model in OUR_MODELS:
            views = self.env["ir.ui.view"].search(
                [("model", "=", model), ("mode", "=", "primary")]
            )
            views = views.filtered(lambda v: v.xml_id.startswith("customer_portal."))
            self.assertTrue(views, model)
            for user in (self.erik, self.mia):
                for view in views:
                    with self.subTest(view=view.xml_id, user=user.name):
                        records = self.env[model].with_user(user)
                        result = records.get_views([(view.id, view.type)])
                        self.assertIn(model, result["models"])
