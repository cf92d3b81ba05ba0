from odoo.exceptions import AccessError
from odoo.tests import Form

from .service_office import FORM, LIST, ServiceOffice

OUR_MODELS = (
    *("customer.service.order", "customer.service.shipment"),
    *("customer.service.device", "customer.service.answer"),
    *("customer.service.location", "customer.service.type"),
    *("customer.service.shipping.type", "customer.service.status"),
    *("customer.service.task", "customer.service.reason"),
    *("customer.service.complete", "customer.service.set.status"),
)
SHIPMENT_SEARCH = "customer_portal.customer_service_shipment_view_search"
DEVICE_SEARCH = "customer_portal.customer_service_device_view_search"


class TestServiceViews(ServiceOffice):
    """Which views there are, and for whom."""

    def test_every_view_opens_for_the_least_user(self):
        self.assertViewsOpen("customer_portal", OUR_MODELS, (self.erik, self.mia))

    def test_every_action_shows_its_views_and_says_what_is_missing(self):
        self.assertActionsOpen(OUR_MODELS, self.erik, count=9)

    def test_only_managers_reopen(self):
        erik, mia = (self._buttons(user, FORM) for user in (self.erik, self.mia))
        self.assertEqual(mia - erik, {"action_reopen"})

    def test_only_salesmen_offer_prices(self):
        before = self._buttons(self.erik, FORM)
        self.erik.group_ids += self.env.ref("sales_team.group_sale_salesman")
        after = self._buttons(self.erik, FORM)
        self.assertEqual(after - before, {"action_create_quotation"})

    def test_selected_orders_have_buttons(self):
        self.assertEqual(
            self._buttons(self.erik, LIST),
            {"action_confirm", "action_receive", "action_set_status"},
        )

    def test_users_read_the_settings_and_managers_write_them(self):
        for model in ("location", "type", "shipping.type", "status", "task"):
            records = self.env[f"customer.service.{model}"]
            with self.subTest(model=model):
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.with_user(self.erik).has_access(operation))
                    self.assertTrue(records.with_user(self.mia).has_access(operation))

    def test_manager_sets_up_a_location_with_what_it_offers(self):
        mia = self.env(user=self.mia)
        with Form(mia["customer.service.shipping.type"]) as form:
            form.name = "Courier"
            form.inbound_method = "portal_shipment"
            form.carrier_id = self.carrier
        courier = form.record
        with Form(mia["customer.service.location"]) as form:
            form.name = "Graz"
            form.partner_id = self.company.partner_id
            form.portal_published = True
        self.assertIn(self.repair, form.record.service_type_ids)
        self.assertIn(courier, form.record.shipping_type_ids)
        self.assertIn(form.record, courier.location_ids)
        with Form(mia["customer.service.task"]) as form:
            form.name = "Colour"
            form.answer_type = "choice"
            with form.option_ids.new() as option:
                option.name = "Black"
        self.assertEqual(form.record.option_ids.name, "Black")


