from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import is_html_empty

HISTORY = 20
FOLLOW_UPS = 50


class SurveyCallcenterContact(models.Model):
    """What the work screen of an agent shows."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_start(self):
        """Return what the work screen opens with; a contact that is held comes back."""
        self._cc_check_agent()
        held_sudo = self._cc_held()
        return {
            "surveys": [
                {
                    "id": survey_sudo.id,
                    "title": survey_sudo.title,
                    "state": survey_sudo.cc_state,
                    "open": survey_sudo.cc_state in ("released", "running"),
                }
                for survey_sudo in self._cc_chosen_surveys(None)
            ],
            "held": held_sudo._cc_page() if held_sudo else False,
            "server_now": fields.Datetime.to_string(fields.Datetime.now()),
        } | self._cc_side()

    def _cc_answer(self, contact_sudo=None, empty=None):
        answer = {"contact": contact_sudo._cc_page() if contact_sudo else False}
        return answer | ({"empty": empty} if empty else {}) | self._cc_side()

    # === QUESTIONNAIRE === #

    @api.model
    def cc_questionnaire(self, call_uuid):
        """Return where the questionnaire of the agent's call is filled in.

        The next call of the same person goes on with the same answers. The address
        names them: without it Odoo would go on with those of the person before.
        """
        self._cc_check_agent()
        contact_sudo = self._cc_held()
        if not contact_sudo or contact_sudo.call_uuid != call_uuid:
            return {"url": False}
        if not contact_sudo.user_input_id:
            contact_sudo.user_input_id = contact_sudo._cc_create_answer()
        return {"url": contact_sudo._cc_questionnaire_url()}

    def _cc_create_answer(self):
        """Return new answers that belong to the person, and say which agent asks."""
        return self.survey_id._create_answer(
            partner=self.partner_id, check_attempts=False
        )

    def _cc_questionnaire_url(self):
        answer = self.user_input_id
        if not answer:
            return False
        token = self.survey_id.access_token
        return f"/survey/start/{token}?answer_token={answer.access_token}"

    @api.model
    def cc_questionnaire_state(self, call_uuid):
        """Return how far the questionnaire of the agent's call is."""
        self._cc_check_agent()
        contact_sudo = self._cc_held()
        is_mine = contact_sudo and contact_sudo.call_uuid == call_uuid
        return {"state": is_mine and contact_sudo.user_input_id.state}

    @api.model
    def cc_practice(self, survey_id):
        """Return a questionnaire to practise with; its answers count nowhere."""
        self._cc_check_agent()
        survey_sudo = self._cc_chosen_surveys([survey_id]).filtered(
            lambda survey: survey.cc_state == "training"
        )
        if not survey_sudo:
            return {"url": False}
        answer_sudo = (
            self.env["survey.user_input"]
            .sudo()
            .create(
                {
                    "survey_id": survey_sudo.id,
                    "partner_id": self.env.user.partner_id.id,
                    "test_entry": True,
                }
            )
        )
        token = survey_sudo.access_token
        return {"url": f"/survey/start/{token}?answer_token={answer_sudo.access_token}"}

    # === WHILE ENTERING === #

    @api.model
    def cc_check_callback(self, call_uuid, at):
        """Warn of a follow-up outside the hours in which the person may be called."""
        self._cc_check_agent()
        contact_sudo = self._cc_held()
        at = self._cc_read_callback(at)
        if not at or contact_sudo.call_uuid != call_uuid:
            return {"warning": False}
        return {"warning": contact_sudo._cc_callback_warning(at)}

    def _cc_callback_warning(self, at):
        """Return a sentence if people are not called then, else ``False``.

        A follow-up that was agreed with the person is called all the same.
        """
        if self.survey_id._cc_is_calling_time(at, self.tz):
            return False
        return self.env._("This is outside the calling hours where the person is.")

    @api.model
    def cc_follow_up_days(self, date_from, date_to):
        """Return how many follow-ups wait for the agent on each day."""
        self._cc_check_agent()
        return self._cc_count_follow_ups(self.env.user, date_from, date_to)

    def _cc_count_follow_ups(self, user, date_from, date_to):
        """Return ``{day: number}`` of a user's follow-ups, in the zone of who asks.

        :param user: whose; nobody's: those for anyone
        :param date_from, date_to: ISO dates; junk gives nothing
        """
        try:
            first, last = map(datetime.fromisoformat, (date_from, date_to))
        except (TypeError, ValueError):
            return {}
        zone = self.env.tz or "UTC"
        contacts_sudo = self.sudo().with_context(tz=str(zone))  # only numbers
        groups = contacts_sudo._read_group(
            [
                ("callback_at", ">=", first - timedelta(days=1)),
                ("callback_at", "<", last + timedelta(days=2)),
                ("callback_user_id", "=", user.id or False),
                ("company_id", "in", self.env.companies.ids),
                ("state", "=", "open"),
            ],
            ["callback_at:day"],
            ["__count"],
        )
        return {day.date().isoformat(): count for day, count in groups}

    @api.model
    def cc_free_slots(self, call_uuid, rep_id, date):
        """Return when a representative of the survey has time on a day."""
        self._cc_check_agent()
        survey_sudo = self._cc_held().survey_id
        rep_sudo = self._cc_choose(survey_sudo.cc_rep_ids, rep_id)
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = False
        if not rep_sudo or not day or self._cc_held().call_uuid != call_uuid:
            return {"slots": [], "message": self.env._("Please choose a day.")}
        slots = survey_sudo._cc_free_slots(rep_sudo, day)
        message = False if slots else self.env._("There is no free time on this day.")
        return {"slots": slots, "message": message}

    # === PAGE === #

    def _cc_page(self):
        """Return everything about the call that the agent holds (of the superuser)."""
        return {
            "call_uuid": self.call_uuid,
            "contact_id": self.id,
            "survey": self._cc_page_survey(),
            "person": self._cc_page_person(),
            "attempts": self.attempt_count,
            "priority": self.priority,
            "callback": self._cc_page_callback(),
            "note": self.draft_note or "",
            "locked_at": fields.Datetime.to_string(self.locked_at),
            "lock_until": fields.Datetime.to_string(self.lock_until),
            "questionnaire": {
                "url": self._cc_questionnaire_url(),
                "state": self.user_input_id.state,
            },
            "outcomes": self._cc_page_outcomes(),
            "ratings": self.survey_id.cc_rating_ids.read(["name", "value"]),
            "reps": self.survey_id.cc_field_service
            and [{"id": rep.id, "name": rep.name} for rep in self.survey_id.cc_rep_ids]
            or [],
            "appointment": self._cc_page_appointment(),
            "history": self._cc_page_history(),
        }

    def _cc_page_survey(self):
        survey = self.survey_id
        script = survey.cc_script
        return {
            "id": survey.id,
            "title": survey.title,
            "script": "" if is_html_empty(script) else script,
            "field_service": survey.cc_field_service,
            "appointment_minutes": survey.cc_appointment_minutes,
            "history": survey.cc_history_on_done,
            "include_notes": survey.cc_history_include_notes,
        }

    def _cc_page_person(self):
        partner = self.partner_id
        zone = ZoneInfo(self.tz or "UTC")
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "company": partner.parent_id.name or partner.company_name or "",
            "function": partner.function or "",
            "street": ", ".join(filter(None, [partner.street, partner.street2])),
            "zip_city": " ".join(filter(None, [partner.zip, partner.city])),
            "email": partner.email or "",
            "phone": self.phone_e164,
            "phone_display": partner.phone or self.phone_e164,
            "numbers": self._cc_other_numbers(),
            "tz": zone.key,
            "local_time": datetime.now(zone).strftime("%H:%M"),
            "lang": partner.lang,
        }

    def _cc_other_numbers(self):
        """Return further numbers under which the person may be reached."""
        company = self.partner_id.commercial_partner_id
        others = (company | self.partner_id.child_ids) - self.partner_id
        return [
            {
                "label": other.name or other.display_name,
                "phone": other.phone_sanitized or other.phone,
                "display": other.phone,
            }
            for other in others[:5]
            if other.phone and other.phone_sanitized != self.phone_e164
        ]

    def _cc_page_callback(self):
        return self.callback_at and {
            "at": fields.Datetime.to_string(self.callback_at),
            "note": self.callback_note or "",
            "by": self.callback_user_id.name or "",
        }

    def _cc_page_outcomes(self):
        names = ["name", "code", "type", "hotkey", "require_note", "require_callback"]
        names += ["sets_done", "adds_dnc"]
        outcomes = self.survey_id.cc_outcome_ids
        if not self.survey_id.cc_field_service:
            outcomes = outcomes.filtered(lambda outcome: outcome.type != "appointment")
        return [
            row | {"rating_id": outcome.default_rating_id.id}
            for outcome, row in zip(outcomes, outcomes.read(names), strict=True)
        ]

    def _cc_page_appointment(self):
        appointment = self._cc_active_appointment()
        return appointment and {
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
        labels = dict(calls._fields["source"]._description_selection(self.env))
        return [
            {
                "at": fields.Datetime.to_string(call.call_at),
                "by": call.user_id.name or "",
                "outcome": call.outcome_id.name or call.summary or "",
                "rating": call.rating_id.name or "",
                "note": call.note or "",
                "source": labels[call.source],
            }
            for call in calls
        ]

    # === AROUND THE CALL === #

    def _cc_side(self):
        """Return the agent's follow-ups and his figures of today."""
        return {"follow_ups": self._cc_follow_ups(), "counters": self._cc_counters()}

    def _cc_follow_ups(self):
        now = fields.Datetime.now()
        contacts_sudo = self.sudo().search(  # only what waits for this agent
            [
                ("queue_user_id", "=", self.env.uid),
                ("callback_at", "!=", False),
                ("state", "=", "open"),
                ("lock_user_id", "=", False),
                ("company_id", "in", self.env.companies.ids),
            ],
            order="next_call_at, id",
            limit=FOLLOW_UPS,
        )
        return [
            {
                "id": contact.id,
                "name": contact.partner_id.display_name,
                "survey": contact.survey_id.title,
                "at": fields.Datetime.to_string(contact.callback_at),
                "note": contact.callback_note or "",
                "is_due": contact.callback_at <= now,
                "bound": bool(contact.callback_user_id),
            }
            for contact in contacts_sudo
        ]

    def _cc_counters(self):
        """Return the agent's calls since his midnight."""
        zone = ZoneInfo(str(self.env.tz or "UTC"))
        midnight = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = midnight.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        domain = [
            ("user_id", "=", self.env.uid),
            ("call_at", ">=", midnight),
            ("outcome_id", "!=", False),
        ]
        groups = (
            self.env["survey.callcenter.call"]
            .sudo()
            ._read_group(  # his own
                domain, ["is_contact", "is_completed", "rating_id.value"], ["__count"]
            )
        )
        return {
            "calls": sum(row[-1] for row in groups),
            "contacts": sum(row[-1] for row in groups if row[0]),
            "completed": sum(row[-1] for row in groups if row[1]),
            "positive": sum(row[-1] for row in groups if row[2] == "positive"),
        }
