from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .survey_life_cycle import CALLED, MANAGER

# What the program writes, never a user.
_PROGRAM_FIELDS = {"cc_state", "cc_time_zones"}
_MANAGER_DEFAULTS = {"cc_outcome_ids", "cc_rating_ids"}


class SurveySurvey(models.Model):
    """Who may set up a call survey, and what has to stay as it is once it is called."""

    _inherit = "survey.survey"

    # === CONSTRAINTS AND ONCHANGE === #

    @api.constrains("active", "cc_enabled", "cc_state")
    def _check_cc_not_archived(self):
        """An archived survey takes no answers: agents could ask nothing."""
        for survey in self:
            if survey.cc_state in CALLED and not (survey.active and survey.cc_enabled):
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” is being called. Please close it in the call"
                        " center first.",
                        survey=survey.title,
                    )
                )

    @api.constrains("cc_company_id", "cc_selection_ids", "cc_enabled")
    def _check_cc_company(self):
        for survey in self.filtered("cc_enabled"):
            companies = survey.sudo().cc_selection_ids.company_id  # also unshared ones
            if companies - survey.cc_company_id:
                raise ValidationError(
                    self.env._("The selections of a survey have to be of its company.")
                )

    @api.constrains("cc_company_id")
    def _check_cc_company_settled(self):
        for survey in self:
            # Its company may be any.
            contacts_sudo = self.env["survey.callcenter.contact"].sudo()
            contact = contacts_sudo.search([("survey_id", "=", survey.id)], limit=1)
            if contact and contact.company_id != survey.cc_company_id:
                raise ValidationError(
                    self.env._(
                        "The company of “%(survey)s” cannot be changed: it has a"
                        " contact list.",
                        survey=survey.title,
                    )
                )

    @api.onchange("cc_enabled")
    def _onchange_cc_enabled(self):
        """Suggest what suits a talk: agents go to and fro between the questions."""
        if not self.cc_enabled:
            return
        self.cc_outcome_ids = self.cc_outcome_ids or self._cc_all("outcome")
        self.cc_rating_ids = self.cc_rating_ids or self._cc_all("rating")
        self.access_mode = "token"
        self.users_login_required = False
        if self.scoring_type != "scoring_with_answers_after_page":
            self.users_can_go_back = True
        self.questions_layout = "page_per_section" if self.page_ids else "one_page"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._cc_check_may_set({key for key, value in vals.items() if value})
        return super().create(vals_list)

    def write(self, vals):
        self._cc_check_may_set(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        """Who makes ordinary surveys only may not read outcomes and ratings."""
        if not self._cc_is_manager():
            fields = [name for name in fields if name not in _MANAGER_DEFAULTS]
        return super().default_get(fields)

    def copy_data(self, default=None):
        """A copy by somebody else than a manager is an ordinary survey."""
        if self._cc_is_manager():
            return super().copy_data(default=default)
        names = {name for name in self._fields if name.startswith("cc_")}
        left_out = dict.fromkeys(names, False)
        return [
            {name: value for name, value in vals.items() if name not in names}
            for vals in super().copy_data(default=left_out | (default or {}))
        ]

    def _cc_is_manager(self):
        return self.env.su or self.env.user.has_group(MANAGER)

    def _cc_check_may_set(self, names):
        """:raise AccessError: the user may not set these fields of a call survey"""
        names = {name for name in names if name.startswith("cc_")}
        if self.env.su or not names:
            return
        if names & _PROGRAM_FIELDS:
            raise AccessError(
                self.env._("The state of a call survey is changed by its buttons only.")
            )
        if not self._cc_is_manager():
            raise AccessError(
                self.env._("Only managers of the call center may change call surveys.")
            )
        self._cc_check_company()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        for survey in self:
            if survey.cc_enabled and survey.cc_state in CALLED:
                raise UserError(
                    self.env._(
                        "“%(survey)s” is being called: it cannot be deleted. Please"
                        " close it first.",
                        survey=survey.title,
                    )
                )
            if survey._cc_count_calls():
                raise UserError(
                    self.env._(
                        "“%(survey)s” has calls, which have to be kept: it cannot be"
                        " deleted. Close and archive it instead.",
                        survey=survey.title,
                    )
                )
