from lxml import html

from odoo.tests import freeze_time

from .service_page_case import JUNK, URL, ServicePageCase

SECTIONS = ("new", "at_location", "completed", "all")


class TestServiceList(ServicePageCase):
    """A customer finds his orders in the sections in which the workshop sees them."""

    # === COLUMNS === #

    def test_list_has_the_seven_columns(self):
        self._new_order(self.anna)
        self.assertEqual(
            self._texts(self._open(), "//thead//th"),
            [
                *("Orders", "Reference", "Internal Reference", "Date", "Device"),
                *("Status", "Tracking Number"),
            ],
        )

    @freeze_time("2026-12-01 23:30:00")
    def test_row_says_what_the_order_says(self):
        order = self._completed_order(
            self.anna,
            client_order_ref="PO-7",
            internal_ref="W-9",
            serial_number="f2lx",
            imei="354178036859789",
            shipping_type_id=self.pickup.id,
        )
        self.assertEqual(
            self._rows(self._open(tab="completed")),
            [
                [
                    order.name,
                    "PO-7",
                    "W-9",
                    "12/02/2026",  # in Berlin it is tomorrow
                    "iPhone 15 S/N F2LX IMEI 354178036859789",
                    "Completed",
                    "AB 1&x On its way back to you",
                ]
            ],
        )

    def test_what_is_not_known_is_a_dash(self):
        order = self._new_order(self.anna, imei=None, serial_number="F2LX")
        [row] = self._rows(self._open())
        self.assertEqual(row[:3], [order.name, "–", "–"])
        self.assertEqual(row[4:], ["iPhone 15 S/N F2LX", "Confirmed", "–"])

    def test_tracking_number_leads_to_the_carrier(self):
        self._completed_order(self.anna, shipping_type_id=self.pickup.id)
        page = html.fromstring(self._open(tab="completed").content)
        [link] = page.xpath("//td//a")
        self.assertEqual(link.get("href"), "https://t.example/?n=AB%201%26x")
        self.assertEqual(link.get("target"), "_blank")
        self.assertIn("noopener", link.get("rel").split())

    def test_tracking_number_without_a_carrier_is_a_text(self):
        self._completed_order(self.anna, shipping_type_id=self.bring.id)
        page = self._open(tab="completed")
        self.assertEqual(self._rows(page)[0][6], "AB 1&x On its way back to you")
        self.assertEqual(self._links(page, "//td//a"), [])

    def test_status_is_the_one_of_the_workshop(self):
        order = self._received_order(self.anna)
        parts = self.env.ref("customer_portal.customer_service_status_parts")
        order.with_user(self.erik)._set_status(parts)
        page = self._open(tab="at_location")
        self.assertEqual(self._rows(page)[0][5], "Waiting for spare parts")

    # === SECTIONS === #

    def test_sections_hold_what_belongs_there(self):
        orders = {
            "new": [self._new_order(self.carla) for _number in range(3)],
            "at_location": [self._received_order(self.carla) for _number in range(2)],
            "completed": [self._completed_order(self.carla) for _number in range(4)],
        }
        orders["new"][0].with_user(self.erik).action_confirm()
        cancelled = self._new_order(self.carla)
        cancelled.with_user(self.erik)._cancel("No parts")
        draft = self._draft_as(self.carla, imei=self._next_imei())
        self.assertEqual(
            self._tabs(self._open(self.carla)),
            [
                "New Orders (3)",
                "At the Service Location (2)",
                "Completed (4)",
                "All (11)",
            ],
        )
        names = {}
        for tab, expected in orders.items():
            names[tab] = self._numbers(self._open(self.carla, tab=tab))
            self.assertEqual(
                names[tab], sorted((it.name for it in expected), reverse=True)
            )
        everything = self._numbers(self._open(self.carla, tab="all"))
        expected = {cancelled.name, "Draft", *names["new"]}
        expected |= {*names["at_location"], *names["completed"]}
        self.assertEqual((len(everything), set(everything)), (11, expected))
        self.assertEqual(draft.name, "/")

    def test_first_section_is_open_at_first(self):
        order = self._new_order(self.anna)
        self._received_order(self.anna)
        self.assertEqual(self._numbers(self._open()), [order.name])
        active = "//ul[contains(@class, 'nav-tabs')]//a[@aria-current='page']"
        self.assertEqual(self._texts(self._open(), active), ["New Orders (1)"])

    def test_section_of_what_waits_is_there_when_something_waits(self):
        order = self._received_order(self.anna)
        self.assertNotIn("Waiting for You (0)", self._tabs(self._open()))
        self.assertIn("Waiting for You (0)", self._tabs(self._open(tab="waiting")))
        self._quote(order)
        self.assertIn("Waiting for You (1)", self._tabs(self._open()))
        page = self._open(tab="waiting")
        [row] = self._rows(page)
        self.assertEqual(row[0], order.name)
        self.assertEqual(row[5], "Device received Waiting for you")
        self.assertEqual(
            self._rows(self._open(tab="at_location"))[0][5], row[5], "in each section"
        )

    def test_resellers_have_the_shipments_among_the_tabs(self):
        self.assertEqual(self._tabs(self._open(self.anna))[-1], "Shipments")
        page = self._open(self.anna)
        links = self._links(page, "//ul[contains(@class, 'nav-tabs')]//a")
        self.assertEqual(links[-1], "/my/service-shipments")
        self.assertNotIn("Shipments", self._tabs(self._open(self.carla)))

    def test_nothing_to_show_leads_somewhere(self):
        for tab, text, link in (
            ("new", "There is no new order at the moment.", f"{URL}/new"),
            (
                "at_location",
                "None of your devices is at the service location at the moment.",
                f"{URL}?tab=new",
            ),
            ("completed", "No order has been completed yet.", f"{URL}?tab=at_location"),
            ("waiting", "Nothing waits for you.", f"{URL}?tab=all"),
            ("all", "You have no service order yet.", f"{URL}/new"),
        ):
            page = self._open(tab=tab)
            empty = "//*[@name='empty']"
            self.assertEqual(self._texts(page, f"{empty}/p"), [text])
            self.assertEqual(self._links(page, f"{empty}/a"), [link])
            self.assertEqual(self._texts(page, "//table"), [])

    # === WHOSE === #

    def test_colleagues_see_what_was_sent_and_strangers_nothing(self):
        order = self._new_order(self.anna)
        self._draft_as(self.anna, imei=self._next_imei())
        self.assertEqual(self._numbers(self._open(self.bert, tab="all")), [order.name])
        for params in ({"tab": "all"}, {"search": order.name}):
            page = self._open(self.carla, **params)
            self.assertEqual(self._rows(page), [])

    def test_contact_who_sees_his_own_alone_sees_and_counts_no_others(self):
        self._new_order(self.anna)
        own = self._new_order(self.bert)
        self.bert.partner_id.service_scope = "own"
        page = self._open(self.bert)
        self.assertEqual(self._numbers(page), [own.name])
        self.assertEqual(self._tabs(page)[0], "New Orders (1)")

    def test_unfinished_order_can_be_continued_by_who_began_it(self):
        draft = self._draft_as(self.anna)
        self._new_order(self.anna)
        link = f"{URL}/{draft.id}/edit"
        xpath = "//*[@name='drafts']//a"
        self.assertEqual(self._links(self._open(self.anna), xpath), [link])
        self.assertEqual(self._links(self._open(self.bert), xpath), [])
        self.assertIsNone(self._section(self._open(self.bert), "drafts"))

    def test_buttons_are_for_those_who_can_use_them(self):
        def buttons(user):
            return [self._section(self._open(user), it) for it in ("export", "create")]

        self.assertEqual(
            buttons(self.anna), ["Export Orders", "Create New Service Order"]
        )
        self.assertEqual(buttons(self.carla), [None, "Create New Service Order"])
        (self.berlin | self.wien).portal_published = False
        self.assertEqual(buttons(self.carla), [None, None])

    def test_employees_are_led_to_the_back_office(self):
        for user in (self.erik, self.mia):
            answer = self.open_as(user, URL, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertURLEqual(
                answer.headers["Location"],
                "/odoo/action-customer_portal.customer_service_order_action",
            )

    def test_visitors_have_to_sign_in(self):
        answer = self.open_as(None, URL, allow_redirects=False)
        self.assertIn("/web/login", answer.headers["Location"])

    # === ORDER, DAYS, PAGES === #

    def test_orders_can_be_sorted(self):
        with freeze_time("2026-12-01 12:00:00"):
            first = self._received_order(self.anna, device_name="Zenbook")
        with freeze_time("2026-12-02 12:00:00"):
            second = self._new_order(self.anna, device_name="Macbook")
        with freeze_time("2026-12-03 12:00:00"):
            third = self._received_order(self.anna, device_name="Airpods")
        for sortby, expected in (
            ("newest", [third, second, first]),
            ("nope", [third, second, first]),
            ("oldest", [first, second, third]),
            ("number", [first, second, third]),
            ("status", [second, third, first]),
            ("device", [third, second, first]),
        ):
            numbers = self._numbers(self._open(tab="all", sortby=sortby))
            self.assertEqual(numbers, [it.name for it in expected], sortby)

    def test_first_and_last_day_count_on_the_clock_of_the_company(self):
        names = []
        for moment in (
            "2026-10-31 22:59:59",  # still October in Berlin
            "2026-10-31 23:00:00",
            "2026-11-30 22:59:59",
            "2026-11-30 23:00:00",
        ):
            with freeze_time(moment):
                names.append(self._new_order(self.anna).name)
        self.env.company.invalidate_recordset()
        for days, expected in (
            ({"date_from": "2026-11-01", "date_to": "2026-11-30"}, names[1:3]),
            ({"date_from": "2026-11-01"}, names[1:]),
            ({"date_to": "2026-11-30"}, names[:3]),
            ({"date_to": "9999-12-31"}, names),
            ({"date_from": "1900-01-01"}, names),
        ):
            page = self._open(sortby="oldest", **days)
            self.assertEqual(self._numbers(page), expected, days)
            self.assertEqual(self._tabs(page)[0], f"New Orders ({len(expected)})")

    def test_days_that_cannot_be_are_told_and_leave_no_order_out(self):
        order = self._new_order(self.anna)
        for days, message in (
            ({"date_from": "abc"}, "“From” is not a valid date."),
            ({"date_to": "2026-02-30"}, "“To” is not a valid date."),
            (
                {"date_from": "2026-12-02", "date_to": "2026-12-01"},
                "The last day lies before the first one.",
            ),
        ):
            page = self._open(**days)
            self.assertEqual(self._numbers(page), [order.name])
            messages = self._texts(page, "//*[contains(@class, 'invalid-feedback')]")
            self.assertEqual(messages, [message])

    def test_links_keep_the_days(self):
        self._new_order(self.anna)
        page = self._open(date_from="2020-01-01")
        [link, *_links] = self._links(page, "//ul[contains(@class, 'nav-tabs')]//a")
        self.assertEqual(link, f"{URL}?tab=new&date_from=2020-01-01")

    def test_page_has_eighty_orders(self):
        self._many_orders(self.anna, 81)
        first = self._numbers(self._open())
        second = self._numbers(self.open_as(self.anna, f"{URL}/page/2"))
        self.assertEqual((len(first), len(second)), (80, 1))
        self.assertNotIn(second[0], first)
        last = self._numbers(self.open_as(self.anna, f"{URL}/page/9999"))
        self.assertEqual(last, second)

    def test_junk_in_the_address_is_answered_with_a_page(self):
        order = self._new_order(self.anna)
        names = ("sortby", "tab", "search_in", "page", "filterby", "nope")
        for junk in JUNK:
            page = self._open(**dict.fromkeys(names, junk))
            self.assertEqual(self._numbers(page), [order.name], junk)
            page = self._open(date_from=junk, date_to=junk)
            self.assertEqual(page.status_code, 200, junk)
        for number in ("0", "9" * 30):
            page = self.open_as(self.anna, f"{URL}/page/{number}")
            self.assertEqual(self._numbers(page), [order.name])

    # === HOME === #

    def _counters(self, user, *names):
        self._sign_in(user)
        return self.call_json("/my/counters", counters=list(names))

    def test_tile_is_there_for_who_can_send_devices_or_has_sent_some(self):
        name = "service_order_count"
        self.assertEqual(self._counters(self.carla, name), {name: 1})
        (self.berlin | self.wien).portal_published = False
        self.assertEqual(self._counters(self.carla, name), {name: 0})
        self._many_orders(self.carla, 1)
        self.assertEqual(self._counters(self.carla, name), {name: 1})
        self.assertEqual(self._counters(self.anna, name), {name: 0})
        self.assertEqual(self._counters(self.anna), {})

    def test_tile_is_hidden_where_locations_are_for_other_customers(self):
        self.berlin.allowed_partner_ids = self.wien.allowed_partner_ids = self.adler
        name = "service_order_count"
        self.assertEqual(self._counters(self.carla, name), {name: 0})
        self.assertEqual(self._counters(self.anna, name), {name: 1})

    def test_card_counts_what_waits_for_the_visitor(self):
        name = "service_waiting_count"
        order = self._received_order(self.anna)
        self.assertEqual(self._counters(self.anna, name), {name: 0})
        self._quote(order)
        self.assertEqual(self._counters(self.bert, name), {name: 1})
        self.assertEqual(self._counters(self.carla, name), {name: 0})
        self.assertEqual(self._counters(self.erik, name), {name: 0})

    def test_home_leads_to_the_list_and_to_what_waits(self):
        page = self.open_as(self.anna, "/my")
        for name, url in (
            ("service_order_count", URL),
            ("service_waiting_count", f"{URL}?tab=waiting"),
        ):
            self.assertIn(f'data-placeholder_count="{name}"', page.text)
            self.assertIn(url, self._links(page, "//a"))

    # === COST === #

    def test_list_costs_the_same_with_two_rows_and_with_eighty(self):
        self._many_orders(self.anna, 1)
        self._many_orders(self.bert, 1)
        self._draft_as(self.anna)
        self._open()
        short = self.count_queries(URL)
        self._many_orders(self.anna, 39)
        self._many_orders(self.bert, 39)
        self._open()
        self.assertEqual(self.count_queries(URL), short)
        self.assertLessEqual(short, 10)
