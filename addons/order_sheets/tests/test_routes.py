from odoo.tests import tagged

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

OURS = "odoo.addons.order_sheets."
LIST = "/my/order-sheets"
SHEET = f"{LIST}/<int:sheet_id>"
REQUEST = f"{LIST}/requests/<int:request_id>"
PAGE = f"{REQUEST}/page/<int:page_id>"  # GET shows it, POST keeps what is typed
ACTING = {
    f"{SHEET}/start",
    f"{REQUEST}/upload",
    f"{REQUEST}/file/<int:attachment_id>/delete",
    f"{REQUEST}/submit",
    f"{REQUEST}/cancel",
}
CALLED = {f"{REQUEST}/{name}" for name in ("save", "pages", "seen")}
READING = {
    LIST,
    f"{LIST}/page/<int:page>",
    f"{SHEET}/preview",
    f"{SHEET}/preview/<int:page_id>",
    f"{SHEET}/image/<string:kind>/<int:record_id>",
    REQUEST,
    f"{REQUEST}/summary",
    f"{REQUEST}/pdf",
    f"{REQUEST}/attachment/<int:attachment_id>",
}
OFFICE = {"/order_sheets/<int:sheet_id>/export.csv"}


@tagged("-at_install", "post_install")
class TestRoutes(PortalTransactionCase):
    """What the server lets a link do, read from the routes as they are merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rules = [
            rule
            for rule in cls.env["ir.http"].routing_map().iter_rules()
            if rule.endpoint.func.__module__.startswith(OURS)
        ]
        cls.urls = {rule.rule for rule in rules}
        cls.pages = [rule.endpoint.routing for rule in rules if rule.rule == PAGE]
        cls.routes = {
            rule.rule: rule.endpoint.routing for rule in rules if rule.rule != PAGE
        }

    def test_every_route_reads_acts_or_is_called_by_a_page(self):
        """A new route belongs into one of the lists above."""
        self.assertEqual(self.urls, {PAGE} | ACTING | CALLED | READING | OFFICE)

    def test_reading_routes_cannot_write(self):
        for url in READING | OFFICE:
            with self.subTest(url=url):
                self.assertEqual(self.routes[url]["type"], "http")
                self.assertIs(self.routes[url].get("readonly"), True)

    def test_acting_routes_want_a_form_of_ours(self):
        for url in ACTING:
            with self.subTest(url=url):
                self._check_acting(self.routes[url])

    def _check_acting(self, routing):
        self.assertEqual(routing["methods"], ["POST"])
        self.assertEqual(routing["type"], "http")
        self.assertIsNot(routing.get("csrf"), False)
        self.assertFalse(routing.get("readonly"))

    def test_page_of_a_sheet_reads_with_get_and_acts_with_post(self):
        by_method = {tuple(routing["methods"]): routing for routing in self.pages}
        self.assertEqual(set(by_method), {("GET",), ("POST",)})
        self.assertIs(by_method["GET",].get("readonly"), True)
        self._check_acting(by_method["POST",])

    def test_calls_are_json_which_no_foreign_form_can_send(self):
        for url in CALLED:
            with self.subTest(url=url):
                self.assertEqual(self.routes[url]["type"], "jsonrpc")
                self.assertFalse(self.routes[url].get("readonly"))

    def test_every_route_wants_a_visitor_who_signed_in(self):
        for routing in [*self.pages, *self.routes.values()]:
            with self.subTest(routes=routing["routes"]):
                self.assertEqual(routing["auth"], "user")
                self.assertFalse(routing.get("cors"))
