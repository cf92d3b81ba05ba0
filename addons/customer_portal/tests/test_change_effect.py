from odoo.exceptions import AccessError, UserError

from .change_common import AskedChange
from .common import PortalTransactionCase


class TestChangeEffect(AskedChange, PortalTransactionCase):
    """What an approval brings about, and where."""

    # === NEW AND OLD ADDRESSES === #

    def test_an_approved_address_exists_once(self):
        self.request = self._ask_for_address(self.anna, phone="+49 1")
        self._approve()
        address = self.request.result_partner_id
        self.assertRecordValues(
            address,
            [
                {
                    "name": "Lager Süd",
                    "parent_id": self.adler.id,
                    "type": "delivery",
                    "street": "Donaulände 8",
                    "phone": "+49 1",
                    "create_uid": self.erik.id,
                }
            ],
        )
        self.assertEqual(self.adler.child_ids & address, address)

    def test_a_rejected_address_never_exists(self):
        before = self.env["res.partner"].search_count([])
        self.request = self._ask_for_address(self.anna)
        self.request.with_user(self.erik)._reject("Outside of our area")
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_approved_removal_archives_the_address(self):
        self.request = self._ask_for_removal(self.anna, self.warehouse)
        self.assertTrue(self.warehouse.active)
        self._approve()
        self.assertFalse(self.warehouse.active)

    def test_an_address_that_changed_hands_is_only_rejected(self):
        self.request = self._ask(self.anna, self.warehouse, street="Hafenstraße 4")
        self.warehouse.parent_id = self.krone
        with self.assertRaisesRegex(UserError, "any more"):
            self._approve()
        self.assertEqual(self.warehouse.street, "Hafenstraße 3")

    def test_an_address_that_is_gone_is_only_rejected(self):
        self.request = self._ask(self.anna, self.warehouse, street="Hafenstraße 4")
        self.warehouse.unlink()
        with self.assertRaisesRegex(UserError, "any more"):
            self._approve()
        self.request.with_user(self.erik)._reject("It is gone")

    def test_what_the_partner_refuses_rolls_everything_back(self):
        self.request = self._ask(self.anna, self.adler, name="Neuer Name")
        self.patch(
            type(self.adler),
            "action_archive",
            lambda partner: (_ for _ in ()).throw(UserError("No")),
        )
        removal = self._ask_for_removal(self.anna, self.warehouse)
        both = (self.request + removal).with_user(self.erik)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            both.action_approve()
        self.assertEqual(self.adler.name, "Hotel Adler GmbH")
        self.assertEqual(set(both.mapped("state")), {"pending"})

    # === E-MAIL AND LOGIN === #

    def _change_email(self, email):
        self.request = self._ask(self.anna, self.anna.partner_id, email=email)
        self._approve()

    def test_a_new_email_leaves_the_login_alone(self):
        self._change_email("anna.neu@test.example")
        self.assertEqual(self.anna.login, "anna@test.example")
        self.assertEqual(self.anna.email, "anna.neu@test.example")

    def test_a_new_email_is_the_new_login_by_setting(self):
        self.company.change_login_with_email = True
        self._change_email("anna.neu@test.example")
        self.assertEqual(self.anna.login, "anna.neu@test.example")

    def test_a_login_that_is_taken_refuses_the_approval(self):
        self.company.change_login_with_email = True
        with self.assertRaisesRegex(UserError, "signs in as"):
            self._change_email(self.bert.login)

    def test_an_automatic_email_is_the_new_login_too(self):
        self.company.change_login_with_email = True
        self._set_rule("email", "auto", scope="contact")
        self._ask(self.anna, self.anna.partner_id, email="anna.neu@test.example")
        self.assertEqual(self.anna.login, "anna.neu@test.example")

    def test_the_login_of_an_employee_stays(self):
        self.company.change_login_with_email = True
        employee = self._create_user("Emil", "base.group_user", parent_id=self.adler.id)
        self.marta.group_ids += self.env.ref("base.group_erp_manager")
        self.request = self._ask(self.anna, employee.partner_id, email="e@neu.example")
        self._approve(self.marta)
        self.assertEqual(employee.login, "emil@test.example")

    def test_a_login_of_its_own_stays(self):
        self.company.change_login_with_email = True
        self.anna.login = "anna"
        self._change_email("anna.neu@test.example")
        self.assertEqual(self.anna.login, "anna")

    # === COMPANIES === #

    def test_the_value_of_the_requests_company_is_asked_for_and_written(self):
        """The present company of whoever approves does not matter."""
        branch = self.env["res.company"].create({"name": "Zweigstelle"})
        self.erik.company_ids += branch
        self.patch(type(self.adler), "_get_change_fields", lambda partners: {"barcode"})
        self.adler.barcode = "1"
        self.adler.with_company(branch).barcode = "2"
        self.request._cancel_by_customer()
        self.request = self._ask(self.anna, self.adler, barcode="3")
        self.assertEqual(self._get_lines(self.request), {"barcode": ("1", "3")})
        companies = [branch.id, self.company.id]
        self._approve(allowed_company_ids=companies)
        self.assertEqual(self.adler.barcode, "3")
        self.assertEqual(self.adler.with_company(branch).barcode, "2")

    def test_staff_of_another_company_see_nothing_of_it(self):
        branch = self.env["res.company"].create({"name": "Zweigstelle"})
        rule = self._set_rule("phone", "auto", company_id=self.company.id)
        stranger = self._create_user(
            "Stine",
            "customer_portal.customer_portal_group_change_manager",
            company_id=branch.id,
            company_ids=[(6, 0, branch.ids)],
        )
        for record in (self.request, self.lines["zip"], rule):
            own = record.with_user(stranger)
            self.assertFalse(own.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                own.read(["display_name"])
            self.assertTrue(record.with_user(self.marta).read(["display_name"]))
