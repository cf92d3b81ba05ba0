"""What the tests of the dialog "Change contact status" have in common."""

from datetime import datetime

from odoo.tests import freeze_time

from .common import CallCenterCase

WIZARD = "survey.callcenter.status.wizard"
NOW = "2026-12-07 09:00:00"
DAY_AFTER_TOMORROW = datetime(2026, 12, 9, 13, 30)


@freeze_time(NOW)
class DialogCase(CallCenterCase):
    """It is Monday morning; the manager has opened the contact list."""

    def open_dialog(self, contact, user=None, **values):
        """Return the dialog as the web client saves it, not yet applied."""
        wizards = self.env[WIZARD].with_user(user or self.manager)
        return wizards.create({"contact_id": contact.id, **values})

    def apply(self, contact, user=None, **values):
        self.open_dialog(contact, user, **values).action_apply()

    def calls_of(self, contact):
        """Return what was noted down about a contact, the oldest first."""
        return self.env["survey.callcenter.call"].search(
            [("contact_id", "=", contact.id)], order="id"
        )

    def entries_of(self, contact):
        return self.env["survey.callcenter.history"].search(
            [("partner_id", "=", contact.partner_id.id)]
        )

    def let_call(self, agent, contact, **values):
        """Put an agent on the phone with a contact."""
        contact.write(
            {
                "lock_user_id": agent.id,
                "locked_at": "2026-12-07 08:58:00",
                "lock_until": "2026-12-07 09:28:00",
                "call_uuid": "a-call",
                **values,
            }
        )
