from contextlib import contextmanager

from odoo import fields
from odoo.tests import TransactionCase, freeze_time
from odoo.tools import convert_file

FILES = (
    *("order_sheets", "order_sheet_spring", "order_sheet_other", "order_sheet_german"),
    *("order_request_past", "order_request_cards", "order_request_progress"),
    *("order_request_new", "order_request_end"),
)
DAYS = (
    "2026-11-23 10:00:00",
    "2026-11-30 23:30:00",  # December in Berlin
    "2027-01-01 00:30:00",
    "2028-02-29 13:30:00",
)


class TestDemo(TransactionCase):
    """Demo data tell their story relative to today: it has to be true on every day."""

    def _load(self):
        files = [("customer_portal", "demo/customer_portal_demo.xml")]
        files += (("order_sheets", f"demo/{name}_demo.xml") for name in FILES)
        for module, path in files:
            env = self.env(su=True)
            convert_file(env, module, path, {}, mode="init", noupdate=True)

    def _ref(self, name):
        return self.env.ref(f"order_sheets.{name}")

    def test_story_is_true_on_every_day(self):
        for day in DAYS:
            with self.subTest(day=day), freeze_time(day), self._rolled_back():
                self._load()
                self._assert_sheets()
                self._assert_orders()
                self._assert_draft()
                self._assert_sale_orders()
                self._assert_silence()

    @contextmanager
    def _rolled_back(self):
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all(flush=False)

    def _assert_sheets(self):
        spring = self._ref("order_sheet_spring")
        types = spring.field_ids.mapped("field_type")
        all_types = dict(spring.field_ids._fields["field_type"].selection)
        self.assertEqual(set(types), set(all_types))
        self.assertEqual(len(spring.page_ids), 4)
        summer = self._ref("order_sheet_summer")
        self.assertEqual(
            (spring.state, summer.state, self._ref("order_sheet_winter").state),
            ("published", "draft", "closed"),
        )
        self.assertEqual(len(summer._get_publish_faults()), 1)
        self.assertEqual(spring.name, "Spring Campaign")
        german = spring.with_context(lang="de_DE")
        self.assertEqual(german.name, "Frühlingskampagne")
        self.assertIn("you and your colleagues", str(spring.description))
        self.assertIn("Sie und Ihre Kollegen", str(german.description))
        self._assert_audience(spring)

    def _assert_audience(self, spring):
        cards = self._ref("order_sheet_cards")
        for login, sheets in (
            ("anna", spring | cards),
            ("bert", spring | cards),
            ("carla", cards),
            ("nora", spring | cards),
        ):
            user = self.env["res.users"].search([("login", "=", login)])
            seen = self.env["order.sheet"].with_user(user).search([])
            self.assertEqual(seen, sheets, login)
            for sheet in sheets:
                self.assertTrue(sheet._is_open_for(user.commercial_partner_id), login)

    def _assert_orders(self):
        orders = self.env["order.sheet.request"].search([])
        states = dict(orders._fields["state"].selection)
        self.assertEqual(set(orders.mapped("state")), set(states))
        sent = orders.filtered(lambda order: order.state != "draft").sorted("id")
        # Sets of records are equal in any order, lists are not.
        self.assertEqual(
            sent.sorted("submitted_at").ids, sent.ids, "numbers follow the days"
        )
        self.assertEqual(sent.sorted("name").ids, sent.ids)
        now = fields.Datetime.now()
        for order in sent:
            messages = order.message_ids.filtered(lambda it: it.body)
            days = [order.submitted_at, *messages.sorted("id").mapped("date")]
            self.assertEqual(days, sorted(days), order.name)
            self.assertLess(max(*days, order.done_at or days[0]), now)
            self.assertEqual(order.stage_id.state, order.state)
            self.assertTrue(order.line_ids, order.name)
            self.assertLessEqual(order.submitted_at, order.done_at or now)
        returned = orders.filtered(lambda order: order.state == "returned")
        self.assertTrue(all(returned.mapped("return_reason")))
        waiting = orders.filtered("customer_reply_pending")
        self.assertEqual(waiting, self._ref("request_cards_krone"))

    def _assert_draft(self):
        filled = self._ref("request_spring_adler")._get_filled()
        self.assertEqual(list(filled.fields["flyer"].faults), ["flyer"])
        self.assertTrue(filled.fields["delivery_date"].is_missing)
        self.assertEqual(
            [page.record for page in filled.incomplete_pages],
            [
                self._ref("spring_page_center"),
                self._ref("spring_page_material"),
                self._ref("spring_page_event"),
            ],
        )
        submitted = self._ref("request_spring_regensburg")
        files = submitted._get_filled().fields["logo"].files
        self.assertEqual(files, self._ref("request_spring_logo"))
        self.assertIn("Werbemittel", [it["name"] for it in submitted.snapshot["pages"]])

    def _assert_sale_orders(self):
        order = self._ref("request_spring_passau").sale_order_id
        self.assertEqual(order.user_id, self.env.ref("customer_portal.user_erik"))
        self.assertEqual(order.client_order_ref, "FP-2031")
        self.assertEqual(order.partner_shipping_id, self._ref("partner_passau_back"))
        self.assertEqual(
            order.order_line.mapped("product_id"),
            self._ref("request_spring_passau").line_ids.product_id,
        )
        self.assertEqual(len(order.order_line), 6)
        self.assertLess(order.date_order, fields.Datetime.now())

    def _assert_silence(self):
        """Nobody lives at the demo addresses."""
        model = "order.sheet.request"
        mails = self.env["mail.mail"].search([("model", "=", model)])
        events = self.env["customer.mail.event"].search([("res_model", "=", model)])
        self.assertFalse(mails or events)
