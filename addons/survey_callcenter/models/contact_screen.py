from odoo import api, fields, models

from ..tools.calling_window import local_midnight
from .survey_life_cycle import CALLING

FOLLOW_UPS = 50


class SurveyCallcenterContact(models.Model):
    """What the work screen opens with, and what it shows around a call."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_start(self):
        """Return what the work screen opens with; a contact that is held comes back."""
        self._cc_check_agent()
        held_sudo = self._cc_held()
        surveys_sudo, _own_sudo = self._cc_surveys()
        return {
            "surveys": [
                {
                    "id": survey_sudo.id,
                    "title": survey_sudo.title,
                    "state": survey_sudo.cc_state,
                }
                for survey_sudo in surveys_sudo
            ],
            "held": held_sudo._cc_page() if held_sudo else False,
        } | self._cc_side()

    def _cc_answer(self, contact_sudo=None, empty=None):
        """Return a page, or the reason why there is none and what else may be called.

        With a page comes nothing around it: the last saved call brought that.
        """
        if contact_sudo:
            return {"contact": contact_sudo._cc_page()}
        follow_ups = self._cc_follow_ups()
        return {"contact": False, "empty": empty, "follow_ups": follow_ups}

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
                ("survey_id.cc_state", "in", CALLING),
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
        midnight = local_midnight(fields.Datetime.now(), self.env.user.tz)
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
