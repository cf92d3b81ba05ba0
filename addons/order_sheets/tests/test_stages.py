from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople

ACTS = {
    "_take": {},
    "_return": {"reason": "Why"},
    "_reject": {"reason": "Why"},
    "_complete": {},
    "_reopen": {},
    "_put_away": {},
    "_restore": {},
    "_cancel_by_customer": {},
}
# From where each act leads where.
ALLOWED = {
    ("submitted", "_take"): "in_progress",
    ("submitted", "_return"): "returned",
    ("submitted", "_reject"): "rejected",
    ("submitted", "_cancel_by_customer"): "cancelled",
    ("returned", "_reject"): "rejected",
    ("returned", "_cancel_by_customer"): "cancelled",
    ("in_progress", "_return"): "returned",
    ("in_progress", "_reject"): "rejected",
    ("in_progress", "_complete"): "done",
    ("done", "_reopen"): "in_progress",
    ("done", "_put_away"): "archived",
    ("archived", "_restore"): "done",
}
PATHS = {
    "submitted": (),
    "returned": ("_return",),
    "in_progress": ("_take",),
    "done": ("_take", "_complete"),
    "archived": ("_take", "_complete", "_put_away"),
    "rejected": ("_reject",),
    "cancelled": ("_cancel_by_customer",),
}


