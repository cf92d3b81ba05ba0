from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from .common import PortalTransactionCase
from .service_common import IMEI, OTHER_IMEI, ServicePeople


class TestServiceDevices(ServicePeople, PortalTransactionCase):
    """The registry: which devices of which customer were in service, and how often."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = cls.env["customer.service.device"].with_user(cls.erik)

    def _come(self, user=None, **values):
        """Return the registered device of an order that was here and went back."""
        values = {"imei": False} | values
        return self._order_in("completed", user, **values).device_id

    def _create(self, **values):
        vals = {"name": "iPhone 15", "commercial_partner_id": self.krone.id}
        return self.devices.create(vals | values)

    def assertTwice(self, function, *args):  # noqa: N802
        """Check that the registry does not take the same device twice."""
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            function(*args)
            self.env.flush_all()

    # === REGISTERED WITH THE FIRST ORDER === #

    def test_first_order_registers_the_device_as_it_was_described(self):
        device = self._come(
            device_name="iPhone 15",
            manufacturer="Apple",
            configuration="Blue, 128 GB",
            serial_number="C02",
            imei=IMEI,
            imei2=OTHER_IMEI,
            purchase_date="2026-01-01",
            end_customer_name="Frau Huber",
        )
        self.assertRecordValues(
            device,
            [
                {
                    "name": "iPhone 15",
                    "commercial_partner_id": self.krone.id,
                    "manufacturer": "Apple",
                    "configuration": "Blue, 128 GB",
                    "serial_number": "C02",
                    "imei": IMEI,
                    "imei2": OTHER_IMEI,
                    "purchase_date": date(2026, 1, 1),
                    "end_customer": "Frau Huber",
                }
            ],
        )

    def test_nobody_follows_a_device_by_sending_an_order(self):
        """What staff write about it is neither the customer's business nor a mail."""
        sent = self._order_as(self.anna).sudo().device_id
        typed_in = self._order_in("draft", imei=OTHER_IMEI)
        typed_in.action_confirm()
        for device, user in ((sent, self.anna), (typed_in.device_id, self.erik)):
            self.assertEqual(device.create_uid, user)
            self.assertFalse(device.message_partner_ids)
            self.assertFalse(device.message_ids)

    def test_draft_registers_nothing(self):
        draft = self._order_in("draft")
        self.assertFalse(draft.device_id)
        self.assertFalse(self.devices.search([("imei", "=", IMEI)]))

    def test_device_without_a_number_is_not_registered(self):
        self.repair.identifier = "none"
        self.assertFalse(self._come())

    def test_device_is_found_again_by_any_of_its_numbers(self):
        device = self._come(serial_number="C02", imei=IMEI, imei2=OTHER_IMEI)
        for numbers in (
            {"serial_number": "c02"},
            {"imei": IMEI},
            {"imei": OTHER_IMEI},
            {"imei": OTHER_IMEI, "imei2": IMEI},
            {"serial_number": "C02", "imei": self._next_imei()},
        ):
            with self.subTest(numbers=numbers):
                self.assertEqual(self._come(**numbers), device)
        self.assertEqual(device.order_count, 6)

    def test_serial_number_decides_where_the_numbers_are_of_two_devices(self):
        by_imei = self._come(imei=IMEI)
        by_serial = self._come(serial_number="C02")
        self.assertNotEqual(by_imei, by_serial)
        self.assertEqual(self._come(serial_number="C02", imei=IMEI), by_serial)
        self.assertFalse(by_serial.imei, "that number is of the other one")

    def test_registry_learns_what_it_did_not_know_and_forgets_nothing(self):
        device = self._come(serial_number="C02", manufacturer="Apple")
        self._come(
            serial_number="C02",
            imei=IMEI,
            device_name="Mobile",
            manufacturer="Other",
            configuration="Blue",
        )
        self.assertRecordValues(
            device,
            [
                {
                    "name": "iPhone 15",
                    "imei": IMEI,
                    "manufacturer": "Apple",
                    "configuration": "Blue",
                }
            ],
        )
        self.assertEqual(self._come(imei=IMEI), device)

    def test_order_keeps_what_the_customer_has_typed(self):
        self._come(serial_number="C02", device_name="iPhone 15")
        order = self._order_in("submitted", serial_number="C02", device_name="Mobile")
        self.assertEqual(order.device_name, "Mobile")
        self.assertEqual(order.device_id.name, "iPhone 15")

    # === ONE OF EACH CUSTOMER === #

    def test_customers_have_registries_of_their_own(self):
        anna = self._come(self.anna, serial_number="C02", imei=IMEI)
        carla = self._come(self.carla, serial_number="C02", imei=IMEI)
        self.assertEqual(anna.commercial_partner_id, self.adler)
        self.assertEqual(carla.commercial_partner_id, self.krone)
        self.assertEqual(self._come(self.bert, imei=IMEI), anna)

    def test_registry_of_a_customer_has_no_device_twice(self):
        self._create(serial_number="C02", imei=IMEI)
        self.assertTwice(self._create_again, {"serial_number": " c02"})
        self.assertTwice(self._create_again, {"imei": "35-417803-685978-9"})
        other = self._create(serial_number="C03")
        self.assertTwice(other.write, {"serial_number": "c02"})
        self._create(commercial_partner_id=self.adler.id, imei=IMEI)

    def _create_again(self, values):
        self._create(**values)

    def test_archived_device_is_out_of_the_way(self):
        former = self._come(serial_number="C02", imei=IMEI)
        former.action_archive()
        device = self._come(serial_number="C02", imei=IMEI)
        self.assertNotEqual(device, former)
        self.assertTwice(former.action_unarchive)
        self.assertEqual(former.order_ids.device_id, former, "its history stays")

    def test_copy_of_a_device_is_another_one(self):
        device = self._create(serial_number="C02", imei=IMEI, imei2=OTHER_IMEI)
        copy = device.copy()
        numbers = [copy.serial_number, copy.imei, copy.imei2]
        self.assertEqual((copy.name, numbers), ("iPhone 15", [False] * 3))

    def test_imei_of_a_device_is_a_valid_one(self):
        for name in ("imei", "imei2"):
            with self.assertRaisesRegex(ValidationError, "1234 is not a valid IMEI"):
                self._create(**{name: "12-34"})

    # === WHAT STAFF SEE === #

    def test_device_is_called_by_its_name_and_number(self):
        for numbers, name in (
            ({"serial_number": "C02", "imei": IMEI}, "iPhone 15 (C02)"),
            ({"imei": OTHER_IMEI}, f"iPhone 15 ({OTHER_IMEI})"),
            ({}, "iPhone 15"),
        ):
            self.assertEqual(self._create(**numbers).display_name, name)

    def test_device_is_found_by_whatever_identifies_it(self):
        device = self._create(serial_number="C02XK", imei=IMEI, imei2=OTHER_IMEI)
        self._create(name="Pixel", serial_number="X99")
        for text in ("iphone", "2xk", IMEI, IMEI[3:9], OTHER_IMEI):
            with self.subTest(text=text):
                found = self.devices.name_search(text)
                self.assertEqual([number for number, _name in found], device.ids)

    def test_warranty_ends_at_the_end_of_its_last_day(self):
        device = self._create(warranty_end="2026-11-27")
        for moment, state in (
            ("2026-11-27 22:59:59", "valid"),  # 23:59:59 in Berlin
            ("2026-11-27 23:00:00", "over"),
        ):
            with freeze_time(moment):
                device.invalidate_recordset(["warranty_state"])
                self.assertEqual(device.warranty_state, state)
        self.assertEqual(self._create().warranty_state, "none")

    def test_orders_are_counted_with_the_same_queries_for_many_devices(self):
        devices = self.devices
        for _index in range(3):
            devices |= self._come(imei=self._next_imei())
        again = self._come(imei=devices[0].imei)
        self.assertEqual(again, devices[0])
        self.env.flush_all()
        for count, expected in ((1, [2]), (3, [2, 1, 1])):
            some = self.devices.browse(devices[:count].ids)
            self.env.invalidate_all()
            with self.assertQueryCount(__system__=1):
                self.assertEqual(some.sudo().mapped("order_count"), expected)

    def test_users_keep_the_registry_and_managers_tidy_it_up(self):
        device = self._create(serial_number="C02")
        device.write({"warranty_end": "2027-01-01"})
        with self.assertRaises(AccessError):
            device.unlink()
        device.with_user(self.mia).unlink()
        for user in (self.anna, self._create_user("Otto", "base.group_user")):
            with self.assertRaises(AccessError):
                self.devices.with_user(user).search([])
