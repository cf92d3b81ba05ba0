from lxml import html

from odoo.tests import JsonRpcException, freeze_time
from odoo.tools import mute_logger

from .service_page_case import JUNK
from .service_shipment_common import TOKEN
from .service_shipment_pages import URL, ShipmentPageCase


class TestServiceShipmentPages(ShipmentPageCase):
    """A reseller packs devices, announces them, and prints the papers."""

    # === THE WHOLE WAY === #

    @freeze_time("2026-12-01 09:00:00")
    def test_reseller_ships_what_he_chooses(self):
        berlin = self._devices_of(self.anna, 3)
        wien = self._devices_of(self.anna, 1, location_id=self.wien.id)
        self._devices_of(self.anna, 1, shipping_type_id=self.bring.id)
        page = self.open_as(self.anna, URL)
        self.assertEqual(
            self._groups(page),
            {
                "Berlin – DHL pickup (3)": [(it.name, False) for it in berlin],
                "Wien – DHL pickup (1)": [(it.name, False) for it in wien],
            },
        )
        self.assertIn("Shipments", self._tabs(page))

        answer = self._create(self.anna, berlin[:2].ids)
        page = self.open_as(self.anna, answer.headers["Location"])
        shipment = berlin[0].shipment_id
        self.assertURLEqual(page.url, shipment.access_url)
        self.assertEqual(shipment.state, "draft")
        self.assertEqual(self._links(page, "//section[@name='papers']//a"), [])

        answer = self._confirm(
            self.anna, shipment, package_count="2", tracking_number="AB 1&x"
        )
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertRegex(shipment.name, r"^SHP\d{8}$")
        self.assertEqual(shipment.package_count, 2)
        self.assertIn("announced", self._section(page, "thanks"))
        self.assertEqual(
            self._links(page, "//section[@name='papers']//a"),
            [f"{URL}/{shipment.id}/packing-list", f"{URL}/{shipment.id}/label"],
        )

        page = self.open_as(self.anna, URL)
        self.assertEqual(
            list(self._groups(page)),
            [
                "Berlin – DHL pickup (1)",
                "Wien – DHL pickup (1)",
            ],
        )
        self.assertEqual(
            self._list(page),
            [
                [
                    *(shipment.name, "Berlin", "DHL pickup", "12/01/2026", "2", "2"),
                    *("Ready for pickup", "AB 1&x (opens the page of the carrier)"),
                ]
            ],
        )
        self.assertIn(
            "https://t.example/?n=AB%201%26x",
            self._links(page, "//section[@name='shipments']//a"),
        )

    def test_devices_are_told_by_their_numbers(self):
        order = self._devices_of(
            self.anna, 1, serial_number="f2lx", client_order_ref="PO-7"
        )
        [row] = self._rows(self.open_as(self.anna, URL))
        self.assertEqual(
            row,
            [
                *(order.name, "PO-7", order._get_date_text()),
                f"iPhone 15 S/N F2LX IMEI {order.imei}",
            ],
        )

    def test_a_whole_group_can_be_chosen(self):
        self._devices_of(self.anna, 2)
        self._devices_of(self.anna, 2, location_id=self.wien.id)
        page = self.open_as(self.anna, URL)
        [url, _wien] = self._links(page, "//a[@name='select_all']")
        groups = self._groups(self.open_as(self.anna, url.partition("#")[0]))
        ticks = [[is_ticked for _name, is_ticked in it] for it in groups.values()]
        self.assertEqual(ticks, [[True, True], [False, False]])

    def test_nothing_to_ship_is_said(self):
        page = self.open_as(self.anna, URL)
        self.assertIn("no confirmed order", self._section(page, "nothing_to_ship"))
        self.assertIn("not created a shipment", self._section(page, "empty"))

    # === CHOOSING === #

    def test_a_repeated_form_leads_to_the_same_shipment(self):
        orders = self._devices_of(self.anna)
        page = self.open_as(self.anna, URL)
        [token] = self._tokens(page)
        for _time in range(2):
            answer = self._create(self.anna, orders[0].id, form_token=token)
            self.assertURLEqual(answer.headers["Location"], f"{URL}/by_token/{token}")
        self.assertEqual(len(self.shipments.search([])), 1)
        self.assertFalse(orders[1].shipment_id)

    def test_each_group_is_a_form_of_its_own(self):
        self._devices_of(self.anna, 1)
        self._devices_of(self.anna, 1, location_id=self.wien.id)
        tokens = self._tokens(self.open_as(self.anna, URL))
        self.assertEqual(len(set(tokens)), 2)

    def test_no_choice_is_a_message(self):
        self._devices_of(self.anna)
        page = self.post_as(self.anna, f"{URL}/create", {"form_token": TOKEN.format(1)})
        self.assertEqual(page.status_code, 200)
        self.assertIn("at least one order", self._error(page))

    def test_an_order_that_is_gone_is_a_message_and_the_other_ticks_stay(self):
        first, second, third = self._devices_of(self.anna, 3)
        self._ship_as(self.bert, first, 9)
        page = self._create(self.anna, [first.id, second.id])
        self.assertEqual(page.status_code, 200)
        self.assertIn("in another shipment by now", self._error(page))
        self.assertEqual(
            self._groups(page),
            {"Berlin – DHL pickup (2)": [(second.name, True), (third.name, False)]},
        )
        self.assertFalse(second.shipment_id)

    def test_strange_orders_are_answered_like_missing_ones(self):
        self.krone.write(
            {"service_role": "reseller", "service_shipping_type_ids": self.pickup.ids}
        )
        strange = self._devices_of(self.carla, 1)
        own = self._devices_of(self.anna, 1)
        draft = self._draft_as(self.anna, shipping_type_id=self.pickup.id)
        for junk in (strange.id, draft.id, 2**31 - 1, *JUNK):
            with self.subTest(junk=junk):
                page = self._create(self.anna, [own.id, junk])
                self.assertEqual(page.status_code, 200)
                self.assertIn("is in another shipment by now", self._error(page))
                self.assertNotIn(strange.name, page.text)
        self.assertFalse((own | strange).shipment_id)

    def test_orders_of_two_groups_are_refused(self):
        berlin = self._devices_of(self.anna, 1)
        wien = self._devices_of(self.anna, 1, location_id=self.wien.id)
        page = self._create(self.anna, (berlin | wien).ids)
        self.assertIn("several locations", self._error(page))
        self.assertFalse(self.shipments.search([]))

    def test_a_form_without_token_is_shown_again(self):
        order = self._devices_of(self.anna, 1)
        page = self._create(self.anna, order.id, form_token="nope")
        self.assertIn("has been renewed", self._error(page))
        self.assertEqual(
            self._groups(page), {"Berlin – DHL pickup (1)": [(order.name, True)]}
        )

    def test_no_extra_field_of_a_form_counts(self):
        order = self._devices_of(self.anna, 1)
        self._create(
            self.anna,
            order.id,
            state="received",
            partner_id=self.carla.partner_id.id,
            location_id=self.wien.id,
            package_count=50,
        )
        shipment = order.shipment_id
        self.assertEqual(
            (shipment.state, shipment.partner_id, shipment.sudo().location_id),
            ("draft", self.anna.partner_id, self.berlin),
        )
        self.assertEqual(shipment.package_count, 1)

    # === CONFIRMING === #

    def test_mistakes_stand_at_their_fields_and_nothing_typed_is_lost(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        page = self._post(
            *(self.anna, shipment, "confirm"),
            package_count="51",
            weight="heavy",
            tracking_number="x" * 129,
        )
        self.assertEqual(page.status_code, 200)
        self.assertEqual(
            self._messages(page),
            [
                "“Packages” must be a whole number from 1 to 50.",
                "“Weight (kg)” must be a number such as 2.5, at most 10000.",
                "“Tracking Number” may have 128 characters, not 129.",
                "Please confirm that everything is packed.",
            ],
        )
        typed = html.fromstring(page.content).xpath("//form//input[@id]/@value")
        self.assertEqual(typed, ["51", "heavy", "x" * 129, "1"])
        self.assertEqual(shipment.state, "draft")

    def test_weight_is_understood_in_both_languages(self):
        for number, (typed, weight) in enumerate(
            [("2,5", 2.5), ("2.5", 2.5), ("", 0.0), (" 12 ", 12.0), ("10000", 10_000)]
        ):
            with self.subTest(typed=typed):
                shipment = self._ship_as(
                    self.anna, self._devices_of(self.anna, 1), number
                )
                self._confirm(self.anna, shipment, weight=typed)
                self.assertEqual(shipment.state, "confirmed")
                self.assertEqual(shipment.weight, weight)

    def test_junk_is_no_weight_and_no_number(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        plain = ("", " ", "0", "1.5")  # are weights, or none
        for junk in ("1.000", "1e3", "NaN", "inf", "10001", *(set(JUNK) - {*plain})):
            with self.subTest(junk=junk):
                page = self._confirm(
                    self.anna, shipment, weight=junk, package_count=junk
                )
                self.assertEqual(page.status_code, 200)
                self.assertEqual(len(self._messages(page)), 2)
        self.assertEqual(shipment.state, "draft")

    def test_pressing_twice_confirms_once(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        self._confirm(self.anna, shipment)
        name = shipment.name
        answer = self._confirm(self.anna, shipment, package_count="7")
        self.assertURLEqual(
            answer.headers["Location"], f"{shipment.access_url}?ready=1"
        )
        self.assertEqual((shipment.name, shipment.package_count), (name, 1))

    def test_a_change_behind_the_back_is_told(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        orders[0].sudo().shipping_type_id = self.bring
        page = self._confirm(self.anna, shipment, tracking_number="AB 1")
        self.assertIn("to be delivered in another way", self._error(page))
        self.assertIn("AB 1", page.text)

    # === AFTERWARDS === #

    def test_tracking_number_can_be_added_and_removed(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        for typed, number in [(" AB 1 ", "AB 1"), ("", False)]:
            self._post(self.anna, shipment, "tracking", tracking_number=typed)
            self.assertEqual(shipment.tracking_number, number)
        page = self._post(self.anna, shipment, "tracking", tracking_number="a\x00b")
        self.assertEqual(len(self._messages(page)), 1)

    def test_tracking_number_of_what_has_arrived_stays(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        shipment.with_user(self.erik).action_receive()
        page = self._post(self.anna, shipment, "tracking", tracking_number="AB 1")
        self.assertIn("cannot become", self._error(page))
        self.assertFalse(shipment.tracking_number)

    def test_discarded_draft_leads_back_to_the_list(self):
        orders = self._devices_of(self.anna)
        shipment = self._ship_as(self.anna, orders)
        answer = self._post(self.anna, shipment, "cancel")
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertIn("discarded", self._section(page, "discarded"))
        self.assertEqual(len(self._groups(page)["Berlin – DHL pickup (2)"]), 2)

    def test_cancelled_shipment_says_so(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        answer = self._post(self.anna, shipment, "cancel")
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertEqual(shipment.state, "cancelled")
        self.assertIn("Cancelled", page.text)
        self.assertIsNone(self._section(page, "papers"))
        self.assertIsNone(self._section(page, "cancel"))

    def test_what_arrived_in_part_cannot_be_cancelled(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        shipment.with_user(self.erik).line_ids[0].action_receive()
        page = self.open_as(self.anna, shipment.access_url)
        self.assertIsNone(self._section(page, "cancel"))
        page = self._post(self.anna, shipment, "cancel")
        self.assertIn("A part of", self._error(page))

    def test_page_tells_what_has_arrived_and_what_has_not(self):
        orders = self._devices_of(self.anna)
        shipment = self._confirmed_as(self.anna, orders)
        shipment.with_user(self.erik).line_ids[0].action_receive()
        shipment.with_user(self.erik).action_close()
        page = self.open_as(self.anna, shipment.access_url)
        self.assertEqual(
            [(row[0], row[-1]) for row in self._rows(page)],
            [(orders[0].name, "arrived"), (orders[1].name, "missing")],
        )
        self.assertIn("Not everything", self._section(page, "missing"))
        self.assertIn(
            f"/my/service-orders/{orders[0].id}",
            self._links(page, "//section[@name='devices']//a"),
        )

    def test_customer_and_staff_write_to_each_other(self):
        shipment = self._confirmed_as(self.anna, self._devices_of(self.anna))
        question = shipment.with_user(self.erik).message_post(
            body="One box is wet",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        page = self.open_as(self.anna, shipment.access_url)
        self.assertIsNotNone(self._section(page, "chat"))
        found = self.call_json("/mail/chatter_fetch", **self._thread(shipment))
        self.assertIn("One box is wet", str(found))
        self._write(shipment, "Oh")
        answer = shipment.sudo().message_ids[0]
        self.assertEqual(answer.preview, "Oh")
        staff = self.berlin.user_ids | self.erik  # who has written follows
        self.assertEqual(answer.notification_ids.res_partner_id, staff.partner_id)
        contact = self.anna.partner_id
        self.assertEqual(question.notification_ids.res_partner_id, contact)

    def test_nobody_writes_to_a_draft_that_nobody_reads(self):
        shipment = self._ship_as(self.anna, self._devices_of(self.anna))
        page = self.open_as(self.anna, shipment.access_url)
        self.assertIsNone(self._section(page, "chat"))
        with (
            self.assertRaisesRegex(JsonRpcException, "NotFound"),
            mute_logger("odoo.http"),
        ):
            self._write(shipment, "Oh")

    def _thread(self, shipment):
        return {"thread_model": shipment._name, "thread_id": shipment.id}

    def _write(self, shipment, body):
        post_data = {"body": body, "message_type": "comment"}
        post_data["subtype_xmlid"] = "mail.mt_comment"
        self.call_json(
            "/mail/message/post", **self._thread(shipment), post_data=post_data
        )

    # === THE LIST === #

    def test_list_can_be_narrowed_down(self):
        draft = self._ship_as(self.anna, self._devices_of(self.anna, 1), 1)
        ready = self._confirmed_as(
            self.anna, self._devices_of(self.anna, 1), 2, tracking_number="AB 1"
        )
        everything = self._list(self.open_as(self.anna, URL))
        self.assertEqual([row[0] for row in everything], [ready.name, "Draft"])
        for params, expected in [
            ("filterby=confirmed", [ready.name]),
            ("filterby=draft", ["Draft"]),
            ("filterby=nope&sortby=nope&page=99", [ready.name, "Draft"]),
            ("search=ab 1", [ready.name]),
            ("search=%25", []),
            (f"search={ready.name}&search_in=number", [ready.name]),
        ]:
            with self.subTest(params=params):
                rows = self._list(self.open_as(self.anna, f"{URL}?{params}"))
                self.assertEqual([row[0] for row in rows], expected)
        self.assertTrue(draft)

    def test_junk_gives_a_page(self):
        self._devices_of(self.anna)
        for name in (
            "select",
            "filterby",
            "sortby",
            "search",
            "search_in",
            "discarded",
        ):
            for junk in JUNK:
                with self.subTest(name=name, junk=junk):
                    page = self.open_as(self.anna, URL, params={name: junk})
                    self.assertEqual(page.status_code, 200)

    def test_page_costs_the_same_for_many_orders_and_shipments(self):
        def add(count, first):
            orders = self._many_orders(self.anna, 2 * count)
            for number in range(count):
                self._confirmed_as(self.anna, orders[number], first + number)

        add(2, 1)
        self.open_as(self.anna, URL)
        few = self.count_queries(URL)
        add(40, 10)
        self.open_as(self.anna, URL)
        self.assertEqual(self.count_queries(URL), few)
        self.assertLessEqual(few, 12)
