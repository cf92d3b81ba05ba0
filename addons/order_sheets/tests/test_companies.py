from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.customer_portal.tests.common import PortalTransactionCase

from .sheet_common import SheetPeople

SEPARATE_MODELS = (
    *("order.sheet", "order.sheet.page", "order.sheet.field", "order.sheet.option"),
    *("order.sheet.condition", "order.sheet.request", "order.sheet.answer"),
    "order.sheet.request.line",
)


class TestCompanies(SheetPeople, PortalTransactionCase):
    """Two companies in one database know nothing of each other's order sheets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.branch = cls.env["res.company"].create(
            {"name": "Second Chain", "portal_tz": "Europe/Berlin"}
        )
        cls.nora = cls._create_user(
            "Nora",
            "order_sheets.order_sheets_group_manager",
            company_id=cls.branch.id,
            company_ids=[Command.set(cls.branch.ids)],
        )
        cls.request = cls._submit_as(cls.anna)

    def test_foreign_records_are_not_found(self):
        for model in SEPARATE_MODELS:
            records = self.env[model].search([])
            with self.subTest(model=model):
                self.assertTrue(records)
                self.assertFalse(records.with_user(self.nora).search([]))
                with self.assertRaises(AccessError):
                    records[:1].with_user(self.nora).read(["display_name"])
                name = "sequence" if "sequence" in records._fields else "value"
                with self.assertRaises(UserError):  # an AccessError is one as well
                    records[:1].with_user(self.nora).write({name: 1})

    def test_foreign_buttons_do_nothing(self):
        for records, act in (
            (self.sheet, "action_close"),
            (self.sheet, "action_new_version"),
            (self.request, "action_take"),
            (self.request, "action_create_sale_order"),
        ):
            with self.subTest(act=act), self.assertRaises(AccessError):
                getattr(records.with_user(self.nora), act)()

    def test_customers_of_one_company_are_not_asked_by_the_other(self):
        sheet = self._create_sheet(company_id=self.branch.id)
        sheet.with_user(self.nora).action_publish()
        self.env.flush_all()
        found = self.sheets.with_user(self.anna)._find_open_for(self.adler)
        self.assertNotIn(sheet, found.sudo(False))
        self.anna.company_ids |= self.branch
        both = self.company | self.branch
        visitor = self.sheets.with_user(self.anna)
        visitor = visitor.with_context(allowed_company_ids=both.ids)
        self.assertIn(sheet, visitor._find_open_for(self.adler).with_env(self.env))

    def test_order_belongs_to_the_company_of_its_sheet(self):
        sheet = self._create_sheet(company_id=self.branch.id)
        sheet.with_user(self.nora).action_publish()
        request = self._submit_as(self.anna, sheet)
        self.assertEqual(request.sudo().company_id, self.branch)
        self.assertEqual(request.sudo().line_ids.company_id, self.branch)
        sheet.sale_mode = "quotation"
        sheet.max_per_customer = 0
        order = self._submit_as(self.anna, sheet).sudo().sale_order_id
        self.assertEqual(order.company_id, self.branch)

    def test_used_sheet_stays_with_its_company(self):
        with self.assertRaisesRegex(UserError, "it stays with its company"):
            self.sheet.company_id = self.branch
        self.sheet.company_id = self.company  # nothing changes
        unused = self._create_sheet()
        unused.company_id = self.branch
        self.assertEqual(unused.field_ids.company_id, self.branch)

    def test_products_of_another_company_are_not_offered(self):
        self.poster_a.company_id = self.branch
        with self.assertRaises(UserError):
            self._question("poster", self._create_sheet()).product_ids = self.poster_a

    def test_numbers_are_counted_for_each_company(self):
        sheet = self._create_sheet(company_id=self.branch.id)
        sheet.with_user(self.nora).action_publish()
        sequence = self.env.ref("order_sheets.order_sheet_request_sequence")
        own = sequence.copy({"company_id": self.branch.id, "prefix": "B"})
        self.assertTrue(own)
        self.assertRegex(self._submit_as(self.anna, sheet).name, "^B")
        self.assertRegex(self.request.name, "^BS/")
