from unittest.mock import patch

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .question_case import QuestionCase

SALES = "sales_team.group_sale_salesman"
OWN = f"order_sheets.order_sheets_group_user,{SALES}"
ALL = f"{OWN}_all_leads"


class TestSaleOrders(QuestionCase):
    """From the order request to the sale order: once, whoever presses the button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sara = cls._create_user("Sara", ALL)
        cls.olaf = cls._create_user("Olaf", OWN)
        cls.sheet.max_per_customer = 0

    def _order(self, request, user=None):
        """Return the sale order that a salesperson creates with the button."""
        request = request.with_user(user or self.sara)
        action = request.action_create_sale_order()
        return self.env["sale.order"].browse(action["res_id"])

    def assertOne(self, request):  # noqa: N802
        self.assertEqual(len(request.sudo().sale_order_ids), 1)

    # === WHAT BECOMES OF IT === #

    def test_sale_order_is_the_customers(self):
        campaign = self.env["utm.campaign"].create({"name": "Spring"})
        team = self.env["crm.team"].create({"name": "Campaigns"})
        self.sheet.write({"campaign_id": campaign.id, "team_id": team.id})
        request = self._submit_as(self.anna)
        order = self._order(request)
        self.assertRecordValues(
            order,
            [
                {
                    "partner_id": self.adler.id,
                    "partner_shipping_id": self.adler.id,
                    "origin": request.name,
                    "campaign_id": campaign.id,
                    "team_id": team.id,
                    "user_id": self.sara.id,
                    "company_id": self.company.id,
                    "state": "draft",
                    "order_sheet_request_id": request.id,
                }
            ],
        )
        self.assertEqual(request.with_user(self.sara).sale_order_id, order)

    def test_lines_are_those_of_the_request(self):
        request = self._submit_as(self.anna, **{f"poster__{self.poster_b.id}": "2"})
        order = self._order(request)
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "product_id": line.product_id.id,
                    "product_uom_qty": line.quantity,
                    "price_unit": line.price_unit,
                    "order_sheet_line_id": line.id,
                    "name": line.product_id.name,
                }
                for line in request.sudo().line_ids
            ],
        )
        self.assertEqual(order.amount_untaxed, request.sudo().amount_untaxed)

    def test_price_is_that_of_the_customers_pricelist(self):
        self.adler.property_product_pricelist = self.env["product.pricelist"].create(
            {
                "name": "Adler",
                "item_ids": [
                    Command.create({"min_quantity": 200, "fixed_price": 0.125})
                ],
            }
        )
        for quantity, price in (("100", 0.2), ("200", 0.125)):
            request = self._submit_as(self.anna, flyer=quantity)
            line = request.sudo().line_ids
            self.assertEqual(line.price_unit, price)
            self.assertEqual(self._order(request).order_line.price_unit, price)

    def test_answers_go_where_the_sheet_wants_them(self):
        cellar = self.env["res.partner"].create(
            {"name": "Cellar", "parent_id": self.adler.id, "type": "delivery"}
        )
        request = self.ask_all(
            self.question("ref", "char", sale_target="client_order_ref"),
            self.question("ref2", "integer", sale_target="client_order_ref"),
            self.question("day", "date", sale_target="commitment_date"),
            self.question("place", "address", sale_target="shipping_partner"),
            self.question("color", "char", sale_target="line_description"),
            self.question("q", "product_qty", products=self.flyer),
        )
        answers = {"ref": "A-1", "ref2": "7", "day": "2027-07-01", "color": "<b>red"}
        self._fill(request, place=str(cellar.id), q="1", **answers)
        request.sudo()._submit(self.anna.partner_id.sudo())
        cellar.active = False  # where it was to go does not change by that
        order = self._order(request)
        self.assertEqual(order.client_order_ref, "A-1, 7")
        self.assertEqual(str(order.commitment_date), "2027-06-30 22:00:00")
        self.assertEqual(order.partner_shipping_id, cellar)
        self.assertEqual(order.order_line.name, "Flyer\nColor: <b>red")

    def test_questions_without_answer_leave_what_odoo_says(self):
        request = self.ask_all(
            self.question("ref", "char", sale_target="client_order_ref"),
            self.question("day", "date", sale_target="commitment_date"),
            self.question("place", "address", sale_target="shipping_partner"),
            self.question("words", "text", sale_target="note"),
            self.question("q", "product_qty", products=self.flyer),
        )
        self._fill(request, q="1")
        request.sudo()._submit(self.anna.partner_id.sudo())
        order = self._order(request)
        self.assertFalse(order.client_order_ref or order.commitment_date)
        self.assertEqual(order.partner_shipping_id, self.adler)

    def test_words_of_the_customer_stand_below_our_terms_as_text(self):
        self.env["ir.config_parameter"].set_param("account.use_invoice_terms", True)
        self.company.invoice_terms = Markup("<p>Our terms</p>")
        request = self.ask_all(
            self.question("words", "text", sale_target="note"),
            self.question("q", "product_qty", products=self.flyer),
        )
        self._fill(request, q="1", words="<img src=x onerror=alert(1)>\nBye")
        request.sudo()._submit(self.anna.partner_id.sudo())
        note = self._order(request).note
        self.assertTrue(note.startswith("<p>Our terms</p>"), note)
        self.assertIn("&lt;img src=x onerror=alert(1)&gt;<br>Bye", note)

    def test_answers_are_read_once_for_a_sale_order(self):
        request = self._submit_as(self.anna)
        read = type(request)._get_filled
        with patch.object(
            type(request), "_get_filled", autospec=True, side_effect=read
        ) as reading:
            self._order(request)
        self.assertEqual(reading.call_count, 1)

    def test_answers_stay_whatever_becomes_of_products(self):
        request = self.ask_all(
            self.question("q", "product_qty", products=self.flyer),
            self.question("size", "char", sequence=20, sale_target="client_order_ref"),
        )
        self.asked_sheet.action_revise()
        self.env["order.sheet.condition"].create(
            {
                "field_id": self._question("size", self.asked_sheet).id,
                "source_field_id": self._question("q", self.asked_sheet).id,
                "operator": "set",
            }
        )
        self.asked_sheet.action_publish()
        self._fill(request, q="1", size="A5")
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.flyer.active = False
        self.env.invalidate_all()
        self.assertEqual(self._order(request).client_order_ref, "A5")

    # === ONCE === #

    def test_second_one_learns_of_the_first(self):
        request = self._submit_as(self.anna)
        order = self._order(request)
        with self.assertRaises(UserError) as caught:
            self._order(request)
        self.assertEqual(
            str(caught.exception),
            f"{request.name} has the sale order {order.name} already.",
        )
        self.assertOne(request)

    def test_button_opens_the_sale_orders_there_are(self):
        request = self._submit_as(self.anna)
        self._order(self._submit_as(self.anna))
        first = self._order(request)
        action = request.with_user(self.sara).action_open_sale_orders()
        self.assertEqual(action["res_model"], "sale.order")
        self.assertEqual(action["res_id"], first.id)
        self.assertEqual(action["views"], [(False, "form")])
        first._action_cancel()
        second = self._order(request)
        action = request.with_user(self.sara).action_open_sale_orders()
        self.assertFalse(action["res_id"])
        found = self.env["sale.order"].with_user(self.sara).search(action["domain"])
        self.assertEqual(found, first | second)

    def test_who_sees_only_his_own_orders_creates_no_second_one(self):
        request = self._submit_as(self.anna)
        order = self._order(request, self.sara)
        seen = request.with_user(self.olaf)
        orders = self.env["sale.order"].with_user(self.olaf)
        self.assertFalse(orders.search([("id", "=", order.id)]))
        with self.assertRaisesRegex(UserError, f"has the sale order {order.name} alr"):
            seen.action_create_sale_order()
        self.assertOne(request)

    def test_order_of_whoever_sells_whoever_has_taken_the_request(self):
        request = self._submit_as(self.anna)
        request.with_user(self.erik).action_take()
        order = self._order(request, self.olaf)
        self.assertEqual(order.user_id, self.olaf)

    def test_who_does_not_sell_creates_none(self):
        request = self._submit_as(self.anna)
        for user in (self.erik, self.mia):
            with self.assertRaisesRegex(UserError, "You may not create sale orders"):
                request.with_user(user).action_create_sale_order()
        for user in (self.anna, self.carla):
            with self.assertRaises(AccessError):
                request.with_user(user).action_create_sale_order()
        self.assertFalse(request.sudo().sale_order_ids)

    def test_only_in_states_in_which_it_makes_sense(self):
        request = self._draft_as(self.anna)
        with self.assertRaisesRegex(UserError, "no sale order is created"):
            request.with_user(self.sara).action_create_sale_order()
        request.sudo()._submit(self.anna.partner_id.sudo())
        request.with_user(self.erik)._return("Why")
        with self.assertRaisesRegex(UserError, "no sale order is created"):
            request.with_user(self.sara).action_create_sale_order()

    def test_nothing_to_order(self):
        request = self.ask("char")
        self._fill(request, q="Hello")
        request.sudo()._submit(self.anna.partner_id.sudo())
        with self.assertRaisesRegex(UserError, "has no products to order"):
            self._order(request)

    # === CANCELLED AND CONFIRMED === #

    def test_cancelled_one_makes_room(self):
        request = self._submit_as(self.anna)
        first = self._order(request)
        first._action_cancel()
        self.assertFalse(request.with_user(self.sara).sale_order_id)
        second = self._order(request)
        self.assertEqual(request.with_user(self.sara).sale_order_id, second)
        self.assertEqual(request.sudo().sale_order_ids, first | second)

    def test_offer_is_taken_back_with_the_request(self):
        for act, args in (
            *(("_return", ["Why"]), ("_reject", ["Why"])),
            ("_cancel_by_customer", []),
        ):
            request = self._submit_as(self.anna)
            order = self._order(request)
            user = self.anna if not args else self.erik
            acting = request.with_user(user)
            getattr(acting if args else acting.sudo(), act)(*args)
            self.assertEqual(order.state, "cancel", act)

    def test_confirmed_one_keeps_the_request(self):
        request = self._submit_as(self.anna)
        order = self._order(request)
        order.action_confirm()
        self.assertFalse(request.with_user(self.anna)._may_be_cancelled())
        for act, args in (
            *(("_return", ["Why"]), ("_reject", ["Why"])),
            ("_cancel_by_customer", []),
        ):
            user = self.anna if not args else self.erik
            acting = request.with_user(user)
            with self.assertRaises(UserError) as caught:
                getattr(acting if args else acting.sudo(), act)(*args)
            self.assertEqual(
                str(caught.exception),
                f"The sale order {order.name} is confirmed. It has to be cancelled"
                " first.",
            )
        self.assertEqual((request.state, order.state), ("submitted", "sale"))

    def test_corrected_request_is_ordered_anew(self):
        request = self._submit_as(self.anna)
        first = self._order(request)
        request.with_user(self.erik)._return("Why")
        self._fill(request, flyer="150")
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertFalse(first.order_line.order_sheet_line_id)
        self.assertEqual(self._order(request).order_line.product_uom_qty, 150)

    # === AUTOMATICALLY === #

    def test_offer_at_once(self):
        self.sheet.write({"sale_mode": "quotation", "user_id": self.olaf.id})
        request = self._submit_as(self.anna)
        order = request.sudo().sale_order_id
        self.assertEqual((order.state, order.user_id), ("draft", self.olaf))
        self.assertEqual(order.create_uid, self.olaf)

    def test_confirmed_at_once(self):
        self.sheet.sale_mode = "confirm"
        self.adler.user_id = self.sara
        request = self._submit_as(self.anna)
        order = request.sudo().sale_order_id
        self.assertEqual((order.state, order.user_id), ("sale", self.sara))
        self.assertEqual(request.state, "submitted")

    def test_nobody_in_particular_sells(self):
        self.sheet.sale_mode = "quotation"
        order = self._submit_as(self.anna).sudo().sale_order_id
        self.assertFalse(order.user_id)

    def test_request_without_products_is_no_failure(self):
        request = self.ask("char")
        self.asked_sheet.sale_mode = "confirm"
        self._fill(request, q="Hello")
        request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(request.state, "submitted")
        self.assertEqual(len(request.sudo().activity_ids), 1)

    def test_failure_costs_the_customer_nothing(self):
        self.sheet.sale_mode = "confirm"
        template = self.env["sale.order.template"].create({"name": "T"})
        self.sheet.sale_template_id = template
        # it does not fit any more
        template.company_id = self.env["res.company"].create({"name": "Other"})
        request = self._draft_as(self.anna)
        with self.assertLogs("odoo.addons.order_sheets.models", "WARNING"):
            request.sudo()._submit(self.anna.partner_id.sudo())
        self.assertEqual(request.state, "submitted")
        self.assertFalse(request.sudo().sale_order_ids)
        failure = self.env.ref("order_sheets.mail_activity_type_sale_order")
        activities = request.sudo().activity_ids
        [activity] = activities.filtered(lambda it: it.activity_type_id == failure)
        self.assertIn("The sale order could not be created", activity.note)
        self.sheet.sale_template_id = False
        self._order(request)
        self.assertFalse(activity.exists().active)

    # === LINKS BY HAND === #

    def test_sale_order_is_not_linked_to_the_request_of_others(self):
        request = self._submit_as(self.anna)
        order = self.env["sale.order"].create({"partner_id": self.adler.id})
        foreign = self.env["sale.order"].create({"partner_id": self.krone.id})
        vals = {"order_sheet_request_id": request.id}
        seller = self._create_user("Selma", f"{SALES}_all_leads")
        with self.assertRaises(AccessError):
            order.with_user(seller).write(vals)
        with self.assertRaises(AccessError):
            order.with_user(seller).create(vals | {"partner_id": self.adler.id})
        default = {"default_order_sheet_request_id": request.id}
        with self.assertRaises(AccessError):
            order.with_user(seller).with_context(**default).create(
                {"partner_id": self.adler.id}
            )
        with self.assertRaisesRegex(ValidationError, "belongs to another customer"):
            with self.env.cr.savepoint():
                foreign.with_user(self.sara).write(vals)
        order.with_user(self.sara).write(vals)
        self.assertEqual(request.sudo().sale_order_id, order)
        with self.assertRaises(AccessError):
            order.with_user(seller).write({"order_sheet_request_id": False})
        order.with_user(seller).write({"client_order_ref": "x"})
        self.assertFalse(order.copy().order_sheet_request_id)

    def test_who_only_sells_does_so_as_before(self):
        seller = self._create_user("Rita", SALES)
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .create({"partner_id": self.krone.id, "order_sheet_request_id": False})
        )
        order.order_sheet_request_id = False
        self.assertEqual(order.user_id, seller)

    def test_customers_read_no_link(self):
        request = self._submit_as(self.anna)
        order = self._order(request)
        order.action_confirm()
        for record, name in (
            (order, "order_sheet_request_id"),
            (order.order_line, "order_sheet_line_id"),
        ):
            self.assertTrue(record.with_user(self.anna).read(["name"])[0]["name"])
            with self.assertRaises(AccessError):
                record.with_user(self.anna).read([name])
