from lxml import html

from odoo.tests import freeze_time

from .service_mails import MORNING, ServiceMailReader


@freeze_time(MORNING)
class TestServiceStatusMails(ServiceMailReader):
    """Statuses that have a mail of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        xmlid = "customer_portal.customer_service_status_"
        cls.approval = cls.env.ref(f"{xmlid}approval")
        cls.parts = cls.env.ref(f"{xmlid}parts")

    def test_a_question_is_asked(self):
        order = self._at_location(self.carla)
        order._set_status(self.approval)
        self.assertEqual(order.waiting_for, "customer")
        mail = self._read("We need your answer", order, self.carla.partner_id)
        self.assertIn("write to us there", mail.body_html)
        self.assertEqual(self._facts(mail)["Status"], "Waiting for your approval")

    def test_a_status_without_a_mail_sends_none(self):
        order = self._at_location(self.carla)
        order._set_status(self.parts)
        self.assertEqual(self._told(), [])

    def test_the_same_status_again_is_no_news(self):
        order = self._at_location(self.carla)
        order._set_status(self.approval)
        self._forget()
        order._set_status(self.approval)
        self.assertEqual(self._told(), [])

    def test_what_the_technician_writes_along_is_in_the_same_mail(self):
        order = self._at_location(self.carla)
        order._set_status(self.approval, note="May we <b>delete</b> the data?")
        self.write_mails()
        mail = self._mails().ensure_one()
        self.assertIn("May we &lt;b&gt;delete&lt;/b&gt; the data?", mail.body_html)
        comment = self.env.ref("mail.mt_comment")
        posted = order.message_ids.filtered(lambda it: it.subtype_id == comment)
        self.assertIn("May we", posted.body)

    def test_what_is_written_along_is_mailed_by_the_chat_otherwise(self):
        order = self._at_location(self.carla)
        order._set_status(self.parts, note="They come on Monday.")
        mail = self._mails().ensure_one()
        self.assertEqual(mail.recipient_ids, self.carla.partner_id)
        self.assertIn("They come on Monday.", mail.body_html)

    def test_a_status_of_the_house_sends_its_own_template(self):
        status = self.env["customer.service.status"].create(
            {
                "name": "Drying",
                "state": "at_location",
                "mail_template_id": self.env["mail.template"]
                .create(
                    {
                        "name": "Drying",
                        "model_id": self.env["ir.model"]._get_id(
                            "customer.service.order"
                        ),
                        "use_default_to": False,
                        "partner_to": "{{ object._get_mail_contact().id }}",
                        "subject": "{{ object.name }} is drying",
                        "body_html": "<p>Please be patient.</p>",
                    }
                )
                .id,
            }
        )
        order = self._at_location(self.carla)
        order._set_status(status)
        self.assertEqual(self._told(), [("Carla", f"{order.name} is drying")])

    def test_a_status_that_was_deleted_meanwhile_sends_nothing(self):
        status = self.env["customer.service.status"].create(
            {"name": "Short-lived", "state": "at_location"}
        )
        order = self._at_location(self.carla)
        order._mail_customers("status", status_id=status.id)
        status.unlink()
        self.assertEqual(self._told(), [])

    def test_a_quotation_is_asked_about(self):
        order = self._at_location(self.carla)
        self._quote(order).action_quotation_sent()
        order._set_status(self.approval)
        body = self._mails("We need your answer").body_html
        self.assertIn("We have sent you a quotation", body)
        self.assertNotIn("129", body, "amounts are not in mails")

    def test_a_contact_without_prices_is_not_asked_about_a_quotation(self):
        self.carla.partner_id.service_hide_prices = True
        self.krone.email = "office@krone.example"
        order = self._at_location(self.carla)
        quotation = self._quote(order)
        quotation.action_quotation_sent()
        self.assertEqual(quotation.partner_id, self.krone)
        order._mail_customers("reminder")
        mail = self._read("We are waiting for your answer", order, self.krone)
        self.assertIn("access_token=", self._link(mail), "the company has no account")


@freeze_time(MORNING)
class TestServiceShipmentMails(ServiceMailReader):
    """What is mailed when a reseller sends devices."""

    def _ship(self):
        order = self._order_as(
            self.anna, shipping_type_id=self.pickup.id, client_order_ref="PO-7"
        )
        shipment = self.env["customer.service.shipment"].with_user(self.anna).sudo()
        shipment = shipment._create_for(
            order.sudo(), {"partner_id": self.anna.partner_id.id}
        )
        self._forget()
        shipment._confirm(package_count=2, tracking_number="T 1")
        return order, shipment

    def test_it_is_ready_for_the_reseller_and_on_its_way_for_the_team(self):
        order, shipment = self._ship()
        self.assertEqual(
            self._told(),
            [
                (
                    "Team Berlin",
                    f"Shipment {shipment.name} from Hotel Adler GmbH is on its way",
                ),
                ("Anna", f"Your shipment {shipment.name} is ready for pickup"),
            ],
        )
        for_team, for_anna = self._mails()
        facts = {
            "Number": shipment.name,
            "Location": "Berlin",
            "Shipping Type": "DHL pickup",
            "Packages": "2",
            "Tracking Number": "T 1",
        }
        self.assertEqual(self._facts(for_anna), facts)
        facts["Customer"] = "Hotel Adler GmbH, Anna"
        self.assertEqual(self._facts(for_team), facts)
        for mail in (for_team, for_anna):
            cells = html.fromstring(mail.body_html).xpath(
                "//table[.//th][not(.//table)]//td"
            )
            self.assertEqual(
                [cell.text_content().strip() for cell in cells],
                [order.name, "PO-7", "iPhone 15"],
            )
            self.assertEqual(
                sorted(file.name.split(".")[0] for file in mail.attachment_ids),
                [f"Label {shipment.name}", f"Packing List {shipment.name}"],
            )
        url = f"{shipment.get_base_url()}/my/service-shipments/{shipment.id}"
        self.assertEqual(self._link(for_anna), url)

    def test_it_is_cancelled_by_its_reseller(self):
        _order, shipment = self._ship()
        self._forget()
        shipment._cancel_by_customer()
        self.assertEqual(
            self._told(),
            [("Team Berlin", f"Hotel Adler GmbH cancelled shipment {shipment.name}")],
        )
