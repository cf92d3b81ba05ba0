import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time

from .service_common import IMEI, OTHER_IMEI
from .service_office import FORM, LIST, ServiceOffice

MORNING = "2026-12-01 09:00:00"  # a Tuesday, 10:00 in Berlin


class TestOrderByTelephone(ServiceOffice):
    """Erik types in what a customer says on the telephone."""

    def _open(self, record=None):
        return Form(record or self.orders.with_user(self.erik), FORM)

    def _type_in(self, **values):
        with self._open() as form:
            form.partner_id = self.carla.partner_id
            form.location_id = self.berlin
            form.service_type_id = self.warranty
            form.device_name = "iPhone 15"
            form.imei = "35-417803-685978-9"
            form.issue = "Does not charge"
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_order_gets_its_number_when_it_is_confirmed(self):
        order = self._type_in(client_order_ref="PO-7")
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "name": "/",
                    "commercial_partner_id": self.krone.id,
                    "company_id": self.berlin.company_id.id,
                    "imei": IMEI,
                }
            ],
        )
        order.action_confirm()
        self.assertEqual(order.state, "confirmed")
        self.assertRegex(order.name, r"^SRV\d{8}$")
        self.assertEqual(order.device_id.imei, IMEI)

    def test_needed_fields_are_marked(self):
        for name, nothing in (
            ("device_name", False),
            ("issue", False),
            ("location_id", self.berlin.browse()),
            ("service_type_id", self.warranty.browse()),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(AssertionError, name):
                self._type_in(**{name: nothing})

    def test_required_question_has_to_be_asked(self):
        order = self._type_in(service_type_id=self.repair)
        self.assertEqual(order.open_task_ids, self.find_my | self.damage)
        with self.assertRaisesRegex(UserError, "Find my iPhone"):
            order.action_confirm()
        with self._open(order) as form, form.answer_ids.new() as answer:
            answer.task_id = self.find_my
            self.assertEqual(answer.question, self.find_my.name)
            self.assertEqual(answer.display_value, "No")
            answer.value_boolean = True
            self.assertEqual(answer.display_value, "Yes")
        self.assertEqual(order.open_task_ids, self.damage)
        self.assertEqual(order.answer_ids.display_value, "Yes")
        order.action_confirm()
        self.assertEqual(order.state, "confirmed")

    def test_question_is_kept_in_the_words_of_the_customer(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.find_my.with_context(lang="de_DE").name = "Ist „Wo ist?“ aus?"
        self.carla.partner_id.lang = "de_DE"
        order = self._type_in(service_type_id=self.repair)
        with self._open(order) as form, form.answer_ids.new() as answer:
            answer.task_id = self.find_my
        self.assertEqual(order.answer_ids.question, "Ist „Wo ist?“ aus?")

    def test_answers_of_every_kind_are_typed_in(self):
        kinds = {
            "text": ("value_text", "Rolled gold"),
            "longtext": ("value_text", "A dent"),
            "integer": ("value_integer", 3),
            "date": ("value_date", "2026-11-30"),
        }
        for kind, (name, value) in kinds.items():
            task = self._create_task(kind)
            with self.subTest(kind=kind):
                order = self._type_in(imei=self._next_imei())
                with self._open(order) as form, form.answer_ids.new() as answer:
                    answer.task_id = task
                    answer[name] = value
                self.assertIn(
                    order.answer_ids.display_value, (str(value), "11/30/2026")
                )

    def test_options_are_chosen_from_the_list(self):
        task = self._create_task("choice")
        task.option_ids = [
            Command.create({"name": "Black"}),
            Command.create({"name": "White"}),
        ]
        order = self._type_in()
        with self._open(order) as form, form.answer_ids.new() as answer:
            answer.task_id = task
            answer.option_ids.add(task.option_ids[1])
        self.assertEqual(order.answer_ids.display_value, "White")

    def test_file_that_the_customer_has_mailed_is_an_answer(self):
        task = self._create_task("file")
        order = self._type_in()
        vals = order.answer_ids._prepare_answer_vals(
            task,
            value_text="invoice.txt",
            file=base64.b64encode(b"Invoice of 2026"),
        )
        order.answer_ids = [Command.create(vals)]
        attachment = order.answer_ids.attachment_id
        self.assertRecordValues(
            attachment,
            [
                {
                    "name": "invoice.txt",
                    "raw": b"Invoice of 2026",
                    "res_model": order._name,
                    "res_id": order.id,
                }
            ],
        )
        self.assertEqual(order.public_attachment_ids, attachment)

    def test_device_that_was_here_before_is_taken_over(self):
        former = self._order_in("completed", configuration="128 GB").device_id
        former.warranty_end = "2099-12-31"
        with self._open() as form:
            form.partner_id = self.carla.partner_id
            form.location_id = self.berlin
            form.service_type_id = self.warranty
            form.issue = "Again"
            form.device_id = former.with_user(self.erik)
            self.assertEqual(form.device_name, "iPhone 15")
            self.assertEqual(form.imei, IMEI)
            self.assertEqual(form.configuration, "128 GB")
            self.assertTrue(form.under_warranty)
            form.partner_id = self.anna.partner_id
            self.assertFalse(form.device_id)
            form.partner_id = self.carla.partner_id
        form.record.action_confirm()
        self.assertEqual(form.record.device_id, former)

    def test_another_location_forgets_what_it_does_not_offer(self):
        self.wien.service_type_ids = self.repair
        self.wien.shipping_type_ids = self.bring
        with self._open() as form:
            form.partner_id = self.anna.partner_id
            form.location_id = self.berlin
            form.service_type_id = self.warranty
            form.shipping_type_id = self.pickup
            form.location_id = self.wien
            self.assertFalse(form.service_type_id)
            self.assertFalse(form.shipping_type_id)
            form.service_type_id = self.repair
            form.shipping_type_id = self.bring
            form.location_id = self.berlin
            self.assertEqual(form.service_type_id, self.repair)
            self.assertEqual(form.shipping_type_id, self.bring)
            form.device_name = "iPhone 15"
            form.issue = "Does not charge"

    def test_another_customer_forgets_the_address(self):
        address = self.env["res.partner"].create(
            {"name": "Kitchen", "parent_id": self.adler.id, "type": "delivery"}
        )
        with self._open() as form:
            form.partner_id = self.anna.partner_id
            form.location_id = self.berlin
            form.service_type_id = self.repair
            form.device_name = "iPhone 15"
            form.issue = "Does not charge"
            form.delivery_address_id = address
            form.partner_id = self.bert.partner_id
            self.assertEqual(form.delivery_address_id, address)
            form.partner_id = self.carla.partner_id
            self.assertFalse(form.delivery_address_id)

    def _create_task(self, kind):
        return self.env["customer.service.task"].create(
            {
                "name": f"Question of kind {kind}",
                "answer_type": kind,
                "service_type_ids": [Command.set(self.warranty.ids)],
            }
        )


class TestOrderForm(ServiceOffice):
    """What Erik sees and changes once an order was sent."""

    def test_words_of_the_customer_stay_his(self):
        order = self._order_in("confirmed")
        with Form(order, FORM) as form:
            for name in ("issue", "partner_id", "location_id", "answer_ids"):
                with self.subTest(name=name), self.assertRaises(AssertionError):
                    form[name] = order[name]
            form.diagnosis = "The battery is old"

    def test_what_is_over_is_not_worked_on(self):
        order = self._order_in("completed")
        with Form(order, FORM) as form:
            for name in ("imei", "device_name", "promised_date", "service_type_id"):
                with self.subTest(name=name), self.assertRaises(AssertionError):
                    form[name] = order[name]
            form.outbound_tracking = "00340"

    def test_without_rights_to_sell_the_amounts_are_read(self):
        order = self._order_in("at_location")
        quotation = self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals()
        )
        quotation.order_line = [
            Command.create(
                {"product_id": self.carrier.product_id.id, "price_unit": 129}
            )
        ]
        quotation.action_quotation_sent()
        with self.assertRaises(AccessError):
            quotation.with_user(self.erik).check_access("read")
        self.env.flush_all()
        self.env.invalidate_all()
        with Form(order, FORM) as form:
            self.assertEqual(form.quote_state, "waiting")
            self.assertGreaterEqual(form.amount_total, 129)
            form.diagnosis = "The battery is old"
        arch = self._arch(self.erik, FORM)
        self.assertFalse(arch.xpath("//field[@name='sale_order_ids']"))
        self.assertFalse(arch.xpath("//button[@name='action_create_quotation']"))
        with self.assertRaises(AccessError):
            order.action_create_quotation()
        with self.assertRaises(AccessError):
            order.action_open_quotations().get("domain")

    def test_salesman_offers_a_price(self):
        self.erik.group_ids += self.env.ref("sales_team.group_sale_salesman")
        order = self._order_in("at_location", client_order_ref="PO-7")
        action = order.action_create_quotation()
        quotation = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            quotation,
            [
                {
                    "partner_id": self.carla.partner_id.id,
                    "client_order_ref": "PO-7",
                    "service_order_id": order.id,
                    "origin": order.name,
                }
            ],
        )
        with Form(order, FORM) as form:
            self.assertEqual(form.sale_order_count, 1)
        back = quotation.with_user(self.erik).action_open_service_order()
        self.assertEqual((back["res_model"], back["res_id"]), (order._name, order.id))

    def test_device_and_shipment_are_one_click_away(self):
        order = self._order_as(self.anna, shipping_type_id=self.pickup.id)
        shipment = self.env["customer.service.shipment"].sudo()
        shipment._create_for(order.sudo(), {"partner_id": self.anna.partner_id.id})
        order = order.with_user(self.erik)
        for action, record in (
            (order.action_open_device(), order.device_id),
            (order.action_open_shipment(), order.shipment_id),
        ):
            with self.subTest(model=record._name):
                self.assertTrue(record)
                self.assertEqual(
                    (action["res_model"], action["res_id"]), (record._name, record.id)
                )

    def test_word_of_thanks_needs_no_answer(self):
        order = self._order_in("at_location")
        self._write_in_chat(order, "Thank you!")
        self.assertTrue(order.customer_reply_pending)
        self.assertTrue(order.activity_ids)
        order.action_note_answered()
        self.assertFalse(order.customer_reply_pending)
        self.assertFalse(order.activity_ids)

    def test_wrong_number_is_corrected_in_the_registry(self):
        order = self._order_in("at_location")
        wrong = order.device_id
        with Form(order, FORM) as form:
            form.imei = OTHER_IMEI
        self.assertEqual(order.device_id.imei, OTHER_IMEI)
        self.assertNotEqual(order.device_id, wrong)
        self.assertFalse(wrong.active)

    def test_device_with_a_history_stays_in_the_registry(self):
        self._order_in("completed")
        order = self._order_in("at_location")
        with Form(order, FORM) as form:
            form.imei = OTHER_IMEI
        [former] = self.env["customer.service.device"].search([("imei", "=", IMEI)])
        self.assertEqual(len(former.order_ids), 1)

    def test_days_at_the_location_are_counted(self):
        with freeze_time(MORNING):
            order = self._order_in("at_location")
        self.assertFalse(order.workshop_days)
        with freeze_time("2026-12-04 21:00:00"):
            order._complete(resolution="New battery")
        self.assertEqual(order.workshop_days, 3.5)
        orders = order | self._order_in("at_location")
        [(days,)] = orders._read_group(
            [("id", "in", orders.ids)], [], ["workshop_days:avg"]
        )
        self.assertEqual(days, 3.5, "what is still here counts for nothing")


