from odoo.exceptions import UserError
from odoo.tests import Form

from .sheet_office import SheetOffice


class TestOfficeKanban(SheetOffice):
    """A card is dragged to a stage: it moves as its state allows."""

    def test_card_shows_how_far_the_order_is(self):
        request = self._request()
        for stage, state in (
            ("in_progress", "in_progress"),
            ("production", "in_progress"),
            ("done", "done"),
            ("archived", "archived"),
            ("done", "done"),
            ("production", "in_progress"),
        ):
            with self.subTest(stage=stage):
                request.web_save({"stage_id": self._stage(stage).id}, {"stage_id": {}})
                self.assertEqual(
                    (request.stage_id, request.state), (self._stage(stage), state)
                )
        self.assertEqual(request.user_id, self.erik)

    def test_stages_that_need_a_word_to_the_customer_have_buttons(self):
        request = self._request()
        for stage in ("returned", "rejected"):
            with self.assertRaisesRegex(UserError, "use its button"):
                request.web_save({"stage_id": self._stage(stage).id}, {"stage_id": {}})
        with self.assertRaisesRegex(UserError, "cannot become"):
            request.web_save({"stage_id": self._stage("done").id}, {"stage_id": {}})
        self.assertEqual(request.state, "submitted")

    def test_kanban_has_a_column_for_each_stage(self):
        request = self._request()
        groups = request.with_context(read_group_expand=True).web_read_group(
            [("id", "=", request.id)], ["stage_id"]
        )
        self.assertEqual(
            [group["stage_id"][0] for group in groups["groups"]],
            self.env["order.sheet.stage"].search([]).ids,
        )

    def test_colour_is_for_staff_to_choose(self):
        request = self._request_in("done")
        request.color = 3
        self.assertEqual(request.color, 3)


class TestOfficeReason(SheetOffice):
    """Nothing goes back to a customer without a word."""

    def _open(self, action):
        wizard = self.env[action["res_model"]].with_user(self.erik)
        return Form(wizard.with_context(**action["context"]))

    def test_order_is_returned_with_a_reason(self):
        requests = self._request() | self._request(self.carla)
        with self._open(requests.action_return()) as form:
            form.reason = " 300 only "
        form.record.action_return()
        self.assertEqual(requests.mapped("state"), ["returned"] * 2)
        self.assertEqual(requests.mapped("return_reason"), ["300 only"] * 2)

    def test_order_is_rejected_with_a_reason(self):
        request = self._request()
        with self._open(request.action_reject()) as form:
            form.reason = "Sold out"
        form.record.action_reject()
        self.assertEqual(
            (request.state, request.reject_reason), ("rejected", "Sold out")
        )

    def test_reason_is_not_empty_and_for_what_it_was_asked_for(self):
        request = self._request()
        wizard = self.env["order.sheet.reason"].with_user(self.erik)
        values = {"request_ids": request.ids, "act": "return"}
        with self.assertRaisesRegex(UserError, "give a reason"):
            wizard.create(values | {"reason": "  "}).action_return()
        with self.assertRaisesRegex(UserError, "something else"):
            wizard.create(values | {"reason": "No"}).action_reject()
        self.assertEqual(request.state, "submitted")

    def test_sale_order_that_will_be_cancelled_is_named(self):
        request = self._request()
        admin = self.env.ref("base.user_admin")
        order = request.with_user(admin)._create_sale_order()
        with self._open(request.action_return()) as form:
            self.assertEqual(form.sold, order.name)
            form.reason = "300 only"
        form.record.action_return()
        self.assertEqual(order.state, "cancel")

    def test_reasons_of_colleagues_are_not_read(self):
        request = self._request()
        mine = self.env["order.sheet.reason"].with_user(self.erik)
        reason = mine.create(
            {"request_ids": request.ids, "act": "reject", "reason": "Bad payer"}
        )
        self.assertEqual(mine.search([("id", "=", reason.id)]), reason)
        found = mine.with_user(self.mia).search([("id", "=", reason.id)])
        self.assertFalse(found)
