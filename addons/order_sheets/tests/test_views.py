from odoo.exceptions import AccessError
from odoo.tests import Form

from .sheet_office import SHEET_FORM, SheetOffice

OUR_MODELS = (
    *("order.sheet", "order.sheet.page", "order.sheet.field"),
    *("order.sheet.condition", "order.sheet.stage", "order.sheet.category"),
    *("order.sheet.request", "order.sheet.request.line", "order.sheet.reason"),
)


class TestSheetViews(SheetOffice):
    """Which views there are, and for whom."""

    def test_every_view_opens_for_the_least_user(self):
        self.assertViewsOpen("order_sheets", OUR_MODELS, (self.erik, self.mia))

    def test_every_action_shows_its_views_and_says_what_is_missing(self):
        self.assertActionsOpen(OUR_MODELS, self.erik, count=6)

    def test_only_managers_build(self):
        erik, mia = (self._buttons(user, SHEET_FORM) for user in (self.erik, self.mia))
        self.assertFalse(erik)
        self.assertEqual(
            mia,
            {
                *("action_publish", "action_check", "action_reopen", "action_revise"),
                *("action_close", "action_put_away", "action_take_out"),
                *("action_new_version", "action_preview"),
            },
        )
        for name in ("sheet", "sheet.page", "sheet.field", "sheet.option"):
            records = self.env[f"order.{name}"]
            with self.subTest(name=name):
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(records.with_user(self.erik).has_access(operation))
                    self.assertTrue(records.with_user(self.mia).has_access(operation))

    def test_erik_reads_the_whole_sheet(self):
        self.sheet.sale_template_id = self.env["sale.order.template"].create(
            {"name": "Campaign"}
        )
        self.sheet.campaign_id = self.env["utm.campaign"].create({"name": "Spring"})
        self.env.invalidate_all()
        spec = {"fields": {"display_name": {}}}
        [values] = self.sheet.with_user(self.erik).web_read(
            {"sale_template_id": spec, "campaign_id": spec}
        )
        self.assertEqual(values["sale_template_id"]["display_name"], "Campaign")
        with Form(self.sheet.with_user(self.erik), SHEET_FORM) as form:
            self.assertEqual(form.campaign_id.name, "Spring")

    def test_mia_chooses_what_she_does_not_look_after(self):
        template = self.env["sale.order.template"].create({"name": "Campaign"})
        team = self.env["crm.team"].create({"name": "Prints"})
        mia = self.env(user=self.mia)
        self.assertIn(template.id, dict(mia["sale.order.template"].name_search("Camp")))
        with Form(self._create_sheet().with_user(self.mia), SHEET_FORM) as form:
            form.sale_template_id = template
            form.team_id = team
            form.audience = "partners"
            form.partner_ids.add(self.krone)
        self.assertEqual(form.record.sale_template_id, template)
        for model in ("sale.order.template", "crm.team", "product.product"):
            self.assertFalse(mia[model].has_access("write"), model)
        self.assertFalse(mia["sale.order"].has_access("read"))
        erik = self.env(user=self.erik)
        self.assertFalse(erik["sale.order.template"].has_access("read"))

    def test_mia_sets_up_stages_and_categories(self):
        stages = self.env["order.sheet.stage"]
        values = {"name": "Printing", "state": "in_progress"}
        stage = stages.with_user(self.mia).create(values)
        stage.mail_template_id = self.env["mail.template"].create(
            {
                "name": "Printing",
                "model_id": self.env["ir.model"]._get_id("order.sheet.request"),
            }
        )
        self.env["order.sheet.category"].with_user(self.mia).create({"name": "Prints"})
        with self.assertRaises(AccessError):
            stages.with_user(self.erik).create(values)

    def test_quantities_per_product_and_campaign_are_counted(self):
        campaign = self.env["utm.campaign"].create({"name": "Spring"})
        self.sheet.campaign_id = campaign
        self._request(flyer="100")
        self._request(self.carla, flyer="150")
        self._request_in("rejected")
        lines = self.env["order.sheet.request.line"].with_user(self.erik)
        search = "order_sheets.order_sheet_request_line_view_search"
        [ordered] = self._arch(self.erik, search).xpath("//filter[@name='ordered']")
        found = self._find(ordered.get("name"), xmlid=search)
        self.assertEqual(
            lines._read_group(
                [("id", "in", found.ids)],
                ["product_id", "campaign_id"],
                ["quantity:sum"],
            ),
            [(self.flyer, campaign, 250)],
        )

    def test_table_of_quantities_has_products_in_rows_and_campaigns_in_columns(self):
        pivot = "order_sheets.order_sheet_request_line_view_pivot"
        shown = self._arch(self.erik, pivot).xpath("/pivot/field[@type]")
        self.assertEqual(
            [(node.get("name"), node.get("type")) for node in shown],
            [("product_id", "row"), ("campaign_id", "col"), ("quantity", "measure")],
        )


