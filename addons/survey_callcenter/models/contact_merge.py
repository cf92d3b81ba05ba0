from odoo import models
from odoo.exceptions import UserError

# Closed for a reason that another number of the same person does not change.
FINAL = ("completed", "refused", "dnc", "not_eligible", "manual")


class SurveyCallcenterContact(models.Model):
    """What becomes of contacts when two people turn out to be the same."""

    _inherit = "survey.callcenter.contact"

    def _cc_merge_people(self, partners):
        """Leave one contact of these people on each contact list.

        Runs as the superuser.

        :param partners: records of one and the same person, about to be merged
        :raise UserError: an agent is on the phone with the person, or two appointments
            are agreed
        """
        contacts = self.search([("partner_id", "in", partners.ids)])
        for of_survey in contacts.grouped("survey_id").values():
            if len(of_survey) > 1:
                of_survey._cc_merge()

    def _cc_merge(self):
        """Keep one of these contacts, with what belongs to the others.

        All of them are written or deleted here: if one was changed meanwhile, the
        database refuses and Odoo repeats the request.
        """
        self._check_merge()
        ordered = self.sorted(lambda contact: contact._cc_merge_key())
        others, kept = ordered[:-1], ordered[-1]
        history = self.env["survey.callcenter.history"]
        history = history.search([("contact_id", "in", others.ids)])
        for belongings in (others.call_ids, others.appointment_ids, history):
            belongings.contact_id = kept
        kept._cc_apply(
            kept._prepare_merged_vals(ordered),
            "system",
            summary=self.env._("Two records of the person were merged."),
        )
        others.unlink()

    def _prepare_merged_vals(self, ordered):
        """Return what the kept contact has from the others: who reached the person."""
        reached = ordered.filtered("contact_established")[-1:]
        return {
            "attempt_count": sum(ordered.mapped("attempt_count")),
            "contact_established": bool(reached),
            "first_user_id": reached.first_user_id.id,
            "user_input_id": ordered.user_input_id[-1:].id,
        }

    def _cc_merge_key(self):
        """Return what decides which contact is kept: the one that says most.

        Who has said no is never called again because of a second record.
        """
        is_final = self.close_reason in FINAL
        is_open = self.state == "open"
        called_at = self.last_call_at or self.create_date
        return is_final, is_open, bool(self.callback_at), called_at, -self.id

    def _check_merge(self):
        person = self.partner_id[:1].display_name
        if self.lock_user_id:
            raise UserError(
                self.env._(
                    "%(agent)s is on the phone with %(person)s. Please merge the"
                    " records after the call.",
                    agent=self.lock_user_id[:1].name,
                    person=person,
                )
            )
        if len(self.filtered(lambda contact: contact._cc_active_appointment())) > 1:
            raise UserError(
                self.env._(
                    "%(person)s has two appointments with the field service. Please"
                    " cancel one of them before you merge the records.",
                    person=person,
                )
            )
