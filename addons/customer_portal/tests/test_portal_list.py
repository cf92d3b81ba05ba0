from lxml import html

from odoo.addons.http_routing.tests.common import MockRequest

from . import portal_kit_routes
from .common import PortalHttpCase, PortalTransactionCase
from .portal_kit_routes import contact_list

URL = "/my/kit_test/contacts"
JUNK = (
    *(
        "",
        "nope",
        "0",
        "-1",
        "abc",
        "9" * 30,
        "1e3",
        "NaN",
        "[1]",
        "1 OR 1=1",
        "%",
        "_",
    ),
    *("\\", "'", '"', "\x00", "a\x00b", "\ud800", "٣", "³", "<script>", "x" * 4000),
    *("all", "__class__", "name desc", "name; --", "{{7*7}}", "../../etc/passwd"),
)


class TestPortalList(PortalTransactionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(MockRequest(self.env(user=self.anna)))
        self.all = self.adler | self.anna.partner_id | self.bert.partner_id

    def _create_contact(self, name, **values):
        values = {"name": name, "parent_id": self.adler.id, "type": "other"} | values
        return self.env["res.partner"].create(values)

    def _names(self, portal_list=None, **params):
        values = (portal_list or contact_list()).values(**params)
        return values["records"].mapped("name")

    # === WHAT IS SHOWN === #

    def test_visitor_sees_what_the_record_rules_let_him_see(self):
        values = contact_list().values()
        self.assertEqual(values["records"], self.all.sorted("name"))
        self.assertEqual(values["records"].env.uid, self.anna.id)
        self.assertEqual(values["total"], 3)

    def test_list_about_something_shows_nothing_else(self):
        bert_only = contact_list(domain=[("name", "=", "Bert")])
        self.assertEqual(self._names(bert_only), ["Bert"])
        self.assertEqual(self._names(bert_only, search="Anna"), [])

    def test_list_is_in_the_chosen_order(self):
        sortings = {
            "name": {"label": "Name", "order": "name"},
            "back": {"label": "Name, backwards", "order": "name desc"},
        }
        contacts = contact_list(sortings=sortings)
        names = ["Anna", "Bert", "Hotel Adler GmbH"]
        self.assertEqual(self._names(contacts), names)
        self.assertEqual(self._names(contacts, sortby="back"), names[::-1])

    def test_equal_records_keep_their_place_on_all_pages(self):
        twins = [self._create_contact("Twin", city="Ulm") for _twin in range(30)]
        for order in ("city", "city desc"):
            contacts = contact_list(
                sortings={"city": {"label": "City", "order": order}},
                domain=[("city", "=", "Ulm")],
            )
            pages = [contacts.values(page=page)["records"].ids for page in (1, 2, 3)]
            ids = [twin.id for twin in twins]
            self.assertEqual(sum(pages, []), ids if order == "city" else ids[::-1])

    def test_order_ends_with_the_id_in_the_direction_of_its_index(self):
        for order, complete in (
            ("name", "name, id"),
            ("date desc", "date desc, id desc"),
            ("name, date DESC", "name, date DESC, id desc"),
            ("name, id desc", "name, id desc"),
            ("id", "id"),
        ):
            contacts = contact_list(sortings={"one": {"label": "One", "order": order}})
            self.assertEqual(contacts.get_order(), complete)

    def test_filter_narrows_the_list(self):
        self.assertEqual(self._names(filterby="people"), ["Anna", "Bert"])
        self.assertEqual(len(self._names(filterby="all")), 3)

    # === SEARCH === #

    def test_search_looks_into_all_fields_or_into_one(self):
        self._create_contact("Marktplatz", city="Ulm")
        self.assertEqual(
            self._names(search="markt"),
            # the address of a company is that of its contacts
            ["Anna", "Bert", "Hotel Adler GmbH", "Marktplatz"],
        )
        self.assertEqual(self._names(search="markt", search_in="name"), ["Marktplatz"])
        self.assertEqual(self._names(search="ulm", search_in="place"), ["Marktplatz"])
        self.assertEqual(self._names(search="ulm", search_in="name"), [])

    def test_search_takes_each_character_literally(self):
        for name in ("100% linen", "100 linen", "a_b", "axb", "c\\d", "cd"):
            self._create_contact(name)
        self.assertEqual(self._names(search="100%"), ["100% linen"])
        self.assertEqual(self._names(search="a_b"), ["a_b"])
        self.assertEqual(self._names(search="c\\d"), ["c\\d"])
        self.assertEqual(self._names(search="%%"), [])

    def test_search_may_clean_what_was_typed(self):
        self._create_contact("IMEI 354178036859789", city="Ulm")
        self._create_contact("12-34", city="12-34")
        digits = {"fields": ("name",), "label": "IMEI", "clean": self._only_digits}
        place = {"fields": ("city", "name"), "label": "Place"}
        contacts = contact_list(searches={"imei": digits, "place": place})
        dashes = "35-417803-685978-9"
        for search_in in ("imei", "all"):
            values = contacts.values(search=dashes, search_in=search_in)
            self.assertEqual(values["records"].mapped("name"), ["IMEI 354178036859789"])
            self.assertEqual(values["search"], dashes, "is shown as it was typed")
        # a field of two searches is looked through in both ways
        self.assertEqual(self._names(contacts, search="12-34"), ["12-34"])
        self.assertEqual(self._names(contacts, search="2-3", search_in="imei"), [])

    def test_nothing_is_found_where_cleaning_leaves_nothing(self):
        digits = {"fields": ("name",), "label": "IMEI", "clean": self._only_digits}
        place = {"fields": ("city",), "label": "Place"}
        contacts = contact_list(searches={"imei": digits, "place": place})
        self.assertEqual(self._names(contacts, search="e", search_in="imei"), [])
        self.assertEqual(len(self._names(contacts, search="Regensburg")), 3)

    def _only_digits(self, text):
        return "".join(filter(str.isdigit, text))

    def test_search_ignores_what_the_database_cannot_take(self):
        self.assertEqual(self._names(search=" Be\x00rt\ud800 "), ["Bert"])

    def test_search_has_a_greatest_length(self):
        self.assertEqual(len(contact_list().values(search="x" * 4000)["search"]), 128)

    def test_search_finds_nothing_that_the_visitor_may_not_see(self):
        self.assertEqual(self._names(search="Krone"), [])

    # === PAGES === #

    def test_list_is_divided_into_pages(self):
        for number in range(12):
            self._create_contact(f"Ship to {number:02}")
        values = contact_list().values(page=2)
        names = ["Hotel Adler GmbH", *(f"Ship to {number:02}" for number in range(12))]
        self.assertEqual(values["records"].mapped("name"), names[8:])
        self.assertEqual((values["total"], values["pager"]["page_count"]), (15, 2))

    def test_page_behind_the_last_one_is_the_last_one(self):
        values = contact_list(step=2).values(page="1000000000")
        self.assertEqual(values["records"], self.adler)
        self.assertEqual(values["pager"]["page"]["num"], 2)

    def test_links_to_other_pages_keep_the_choices(self):
        contacts = contact_list(step=1)
        pager = contacts.values()["pager"]
        self.assertEqual(pager["page_next"]["url"], f"{URL}/page/2")
        pager = contacts.values(sortby="newest", search="e", filterby="people")["pager"]
        url = f"{URL}/page/2?sortby=newest&filterby=people&search=e"
        self.assertEqual(pager["page_next"]["url"], url)

    def test_list_without_records_is_a_page_too(self):
        values = contact_list().values(search="nobody")
        self.assertEqual((values["total"], len(values["records"])), (0, 0))

    # === JUNK === #

    def test_junk_falls_back_to_the_default(self):
        default = contact_list().values()
        for junk in (*JUNK[:-5], None, [], ["name"], {}, 10**30, -1, 1.5, True):
            params = dict.fromkeys(("page", "sortby", "search_in", "tab", "nope"), junk)
            with self.subTest(junk=repr(junk)[:40]):
                values = contact_list().values(filterby=junk, **params)
                self.assertEqual(values, default)

    def test_junk_in_the_search_finds_nothing_or_something(self):
        for junk in (*JUNK, None, [], {}, 10**30):
            with self.subTest(junk=repr(junk)[:40]):
                self.assertLessEqual(contact_list().values(search=junk)["total"], 3)

    # === EXPORT === #

    def test_export_of_the_page_has_the_same_records(self):
        contacts = contact_list()
        params = {"filterby": "people", "search": "Bert", "sortby": "newest"}
        records = self.env["res.partner"].with_user(self.anna)
        exported = records.search(
            contacts.get_domain(**params), order=contacts.get_order(**params)
        )
        self.assertEqual(exported, contacts.values(**params)["records"])
        self.assertEqual(exported.mapped("name"), ["Bert"])


class TestPortalListPage(PortalHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "customer_portal.test_contacts",
                "arch": portal_kit_routes.LIST_PAGE,
            }
        )

    def _open(self, **params):
        return self.open_as(self.anna, URL, params=params)

    def _shown(self, page):
        self.assertEqual(page.status_code, 200)
        return html.fromstring(page.text).xpath("//td[@class='contact']/text()")

    def test_customer_opens_the_list(self):
        names = ["Anna", "Bert", "Hotel Adler GmbH"]
        self.assertEqual(self._shown(self._open()), names)
        self.assertEqual(self._shown(self._open(filterby="people")), names[:2])

    def test_stranger_sees_his_own_contacts(self):
        page = self.open_as(self.carla, URL)
        self.assertEqual(self._shown(page), ["Carla", "Gasthof Krone GmbH"])

    def test_search_bar_offers_each_choice(self):
        page = html.fromstring(self._open(sortby="newest").text)
        choices = page.xpath(
            "//*[@id='o_portal_navbar_content']"
            "//a[contains(@class, 'dropdown-item')]/span/text()"
        )
        self.assertEqual(
            choices,
            ["Name", "Newest", "All", "People", "Search in all", "Name", "Place"],
        )

    def test_junk_in_the_address_is_answered_with_a_page(self):
        for junk in JUNK:
            junk = junk.replace("\ud800", "")
            names = ("sortby", "filterby", "search", "search_in", "tab", "nope")
            with self.subTest(junk=junk[:40]):
                self._shown(self._open(**dict.fromkeys(names, junk)))
        for path in ("%00", "9" * 30, "-1", "abc", "%C2%B3", "1000000"):
            self._shown(self.open_as(self.anna, f"{URL}/page/{path}"))
        self._shown(
            self.open_as(self.anna, f"{URL}?sortby=a&sortby=b&search=%FF%FE%00")
        )

    def test_query_count_does_not_grow_with_the_list(self):
        values = {"parent_id": self.adler.id, "type": "other"}
        self.env["res.partner"].create([values | {"name": "A"}])
        self._open()
        short = self.count_queries(URL)
        self.env["res.partner"].create([values | {"name": "A"} for _row in range(6)])
        self.assertEqual(self.count_queries(URL), short)
