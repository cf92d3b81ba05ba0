from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

FILES = {
    "customer_portal": "demo/customer_portal_demo.xml",
    "container_rental": "demo/container_rental_demo.xml",
}


class TestDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        for module, path in FILES.items():
            convert_file(
                self.env(su=True), module, path, {}, mode="init", noupdate=True
            )

    def _assert_story(self):
        requests = self.env["container.request"].search([])
        self.assertEqual(
            set(requests.mapped("state")),
            {"created", "approved", "done", "rejected", "cancelled"},
        )
        rentals = self.env["container.rental"].search([])
        overdue = rentals.filtered("is_overdue")
        self.assertEqual(overdue.mapped("container_name"), ["C-0601"])
        self.assertEqual(
            set(self.env["container.container"].search([]).mapped("state")),
            {"available", "reserved", "issued", "returned", "maintenance"},
        )
        for rental in rentals.filtered("returned_on"):
            self.assertLess(rental.issued_on, rental.returned_on)
        for container in rentals.container_id:
            types = container.movement_ids.sorted("id").mapped("type")
            by_date = container.movement_ids.sorted(lambda m: (m.date, m.id))
            self.assertEqual(by_date.mapped("type"), types, container.name)

    def test_story_is_true_on_every_day(self):
        for day in (
            *(f"2026-11-{day} 10:00:00" for day in range(23, 30)),  # Monday to Sunday
            "2026-12-26 22:30:00",
            "2027-01-01 00:30:00",
            "2028-02-29 13:30:00",
        ):
            with self.subTest(day=day), freeze_time(day):
                savepoint = self.env.cr.savepoint(flush=True)
                self._load()
                self._assert_story()
                self.assertFalse(
                    self.env["mail.mail"].search(
                        [("model", "in", ("container.request", "container.rental"))]
                    ),
                    "nobody lives at the demo addresses",
                )
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all(flush=False)