class TestSheetMenus(SheetOffice):
    """The menu is there for those who may use it."""

    def _menus(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        prefix = "order_sheets."
        xmlids = [menu.get("xmlid", "") for menu in menus.values()]
        return {xmlid.removeprefix(prefix) for xmlid in xmlids if prefix in xmlid}

    def test_colleagues_without_a_group_have_no_menu(self):
        self.assertFalse(self._menus(self._create_user("Ingo", "base.group_user")))

    def test_users_have_the_daily_work(self):
        self.assertEqual(
            self._menus(self.erik),
            {
                *("order_sheets_menu_root", "order_sheet_request_menu"),
                *("order_sheet_menu", "order_sheets_menu_reporting"),
                *("order_sheet_request_line_menu", "order_sheet_request_report_menu"),
            },
        )

    def test_managers_have_the_configuration_as_well(self):
        self.assertEqual(
            self._menus(self.mia) - self._menus(self.erik),
            {
                *("order_sheets_menu_configuration", "order_sheet_stage_menu"),
                "order_sheet_category_menu",
            },
        )


class TestElsewhere(SheetOffice):
    """Order requests in the forms of customers, sale orders and settings."""

    def test_requests_of_a_customer_are_counted_in_his_form(self):
        self.erik.group_ids += self.env.ref("base.group_partner_manager")
        self._request()
        self._draft_as(self.bert)
        for partner, count in (
            (self.adler, 1),
            (self.anna.partner_id, 1),
            (self.krone, 0),
        ):
            with self.subTest(partner=partner.name):
                form = Form(partner.with_user(self.erik), "base.view_partner_form")
                self.assertEqual(form.order_sheet_request_count, count)

    def test_colleagues_see_nothing_of_it(self):
        colleague = self._create_user(
            "Ingo", "base.group_user,sales_team.group_sale_salesman_all_leads"
        )
        self._sell()
        for user, is_there in ((colleague, False), (self.erik, True)):
            for view, xpath in (
                (
                    "base.view_partner_form",
                    "//button[@name='action_open_order_sheet_requests']",
                ),
                (
                    "sale.view_order_form",
                    "//button[@name='action_open_order_sheet_request']",
                ),
                (
                    "sale.view_sales_order_filter",
                    "//filter[@name='from_order_sheets']",
                ),
            ):
                with self.subTest(user=user.name, view=view):
                    self.assertEqual(
                        bool(self._arch(user, view).xpath(xpath)), is_there
                    )
        request = self._request()
        order = request.with_user(self.env.ref("base.user_admin"))._create_sale_order()
        with Form(order.with_user(colleague), "sale.view_order_form") as form:
            form.client_order_ref = "PO-7"

    def test_settings_reach_the_company(self):
        self.env.user.group_ids += self.env.ref("base.group_system")
        with Form(self.env["res.config.settings"]) as form:
            form.order_sheet_admin_user_ids.add(self.erik)
            form.order_sheet_admin_email = "office@test.example"
            form.order_sheet_archive_days = 14
            form.order_sheet_draft_days = 20
        form.record.execute()
        self.assertRecordValues(
            self.company,
            [
                {
                    "order_sheet_admin_user_ids": self.erik.ids,
                    "order_sheet_admin_email": "office@test.example",
                    "order_sheet_archive_days": 14,
                    "order_sheet_draft_days": 20,
                }
            ],
        )
