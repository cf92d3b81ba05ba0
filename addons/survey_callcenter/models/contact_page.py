from odoo import fields, models
from odoo.tools import SQL, is_html_empty

from ..tools.calling_window import get_zone

HISTORY = 20


class SurveyCallcenterContact(models.Model):
    """What the work screen shows of the contact that an agent holds."""

    _inherit = "survey.callcenter.contact"

    def _cc_page(self):
        """Return everything about the call that the agent holds (of the superuser)."""
        choices = self.survey_id._cc_get_choices()
        return {
            "call_uuid": self.call_uuid,
            "contact_id": self.id,
            "survey": self._cc_page_survey(),
            "person": self._cc_page_person(),
            "attempts": self.attempt_count,
            "callback": self._cc_page_callback(),
            "note": self.draft_note or "",
            "questionnaire": {
                "url": self._cc_questionnaire_url(),
                "state": self.user_input_id.state,
            },
            "outcomes": self._cc_page_outcomes(choices["outcomes"]),
            "ratings": choices["ratings"],
            "reps": self._cc_page_reps() if self.survey_id.cc_field_service else [],
            "appointment": self._cc_page_appointment(),
            "history": self._cc_page_history(),
        }

    def _cc_page_survey(self):
        survey = self.survey_id
        script = survey.cc_script
        return {
            "title": survey.title,
            "script": "" if is_html_empty(script) else script,
            "field_service": survey.cc_field_service,
            "appointment_minutes": survey.cc_appointment_minutes,
            "history": survey.cc_history_on_done,
            "include_notes": survey.cc_history_include_notes,
        }

    def _cc_page_person(self):
        partner = self.partner_id
        languages = dict(self.env["res.lang"].get_installed())
        return {
            "name": partner.name or partner.display_name,
            "company": partner.parent_id.name or partner.company_name or "",
            "function": partner.function or "",
            "street": ", ".join(filter(None, [partner.street, partner.street2])),
            "zip_city": " ".join(filter(None, [partner.zip, partner.city])),
            "address": self._cc_get_address(),
            "email": partner.email or "",
            "phone": self.phone_e164 or "",
            "phone_display": partner.phone or self.phone_e164 or "",
            "numbers": self._cc_other_numbers(),
            "tz": get_zone(self.tz).key,
            "lang": languages.get(partner.lang, ""),
        }

    def _cc_page_callback(self):
        return self.callback_at and {
            "at": fields.Datetime.to_string(self.callback_at),
            "note": self.callback_note or "",
            "by": self.callback_user_id.name or "",
        }

    def _cc_page_outcomes(self, outcomes):
        if self.survey_id.cc_field_service:
            return outcomes
        return [outcome for outcome in outcomes if outcome["type"] != "appointment"]

    def _cc_page_reps(self):
        """Return the representatives, by SQL: users and partners are read whole."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT rep.id, person.name
                  FROM survey_callcenter_rep_rel chosen
                  JOIN res_users rep ON rep.id = chosen.res_users_id AND rep.active
                  JOIN res_partner person ON person.id = rep.partner_id
                 WHERE chosen.survey_survey_id = %s
              ORDER BY person.name, rep.login
                """,
                self.survey_id.id,
                to_flush=self.survey_id._fields["cc_rep_ids"],
            )
        )

    def _cc_page_appointment(self):
        appointment = self._cc_active_appointment()
        if not appointment:
            return False
        return {
            "rep_id": appointment.rep_id.id,
            "start": fields.Datetime.to_string(appointment.start),
            "stop": fields.Datetime.to_string(appointment.stop),
            "address": appointment.address or "",
            "notes": appointment.notes or "",
        }

    def _cc_page_history(self):
        calls = self.env["survey.callcenter.call"].search(
            [("contact_id", "=", self.id)], limit=HISTORY
        )
        return [
            {
                "at": fields.Datetime.to_string(call.call_at),
                "by": call.user_id.name or "",
                "outcome": call.outcome_id.name or call.summary or "",
                "rating": call.rating_id.name or "",
                "note": call.note or "",
            }
            for call in calls
        ]
