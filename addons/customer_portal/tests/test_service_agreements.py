from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import PortalTransactionCase
from .service_common import ServicePeople

PARTNERS = "base.group_user,base.group_partner_manager"


class TestWhoAgrees(ServicePeople, PortalTransactionCase):
    """What is agreed with a customer about service orders, and who agrees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ingo = cls._create_user("Ingo", PARTNERS)
        cls.erik.group_ids |= cls.env.ref("base.group_partner_manager")
        # What is agreed with Krone, and what Ingo would rather have there.
        cls.krone.service_location_ids = cls.wien
        cls.changes = {
            "service_role": "reseller",
            "service_location_ids": [Command.link(cls.berlin.id)],
            "service_shipping_type_ids": [Command.set(cls.pickup.ids)],
            "service_scope": "own",
            "service_hide_prices": True,
        }

    def _create_as(self, user, context=None, **values):
        partners = self.env["res.partner"].with_user(user)
        vals = {"name": "Pension Linde"} | values
        return partners.with_context(**(context or {})).create(vals)

    def assertRefused(self, function, *args, **kwargs):  # noqa: N802
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            function(*args, **kwargs)

    # === WRITING === #

    def test_refusal_says_who_agrees(self):
        with self.assertRaises(AccessError) as caught:
            self.krone.with_user(self.erik).write({"service_role": "reseller"})
        self.assertEqual(
            str(caught.exception),
            "What is agreed with a customer about service orders is set by members of"
            " the group “Service Orders / Manager”.",
        )

    def test_managers_alone_agree_with_customers(self):
        for name, value in self.changes.items():
            for user in (self.ingo, self.erik):
                with self.subTest(name=name, user=user.name):
                    self.assertRefused(self.krone.with_user(user).write, {name: value})
            before = self.krone[name]
            self.krone.with_user(self.mia).write({name: value})
            self.assertNotEqual(self.krone[name], before)

    def test_agreements_are_not_taken_back_by_others_either(self):
        self.krone.write(self.changes)
        for vals in (
            {"service_role": "customer"},
            {"service_location_ids": [Command.clear()]},
            {"service_location_ids": [Command.unlink(self.wien.id)]},
            {"service_shipping_type_ids": [Command.unlink(self.pickup.id)]},
            {"service_scope": "company"},
            {"service_hide_prices": False},
        ):
            with self.subTest(vals=vals):
                self.assertRefused(self.krone.with_user(self.ingo).write, vals)

    def test_one_refused_field_holds_back_the_others(self):
        vals = {"phone": "+49 1", "service_role": "reseller"}
        self.assertRefused((self.krone | self.adler).with_user(self.ingo).write, vals)
        self.assertFalse(self.krone.phone)

    def test_forms_and_merges_may_send_along_what_stays_as_it_is(self):
        self.krone.write(self.changes)
        same = {
            "service_role": "reseller",
            "service_scope": "own",
            "service_hide_prices": True,
        }
        self.krone.with_user(self.ingo).write(same | {"phone": "+49 1"})
        self.assertEqual(self.krone.phone, "+49 1")
        same |= {
            "service_location_ids": [Command.set((self.berlin | self.wien).ids)],
            "service_shipping_type_ids": [Command.link(self.pickup.id)],
        }
        self.krone.with_user(self.erik).write(same | {"phone": "+49 2"})
        self.assertEqual(self.krone.phone, "+49 2")

    def test_who_may_not_write_contacts_learns_nothing_by_trying(self):
        customer = self.krone.with_user(self.carla)
        messages = set()
        for role in ("customer", "reseller"):
            with self.assertRaises(AccessError) as caught:
                customer.write({"service_role": role})
            messages.add(str(caught.exception))
        self.assertEqual(len(messages), 1)

    def test_agreements_reach_customers_through_users_no_less(self):
        """The partner of a user can be written through the user."""
        self.ingo.group_ids |= self.env.ref("base.group_erp_manager")
        self.assertRefused(
            self.carla.with_user(self.ingo).write, {"service_scope": "own"}
        )
        vals = {"name": "Dora", "login": "dora", "service_role": "reseller"}
        self.assertRefused(self.env["res.users"].with_user(self.ingo).create, vals)

    # === CREATING === #

    def test_customers_begin_without_agreements(self):
        customer = self._create_as(self.ingo).sudo()
        for name, value in (
            *(("service_role", "customer"), ("service_scope", "company")),
            ("service_hide_prices", False),
        ):
            self.assertEqual(customer[name], value)
        self.assertFalse(customer.service_location_ids)
        self.assertFalse(customer.service_shipping_type_ids)

    def test_everybody_creates_contacts_with_what_holds_for_all(self):
        unagreed = {
            "service_role": "customer",
            "service_scope": "company",
            "service_hide_prices": False,
        }
        places = {  # with which Ingo's forms have nothing to do
            "service_location_ids": [Command.set([])],
            "service_shipping_type_ids": [],
        }
        for user, vals in (
            (self.ingo, unagreed),
            (self.erik, unagreed | places),
            (self.mia, unagreed | places),
        ):
            customer = self._create_as(user, **vals)
            self.assertEqual(customer.sudo().service_role, "customer")

    def test_managers_alone_create_customers_with_agreements(self):
        for name, value in self.changes.items():
            for user in (self.ingo, self.erik):
                with self.subTest(name=name, user=user.name):
                    self.assertRefused(self._create_as, user, **{name: value})
            self.assertTrue(self._create_as(self.mia, **{name: value})[name])

    def test_context_of_the_caller_agrees_to_nothing(self):
        for name, value in self.changes.items():
            with self.subTest(name=name):
                context = {f"default_{name}": value}
                self.assertRefused(self._create_as, self.ingo, context)
                self.assertTrue(self._create_as(self.mia, context)[name])

    def test_contact_that_comes_with_its_customer_is_checked_as_well(self):
        contact = {"name": "Dora", "service_hide_prices": True}
        values = {"child_ids": [Command.create(contact)]}
        transaction = self.env.transaction
        # Odoo creates contacts of contacts as whoever has begun the transaction.
        self.patch(transaction, "default_env", self.env(user=self.ingo))
        self.assertRefused(self._create_as, self.ingo, **values)
        self.patch(transaction, "default_env", self.env(user=self.mia))
        customer = self._create_as(self.mia, **values)
        self.assertTrue(customer.child_ids.service_hide_prices)

    def test_copy_of_a_customer_has_agreed_to_nothing(self):
        self.krone.write(self.changes)
        copy = self.krone.with_user(self.ingo).copy().sudo()
        self.assertEqual(
            (copy.service_role, copy.service_scope, copy.service_hide_prices),
            ("customer", "company", False),
        )
        self.assertFalse(copy.service_location_ids)
        self.assertFalse(copy.service_shipping_type_ids)

    def test_sign_up_and_checkout_create_contacts(self):
        """They do so as the public user, with the rights of the server."""
        public = self.env.ref("base.public_user")
        customer = (
            self.env["res.partner"]
            .with_user(public)
            .sudo()
            .create({"name": "Visitor", "email": "visitor@test.example"})
        )
        self.assertEqual(customer.service_role, "customer")
        user = new_test_user(self.env, "visitor", groups="base.group_portal")
        self.assertEqual(user.partner_id.service_scope, "company")

    # === EFFECT === #

    def test_agreement_counts_at_once(self):
        draft = self._draft_as(self.carla, shipping_type_id=self.pickup.id)
        faults = draft.sudo()._get_faults()
        self.assertEqual(list(faults), ["location_id", "shipping_type_id"])
        self.krone.with_user(self.mia).write(self.changes)
        self.assertEqual(draft.sudo()._get_faults(), {})
        draft.sudo()._submit()
        self.assertEqual(draft.state, "confirmed", "she speaks for a reseller now")

    def test_role_of_a_contact_is_that_of_his_company(self):
        self.carla.partner_id.service_role = "reseller"
        self.krone.service_location_ids = False
        self.assertEqual(self._order_as(self.carla).state, "submitted")
