from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from ..controllers.portal_form import new_form_token
from .change_pages import COMPANY_URL, EDIT_URL, SUBMIT_URL, ChangePageCase


class TestPortalCompanyForm(ChangePageCase):
    """A customer changes the data of his company: he types, looks at it, and asks."""

    # === FROM THE FORM TO THE REQUEST === #

    def test_a_change_is_asked_for_and_not_made(self):
        page = self._preview(self.anna, street="Neue Str. 5")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._rows(page), [["Street", "Marktplatz 1", "Neue Str. 5"]])
        self.assertFalse(self.requests.search([]), "nothing is filed by looking at it")

        answer = self._confirm(self.anna, page)
        self.assertEqual(answer.status_code, 303)
        request = self.requests.search([])
        self.assertURLEqual(answer.headers["Location"], f"{request.access_url}?sent=1")
        self.assertRecordValues(
            request,
            [
                {
                    "state": "pending",
                    "operation": "update",
                    "partner_id": self.anna.partner_id.id,
                    "target_partner_id": self.adler.id,
                    "source": "portal",
                    "remark": False,
                    "effective_date": False,
                }
            ],
        )
        self.assertEqual(
            self._get_lines(request), {"street": ("Marktplatz 1", "Neue Str. 5")}
        )
        self.assertEqual(self.adler.street, "Marktplatz 1")
        mail = self._mails(request.name).filtered(
            lambda mail: self.erik.partner_id in mail.recipient_ids
        )
        self.assertIn("Marktplatz 1", mail.body_html)
        self.assertIn("Neue Str. 5", mail.body_html)

        page = self.open_as(self.anna, COMPANY_URL)
        self.assertIn("Marktplatz 1", page.text)
        self.assertEqual(self._badges(page), ["Change requested"])
        request.with_user(self.erik).action_approve()
        page = self.open_as(self.anna, COMPANY_URL)
        self.assertIn("Neue Str. 5", page.text)
        self.assertNotIn("Marktplatz 1", page.text)

    def test_everything_that_the_form_has_is_asked_for(self):
        day = fields.Date.today() + timedelta(days=30)
        typed = {
            "name": "Hotel Adler KG",
            "vat": "US123456789",
            "street": "Neue Str. 5",
            "street2": "Hof",
            "zip": "10001",
            "city": "New York",
            "country_id": str(self.usa.id),
            "state_id": str(self.env.ref("base.state_us_27").id),
            "phone": "12",
            "email": "new@adler.example",
        }
        request = self._send(
            self.anna, effective_date=str(day), remark="We move.\nAll of us.", **typed
        )
        asked = {name: new for name, (_old, new) in self._get_lines(request).items()}
        expected = typed | {
            "country_id": self.usa.id,
            "state_id": self.env.ref("base.state_us_27").id,
        }
        self.assertEqual(asked, expected)
        self.assertEqual(request.remark, "We move.\nAll of us.")
        self.assertEqual(request.effective_date, day)

    def test_the_confirmation_goes_back_to_the_form_with_everything_typed(self):
        page = self._preview(
            self.anna, street="Neue Str. 5", remark="a\nb", state_id="", zip="1"
        )
        data = self._form_of(page) | {"step": "edit"}
        page = self.post_as(self.anna, SUBMIT_URL, data)
        for name, value in {
            "street": "Neue Str. 5",
            "remark": "a\nb",
            "zip": "1",
        }.items():
            self.assertEqual(self._typed(page, name).strip(), value)
        self.assertEqual(self._messages(page), [])
        self.assertFalse(self.requests.search([]))

    def test_the_way_back_keeps_what_is_wrong_without_complaining(self):
        data = {"step": "edit", "email": "x", "street": "a" * 5000}
        page = self._change(self.anna, **data)
        self.assertEqual((self._typed(page, "email"), self._messages(page)), ("x", []))

    def test_without_a_change_nothing_is_sent(self):
        page = self._preview(self.anna, street="  Marktplatz 1 ")
        self.assertEqual(page.status_code, 200)
        self.assertIn("No changes.", self._notice(page))
        page = self._preview(self.anna, remark="Hello")
        self.assertIn("No changes.", self._notice(page), "a remark alone is a mail")
        self.assertEqual(self._typed(page, "remark").strip(), "Hello")
        answer = self._change(self.anna, step="confirm", form_token=new_form_token())
        self.assertIn("No changes.", self._notice(answer))
        self.assertFalse(self.requests.search([]))

    # === WHAT IS ASKED FOR ALREADY === #

    def test_the_form_shows_what_is_asked_for_already(self):
        self._ask(self.anna, self.adler, {"remark": "Hi"}, street="Neue Str. 5")
        page = self.open_as(self.bert, EDIT_URL)
        self.assertEqual(self._typed(page, "street"), "Neue Str. 5")
        self.assertEqual(self._typed(page, "remark").strip(), "Hi")
        self.assertEqual(
            self._texts(page, "//*[@id='street_now']"), ["currently: Marktplatz 1"]
        )
        self.assertIn('aria-describedby="street_now"', page.text)
        self.assertIn("No changes.", self._notice(self._preview(self.bert)))

    def test_a_colleague_adds_to_the_open_request(self):
        request = self._send(self.anna, street="Neue Str. 5")
        page = self._preview(self.bert, street="Neue Str. 6", phone="1")
        self.assertEqual(
            self._rows(page),
            [
                ["Street", "Marktplatz 1", "Neue Str. 6"],
                ["Phone", "+49 941 201000", "1"],
            ],
        )
        self._confirm(self.bert, page)
        self.assertEqual(self.requests.search([]), request)
        self.assertEqual(
            (request.revision, request.partner_id), (2, self.anna.partner_id)
        )
        self.assertEqual(
            self._get_lines(request),
            {
                "street": ("Marktplatz 1", "Neue Str. 6"),
                "phone": ("+49 941 201000", "1"),
            },
        )

    def test_staff_cannot_approve_what_they_have_not_seen(self):
        request = self._send(self.anna, street="Neue Str. 5")
        stale = request.with_user(self.erik).with_context(expected_revision=1)
        self._send(self.bert, street="Neue Str. 6", phone="1")
        with self.assertRaisesRegex(UserError, "in the meantime"):
            stale.action_approve()
        self.assertEqual(self.adler.street, "Marktplatz 1")
        stale.with_context(expected_revision=2).action_approve()
        self.assertEqual((self.adler.street, self.adler.phone), ("Neue Str. 6", "1"))

    def test_a_wish_that_is_set_back_is_no_longer_asked_for(self):
        request = self._send(self.anna, street="Neue Str. 5", phone="1")
        page = self._preview(self.anna, street="Marktplatz 1")
        self.assertEqual(self._rows(page), [["Phone", "+49 941 201000", "1"]])
        self.assertEqual(
            self._texts(page, "//*[@name='dropped']//li"), ["Street: Neue Str. 5"]
        )
        self._confirm(self.anna, page)
        self.assertEqual(request.line_ids.mapped("field_name"), ["phone"])

    def test_setting_back_everything_withdraws_the_request(self):
        request = self._send(self.anna, street="Neue Str. 5")
        page = self._preview(self.anna, street="Marktplatz 1")
        self.assertIn(
            f"Your request {request.name} will be withdrawn.",
            self._texts(page, "//*[@name='withdrawal']")[0],
        )
        answer = self._confirm(self.anna, page)
        self.assertEqual(request.state, "cancelled")
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertIn("Your request is withdrawn.", page.text)

    def test_day_and_remark_of_an_open_request_can_change_and_go(self):
        day = fields.Date.today() + timedelta(days=9)
        request = self._send(
            self.anna, street="Neue Str. 5", remark="Hi", effective_date=str(day)
        )
        page = self.open_as(self.anna, EDIT_URL)
        self.assertEqual(self._typed(page, "effective_date"), str(day))
        later = day + timedelta(days=1)
        self._send(self.anna, remark="Ho", effective_date=str(later))
        self.assertEqual((request.remark, request.effective_date), ("Ho", later))
        self._send(self.anna, remark="", effective_date="")
        self.assertFalse(request.remark or request.effective_date)
        self.assertEqual(request.revision, 3)

    def test_a_day_that_has_come_is_no_longer_proposed(self):
        day = fields.Date.today() + timedelta(days=9)
        self._ask(self.anna, self.adler, {"effective_date": day}, street="Neue Str. 5")
        with freeze_time(day):
            self._sign_in(None)
            page = self.open_as(self.anna, EDIT_URL)
            self.assertEqual(self._typed(page, "effective_date"), "")
            self.assertIn("No changes.", self._notice(self._preview(self.anna)))

    def test_a_change_of_an_approved_request_says_that_it_is_approved_again(self):
        day = fields.Date.today() + timedelta(days=9)
        request = self._send(self.anna, street="Neue Str. 5", effective_date=str(day))
        request.with_user(self.erik).action_approve()
        page = self.open_as(self.anna, EDIT_URL)
        self.assertIn("These changes are approved already", page.text)
        self._send(self.anna, street="Neue Str. 6")
        self.assertEqual((request.state, request.revision), ("pending", 2))

    # === MEANWHILE === #

    def test_a_form_that_a_colleague_overtook_is_shown_again(self):
        page = self.open_as(self.anna, EDIT_URL)
        data = self._form_of(page) | {"step": "preview", "street": "Neue Str. 5"}
        self._ask(self.bert, self.adler, phone="1")
        page = self.post_as(self.anna, SUBMIT_URL, data)
        self.assertIn("has changed in the meantime", self._notice(page))
        self.assertEqual(self._typed(page, "street"), "Neue Str. 5")
        self.assertEqual(self._texts(page, "//*[@id='phone_now']")[0][:9], "currently")
        page = self.post_as(self.anna, SUBMIT_URL, self._form_of(page))
        self.assertEqual(self._rows(page)[0][0], "Street")

    def test_a_confirmation_that_a_colleague_overtook_leads_back_to_the_form(self):
        request = self._send(self.anna, street="Neue Str. 5")
        page = self._preview(self.anna, street="Neue Str. 6")
        request._cancel_by_customer()
        answer = self._confirm(self.anna, page)
        self.assertIn("has changed in the meantime", self._notice(answer))
        self.assertFalse(self.requests.search([("state", "=", "pending")]))

    def test_what_staff_change_between_preview_and_confirmation_is_shown_again(self):
        page = self._preview(self.anna, street="Neue Str. 5")
        self.adler.street = "Domplatz 2"
        page = self._confirm(self.anna, page)
        self.assertIn("changed in the meantime", self._notice(page))
        self.assertEqual(self._rows(page), [["Street", "Domplatz 2", "Neue Str. 5"]])
        self.assertFalse(self.requests.search([]))
        self.assertEqual(self._confirm(self.anna, page).status_code, 303)

    def test_what_became_true_meanwhile_need_not_be_asked_for(self):
        page = self._preview(self.anna, street="Neue Str. 5")
        self.adler.street = "Neue Str. 5"
        self.assertIn("No changes.", self._notice(self._confirm(self.anna, page)))

    # === TWICE === #

    def test_a_form_that_is_sent_twice_makes_one_request(self):
        page = self._preview(self.anna, street="Neue Str. 5")
        first = self._confirm(self.anna, page)
        second = self._confirm(self.anna, page)
        self.assertEqual((first.status_code, second.status_code), (303, 303))
        request = self.requests.search([])
        self.assertEqual((len(request), request.revision), (1, 1))
        final = self.open_as(self.anna, second.headers["Location"])
        self.assertURLEqual(final.url, f"{request.access_url}?sent=1")

    def test_a_token_of_somebody_else_shows_nothing_of_his(self):
        token = new_form_token()
        self._ask(self.carla, self.krone, {"form_token": token}, street="Secret 1")
        values = {"street": "Neue Str. 5", "form_token": token, "step": "confirm"}
        with mute_logger("odoo.sql_db"):
            answer = self._change(self.anna, **values)
        self.assertNotIn("Secret", answer.text)
        self.assertFalse(self.requests.search([("partner_id", "=", self.anna.id)]))
        answer = self.open_as(
            self.anna, f"/my/changes/by_token/{token}", allow_redirects=False
        )
        self.assertMissing(answer)

    # === RULES === #

    def test_what_takes_effect_at_once_says_so(self):
        self._set_rule("phone", "auto")
        page = self._preview(self.anna, phone="1")
        self.assertIn("at once", self._texts(page, "//dl/dd"))
        answer = self._confirm(self.anna, page)
        self.assertEqual(self.adler.phone, "1")
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertIn("Your change has taken effect.", page.text)

    def test_what_is_for_a_certain_day_never_takes_effect_at_once(self):
        self._set_rule("phone", "auto")
        day = fields.Date.today() + timedelta(days=9)
        page = self._preview(self.anna, phone="1", effective_date=str(day))
        self.assertNotIn("at once", self._texts(page, "//dl/dd"))
        self._confirm(self.anna, page)
        self.assertEqual(self.adler.phone, "+49 941 201000")
        self.assertEqual(self.requests.search([]).state, "pending")

    def test_a_form_with_both_leads_to_the_list(self):
        self._set_rule("phone", "auto")
        page = self._preview(self.anna, phone="1", street="Neue Str. 5")
        answer = self._confirm(self.anna, page)
        self.assertURLEqual(answer.headers["Location"], "/my/changes?sent=1")
        page = self.open_as(self.anna, answer.headers["Location"])
        self.assertIn("Thank you!", self._texts(page, "//*[@name='thanks']")[0])

    def test_a_locked_field_is_shown_and_cannot_be_changed(self):
        self._set_rule("vat", "locked")
        self.adler.vat = "DE123456788"
        page = self.open_as(self.anna, EDIT_URL)
        self.assertNotIn("vat", self._form_of(page))
        [text] = self._texts(page, "//div[@name='vat']")
        self.assertIn("DE123456788 This cannot be changed here.", text)
        page = self._preview(self.anna, vat="DE136695976", street="Neue Str. 5")
        self.assertEqual(
            self._messages(page), ["“VAT” cannot be changed here. Please contact us."]
        )
        self.assertEqual(self._typed(page, "street"), "Neue Str. 5")
        self._send(self.anna, street="Neue Str. 5")
        self.assertEqual(self.adler.vat, "DE123456788")

    def test_a_locked_country_keeps_its_states(self):
        self._set_rule("country_id", "locked")
        bavaria = self.env.ref("base.state_de_by")
        request = self._send(self.anna, state_id=str(bavaria.id))
        self.assertEqual(self._get_lines(request), {"state_id": (False, bavaria.id)})

    # === WHO === #

    def test_who_may_not_change_the_company_gets_no_form(self):
        self.anna.partner_id.portal_may_edit_company = False
        page = self.open_as(self.anna, EDIT_URL, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertURLEqual(page.headers["Location"], COMPANY_URL)
        answer = self._change(self.anna, street="Neue Str. 5", step="preview")
        self.assertEqual(answer.status_code, 403)
        answer = self._change(
            self.anna, street="x", step="confirm", form_token=new_form_token()
        )
        self.assertEqual(answer.status_code, 403)
        self.assertFalse(self.requests.search([]))

    def test_without_approvals_the_form_is_odoos_own(self):
        self.company.change_enabled = False
        page = self.open_as(self.anna, EDIT_URL, allow_redirects=False)
        self.assertURLEqual(page.headers["Location"], "/my/account")
        self.assertEqual(self._change(self.anna, street="x").status_code, 403)
        self.assertEqual(self._change(self.erik, street="x").status_code, 403)

    def test_a_private_person_changes_himself(self):
        self.carla.partner_id.write(
            {"parent_id": False, "street": "Gasse 1", "city": "Ulm", "phone": "1"}
        )
        self.carla.partner_id.portal_may_edit_company = False
        request = self._send(self.carla, street="Gasse 2")
        self.assertEqual(request.target_partner_id, self.carla.partner_id)

    def test_the_form_is_about_nobody_else(self):
        for forged in (self.krone, self.carla.partner_id, self.warehouse):
            values = {"partner_id": forged.id, "target_partner_id": forged.id}
            request = self._send(self.anna, street=f"Street {forged.id}", **values)
            self.assertEqual(request.target_partner_id, self.adler)

    def test_opening_the_address_or_a_foreign_form_sends_nothing(self):
        self._sign_in(self.anna)
        for method in ("GET", "HEAD", "OPTIONS", "PUT"):
            url = f"{SUBMIT_URL}?step=confirm&street=x&form_token={new_form_token()}"
            answer = self.url_open(url, method=method)
            self.assertIn(answer.status_code, (400, 404, 405), method)
        with mute_logger("odoo.http"):
            answer = self.url_open(SUBMIT_URL, data={"step": "confirm", "street": "x"})
        self.assertEqual(answer.status_code, 400, "without the token of the session")
        self.assertFalse(self.requests.search([]))

    def test_reading_the_form_writes_nothing(self):
        self._ask(self.anna, self.adler, street="Neue Str. 5")
        self.open_as(self.anna, EDIT_URL)
        with (
            self.assertNoLogs("odoo.sql_db", "WARNING"),
            self.assertNoLogs("odoo.http", "WARNING"),
        ):
            self.open_as(self.anna, EDIT_URL)