class TestServiceMenus(ServiceOffice):
    """The menu is there for those who may use it."""

    def _menus(self, user):
        """Return which of our menus a user can reach."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        prefix = "customer_portal."
        xmlids = [menu.get("xmlid", "") for menu in menus.values()]
        return {xmlid.removeprefix(prefix) for xmlid in xmlids if prefix in xmlid}

    def test_colleagues_without_a_group_have_no_menu(self):
        self.assertFalse(self._menus(self._create_user("Ingo", "base.group_user")))

    def test_users_have_the_daily_work(self):
        self.assertEqual(
            self._menus(self.erik),
            {
                *("customer_portal_menu_root", "customer_service_menu"),
                *("customer_service_order_menu", "customer_service_shipment_menu"),
                *("customer_service_device_menu", "customer_portal_menu_reporting"),
                "customer_service_order_report_menu",
            },
        )

    def test_managers_have_the_configuration_as_well(self):
        self.assertEqual(
            self._menus(self.mia) - self._menus(self.erik),
            {
                "customer_portal_menu_configuration",
                "customer_service_menu_configuration",
                *("customer_service_location_menu", "customer_service_type_menu"),
                *("customer_service_task_menu", "customer_service_status_menu"),
                "customer_service_shipping_type_menu",
            },
        )

    def test_change_requests_and_service_orders_are_apart(self):
        ulf = self._create_user(
            "Ulf", "customer_portal.customer_portal_group_change_manager"
        )
        shared = {"customer_portal_menu_root", "customer_portal_menu_reporting"}
        self.assertEqual(self._menus(ulf) & self._menus(self.erik), shared)
        self.assertEqual(
            self._menus(ulf) & self._menus(self.mia),
            shared | {"customer_portal_menu_configuration"},
        )


class TestServiceShipmentOffice(ServiceOffice):
    """What Erik finds among the shipments of resellers, and receives."""

    def _ship(self, confirmed=True):
        """Return a shipment of Anna's with two devices."""
        orders = self.orders.sudo()
        for _device in range(2):
            orders |= self._order_as(
                self.anna, imei=self._next_imei(), shipping_type_id=self.pickup.id
            ).sudo()
        shipments = self.env["customer.service.shipment"].with_user(self.anna).sudo()
        shipment = shipments._create_for(
            orders, {"partner_id": self.anna.partner_id.id}
        )
        if confirmed:
            shipment._confirm(package_count=2)
        return shipment.with_user(self.erik).sudo(False)

    def test_devices_are_received_one_by_one(self):
        shipment = self._ship()
        with Form(shipment) as form:
            form.tracking_number = "AB 1"
        shipment.line_ids[0].action_receive()
        self.assertEqual(
            shipment.line_ids.order_id.mapped("state"), ["at_location", "confirmed"]
        )
        self.assertFound(shipment, "incomplete", xmlid=SHIPMENT_SEARCH)
        shipment.action_close()
        self.assertEqual(shipment.state, "received")
        self.assertFound(shipment, "received", xmlid=SHIPMENT_SEARCH)

    def test_parcels_are_found_by_what_is_in_them(self):
        shipment, other = self._ship(), self._ship(confirmed=False)
        self.assertFound(shipment, "expected", xmlid=SHIPMENT_SEARCH)
        self.assertFound(shipment, "sent", xmlid=SHIPMENT_SEARCH)
        [order, _other] = other.line_ids.order_id
        for text in (order.name, order.imei):
            with self.subTest(text=text):
                self.assertFound(other, "line_ids", xmlid=SHIPMENT_SEARCH, text=text)

    def test_selected_shipments_are_received_together(self):
        shipments = self._ship() | self._ship()
        shipments.action_receive()
        self.assertEqual(shipments.mapped("state"), ["received"] * 2)
        self.assertEqual(
            set(shipments.line_ids.order_id.mapped("state")), {"at_location"}
        )


class TestServiceDeviceOffice(ServiceOffice):
    """The registry of devices with their history."""

    def test_device_shows_its_orders(self):
        former = self._order_in("completed")
        order = self._order_in("at_location")
        device = order.device_id
        self.assertEqual(Form(device).order_count, 2)
        action = device.action_open_orders()
        found = self.orders.with_user(self.erik).search(action["domain"])
        self.assertEqual(found, order | former)

    def test_device_is_found_by_its_numbers(self):
        device = self._order_in("at_location", serial_number="C02XG0").device_id
        for text in ("c02x", device.imei[2:9], "iPhone"):
            with self.subTest(text=text):
                self.assertFound(device, "name", xmlid=DEVICE_SEARCH, text=text)
        self.assertFound(device, "in_service", xmlid=DEVICE_SEARCH)
        device.order_ids._complete(resolution="New battery")
        self.assertFound(device.browse(), "in_service", xmlid=DEVICE_SEARCH)

    def test_warranty_is_found(self):
        devices = self._orders("at_location", "at_location").device_id
        devices[0].warranty_end = "2099-12-31"
        devices[1].warranty_end = "2020-12-31"
        self.assertEqual(devices.mapped("warranty_state"), ["valid", "over"])
        self.assertFound(devices[0], "under_warranty", xmlid=DEVICE_SEARCH)


