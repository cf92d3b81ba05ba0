from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, freeze_time
from odoo.tools import SQL, mute_logger

from .change_pages import CHANGES_URL, JUNK, ChangePageCase

NEAR_MIDNIGHT = "2026-12-01 23:30:00"  # half past midnight on the company's clock


class TestPortalChanges(ChangePageCase):
    """Customers follow what they have asked for, and may take it back."""

    def _open(self, request, user=None, **kwargs):
        return self.open_as(user or self.anna, request.access_url, **kwargs)

    def _cancel(self, request, user=None):
        return self.post_as(user or self.anna, f"{request.access_url}/cancel")

    def _details(self, page):
        path = "//dl[@name='details']"
        labels = self._texts(page, f"{path}/dt")
        return dict(zip(labels, self._texts(page, f"{path}/dd"), strict=True))

    def _may_withdraw(self, page):
        return "Yes, withdraw the request" in page.text

    # === ONE REQUEST === #

    def test_the_page_says_what_is_asked_for_and_by_whom(self):
        details = {"remark": "We move.\nSoon"}
        request = self._ask(self.anna, self.adler, details, phone="1", street="New 5")
        self._ask_at(request, NEAR_MIDNIGHT)
        page = self._open(request, self.bert)
        self.assertEqual(
            self._rows(page),
            [["Street", "Marktplatz 1", "New 5"], ["Phone", "+49 941 201000", "1"]],
        )
        self.assertEqual(
            self._details(page),
            {
                "Requested by": "Anna",
                "Requested on": "12/02/2026",
                "Valid from": "as soon as it is approved",
            },
        )
        self.assertIn(f"Request {request.name} Requested", self._headline(page))
        self.assertIn("We move.\nSoon", page.text)

    def _ask_at(self, request, moment):
        self.env.flush_all()
        statement = "UPDATE customer_change_request SET create_date = %s WHERE id = %s"
        self.env.cr.execute(SQL(statement, moment, request.id))
        request.invalidate_recordset(["create_date"])

    def _headline(self, page):
        return " ".join(self._texts(page, "//h1/.."))

    def test_an_approved_request_says_so_at_each_change(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        with freeze_time(NEAR_MIDNIGHT):
            request.with_user(self.erik).action_approve()
        page = self._open(request)
        self.assertEqual(
            self._rows(page), [["Street", "Marktplatz 1", "New 5", "approved"]]
        )
        self.assertIn("Approved", self._headline(page))
        self.assertEqual(self._details(page)["Decided on"], "12/02/2026")
        self.assertEqual(self._details(page)["Valid from"], "12/02/2026")

    def test_a_partly_approved_request_gives_its_reasons(self):
        request = self._ask(self.anna, self.adler, street="New 5", phone="1")
        lines = request.line_ids.with_user(self.erik)
        lines.filtered(lambda line: line.field_name == "street").decision = "approved"
        lines.filtered(lambda line: line.field_name == "phone").write(
            {"decision": "rejected", "reason": "No such <b>number</b>."}
        )
        request.with_user(self.erik).action_decide()
        page = self._open(request)
        self.assertEqual(
            self._rows(page),
            [
                ["Street", "Marktplatz 1", "New 5", "approved"],
                ["Phone", "+49 941 201000", "1", "rejected No such <b>number</b>."],
            ],
        )
        self.assertEqual(len(self._texts(page, "//*[@name='partial']")), 1)

    def test_a_rejected_request_says_why(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        request._reject("Please send us\n<b>a proof</b>.")
        page = self._open(request)
        self.assertIn("Please send us\n&lt;b&gt;a proof&lt;/b&gt;.", page.text)
        self.assertNotIn("Valid from", self._details(page), "it never will be")
        self.assertFalse(self._may_withdraw(page))

    def test_a_request_for_a_day_to_come_says_which(self):
        day = fields.Date.today() + timedelta(days=10)
        text = f"{day:%m/%d/%Y}"
        request = self._ask(
            self.anna, self.adler, {"effective_date": day}, street="New 5"
        )
        self.assertEqual(self._details(self._open(request))["Valid from"], text)
        request.with_user(self.erik).action_approve()
        page = self._open(request)
        self.assertEqual(
            self._texts(page, "//*[@name='scheduled']"),
            [f"Approved. It takes effect on {text}."],
        )
        self.assertTrue(self._may_withdraw(page))

    def test_a_revision_is_named_once_there_is_a_second_one(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        self.assertNotIn("Revision", self._details(self._open(request)))
        self._ask(self.bert, self.adler, street="New 6")
        self.assertEqual(self._details(self._open(request))["Revision"], "2")

    def test_a_new_address_has_no_before(self):
        request = self._ask_for_address(self.anna)
        page = self._open(request)
        self.assertEqual(self._rows(page)[0], ["Name", "Lager Süd"])
        self.assertEqual(self._details(page)["Type of address"], "Delivery Address")

    def test_who_has_just_sent_it_is_thanked(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        page = self._open(request, params={"sent": "1"})
        self.assertIn("Thank you!", self._texts(page, "//*[@name='thanks']")[0])
        self.assertNotIn("Thank you!", self._open(request).text)
        for junk in JUNK:
            page = self._open(request, params={"sent": junk, "access_token": junk})
            self.assertEqual(page.status_code, 200)

    def test_the_page_has_a_chat(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        page = self._open(request)
        self.assertIn('data-res_model="customer.change.request"', page.text)
        self._post_message(self.anna, request)
        [message] = request.message_ids.filtered(lambda m: "Why not?" in m.body)
        self.assertEqual(message.author_id, self.anna.partner_id)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._post_message(self.carla, request)
        self.assertEqual(
            len(request.message_ids.filtered(lambda m: "Why not?" in m.body)), 1
        )

    def _post_message(self, user, request):
        self._sign_in(user)
        self.call_json(
            "/mail/message/post",
            thread_model="customer.change.request",
            thread_id=request.id,
            post_data={"body": "Why not?", "message_type": "comment"},
        )

    def test_a_contact_who_left_is_still_the_one_who_asked(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        self.anna.partner_id.parent_id = self.krone
        page = self._open(request, self.bert)
        self.assertEqual(self._details(page)["Requested by"], "Anna")
        self.assertMissing(self._open(request, self.anna))

    # === WHO === #

    def test_a_stranger_neither_sees_nor_changes_it(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        self.assertEqual(self._open(request, self.bert).status_code, 200)
        self.assertMissing(self._open(request, self.carla))
        self.assertEqual(self._cancel(request, self.carla).status_code, 404)
        requests = self.requests.with_user(self.carla)
        self.assertFalse(requests.search([]))
        self.assertFalse(requests.line_ids.search([]))
        with self.assertRaises(AccessError):
            requests.browse(request.id).read(["name"])
        self.assertEqual(request.state, "pending")

    def test_no_customer_decides(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        for method in ("action_approve", "action_decide", "action_reject"):
            with (
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException) as caught,
            ):
                self.rpc_as(self.anna, "customer.change.request", method, request.ids)
            self.assertIn("AccessError", str(caught.exception))
        self.assertEqual(request.state, "pending")

    def test_staff_with_the_right_may_look_but_not_withdraw(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        page = self._open(request, self.erik)
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self._may_withdraw(page))
        self.assertEqual(self._cancel(request, self.erik).status_code, 403)
        self.assertEqual(request.state, "pending")

    def test_what_does_not_exist_leads_home(self):
        for number in ("0", "-1", "2147483647", "9" * 30):
            self.assertMissing(self.open_as(self.anna, f"{CHANGES_URL}/{number}"))
            answer = self.post_as(self.anna, f"{CHANGES_URL}/{number}/cancel")
            self.assertEqual(answer.status_code, 404)
        for path in ("abc", "1.5"):
            page = self.open_as(self.anna, f"{CHANGES_URL}/{path}")
            self.assertEqual(page.status_code, 404, path)
        for token in ("x", "%00", "%FF", "None", "False", "ä" * 300):
            page = self.open_as(self.anna, f"{CHANGES_URL}/by_token/{token}")
            self.assertMissing(page)

    # === TAKING BACK === #

    def test_a_request_can_be_taken_back_while_it_is_open(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        self.assertTrue(self._may_withdraw(self._open(request)))
        answer = self._cancel(request)
        self.assertURLEqual(answer.headers["Location"], request.access_url)
        self.assertEqual((answer.status_code, request.state), (303, "cancelled"))
        page = self._open(request)
        self.assertIn("Withdrawn", self._headline(page))
        self.assertFalse(self._may_withdraw(page))
        self.assertEqual(self.adler.street, "Marktplatz 1")

    def test_an_approved_change_that_is_not_in_effect_can_be_taken_back(self):
        day = fields.Date.today() + timedelta(days=10)
        details = {"effective_date": day}
        request = self._ask(self.anna, self.adler, details, street="New 5")
        request.with_user(self.erik).action_approve()
        self._cancel(request)
        self.assertEqual(request.state, "cancelled")

    def test_what_is_decided_cannot_be_taken_back(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        request.with_user(self.erik).action_approve()
        self.assertFalse(self._may_withdraw(self._open(request)))
        page = self._cancel(request)
        self.assertEqual((page.status_code, request.state), (200, "approved"))
        self.assertIn("is “Approved” and cannot become “Withdrawn”", page.text)

    def test_taking_back_twice_is_taking_back_once(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        self._cancel(request)
        self.assertIn(self._cancel(request).status_code, (200, 303))
        self.assertEqual(request.state, "cancelled")

    def test_colleagues_take_back_what_they_could_have_asked_for(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        own = self._ask(self.bert, self.bert.partner_id, phone="1")
        self.bert.partner_id.portal_may_edit_company = False
        self.assertFalse(self._may_withdraw(self._open(request, self.bert)))
        self.assertEqual(self._cancel(request, self.bert).status_code, 403)
        self.assertEqual(request.state, "pending")
        self._cancel(own, self.bert)
        self.assertEqual(own.state, "cancelled")
        self.anna.partner_id.portal_may_edit_company = False
        self._cancel(request, self.anna)
        self.assertEqual(request.state, "cancelled", "she asked for it herself")

    def test_opening_the_address_takes_nothing_back(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        page = self.open_as(self.anna, f"{request.access_url}/cancel")
        self.assertIn(page.status_code, (404, 405))
        with mute_logger("odoo.http"):
            answer = self.url_open(f"{request.access_url}/cancel", data={"x": "1"})
        self.assertEqual(answer.status_code, 400, "without the token of the session")
        self.assertEqual(request.state, "pending")

    # === THE LIST === #

    def test_the_list_has_what_the_company_asked_for(self):
        first = self._ask(self.anna, self.adler, {"remark": "50% more"}, street="New 5")
        second = self._ask_for_address(self.bert)
        third = self._ask_for_removal(self.anna, self.warehouse)
        third.with_user(self.erik).action_approve()
        day = first._get_asked_on_text()
        rows = [
            [third.name, "Remove Address: Lager Nord", day, "–", "Approved"],
            [second.name, "New Address: Lager Süd", day, "–", "Requested"],
            [first.name, "Change: Hotel Adler GmbH", day, "–", "Requested"],
        ]
        for params, found in (
            ({}, rows[1:]),
            ({"filterby": "open"}, rows[1:]),
            ({"filterby": "all"}, rows),
            ({"filterby": "approved"}, rows[:1]),
            ({"filterby": "rejected"}, []),
            ({"filterby": "all", "sortby": "number"}, rows[::-1]),
            ({"filterby": "all", "sortby": "state"}, [rows[1], rows[2], rows[0]]),
            ({"search": first.name}, rows[2:]),
            ({"search": "50% m", "search_in": "remark"}, rows[2:]),
            ({"search": "5_% m"}, []),
        ):
            page = self.open_as(self.anna, CHANGES_URL, params=params)
            self.assertEqual(self._rows(page), found, params)
        self.assertEqual(self._rows(self.open_as(self.carla, CHANGES_URL)), [])

    def test_an_empty_list_says_so(self):
        for params, text in (
            ({}, "No change of your data is waiting for a decision. Show all"),
            (
                {"filterby": "all"},
                "You have not asked for any change yet. Company Data",
            ),
            ({"filterby": "rejected"}, "No request matches. Show all"),
            ({"search": "x"}, "No request matches. Show all"),
        ):
            page = self.open_as(self.anna, CHANGES_URL, params=params)
            self.assertEqual(self._texts(page, "//*[@name='empty']"), [text])

    def test_junk_in_the_address_is_answered_with_a_page(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        names = ("sortby", "filterby", "search_in", "tab", "page", "sent", "nope")
        for junk in JUNK:
            params = dict.fromkeys(names, junk)
            page = self.open_as(self.anna, CHANGES_URL, params=params)
            self.assertEqual([row[0] for row in self._rows(page)], [request.name])
            page = self.open_as(self.anna, CHANGES_URL, params={"search": junk})
            self.assertEqual(page.status_code, 200)
        for page in ("/page/0", "/page/99999"):
            self.assertEqual(
                self.open_as(self.anna, f"{CHANGES_URL}{page}").status_code, 200
            )

    def test_reading_writes_nothing(self):
        request = self._ask(self.anna, self.adler, street="New 5")
        url = request.access_url
        for address in (CHANGES_URL, url, f"{url}?sent=1", "/my"):
            self.open_as(self.anna, address)
            with (
                self.assertNoLogs("odoo.sql_db", "WARNING"),
                self.assertNoLogs("odoo.http", "WARNING"),
            ):
                self.open_as(self.anna, address)
        self.assertFalse(request.access_token)

    def test_the_list_costs_the_same_for_two_requests_and_for_twenty(self):
        self._fill(1)
        self.open_as(self.anna, CHANGES_URL)
        few = self.count_queries(CHANGES_URL)
        self._fill(9)
        page = self.open_as(self.anna, CHANGES_URL)
        self.assertEqual(len(self._rows(page)), 20)
        self.assertEqual(self.count_queries(CHANGES_URL), few)
        self.assertLessEqual(few, 11)

    def test_a_request_costs_the_same_however_much_it_changes(self):
        request = self._ask(self.anna, self.adler, country_id=self.usa.id)
        self._open(request)
        few = self.count_queries(request.access_url)
        self._ask(
            self.anna,
            self.adler,
            state_id=self.usa.state_ids[0].id,
            **dict.fromkeys(("name", "street", "zip", "city", "phone", "vat"), "1"),
        )
        self._open(request)
        self.assertLessEqual(self.count_queries(request.access_url), few + 1)

    def _fill(self, count):
        for number in range(count):
            address = self.warehouse.copy({"name": f"Address {number}"})
            self._ask(self.anna, address, country_id=self.usa.id)
            self._ask_for_address(self.anna)
