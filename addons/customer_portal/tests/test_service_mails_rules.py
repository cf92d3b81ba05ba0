from odoo.tests import freeze_time

from .service_mails import MORNING, PREFIX, ServiceMailReader


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