class TestOrderList(ServiceOffice):
    """What Erik finds in the list, and does with what he has selected."""

    def test_list_begins_without_drafts(self):
        action = self.env.ref("customer_portal.customer_service_order_action")
        self.assertIn("'search_default_sent': 1", action.context)
        orders = self._orders(
            *("draft", "submitted", "confirmed"),
            *("at_location", "completed", "cancelled"),
        )
        self.assertFound(orders[1:], "sent")
        self.assertFound(orders[:1], "drafts")
        self.assertFound(orders[1:3], "new")
        self.assertFound(orders[3], "at_location")
        self.assertFound(orders[4], "completed")
        self.assertFound(orders[5], "cancelled")
        self.assertFound(orders[1:4], "unassigned")

    def test_order_names_its_device_where_the_number_says_little(self):
        order = self._order_in("confirmed")
        self.assertEqual(order.display_name, order.name)
        self.assertEqual(
            order.with_context(show_device=True).display_name,
            f"{order.name} iPhone 15",
        )
        self.assertEqual(self._orders("draft").display_name, "Draft: iPhone 15")

    def test_kanban_has_a_column_for_each_state_except_drafts(self):
        order = self._order_in("confirmed")
        groups = order.with_context(read_group_expand=True).web_read_group(
            [("id", "=", order.id)], ["state"]
        )
        self.assertEqual(
            [group["state"] for group in groups["groups"]],
            ["submitted", "confirmed", "at_location", "completed", "cancelled"],
        )

    def test_newest_order_comes_first(self):
        orders = self._orders("confirmed", "confirmed")
        orders[0].date_order = "2026-12-01 09:00:00"
        orders[1].date_order = "2026-12-02 09:00:00"
        self.assertEqual(self.orders.search([]).ids, orders[::-1].ids)
        self.assertFalse(self._arch(self.erik, LIST).get("default_order"))

    def test_order_is_found_by_each_of_its_numbers(self):
        order = self._order_in(
            "confirmed",
            client_order_ref="PO-7",
            internal_ref="WS-9",
            serial_number="c02-xg0",
            imei2=OTHER_IMEI,
        )
        self._orders("confirmed")
        for text in (order.name, "po-7", "ws-9", "2-xg", IMEI[3:12], OTHER_IMEI):
            with self.subTest(text=text):
                self.assertFound(order, "name", text=text)
                self.assertEqual(
                    [found for found, _name in self.orders.name_search(text)], order.ids
                )

    def test_order_is_found_by_its_customer_or_contact(self):
        order, other = (
            self._order_in("confirmed"),
            self._order_as(self.anna, imei=self._next_imei()),
        )
        self.assertFound(order, "commercial_partner_id", text="Krone")
        self.assertFound(order, "commercial_partner_id", text="Carla")
        self.assertFound(other, "commercial_partner_id", text="Adler")

    def test_own_orders_are_those_of_the_technician(self):
        orders = self._orders("at_location", "at_location")
        orders[1].user_id = self.erik
        self.assertFound(orders[1], "my_orders")
        self.assertFound(orders[0], "unassigned")

    def test_overdue_is_what_was_promised_for_a_day_before(self):
        with freeze_time(MORNING):
            orders = self._orders("at_location", "at_location", "completed")
            orders[0].promised_date = "2026-11-30"
            orders[1].promised_date = "2026-12-01"
            orders[2].promised_date = "2026-11-30"
            self.assertFound(orders[0], "overdue")

    def test_who_waits_for_whom_is_found(self):
        orders = self._orders("at_location", "at_location", "at_location")
        waiting = self.env["customer.service.status"].create(
            {"name": "Question", "state": "at_location", "waiting_for": "customer"}
        )
        orders[:2]._set_status(waiting)
        self.assertFound(orders[:2], "waiting_for_customer")
        self.assertFound(orders[:0], "customer_replied")
        self._write_in_chat(orders[1], "The code is 1234")
        self.assertFound(orders[0], "waiting_for_customer")
        self.assertFound(orders[1], "customer_replied")

    def test_selected_orders_are_confirmed_together(self):
        orders = self._orders("draft", "submitted")
        orders.action_confirm()
        self.assertEqual(orders.mapped("state"), ["confirmed"] * 2)

    def test_of_selected_orders_all_are_moved_or_none(self):
        for button, states, refusal in (
            ("action_confirm", ("submitted", "at_location"), "At the service location"),
            ("action_receive", ("confirmed", "at_location"), "At the service location"),
            ("action_receive", ("submitted", "completed"), "Completed"),
            ("action_receive", ("confirmed", "draft"), "Draft"),
        ):
            with self.subTest(button=button, states=states):
                orders = self._orders(*states)
                with self.assertRaisesRegex(UserError, f"“{refusal}”"):
                    getattr(orders, button)()
                self.env.invalidate_all()
                self.assertEqual(orders.mapped("state"), list(states))

    def test_selected_orders_are_received_together(self):
        orders = self._orders("submitted", "confirmed")
        orders.action_receive()
        self.assertEqual(orders.mapped("state"), ["at_location"] * 2)

    def test_list_costs_no_query_per_row(self):
        fields_in_list = self._arch(self.erik, LIST).xpath("/list/field")
        specification = {
            field.get("name"): (
                {"fields": {"display_name": {}}}
                if self.orders._fields[field.get("name")].type == "many2one"
                else {}
            )
            for field in fields_in_list
        }

        def count(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.orders.with_user(self.erik).web_search_read(
                [], specification, limit=limit
            )
            self.assertEqual(len(found["records"]), limit)
            return self.env.cr.sql_log_count - before

        orders = self.orders
        for number in range(80):
            orders |= self.orders.create(
                {
                    "partner_id": (
                        self.anna if number % 2 else self.carla
                    ).partner_id.id,
                    "location_id": (self.berlin if number % 3 else self.wien).id,
                    "service_type_id": self.repair.id,
                    "device_name": f"Device {number}",
                    "user_id": (self.erik if number % 2 else self.mia).id,
                }
            )
        orders.activity_schedule("mail.mail_activity_data_todo", user_id=self.mia.id)
        count(2)
        self.assertEqual(count(80), count(2))
