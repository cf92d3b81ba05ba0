from .common import CenterHttpCase

OURS = "odoo.addons.helpdesk_info_center."
ACTING = {"/ticket/close", "/submitted/ticket"}
READING = {
    "/new/ticket",
    "/my/tickets",
    "/my/tickets/page/<int:page>",
    "/my/ticket/<int:ticket_id>",
    "/my/ticket/<int:ticket_id>/<access_token>",
    "/helpdesk_info_center/export",
}
# Who has the link of a mail needs no account.
LINKED = {
    "/my/ticket/<int:ticket_id>",
    "/my/ticket/<int:ticket_id>/<access_token>",
}


class TestRoutes(CenterHttpCase):
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
        """A new route belongs into one of the lists above."""
        self.assertEqual(set(self.routes), READING | ACTING)

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
                self.assertEqual(routing["auth"], "public" if url in LINKED else "user")
                self.assertFalse(routing.get("cors"))
