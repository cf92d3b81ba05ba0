from .service_common import IMEI
from .service_wizard_pages import NEW_URL, ORDERS_URL, ServiceWizardCase


class TestServiceWizard(ServiceWizardCase):
    """From the empty form to the order that was sent."""

    # === THE FORM === #

    def test_the_form_marks_what_is_required(self):
        page = self.open_as(self.anna, NEW_URL)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Fields marked with * are required.", page.text)
        self.assertEqual(
            self._required_fields(page), ["Service Location", "Device", "Issue"]
        )
        page = self._send(self.anna, step="refresh", **self._type())
        self.assertEqual(
            self._required_fields(page),
            [
                *("Service Location", "Service", "Device", "Serial Number", "IMEI"),
                *("Issue", "Is “Find my iPhone” off?"),
            ],
        )

    def test_the_service_decides_which_number_is_required(self):
        numbers = {"Serial Number", "IMEI"}
        for identifier, required in {
            "serial": {"Serial Number"},
            "imei": {"IMEI"},
            "serial_or_imei": numbers,
            "none": set(),
        }.items():
            self.repair.identifier = identifier
            page = self._send(self.anna, step="refresh", **self._type())
            self.assertEqual(numbers & set(self._required_fields(page)), required)

    def test_only_offers_are_shown_and_the_only_one_is_chosen(self):
        page = self.open_as(self.anna, NEW_URL)
        self.assertEqual(self._options(page, "location_id"), (["Berlin", "Wien"], []))
        self.wien.portal_published = False
        self.berlin.service_type_ids = self.repair
        page = self.open_as(self.anna, NEW_URL)
        self.assertEqual(self._options(page, "location_id"), ([], []))
        self.assertIn("Berlin", self._named(page, "location_id"))
        self.assertIn("Repair", self._named(page, "service_type_id"))
        self.assertEqual(self._form_of(page)["location_id"], str(self.berlin.id))
        self.assertEqual(self._form_of(page)["service_type_id"], str(self.repair.id))

    def test_delivery_is_asked_for_where_it_was_agreed(self):
        page = self._send(self.anna, step="refresh", **self._type())
        self.assertEqual(
            self._options(page, "shipping_type_id"),
            (["DHL pickup", "I bring it myself"], []),
        )
        page = self._send(self.carla, step="refresh", **self._type())
        self.assertEqual(
            self._options(page, "shipping_type_id"), (["I bring it myself"], [])
        )
        self.krone.service_shipping_type_ids = False
        page = self._send(self.carla, step="refresh", **self._type())
        self.assertNotIn("shipping_type_id", page.text)

    def test_the_return_address_is_asked_for_where_there_are_several(self):
        page = self.open_as(self.anna, NEW_URL)
        self.assertNotIn("delivery_address_id", page.text)
        branch = self._create_branch()
        page = self.open_as(self.anna, NEW_URL)
        offered, _chosen = self._options(page, "delivery_address_id")
        self.assertEqual(
            offered, ["Adler South, Sonnenweg 3, 93049 Regensburg, Germany"]
        )
        order = self._draft_by_form(self.anna, delivery_address_id=str(branch.id))
        self.assertEqual(order.sudo().delivery_address_id, branch)
        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertIn("Sonnenweg 3", self._rows(page)["Return to"])

    def _create_branch(self):
        return self.env["res.partner"].create(
            {
                "parent_id": self.adler.id,
                "type": "delivery",
                "name": "Adler South",
                "street": "Sonnenweg 3",
                "zip": "93049",
                "city": "Regensburg",
                "country_id": self.env.ref("base.de").id,
            }
        )

    def test_only_resellers_name_an_end_customer(self):
        page = self.open_as(self.anna, NEW_URL)
        self.assertIn("end_customer_name", self._form_of(page))
        page = self.open_as(self.carla, NEW_URL)
        self.assertNotIn("end_customer_name", self._form_of(page))
        order = self._draft_by_form(self.carla, end_customer_name="Forged")
        self.assertFalse(order.end_customer_name)

    # === SCENARIO 1: A RESELLER === #

    def test_order_of_a_reseller_is_confirmed_once_it_is_approved(self):
        answer = self._send_whole(
            self.anna,
            shipping_type_id=str(self.pickup.id),
            imei="35-417803-685978-9",
            client_order_ref="PO-7",
            **{self._task(self.damage): "Scratch\nat the edge"},
        )
        order = self.orders.search([], limit=1).with_user(self.anna)
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], f"{order.access_url}/summary")
        self.assertEqual((order.state, order.name), ("draft", "/"))
        self.assertEqual(order.partner_id, self.anna.partner_id)

        page = self.open_as(self.anna, f"{order.access_url}/summary")
        self.assertIn("Order Confirmation", self._texts(page, "//h1"))
        rows = self._rows(page)
        self.assertEqual(rows["IMEI"], IMEI)
        self.assertEqual(rows["Reference"], "PO-7")
        self.assertEqual(rows["Delivery of the Device"], "DHL pickup")
        self.assertEqual(rows["Is “Find my iPhone” off?"], "Yes")
        self.assertEqual(rows["Visible damage"], "Scratch at the edge")
        self.assertFalse(self._mails())

        answer = self._approve(self.anna, order)
        self.assertEqual(answer.status_code, 303)
        self.assertURLEqual(answer.headers["Location"], f"{order.access_url}?sent=1")
        self.assertEqual(order.state, "confirmed")
        self.assertRegex(order.name, r"^SRV\d{8}$")
        page = self.open_as(self.anna, ORDERS_URL)
        self.assertIn("New Orders (1)", " ".join(self._texts(page, "//li")))

    # === SCENARIO 2: ANOTHER CUSTOMER === #

    def test_order_of_a_customer_waits_once_it_is_approved(self):
        order = self._draft_by_form(self.carla, shipping_type_id=str(self.bring.id))
        self._approve(self.carla, order)
        self.assertEqual(order.state, "submitted")
        page = self.open_as(self.carla, order.access_url)
        self.assertIn("Waiting for confirmation", page.text)

    def _mails(self):
        self.write_mails()
        return self.env["mail.mail"].sudo().search([])

    # === SCENARIO 3: SOMETHING IS MISSING === #

    def test_what_is_missing_is_said_at_each_field_and_nothing_is_lost(self):
        page = self._send_whole(
            self.anna,
            device_name="",
            issue="",
            client_order_ref="PO-7",
            **{self._task(self.find_my): "", self._task(self.damage): "Scratch"},
        )
        self.assertEqual(page.status_code, 200)
        messages = {
            "device_name": "Please fill in “Device”.",
            "issue": "Please fill in “Issue”.",
            self._task(self.find_my): "Please answer “Is “Find my iPhone” off?”.",
        }
        self.assertEqual(self._messages(page), messages)
        self.assertEqual(self._wrong_fields(page), set(messages))
        self.assertEqual(
            self._texts(page, "//input[@autofocus and @name='device_name']"), [""]
        )
        typed = self._form_of(page)
        self.assertEqual(typed["client_order_ref"], "PO-7")
        self.assertEqual(typed["imei"], IMEI)
        self.assertEqual(typed[self._task(self.damage)], "Scratch")
        self.assertFalse(self.orders.search([]))

    def test_one_of_two_numbers_is_missing(self):
        page = self._send_whole(self.anna, imei="")
        self.assertEqual(
            self._messages(page),
            {"serial_number": "Please fill in the serial number or the IMEI."},
        )
        order = self._draft_by_form(self.anna, imei="", serial_number=" c02 x1 ")
        self.assertEqual(order.serial_number, "C02X1")

    # === WITHOUT JAVASCRIPT === #

    def test_applying_a_location_keeps_everything_typed(self):
        self.wien.service_type_ids = self.warranty
        typed = self._type(
            location_id=str(self.wien.id),
            under_warranty="1",
            device_passcode="1234",
            purchase_date="2020-02-29",
        )
        page = self._send(self.anna, step="refresh", **typed)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._messages(page), {})
        shown = self._form_of(page)
        self.assertEqual(shown["service_type_id"], str(self.warranty.id))
        self.assertNotIn(self._task(self.find_my), shown)
        for name in ("device_name", "imei", "issue", "under_warranty", "purchase_date"):
            self.assertEqual(shown[name], typed[name])
        self.assertEqual(shown["device_passcode"], "1234")
        self.assertFalse(self.orders.search([]))

    def test_applying_a_service_shows_its_tasks(self):
        page = self.open_as(self.anna, NEW_URL)
        self.assertNotIn("Find my iPhone", page.text)
        page = self._send(self.anna, step="refresh", **self._type())
        self.assertIn(self._task(self.damage), self._form_of(page))
        self.assertEqual(self._form_of(page)[self._task(self.find_my)], "yes")

    def test_the_token_of_a_form_outlives_applying(self):
        page = self.open_as(self.anna, NEW_URL)
        token = self.form_token(page)
        page = self.post_as(
            self.anna, NEW_URL, self._form_of(page) | {"step": "refresh"}
        )
        self.assertEqual(self.form_token(page), token)
