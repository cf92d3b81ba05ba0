from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

MANAGER = "survey_callcenter.group_cc_manager"
# A survey that agents call for; its list is frozen.
CALLED = ("released", "running", "stopped")
# Agents get contacts of it now.
CALLING = ("released", "running")
# What "next contact" reads of surveys, at once.
READ_AT_ONCE = [
    *("title", "cc_state", "cc_company_id", "cc_agent_ids", "access_token"),
    *("cc_calendar_id", "cc_time_zones", "cc_script", "cc_history_on_done"),
    *("cc_history_include_notes", "cc_field_service", "cc_appointment_minutes"),
]


class SurveySurvey(models.Model):
    """How a call survey lives: planned, practised, released, called, closed.

    ``cc_state`` moves through ``_cc_move_to`` only. Releasing freezes whom agents call.
    """

    _inherit = "survey.survey"

    _cc_transitions = {
        "planning": {"training", "released"},
        "training": {"planning", "released"},
        "released": {"running", "stopped", "planning", "closed"},
        "running": {"stopped", "closed"},
        "stopped": {"running", "closed"},
        "closed": set(),
    }

    # === ACTION METHODS === #

    def action_cc_train(self):
        """Let agents practise with test answers; nobody is called."""
        self._cc_press("training")

    def action_cc_release(self):
        """Freeze whom agents call and let them begin."""
        self._cc_press("released")

    def action_cc_stop(self):
        """Interrupt: nobody gets a next contact, talks that go on may be saved."""
        self._cc_press("stopped")

    def action_cc_resume(self):
        self._cc_press("running")

    def action_cc_close(self):
        """End the survey for good."""
        self._cc_press("closed")

    def action_cc_plan_again(self):
        """Go back to planning, while nobody has been called yet."""
        self._cc_press("planning")

    def _cc_press(self, state):
        self._cc_check_manager()
        self._cc_move_to(state)

    def _cc_check_manager(self):
        """:raise AccessError: the user does not manage these surveys"""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only managers of the call center may change call surveys.")
            )
        self._cc_check_company()
        self.check_access("write")

    def _cc_check_company(self):
        """:raise AccessError: the user does not work for a survey's company now"""
        if self.sudo().cc_company_id - self.env.companies:  # also unseen companies
            raise AccessError(
                self.env._("This call survey belongs to another company.")
            )

    # === BUSINESS METHODS === #

    def _cc_move_to(self, state):
        """Move all surveys to ``state``, or none of them: the only way to do so.

        :raise UserError: a survey cannot go there now; says why
        """
        self._cc_lock()
        for survey in self:
            if refusals := survey._cc_get_refusals(state):
                raise UserError("\n".join(refusals))
        # Users, officers of surveys too, may not write the state themselves.
        self.sudo().write({"cc_state": state})
        if apply := getattr(self, f"_cc_apply_{state}", None):
            apply()

    def _cc_lock(self):
        """Keep others from moving the surveys meanwhile; read their state afresh.

        Contacts may go on to refer to the surveys.
        """
        self.env.flush_all()
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise LockError(
                self.env._(
                    "Somebody else is changing this survey. Please try again in a"
                    " moment."
                )
            ) from None
        self.invalidate_recordset()

    def _cc_get_refusals(self, state):
        """Return in the user's words why the survey cannot become ``state`` now."""
        if not self.cc_enabled:
            return [self.env._("%(survey)s is no call survey.", survey=self.title)]
        if state not in self._cc_transitions[self.cc_state]:
            labels = dict(self._fields["cc_state"]._description_selection(self.env))
            return [
                self.env._(
                    "%(survey)s is “%(now)s”: it cannot become “%(state)s”.",
                    survey=self.title,
                    now=labels[self.cc_state],
                    state=labels[state],
                )
            ]
        return getattr(self, f"_cc_get_{state}_refusals", list)()

    def _cc_get_released_refusals(self):
        return [text for missing, text in self._cc_get_release_rules() if missing]

    def _cc_get_release_rules(self):
        """Return pairs: whether something is missing, and the sentence that says so."""
        _ = self.env._
        agents_required = self.cc_company_id.cc_agents_required
        return [
            (not self.active, _("The survey is archived: please reopen it first.")),
            (not self.cc_company_id, _("Please choose the company of the survey.")),
            (not self.question_count, _("Please add at least one question.")),
            # Also those whose owner does not share them any more.
            (
                not self.sudo().cc_selection_ids,
                _("Please choose at least one selection."),
            ),
            (not self.cc_outcome_ids, _("Please choose the outcomes that calls have.")),
            (
                agents_required and not self.cc_agent_ids,
                _("Please assign the agents who call for this survey."),
            ),
            (
                self.cc_field_service and not self.cc_rep_ids,
                _("Please choose who visits people for the field service."),
            ),
            (
                self.users_login_required,
                _("Please switch off “Require Login”: the people called have none."),
            ),
            (
                self.access_mode not in ("public", "token"),
                _("Please let anyone with a link or an invitation answer the survey."),
            ),
        ]

    def _cc_get_training_refusals(self):
        if self.question_count:
            return []
        return [self.env._("Please add at least one question.")]

    def _cc_get_planning_refusals(self):
        if self._cc_count_calls():
            return [
                self.env._(
                    "People have been called for this survey already: it cannot be"
                    " planned again. Stop or close it instead."
                )
            ]
        return self._cc_get_closed_refusals()

    def _cc_get_closed_refusals(self):
        """Nobody may be on the phone: what he types would be lost."""
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()  # other agents'
        held = Domain("survey_id", "in", self.ids) & Domain("lock_user_id", "!=", False)
        agents = contacts_sudo.search(held, limit=80).lock_user_id
        if not agents:
            return []
        return [
            self.env._(
                "These agents still have a contact of this survey: %(agents)s."
                " Please stop the survey and wait until they have saved.",
                agents=", ".join(agents.mapped("name")),
            )
        ]

    def _cc_count_calls(self):
        calls_sudo = self.env["survey.callcenter.call"].sudo()  # whoever called
        return calls_sudo.search_count([("survey_id", "in", self.ids)], limit=1)

    def _cc_apply_released(self):
        self._cc_create_list_jobs()

    def _cc_apply_planning(self):
        """Forget whom the selections had chosen: the next release chooses again."""
        self.cc_list_job_ids.sudo().unlink()  # written by the program only
        # Nobody called them, so nothing else refers to these contacts.
        self.env.cr.execute(
            SQL(
                "DELETE FROM survey_callcenter_contact WHERE survey_id = ANY(%s)",
                self.ids,
            )
        )
        self.env["survey.callcenter.contact"].invalidate_model()
        self.invalidate_recordset()
        self.sudo().write({"cc_time_zones": False})

    def _cc_apply_closed(self):
        """Add nobody any more."""
        jobs = self.cc_list_job_ids.filtered_domain(
            self.env["survey.callcenter.list.job"]._unfinished_domain()
        )
        jobs.sudo().write({"state": "cancelled"})  # written by the program only

    def _cc_start_running(self):
        """Note that the first contact of these surveys is being called.

        One statement, which changes nothing where another agent was first.
        """
        self.flush_recordset(["cc_state"])
        released = self.filtered(lambda survey: survey.cc_state == "released")
        if not released:
            return
        started = self.env.execute_query(
            SQL(
                "UPDATE survey_survey SET cc_state = 'running'"
                " WHERE id = ANY(%s) AND cc_state = 'released' RETURNING id",
                released.ids,
            )
        )
        released.invalidate_recordset(["cc_state"])
        for survey_sudo in self.sudo().browse(survey_id for (survey_id,) in started):
            # Agents may not write surveys; the other steps are in the chatter too.
            survey_sudo._message_log(body=self.env._("The first call has begun."))

    def _cc_calling(self):
        """Return those of the surveys of which agents get contacts now."""
        return self.filtered(lambda survey: survey.cc_state in CALLING)

    @api.model
    def _cc_called_surveys(self):
        """Return surveys (of the superuser) that are called, or practised.

        They are those of the companies that the user works for now.
        """
        domain = [
            ("cc_enabled", "=", True),
            ("cc_state", "in", ("training", *CALLED)),
            ("cc_company_id", "in", self.env.companies.ids),
        ]
        # Agents have no right to read surveys.
        return self.sudo().search_fetch(domain, READ_AT_ONCE, order="title, id")

    def _cc_assigned(self):
        """Return those of the surveys that the current user may call for."""
        # By SQL: asked at each "next contact", for which no agents need be read. Who
        # has left counts: his survey is not open to everybody because of it.
        query = SQL(
            "SELECT survey_survey_id, bool_or(res_users_id = %s)"
            " FROM survey_callcenter_agent_rel WHERE survey_survey_id = ANY(%s)"
            " GROUP BY survey_survey_id",
            self.env.uid,
            self.ids,
            to_flush=self._fields["cc_agent_ids"],
        )
        is_assigned = dict(self.env.execute_query(query))
        return self.filtered(
            lambda survey: (
                is_assigned[survey.id]
                if survey.id in is_assigned
                else not survey.cc_company_id.cc_agents_required
            )
        )
