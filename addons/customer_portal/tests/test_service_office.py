import base64

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from .service_common import IMEI
from .service_office import FORM, ServiceOffice


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
