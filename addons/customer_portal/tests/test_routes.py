from .common import PortalHttpCase

OURS = "odoo.addons.customer_portal.controllers."
ACTING = {
    "/my/company/submit",
    "/my/company/address/submit",
    "/my/company/address/archive",
    "/my/changes/<int:request_id>/cancel",
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
}
# Odoo's own, which we extend: they are what Odoo makes them.
ODOOS = {
    "/my/account",
    "/my/addresses",
    "/my/address",
    "/my/address/submit",
    "/my/address/archive",
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
                self.assertIs(routing.get("readonly"), True)
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
                self.assertEqual(routing["auth"], "user")
                self.assertFalse(routing.get("cors"))
