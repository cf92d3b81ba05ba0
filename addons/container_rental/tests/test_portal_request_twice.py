from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_portal.controllers.portal_form import new_form_token

from .common import TUESDAY_MORNING
from .test_portal_case import REQUESTS_URL, SUBMIT_URL, ContainerPortalCase


@tagged("-at_install", "post_install")
class TestPortalRequestTwice(ContainerPortalCase):
    """A form counts once, however often and from wherever it is sent."""

    @freeze_time(TUESDAY_MORNING)
    def test_a_form_that_is_sent_twice_makes_one_request(self):
        token = new_form_token()
        first, second = (self._send(self.anna, form_token=token) for _time in "12")
        self.assertEqual(first.headers["Location"], second.headers["Location"])
        self.assertEqual((second.status_code, len(self._requests())), (303, 1))

    def test_a_form_that_is_sent_again_after_the_cutoff_was_sent_already(self):
        values = {"form_token": new_form_token(), "requested_date": "2026-12-03"}
        with freeze_time("2026-12-01 11:59:59"):
            self._send(self.anna, **values)
        with freeze_time("2026-12-01 12:00:01"):
            self.assertEqual(self._send(self.anna, **values).status_code, 303)
        self.assertEqual(len(self._requests()), 1)

    @mute_logger("odoo.sql_db")
    def test_a_form_of_somebody_else_leads_nowhere(self):
        token = new_form_token()
        self._send(self.anna, form_token=token)
        answer = self._send(self.carla, form_token=token, type_id=str(self.type_600.id))
        self.assertMissing(self.open_as(self.carla, answer.headers["Location"]))
        self.assertEqual(self._requests().commercial_partner_id, self.adler)

    def test_a_form_without_a_token_is_renewed(self):
        for token in (None, "", "1", "\x00", "a" * 36):
            page = self._send(self.anna, form_token=token, remark="Keep me")
            self.assertEqual(page.status_code, 200)
            self.assertIn("This form was outdated and has been renewed.", page.text)
            self.assertEqual(self._typed(page, "remark"), "Keep me")
        self.assertFalse(self._requests())
        self._send_and_read(self.anna, form_token=self.form_token(page))

    @mute_logger("odoo.http")
    def test_a_form_without_csrf_token_is_refused(self):
        self.open_as(self.anna, REQUESTS_URL)
        data = {"quantity": "1", "form_token": new_form_token()}
        for forged in ({}, {"csrf_token": ""}, {"csrf_token": "x" * 40}):
            answer = self.url_open(SUBMIT_URL, data=data | forged)
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._requests())
