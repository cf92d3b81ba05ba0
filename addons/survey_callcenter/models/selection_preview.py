from odoo import fields, models
from odoo.tools import SQL

# Why a person is not added, in the order in which it is asked.
REASONS = ("known", "no_phone", "dnc", "other_survey", "duplicate")


class SurveyCallcenterSelection(models.Model):
    """Who of the people of a selection is left out of a contact list, and why."""

    _inherit = "survey.callcenter.selection"

    preview_at = fields.Datetime(string="Counted At", readonly=True, copy=False)
    preview_found = fields.Integer(string="Found", readonly=True, copy=False)
    preview_no_phone = fields.Integer(
        string="No Phone Number",
        readonly=True,
        copy=False,
        help="Without a phone number, or with one that cannot be dialled.",
    )
    preview_dnc = fields.Integer(string="Do Not Call", readonly=True, copy=False)
    preview_other_survey = fields.Integer(
        string="In Other Open Surveys", readonly=True, copy=False
    )
    preview_duplicate = fields.Integer(
        string="Same Number Again", readonly=True, copy=False
    )
    preview_added = fields.Integer(string="Will Be Added", readonly=True, copy=False)

    def action_preview(self):
        """Count who would be added to a contact list, and who would not, and why."""
        self.check_access("read")
        self.env.flush_all()
        for selection in self:
            counts = selection._count_people()
            # Colleagues count as well: figures are no criteria, which the owner keeps.
            selection.sudo().write(
                {
                    "preview_at": fields.Datetime.now(),
                    "preview_found": sum(counts.values()),
                    "preview_added": counts.get(None, 0),
                    **{
                        f"preview_{reason}": counts.get(reason, 0)
                        for reason in REASONS
                        if reason != "known"
                    },
                }
            )

    def _count_people(self):
        """Return how many people have each reason; None: they will be added."""
        people = self._search_people(self._get_partner_domain())
        judged = self._get_judged_sql(people.select())
        query = SQL(
            "SELECT reason, count(*) FROM (%s) AS judged GROUP BY reason", judged
        )
        return dict(self.env.execute_query(query))

    def _get_judged_sql(self, people, survey=None):
        """Return SQL of people with the reason why they are left out (none: added).

        :param people: SQL that selects ids of partners
        :param survey: whose contact list they are for; None: an empty list
        """
        return SQL(
            """
            WITH person AS (
                SELECT partner.id, partner.country_id,
                       NULLIF(partner.phone_sanitized, '') AS phone
                  FROM res_partner partner
                 WHERE partner.id IN (%(people)s)
            ), elsewhere AS (
                SELECT DISTINCT person.id FROM person
                  JOIN survey_callcenter_contact contact
                    ON contact.partner_id = person.id AND contact.state = 'open'
                  JOIN survey_survey survey ON survey.id = contact.survey_id
                 WHERE %(exclude_other)s AND survey.id != %(survey_id)s
                   AND survey.cc_state IN ('released', 'running', 'stopped')
            ), asked AS (
                SELECT person.*, CASE
                       WHEN %(is_known)s THEN 'known'
                       WHEN %(require_phone)s AND person.phone IS NULL THEN 'no_phone'
                       WHEN %(exclude_dnc)s AND dnc.id IS NOT NULL THEN 'dnc'
                       WHEN elsewhere.id IS NOT NULL THEN 'other_survey'
                       END AS reason
                  FROM person
             LEFT JOIN phone_blacklist dnc ON dnc.number = person.phone AND dnc.active
             LEFT JOIN elsewhere ON elsewhere.id = person.id
            )
            SELECT person.id, person.phone, person.country_id, CASE
                   WHEN person.reason IS NOT NULL THEN person.reason
                   WHEN %(dedupe_phone)s AND person.phone IS NOT NULL
                    AND (%(is_number_known)s OR row_number() OVER (
                         PARTITION BY person.phone, person.reason ORDER BY person.id
                        ) > 1) THEN 'duplicate'
                   END AS reason
              FROM asked AS person
            """,
            people=people,
            require_phone=self.require_phone,
            exclude_dnc=self.exclude_dnc,
            exclude_other=self.exclude_other_open_surveys,
            dedupe_phone=self.dedupe_phone,
            survey_id=survey.id if survey else 0,
            is_known=self._get_on_list_sql(survey, "partner_id", "id"),
            is_number_known=self._get_on_list_sql(survey, "phone_key", "phone"),
        )

    def _get_on_list_sql(self, survey, column, person_column):
        """Return SQL: whether the contact list has the person, or the number."""
        if not survey:
            return SQL("FALSE")
        return SQL(
            """EXISTS (
                SELECT 1 FROM survey_callcenter_contact contact
                 WHERE contact.survey_id = %s AND %s = %s)""",
            survey.id,
            SQL.identifier("contact", column),
            SQL.identifier("person", person_column),
        )
