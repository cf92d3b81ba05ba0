from odoo.exceptions import UserError
from odoo.tests import Form

from .sheet_office import FORM, LIST, SEARCH, SheetOffice


class TestOfficeForm(SheetOffice):
    """What Erik sees of an order request, and does with it."""

    def test_answers_stand_in_the_form_by_page(self):
        request = self._request(**{f"poster__{self.poster_a.id}": "2"})
        with Form(request, FORM) as form:
            text = form.content_html
        for words in ("Center", "Mitte", "Material", "Flyer", "Poster A"):
            self.assertIn(words, text)
        self.assertNotIn("Logo file", text, "this page was not asked for")

    def test_files_are_one_click_away(self):
        request = self._draft_as(self.anna, logo="yes")
        file = request.sudo()._add_files(
            self._question("logo_file").sudo(),
            [("logo.png", b"\x89PNG\r\n\x1a\n", "image/png")],
            self.anna.partner_id.sudo(),
        )
        request.sudo()._submit(self.anna.partner_id.sudo())
        html = request.with_user(self.erik).content_html
        self.assertIn(f'href="/web/content/{file.id}"', html)
        self.assertEqual(file.with_user(self.erik).read(["name"])[0]["name"], file.name)

    def test_draft_shows_what_was_typed_so_far(self):
        draft = self._draft_as(self.anna).with_user(self.erik)
        with Form(draft, FORM) as form:
            self.assertIn("Mitte", form.content_html)
            self.assertEqual(form.state, "draft")
        [alert] = self._arch(self.erik, FORM).xpath("//div[@name='draft']")
        self.assertEqual(alert.get("invisible"), "state != 'draft'")

    def test_words_of_the_customer_stay_his(self):
        request = self._request()
        with Form(request, FORM) as form:
            for name in ("remark", "partner_id", "sheet_id", "line_ids"):
                with self.subTest(name=name), self.assertRaises(AssertionError):
                    form[name] = request[name]
            form.user_id = self.mia
        self.assertEqual(request.user_id, self.mia)

    def test_other_orders_of_the_customer_are_one_click_away(self):
        request, other = self._request(), self._request(self.bert)
        self._request(self.carla)
        self.assertEqual(request.customer_request_count, 2)
        action = request.action_open_customer_requests()
        found = self.requests.with_user(self.erik).search(action["domain"])
        self.assertEqual(found, other | request)

    def test_page_of_the_customer_opens_in_a_new_tab(self):
        request = self._request()
        action = request.action_open_portal()
        self.assertEqual(
            (action["url"], action["target"]),
            (f"/my/order-sheets/requests/{request.id}", "new"),
        )

    def test_word_of_thanks_needs_no_answer(self):
        request = self._request()
        request.with_user(self.anna).sudo().message_post(
            body="Thank you!", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertTrue(request.customer_reply_pending)
        self.assertFound(request, "customer_replied")
        request.action_note_answered()
        self.assertFalse(request.customer_reply_pending)


class TestOfficeSale(SheetOffice):
    """Erik sees what was sold; only salesmen create sale orders."""

    def test_without_rights_to_sell_a_message_says_whom_to_ask(self):
        request = self._request()
        with self.assertRaisesRegex(UserError, "ask a colleague of the sales team"):
            request.action_create_sale_order()
        arch = self._arch(self.erik, FORM)
        self.assertTrue(arch.xpath("//button[@name='action_create_sale_order']"))
        self.assertFalse(arch.xpath("//button[@name='action_open_sale_orders']"))

    def test_number_of_the_sale_order_is_for_everybody(self):
        request, other = self._request(), self._request(self.bert)
        admin = self.env.ref("base.user_admin")
        order = request.with_user(admin)._create_sale_order()
        with Form(request, FORM) as form:
            self.assertEqual(form.sale_order_names, order.name)
        self.assertFound(other, "without_sale_order")
        order.with_user(admin)._action_cancel()
        self.env.invalidate_all()
        self.assertFalse(request.has_sale_order)
        self.assertFound(request | other, "without_sale_order")

    def test_salesman_reads_which_line_became_which(self):
        self._sell()
        request = self._request(**{f"poster__{self.poster_a.id}": "2"})
        action = request.action_create_sale_order()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(
            [
                (line.product_id, line.quantity, line.sale_line_id)
                for line in request.line_ids
            ],
            [
                (line.product_id, line.product_uom_qty, line)
                for line in order.order_line
            ],
        )
        self.assertEqual(
            [(line.product_id, line.product_uom_qty) for line in order.order_line],
            [(self.flyer, 100), (self.poster_a, 2)],
        )
        action = request.line_ids[0].action_open_sale_order()
        self.assertEqual(action["res_id"], order.id)
        with Form(request, FORM) as form:
            self.assertEqual(form.sale_order_count, 1)
        back = order.with_user(self.erik).action_open_order_sheet_request()
        self.assertEqual(back["res_id"], request.id)


class TestOfficeList(SheetOffice):
    """What Erik finds in the list, and does with what he has selected."""

    def test_list_begins_without_drafts_and_archive(self):
        action = self.env.ref("order_sheets.order_sheet_request_action")
        self.assertEqual(action.context, "{'search_default_current': 1}")
        states = ("submitted", "returned", "in_progress", "done", "archived")
        made = {state: self._request_in(state) for state in states}
        made["rejected"] = self._request_in("rejected")
        made["draft"] = self._draft_as(self.carla).with_user(self.erik)
        requests = self.requests.with_user(self.erik).union(*made.values())
        self.assertFound(requests - made["draft"] - made["archived"], "current")
        self.assertFound(requests - made["draft"], "without_drafts")
        for state in ("submitted", "returned", "in_progress", "done", "archived"):
            with self.subTest(state=state):
                self.assertFound(made[state], state)
        self.assertFound(made["draft"], "drafts")
        self.assertFound(made["rejected"], "turned_down")
        self.assertFound(made["done"] | made["archived"], "finished")
        self.assertFound(made["submitted"], "unassigned")
        worked_on = made["in_progress"] | made["done"] | made["archived"]
        self.assertFound(worked_on, "my_requests")

    def test_orders_of_sheets_that_are_closed_belong_to_a_former_campaign(self):
        request = self._request()
        self.assertFound(request, "this_campaign")
        self.sheet._move_to("closed")
        self.assertFound(request.browse(), "this_campaign")

    def test_order_is_found_by_number_sheet_customer_and_product(self):
        request = self._request(**{f"poster__{self.poster_a.id}": "2"})
        other = self._request(self.carla)
        for name, text, expected in (
            ("name", request.name, request),
            ("name", "Spring", request | other),
            ("name", "Adler", request),
            ("commercial_partner_id", "Carla", other),
            ("sheet_id", "spring", request | other),
            ("line_ids", "Poster A", request),
        ):
            with self.subTest(name=name, text=text):
                self.assertFound(expected, name, text=text)

    def test_selected_orders_are_taken_completed_and_archived(self):
        self.assertEqual(
            self._buttons(self.erik, LIST),
            {"action_take", "action_complete", "action_put_away", "action_export"},
        )
        requests = self._request() | self._request(self.carla)
        for button, state in (
            ("action_take", "in_progress"),
            ("action_complete", "done"),
            ("action_put_away", "archived"),
        ):
            getattr(requests, button)()
            self.assertEqual(requests.mapped("state"), [state] * 2)

    def test_selected_orders_move_together_or_not_at_all(self):
        requests = self._request() | self._request_in("done", self.carla)
        with self.assertRaises(UserError):
            requests.action_take()
        self.assertEqual(requests[0].state, "submitted")

    def test_filters_are_for_whoever_does_not_sell(self):
        for node in self._arch(self.erik, SEARCH).xpath("//filter[@domain]"):
            with self.subTest(filter=node.get("name")):
                self._find(node.get("name"))