class TestServiceAgreements(ServiceOffice):
    """What is agreed with a customer stands in his form."""

    PARTNER_FORM = "base.view_partner_form"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.erik, cls.mia):
            user.group_ids += cls.env.ref("base.group_partner_manager")

    def _open(self, user, partner):
        return Form(partner.with_user(user), self.PARTNER_FORM)

    def test_manager_agrees_with_the_customer(self):
        with self._open(self.mia, self.krone) as form:
            form.service_role = "reseller"
            form.service_location_ids.add(self.wien)
            form.service_shipping_type_ids.add(self.pickup)
        with self._open(self.mia, self.carla.partner_id) as form:
            form.service_scope = "own"
            form.service_hide_prices = True
        order = self._order_as(self.carla, location_id=self.wien.id)
        self.assertEqual(order.state, "confirmed")

    def test_users_read_what_is_agreed(self):
        with self._open(self.erik, self.krone) as form:
            self.assertEqual(form.service_role, "customer")
            with self.assertRaises(AssertionError):
                form.service_role = "reseller"
            form.phone = "+49 1"
        with self._open(self.erik, self.carla.partner_id) as form:
            with self.assertRaises(AssertionError):
                form.service_hide_prices = True
            form.phone = "+49 2"

    def test_colleagues_see_nothing_of_it(self):
        colleague = self._create_user(
            "Ingo", "base.group_user,base.group_partner_manager"
        )
        for user, is_there in ((colleague, False), (self.erik, True)):
            arch = self._arch(user, self.PARTNER_FORM)
            for xpath in (
                "//page[@name='customer_service']",
                "//button[@name='action_open_service_orders']",
            ):
                with self.subTest(user=user.name, xpath=xpath):
                    self.assertEqual(bool(arch.xpath(xpath)), is_there)
        with self._open(colleague, self.krone) as form:
            form.phone = "+49 1"
        with Form(self.env["res.partner"].with_user(colleague)) as form:
            form.name = "New customer"

    def test_orders_of_a_customer_and_of_a_contact_are_counted(self):
        own = self._order_as(self.anna)
        others = self._order_as(self.bert, imei=self._next_imei())
        self._draft_as(self.bert, imei=self._next_imei())
        for partner, orders in (
            (self.adler, own | others),
            (self.anna.partner_id, own),
            (self.krone, self.orders),
        ):
            with self.subTest(partner=partner.name):
                form = self._open(self.erik, partner)
                self.assertEqual(form.service_order_count, len(orders))
                action = partner.with_user(self.erik).action_open_service_orders()
                found = self.orders.with_user(self.erik).search(action["domain"])
                self.assertEqual(found.sorted("id").ids, orders.ids)

    def test_resellers_are_found(self):
        found = self._find("resellers", xmlid="base.view_res_partner_filter")
        self.assertIn(self.adler, found)
        self.assertNotIn(self.krone, found)


class TestServiceSettings(ServiceOffice):
    def test_settings_reach_the_company(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        with Form(self.env["res.config.settings"]) as form:
            form.service_duplicate_policy = "warn"
            form.service_draft_days = 30
            form.service_remind = True
            form.service_remind_days = 7
        form.record.execute()
        self.assertRecordValues(
            self.company,
            [
                {
                    "service_duplicate_policy": "warn",
                    "service_draft_days": 30,
                    "service_remind": True,
                    "service_remind_days": 7,
                }
            ],
        )

    def test_quotation_names_its_service_order(self):
        view = "sale.view_order_form"
        field = "//field[@name='service_order_id'][not(@invisible='True')]"
        salesman = self._create_user("Ingo", "sales_team.group_sale_salesman_all_leads")
        self.assertFalse(self._arch(salesman, view).xpath(field))
        self.erik.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.assertTrue(self._arch(self.erik, view).xpath(field))
        order = self._order_in("at_location")
        quotation = self.env["sale.order"].create(
            order.sudo()._prepare_quotation_vals()
        )
        with Form(quotation.with_user(salesman), view) as form:
            form.client_order_ref = "PO-7"
        with self.assertRaises(AccessError):
            order.with_user(salesman).check_access("read")
