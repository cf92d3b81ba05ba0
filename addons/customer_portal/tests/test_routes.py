from .common import PortalHttpCase

OURS = "odoo.addons.customer_portal.controllers."
ACTING = {
    "/my/company/submit",
    "/my/company/address/submit",
    "/my/company/address/archive",
    "/my/changes/<int:request_id>/cancel",
    "/my/service-orders/new",
    "/my/service-orders/<int:order_id>/edit",
    "/my/service-orders/<int:order_id>/approve",
    "/my/service-orders/<int:order_id>/cancel",
    "/my/service-orders/<int:order_id>/upload",
    "/my/service-shipments/create",
    "/my/service-shipments/<int:shipment_id>/confirm",
    "/my/service-shipments/<int:shipment_id>/tracking",
    "/my/service-shipments/<int:shipment_id>/cancel",
}
READING = {
    "/my/company",
    "/my/company/edit",
    "/my/company/address",
    "/my/company/address/archive",
    "/my/changes",
    "/my/changes/page/<int:page>",
    "/my/changes/<int:request_id>",
    "/my/changes/by_token/<token>",
    "/my/service-orders",
    "/my/service-orders/page/<int:page>",
    "/my/service-orders/export",
    "/my/service-orders/export.csv",
    "/my/service-orders/new",
    "/my/service-orders/by_token/<token>",
    "/my/service-orders/<int:order_id>/edit",
    "/my/service-orders/<int:order_id>/summary",
    "/my/service-orders/<int:order_id>",
    "/my/service-orders/<int:order_id>/attachment/<int:attachment_id>",
    "/my/service-orders/<int:order_id>/pdf",
    "/my/service-shipments",
    "/my/service-shipments/page/<int:page>",
    "/my/service-shipments/by_token/<token>",
    "/my/service-shipments/<int:shipment_id>",
    "/my/service-shipments/<int:shipment_id>/packing-list",
    "/my/service-shipments/<int:shipment_id>/label",
}
# They write nothing but a file that is kept for the next time.
KEEPING = {"/my/service-orders/<int:order_id>/pdf"}
# Who has the link of a mail needs no account.
LINKED = {
    "/my/service-orders/<int:order_id>",
    "/my/service-orders/<int:order_id>/attachment/<int:attachment_id>",
    "/my/service-orders/<int:order_id>/pdf",
}
# Odoo's own, which we extend: they are what Odoo makes them.
ODOOS = {
    "/my/account",
    "/my/addresses",
    "/my/address",
    "/my/address/submit",
    "/my/address/archive",
    "/my/orders/<int:order_id>/decline",
    "/mail/attachment/upload",
}


class TestRoutes(PortalHttpCase):
    """What the server lets a link do, read from the routes as they are merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = cls.env["ir.http"].routing_map().iter_rules()
        cls.routes = [
            (rule.rule, rule.endpoint.routing)
            for rule in rules
            if rule.endpoint.func.__module__.startswith(OURS) and rule.rule not in ODOOS
        ]
        cls.acting = [it for it in cls.routes if it[1]["methods"] == ["POST"]]
        cls.reading = [it for it in cls.routes if it[1]["methods"] != ["POST"]]

    def test_every_route_either_reads_or_acts(self):
        """A new route belongs into one of the lists above."""
        self.assertEqual({url for url, _routing in self.acting}, ACTING)
        self.assertEqual({url for url, _routing in self.reading}, READING)

    def test_reading_routes_cannot_write(self):
        for url, routing in self.reading:
            with self.subTest(url=url):
                self.assertEqual(bool(routing.get("readonly")), url not in KEEPING)
                self.assertNotIn("POST", (url in ACTING and routing["methods"]) or ())

    def test_acting_routes_want_a_form_of_ours(self):
        for url, routing in self.acting:
            with self.subTest(url=url):
                self.assertEqual(routing["type"], "http")
                self.assertIsNot(routing.get("csrf"), False)
                self.assertFalse(routing.get("readonly"))

    def test_every_route_wants_a_visitor_who_signed_in(self):
        for url, routing in self.routes:
            with self.subTest(url=url):
                self.assertEqual(routing["auth"], "public" if url in LINKED else "user")
                self.assertFalse(routing.get("cors"))
