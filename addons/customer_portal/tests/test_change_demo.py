from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

FILES = ("demo/customer_portal_demo.xml", "demo/customer_change_demo.xml")


class TestChangeDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        for path in FILES:
            convert_file(
                self.env(su=True),
                *("customer_portal", path, {}),
                mode="init",
                noupdate=True,
            )

    def _find(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["customer.change.request"].search(domain).ensure_one()

    def _partner(self, name):
        return self.env.ref(f"customer_portal.partner_{name}")

    def _assert_story(self):
        requests = self.env["customer.change.request"].search([])
        self.assertEqual(
            requests.sorted("id").mapped("state"),
            [
                *("approved", "approved", "partial", "cancelled", "rejected"),
                *("scheduled", "pending", "pending", "pending", "pending"),
            ],
        )
        conflict = requests.filtered("has_conflict")
        self.assertEqual(conflict.target_partner_id, self._partner("krone_garden"))
        self.assertEqual(
            self._find(is_automatic=True).target_partner_id, self._partner("anna")
        )
        self.assertTrue(self._find(state="rejected").reject_reason)
        [rejected] = self._find(state="partial").line_ids.filtered("reason")
        self.assertEqual(rejected.decision, "rejected")
        move = self._find(state="scheduled")
        self.assertGreater(move.effective_date, move.company_id._portal_today())
        self.assertEqual(self._find(revision=2).partner_id, self._partner("anna"))
        for request in requests - self._find(state="cancelled"):
            if not request._is_open():
                self.assertTrue(request.decided_on)
        self._assert_to_decide(requests.filtered(lambda r: r.state == "pending"))

    def _assert_to_decide(self, requests):
        erik = self.env.ref("customer_portal.user_erik")
        self.assertEqual(requests.activity_ids.user_id, erik)
        self.assertEqual(len(requests.activity_ids), len(requests))
        (requests - requests.filtered("has_conflict")).with_user(erik).action_approve()

    def _assert_present_data(self):
        """What was approved long ago is what the customers' pages show today."""
        self.assertEqual(self._partner("adler").street, "Marktplatz 1")
        self.assertEqual(self._partner("adler_kitchen").street, "Adlergasse 3")
        self.assertEqual(self._partner("anna").phone, "+49 941 201001")
        self.assertEqual(self._partner("bert").email, "bert@hotel-adler.example")
        self.assertEqual(self._partner("bert").function, "Empfang")
        self.assertEqual(self._partner("krone").street, "Donaustraße 12")

    def test_story_is_true_on_every_day(self):
        for day in (
            "2026-11-23 10:00:00",
            "2026-11-30 23:30:00",  # December in Berlin
            "2026-12-26 22:30:00",
            "2027-01-01 00:30:00",
            "2027-01-31 23:30:00",
            "2028-02-29 13:30:00",
        ):
            with self.subTest(day=day), freeze_time(day):
                savepoint = self.env.cr.savepoint(flush=True)
                self._load()
                self._assert_present_data()
                self.assertFalse(
                    self.env["customer.mail.event"].search([])
                    or self.env["mail.mail"].search(
                        [("model", "=", "customer.change.request")]
                    ),
                    "nobody lives at the demo addresses",
                )
                self._assert_story()
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.env.invalidate_all(flush=False)
