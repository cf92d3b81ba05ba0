from odoo import models, tools


class SurveySurvey(models.Model):
    """What agents choose from at the end of each call of a survey."""

    _inherit = "survey.survey"

    @tools.ormcache("self.id", "self.env.lang")
    def _cc_get_choices(self):
        """Return the outcomes and ratings of the survey, as the work screen needs them.

        Kept in memory: whoever changes them, or which of them a survey has, is seen to
        by ``survey.callcenter.remembered`` and ``write``.
        """
        survey_sudo = self.sudo()  # the same for everybody who calls for the survey
        return {
            "outcomes": [
                self._cc_prepare_outcome(outcome)
                for outcome in survey_sudo.cc_outcome_ids
            ],
            "ratings": survey_sudo.cc_rating_ids.read(["name", "value"]),
        }

    def _cc_prepare_outcome(self, outcome):
        names = ["name", "code", "type", "hotkey", "require_note", "require_callback"]
        [row] = outcome.read([*names, "sets_done"])
        return row | {
            "rating_id": outcome.default_rating_id.id,
            "closes": bool(outcome.close_reason),
        }

    def write(self, vals):
        result = super().write(vals)
        if {"cc_outcome_ids", "cc_rating_ids"} & vals.keys():
            self.env.registry.clear_cache()
        return result
