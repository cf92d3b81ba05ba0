import csv
import io
from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import TUESDAY_MORNING
from .test_portal_case import ONSITE_URL, REQUESTS_URL, ContainerPortalCase
from .test_portal_request_junk import JUNK

EXPORT_URL = f"{ONSITE_URL}/export.csv"
ADDRESS = "Hotel Adler GmbH, Marktplatz 1, 93047 Regensburg"


@tagged("-at_install", "post_install")
class TestPortalContainers(ContainerPortalCase):
    """The customer sees which containers are at his place, and since when."""

    def _open(self, user=None, **params):
        return self.open_as(user or self.anna, ONSITE_URL, params=params)

    def _numbers(self, page):
        return [row[1] for row in self._rows(page)]

    # === THE WAY OF A CONTAINER === #

    def test_a_container_appears_once_approved_and_moves_to_the_history(self):
        with freeze_time(TUESDAY_MORNING):
            request = self._request_as(self.anna)
            self.assertEqual(self._rows(self._open()), [])
            request.action_approve()
            planned = "Approved – delivery Thu 12/03/2026"
            row = ["1000 l", "C-001", ADDRESS, planned, "–"]
            self.assertEqual(self._rows(self._open()), [row])
        with freeze_time("2026-12-03 07:00:00"):
            request.rental_ids.action_issue()
            row = ["1000 l", "C-001", ADDRESS, "12/03/2026", "12/17/2026"]
            self.assertEqual(self._rows(self._open()), [row])
            self.assertEqual(self._rows(self._open(filterby="history")), [])
        for now, badge in (
            ("2026-12-17 22:59:59", ""),
            ("2026-12-17 23:00:00", " overdue for 1 day"),  # midnight in Berlin
            ("2026-12-19 08:00:00", " overdue for 2 days"),
        ):
            with freeze_time(now):
                self._sign_in(None)
                [row] = self._rows(self._open())
                self.assertEqual(row[-1], f"12/17/2026{badge}", now)
        with freeze_time("2026-12-21 08:00:00"):
            request.rental_ids.action_return()
            self.assertEqual(self._rows(self._open()), [])
            row = ["1000 l", "C-001", ADDRESS, "12/03/2026", "12/21/2026"]
            self.assertEqual(self._rows(self._open(filterby="history")), [row])

    def test_without_containers_the_page_leads_to_the_request(self):
        page = self._open()
        self.assertIn("There is no container at your place at the moment.", page.text)
        xpath = "//*[contains(@class, 'o_container_empty')]//a"
        self.assertEqual(self._texts(page, xpath), ["Request a container"])

    def test_cancelled_approvals_are_not_shown(self):
        self._approved_as(self.anna).with_user(self.marta).action_revoke()
        for filterby in ("onsite", "history"):
            self.assertEqual(self._rows(self._open(filterby=filterby)), [])

    # === TABS, SEARCH, ORDER === #

    def test_tabs_have_addresses(self):
        page = self._open(tab="request")
        self.assertURLEqual(page.url, REQUESTS_URL)
        self._issued_as(self.anna).action_return()
        self.assertEqual(self._numbers(self._open(tab="history")), ["C-001"])
        for page in (self._open(), self.open_as(self.anna, REQUESTS_URL)):
            tabs = self._texts(page, "//*[contains(@class, 'nav-tabs')]//a")
            self.assertEqual(tabs, ["Containers at Your Place", "Request a Container"])

    def test_containers_are_found_by_number_type_and_address(self):
        self._issued_as(self.anna, quantity=2)
        for found, params in (
            (["C-002"], {"search": "002"}),
            (["C-001", "C-002"], {"search": "1000", "search_in": "type"}),
            (["C-001", "C-002"], {"search": "regensburg", "search_in": "address"}),
            ([], {"search": "1000", "search_in": "number"}),
            ([], {"search": "%"}),
        ):
            numbers = self._numbers(self._open(sortby="number", **params))
            self.assertEqual(numbers, found, params)

    def test_junk_in_the_address_is_answered_with_a_page(self):
        self._issued_as(self.anna)
        for junk in JUNK:
            names = ("sortby", "filterby", "search_in", "tab", "page", "nope")
            page = self._open(**dict.fromkeys(names, junk))
            self.assertEqual(self._numbers(page), ["C-001"])
            self.assertEqual(self._open(search=junk).status_code, 200)
        self.assertEqual(
            self.open_as(self.anna, f"{ONSITE_URL}?self=1").status_code, 200
        )
        for number in ("0", "2", "9" * 30):
            page = self.open_as(self.anna, f"{ONSITE_URL}/page/{number}")
            self.assertEqual(self._numbers(page), ["C-001"])

    # === WHO === #

    def test_a_colleague_sees_the_containers_and_a_stranger_does_not(self):
        self._issued_as(self.anna)
        self.assertEqual(self._numbers(self._open(self.bert)), ["C-001"])
        page = self._open(self.carla)
        self.assertEqual(self._numbers(page), [])
        self.assertNotIn("C-001", page.text)
        self.assertEqual(self._rows(self._open(self.carla, search="C-001")), [])

    def test_an_address_that_was_archived_is_still_shown(self):
        kitchen = self._create_address(self.adler)
        self._issued_as(self.anna, address_id=kitchen.id)
        kitchen.active = False
        [row] = self._rows(self._open())
        self.assertEqual(row[2], "Kitchen, Adlergasse 3")

    def test_staff_who_open_the_page_see_a_page(self):
        self._issued_as(self.anna)
        for user, status in ((self.erik, 200), (self.marta, 200)):
            for url in ("/my", ONSITE_URL, REQUESTS_URL, EXPORT_URL):
                self.assertEqual(self.open_as(user, url).status_code, status, url)
        clerk = self._create_user("Clerk", "base.group_user")
        self.assertEqual(self.open_as(clerk, "/my").status_code, 200)
        for url in (ONSITE_URL, REQUESTS_URL, EXPORT_URL):
            with mute_logger("odoo.http"):
                self.assertEqual(self.open_as(clerk, url).status_code, 403, url)

    def test_visitors_have_to_sign_in(self):
        for url in (ONSITE_URL, REQUESTS_URL, EXPORT_URL, f"{REQUESTS_URL}/1"):
            answer = self.open_as(None, url, allow_redirects=False)
            self.assertIn("/web/login", answer.headers["Location"])

    # === HOME === #

    def test_the_card_on_the_home_page_is_for_those_whom_it_concerns(self):
        def count(user):
            self._sign_in(user)
            return self.call_json("/my/counters", counters=["container_count"])

        self.assertEqual(count(self.anna), {"container_count": 1})
        self.assertEqual(count(self.carla), {"container_count": 0})
        self._request_as(self.carla, type_id=self.type_600.id)
        self.assertEqual(count(self.carla), {"container_count": 1})
        self._sign_in(self.anna)
        self.assertEqual(self.call_json("/my/counters", counters=[]), {})
        page = self.open_as(self.anna, "/my")
        self.assertIn('data-placeholder_count="container_count"', page.text)

    # === EXPORT === #

    def _export(self, user=None, **params):
        answer = self.open_as(user or self.anna, EXPORT_URL, params=params)
        self.assertEqual(answer.headers["Content-Type"], "text/csv; charset=utf-8")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    @freeze_time("2026-12-03 07:00:00")
    def test_the_export_has_what_the_page_shows(self):
        self.c1.name = "=C-001"
        self._issued_as(self.anna)
        self.assertEqual(
            self._export(),
            [
                {
                    "Type": "1000 l",
                    "Number": "'=C-001",
                    "Address": "Hotel Adler GmbH",
                    "Street": "Marktplatz 1",
                    "ZIP": "93047",
                    "City": "Regensburg",
                    "Status": "Issued",
                    "Delivery": str(date(2026, 12, 7)),
                    "Issued On": "2026-12-03",
                    "Back at the Latest By": "2026-12-17",
                }
            ],
        )
        self.assertEqual(self._export(filterby="history"), [])
        self.assertEqual(self._export(search="nothing"), [])
        self.assertEqual(self._export(self.carla), [])

    # === COST === #

    def test_the_page_costs_the_same_with_two_rows_and_with_eighty(self):
        self.env["container.container"].create(
            [{"name": f"X-{i:03}", "type_id": self.type_1000.id} for i in range(78)]
        )
        self._issued_as(self.anna)
        self._approved_as(self.bert)
        self._open()
        short = self.count_queries(ONSITE_URL)
        floor = self.count_queries("/my")
        for _request in range(4):
            self._issued_as(self.anna, quantity=19)
        self._approved_as(self.bert, quantity=2)
        self._open()
        self.assertEqual(self.count_queries(ONSITE_URL), short)
        self.assertLess(short, floor)
        self.assertLessEqual(short, 9)
