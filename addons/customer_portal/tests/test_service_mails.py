from lxml import html

from odoo.tests import freeze_time

from .service_common import IMEI
from .service_mails import MORNING, ServiceMailReader


@freeze_time(MORNING)
class TestServiceTeamMails(ServiceMailReader):
    """What the team of a location reads about its orders."""

    def test_a_new_order_is_told_with_all_that_matters(self):
        order = self._order_as(
            self.carla, client_order_ref="PO-7", end_customer_name="Otto"
        )
        mail = self._read("New service order", order, self.team.partner_id)
        self.assertEqual(
            mail.subject, f"New service order {order.name} from Gasthof Krone GmbH"
        )
        self.assertEqual(
            self._facts(mail),
            {
                "Number": order.name,
                "Reference": "PO-7",
                "Customer": "Gasthof Krone GmbH, Carla",
                "End Customer": "Otto",
                "Device": "iPhone 15",
                "IMEI": IMEI,
                "Service": "Repair",
                "Service Location": "Berlin",
                "Status": "Waiting for confirmation",
                "Issue": "Does not charge",
            },
        )
        self.assertIn("Please confirm it, or refuse it", mail.body_html)
        path = f"/mail/view?model=customer.service.order&res_id={order.id}"
        self.assertEqual(self._link(mail), order.get_base_url() + path)

    def test_an_order_of_a_reseller_need_not_be_confirmed(self):
        self._order_as(self.anna)
        mail = self._mails("New service order").ensure_one()
        self.assertIn("confirmed already", mail.body_html)
        self.assertNotIn("Please confirm it", mail.body_html)

    def test_each_team_hears_of_its_own_location(self):
        self._order_as(self.carla, location_id=self.wien.id)
        self.assertEqual(
            self._mails("New service order").recipient_ids,
            self.wien.user_ids.partner_id,
        )

    def test_without_a_team_everybody_of_the_group_is_told(self):
        self.berlin.user_ids = False
        self._order_as(self.carla)
        mails = self._mails("New service order")
        self.assertLessEqual(
            (self.erik | self.mia).partner_id, mails.recipient_ids, "all of the group"
        )
        self.assertNotIn(self.carla.partner_id, mails.recipient_ids)

    def test_one_more_address_is_told_too(self):
        self.berlin.email = "desk@test.example"
        self._order_as(self.carla)
        mail = self._mails("New service order").ensure_one()
        self.assertEqual(mail.email_to, "desk@test.example")

    def test_the_customer_takes_his_order_back(self):
        order = self._order_as(self.carla)
        self._forget()
        order.sudo()._cancel_by_customer()
        self.assertEqual(
            self._told(),
            [
                (
                    "Team Berlin",
                    f"Gasthof Krone GmbH cancelled service order {order.name}",
                )
            ],
        )

    def test_a_customers_words_are_no_html(self):
        self._order_as(self.carla, issue="<b>bold</b>", device_name="<i>x</i>")
        mail = self._mails("New service order").ensure_one()
        self.assertIn("&lt;b&gt;bold&lt;/b&gt;", mail.body_html)
        self.assertIn("&lt;i&gt;x&lt;/i&gt;", mail.body_html)

    def test_what_staff_type_in_is_no_news_for_them(self):
        order = self._draft_as(self.carla).with_user(self.erik)
        order.action_confirm()
        self.assertEqual(
            self._told(), [("Carla", f"Your service order {order.name} is confirmed")]
        )