class TestStages(SheetPeople, PortalTransactionCase):
    """The way of an order through the office, by buttons and by dragging its card."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.max_per_customer = 0
        cls.stages = cls.env["order.sheet.stage"]
        cls.production = cls.env.ref("order_sheets.order_sheet_stage_production")

    def _act(self, request, act):
        user = self.anna if act == "_cancel_by_customer" else self.erik
        acting = request.with_user(user)
        if user == self.anna:
            acting = acting.sudo()
        getattr(acting, act)(**ACTS[act])

    def _request_in(self, state):
        """Return an order that has come to a state, as Erik sees it."""
        request = self._draft_as(self.anna)
        if state != "draft":
            request.sudo()._submit(self.anna.partner_id.sudo())
            for act in PATHS[state]:
                self._act(request, act)
        self.assertEqual(request.state, state)
        return request.with_user(self.erik)

    def _stage(self, state):
        return self.stages._get_first(state)

    # === BUTTONS === #

    def test_each_act_leads_from_where_it_may_and_from_nowhere_else(self):
        for state in ("draft", *PATHS):
            for act in ACTS:
                request = self._request_in(state)
                target = ALLOWED.get((state, act))
                with self.subTest(state=state, act=act):
                    if target:
                        self._act(request, act)
                        self.assertEqual(request.state, target)
                        self.assertEqual(request.stage_id, self._stage(target))
                    else:
                        with self.assertRaises(UserError):
                            self._act(request, act)
                        self.assertEqual(request.state, state)
                request.sudo()._as_state_writer().state = "cancelled"

    def test_who_takes_an_order_looks_after_it(self):
        request = self._request_in("submitted")
        self.assertEqual(len(request.activity_ids), 1)
        request.action_take()
        self.assertEqual(request.user_id, self.erik)
        self.assertFalse(request.activity_ids)
        other = self._request_in("submitted")
        other.user_id = self.mia
        other.action_take()
        self.assertEqual(other.user_id, self.mia)

    def test_reason_is_asked_for(self):
        for act in ("_return", "_reject"):
            request = self._request_in("submitted")
            for reason in ("", "  ", None, False):
                with self.assertRaisesRegex(UserError, "Please give a reason"):
                    getattr(request, act)(reason)
            self.assertEqual(request.state, "submitted")
            for action in ("action_return", "action_reject"):
                wizard = getattr(request, action)()
                self.assertEqual(wizard["res_model"], "order.sheet.reason")

    def test_completed_order_knows_when(self):
        request = self._request_in("done")
        self.assertTrue(request.done_at)
        request.action_reopen()
        self.assertFalse(request.done_at)

    def test_draft_has_no_stage(self):
        self.assertFalse(self._request_in("draft").stage_id)

    # === DRAGGING === #

    def test_card_is_dragged_where_a_button_without_reason_leads(self):
        for state, target in (
            *(("submitted", "in_progress"), ("in_progress", "done")),
            *(("done", "in_progress"), ("done", "archived"), ("archived", "done")),
        ):
            request = self._request_in(state)
            request.stage_id = self._stage(target)
            self.assertEqual(request.state, target)
            self.assertEqual(bool(request.done_at), target in ("done", "archived"))

    def test_card_is_dragged_within_its_state(self):
        request = self._request_in("in_progress")
        request.write({"stage_id": self.production.id, "user_id": self.mia.id})
        self.assertEqual((request.state, request.user_id), ("in_progress", self.mia))
        self.assertEqual(request.stage_id, self.production)

    def test_card_dragged_to_a_finer_stage_is_taken(self):
        request = self._request_in("submitted")
        request.stage_id = self.production
        self.assertEqual(
            (request.state, request.stage_id, request.user_id),
            ("in_progress", self.production, self.erik),
        )

    def test_customer_is_to_read_a_reason(self):
        for state in ("submitted", "in_progress"):
            for target in ("returned", "rejected"):
                request = self._request_in(state)
                with self.assertRaisesRegex(UserError, "is to read a reason"):
                    request.stage_id = self._stage(target)

    def test_card_is_not_dragged_elsewhere(self):
        for state, target in (
            *(("draft", "submitted"), ("returned", "submitted")),
            *(("submitted", "done"), ("in_progress", "submitted")),
            *(("rejected", "submitted"), ("done", "rejected")),
            *(("cancelled", "in_progress"), ("in_progress", "archived")),
            ("submitted", "cancelled"),
        ):
            request = self._request_in(state)
            with self.subTest(state=state, target=target):
                with self.assertRaisesRegex(UserError, "cannot become"):
                    request.stage_id = self._stage(target)
                self.assertEqual(request.state, state)
                request.sudo()._as_state_writer().state = "cancelled"
        with self.assertRaisesRegex(UserError, "cannot become"):
            self._request_in("submitted").stage_id = False

    def test_all_cards_are_dragged_or_none(self):
        requests = self._request_in("submitted") | self._request_in("done")
        requests |= self._request_in("rejected")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            requests.stage_id = self.production
        self.assertEqual(
            sorted(requests.mapped("state")), ["done", "rejected", "submitted"]
        )

    def test_who_does_not_work_on_orders_drags_nothing(self):
        request = self._request_in("in_progress")
        ivo = self._create_user("Ivo", "base.group_user")
        for user in (ivo, self.anna, self.carla):
            for stage in (self.production, self._stage("done")):
                with self.assertRaises(AccessError):
                    request.with_user(user).write({"stage_id": stage.id})

    # === STAGES === #

    def test_customers_read_their_own_name_of_a_stage(self):
        request = self._request_in("in_progress").with_user(self.anna)
        self.assertEqual(request._get_status_label(), "In Progress")
        request.sudo().stage_id.portal_name = "We are on it"
        self.assertEqual(request._get_status_label(), "We are on it")
        returned = self._request_in("returned")
        self.assertEqual(returned._get_status_label(), "Please correct")

    def test_used_stage_keeps_its_state(self):
        request = self._request_in("in_progress")
        with self.assertRaisesRegex(ValidationError, "it keeps its status"):
            request.stage_id.with_user(self.mia).state = "done"

    def test_state_without_stage(self):
        self.stages.search([("state", "=", "in_progress")]).active = False
        request = self._request_in("in_progress")
        self.assertFalse(request.stage_id)
        self.assertEqual(request._get_status_label(), "In progress")

    # === MAILS === #

    def _noted(self, event):
        events = self.env["customer.mail.event"].sudo().search([("event", "=", event)])
        return [(it.res_ids, (it.context or {}).get("stage_id")) for it in events]

    def test_customers_are_told_of_the_stage_that_was_reached(self):
        template = self.env["mail.template"].create(
            {"name": "T", "model_id": self.env["ir.model"]._get_id(self.requests._name)}
        )
        first = self._stage("in_progress")
        first.mail_template_id = self.production.mail_template_id = template
        request = self._request_in("submitted")
        self.assertFalse(self._noted("stage"))
        request.stage_id = self.production  # and not of the one on the way
        self.assertEqual(self._noted("stage"), [(request.ids, self.production.id)])
        request.stage_id = self.production
        self.assertEqual(len(self._noted("stage")), 1)
        request.stage_id = first
        self.assertEqual(len(self._noted("stage")), 2)
        other = self._request_in("submitted")
        other.action_take()
        self.assertIn((other.ids, first.id), self._noted("stage"))

    def test_reasons_are_told(self):
        for act, event in (("_return", "returned"), ("_reject", "rejected")):
            request = self._request_in("submitted")
            self._act(request, act)
            self.assertEqual(self._noted(event), [(request.ids, None)])
