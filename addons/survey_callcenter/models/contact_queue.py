"""Which contact an agent gets next, exactly once however many ask at the same moment.

The pick runs on the request's own cursor in a transaction of its own, READ COMMITTED:
in Odoo's REPEATABLE READ the loser of a race gets an error instead of the next row, and
a second cursor runs the connection pool dry when fifty agents ask at once.
"""

from uuid import uuid4

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models, modules
from odoo.exceptions import AccessError
from odoo.tools import SQL, mute_logger

from ..tools.time_zones import time_zone
from .survey_life_cycle import CALLING

# So many agents may stand at the same place of a queue without waiting for each other.
CANDIDATES = 60
# The last contacts of a list may be just about to be taken by others, or not.
ROUNDS = 3
# So many that may not be called any more are put aside before they are committed.
EXCLUDED_AT_ONCE = 50

FREE = SQL("state = 'open' AND lock_user_id IS NULL")
# Each on its own: priority is the second column of the index of the queue.
LEVELS = SQL("(VALUES ('3'), ('2'), ('1'), ('0')) AS level (priority)")
OWN = """
    SELECT contact.id FROM survey_callcenter_contact AS contact
    WHERE contact.queue_user_id = %(user)s AND contact.next_call_at <= %(now)s
        AND %(free)s AND contact.survey_id = ANY(%(own_surveys)s)
        AND (contact.callback_at IS NOT NULL
             OR (contact.survey_id, contact.tz) IN (SELECT * FROM %(own_lanes)s))
    ORDER BY contact.callback_at IS NULL, contact.next_call_at, contact.id LIMIT 1
    FOR UPDATE OF contact SKIP LOCKED
"""
# One of the agent's own, which he may open before its follow-up is due.
CERTAIN = """
    SELECT contact.id FROM survey_callcenter_contact AS contact
    WHERE contact.id = %(contact)s AND contact.queue_user_id = %(user)s
        AND %(free)s AND contact.survey_id = ANY(%(own_surveys)s)
        AND (contact.callback_at IS NOT NULL
             OR contact.next_call_at <= %(now)s
             AND (contact.survey_id, contact.tz) IN (SELECT * FROM %(own_lanes)s))
    FOR UPDATE OF contact SKIP LOCKED
"""
FOLLOW_UPS = """
    SELECT contact.id FROM survey_callcenter_contact AS contact
    WHERE contact.survey_id = ANY(%(surveys)s) AND contact.callback_at <= %(now)s
        AND contact.queue_user_id IS NULL AND %(free)s
    ORDER BY contact.callback_at, contact.id LIMIT 1
    FOR UPDATE OF contact SKIP LOCKED
"""
POOL = """
    SELECT contact.id FROM survey_callcenter_contact AS contact
    WHERE contact.queue_user_id IS NULL AND contact.next_call_at <= %(now)s AND %(free)s
        AND contact.id IN (
            SELECT first.id FROM %(lanes)s
            CROSS JOIN %(levels)s
            CROSS JOIN LATERAL (
                SELECT id, priority, next_call_at FROM survey_callcenter_contact
                WHERE survey_id = lane.survey_id AND priority = level.priority
                    AND tz = lane.tz AND next_call_at <= %(now)s
                    AND queue_user_id IS NULL AND %(free)s
                ORDER BY next_call_at LIMIT %(candidates)s
            ) AS first
            ORDER BY first.priority DESC, first.next_call_at LIMIT %(candidates)s
        )
    ORDER BY contact.priority DESC, contact.next_call_at, contact.id LIMIT 1
    FOR UPDATE OF contact SKIP LOCKED
"""


