from odoo.tests import freeze_time

from odoo.addons.customer_portal.tests.page_reader import JUNK

from .sheet_page_case import URL, SheetPageCase


class TestListRequests(SheetPageCase):
    """A customer finds what he has ordered, by its status, and what is new in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._allow_many()
        cls.stages = cls.env["order.sheet.stage"]
        cls.in_progress = cls.env.ref("order_sheets.order_sheet_stage_in_progress")
        cls.production = cls.env.ref("order_sheets.order_sheet_stage_production")

    def _write_to(self, order, body="Which color?", user=None, **values):
        values = {
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
        } | values
        user = user or self.erik
        # Customers may read an order, not write it; its chat takes their words.
        return order.with_user(user).sudo(user.share).message_post(body=body, **values)

    # === TABS AND COLUMNS === #

    def test_tabs_hold_what_belongs_there(self):
        running = [self._submit_as(self.anna) for _number in range(2)]
        self._work_on(running[1])
        running.append(self._returned_order(self.anna))
        done = self._work_on(self._submit_as(self.anna))
        done.with_user(self.erik).action_complete()
        running.append(done)
        archived = [self._archive(self._submit_as(self.anna))]
        archived.append(self._submit_as(self.anna))
        archived[1].with_user(self.erik)._reject("Too late")
        archived.append(self._submit_as(self.anna))
        archived[2].sudo()._cancel_by_customer()
        self._draft_as(self.anna)
        for tab, orders in (("running", running), ("archived", archived)):
            page = self._open(tab=tab)
            expected = sorted((order.name for order in orders), reverse=True)
            self.assertEqual(self._numbers(page), expected)
            self.assertEqual(
                self._tabs(page),
                ["Order Sheets (2)", "Running Orders (4)", "Archived Orders (3)"],
            )
            active = self._texts(page, "//a[@aria-current='page']")
            self.assertEqual(active, [f"{tab.title()} Orders ({len(orders)})"])

    def test_what_is_put_away_moves_from_one_tab_to_the_other(self):
        order = self._submit_as(self.anna)
        self.assertEqual(self._numbers(self._open(tab="running")), [order.name])
        self.assertEqual(self._numbers(self._open(tab="archived")), [])
        self._archive(order)
        self.assertEqual(self._numbers(self._open(tab="running")), [])
        self.assertEqual(self._numbers(self._open(tab="archived")), [order.name])
        order.with_user(self.erik).action_restore()
        self.assertEqual(self._numbers(self._open(tab="running")), [order.name])

    @freeze_time("2026-11-30 23:30:00")
    def test_row_says_what_was_ordered_when_and_by_whom(self):
        order = self._submit_as(self.bert)
        self.sheet.name = "Another Name"
        page = self._open(tab="running")
        self.assertEqual(
            self._texts(page, "//thead//th"),
            [
                *("Number", "Order Sheet", "Submitted on", "Submitted by", "Status"),
                "Actions",
            ],
        )
        self.assertEqual(
            self._rows(page),
            [
                [
                    order.name,
                    "Spring Campaign",
                    "12/01/2026 12:30 AM",  # in Berlin it is tomorrow
                    "Bert",
                    "Received",
                    f"Show : {order.name} Chat : {order.name}",
                ]
            ],
        )
        self.assertEqual(self._links(page, "//a[@name='show']"), [order.access_url])
        self.assertEqual(
            self._links(page, "//a[@name='chat']"), [f"{order.access_url}#discussion"]
        )

    def test_nothing_to_show_leads_somewhere(self):
        for tab, text, link in (
            ("running", "None of your orders is running at the moment.", "forms"),
            ("archived", "No order has been archived yet.", "running"),
        ):
            page = self._open(tab=tab)
            self.assertEqual(self._texts(page, "//*[@name='empty']/p"), [text])
            links = self._links(page, "//*[@name='empty']/a")
            self.assertEqual(links, [f"{URL}?tab={link}"])
            self.assertEqual(self._texts(page, "//table"), [])

    # === WHOSE === #

    def test_colleagues_share_orders_and_strangers_see_none(self):
        order = self._submit_as(self.anna)
        self.assertEqual(
            self._numbers(self._open(self.bert, tab="running")), [order.name]
        )
        for params in ({}, {"search": order.name}):
            page = self._open(self.carla, tab="running", **params)
            self.assertEqual(self._rows(page), [])
            self.assertEqual(self._tabs(page)[1], "Running Orders (0)")

    def test_employees_are_led_to_the_back_office(self):
        for user in (self.erik, self.mia):
            self._assert_leads(
                self.open_as(user, URL, allow_redirects=False),
                "/odoo/action-order_sheets.order_sheet_request_action",
            )

    def test_visitors_have_to_sign_in(self):
        answer = self.open_as(None, URL, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    # === STATUS SEARCH, SEARCH, PAGES === #

    def test_status_search_offers_what_customers_read(self):
        self.production.portal_name = "Is being printed"
        page = self._open(tab="running")
        self.assertEqual(
            self._texts(page, "//label[@for='order_status']"), ["Status Search"]
        )
        select = "//select[@id='order_status' and @name='status']"
        self.assertEqual(
            self._texts(page, f"{select}/option"),
            [
                *("All", "Received", "Please correct", "In Progress"),
                *("Is being printed", "Done"),
            ],
        )
        self.assertEqual(
            self._attributes(page, f"{select}/option[@selected]", "value"), [""]
        )
        self.assertEqual(
            self._texts(self._open(tab="archived"), f"{select}/option"),
            ["All", "Archive", "Rejected", "Cancelled"],
        )

    def test_status_search_finds_orders_with_one_status(self):
        self._submit_as(self.anna)
        order = self._work_on(self._submit_as(self.anna))
        printed = self._work_on(self._submit_as(self.anna))
        printed.with_user(self.erik)._set_stage(self.production)
        page = self._open(tab="running", status=self.in_progress.id)
        self.assertEqual(self._numbers(page), [order.name])
        self.assertEqual(self._rows(page)[0][4], "In Progress")
        self.assertEqual(self._section(page, "found"), "Orders found: 1. Show all")
        self.assertEqual(self._tabs(page)[1], "Running Orders (3)")
        chosen = "//select[@id='order_status']/option[@selected]"
        self.assertEqual(self._texts(page, chosen), ["In Progress"])
        page = self._open(tab="running", status=self.production.id)
        self.assertEqual(self._numbers(page), [printed.name])

    def test_stages_that_customers_call_the_same_are_one_status(self):
        self.production.portal_name = "In Progress"
        orders = [self._work_on(self._submit_as(self.anna)) for _number in range(2)]
        orders[1].with_user(self.erik)._set_stage(self.production)
        for stage in (self.in_progress, self.production):
            page = self._open(tab="running", status=stage.id)
            self.assertEqual(
                self._numbers(page), [orders[1].name, orders[0].name], stage.name
            )
            chosen = "//select[@id='order_status']/option[@selected]"
            self.assertEqual(self._texts(page, chosen), ["In Progress"])

    def test_status_of_another_tab_is_none(self):
        order = self._submit_as(self.anna)
        stage = self.env.ref("order_sheets.order_sheet_stage_archived")
        page = self._open(tab="running", status=stage.id)
        self.assertEqual(self._numbers(page), [order.name])

    def test_search_finds_numbers_and_sheets(self):
        first = self._submit_as(self.anna)
        summer = self._create_sheet(name="Summer 100%")
        summer._publish()
        second = self._submit_as(self.anna, summer)
        for search, expected in (
            (second.name, [second.name]),
            (first.name[-5:], [first.name]),
            ("summer", [second.name]),
            ("0%", [second.name]),
            ("", [second.name, first.name]),
            ("nothing", []),
        ):
            page = self._open(tab="running", search=search)
            self.assertEqual(self._numbers(page), expected, search)
        self.assertEqual(
            self._texts(page, "//*[@name='empty']/p"), ["No order matches your search."]
        )
        self.assertEqual(
            self._attributes(page, "//input[@name='search']", "value"), ["nothing"]
        )
        self.assertEqual(
            self._attributes(page, "//form[@name='search']/input", "value"), ["running"]
        )

    def test_pages_keep_the_tab_and_the_status(self):
        many = [self._work_on(self._submit_as(self.anna)) for _number in range(22)]
        status = self.in_progress.id
        page = self._open(tab="running", status=status, search="BS")
        self.assertEqual(len(self._numbers(page)), 20)
        links = self._links(page, "//ul[contains(@class, 'pagination')]//a[.='2']")
        page = self.open_as(self.anna, links[0])
        self.assertEqual(self._numbers(page), [many[1].name, many[0].name])
        chosen = "//select[@id='order_status']/option[@selected]"
        self.assertEqual(self._texts(page, chosen), ["In Progress"])
        searched = self._attributes(page, "//input[@name='search']", "value")
        self.assertEqual(searched, ["BS"])

    def test_junk_in_the_address_falls_back(self):
        order = self._submit_as(self.anna)
        for junk in JUNK:
            for name in ("status", "page", "sortby", "filterby", "search_in"):
                page = self._open(tab="running", **{name: junk})
                self.assertEqual(page.status_code, 200, (name, junk))
                self.assertEqual(self._numbers(page), [order.name], (name, junk))
            page = self._open(tab=junk)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(
                self._texts(page, "//a[@aria-current='page']"), ["Order Sheets (1)"]
            )
            self.assertEqual(self._open(tab="running", search=junk).status_code, 200)
        page = self.open_as(self.anna, f"{URL}?tab=xyz&page=-3&status=abc")
        self.assertEqual(page.status_code, 200)
        for name in ("orders", "offers", "values", "self", "domain"):
            page = self.open_as(self.anna, f"{URL}?tab=running&{name}=1")
            self.assertEqual(self._numbers(page), [order.name], name)
        for url in (f"{URL}/page/9", f"{URL}/page/99999999999"):
            page = self.open_as(self.anna, f"{url}?tab=running")
            self.assertEqual(self._numbers(page), [order.name], url)

    # === CHAT === #

    def test_badge_counts_what_staff_have_written_and_nobody_has_read(self):
        order = self._submit_as(self.anna)
        badge = "//a[@name='chat']//*[@name='unread']"
        self.assertEqual(self._texts(self._open(tab="running"), badge), [])
        self._write_to(order)
        self._write_to(order)
        self._write_to(order, subtype_xmlid="mail.mt_note")
        self._write_to(order, user=self.bert)
        for user in (self.anna, self.bert):
            page = self._open(user, tab="running")
            self.assertEqual(self._texts(page, badge), ["New messages: 2"])
        self.call_json(f"{order.access_url}/seen")
        self.assertEqual(self._texts(self._open(tab="running"), badge), [])
        self._write_to(order)
        page = self._open(tab="running")
        self.assertEqual(self._texts(page, badge), ["New messages: 1"])

    # === COST === #

    def test_long_list_costs_as_many_queries_as_a_short_one(self):
        for tab, act in (("running", self._work_on), ("archived", self._archive)):
            for user in (self.anna, self.bert):
                self._write_to(act(self._submit_as(user)))
            url = f"{URL}?tab={tab}"
            self.open_as(self.anna, url)
            short = self.count_queries(url)
            for number in range(6):
                order = act(self._submit_as((self.anna, self.bert)[number % 2]))
                if number < 4:
                    self._write_to(order)
            self.open_as(self.anna, url)
            self.assertEqual(self.count_queries(url), short, tab)
