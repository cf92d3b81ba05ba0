from odoo import models
from odoo.exceptions import AccessError

MANAGER = "survey_callcenter.group_cc_manager"


class SurveyCallcenterContact(models.Model):
    """Managers change the status of a contact in a dialog."""

    _inherit = "survey.callcenter.contact"

    # === ACTION METHODS === #

    def action_change_status(self):
        """Open the dialog; its title names the person, not the company."""
        self.ensure_one()
        self._check_dialog_access()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change contact status: %s", self.person_name),
            "res_model": "survey.callcenter.status.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contact_id": self.id},
        }

    # === BUSINESS METHODS === #

    def _check_dialog_access(self):
        """Let managers pass who may see the contact and its survey.

        :raise AccessError: for everybody else
        """
        self._check_dialog_group()
        self.check_access("read")
        self.survey_id.check_access("read")

    def _check_dialog_group(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers of the call center change contact statuses.")
            )
