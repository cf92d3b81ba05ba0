from odoo.fields import Command
from odoo.tools import mute_logger

from .portal_common import JUNK, PortalTicketCase


class TestPortalClose(PortalTicketCase):
    """A customer closes his own tickets, and only in the ways he is offered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.done = cls._stage("done")

    def _close(self, user, ticket, stage=None, **kwargs):
        data = {"ticket_id": ticket.id, "stage_id": (stage or self.done).id}
        response = self.post_as(user, "/ticket/close", data, **kwargs)
        ticket.invalidate_recordset()
        return response

    def test_customer_closes_his_ticket(self):
        response = self._close(self.anna_user, self.t3)
        self.assertEqual(response.status_code, 302)
        self.assertURLEqual(response.headers["Location"], f"/my/ticket/{self.t3.id}")
        self.assertEqual(self.t3.stage_id, self.done)
        self.assertTrue(self.t3.closed_date)

    def test_customer_closes_a_ticket_of_his_colleague(self):
        self._close(self.anna_user, self.t4)
        self.assertEqual(self.t4.stage_id, self.done)

    def test_closing_stage_is_logged_under_the_name_of_the_customer(self):
        self._close(self.anna_user, self.t3)
        self.assertEqual(self.t3.message_ids[:1].author_id, self.anna)

    def test_ticket_of_another_customer_is_like_a_missing_one(self):
        foreign = self._close(self.dora_user, self.t3)
        missing = self.post_as(
            self.dora_user,
            "/ticket/close",
            {"ticket_id": 2**31 - 1, "stage_id": self.done.id},
        )
        self.assertEqual((foreign.status_code, missing.status_code), (404, 404))
        self.assertEqual(foreign.text, missing.text)
        self.assertEqual(self.t3.stage_id, self._stage("in_progress"))

    def test_link_of_a_ticket_is_no_right_to_close_it(self):
        token = self.t3._portal_ensure_token()
        data = {
            "ticket_id": self.t3.id,
            "stage_id": self.done.id,
            "access_token": token,
        }
        response = self.post_as(self.dora_user, "/ticket/close", data)
        self.assertEqual(response.status_code, 404)
        page = self.page_as(self.dora_user, f"/my/ticket/{self.t3.id}/{token}")
        self.assertFalse(page.xpath("//form[@action='/ticket/close']"))

    def test_visitor_has_to_sign_in(self):
        response = self._close(None, self.t3)
        self.assertIn("/web/login", response.headers["Location"])
        self.assertEqual(self.t3.stage_id, self._stage("in_progress"))

    @mute_logger("odoo.http")
    def test_only_a_form_of_ours_closes(self):
        self.authenticate(self.anna_user.login, self.anna_user.login)
        data = {"ticket_id": self.t3.id, "stage_id": self.done.id}
        response = self.url_open("/ticket/close", data=data, method="POST")
        self.assertEqual(response.status_code, 400)
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"):
            with self.subTest(method=method):
                url = f"/ticket/close?ticket_id={self.t3.id}&stage_id={self.done.id}"
                response = self.url_open(url, method=method, allow_redirects=False)
                self.assertGreaterEqual(response.status_code, 400)
                self.assertLess(response.status_code, 500)
        self.t3.invalidate_recordset()
        self.assertEqual(self.t3.stage_id, self._stage("in_progress"))

    def test_stages_that_customers_are_not_offered_change_nothing(self):
        other_team, archived = self.env["helpdesk.ticket.stage"].create(
            [
                {
                    "name": "Done in the field",
                    "closed": True,
                    "close_from_portal": True,
                    "team_ids": [Command.set(self.field.ids)],
                },
                {
                    "name": "Done of old",
                    "closed": True,
                    "close_from_portal": True,
                    "active": False,
                },
            ]
        )
        for stage in (
            *(self._stage("awaiting"), self._stage("rejected"), other_team, archived),
            self._stage("new"),
        ):
            with self.subTest(stage=stage.name):
                response = self._close(self.anna_user, self.t3, stage)
                self.assertEqual(response.status_code, 302)
                self.assertEqual(self.t3.stage_id, self._stage("in_progress"))

    def test_stage_of_another_company_is_not_for_a_ticket_without_team(self):
        company = self.env["res.company"].create({"name": "Other"})
        stage = self.done.copy({"company_id": company.id, "close_from_portal": True})
        ticket = self._create_ticket(partner=self.anna)
        ticket.team_id = False
        self.assertNotIn(stage, ticket._get_closing_stages())
        self.assertIn(self.done, ticket._get_closing_stages())

    def test_stage_that_closes_no_more_is_not_offered(self):
        self._stage("cancelled").with_user(self.manager).closed = False
        self.assertEqual(self.t3._get_closing_stages(), self.done)
        self.done.with_user(self.manager).state_type = "open"
        self.assertFalse(self.t3._get_closing_stages())
        self.assertFalse(self.done.close_from_portal)

    def test_closed_ticket_stays_as_the_agents_closed_it(self):
        cancelled = self._stage("cancelled")
        closed_on = self.t10.closed_date
        response = self._close(self.anna_user, self.t10, cancelled)
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.t10.stage_id, self.done)
        self.assertEqual(self.t10.closed_date, closed_on)

    def test_second_click_writes_no_second_mail(self):
        self._close(self.anna_user, self.t3)
        self.write_mails()
        mails = self.env["mail.mail"].search_count([("res_id", "=", self.t3.id)])
        self._close(self.anna_user, self.t3)
        self.write_mails()
        self.assertEqual(
            self.env["mail.mail"].search_count([("res_id", "=", self.t3.id)]), mails
        )

    @mute_logger("odoo.http")
    def test_junk_is_answered(self):
        for junk in JUNK:
            with self.subTest(ticket=junk):
                response = self.post_as(
                    self.anna_user,
                    "/ticket/close",
                    {"ticket_id": junk, "stage_id": self.done.id},
                )
                self.assertEqual(response.status_code, 404)
            with self.subTest(stage=junk):
                response = self.post_as(
                    self.anna_user,
                    "/ticket/close",
                    {"ticket_id": self.t3.id, "stage_id": junk},
                )
                self.assertEqual(response.status_code, 302)
        for data in ({}, {"ticket_id": self.t3.id}, {"stage_id": self.done.id}):
            response = self.post_as(self.anna_user, "/ticket/close", data)
            self.assertIn(response.status_code, (302, 404))
        self.assertEqual(self.t3.stage_id, self._stage("in_progress"))

    def test_page_has_a_button_for_each_stage_that_closes(self):
        page = self.page_as(self.anna_user, f"/my/ticket/{self.t3.id}")
        forms = page.xpath("//form[@action='/ticket/close']")
        self.assertEqual(
            [form.findtext(".//button/span") for form in forms], ["Done", "Cancelled"]
        )
        for form in forms:
            self.assertEqual(form.get("method"), "POST")
            self.assertTrue(form.xpath(".//input[@name='csrf_token']/@value")[0])
        page = self.page_as(self.anna_user, f"/my/ticket/{self.t10.id}")
        self.assertFalse(page.xpath("//form[@action='/ticket/close']"))

    def test_form_of_the_page_closes(self):
        page = self.page_as(self.anna_user, f"/my/ticket/{self.t3.id}")
        form = page.xpath("//form[@action='/ticket/close']")[0]
        self.url_open(form.get("action"), data=dict(form.form_values()), method="POST")
        self.t3.invalidate_recordset()
        self.assertEqual(self.t3.stage_id, self.done)
