from collections import Counter

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.time_zones import time_zone

BATCH = 20_000


class SurveyCallcenterListJob(models.Model):
    """One bit of a contact list: the next people by their number, added or left out."""

    _inherit = "survey.callcenter.list.job"

    def _write_batch(self):
        """Write the next people; return how many were looked at.

        Who has the row lock works on the job. Another run does nothing meanwhile, and
        later goes on after the last person that was committed.
        """
        job = self.try_lock_for_update()
        job.invalidate_recordset()
        if not job.filtered_domain(self._unfinished_domain()):
            return 0
        if job.state == "waiting":
            job._begin()
        people = job._get_next_people()
        added = job._add_contacts([person for person in people if not person[3]])
        job._note_progress(people, added)
        return len(people)

    def _begin(self):
        """Count whom the selection finds now, to show how far the job is."""
        people = self._search_people()
        self.write({"state": "running", "total": len(people)})

    def _search_people(self, domain=Domain.TRUE, **kwargs):
        """Return a query of people of the selection whom the releasing user may see."""
        domain = self.selection_id._get_partner_domain() & domain
        user = self.create_uid or self.env.user
        return self.selection_id._search_people(domain, user=user, **kwargs)

    def _get_next_people(self):
        """Return ``(id, number, country code, why left out)`` of the next people."""
        self.env.flush_all()
        people = self._search_people(
            Domain("id", ">", self.last_partner_id), order="id", limit=BATCH
        )
        # Given one by one: PostgreSQL would read all partners to join those of a query.
        ids = SQL("SELECT unnest(%s::int[])", list(people))
        return self.env.execute_query(
            SQL(
                """
                SELECT judged.id, judged.phone, country.code, judged.reason
                  FROM (%s) AS judged
             LEFT JOIN res_country country ON country.id = judged.country_id
              ORDER BY judged.id
                """,
                self.selection_id._get_judged_sql(ids, self.survey_id),
            )
        )

    def _add_contacts(self, people):
        """Write people into the contact list; return how many it did not have yet."""
        if not people:
            return 0
        fallback = self.survey_id._cc_get_fallback_zone()
        zones = [time_zone(phone, country, fallback) for _, phone, country, _ in people]
        self.env.cr.execute(self._get_insert_sql(people, zones))
        added = self.env.cr.rowcount
        self.survey_id._cc_add_time_zones(set(zones))
        self.env["survey.callcenter.contact"].invalidate_model()
        return added

    def _get_insert_sql(self, people, zones):
        """Return the statement that adds people.

        Thousands of records one by one would take minutes; the unique indexes of the
        contacts leave out a person or a number that came onto the list meanwhile.
        """
        values = {
            "survey_id": self.survey_id.id,
            "selection_id": self.selection_id.id,
            "company_id": self.company_id.id,
            "partner_id": SQL("person.id"),
            "phone_e164": SQL("person.phone"),
            "phone_key": SQL("person.phone" if self._is_phone_unique() else "NULL"),
            "tz": SQL("person.tz"),
            "priority": self.selection_id.priority,
            "state": "open",
            "attempt_count": 0,
            "contact_established": False,
            "allow_user_change": self.selection_id.allow_user_change,
            "next_call_at": fields.Datetime.now(),
            "version": 0,
            **dict.fromkeys(("create_uid", "write_uid"), self.create_uid.id or None),
            **dict.fromkeys(("create_date", "write_date"), self.env.cr.now()),
        }
        return SQL(
            """
            INSERT INTO survey_callcenter_contact (%s)
            SELECT %s
              FROM unnest(%s::int[], %s::varchar[], %s::varchar[])
                AS person (id, phone, tz)
       ON CONFLICT DO NOTHING
            """,
            SQL(", ").join(map(SQL.identifier, values)),
            SQL(", ").join(SQL("%s", value) for value in values.values()),
            [person[0] for person in people],
            [person[1] for person in people],
            zones,
        )

    def _is_phone_unique(self):
        return self.selection_id.dedupe_phone

    def _note_progress(self, people, added):
        reasons = Counter(reason for *_, reason in people)
        # Somebody else has added these in the same moment.
        reasons["known"] += reasons.pop(None, 0) - added
        vals = {
            f"skipped_{reason}": self[f"skipped_{reason}"] + count
            for reason, count in reasons.items()
        }
        vals["processed"] = self.processed + len(people)
        vals["added"] = self.added + added
        if people:
            vals["last_partner_id"] = people[-1][0]
        if len(people) < BATCH:
            vals |= {"state": "done", "done_at": fields.Datetime.now()}
        self.write(vals)
