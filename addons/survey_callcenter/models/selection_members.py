from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class ResPartner(models.Model):
    _inherit = "res.partner"

    cc_selection_ids = fields.Many2many(
        "survey.callcenter.selection",
        string="Marked In",
        copy=False,
        groups="survey_callcenter.group_cc_manager",
        help="Static selections that this person is a member of.",
    )


class SurveyCallcenterSelection(models.Model):
    """The members of static selections: who was marked stays, whatever changes."""

    _inherit = "survey.callcenter.selection"

    member_count = fields.Integer(string="Marked", compute="_compute_member_count")

    @api.depends("partner_ids")
    def _compute_member_count(self):
        counts = dict(
            self.env.execute_query(
                SQL(
                    "SELECT %(selection)s, count(*) FROM %(table)s"
                    " WHERE %(selection)s = ANY(%(ids)s) GROUP BY %(selection)s",
                    **self._get_member_table(),
                    ids=self.ids,
                )
            )
        )
        for selection in self:
            selection.member_count = counts.get(selection.id, 0)

    def action_mark_members(self):
        """Mark who fits the criteria now, and only them."""
        self.ensure_one()
        self.check_access("write")
        if self.mode != "static":
            raise UserError(
                self.env._("A dynamic selection always means who fits at the time.")
            )
        self.env.flush_all()
        people = self._search_people(self._fitting_domain())
        members = self._get_member_table() | {"id": self.id, "people": people.select()}
        self.env.cr.execute(
            SQL("DELETE FROM %(table)s WHERE %(selection)s = %(id)s", **members)
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(selection)s, %(partner)s)"
                " SELECT %(id)s, person.id FROM (%(people)s) AS person",
                **members,
            )
        )
        self.env.invalidate_all(flush=False)

    def action_open_members(self):
        """Open the people that are marked, or that fit now."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("cc_selection_ids", "in", self.ids)],
            "context": {"create": False},
        }

    def _member_domain(self):
        members = SQL(
            "SELECT %(partner)s FROM %(table)s WHERE %(selection)s = %(id)s",
            **self._get_member_table(),
            id=self.id,
        )
        return Domain("id", "in", members)

    def _get_member_table(self):
        field = self._fields["partner_ids"]
        return {
            "table": SQL.identifier(field.relation),
            "selection": SQL.identifier(field.column1),
            "partner": SQL.identifier(field.column2),
        }

    def _search_people(self, domain, user=None, **kwargs):
        """Return a query of those people of a domain that the user may see."""
        partners = self.env["res.partner"].with_user(user or self.env.user)
        return partners.with_context(
            active_test=False, allowed_company_ids=self.company_id.ids
        )._search(domain, **kwargs)