@freeze_time(MORNING)
class TestServiceCustomerMails(ServiceMailReader):
    """What the contact of an order reads about it."""

    def _read_as_customer(self, subject, order):
        mail = self._read(subject, order, order.partner_id)
        self.assertIn(f"Dear {order.partner_id.name},", mail.body_html)
        url = f"{order.get_base_url()}/my/service-orders/{order.id}"
        self.assertEqual(self._link(mail), url, "without a token")
        self.assertNotIn("Customer", self._facts(mail))
        self.assertNotIn("Issue", self._facts(mail))
        return mail

    def test_an_order_of_a_reseller_is_one_mail_to_each_side(self):
        order = self._order_as(self.anna)
        self.assertEqual(
            self._told(),
            [
                (
                    "Team Berlin",
                    f"New service order {order.name} from Hotel Adler GmbH",
                ),
                ("Anna", f"Your service order {order.name} is confirmed"),
            ],
        )

    def test_an_order_that_waits_is_not_confirmed_to_the_customer(self):
        self._order_as(self.carla)
        self.assertFalse(self._mails("confirmed"))

    def test_it_is_confirmed(self):
        order = self._order_as(self.carla, client_order_ref="PO-7")
        self._forget()
        order.with_user(self.erik).action_confirm()
        mail = self._read_as_customer("is confirmed", order)
        self.assertEqual(
            self._facts(mail),
            {
                "Number": order.name,
                "Reference": "PO-7",
                "Device": "iPhone 15",
                "IMEI": IMEI,
                "Service": "Repair",
                "Service Location": "Berlin",
                "Status": "Confirmed",
            },
        )

    def test_it_is_confirmed_with_the_order_as_pdf(self):
        order = self._order_as(self.anna)
        (file,) = self._mails("is confirmed").attachment_ids
        self.assertEqual(file.name.split(".")[0], f"Service Order {order.name}")
        self.assertIn("Does not charge", file.raw.decode(), "tests render no PDF")
        self.assertFalse(
            order.sudo().public_attachment_ids, "it is no file of the order"
        )

    def test_it_is_confirmed_with_the_price_if_there_is_one(self):
        for hides in (False, True):
            self.carla.partner_id.service_hide_prices = hides
            order = self._order_as(self.carla, imei=self._next_imei())
            self._quote(order).action_quotation_sent()
            self._forget()
            order.with_user(self.erik).action_confirm()
            text = self._mails("is confirmed").attachment_ids.raw.decode()
            self.assertEqual("129.00" in text, not hides)

    def test_where_the_device_goes_is_said_until_it_is_there(self):
        order = self._order_as(self.carla, shipping_type_id=self.bring.id)
        self._forget()
        order.with_user(self.erik).action_confirm()
        self._end_transaction()
        order.with_user(self.erik).action_receive()
        self.assertNotIn("Please bring", self._mails("is confirmed").body_html)

    def test_without_a_way_it_may_be_brought_or_sent(self):
        self._order_as(self.anna)
        self.assertIn("bring or send the device", self._mails("is confirmed").body_html)

    def test_it_is_confirmed_with_where_to_bring_the_device(self):
        self.berlin.opening_hours = "Mon to Fri, 9 to 17"
        self._order_as(self.anna, shipping_type_id=self.bring.id)
        body = self._mails("is confirmed").body_html
        self.assertIn("Please bring the device to:", body)
        self.assertIn("Werkstr. 1", body)
        self.assertIn("Opening hours: Mon to Fri, 9 to 17", body)

    def test_it_is_confirmed_with_how_to_send_the_device(self):
        self.pickup.instructions = "Remove the SIM card."
        self._order_as(self.anna, shipping_type_id=self.pickup.id)
        body = self._mails("is confirmed").body_html
        self.assertIn("put the device into a shipment", body)
        self.assertIn("Remove the SIM card.", body)
        self.assertNotIn("Werkstr. 1", body)

    def test_it_is_refused_with_the_reason(self):
        order = self._order_as(self.carla)
        self._forget()
        order.with_user(self.erik)._refuse("We repair <i>no</i> radios.")
        mail = self._read_as_customer("We cannot accept", order)
        self.assertIn("We repair &lt;i&gt;no&lt;/i&gt; radios.", mail.body_html)
        self.assertEqual(len(self._told()), 1)

    def test_the_device_has_arrived(self):
        order = self._order_as(self.carla)
        self._forget()
        order.with_user(self.erik).action_receive()
        mail = self._read_as_customer("Your device has arrived", order)
        self.assertIn("ready by <b>12/06/2026</b>", mail.body_html)

    def test_no_day_is_promised_where_none_is_usual(self):
        self.repair.estimated_days = 0
        order = self._order_as(self.carla)
        order.with_user(self.erik).action_receive()
        self.assertNotIn("ready by", self._mails("has arrived").body_html)

    def test_the_work_is_done(self):
        order = self._at_location(self.anna, shipping_type_id=self.pickup.id)
        order._complete(resolution="New <b>battery</b>", outbound_tracking="AB 1&x")
        mail = self._read_as_customer("is completed", order)
        self.assertIn("New &lt;b&gt;battery&lt;/b&gt;", mail.body_html)
        (link,) = html.fromstring(mail.body_html).xpath("//a[contains(@href,'t.ex')]")
        self.assertEqual(
            (link.get("href"), link.text), ("https://t.example/?n=AB%201%26x", "AB 1&x")
        )

    def test_a_parcel_without_a_link_still_has_a_number(self):
        order = self._at_location(self.carla)
        order._complete(resolution="New battery", outbound_tracking="AB 1")
        self.assertIn("<b>AB 1</b>", self._mails("is completed").body_html)

    def test_without_a_parcel_nothing_is_said_about_one(self):
        order = self._at_location(self.carla)
        order._complete(resolution="New battery")
        self.assertNotIn("on its way", self._mails("is completed").body_html)

    def test_it_is_cancelled_with_the_reason(self):
        order = self._order_as(self.carla)
        self._forget()
        order.with_user(self.erik)._cancel("No more spare parts")
        mail = self._read_as_customer("is cancelled", order)
        self.assertIn("No more spare parts", mail.body_html)

    def test_it_is_cancelled_without_a_reason(self):
        order = self._order_as(self.carla)
        order.with_user(self.erik)._cancel()
        body = self._mails("is cancelled").body_html
        self.assertIn("We have cancelled your service order.", body)
        self.assertNotIn("reason", body)

    def test_what_is_for_staff_is_in_no_mail(self):
        order = self._draft_as(self.anna, device_passcode="8642")
        order.with_user(self.erik).internal_note = "<p>Pays late</p>"
        order.sudo()._submit()
        staff = order.with_user(self.erik)
        self.write_mails()
        staff.action_receive()
        self.write_mails()
        staff._set_status(
            self.env.ref("customer_portal.customer_service_status_approval")
        )
        self.write_mails()
        staff._mail_customers("reminder")
        self.write_mails()
        staff._complete(resolution="Done")
        mails = self._mails()
        self.assertEqual(len(mails), 6)
        for mail in mails:
            self.assertNotIn("Pays late", mail.body_html, mail.subject)
            self.assertNotIn("8642", mail.body_html, mail.subject)
