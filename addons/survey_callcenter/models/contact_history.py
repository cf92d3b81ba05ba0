from odoo import fields, models


class SurveyCallcenterContact(models.Model):
    """A contact that becomes done may leave an entry in the person's history."""

    _inherit = "survey.callcenter.contact"

    def _cc_write_history(self, note, create, include_notes):
        """Write the entry, as the survey wants it; once, when a contact becomes done.

        :param note: what was noted down; kept in the call row anyway
        :param create: the wish of the user; counts only where the survey asks for it
        :param include_notes: whether the entry contains the notes
        :return: the entry (of the superuser), if any
        """
        self.ensure_one()
        entries_sudo = self.env["survey.callcenter.history"].sudo()
        wanted = {"never": False, "ask": create, "always": True}
        # Agents may not read surveys.
        if not wanted[self.survey_id.sudo().cc_history_on_done]:
            return entries_sudo
        return entries_sudo.create(
            self._prepare_history_vals() | {"note": note if include_notes else False}
        )

    def _prepare_history_vals(self):
        return {
            "partner_id": self.partner_id.id,
            "contact_id": self.id,
            "survey_id": self.survey_id.id,
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "kind": "done",
            "rating_id": self.rating_id.id,
        }
