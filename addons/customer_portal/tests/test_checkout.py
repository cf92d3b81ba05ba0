"""Odoo's web shop: an order goes on, and changes of a customer wait all the same.

These tests need ``website_sale``, which no addon of the family depends on; they run in
a part of their own.
"""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from . import test_landing, test_stock_attacks, test_stock_routes
from .address_case import AddressCase
from .test_stock_routes import NEW_ADDRESS

SHOP_URL = "/shop/address"
CHECKOUT_URL = "/shop/checkout"


def beside_the_shop(test_case):
    """Leave a test to the databases with a shop."""
    return tagged("post_install", "-at_install", "-standard", "checkout")(test_case)


class ShopCase(AddressCase):
    submit_url = "/shop/address/submit"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soap = cls.env["product.product"].create(
            {"name": "Soap", "type": "consu", "list_price": 5, "is_published": True}
        )
        cls.germany = cls.env.ref("base.de")

    def put_into_cart(self, user):
        """Return the order of a visitor who puts something into his cart."""
        if user:
            self._sign_in(user)
        else:
            self.authenticate(None, None)
        known = self.env["sale.order"].search([])
        self.call_json(
            "/shop/cart/add",
            product_template_id=self.soap.product_tmpl_id.id,
            product_id=self.soap.id,
            quantity=1,
        )
        return self.env["sale.order"].search([]) - known

    def url_of(self, partner, address_type="delivery"):
        return f"{SHOP_URL}?partner_id={partner.id}&address_type={address_type}"


