from odoo import api, models


class SurveyCallcenterContact(models.Model):
    """The questionnaire that an agent fills in for the person on the phone."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_questionnaire(self, call_uuid):
        """Return where the questionnaire of the agent's call is filled in.

        The next call of the same person goes on with the same answers. The address
        names them: without it Odoo would go on with those of the person before.
        """
        contact_sudo = self._cc_held_call(call_uuid)
        if contact_sudo and not contact_sudo.user_input_id:
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
        return {"state": self._cc_held_call(call_uuid).user_input_id.state}

    @api.model
    def cc_practice(self, survey_id):
        """Return a questionnaire to practise with; its answers count nowhere."""
        self._cc_check_agent()
        chosen_sudo, _own_sudo = self._cc_surveys([survey_id])
        survey_sudo = chosen_sudo.filtered(lambda survey: survey.cc_state == "training")
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
