from odoo.fields import Command
from odoo.tests import freeze_time

from ..models.customer_service_order_check import IncompleteOrderError
from .common import PortalTransactionCase
from .service_common import ServicePeople

LABELS = {
    "location_id": "Service Location",
    "service_type_id": "Service",
    "shipping_type_id": "Delivery of the Device",
    "delivery_address_id": "Return to",
    "device_name": "Device",
    "issue": "Issue",
    "serial_number": "Serial Number",
    "imei": "IMEI",
}


class TestServiceOrderCheck(ServicePeople, PortalTransactionCase):
    """What an order must have before it goes to the service location."""

    def _faults(self, user=None, **values):
        """Return what speaks against an order of a customer (Carla)."""
        user = user or self.carla
        vals = {"partner_id": user.partner_id.id, **self._complete_values(), **values}
        return self.orders.with_user(user).sudo().new(vals)._get_faults()

    def _faults_of_staff(self, **values):
        """Return what speaks against an order that Erik types in for Carla."""
        vals = {"partner_id": self.carla.partner_id.id, **self._complete_values()}
        return self.orders.with_user(self.erik).create(vals | values)._get_faults()

    def _complete_values(self):
        return {
            "location_id": self.berlin.id,
            "service_type_id": self.warranty.id,  # without questions
            "device_name": "iPhone 15",
            "imei": self._next_imei(),
            "issue": "Does not charge",
        }

    def assertNotOffered(self, name, user=None, **values):  # noqa: N802
        self.assertEqual(
            self._faults(user, **values),
            {name: f"Please choose “{LABELS[name]}” from the list."},
        )

    # === WHAT IS MISSING === #

    def test_complete_order_has_no_fault(self):
        self.assertEqual(self._faults(), {})
        self.assertEqual(self._faults_of_staff(), {})

    def test_each_gap_is_named_as_its_field_is(self):
        for name in ("service_type_id", "device_name", "issue"):
            with self.subTest(name=name):
                self.assertEqual(
                    self._faults(**{name: False}),
                    {name: f"Please fill in “{LABELS[name]}”."},
                )

    def test_order_without_location_has_no_services_to_choose_from(self):
        self.assertEqual(
            self._faults(location_id=False),
            {
                "location_id": "Please fill in “Service Location”.",
                "service_type_id": "Please choose “Service” from the list.",
            },
        )

    def test_all_faults_are_told_at_once_mistakes_first_then_gaps(self):
        faults = self._faults(
            service_type_id=self.repair.id,
            shipping_type_id=self.pickup.id,
            device_name=False,
            issue=False,
            imei="1234",
            purchase_date="2999-01-01",
        )
        self.assertEqual(
            list(faults),
            [
                *("shipping_type_id", "imei", "purchase_date"),
                *("device_name", "issue", f"task_{self.find_my.id}"),
            ],
        )

    def test_incomplete_order_cannot_be_sent(self):
        draft = self._draft_as(self.carla, device_name=False, issue=False)
        with self.assertRaises(IncompleteOrderError) as caught:
            draft.sudo()._submit()
        faults = {
            name: f"Please fill in “{LABELS[name]}”."
            for name in ("device_name", "issue")
        }
        self.assertEqual(caught.exception.faults, faults)
        self.assertEqual(str(caught.exception), "\n".join(faults.values()))
        self.assertEqual(draft.state, "draft")

    def test_labels_are_those_of_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("de_DE")
        field = self.env["ir.model.fields"]._get("customer.service.order", "issue")
        field.with_context(lang="de_DE").field_description = "Fehlerbeschreibung"
        vals = {"partner_id": self.carla.partner_id.id, **self._complete_values()}
        order = self.orders.with_context(lang="de_DE").new(vals | {"issue": False})
        self.assertIn("Fehlerbeschreibung", order._get_faults()["issue"])

    # === WHICH DEVICE === #

    def test_each_service_says_by_what_a_device_is_known(self):
        serial, imei = {"serial_number": "C02"}, {"imei": self._next_imei()}
        neither = {"serial_number": "Please fill in the serial number or the IMEI."}
        no_serial = {"serial_number": "Please fill in “Serial Number”."}
        no_imei = {"imei": "Please fill in “IMEI”."}
        for identifier, numbers, faults in (
            ("serial_or_imei", {}, neither),
            ("serial_or_imei", serial, {}),
            ("serial_or_imei", imei, {}),
            ("serial", {}, no_serial),
            ("serial", imei, no_serial),
            ("serial", serial, {}),
            ("imei", {}, no_imei),
            ("imei", serial, no_imei),
            ("imei", {"imei2": self._next_imei()}, no_imei),
            ("imei", imei, {}),
            ("none", {}, {}),
        ):
            with self.subTest(identifier=identifier, numbers=numbers):
                self.warranty.identifier = identifier
                values = {"imei": False, **numbers}
                self.assertEqual(self._faults(**values), faults)

    def test_wrong_imei_is_shown_with_the_way_to_find_the_right_one(self):
        for name, label in (("imei", "IMEI"), ("imei2", "Second IMEI")):
            for number in ("354178036859780", "35417803685978", "000000000000000"):
                with self.subTest(name=name, number=number):
                    self.assertEqual(
                        self._faults(**{name: number}),
                        {
                            name: f"“{label}”: {number} is not a valid IMEI. It has 15"
                            " digits; dial *#06# on the device to see it."
                        },
                    )

    def test_nobody_has_bought_a_device_tomorrow(self):
        fault = {"purchase_date": "The day of the purchase lies in the future."}
        with freeze_time("2026-11-27 22:30:00"):  # 23:30 in Berlin
            self.assertEqual(self._faults(purchase_date="2026-11-27"), {})
            self.assertEqual(self._faults(purchase_date="2026-11-28"), fault)
        with freeze_time("2026-11-27 23:00:00"):  # midnight
            self.assertEqual(self._faults(purchase_date="2026-11-28"), {})

    # === WHERE TO === #

    def test_location_that_is_not_published_is_not_offered(self):
        self.berlin.portal_published = False
        self.assertNotOffered("location_id")

    def test_location_of_other_customers_is_not_offered(self):
        self.berlin.allowed_partner_ids = self.adler
        self.assertNotOffered("location_id")
        self.assertEqual(self._faults(self.anna), {})
        self.berlin.allowed_partner_ids |= self.krone
        self.assertEqual(self._faults(), {})

    def test_location_that_was_not_agreed_upon_is_not_offered(self):
        self.krone.service_location_ids = self.wien
        self.assertNotOffered("location_id")
        self.assertEqual(self._faults(location_id=self.wien.id), {})
        self.krone.service_location_ids |= self.berlin
        self.assertEqual(self._faults(), {})

    def test_agreement_does_not_open_a_location_of_others(self):
        self.krone.service_location_ids = self.berlin
        self.berlin.allowed_partner_ids = self.adler
        self.assertNotOffered("location_id")

    def test_location_of_another_company_is_not_offered(self):
        other = self.env["res.company"].create({"name": "Other"})
        graz = self._create_location("Graz", company_id=other.id)
        self.assertNotOffered("location_id", location_id=graz.id)
        self.carla.company_ids |= other
        self.assertEqual(self._faults(location_id=graz.id), {})

    def test_service_that_the_location_does_not_offer(self):
        battery = self.env["customer.service.type"].create({"name": "Battery"})
        self.berlin.service_type_ids -= battery
        self.assertNotOffered("service_type_id", service_type_id=battery.id)
        self.wien.service_type_ids |= battery
        values = {"service_type_id": battery.id, "location_id": self.wien.id}
        self.assertEqual(self._faults(**values), {})

    def test_return_address_of_another_customer(self):
        address = self._add_address(self.adler)
        self.assertNotOffered("delivery_address_id", delivery_address_id=address.id)
        own = self._add_address(self.krone)
        for partner in (own, self.krone, self.carla.partner_id):
            self.assertEqual(self._faults(delivery_address_id=partner.id), {})

    def test_return_address_is_none_of_a_colleague_nor_for_invoices(self):
        for address in (
            self._add_address(self.krone, type="invoice"),
            self._add_address(self.krone, type="contact"),
            self._add_address(self.krone, active=False),
        ):
            self.assertNotOffered("delivery_address_id", delivery_address_id=address.id)

    def _add_address(self, customer, **values):
        vals = {"name": "Lager", "parent_id": customer.id, "type": "delivery"}
        return self.env["res.partner"].create(vals | values)

    # === HOW THE DEVICE TRAVELS === #

    def test_delivery_need_not_be_chosen(self):
        self.assertEqual(self._faults(shipping_type_id=False), {})

    def test_delivery_that_was_not_agreed_upon(self):
        self.assertEqual(self._faults(shipping_type_id=self.bring.id), {})
        self.krone.service_shipping_type_ids = False
        self.assertNotOffered("shipping_type_id", shipping_type_id=self.bring.id)

    def test_delivery_that_is_not_published_or_not_of_the_location(self):
        values = {"user": self.anna, "shipping_type_id": self.pickup.id}
        self.assertEqual(self._faults(**values), {})
        self.pickup.portal_published = False
        self.assertNotOffered("shipping_type_id", **values)
        self.pickup.portal_published = True
        self.berlin.shipping_type_ids = self.bring
        self.assertNotOffered("shipping_type_id", **values)

    def test_shipments_are_for_resellers(self):
        self.krone.service_shipping_type_ids |= self.pickup
        values = {"shipping_type_id": self.pickup.id}
        self.assertNotOffered("shipping_type_id", **values)
        self.krone.service_role = "reseller"
        self.assertEqual(self._faults(**values), {})

    # === QUESTIONS === #

    def test_required_question_must_be_answered(self):
        fault = {f"task_{self.find_my.id}": "Please answer “Is “Find my iPhone” off?”."}
        values = {"service_type_id": self.repair.id}
        self.assertEqual(self._faults(**values), fault)
        other_answer = self._answer(self.damage, value_text="None")
        self.assertEqual(self._faults(**values, answer_ids=[other_answer]), fault)
        for answer in (True, False):
            answers = [self._answer(self.find_my, value_boolean=answer)]
            self.assertEqual(self._faults(**values, answer_ids=answers), {})

    def test_answer_without_a_word_is_none(self):
        self.damage.required = True
        fault = {f"task_{self.damage.id}": "Please answer “Visible damage”."}
        yes = self._answer(self.find_my, value_boolean=True)
        for text, faults in ((False, fault), ("", fault), ("A scratch", {})):
            answers = [yes, self._answer(self.damage, value_text=text)]
            with self.subTest(text=text):
                values = {"service_type_id": self.repair.id, "answer_ids": answers}
                self.assertEqual(self._faults(**values), faults)
                self.assertEqual(self._faults_of_staff(**values), faults)

    def test_question_for_resellers_is_not_asked_of_others(self):
        task = self._add_task(reseller_only=True)
        self.assertEqual(self._faults(), {})
        self.assertEqual(list(self._faults(self.anna)), [f"task_{task.id}"])

    def test_question_is_asked_where_it_belongs(self):
        task = self._add_task(location_ids=[Command.set(self.wien.ids)])
        self.assertEqual(self._faults(), {})
        faults = self._faults(location_id=self.wien.id)
        self.assertEqual(list(faults), [f"task_{task.id}"])
        task.active = False
        self.assertEqual(self._faults(location_id=self.wien.id), {})

    def test_question_of_another_company_is_not_asked(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._add_task(company_id=other.id)
        self.assertEqual(self._faults(), {})

    def _add_task(self, **values):
        vals = {"name": "Which colour?", "required": True}
        return self.env["customer.service.task"].create(vals | values)

    def _answer(self, task, **values):
        answers = self.env["customer.service.answer"]
        return Command.create(answers._prepare_answer_vals(task, **values))

    # === ARCHIVED, AND STAFF === #

    def test_what_is_archived_is_not_offered_to_anybody(self):
        order = self._order_in("draft", shipping_type_id=self.bring.id)
        for name in ("location_id", "service_type_id", "shipping_type_id"):
            with self.subTest(name=name):
                order[name].sudo().active = False
                fault = {name: f"Please choose “{LABELS[name]}” from the list."}
                as_customer = order.with_user(self.carla).sudo()
                self.assertEqual(as_customer._get_faults(), fault)
                self.assertEqual(order._get_faults(), fault)
                order[name].sudo().active = True
        self.assertEqual(order._get_faults(), {})

    def test_staff_may_choose_what_customers_may_not(self):
        self.berlin.portal_published = False
        self.berlin.allowed_partner_ids = self.adler
        self.pickup.portal_published = False
        self.krone.service_location_ids = self.wien
        self.assertEqual(self._faults_of_staff(shipping_type_id=self.pickup.id), {})

    def test_staff_must_keep_to_the_location_as_well(self):
        battery = self.env["customer.service.type"].create({"name": "Battery"})
        self.berlin.service_type_ids -= battery
        self.berlin.shipping_type_ids = self.bring
        faults = self._faults_of_staff(
            service_type_id=battery.id, shipping_type_id=self.pickup.id
        )
        self.assertEqual(list(faults), ["service_type_id", "shipping_type_id"])

    def test_staff_of_other_companies_have_their_own_locations(self):
        other = self.env["res.company"].create({"name": "Other"})
        graz = self._create_location("Graz", company_id=other.id)
        self.erik.company_ids |= other
        order = self._order_in("draft", location_id=graz.id)
        for company, faults in ((self.company, ["location_id"]), (other, [])):
            in_company = order.with_context(allowed_company_ids=company.ids).sudo()
            self.assertEqual(list(in_company._get_faults()), faults)
        self.assertEqual(order.company_id, other)
