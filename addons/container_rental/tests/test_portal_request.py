from datetime import date

from odoo.tests import freeze_time, tagged

from .common import TUESDAY_MORNING
from .test_portal_case import ONSITE_URL, REQUESTS_URL, ContainerPortalCase
from .test_portal_request_junk import JUNK


@tagged("-at_install", "post_install")
class TestPortalRequest(ContainerPortalCase):
    """The customer follows what he has asked for, and may take it back."""

    def _open(self, request, user=None, **kwargs):
        return self.open_as(user or self.anna, request.access_url, **kwargs)

    def _cancel(self, request, user=None):
        return self.post_as(user or self.anna, f"{request.access_url}/cancel")

    def _steps(self, page):
        return self._texts(page, "//*[contains(@class, 'o_container_timeline')]/li")

    # === THE PAGE === #

    @freeze_time("2026-12-01 12:00:01")
    def test_the_page_says_what_was_asked_for_and_why_it_comes_when(self):
        request = self._request_as(self.anna, remark="At the back door")
        page = self._open(request)
        names, values = (self._texts(page, f"//dl/{tag}") for tag in ("dt", "dd"))
        values[names.index("Delivery")] = "…"
        self.assertEqual(
            dict(zip(names, values, strict=True)),
            {
                "Container Type": "1000 l",
                "Quantity": "1",
                "Delivery Address": "Hotel Adler GmbH, Marktplatz 1, 93047 Regensburg",
                "Delivery": "…",
                "Remark": "At the back door",
                "Requested By": "Anna",
            },
        )
        self.assertIn("Monday, 12/07/2026", page.text)
        why = "Thursday, 12/03/2026: the order came after the cut-off time."
        self.assertEqual(
            self._texts(page, "//details[@name='explanation']/div")[0], why
        )
        self.assertIn("13:00 Europe/Berlin, rule: Every day", page.text)

    def test_the_page_shows_how_far_the_request_is(self):
        with freeze_time(TUESDAY_MORNING):
            request = self._request_as(self.anna)
            page = self._open(request)
            self.assertEqual(
                self._steps(page), ["Created 12/01/2026", "Approved", "Delivered"]
            )
        with freeze_time("2026-12-02 23:30:00"):
            request.action_approve()
        with freeze_time("2026-12-03 07:00:00"):
            request.action_issue()
            page = self._open(request)
        days = ["Created 12/01/2026", "Approved 12/03/2026", "Delivered 12/03/2026"]
        self.assertEqual(self._steps(page), days)
        self.assertEqual(
            self._rows(page), [["1000 l", "C-001", "12/03/2026", "12/17/2026"]]
        )

    @freeze_time(TUESDAY_MORNING)
    def test_a_rejected_request_says_why(self):
        request = self._request_as(self.anna)
        request._reject("None is free.\n<b>Sorry</b>")
        page = self._open(request)
        self.assertEqual(
            self._steps(page), ["Created 12/01/2026", "Rejected 12/01/2026"]
        )
        self.assertIn("None is free.\n&lt;b&gt;Sorry&lt;/b&gt;", page.text)
        self.assertNotIn("Delivery</dt>", page.text)

    def test_the_page_has_a_chat(self):
        request = self._request_as(self.anna)
        self.assertIn('data-res_model="container.request"', self._open(request).text)
        self._sign_in(self.anna)
        self.call_json(
            "/mail/message/post",
            thread_model="container.request",
            thread_id=request.id,
            post_data={"body": "Where is it?", "message_type": "comment"},
        )
        [message] = request.message_ids.filtered(lambda m: "Where is it?" in m.body)
        self.assertEqual(message.author_id, self.anna.partner_id)

    def test_a_contact_who_left_is_still_the_one_who_asked(self):
        request = self._request_as(self.anna)
        self.anna.partner_id.parent_id = self.krone
        self.assertEqual(request.commercial_partner_id, self.adler)
        self.assertIn("Anna", self._open(request, self.bert).text)
        self.assertMissing(self._open(request, self.anna))

    # === WHO === #

    def test_a_colleague_may_read_it_and_a_stranger_may_not(self):
        request = self._request_as(self.anna)
        self.assertEqual(self._open(request, self.bert).status_code, 200)
        self.assertMissing(self._open(request, self.carla))
        self.assertMissing(
            self._open(request, self.carla, params={"access_token": "x"})
        )
        self.assertEqual(self._open(request, self.erik).status_code, 200)

    def test_what_does_not_exist_leads_home(self):
        for number in ("0", "-1", "2147483647", "9" * 30):
            self.assertMissing(self.open_as(self.anna, f"{REQUESTS_URL}/{number}"))
        for path in ("abc", "1.5"):
            page = self.open_as(self.anna, f"{REQUESTS_URL}/{path}")
            self.assertEqual(page.status_code, 404, path)
        for token in ("x", "%00", "%FF", "None", "ä" * 300):
            self.assertMissing(
                self.open_as(self.anna, f"{REQUESTS_URL}/by_token/{token}")
            )

    # === TAKING BACK === #

    def test_a_request_can_be_taken_back_while_nobody_has_decided(self):
        request = self._request_as(self.anna)
        self.assertIn("Yes, cancel the request", self._open(request).text)
        answer = self._cancel(request)
        self.assertURLEqual(answer.headers["Location"], request.access_url)
        self.assertEqual((answer.status_code, request.state), (303, "cancelled"))
        self.assertNotIn("Yes, cancel the request", self._open(request).text)
        self.assertTrue(self._mails("cancelled container request"))

    def test_taking_back_twice_is_taking_back_once(self):
        request = self._request_as(self.anna)
        self._cancel(request)
        self.assertEqual(self._cancel(request).status_code, 303)
        self.assertEqual(len(self._mails("cancelled container request")), 1)

    def test_an_approved_request_cannot_be_taken_back(self):
        request = self._approved_as(self.anna)
        self.assertNotIn("Yes, cancel the request", self._open(request).text)
        page = self._cancel(request)
        self.assertEqual((page.status_code, request.state), (200, "approved"))
        self.assertIn("is “Approved” and cannot become “Cancelled”", page.text)
        self.assertEqual(self.c1.state, "reserved")

    def test_only_the_customer_takes_back_his_request(self):
        request = self._request_as(self.anna)
        self.assertEqual(self._cancel(request, self.carla).status_code, 404)
        self.assertEqual(request.state, "created")
        self._cancel(request, self.bert)
        self.assertEqual(request.state, "cancelled")

    def test_opening_the_address_does_not_take_it_back(self):
        request = self._request_as(self.anna)
        page = self.open_as(self.anna, f"{request.access_url}/cancel")
        self.assertIn(page.status_code, (404, 405))
        for number in ("2147483647", "9" * 30):
            answer = self.post_as(self.anna, f"{REQUESTS_URL}/{number}/cancel")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(request.state, "created")

    # === THE LIST === #

    @freeze_time(TUESDAY_MORNING)
    def test_the_list_has_what_the_company_asked_for(self):
        first = self._request_as(self.anna, quantity=2)
        second = self._request_as(self.bert, wish=date(2026, 12, 10))
        second.action_approve()
        rows = [
            [second.name, "1000 l", "1", "Thursday, 12/10/2026", "Approved"],
            [first.name, "1000 l", "2", "Thursday, 12/03/2026", "Created"],
        ]
        self.assertEqual(self._rows(self.open_as(self.anna, REQUESTS_URL)), rows)
        self.assertEqual(self._rows(self.open_as(self.carla, REQUESTS_URL)), [])
        for params, found in (
            ({"filterby": "approved"}, rows[:1]),
            ({"filterby": "rejected"}, []),
            ({"search": first.name}, rows[1:]),
            ({"sortby": "number"}, rows[::-1]),
        ):
            page = self.open_as(self.anna, REQUESTS_URL, params=params)
            self.assertEqual(self._rows(page), found, params)

    def test_junk_in_the_address_is_answered_with_a_page(self):
        request = self._request_as(self.anna)
        for junk in JUNK:
            names = ("sortby", "filterby", "search_in", "tab", "page", "sent", "nope")
            params = dict.fromkeys(names, junk)
            page = self.open_as(self.anna, REQUESTS_URL, params=params)
            self.assertEqual([row[0] for row in self._rows(page)], [request.name])
            self.assertEqual(self._open(request, params=params).status_code, 200)
            page = self.open_as(self.anna, REQUESTS_URL, params={"search": junk})
            self.assertEqual(page.status_code, 200)

    def test_the_page_costs_the_same_with_two_rows_and_with_eighty(self):
        self._request_as(self.anna)
        self._request_as(self.bert)
        self.open_as(self.anna, REQUESTS_URL)
        short = self.count_queries(REQUESTS_URL)
        for _request in range(78):
            self._request_as(self.anna)
        self.open_as(self.anna, REQUESTS_URL)
        self.assertEqual(self.count_queries(REQUESTS_URL), short)
        self.assertLessEqual(short, 15)

    def test_reading_writes_nothing(self):
        request = self._issued_as(self.anna).request_id
        urls = (
            ONSITE_URL,
            f"{ONSITE_URL}/export.csv",
            REQUESTS_URL,
            request.access_url,
        )
        for url in ("/my", *urls, f"{request.access_url}?sent=1"):
            self.open_as(self.anna, url)
            with (
                self.assertNoLogs("odoo.sql_db", "WARNING"),
                self.assertNoLogs("odoo.http", "WARNING"),
            ):
                self.open_as(self.anna, url)
        self.assertFalse(request.access_token)
