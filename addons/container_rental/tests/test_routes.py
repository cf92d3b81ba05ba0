from odoo.tests import tagged

from .common import ContainerCase

OURS = "odoo.addons.container_rental."
ACTING = {
    "/my/containers/request",
    "/my/containers/requests/<int:request_id>/cancel",
}
READING = {
    "/my/containers",
    "/my/containers/page/<int:page>",
    "/my/containers/export.csv",
    "/my/containers/check",
    "/my/containers/requests",
    "/my/containers/requests/page/<int:page>",
    "/my/containers/requests/<int:request_id>",
    "/my/containers/requests/by_token/<token>",
}


@tagged("-at_install", "post_install")
class TestRoutes(ContainerCase):
    """What the server lets a link do, read from the routes as they are merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.routes = {
            rule.rule: rule.endpoint.routing
            for rule in cls.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.func.__module__.startswith(OURS)
        }

    def test_every_route_either_reads_or_acts(self):
        """A new route belongs into one of the two lists above."""
        self.assertEqual(set(self.routes), READING | ACTING)

    def test_reading_routes_cannot_write(self):
        for url in READING:
            with self.subTest(url=url):
                self.assertIs(self.routes[url].get("readonly"), True)

    def test_acting_routes_want_a_form_of_ours(self):
        for url in ACTING:
            with self.subTest(url=url):
                routing = self.routes[url]
                self.assertEqual(routing["methods"], ["POST"])
                self.assertEqual(routing["type"], "http")
                self.assertIsNot(routing.get("csrf"), False)
                self.assertFalse(routing.get("readonly"))

    def test_every_route_wants_a_visitor_who_signed_in(self):
        for url, routing in self.routes.items():
            with self.subTest(url=url):
                self.assertEqual(routing["auth"], "user")
                self.assertFalse(routing.get("cors"))
