from lxml import html

from odoo.fields import Command
from odoo.tests import freeze_time

from .common import PortalTransactionCase
from .service_common import IMEI, ServicePeople

MORNING = "2026-12-01 09:00:00"  # 10:00 in Berlin
PREFIX = "customer_portal.customer_service_order_mail_template_"


class ServiceMailReader(ServicePeople, PortalTransactionCase):
    """Reads the queued mails as their recipients do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.berlin.user_ids

    def _mails(self, subject=""):
        """Return the queued mails whose subject contains a text."""
        self.write_mails()
        domain = [
            ("model", "=like", "customer.service.%"),
            ("subject", "ilike", subject),
        ]
        return self.env["mail.mail"].sudo().search(domain, order="id")

    def _told(self):
        """Return who has got which mail so far: pairs of a name and a subject."""
        return [
            (", ".join(mail.recipient_ids.mapped("name")), mail.subject)
            for mail in self._mails()
        ]

    def _forget(self):
        """Let only the mails count that are written from now on."""
        self._mails().unlink()

    def _facts(self, mail):
        """Return what a mail says about the order: ``{name: text}``."""
        body = html.fromstring(mail.ensure_one().body_html)
        rows = body.xpath("//table[.//td='Number'][not(.//table)]//tr")
        texts = [[" ".join(td.text_content().split()) for td in tr] for tr in rows]
        return dict(texts)

    def _link(self, mail):
        """Return where the button of a mail leads to."""
        body = html.fromstring(mail.ensure_one().body_html)
        (link,) = body.xpath("//a[contains(@style, 'background-color')]/@href")
        return link

    def _at_location(self, user, **values):
        """Return an order whose device has arrived, and no mail about it."""
        order = self._order_as(user, **values).with_user(self.erik)
        order.action_receive()
        self._forget()
        return order

    def _end_transaction(self):
        """Let what is noted from now on be of another transaction."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_mail_event SET create_date = create_date - interval '1 ms'"
        )
        self.env["customer.mail.event"].invalidate_model()

    def _quote(self, order):
        """Return a quotation of 129 for an order, a draft."""
        product = self.env["product.product"].create({"name": "Display"})
        line = Command.create({"product_id": product.id, "price_unit": 129})
        return self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals() | {"order_line": [line]}
        )

    def _read(self, subject, order, recipient):
        """Return the one mail that somebody has got about an order."""
        mail = self._mails(subject).ensure_one()
        self.assertEqual(mail.recipient_ids, recipient)
        self.assertIn(order.name, mail.subject)
        return mail


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
class TestServiceMailRules(ServiceMailReader):
    """Who gets how many mails, in which language, and what happens to broken ones."""

    def test_several_changes_in_one_go_are_one_mail(self):
        order = self._order_as(self.carla).with_user(self.erik)
        self._forget()
        order.action_confirm()
        order.action_receive()
        self.assertEqual(
            self._told(),
            [("Carla", f"Your device has arrived: service order {order.name}")],
        )

    def test_one_order_does_not_take_the_mail_of_another(self):
        orders = self._order_as(self.carla)
        orders |= self._order_as(self.carla, imei=self._next_imei())
        self._forget()
        orders.with_user(self.erik).action_confirm()
        orders[0].with_user(self.erik).action_receive()
        self.assertCountEqual(
            [subject for _name, subject in self._told()],
            [
                f"Your service order {orders[1].name} is confirmed",
                f"Your device has arrived: service order {orders[0].name}",
            ],
        )

    def test_what_an_earlier_transaction_told_is_not_taken_back(self):
        order = self._order_as(self.carla).with_user(self.erik)
        self._forget()
        order.action_confirm()
        self._end_transaction()
        order.action_receive()
        self.assertEqual(len(self._told()), 2)

    def test_several_orders_at_once_are_a_mail_each(self):
        orders = self._order_as(self.carla)
        orders |= self._order_as(self.carla, imei=self._next_imei())
        self._forget()
        orders.with_user(self.erik).action_confirm()
        self.assertCountEqual(
            self._told(),
            [
                ("Carla", f"Your service order {order.name} is confirmed")
                for order in orders
            ],
        )

    def test_nothing_is_written_within_the_click(self):
        before = self.env["mail.mail"].sudo().search_count([])
        self._order_as(self.anna)
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
        self.assertEqual(set(self._mails().mapped("state")), {"outgoing"})

    def test_a_deleted_template_is_an_event_without_mail(self):
        self.env.ref(f"{PREFIX}confirmed").unlink()
        self.assertEqual(self._order_as(self.anna).state, "confirmed")
        self.assertFalse(self._mails("confirmed"))

    def test_a_broken_template_keeps_no_order_back(self):
        self.env.ref(f"{PREFIX}confirmed").sudo().body_html = False
        self.patch(
            type(self.env["customer.service.order"]),
            "_get_mail_contact",
            lambda order: 1 / 0,
        )
        order = self._order_as(self.anna)
        with self.assertLogs("odoo.addons.customer_portal", "WARNING"):
            self.write_mails()
        self.assertEqual(order.state, "confirmed")
        event = self.env["customer.mail.event"].search([])
        self.assertEqual((event.event, event.attempts), ("confirmed", 1))

    def test_the_company_reads_it_when_the_contact_has_left(self):
        order = self._order_as(self.carla)
        self._forget()
        self.krone.email = "office@krone.example"
        self.carla.partner_id.parent_id = self.adler
        order.with_user(self.erik).action_confirm()
        self.assertEqual(self._mails("is confirmed").recipient_ids, self.krone)

    def test_a_contact_without_an_account_opens_the_order_by_its_link(self):
        guest = self.env["res.partner"].create(
            {"name": "Gast", "email": "gast@test.example", "parent_id": self.krone.id}
        )
        order = self._draft_as(self.carla, partner_id=guest.id).with_user(self.erik)
        order.action_confirm()
        link = self._link(self._mails("is confirmed"))
        token = order.sudo().access_token
        self.assertTrue(token)
        self.assertTrue(link.endswith(f"/{order.id}?access_token={token}"), link)

    def test_everybody_reads_his_own_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        template = self.env.ref(f"{PREFIX}submitted")
        template.with_context(lang="de_DE").subject = "Neuer Auftrag {{ object.name }}"
        template = self.env.ref(f"{PREFIX}confirmed")
        template.with_context(lang="de_DE").subject = "Bestätigt: {{ object.name }}"
        self.berlin.user_ids |= self.mia
        self.mia.lang = self.anna.lang = "de_DE"
        order = self._order_as(self.anna)
        self.assertEqual(
            self._told(),
            [
                (
                    "Team Berlin",
                    f"New service order {order.name} from Hotel Adler GmbH",
                ),
                ("Mia", f"Neuer Auftrag {order.name}"),
                ("Anna", f"Bestätigt: {order.name}"),
            ],
        )

    def test_templates_survive_any_record(self):
        bare = self.orders.create({"partner_id": self.krone.id})
        full = self._at_location(self.anna)
        templates = self.env["mail.template"].search(
            [("model", "=", "customer.service.order")]
        )
        self.assertEqual(len(templates), 9)
        for template in templates:
            for order in bare | full:
                body = template._render_field("body_html", order.ids)[order.id]
                self.assertIn("Number", body, template.name)
                self.assertNotIn("False", body, template.name)
                self.assertNotIn("None", body, template.name)


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
