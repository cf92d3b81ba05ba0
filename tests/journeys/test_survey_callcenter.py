"""Source 003: a manager changes the status of a contact; agents call, reps visit."""

import json
from datetime import datetime, timedelta

from .support import DESKTOP, PHONE, ZONE, Journey, today

SURVEY = "survey_callcenter.survey_service"
# People are called at any hour that somebody runs this; each of the journeys has some
# of those whom nobody has called so far.
PREPARE = f"""
import json
survey = env.ref("{SURVEY}")
survey.write({{"cc_calendar_id": False, "cc_history_on_done": "ask"}})
fresh = env["survey.callcenter.contact"].search(
    [("survey_id", "=", survey.id), ("state", "=", "open"), ("attempt_count", "=", 0)],
    limit=4,
)
fresh.next_call_at = "2026-01-01 09:00:00"
print(json.dumps([[contact.id, contact.partner_id.name] for contact in fresh]))
"""
BOUND = """
contact = env["survey.callcenter.contact"].browse({contact})
contact.write({{
    "contact_established": True, "allow_user_change": False,
    "first_user_id": env.ref("survey_callcenter.user_pia").id,
}})
"""
READ = """
import json
contact = env["survey.callcenter.contact"].browse({contact})
entries = env["survey.callcenter.history"].search([("contact_id", "=", contact.id)])
appointment = contact.appointment_ids[:1]
print(json.dumps({{
    "state": contact.state, "rating": contact.rating_id.value,
    "callback_at": str(contact.callback_at), "agent": contact.callback_user_id.login,
    "queue": contact.queue_user_id.login, "attempts": contact.attempt_count,
    "history": entries.mapped("note"), "rep": appointment.rep_id.login,
    "mails": env["mail.mail"].sudo().search_count([]),
    "answers": contact.user_input_id.state,
    "answered_by": contact.user_input_id.partner_id.name,
}}))
"""


