from lxml import html

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.http_routing.tests.common import MockRequest

from .common import PortalTransactionCase
from .portal_kit_routes import contact_list

URL = "/my/kit_test/contacts"
COMPANIES = {"label": "Companies", "domain": [("is_company", "=", True)]}
PEOPLE = {"label": "People", "domain": [("is_company", "=", False)]}
EVERYBODY = {"label": "Everybody", "domain": []}


class TestPortalListTabs(PortalTransactionCase):
    """Tabs of a list: what is behind them, how much of it, and where a search looks."""

    def setUp(self):
        super().setUp()
        self.enterContext(MockRequest(self.env(user=self.anna)))

    def _list(self, **values):
        tabs = {"companies": COMPANIES, "people": PEOPLE, "all": EVERYBODY}
        return contact_list(**{"tabs": tabs, "filters": {}} | values)

    def _counts(self, portal_list, **params):
        tabs = portal_list.values(**params)["tabs"]
        return {tab["name"]: tab["count"] for tab in tabs}

    def _create_contact(self):
        return self.env["res.partner"].create(
            {"name": "Ship to", "parent_id": self.adler.id, "type": "other"}
        )

    # === WHAT IS BEHIND THEM === #

    def test_tab_is_a_filter_of_its_own(self):
        contacts = self._list()
        for tab, names in (
            ("companies", ["Hotel Adler GmbH"]),
            ("people", ["Anna", "Bert"]),
            ("all", ["Anna", "Bert", "Hotel Adler GmbH"]),
        ):
            values = contacts.values(tab=tab)
            self.assertEqual(values["records"].mapped("name"), names)
            self.assertEqual(values["total"], len(names))

    def test_tab_has_a_name_an_address_and_a_number(self):
        tabs = {"companies": COMPANIES, "people": PEOPLE}
        self.assertEqual(
            self._list(tabs=tabs).values(tab="people")["tabs"],
            [
                {
                    "name": "Companies",
                    "url": f"{URL}?tab=companies",
                    "active": False,
                    "count": 1,
                },
                {
                    "name": "People",
                    "url": f"{URL}?tab=people",
                    "active": True,
                    "count": 2,
                },
            ],
        )

    # === NUMBERS === #

    def test_number_is_what_the_record_rules_let_the_visitor_see(self):
        expected = {"Companies": 1, "People": 2, "Everybody": 3}
        self.assertEqual(self._counts(self._list()), expected)
        with MockRequest(self.env(user=self.carla)):
            expected = {"Companies": 1, "People": 1, "Everybody": 2}
            self.assertEqual(self._counts(self._list()), expected)

    def test_nothing_behind_a_tab_is_zero(self):
        nobody = {"label": "Nobody", "domain": [("name", "=", "Nobody")]}
        false = {"label": "False", "domain": Domain.FALSE}
        contacts = self._list(tabs={"nobody": nobody, "false": false})
        self.assertEqual(self._counts(contacts), {"Nobody": 0, "False": 0})
        empty = self._list(domain=Domain.FALSE)
        expected = {"Companies": 0, "People": 0, "Everybody": 0}
        self.assertEqual(self._counts(empty), expected)

    def test_number_is_about_what_the_page_is_about(self):
        contacts = self._list(domain=[("name", "=", "Bert")])
        expected = {"Companies": 0, "People": 1, "Everybody": 1}
        self.assertEqual(self._counts(contacts), expected)

    def test_number_is_what_a_click_on_the_tab_shows(self):
        """The link of a tab ends a search and goes back to the first filter."""
        filters = {
            "first": {"label": "Not Anna", "domain": [("name", "!=", "Anna")]},
            "all": {"label": "All", "domain": []},
        }
        contacts = self._list(filters=filters)
        expected = {"Companies": 1, "People": 1, "Everybody": 2}
        for params in ({}, {"search": "anna"}, {"filterby": "all"}):
            self.assertEqual(self._counts(contacts, **params), expected)
        for params, total in (
            ({"tab": "people"}, 1),
            ({"tab": "people", "filterby": "all"}, 2),
            ({"tab": "people", "search": "anna"}, 0),
            ({"tab": "people", "filterby": "all", "search": "anna"}, 1),
        ):
            values = contacts.values(**params)
            self.assertEqual((values["total"], len(values["records"])), (total, total))

    def test_archived_records_count_where_they_are_asked_for(self):
        self._create_contact().active = False
        archived = {"label": "Archived", "domain": [("active", "=", False)]}
        both = {"label": "Both", "domain": [("active", "in", (True, False))]}
        tabs = {"people": PEOPLE, "archived": archived, "both": both}
        contacts = self._list(tabs=tabs)
        expected = {"People": 2, "Archived": 1, "Both": 4}
        self.assertEqual(self._counts(contacts), expected)
        for tab, count in zip(tabs, expected.values(), strict=True):
            self.assertEqual(len(contacts.values(tab=tab)["records"]), count)
        contacts = self._list(tabs=tabs, domain=both["domain"])
        expected = {"People": 3, "Archived": 1, "Both": 4}
        self.assertEqual(self._counts(contacts), expected)

    def test_what_a_tab_joins_changes_no_number(self):
        def has_children(_model, alias, query):
            query.join(alias, "id", "res_partner", "parent_id", "children")
            return SQL("TRUE")

        parents = {"label": "Parents", "domain": Domain.custom(to_sql=has_children)}
        contacts = self._list(tabs={"parents": parents, "people": PEOPLE})
        self.assertEqual(self._counts(contacts), {"Parents": 1, "People": 2})

    def test_numbers_of_all_tabs_cost_as_much_as_one_number(self):
        plain = self._count_queries(self._list(tabs={}))
        for number in (1, 9):
            contacts = self._list(tabs={str(n): PEOPLE for n in range(number)})
            self.assertEqual(self._count_queries(contacts), plain)
            self._create_contact()

    def _count_queries(self, portal_list):
        portal_list.values()
        before = self.env.cr.sql_log_count
        portal_list.values()
        return self.env.cr.sql_log_count - before

    # === SEARCH === #

    def test_search_looks_in_the_tab_of_the_visitor(self):
        values = self._list().values(tab="companies", search="Bert")
        self.assertEqual((values["tab"], values["total"]), ("companies", 0))

    def test_search_looks_in_all_tabs_if_there_is_one_for_it(self):
        contacts = self._list(all_tab="all")
        for tab in ("companies", "people", "all", "nope", None):
            values = contacts.values(tab=tab, search="Bert")
            self.assertEqual(values["records"].mapped("name"), ["Bert"])
            active = [it["name"] for it in values["tabs"] if it["active"]]
            self.assertEqual((values["tab"], active), ("all", ["Everybody"]))
        for blank in ("", "  ", "\x00"):
            values = contacts.values(tab="people", search=blank)
            self.assertEqual((values["tab"], values["total"]), ("people", 2))

    def test_pages_of_a_search_in_all_tabs_are_pages_of_all(self):
        contacts = self._list(all_tab="all", step=1)
        pager = contacts.values(tab="people", search="e")["pager"]
        url = f"{URL}/page/2?tab=all&search=e"
        self.assertEqual(pager["page_next"]["url"], url)

    # === FOR OTHER PAGES === #

    def test_another_page_shows_the_tabs_with_none_of_them_active(self):
        contacts = self._list()
        tabs = contacts.get_tabs()
        expected = contacts.values()["tabs"]
        self.assertTrue(expected[0].pop("active"))
        self.assertFalse(tabs[0].pop("active"))
        self.assertEqual(tabs, expected)

    def test_links_keep_what_the_page_wants_kept(self):
        contacts = self._list(step=1, kept={"date_from": "2026-12-01", "q": "a&b"})
        values = contacts.values(tab="people")
        kept = "date_from=2026-12-01&q=a%26b"
        self.assertEqual(values["tabs"][1]["url"], f"{URL}?tab=people&{kept}")
        url = f"{URL}/page/2?tab=people&{kept}"
        self.assertEqual(values["pager"]["page_next"]["url"], url)

    # === THE PAGE === #

    def test_number_is_read_out_with_the_name(self):
        tabs = [
            {"name": "New Orders", "url": "/1", "active": True, "count": 1},
            {"name": "Completed", "url": "/2", "active": False, "count": 0},
            {"name": "Export", "url": "/3", "active": False, "count": None},
            {"name": "Help", "url": "/4", "active": False},
        ]
        page = self.env["ir.qweb"]._render(
            "customer_portal.portal_tabs", {"tabs": tabs}
        )
        links = html.fromstring(str(page)).xpath("//a")
        self.assertEqual(
            [" ".join(link.text_content().split()) for link in links],
            ["New Orders (1)", "Completed (0)", "Export", "Help"],
        )
        self.assertEqual(
            [link.get("aria-current") for link in links], ["page", None, None, None]
        )