class SurveyCallcenterContact(models.Model):
    _inherit = "survey.callcenter.contact"

    @api.model
    def cc_next(self, survey_ids=None):
        """Give the agent the contact he holds, or the next one that is due.

        :param survey_ids: only from these surveys; ``None``: from all of the agent's
        :raise AccessError: the user is no agent
        """
        self._cc_check_agent()
        surveys_sudo, own_sudo = self._cc_surveys(survey_ids)
        for _round in range(ROUNDS):
            contact_sudo = self._cc_pick(surveys_sudo, own_sudo)
            if contact_sudo:
                return self._cc_answer(contact_sudo)
            empty = self._cc_why_empty(surveys_sudo, own_sudo)
            if empty["reason"] != "taken":
                break
        empty |= self._cc_count_waiting(surveys_sudo, own_sudo)
        return self._cc_answer(empty=empty)

    @api.model
    def cc_open(self, contact_id):
        """Give the agent one certain contact that waits for him, due or not.

        :raise AccessError: the user is no agent
        """
        self._cc_check_agent()
        held_sudo = self._cc_held()
        contact_sudo = held_sudo or self._cc_pick_one(contact_id)
        if contact_sudo.id == contact_id:
            return self._cc_answer(contact_sudo)
        message = self.env._("This contact is not waiting for you any more.")
        if held_sudo:
            message = self.env._(
                "Please save or give back %(person)s first.",
                person=held_sudo.partner_id.display_name,
            )
        return self._cc_answer(
            empty={"reason": "gone", "message": message, "next_at": False}
        )

    def _cc_check_agent(self):
        if not self.env.user.has_group("survey_callcenter.group_cc_agent"):
            raise AccessError(self.env._("Only agents of the call center may do this."))

    def _cc_surveys(self, survey_ids=None):
        """Return which surveys (of the superuser) the agent works for.

        :param survey_ids: those that he has chosen of his own; ``None``: all
        :return: the chosen ones in whatever state, and those that are called and whose
            contacts may wait for him. A manager may give him contacts of surveys that
            he is not assigned to, when somebody is ill.
        """
        called_sudo = self.env["survey.survey"]._cc_called_surveys()
        assigned_sudo = chosen_sudo = called_sudo._cc_assigned()
        if isinstance(survey_ids, list):
            chosen_sudo = assigned_sudo.filtered(lambda survey: survey.id in survey_ids)
        own_sudo = called_sudo - (assigned_sudo - chosen_sudo)
        return chosen_sudo, own_sudo._cc_calling()

    def _cc_held(self):
        """Return the contact that the agent holds, if any (of the superuser)."""
        # Agents hold at most one: a unique index sees to it.
        return self.sudo().search([("lock_user_id", "=", self.env.uid)], limit=1)

    def _cc_held_call(self, call_uuid):
        """Return the contact of a call that the agent holds (of the superuser), if any.

        :raise AccessError: the user is no agent
        """
        self._cc_check_agent()
        return self._cc_held().filtered(lambda held: held.call_uuid == call_uuid)

    # === PICK === #

    def _cc_pick(self, surveys_sudo, own_sudo):
        """Lock the next contact for the agent and commit.

        :param surveys_sudo, own_sudo: see ``_cc_surveys``
        :return: the contact (of the superuser), or none
        """
        values = self._prepare_pick(surveys_sudo, own_sudo)
        # The next one is only looked for where the one before has found nothing.
        first = [SQL("(%s)", SQL(query, **values)) for query in (OWN, FOLLOW_UPS, POOL)]
        first = SQL("COALESCE(%s)", SQL(", ").join(first))
        while True:
            self._cc_begin_pick()
            contact_sudo = self._cc_held()
            for _turn in range(EXCLUDED_AT_ONCE):
                contact_id = not contact_sudo and self._cc_take(first)
                if not contact_id:
                    self._cc_end_pick()
                    return contact_sudo
                contact_sudo = self._cc_accept(contact_id)
            self._cc_end_pick()

    def _cc_pick_one(self, contact_id):
        """Lock one contact that waits for this agent, and commit."""
        if not isinstance(contact_id, int):
            return self.sudo().browse()
        values = self._prepare_pick(*self._cc_surveys())
        self._cc_begin_pick()
        certain = SQL(CERTAIN, contact=contact_id, **values)
        contact_sudo = self._cc_accept(self._cc_take(certain))
        self._cc_end_pick()
        return contact_sudo

    def _prepare_pick(self, surveys_sudo, own_sudo):
        """Return the values of the queries above."""
        calling_sudo = surveys_sudo._cc_calling()
        now = fields.Datetime.now()
        return {
            "user": self.env.uid,
            "now": now,
            "surveys": calling_sudo.ids,
            "lanes": self._cc_lanes(calling_sudo, now),
            "levels": LEVELS,
            "own_surveys": own_sudo.ids,
            "own_lanes": self._cc_lanes(own_sudo, now),
            "free": FREE,
            "candidates": CANDIDATES,
        }

    def _cc_begin_pick(self):
        if not modules.module.current_test:  # a test is one transaction
            # The pick needs a transaction of its own, and nothing was written so far.
            self.env.cr.commit()  # pylint: disable=invalid-commit
            self.env.cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        self.invalidate_model()

    def _cc_end_pick(self):
        self.env.flush_all()
        if not modules.module.current_test:
            # Others skip the row only as long as it is locked: let them see the change.
            self.env.cr.commit()  # pylint: disable=invalid-commit

    def _cc_lanes(self, surveys_sudo, now=None):
        """Return pairs of survey and time zone, as a table.

        :param now: only those where it is the time to call; none: all
        """
        pairs = []
        for survey_sudo in surveys_sudo:
            zones = survey_sudo._cc_open_zones(now) if now else None
            if zones is None:
                zones = survey_sudo.cc_time_zones or []
            pairs += [(survey_sudo.id, zone) for zone in zones]
        survey_ids, zones = zip(*pairs, strict=True) if pairs else ((), ())
        return SQL(
            "unnest(%s::int[], %s::text[]) AS lane (survey_id, tz)",
            list(survey_ids),
            list(zones),
        )

    @mute_logger("odoo.sql_db")
    def _cc_take(self, found):
        """Lock the row that a query finds for the agent; return its id.

        In a second window of the same agent the first one has won: the unique index
        refuses, and the next round finds what he holds.
        """
        now = fields.Datetime.now()
        update = SQL(
            "UPDATE survey_callcenter_contact AS contact"
            " SET lock_user_id = %(user)s, locked_at = %(now)s, call_uuid = %(uuid)s,"
            "     lock_until = %(now)s + survey.cc_lock_minutes * interval '1 minute',"
            "     draft_note = NULL,"
            "     write_uid = %(user)s, write_date = %(now)s"
            " FROM survey_survey AS survey"
            " WHERE survey.id = contact.survey_id AND contact.id = (%(found)s)"
            "     AND survey.cc_state = ANY(%(calling)s)"
            " RETURNING contact.id",
            user=self.env.uid,
            now=now,
            uuid=str(uuid4()),
            calling=list(CALLING),
            found=found,
        )
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                rows = self.env.execute_query(update)
        except UniqueViolation:
            return self._cc_held().id
        return rows[0][0] if rows else False

    def _cc_accept(self, contact_id):
        """Return the locked contact, or none if nobody may call it any more.

        The number may be on the do-not-call list, and the person archived, since the
        list was made.
        """
        contact_sudo = self.sudo().browse(contact_id or ())  # just locked for the agent
        contact_sudo.invalidate_recordset()
        if not contact_sudo:
            return contact_sudo
        reason = contact_sudo._cc_why_not_callable()
        if reason:
            contact_sudo._cc_exclude(reason)
            return contact_sudo.browse()
        contact_sudo.survey_id._cc_start_running()
        return contact_sudo

    def _cc_why_not_callable(self):
        """Return the reason to close a contact that may not be called, or ``False``."""
        partner = self.partner_id
        if not partner.active:
            return "withdrawn"
        if partner.phone_sanitized != self.phone_e164:
            self._cc_change_number(partner.phone_sanitized)
        if not self.phone_e164:
            # Agents look the number up where the selection does not ask for one.
            return "invalid" if self.selection_id.require_phone else False
        listed = self._cc_get_blacklisted([self.phone_e164])
        return "dnc" if listed else False

    def _cc_change_number(self, number):
        """Call the number that the person has now, by the clock where it is."""
        survey = self.survey_id
        country = self.partner_id.country_id.code
        zone = time_zone(number, country, self.tz or survey._cc_get_fallback_zone())
        self.write({"phone_e164": number, "tz": zone})
        survey._cc_add_time_zones({zone})

    def _cc_exclude(self, reason):
        free = self._prepare_free_vals()
        self._cc_apply(
            free | {"state": "excluded", "close_reason": reason},
            "system",
            summary=dict(self._fields["close_reason"]._description_selection(self.env))[
                reason
            ],
        )

    def _prepare_free_vals(self):
        """Return what a contact looks like that nobody holds."""
        return dict.fromkeys(("lock_user_id", "locked_at", "lock_until"), False)