class TestCallCenter(Journey):
    """Vera manages the call center, Pia and Nils call, Ralf and Sonja visit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fresh = json.loads(cls.site.shell(PREPARE).splitlines()[-1])

    def read(self, contact):
        return json.loads(
            self.site.shell(READ.format(contact=contact)).splitlines()[-1]
        )

    # === THE DIALOG === #

    def test_manager_changes_the_status_of_a_contact(self):
        contact, name = self.fresh[0]
        vera = self.open_page("vera")
        self._surveys_lead_to_the_contact_list(vera)
        self._dialog_names_the_person_and_has_three_parts(vera, name)
        self._follow_up_is_set_by_double_click(vera, contact)
        self._follow_up_goes_to_another_agent_in_spite_of_the_selection(
            vera, contact, name
        )
        self._appointment_is_entered_without_a_mail(vera, contact, name)
        self._done_makes_an_entry_in_the_history(vera, contact, name)
        self._rating_is_changed_later(vera, contact, name)

    def _surveys_lead_to_the_contact_list(self, page):
        page.goto("/odoo/surveys")
        page.get_by_role("menuitem", name="Umfragen verwalten").click()
        page.get_by_text("Zufriedenheit mit dem Kundendienst").first.click()
        page.click(".o_form_view .o-form-buttonbox button[name=action_cc_contact_list]")
        page.wait_for_selector(".o_data_row button[name=action_change_status]")
        self.assertIn("Liste der Kontaktpersonen", page.inner_text(".o_breadcrumb"))
        self.shot(page, "call-contact-list")

    def _open_dialog(self, page, name):
        page.fill(".o_searchview_input", name)
        page.press(".o_searchview_input", "Enter")
        row = page.locator(".o_data_row", has_text=name)
        page.wait_for_function("document.querySelectorAll('.o_data_row').length === 1")
        row.locator("button[name=action_change_status]").click()
        page.wait_for_selector(".modal .o_form_view")

    def _apply(self, page):
        page.click(".modal-footer button[name=action_apply]")
        page.wait_for_selector(".modal", state="detached")
        page.click(".o_searchview .o_facet_remove")
        page.wait_for_function("document.querySelectorAll('.o_data_row').length > 1")

    def _dialog_names_the_person_and_has_three_parts(self, page, name):
        self._open_dialog(page, name)
        title = page.inner_text(".modal-title")
        self.assertEqual(title, f"Kontaktstatus ändern: {name}")
        parts = page.locator(".modal .o_horizontal_separator").all_inner_texts()
        self.assertEqual(
            [part.upper() for part in parts],
            ["CALLCENTER", "WIEDERVORLAGE", "AUSSENDIENST"],
        )
        self.shot(page, "call-dialog")

    def _follow_up_is_set_by_double_click(self, page, contact):
        day = today() + timedelta(days=1)
        if day.month != today().month:
            page.click(".modal .o_cc_month_next")
        cell = page.locator(f".modal [data-date='{day.isoformat()}']")
        field = page.locator(".modal [name=callback_at] input").first
        cell.click()
        page.wait_for_selector(f".modal [data-date='{day.isoformat()}'].o_cc_marked")
        self.assertEqual(field.input_value(), "")
        cell.dblclick()
        page.wait_for_function(
            "document.querySelector('.modal [name=callback_at] input').value"
        )
        self._apply(page)
        at = datetime.fromisoformat(self.read(contact)["callback_at"] + "+00:00")
        local = at.astimezone(ZONE)
        self.assertEqual((local.date(), local.hour, local.minute), (day, 9, 0))

    def _follow_up_goes_to_another_agent_in_spite_of_the_selection(
        self, page, contact, name
    ):
        self.site.shell(BOUND.format(contact=contact))
        self._open_dialog(page, name)
        agent = page.locator(".modal [name=callback_user_id] input")
        agent.fill("Nils")
        page.locator(".o-autocomplete--dropdown-menu a", has_text="Nils").click()
        page.wait_for_selector(".modal [name=notice]")
        notice = page.inner_text(".modal div[name=notice]")
        self.assertIn("„Benutzer darf wechseln“ nicht aktiviert", notice)
        self.assertIn("Pia Pohl", notice)
        self.shot(page, "call-dialog-notice")
        self._apply(page)
        self.assertEqual(self.read(contact)["queue"], "nils")

    def _appointment_is_entered_without_a_mail(self, page, contact, name):
        before = self.read(contact)["mails"]
        self._open_dialog(page, name)
        page.fill(".modal [name=rep_id] input", "Ralf")
        page.locator(".o-autocomplete--dropdown-menu a", has_text="Ralf").click()
        day = self._next_working_day()
        for field, hour in (("appointment_start", "10"), ("appointment_stop", "11")):
            box = page.locator(f".modal [name={field}] input").first
            box.fill(f"{day:%d.%m.%Y} {hour}:00:00")
            box.press("Tab")
        hint = page.inner_text(".modal [name=protocol_hint]")
        self.assertIn("Das Protokoll wird hier nicht automatisch versandt", hint)
        self._apply(page)
        now = self.read(contact)
        self.assertEqual((now["rep"], now["mails"]), ("ralf", before))

    def _next_working_day(self):
        """A Tuesday: far enough away, and a day of work everywhere in the demo."""
        day = today() + timedelta(days=21)
        return day + timedelta(days=(1 - day.weekday()) % 7)

    def _done_makes_an_entry_in_the_history(self, page, contact, name):
        self._open_dialog(page, name)
        page.check(".modal [name=done] input")
        page.wait_for_selector(".modal [name=callback_at]", state="detached")
        self._rate(page, "Positiv")
        page.fill(".modal [name=note] textarea", "Hat im Laden Auskunft gegeben")
        self.assertTrue(page.is_checked(".modal [name=create_history] input"))
        self._apply(page)
        now = self.read(contact)
        self.assertEqual((now["state"], now["rating"]), ("done", "positive"))
        self.assertEqual(now["callback_at"], "False")
        self.assertEqual(now["history"], ["Hat im Laden Auskunft gegeben"])

    def _rate(self, page, rating):
        page.click(".modal [name=rating_id] input")
        page.locator(".o-autocomplete--dropdown-menu a", has_text=rating).click()

    def _rating_is_changed_later(self, page, contact, name):
        self._open_dialog(page, name)
        self._rate(page, "Negativ")
        self._apply(page)
        now = self.read(contact)
        self.assertEqual((now["rating"], len(now["history"])), ("negative", 1))

    def test_agents_have_no_menu_of_surveys(self):
        pia = self.open_page("pia")
        pia.goto("/odoo/call-center")
        pia.wait_for_selector(".o_cc_work")
        menus = pia.evaluate(
            "fetch('/web/webclient/load_menus').then(r => r.json())"
            ".then(menus => Object.values(menus).map(menu => menu.name))"
        )
        self.assertNotIn("Umfragen verwalten", menus)
        self.assertIn("Anrufen", menus)

    # === THE WORK SCREEN === #

    def test_agent_calls_and_agrees_a_visit(self):
        pia = self.open_page("pia")
        contact = self._next_contact_comes(pia)
        self._questionnaire_is_begun(pia)
        self._visit_is_agreed(pia)
        self._call_is_saved(pia, contact)
        mail = self.wait_for_mail("sonja@laundry.example", "")
        self.assertIn(
            "text/calendar", [part.get_content_type() for part in mail.walk()]
        )
        self.assertIn(
            "application/pdf", [part.get_content_type() for part in mail.walk()]
        )

    def _next_contact_comes(self, page):
        page.goto("/odoo/call-center")
        page.wait_for_selector(".o_cc_work")
        page.keyboard.press("F8")
        page.wait_for_selector(".o_cc_column_person")
        self.shot(page, "call-work-screen")
        found = self.site.shell(
            "print(env['survey.callcenter.contact'].search("
            "[('lock_user_id.login', '=', 'pia')]).id)"
        )
        return int(found)

    def _questionnaire_is_begun(self, page):
        page.locator(".o_cc_column_survey button", has_text="Fragebogen").first.click()
        frame = page.frame_locator(".o_cc_column_survey iframe")
        frame.locator("button", has_text="Start").or_(
            frame.locator("button[value=start], button.btn-primary")
        ).first.click()
        frame.locator(".o_survey_form_choice, .js_question-wrapper").first.wait_for()

    def _visit_is_agreed(self, page):
        page.click(".o_cc_outcome[data-code=appointment]")
        if not page.is_checked("#o_cc_appointment"):
            page.check("#o_cc_appointment")
        page.select_option("#o_cc_rep", label="Sonja Seidel")
        page.fill("#o_cc_appointment_date", self._next_working_day().isoformat())
        page.locator(".o_cc_slot").first.click()
        if not page.input_value("#o_cc_appointment_address"):
            page.fill("#o_cc_appointment_address", "Torstraße 1, Berlin")
        page.fill("#o_cc_note", "Möchte eine neue Maschine")
        page.wait_for_selector(".o_cc_draft[data-state=saved]")
        self.shot(page, "call-work-screen-visit")

    def _call_is_saved(self, page, contact):
        page.click(".o_cc_save_only")
        page.wait_for_selector(".o_cc_message")
        now = self.read(contact)
        self.assertEqual((now["state"], now["rep"]), ("done", "sonja"))
        self.assertEqual(now["answers"], "in_progress")

    def test_work_screen_fits_on_a_phone(self):
        nils = self.open_page("nils", PHONE)
        nils.goto("/odoo/call-center")
        nils.wait_for_selector(".o_cc_work")
        self.shot(nils, "call-work-screen-phone")
        width = nils.evaluate("document.scrollingElement.scrollWidth")
        self.assertLessEqual(width, PHONE["viewport"]["width"])

    # === FIGURES, VISITS === #

    def test_manager_sees_the_call_center_live(self):
        vera = self.open_page("vera", DESKTOP)
        vera.goto("/odoo/call-center-board")
        cards = vera.locator(".o_cc_live_board .o_cc_survey_card")
        cards.filter(has_text="Zufriedenheit mit dem Kundendienst").wait_for()
        self.shot(vera, "call-live-board")
        vera.goto("/odoo/call-statistics")
        vera.wait_for_selector(".o_pivot td.o_pivot_cell_value")
        self.shot(vera, "call-statistics")

    def test_field_service_sees_its_own_visits(self):
        ralf = self.open_page("ralf")
        ralf.goto("/odoo/call-center-appointments")
        ralf.wait_for_selector(".o_calendar_view, .o_calendar_container")
        self.shot(ralf, "call-appointments")
        seen = self.site.shell(
            "ralf = env.ref('survey_callcenter.user_ralf')\n"
            "print(env['survey.callcenter.appointment'].with_user(ralf).search([])"
            ".rep_id.mapped('login'))"
        )
        self.assertEqual(seen, "['ralf']")
