from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import calling_window

SHOWN_STATES = ("training", "released", "running", "stopped")


class SurveyCallcenterBoard(models.AbstractModel):
    """The figures of all call surveys at this moment, for the live board.

    Each figure is one query for all surveys together, so that many surveys cost no more
    than few. The surveys are those that the manager may see; what is counted of them is
    counted as a whole, without asking for each contact and call again.
    """

    _name = "survey.callcenter.board"
    _description = "Live Board"

    @api.model
    @api.readonly
    def get_board(self, survey_ids=None):
        """Return the figures of the surveys that the manager may see.

        :param survey_ids: only these; ``None``: all that are not planned or closed
        :raise AccessError: the user is no manager of the call center
        """
        self._check_manager()
        surveys = self._get_surveys(survey_ids)
        now = fields.Datetime.now()
        midnight = calling_window.local_midnight(now, self.env.user.tz)
        return {
            "now": fields.Datetime.to_string(now),
            "today": fields.Datetime.to_string(midnight),
            "tomorrow": fields.Datetime.to_string(self._get_tomorrow(midnight)),
            "refresh_minutes": self.env.company.cc_refresh_minutes,
            "surveys": self._get_figures(surveys, now, midnight),
        }

    def _check_manager(self):
        if not self.env.user.has_group("survey_callcenter.group_cc_manager"):
            raise AccessError(
                self.env._("Only managers of the call center see the live board.")
            )

    def _get_surveys(self, survey_ids):
        domain = Domain("cc_enabled", "=", True)
        domain &= Domain("cc_company_id", "in", self.env.companies.ids)
        domain &= Domain("cc_state", "in", SHOWN_STATES)
        if isinstance(survey_ids, list):
            ids = [number for number in survey_ids if type(number) is int]
            domain &= Domain("id", "in", ids)
        surveys = self.env["survey.survey"].search(domain, order="title, id")
        return surveys.sorted(lambda survey: survey.cc_state != "running")

    def _get_tomorrow(self, midnight):
        # The day may have 23 or 25 hours.
        noon_of_next_day = fields.Datetime.add(midnight, hours=36)
        return calling_window.local_midnight(noon_of_next_day, self.env.user.tz)

    def _get_figures(self, surveys, now, midnight):
        labels = dict(surveys._fields["cc_state"]._description_selection(self.env))
        figures = {
            survey.id: {
                "id": survey.id,
                "title": survey.title,
                "state": survey.cc_state,
                "state_label": labels[survey.cc_state],
                "contacts": {"open": 0, "done": 0, "excluded": 0},
                "on_phone": [],
                "today": {"calls": 0, "contacts": 0, "completed": 0},
                "rated": {"positive": 0, "all": 0, "ratio": False},
                "follow_ups": [],
                "jobs": [],
            }
            for survey in surveys
        }
        self._add_contacts(figures)
        self._add_on_phone(figures)
        self._add_today(figures, midnight)
        self._add_rated(figures, surveys)
        self._add_follow_ups(figures, now, self._get_tomorrow(midnight))
        self._add_jobs(figures)
        return list(figures.values())

    def _add_contacts(self, figures):
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()
        groups = contacts_sudo._read_group(
            [("survey_id", "in", list(figures))],
            ["survey_id", "state"],
            ["__count"],
        )
        for survey, state, count in groups:
            figures[survey.id]["contacts"][state] = count

    def _add_on_phone(self, figures):
        contacts = self.env["survey.callcenter.contact"].search(
            [("survey_id", "in", list(figures)), ("lock_user_id", "!=", False)],
            order="locked_at, id",
        )
        for contact in contacts:
            figures[contact.survey_id.id]["on_phone"].append(
                {
                    "contact_id": contact.id,
                    "agent": contact.lock_user_id.name,
                    "since": fields.Datetime.to_string(contact.locked_at),
                }
            )

    def _add_today(self, figures, midnight):
        report_sudo = self.env["survey.callcenter.report"].sudo()
        groups = report_sudo._read_group(
            [("survey_id", "in", list(figures)), ("call_at", ">=", midnight)],
            ["survey_id"],
            ["__count", "contacts:sum", "completed:sum"],
        )
        for survey, calls, contacts, completed in groups:
            figures[survey.id]["today"] = {
                "calls": calls,
                "contacts": contacts,
                "completed": completed,
            }

    def _add_rated(self, figures, surveys):
        # An index has just these; the statistics would read all calls.
        calls_sudo = self.env["survey.callcenter.call"].sudo()
        groups = calls_sudo._read_group(
            [("survey_id", "in", list(figures)), ("source", "=", "agent")],
            ["survey_id", "rating_id"],
            ["__count"],
        )
        for survey, rating, count in groups:
            rated = figures[survey.id]["rated"]
            rated["all"] += count
            rated["positive"] += count if rating.value == "positive" else 0
        for survey in surveys:
            rated = figures[survey.id]["rated"]
            factor = survey.cc_company_id.cc_statistic_factor
            rated["ratio"] = self._get_ratio(rated["positive"], rated["all"], factor)

    def _get_ratio(self, positive, count, factor):
        """Return positive calls for each ``factor`` others, or ``False``: no others."""
        others = count - positive
        return round(positive / others * factor, 2) if others else False

    def _add_follow_ups(self, figures, now, tomorrow):
        """Add how many follow-ups of each agent are overdue, or due today."""
        groups = self._count_follow_ups(figures, [("callback_at", "<", now)])
        later = self._count_follow_ups(
            figures, [("callback_at", ">=", now), ("callback_at", "<", tomorrow)]
        )
        for survey, agent in sorted(
            {*groups, *later}, key=lambda key: (not key[1], key[1].name or "")
        ):
            figures[survey.id]["follow_ups"].append(
                {
                    "agent_id": agent.id,
                    "agent": agent.name or self.env._("Anyone"),
                    "overdue": groups.get((survey, agent), 0),
                    "due": later.get((survey, agent), 0),
                }
            )

    def _count_follow_ups(self, figures, domain):
        # Who is on the phone is dealing with the follow-up already.
        contacts_sudo = self.env["survey.callcenter.contact"].sudo()
        groups = contacts_sudo._read_group(
            [
                ("survey_id", "in", list(figures)),
                ("state", "=", "open"),
                ("lock_user_id", "=", False),
                ("callback_at", "!=", False),
                *domain,
            ],
            ["survey_id", "queue_user_id"],
            ["__count"],
        )
        return {(survey, agent): count for survey, agent, count in groups}

    def _add_jobs(self, figures):
        jobs = self.env["survey.callcenter.list.job"].search(
            [
                ("survey_id", "in", list(figures)),
                ("state", "in", ("waiting", "running", "failed")),
            ],
            order="id",
        )
        labels = dict(jobs._fields["state"]._description_selection(self.env))
        for job in jobs:
            figures[job.survey_id.id]["jobs"].append(
                {
                    "id": job.id,
                    "state": job.state,
                    "state_label": labels[job.state],
                    "percent": int(job.percent),
                }
            )