@beside_the_shop
class TestCheckout(ShopCase):
    def setUp(self):
        super().setUp()
        self.order = self.put_into_cart(self.anna)
        self.assertEqual(self.order.partner_id, self.anna.partner_id)

    # === WHAT IS THERE ALREADY === #

    def test_change_of_an_address_waits_and_the_order_goes_on(self):
        self.order.partner_shipping_id = self.warehouse
        before = self.snapshot()
        url = self.url_of(self.warehouse)
        answer = self.send(self.anna, url, street="Neu 1")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(answer, {"redirectUrl": CHECKOUT_URL})
        self.assertEqual(self.asked_for(self.warehouse), {"street": "Neu 1"})
        self.assertRecordValues(
            self.asked(), [{"state": "pending", "source": "checkout"}]
        )
        self.assertEqual(self.order.partner_shipping_id, self.warehouse)
        self.assertEqual(self.open_as(self.anna, CHECKOUT_URL).status_code, 200)

    def test_change_of_the_main_address_is_asked_for_as_the_companys(self):
        before = self.snapshot()
        url = self.url_of(self.anna.partner_id, "billing")
        self.send(self.anna, url, street="Neu 1", phone="+49 9")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.asked_for(self.adler), {"street": "Neu 1"})
        self.assertEqual(self.asked_for(self.anna.partner_id), {"phone": "+49 9"})
        self.assertEqual(self.order.partner_invoice_id, self.anna.partner_id)

    def test_what_an_order_needs_and_was_empty_is_filled_at_once(self):
        self.adler.write({"street": False, "zip": False})
        self.anna.partner_id.phone = False
        url = self.url_of(self.anna.partner_id, "billing")
        filled = {"street": "Neu 1", "zip": "93059", "phone": "+49 9"}
        answer = self.send(self.anna, url, **filled, city="Lindau", name="A")
        self.assertEqual(list(answer), ["redirectUrl"], answer)
        self.assertEqual((self.adler.street, self.adler.zip), ("Neu 1", "93059"))
        self.assertTrue(self.anna.partner_id.phone)
        self.assertEqual(self.adler.city, "Regensburg")
        self.assertEqual(self.asked_for(self.adler), {"city": "Lindau"})
        self.assertEqual(self.asked_for(self.anna.partner_id), {"name": "A"})
        applied = self.asked().filtered("is_automatic")
        self.assertEqual(set(applied.mapped("state")), {"approved"})
        self.assertEqual(set(applied.mapped("source")), {"checkout"})
        self.assertEqual(set(applied.line_ids.mapped("field_name")), set(filled))
        self.assertNoNotes(self.adler + self.anna.partner_id)

    def test_empty_field_that_is_locked_stays_empty(self):
        self.adler.street2 = False
        self._set_rule("street2", "locked")
        url = self.url_of(self.anna.partner_id, "billing")
        answer = self.send(self.anna, url, street2="Hof")
        self.assertRefused(answer, "street2")
        self.assertFalse(self.adler.street2)

    def test_company_name_and_vat_are_asked_for_or_refused(self):
        before = self.snapshot()
        url = self.url_of(self.anna.partner_id, "billing")
        self.send(self.anna, url, company_name="Evil Ltd")
        self.assertEqual(self.asked_for(self.adler), {"name": "Evil Ltd"})
        answer = self.send(self.anna, url, vat="DE136695976")
        self.assertEqual(answer["invalid_fields"], ["vat"])
        self.assertEqual(self.snapshot(), before)

    def test_contact_without_the_right(self):
        self.anna.partner_id.portal_may_edit_company = False
        before = self.snapshot()
        url = self.url_of(self.anna.partner_id, "billing")
        self.assertRefused(self.send(self.anna, url, street="Neu 1"), "street")
        answer = self.send(self.anna, SHOP_URL, **NEW_ADDRESS)
        self.assertIn("ask a colleague", answer["messages"][0])
        self.assertFalse(self.asked())
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.order.partner_shipping_id, self.warehouse)

    # === NEW ADDRESSES === #

    def test_new_address_is_needed_for_the_order_and_counts_at_once(self):
        answer = self.send(
            self.anna, f"{SHOP_URL}?address_type=delivery", **NEW_ADDRESS
        )
        self.assertIn(CHECKOUT_URL, answer["redirectUrl"])
        address = self.order.partner_shipping_id
        self.assertEqual((address.name, address.type), ("Lager Süd", "delivery"))
        self.assertEqual(address.parent_id, self.adler)
        request = self.asked()
        self.assertRecordValues(
            request,
            [
                {
                    "operation": "create",
                    "state": "approved",
                    "is_automatic": True,
                    "source": "checkout",
                    "result_partner_id": address.id,
                    "address_type": "delivery",
                    "partner_id": self.anna.partner_id.id,
                }
            ],
        )
        lines = {line.field_name: line.new_text for line in request.line_ids}
        self.assertEqual(lines["street"], "Donaulände 8")
        self.assertNoNotes(address + self.adler)

    def test_phone_number_that_odoo_puts_in_order_is_no_further_change(self):
        """As ``phone_validation`` does, where it is installed."""
        put_in_order = patch.object(
            self.registry["res.partner"],
            "_onchange_phone_validation",
            lambda partner: partner.write({"phone": "+49 941 2013"}),
            create=True,
        )
        data = NEW_ADDRESS | {"phone": "09412013"}
        with put_in_order:
            self.send(self.anna, f"{SHOP_URL}?address_type=delivery", **data)
        address = self.order.partner_shipping_id
        self.assertEqual(address.phone, "+49 941 2013")
        self.assertNoNotes(address)

    def test_company_stays_what_it_is_when_it_gets_an_address(self):
        """Odoo renamed the company, because the form names it."""
        url = f"{SHOP_URL}?address_type=billing"
        wishes = {"company_name": "Evil Ltd", "vat": "DE136695976"}
        self.send(self.anna, url, **NEW_ADDRESS, **wishes)
        self.assertEqual(self.order.partner_invoice_id.name, "Lager Süd")
        self.assertEqual(self.adler.name, "Hotel Adler GmbH")
        self.assertFalse(self.adler.vat)
        self.assertEqual(
            self.asked_for(self.adler), {"name": "Evil Ltd", "vat": "DE136695976"}
        )

    def test_mistake_in_a_new_address_changes_nothing(self):
        self._set_rule("street2", "locked", scope="address")
        before = self.snapshot()
        for wrong in (
            {"email": "nobody"},
            {"street": ""},
            {"street2": "Hof"},
            {"name": "\x00"},
            {"country_id": "9" * 20},
        ):
            answer = self.send(self.anna, SHOP_URL, **(NEW_ADDRESS | wrong))
            self.assertRefused(answer, *wrong)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.order.partner_shipping_id, self.warehouse)

    # === ATTACKS === #

    def test_arguments_of_odoos_methods_are_no_fields(self):
        url = self.url_of(self.anna.partner_id, "billing")
        data = self.fill_in(self.anna, url)
        before = self.snapshot()
        for name in test_stock_attacks.ARGUMENTS:
            for value in ("", "1", "junk"):
                answer = self.submit(self.anna, data | {name: value})
                self.assertEqual(list(answer), ["redirectUrl"], name)
                self.assertTrue(answer["redirectUrl"].startswith("/"))
                page = self.open_as(self.anna, f"{url}&{name}={value}")
                self.assertEqual(page.status_code, 200, name)
        evil = data | {"verify_address_values": "", "email": "nobody"}
        self.assertRefused(self.submit(self.anna, evil), "email")
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.order.partner_id, self.anna.partner_id)

    def test_junk_and_strangers_instead_of_an_id(self):
        data = self.fill_in(self.anna, self.url_of(self.anna.partner_id))
        strangers = self.krone + self.carla.partner_id + self.bert.partner_id
        with mute_logger("odoo.http"):
            for number in (*test_stock_attacks.JUNK_IDS, *map(str, strangers.ids)):
                params = {"partner_id": number}
                page = self.open_as(self.anna, SHOP_URL, params=params)
                self.assertEqual(page.status_code, 403, number)
                page = self.post_as(self.anna, self.submit_url, data | params)
                self.assertEqual(page.status_code, 403, number)

    # === OTHERS === #

    def test_switched_off(self):
        self.company.change_enabled = False
        self.order.partner_shipping_id = self.warehouse
        self.send(self.anna, self.url_of(self.warehouse), street="Neu 1")
        self.assertEqual(self.warehouse.street, "Neu 1")
        self.assertFalse(self.asked())

    def test_visitor_without_account_orders_as_before(self):
        order = self.put_into_cart(None)
        url = f"{SHOP_URL}?address_type=billing"
        data = NEW_ADDRESS | {"country_id": str(self.germany.id)}
        answer = self.send(None, url, **data, company_name="Süd KG")
        self.assertEqual(list(answer), ["redirectUrl"], answer)
        self.assertEqual(order.partner_id.name, "Lager Süd")
        data["city"] = "Neu"
        self.send(None, self.url_of(order.partner_id, "billing"), **data)
        self.assertEqual(order.partner_id.city, "Neu")
        self.assertFalse(self.asked())
        self.assertNoNotes(order.partner_id)

    def test_pages_say_what_becomes_of_a_change(self):
        own = self.open_as(self.anna, self.url_of(self.anna.partner_id, "billing"))
        self.assertIn("Changes are checked by us before they count.", own.text)
        new = self.open_as(self.anna, f"{SHOP_URL}?address_type=delivery")
        self.assertNotIn("Changes are checked by us", new.text)
        self.assertEqual(self.open_as(self.anna, CHECKOUT_URL).status_code, 200)

    def assertNoNotes(self, partners):  # noqa: N802 (named like its siblings)
        notes = partners.message_ids.mapped("preview")
        self.assertFalse([text for text in notes if "changed this" in text])


# === THE SAME AS WITHOUT A SHOP === #


class BesideTheShop:
    allow_inherited_tests_method = True


@beside_the_shop
class TestOwnContactBesideShop(BesideTheShop, test_stock_routes.TestOwnContact):
    pass


@beside_the_shop
class TestAddressesBesideShop(BesideTheShop, test_stock_routes.TestFurtherAddresses):
    pass


@beside_the_shop
class TestArgumentsBesideShop(BesideTheShop, test_stock_attacks.TestArguments):
    pass


@beside_the_shop
class TestJunkBesideShop(BesideTheShop, test_stock_attacks.TestJunk):
    pass


@beside_the_shop
class TestLandingBesideShop(BesideTheShop, test_landing.TestLanding):
    pass
