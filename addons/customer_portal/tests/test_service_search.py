from .service_page_case import JUNK, ServicePageCase


class TestServiceSearch(ServicePageCase):
    """A customer finds an order by any of its numbers, however it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._new_order(
            cls.anna,
            client_order_ref="PO-7/100%",
            internal_ref="W_9",
            serial_number="F2LX-42AB",
            imei="354178036859789",
            imei2="490154203237518",
        ).sudo()
        cls.other = cls._new_order(
            cls.anna,
            client_order_ref="PO-8",
            internal_ref="WX9",
            serial_number="C02ZZ",
        ).sudo()

    def _found(self, search, user=None, **params):
        return self._numbers(self._open(user, search=search, **params))

    # === WHAT IS FOUND === #

    def test_each_number_finds_its_order_and_no_other(self):
        for search in (
            self.order.name,
            self.order.name.lower(),
            "PO-7",
            "po-7",
            "W_9",
            "F2LX-42AB",
            "f2lx-42",
            " f2lx - 42ab ",
            "354178036859789",
            "35-417803-685978-9",
            "35 4178 0368 59789",
            "490154203237518",
            "49-015420-323751-8",
            "859789",
        ):
            self.assertEqual(self._found(search), [self.order.name], search)

    def test_search_can_be_for_one_kind_of_number(self):
        texts = {
            "name": self.order.name,
            "ref": "PO-7",
            "internal": "W_9",
            "serial": "f2lx",
            "imei": "49-015420-323751-8",
        }
        for kind in texts:
            for other, text in texts.items():
                expected = [self.order.name] if kind == other else []
                self.assertEqual(self._found(text, search_in=kind), expected, text)

    def test_wildcards_are_letters(self):
        self.assertEqual(self._found("%"), [self.order.name])
        self.assertEqual(self._found("7/100%"), [self.order.name])
        self.assertEqual(self._found("_"), [self.order.name])
        for nothing in ("PO%", "P_-7", "%%", "__", "\\", "W\\_9"):
            self.assertEqual(self._found(nothing), [], nothing)

    def test_nothing_but_separators_finds_nothing_among_imeis(self):
        for search in ("-", "- -", "."):
            self.assertEqual(self._found(search, search_in="imei"), [], search)

    def test_no_search_shows_everything(self):
        for search in ("", " ", "\x00", "\t"):
            self.assertEqual(len(self._found(search)), 2, repr(search))

    # === WHERE === #

    def test_search_looks_in_all_sections(self):
        self.order.with_user(self.erik).action_receive()
        for tab in ("new", "at_location", "completed", "waiting", "all", "nope"):
            page = self._open(search="PO-7", tab=tab)
            self.assertEqual(self._numbers(page), [self.order.name], tab)
            active = "//ul[contains(@class, 'nav-tabs')]//a[@aria-current='page']"
            self.assertEqual(self._texts(page, active), ["All (2)"])

    def test_cancelled_orders_and_own_drafts_are_found(self):
        self.order._cancel("No parts")
        self._draft_as(self.anna, imei=self._next_imei(), client_order_ref="PO-7 again")
        self.assertEqual(set(self._found("PO-7")), {self.order.name, "Draft"})
        self.assertEqual(self._found("PO-7", self.bert), [self.order.name])

    def test_stranger_finds_nothing(self):
        for search in ("PO-7", self.order.name, "354178036859789", "f2lx"):
            self.assertEqual(self._found(search, self.carla), [], search)

    # === THE FORM === #

    def test_form_keeps_what_was_typed(self):
        page = self._open(search='PO-7"<', search_in="ref", sortby="oldest")
        self.assertEqual(self._values(page), ('PO-7"<', "ref", "oldest"))
        self.assertEqual(self._values(self._open()), ("", "all", "newest"))

    def _values(self, page):
        [text] = self._attributes(page, "//input[@name='search']", "value") or [""]
        options = [
            self._attributes(page, f"//select[@name='{it}']/option[@selected]", "value")
            for it in ("search_in", "sortby")
        ]
        return (text, *(it for (it,) in options))

    def test_what_was_not_found_is_told_with_a_way_out(self):
        page = self._open(search="nothing")
        self.assertEqual(self._section(page, "found"), "Orders found: 0. Show all")
        self.assertEqual(
            self._section(page, "empty"),
            "No order matches your search. Show all orders",
        )

    def test_junk_is_answered_with_a_page(self):
        for junk in JUNK:
            for kind in ("all", "name", "serial", "imei"):
                page = self._open(search=junk, search_in=kind)
                self.assertEqual(page.status_code, 200, junk)

    # === COST === #

    def test_search_costs_as_much_as_the_list_and_one_number(self):
        self._open(search="PO")
        url = "/my/service-orders"
        plain = self.count_queries(url)
        found = self.count_queries(f"{url}?search=PO")
        self.assertLessEqual(found, plain + 1)
