from odoo import api, fields, models
from odoo.exceptions import UserError

from .survey_life_cycle import CALLED


class SurveySurvey(models.Model):
    """The contact list of a call survey: how it is filled, and how far it is called."""

    _inherit = "survey.survey"

    cc_list_job_ids = fields.One2many(
        "survey.callcenter.list.job",
        "survey_id",
        string="Filling of the Contact List",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_contact_count = fields.Integer(
        string="Contacts",
        compute="_compute_cc_contact_counts",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_open_count = fields.Integer(
        string="Open",
        compute="_compute_cc_contact_counts",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_done_count = fields.Integer(
        string="Done",
        compute="_compute_cc_contact_counts",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_excluded_count = fields.Integer(
        string="Excluded",
        compute="_compute_cc_contact_counts",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_call_count = fields.Integer(
        string="Calls",
        compute="_compute_cc_call_count",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_is_list_filling = fields.Boolean(
        compute="_compute_cc_list_progress",
        groups="survey_callcenter.group_cc_manager",
    )
    cc_list_progress = fields.Float(
        string="Contact List (%)",
        compute="_compute_cc_list_progress",
        groups="survey_callcenter.group_cc_manager",
        help="How much of the contact list has been written.",
    )
    cc_preview_added = fields.Integer(
        string="Will Be Added",
        compute="_compute_cc_preview",
        groups="survey_callcenter.group_cc_manager",
        help="Sum of the selections as they were counted last. Who is in several of"
        " them is called once.",
    )
    cc_preview_at = fields.Datetime(
        string="Counted At",
        compute="_compute_cc_preview",
        groups="survey_callcenter.group_cc_manager",
    )

    # === COMPUTE METHODS === #

    def _compute_cc_contact_counts(self):
        # Who may see the survey may know how long its list is.
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()
        groups = contacts_sudo._read_group(
            [("survey_id", "in", self.ids)], ["survey_id", "state"], ["__count"]
        )
        counts = {(survey.id, state): count for survey, state, count in groups}
        for survey in self:
            survey.cc_open_count, survey.cc_done_count, survey.cc_excluded_count = (
                counts.get((survey._origin.id, state), 0)
                for state in ("open", "done", "excluded")
            )
            survey.cc_contact_count = (
                survey.cc_open_count + survey.cc_done_count + survey.cc_excluded_count
            )

    def _compute_cc_call_count(self):
        calls_sudo = self.env["survey.callcenter.call"].sudo()  # as with the contacts
        counts = dict(
            calls_sudo._read_group(
                [("survey_id", "in", self.ids)], ["survey_id"], ["__count"]
            )
        )
        for survey in self:
            survey.cc_call_count = counts.get(survey._origin, 0)

    @api.depends("cc_list_job_ids.state", "cc_list_job_ids.processed")
    def _compute_cc_list_progress(self):
        for survey in self:
            jobs = survey.cc_list_job_ids.filtered_domain(
                survey.cc_list_job_ids._unfinished_domain()
            )
            survey.cc_is_list_filling = bool(jobs)
            survey.cc_list_progress = jobs._get_percent() if jobs else 100

    @api.depends("cc_selection_ids.preview_at", "cc_selection_ids.preview_added")
    def _compute_cc_preview(self):
        for survey in self:
            selections = survey.cc_selection_ids
            counted = selections.filtered("preview_at").mapped("preview_at")
            survey.cc_preview_at = min(counted, default=False)
            survey.cc_preview_added = sum(selections.mapped("preview_added"))

    # === ACTION METHODS === #

    def action_cc_preview(self):
        """Count whom the selections of these surveys would add."""
        self._cc_check_manager()
        self.cc_selection_ids.action_preview()

    def action_cc_top_up(self):
        """Add who has come to fit the selections since; nobody is taken away."""
        self._cc_check_manager()
        self._cc_lock()
        for survey in self:
            if survey.cc_state not in CALLED:
                raise UserError(
                    self.env._("Only released surveys have a contact list to top up.")
                )
            if survey.cc_is_list_filling:
                raise UserError(
                    self.env._("The contact list is being written. Please wait for it.")
                )
        self._cc_create_list_jobs()

    def action_cc_contact_list(self):
        """Open the contact list (Liste der Kontaktpersonen)."""
        action = self._cc_open_list("survey_callcenter.action_contacts")
        return action | {"display_name": self.env._("Contact List")}

    def action_cc_calls(self):
        return self._cc_open_list("survey_callcenter.action_calls")

    def _cc_open_list(self, action):
        """Return the action for what belongs to this survey only."""
        self.ensure_one()
        return self.env["ir.actions.act_window"]._for_xml_id(action) | {
            "domain": [("survey_id", "=", self.id)],
            "context": {},
        }

    # === BUSINESS METHODS === #

    def _cc_create_list_jobs(self):
        """Have the people of all selections written into the lists bit by bit."""
        # Jobs are written by the program only, and a survey keeps a selection whose
        # owner does not share it any more.
        jobs_sudo = self.env["survey.callcenter.list.job"].sudo()
        jobs_sudo.create(
            [
                {
                    "survey_id": survey.id,
                    "selection_id": selection.id,
                    "company_id": survey.cc_company_id.id,
                }
                for survey in self
                for selection in survey.sudo().cc_selection_ids
            ]
        )
        jobs_sudo._trigger()

    def _cc_add_time_zones(self, zones):
        """Note in which time zones contacts of the survey live."""
        known = set(self.cc_time_zones or [])
        if not zones <= known:
            self.cc_time_zones = sorted(known | zones)

    def _cc_get_fallback_zone(self):
        """Return the zone of contacts that neither number nor country tells."""
        return self.cc_calendar_id.tz or self.cc_company_id.partner_id.tz or "UTC"
