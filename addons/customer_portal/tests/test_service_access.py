from odoo.exceptions import AccessError

from .common import PortalTransactionCase
from .service_common import ServicePeople

STAFF_MODELS = (
    *("customer.service.location", "customer.service.type", "customer.service.task"),
    *("customer.service.task.option", "customer.service.shipping.type"),
    *("customer.service.status", "customer.service.status.log"),
    *("customer.service.answer", "customer.service.device"),
    *("customer.service.shipment.line", "customer.service.reason"),
    *("customer.service.complete", "customer.service.set.status"),
)


class TestServiceAccess(ServicePeople, PortalTransactionCase):
    """Who sees which service order."""

    def _see(self, user):
        """Return the orders that a user sees, in the order of their creation."""
        return self.orders.with_user(user).search([], order="id").sudo(False)

    def assertSees(self, user, *orders):  # noqa: N802
        """Check that a user sees these orders, and no other one in any way."""
        ids = [order.id for order in orders]
        self.assertEqual(self._see(user).ids, ids)
        as_user = self.orders.with_user(user)
        self.assertEqual(as_user.search_count([]), len(ids))
        others = self.orders.sudo().search([("id", "not in", ids)]).with_user(user)
        self.assertTrue(others, "there is something to be hidden")
        for other in others:
            with self.assertRaises(AccessError):
                other.read(["name"])

    # === CUSTOMERS === #

    def test_colleagues_see_what_was_sent_and_strangers_nothing(self):
        sent, draft = self._order_as(self.anna), self._draft_as(self.anna)
        carla = self._order_as(self.carla)
        self.assertSees(self.anna, sent, draft)
        self.assertSees(self.bert, sent)
        self.assertSees(self.carla, carla)
        draft.sudo().imei = self._next_imei()
        draft.sudo()._submit()
        self.assertSees(self.bert, sent, draft)

    def test_order_stays_visible_to_the_end(self):
        for state in (
            "submitted",
            "confirmed",
            "at_location",
            "completed",
            "cancelled",
        ):
            order = self._order_in(state, imei=self._next_imei())
            with self.subTest(state=state):
                self.assertIn(order, self._see(self.carla))
                self.assertFalse(order.with_user(self.anna).has_access("read"))

    def test_contact_who_sees_his_own_orders_alone(self):
        anna, bert = (
            self._order_as(self.anna),
            self._order_as(self.bert, imei=self._next_imei()),
        )
        draft = self._draft_as(self.bert)
        self._order_as(self.carla)
        self.assertSees(self.bert, anna, bert, draft)
        self.bert.partner_id.with_user(self.mia).service_scope = "own"
        self.assertSees(self.bert, bert, draft)
        self.assertSees(self.anna, anna, bert)
        self.bert.partner_id.with_user(self.mia).service_scope = "company"
        self.assertSees(self.bert, anna, bert, draft)

    def test_contact_who_changes_to_another_company_loses_sight(self):
        anna = self._order_as(self.anna)
        bert = self._order_as(self.bert, imei=self._next_imei())
        carla = self._order_as(self.carla)
        self.assertSees(self.bert, anna, bert)
        self.bert.partner_id.parent_id = self.krone
        self.assertSees(self.bert, carla)
        self.assertEqual(bert.sudo().commercial_partner_id, self.adler)
        self.assertSees(self.anna, anna, bert)

    def test_contact_without_a_company_sees_his_own_orders(self):
        self.carla.partner_id.parent_id = False
        order = self._order_as(self.carla, shipping_type_id=False)
        self._order_as(self.anna)
        self.assertSees(self.carla, order)

    def test_contact_of_a_branch_sees_the_orders_of_the_branch(self):
        """A branch that is a company of its own is a customer of its own."""
        branch = self._create_customer("Adler am See GmbH", "Seestr. 1", "Lindau")
        branch.parent_id = self.adler
        dora = self._create_portal_user("Dora", branch)
        order = self._order_as(dora, imei=self._next_imei())
        self._order_as(self.anna)
        self.assertSees(dora, order)
        self.assertNotIn(order, self._see(self.anna))

    def test_customers_read_nothing_of_how_the_workshop_is_set_up(self):
        order = self._order_in("at_location")
        self.assertTrue(order.sudo().answer_ids and order.sudo().status_log_ids)
        public = self.env.ref("base.public_user")
        for user in (self.carla, public):
            for model in STAFF_MODELS:
                records = self.env[model].with_user(user)
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(user=user.name, model=model, operation=operation):
                        self.assertFalse(records.has_access(operation))
        for model in ("customer.service.order", "customer.service.shipment"):
            self.assertFalse(self.env[model].with_user(public).has_access("read"))
            for operation in ("write", "create", "unlink"):
                self.assertFalse(
                    self.env[model].with_user(self.carla).has_access(operation)
                )

    # === EMPLOYEES === #

    def test_employees_outside_the_service_see_nothing(self):
        otto = self._create_user("Otto", "base.group_user")
        order = self._order_in("at_location")
        for records in (
            *(order, order.device_id, order.location_id, order.status_id),
            *(order.sudo().answer_ids, order.sudo().status_log_ids),
            *(order.service_type_id, self.bring, self.find_my),
        ):
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self.assertFalse(records.with_user(otto).has_access("read"))
                self.assertTrue(records.with_user(self.erik).has_access("read"))

    def test_users_work_and_managers_set_up(self):
        order = self._order_in("at_location")
        for records in (
            *(self.berlin, self.repair, self.bring, self.find_my, order.status_id),
        ):
            with self.subTest(model=records._name):
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.with_user(self.erik).has_access(operation))
                    self.assertTrue(records.with_user(self.mia).has_access(operation))

    def test_nobody_writes_the_timeline(self):
        log = self._order_in("at_location").sudo().status_log_ids
        for user in (self.erik, self.mia):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(log.with_user(user).has_access(operation))

    def test_staff_see_drafts_as_well(self):
        draft = self._draft_as(self.anna)
        self.assertIn(draft, self._see(self.erik))

    # === COMPANIES === #

    def _add_company(self):
        """Return an order of another company, where Erik does not work."""
        self.other = self.env["res.company"].create({"name": "Other"})
        graz = self._create_location("Graz", company_id=self.other.id)
        self.carla.company_ids |= self.other
        return self._order_as(
            self.carla, location_id=graz.id, imei=self._next_imei()
        ).sudo()

    def test_staff_see_the_orders_of_their_own_companies(self):
        foreign, own = self._add_company(), self._order_in("submitted")
        self.assertSees(self.erik, own)
        everything = (
            *(foreign, foreign.answer_ids, foreign.status_log_ids, foreign.location_id),
        )
        for records in everything:
            with self.subTest(model=records._name):
                self.assertTrue(records)
                self.assertFalse(records.with_user(self.erik).has_access("read"))
                found = self.env[records._name].with_user(self.erik)
                self.assertFalse(found.search([("id", "in", records.ids)]))
        self.erik.company_ids |= self.other
        companies = (self.company | self.other).ids
        for records in everything:
            as_erik = records.with_user(self.erik).with_context(
                allowed_company_ids=companies
            )
            self.assertTrue(as_erik.has_access("read"))

    def test_customers_see_the_orders_of_the_companies_that_serve_them(self):
        foreign, own = self._add_company(), self._order_as(self.carla)
        self.assertEqual(self._see(self.carla).ids, [foreign.id, own.id])
        self.carla.company_ids -= self.other
        self.assertSees(self.carla, own)

    def test_order_belongs_to_the_company_of_its_location(self):
        foreign = self._add_company()
        self.assertEqual(foreign.company_id, self.other)
        self.assertEqual(foreign.location_id.company_id, self.other)
