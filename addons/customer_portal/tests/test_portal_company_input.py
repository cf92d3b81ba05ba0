from datetime import timedelta

from odoo import fields

from ..controllers.portal_form import new_form_token
from .change_pages import EDIT_URL, JUNK, SUBMIT_URL, ChangePageCase

NOT_SENT = "Nothing was sent yet. Please check what you have entered."


class TestPortalCompanyInput(ChangePageCase):
    """Whatever is typed or forged, customers read what is wrong and lose nothing."""

    def assertRefused(self, message, **values):  # noqa: N802
        page = self._preview(self.anna, **values)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self._messages(page), [message], values)
        self.assertEqual(self._errors(page), NOT_SENT)
        self.assertFalse(self.requests.search([]))
        return page

    # === WHAT AN ADDRESS NEEDS === #

    def test_what_is_there_today_cannot_be_emptied(self):
        for name, label in {
            "name": "Name",
            "street": "Street",
            "city": "City",
            "zip": "Zip",
            "country_id": "Country",
            "email": "Email",
            "phone": "Phone",
        }.items():
            message = f"Please fill in “{label}”."
            self.assertRefused(message, **{name: "  "}, remark="Keep me")

    def test_what_is_missing_today_may_stay_missing(self):
        self.adler.write({"phone": False, "email": False, "zip": False})
        page = self.open_as(self.anna, EDIT_URL)
        self.assertIn("Phone (optional)", self._texts(page, "//label[@for='phone']"))
        request = self._send(self.anna, street="Neue Str. 5")
        self.assertEqual(list(self._get_lines(request)), ["street"])

    def test_what_is_not_in_the_form_stays_as_it_is(self):
        token = new_form_token()
        answer = self._change(
            self.anna, street="Neue Str. 5", step="confirm", form_token=token
        )
        self.assertEqual(answer.status_code, 303)
        request = self.requests.search([])
        self.assertEqual(list(self._get_lines(request)), ["street"])

    def test_an_email_address_must_be_one(self):
        for email in ("x", "a@b", "a b@c.de", "a@b.de, c@d.de"):
            page = self.assertRefused(
                "Please enter a valid e-mail address.", email=email
            )
            self.assertEqual(self._typed(page, "email"), email)

    def test_a_state_belongs_to_its_country(self):
        bavaria = self.env.ref("base.state_de_by")
        page = self.assertRefused(
            "Please choose “State” from the list.",
            country_id=str(self.usa.id),
            state_id=str(bavaria.id),
        )
        options = self._texts(page, "//select[@name='state_id']/option")
        self.assertIn("New York (US)", options)
        self.assertNotIn("Bavaria (DE)", options)

    def test_a_country_that_is_sent_alone_does_not_keep_the_old_state(self):
        self.adler.state_id = self.env.ref("base.state_de_by")
        page = self._change(
            self.anna, country_id=self.usa.id, form_token=new_form_token()
        )
        self.assertEqual(self._messages(page), ["Please choose “State” from the list."])
        values = {"country_id": self.env.ref("base.lu").id, "state_id": ""}
        request = self._send(self.anna, **values)
        self.assertEqual(set(self._get_lines(request)), {"country_id", "state_id"})

    def test_a_country_without_states_shows_none(self):
        self.adler.country_id = self.env.ref("base.lu")
        page = self.open_as(self.anna, EDIT_URL)
        [field] = self._texts(
            page, "//div[@name='state_id'][contains(@class, 'd-none')]"
        )
        self.assertIn("State", field)

    def test_a_country_that_wants_a_state_gets_one(self):
        self.usa.state_required = True
        self.adler.write(
            {"country_id": self.usa.id, "state_id": self.usa.state_ids[0].id}
        )
        self.assertRefused("Please fill in “State”.", state_id="")

    def test_countries_and_states_are_chosen_from_the_list(self):
        for name, label in {"country_id": "Country", "state_id": "State"}.items():
            for junk in ("0", "-1", "2147483647", "9" * 30, "abc", "1.0", "\x00", "٣"):
                page = self._preview(self.anna, **{name: junk})
                self.assertIn(
                    f"Please choose “{label}” from the list.", self._messages(page)
                )
        self.assertFalse(self.requests.search([]))

    # === TEXTS AND DAYS === #

    def test_texts_have_an_end_and_no_secret_characters(self):
        message = "“Street” may have 256 characters, not 5000."
        page = self.assertRefused(message, street="a" * 5000, remark="Keep me")
        self.assertEqual(self._typed(page, "street"), "a" * 5000)
        self.assertEqual(self._typed(page, "remark").strip(), "Keep me")
        message = "“Street” contains characters that cannot be used."
        for text in ("a\x00b", "a\nb", "a\x1bb"):
            self.assertRefused(message, street=text)
        message = "“Remark” may have 2000 characters, not 2001."
        self.assertRefused(message, street="x", remark="a" * 2001)
        request = self._send(self.anna, street="ä" * 256, remark="ä" * 2000)
        self.assertEqual(len(request.remark), 2000)

    def test_a_change_is_for_a_day_to_come_but_not_for_any(self):
        today = fields.Date.today()
        message = "Please choose a day in the future."
        for day in (today, today - timedelta(days=1)):
            self.assertRefused(message, street="x", effective_date=str(day))
        message = "Please choose a day within 2 years."
        for day in (str(today + timedelta(days=740)), "9999-12-31"):
            self.assertRefused(message, street="x", effective_date=day)
        message = "“Valid from” is not a valid date."
        for day in ("2027-02-30", "abc", "0000-00-00", "2027-01-01\x00"):
            self.assertRefused(message, street="x", effective_date=day)

    def test_a_wrong_field_is_marked_for_every_reader(self):
        page = self.assertRefused("Please enter a valid e-mail address.", email="x")
        xpath = "//input[@name='email' and @aria-invalid='true' and @autofocus]"
        self.assertEqual(len(self._texts(page, xpath)), 1)
        self.assertIn('aria-describedby="email_error"', page.text)
        self.assertIn('id="email_error"', page.text)

    def test_every_field_has_a_label(self):
        page = self.open_as(self.anna, EDIT_URL)
        names = set(self._form_of(page)) - {"form_token", "revision"}
        for name in names:
            labels = self._texts(page, f"//label[@for='{name}']")
            self.assertEqual(len(labels), 1, name)
        self.assertIn(
            "Address Line 2 (optional)", self._texts(page, "//label[@for='street2']")
        )

    def test_what_customers_type_is_never_live(self):
        text = "<script>alert(1)</script>{{7*7}}"
        page = self._preview(self.anna, street=text, remark=text)
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertEqual(self._rows(page)[0][2], text)
        page = self._preview(self.anna, street=text, email="x")
        self.assertNotIn("<script>alert(1)", page.text)
        self.assertEqual(self._typed(page, "street"), text)

    # === FORGED === #

    def test_fields_that_the_form_does_not_have_are_ignored(self):
        forged = {
            "parent_id": self.krone.id,
            "company_name": "Evil Ltd",
            "is_company": "",
            "active": "",
            "function": "Boss",
            "credit_limit": "1000000",
            "comment": "x",
            "state": "approved",
            "source": "checkout",
            "company_id": "1",
            "sudo": "1",
            "keep_open": "1",
            "operation": "archive",
        }
        page = self._preview(self.anna, street="Neue Str. 5", **forged)
        self._confirm(self.anna, page, **forged)
        request = self.requests.search([])
        self.assertEqual(list(self._get_lines(request)), ["street"])
        self.assertEqual((request.state, request.operation), ("pending", "update"))
        self.assertEqual(request.source, "portal")

    def test_hidden_values_are_checked_again(self):
        page = self._preview(self.anna, street="Neue Str. 5")
        answer = self._confirm(self.anna, page, email="x")
        self.assertEqual(
            self._messages(answer), ["Please enter a valid e-mail address."]
        )
        answer = self._confirm(self.anna, page, street="Another 1")
        self.assertIn("changed in the meantime", self._notice(answer))
        self.assertEqual(self._rows(answer)[0][2], "Another 1")
        self.assertFalse(self.requests.search([]))

    def test_tampered_steps_only_show_what_would_change(self):
        for step in JUNK:
            page = self._preview(self.anna, street="Neue Str. 5")
            answer = self._confirm(self.anna, page, step=step)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(self._rows(answer)[0][0], "Street")
        self.assertFalse(self.requests.search([]))

    def test_tampered_proofs_show_the_page_again(self):
        for junk in JUNK:
            page = self._preview(self.anna, street="Neue Str. 5")
            for name in ("seen", "revision", "form_token"):
                if (name, junk) == ("revision", "0"):
                    continue
                answer = self._confirm(self.anna, page, **{name: junk})
                self.assertEqual(answer.status_code, 200, (name, junk))
                self.assertNotIn("<script>alert(1)", answer.text)
        self.assertFalse(self.requests.search([]))

    def test_a_form_without_a_usable_token_is_renewed(self):
        page = self._preview(self.anna, street="Neue Str. 5", form_token="x")
        self.assertIn("This form was outdated", self._errors(page))
        self.assertEqual(self._typed(page, "street"), "Neue Str. 5")
        page = self.post_as(self.anna, SUBMIT_URL, self._form_of(page))
        self.assertEqual(self._confirm(self.anna, page).status_code, 303)

    def test_junk_in_any_field_is_answered_with_a_page(self):
        names = ("name", "vat", "country_id", "state_id", "phone", "effective_date")
        for junk in JUNK:
            for name in (*names, "remark", "nope", "page_name", "form", "self"):
                with self.subTest(name=name, junk=junk[:20]):
                    page = self._preview(self.anna, **{name: junk})
                    self.assertEqual(page.status_code, 200)
                    self.assertNotIn("<script>alert(1)", page.text)

    def test_uploads_and_repeated_fields_are_no_text(self):
        self._sign_in(self.anna)
        answer = self.post_as(
            self.anna,
            SUBMIT_URL,
            files={"street": ("x.txt", b"x"), "step": ("y", b"z")},
        )
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.requests.search([]))
