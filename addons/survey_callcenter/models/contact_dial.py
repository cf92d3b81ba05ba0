from odoo import api, models
from odoo.tools import SQL


class SurveyCallcenterContact(models.Model):
    """Which numbers of a contact may be dialled."""

    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_dial(self, call_uuid, phone):
        """Ask before a number of the held contact is dialled.

        Somebody may have put it on the do-not-call list since the page was opened.

        :return: ``{"warning": why it must not be dialled, or False}``
        """
        contact_sudo = self._cc_held_call(call_uuid)
        if not contact_sudo:
            return {"warning": self._cc_gone_message(call_uuid)}
        if self._cc_clean_text(phone) in contact_sudo._cc_dialable_numbers():
            return {"warning": False}
        return {
            "warning": self.env._(
                "This number may not be called any more: it is on the do-not-call"
                " list now."
            )
        }

    def _cc_dialable_numbers(self):
        own = {self.phone_e164} - self._cc_get_blacklisted([self.phone_e164])
        return own | {number["phone"] for number in self._cc_other_numbers()}

    def _cc_other_numbers(self):
        """Return further numbers under which the person may be reached.

        None that is not to be called, and none that only another company knows.
        """
        company = self.partner_id.commercial_partner_id
        others = (company | self.partner_id.child_ids) - self.partner_id
        others = others.filtered(
            lambda other: (
                other.phone
                and other.phone_sanitized != self.phone_e164
                and other.company_id in (self.company_id, self.env["res.company"])
            )
        )
        listed = self._cc_get_blacklisted(others.mapped("phone_sanitized"))
        return [
            {
                "label": other.name or other.display_name,
                "phone": other.phone_sanitized or other.phone,
                "display": other.phone,
            }
            for other in others[:5]
            if other.phone_sanitized not in listed
        ]

    def _cc_get_blacklisted(self, numbers):
        """Return those of the numbers that are on the do-not-call list.

        Not by Odoo's search, which first finds out how numbers are written in the
        country of the user: these are written as the list has them.
        """
        if not any(numbers):
            return set()
        self.env["phone.blacklist"].flush_model(["number", "active"])
        rows = self.env.execute_query(
            SQL(
                "SELECT number FROM phone_blacklist WHERE active AND number = ANY(%s)",
                [number for number in numbers if number],
            )
        )
        return {number for (number,) in rows}
