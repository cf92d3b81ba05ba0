from odoo import fields, models
from odoo.tools import SQL

from .contact_queue import FREE, LEVELS

# Counting a million people would take longer than the agent wants to wait.
MOST = 1_000
POOL = """
    SELECT FROM %(lanes)s CROSS JOIN %(levels)s
    CROSS JOIN LATERAL (
        SELECT FROM survey_callcenter_contact
        WHERE survey_id = lane.survey_id AND priority = level.priority
            AND tz = lane.tz AND queue_user_id IS NULL AND %(free)s
            AND next_call_at %(when)s %(now)s LIMIT %(most)s
    ) AS waiting
"""
OWN = """
    SELECT FROM survey_callcenter_contact
    WHERE queue_user_id = %(user)s AND survey_id = ANY(%(own_ids)s)
        AND next_call_at %(when)s %(now)s AND %(free)s
"""
OTHERS = """
    SELECT FROM survey_callcenter_contact
    WHERE queue_user_id IS NOT NULL AND queue_user_id != %(user)s
        AND survey_id = ANY(%(ids)s) AND %(free)s
"""
CALLED = """
    SELECT FROM survey_callcenter_contact
    WHERE lock_user_id IS NOT NULL AND lock_user_id != %(user)s
        AND survey_id = ANY(%(ids)s)
"""


class SurveyCallcenterContact(models.Model):
    """How many contacts an agent does not get at the moment, and why."""

    _inherit = "survey.callcenter.contact"

    def _cc_count_waiting(self, surveys_sudo, own_sudo):
        """Return how many open contacts there are for each reason.

        Called while nobody can be offered: who is due waits for the calling hours.

        :param surveys_sudo, own_sudo: see ``_cc_surveys``
        :return: ``{"counts": {reason: number}, "most": where counting ends}``
        """
        calling_sudo = surveys_sudo._cc_calling()
        values = {
            "lanes": self._cc_lanes(calling_sudo),
            "levels": LEVELS,
            "ids": calling_sudo.ids,
            "own_ids": own_sudo.ids,
            "user": self.env.uid,
            "now": fields.Datetime.now(),
            "free": FREE,
            "most": MOST,
        }
        waiting = f"{POOL} UNION ALL {OWN}"
        due, later = SQL("<="), SQL(">")
        reasons = {
            "outside_hours": SQL(waiting, when=due, **values),
            "later": SQL(waiting, when=later, **values),
            "others": SQL(OTHERS, **values),
            "called": SQL(CALLED, **values),
        }
        counts = [
            SQL("(SELECT count(*) FROM (%s LIMIT %s) AS waiting)", rows, MOST)
            for rows in reasons.values()
        ]
        [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(counts)))
        return {"counts": dict(zip(reasons, row, strict=True)), "most": MOST}
