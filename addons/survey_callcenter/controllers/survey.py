from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class CallSurvey(Survey):
    """Lets an agent fill in the questionnaire of the person he is on the phone with."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        """Answers belong to the person who is called, not to the agent who types."""
        return super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner and not self._is_own_call(answer_sudo),
        )

    def _is_own_call(self, answer_sudo):
        # Agents may not read which answers belong to a contact.
        contacts_sudo = request.env["survey.callcenter.contact"].sudo()
        return bool(answer_sudo) and contacts_sudo.search_count(
            [
                ("user_input_id", "=", answer_sudo.id),
                ("lock_user_id", "=", request.env.uid),
            ],
            limit=1,
        )
